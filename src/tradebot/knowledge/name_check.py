"""Lints of names: an alias that is also an ordinary word, or a word of the bot's own, would be read where nobody means a partner."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path

from tradebot.knowledge.models_partners import Area, Group, Partner
from tradebot.knowledge.name_claims import fold_name
from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.words import Words
from tradebot.knowledge.yaml_files import read_placed

ONLY_NAMES = frozenset("britain burma caymans falklands gaza holland saudi trinidad vatican palestine balkans americas".split())
"""Names that the list of English words has, too, and that are nothing but names."""
_FOLDERS: tuple[tuple[str, type[Area]], ...] = (("partners", Partner), ("groups", Group))


def word_names(root: Path, areas: Mapping[str, Area], words: Words, english: Container[str]) -> Iterator[Problem]:
    """Aliases under partners/ and groups/ that need a word of trade beside them and do not ask for it."""
    own = {fold_name(each) for phrases in (*words.cues.values(), words.fillers, words.soft, words.free) for each in phrases}

    def kind(folded: str) -> str:
        return "a word that the bot reads otherwise (words/)" if folded in own else "an English word" if folded in english else ""

    if not any(list(_words_of(area, kind)) for area in areas.values()):
        return
    for folder, model in _FOLDERS:
        for path in sorted((root / folder).glob("*.yaml")):
            placed = read_placed(path, model, Problems(), root)
            for number, alias, said in _words_of(placed.value, kind) if placed else ():
                sentence = f"“{alias}” is also {said}: put it into weak, so that it needs a word of trade beside it"
                if placed:
                    yield placed.problem(sentence, "aliases", number)


def _words_of(area: Area, kind: Callable[[str], str]) -> Iterator[tuple[int, str, str]]:
    """(number, alias, what else it is) of the aliases that are words."""
    passed = ONLY_NAMES.union(map(fold_name, area.weak))
    for number, alias in enumerate(area.aliases):
        folded = fold_name(alias)
        if folded not in passed and (said := kind(folded)):
            yield number, alias, said
