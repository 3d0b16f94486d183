"""Words and intents, read from knowledge/words and knowledge/intents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from tradebot.knowledge.kept import shared
from tradebot.knowledge.models_intents import CueFile, Grammar, Intent
from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.yaml_files import read_folder, read_model, values

_NOT_CUES = frozenset({"grammar.yaml", "ambiguous.yaml"})


class Words(Grammar):
    """The vocabulary besides names: the grammar, and `cues`, which map an idea to the phrases that name it."""

    cues: Mapping[str, tuple[str, ...]]


def load_words(root: Path, problems: Problems) -> Words | None:
    """Every cue file of `root`/words and the grammar; a cue may be spread over several files."""
    files = values(read_folder(root / "words", CueFile, problems, root, _NOT_CUES))
    grammar = read_model(root / "words" / "grammar.yaml", Grammar, problems, root)
    return None if grammar is None else shared("words", (grammar, *files), lambda: _words(grammar, files))


def _words(grammar: Grammar, files: Iterable[CueFile]) -> Words:
    cues: dict[str, tuple[str, ...]] = {}
    for cue, phrases in (each for file in files for each in file.cues.items()):
        cues[cue] = (*cues.get(cue, ()), *phrases)
    return Words.model_construct(cues=MappingProxyType(cues), **dict(grammar))


def load_intents(root: Path, problems: Problems) -> tuple[Intent, ...]:
    """Every intent, by id; a file's name must be its intent's id."""
    read = read_folder(root / "intents", Intent, problems, root)
    for placed in read:
        if placed.value.id != placed.stem:
            sentence = f"is “{placed.value.id}”, but the file is called {placed.stem}.yaml"
            problems.add(Problem(placed.file, 1, 1, "id", sentence))
    intents = values(read)
    return shared("intents", intents, lambda: intents)
