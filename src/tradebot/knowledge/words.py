"""Words and intents, read from knowledge/words and knowledge/intents."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tradebot.knowledge.models_intents import CueFile, Grammar, Intent
from tradebot.knowledge.problems import Problem, Problems, name_of
from tradebot.knowledge.yaml_files import read_model

_NOT_CUES = frozenset({"grammar.yaml", "ambiguous.yaml"})


class Words(Grammar):
    """The vocabulary besides names: the grammar, and `cues`, which map an idea to the phrases that name it."""

    cues: Mapping[str, tuple[str, ...]]


def load_words(root: Path, problems: Problems) -> Words | None:
    """Every cue file of `root`/words and the grammar; a cue may be spread over several files."""
    cues: dict[str, tuple[str, ...]] = {}
    for path in sorted((root / "words").glob("*.yaml")):
        if path.name in _NOT_CUES:
            continue
        file = read_model(path, CueFile, problems, root)
        for cue, phrases in file.cues.items() if file else ():
            cues[cue] = (*cues.get(cue, ()), *phrases)
    grammar = read_model(root / "words" / "grammar.yaml", Grammar, problems, root)
    if grammar is None:
        return None
    return Words.model_construct(cues=cues, **dict(grammar))


def load_intents(root: Path, problems: Problems) -> tuple[Intent, ...]:
    """Every intent, by id; a file's name must be its intent's id."""
    intents: list[Intent] = []
    for path in sorted((root / "intents").glob("*.yaml")):
        intent = read_model(path, Intent, problems, root)
        if intent is None:
            continue
        if intent.id != path.stem:
            problems.add(Problem(name_of(path, root), 1, 1, "id", f"is “{intent.id}”, but the file is called {path.name}"))
        intents.append(intent)
    return tuple(intents)
