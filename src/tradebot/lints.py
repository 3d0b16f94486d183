"""Lints: rules of intents that could never hold, answers that nothing computes or words, figures that contradict each other.

What the models cannot see because it lies in other rooms: a cue that no file of words/ has, a family without a module
in answering/, a template that is not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from tradebot.answering import FAMILIES
from tradebot.answering.figures import arithmetic
from tradebot.knowledge.date_check import late_dates
from tradebot.knowledge.figures import Figure, Hedge
from tradebot.knowledge.models_article import FactFile
from tradebot.knowledge.models_intents import Intent
from tradebot.knowledge.name_check import word_names
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problem, Problems, did_you_mean, name_of
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.yaml_files import Placed, read_placed
from tradebot.understanding.english import english_words
from tradebot.understanding.frame import FEATURES

SUM = ("balance", "exports", "imports")


def lint(root: Path, templates: Path, knowledge: Knowledge) -> Iterator[Problem]:
    """The problems of every intent file under `root`."""
    known = FEATURES | knowledge.words.cues.keys() | {f"intent:{intent.id}" for intent in knowledge.intents}
    names = {path.relative_to(templates).with_suffix("").as_posix() for path in templates.rglob("*.j2")}
    for path in sorted((root / "intents").glob("*.yaml")):
        placed = read_placed(path, Intent, Problems(), root)
        if placed is not None:
            yield from _rules(placed, known)
            yield from _ends(placed, names)
    yield from sums(root, knowledge)
    yield from word_names(root, {**knowledge.partners, **knowledge.groups}, knowledge.words, english_words())
    yield from late_dates(root, knowledge.tariffs, knowledge.sources, dt.datetime.now(tz=dt.UTC).date())


def sums(root: Path, knowledge: Knowledge) -> Iterator[Problem]:
    """Figures of the newsletter that cannot all be right: exports − imports is not its balance, whatever rounding did to them."""
    held: dict[tuple[str, Period], dict[str, Figure]] = {}
    for fact in knowledge.article.facts:
        if fact.figure and fact.period and fact.is_current and not fact.scope and fact.figure.hedge is Hedge.EXACT:
            held.setdefault((fact.about, fact.period), {})[fact.metric] = fact.figure
    for (_, period), found in held.items():
        if found.keys() >= set(SUM) and not arithmetic.adds_up(*(found[metric] for metric in SUM)):
            sentence = f"exports − imports is not the balance of {period.label}, even within what the three are rounded to"
            yield _at_fact(root, found["balance"].id.removeprefix("newsletter."), sentence)


def _at_fact(root: Path, fact_id: str, sentence: str) -> Problem:
    """A problem at the line of a fact of the newsletter."""
    for path in sorted((root / "article").glob("*.yaml")):
        placed = read_placed(path, FactFile, Problems(), root)
        for at, entry in enumerate(placed.value.facts if placed else ()):
            if placed and entry.id == fact_id:
                return placed.problem(sentence, "facts", at, "value")
    return Problem(name_of(root / "article", root), 1, 1, fact_id, sentence)


def _rules(placed: Placed[Intent], known: frozenset[str]) -> Iterator[Problem]:
    for at, rule in enumerate(placed.value.when):
        for field, words in (("if", rule.needs), ("any", rule.any), ("not", rule.lacks)):
            for word in words:
                if word not in known:
                    yield placed.problem(f"no cue or slot is called “{word}”{did_you_mean(word, known)}", "when", at, field)


def _ends(placed: Placed[Intent], templates: set[str]) -> Iterator[Problem]:
    intent = placed.value
    if intent.family not in FAMILIES:
        yield placed.problem(f"no answers are called “{intent.family}”{did_you_mean(intent.family, FAMILIES)}", "family")
    if intent.template and intent.template not in templates:
        yield placed.problem(f"there is no templates/{intent.template}.j2{did_you_mean(intent.template, templates)}", "template")
