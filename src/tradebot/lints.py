"""Lints of the intents: rules that could never hold, and answers that nothing computes or words.

What the models cannot see because it lies in other rooms: a cue that no file of words/ has, a family without a module
in answering/, a template that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tradebot.answering import FAMILIES
from tradebot.knowledge.models_intents import Intent
from tradebot.knowledge.problems import Problem, Problems, did_you_mean
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.yaml_files import Placed, read_placed
from tradebot.understanding.frame import FEATURES


def lint(root: Path, templates: Path, knowledge: Knowledge) -> Iterator[Problem]:
    """The problems of every intent file under `root`."""
    known = FEATURES | knowledge.words.cues.keys() | {f"intent:{intent.id}" for intent in knowledge.intents}
    names = {path.relative_to(templates).with_suffix("").as_posix() for path in templates.rglob("*.j2")}
    for path in sorted((root / "intents").glob("*.yaml")):
        placed = read_placed(path, Intent, Problems(), root)
        if placed is not None:
            yield from _rules(placed, known)
            yield from _ends(placed, names)


def _rules(placed: Placed[Intent], known: frozenset[str]) -> Iterator[Problem]:
    for at, rule in enumerate(placed.value.when):
        for field, words in (("if", rule.needs), ("any", rule.any), ("not", rule.lacks)):
            for word in words:
                if word not in known:
                    yield placed.node.problem(f"no cue or slot is called “{word}”{did_you_mean(word, known)}", "when", at, field)


def _ends(placed: Placed[Intent], templates: set[str]) -> Iterator[Problem]:
    intent = placed.value
    if intent.family not in FAMILIES:
        yield placed.node.problem(f"no answers are called “{intent.family}”{did_you_mean(intent.family, FAMILIES)}", "family")
    if intent.template and intent.template not in templates:
        yield placed.node.problem(f"there is no templates/{intent.template}.j2{did_you_mean(intent.template, templates)}", "template")
