"""Noise on names and questions: random edits, case, punctuation, and the phrasings that are put around every partner."""

from __future__ import annotations

import datetime as dt
import random
import string
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import yaml

from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query
from tradebot.understanding.reader import Reader

TODAY = dt.date(2026, 11, 23)
SHORTEST = 5
"""Letters of a name that one edit may be put to."""

PHRASINGS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "phrasings.yaml").read_text(encoding="utf-8"))


class Outcome(StrEnum):
    RIGHT = "right"
    ASKED = "asked or refused"
    WRONG = "wrong"


def aliases(knowledge: Knowledge, shortest: int = SHORTEST) -> list[tuple[str, str]]:
    """Every name and alias in Latin letters that long, with its partner."""
    return [
        (name, partner.id)
        for partner in knowledge.partners.values()
        for name in (partner.name, *partner.aliases, *partner.weak)
        if len(name) >= shortest and name.isascii()
    ]


def edited(text: str, edits: int, seed: int) -> str:
    """The text in lower case with that many random edits: a letter lost, added, mistaken, or swapped with the next."""
    draw = random.Random(f"{text} {edits} {seed}")  # noqa: S311 - not for secrets
    found = text.lower()
    for _ in range(edits):
        at, letter = draw.randrange(len(found)), draw.choice(string.ascii_lowercase)
        kind = draw.choice(("lost", "added", "mistaken", "swapped"))
        if kind == "swapped" and at + 1 < len(found):
            found = found[:at] + found[at + 1] + found[at] + found[at + 2 :]
        else:
            found = found[:at] + ("" if kind == "lost" else letter) + found[at + (kind != "added") :]
    return found


def outcome_of(reader: Reader, question: str, partner: str, metric: Metric | None = None) -> Outcome:
    """Whether the question is read as one on the partner (and the measure, where one is asked), or as another one."""
    found = reader.read(question, today=TODAY)
    if not isinstance(found, Query) or not found.partners:
        return Outcome.ASKED
    return Outcome.RIGHT if found.partners == (partner,) and metric in (None, found.metric) else Outcome.WRONG


def counted(reader: Reader, asked: Iterable[tuple[str, ...]]) -> tuple[Counter[Outcome], list[str]]:
    """How many questions had which outcome, and those that were not right, the wrong ones first."""
    counts: Counter[Outcome] = Counter()
    others: list[tuple[Outcome, str]] = []
    for question, partner, *metric in asked:
        outcome = outcome_of(reader, question, partner, Metric(metric[0]) if metric else None)
        counts[outcome] += 1
        if outcome is not Outcome.RIGHT:
            others.append((outcome, question))
    return counts, [question for _, question in sorted(others, key=lambda one: one[0] is not Outcome.WRONG)]


def generated(knowledge: Knowledge, sample: int | None = None) -> list[tuple[str, str, str]]:
    """(question, partner, measure): every partner × measure × phrasing × noise, or a sample of them."""
    every = [
        (phrasing, noise, partner.in_text, partner.id, metric)
        for partner in knowledge.partners.values()
        if partner.kind in ("country", "territory")
        for metric, phrasings in PHRASINGS.items()
        for phrasing in phrasings
        for noise in ("plain", "case", "punctuation", "typo")
    ]
    chosen = random.Random(4).sample(every, sample) if sample else every  # noqa: S311
    return [(noisy(phrasing, name, noise), partner, metric) for phrasing, noise, name, partner, metric in chosen]


def noisy(phrasing: str, name: str, noise: str) -> str:
    """A question with one kind of noise; a typo goes into the longest word of a name of eight letters or more."""
    if noise == "typo":
        words = name.split()
        longest = max(range(len(words)), key=lambda at: len(words[at]))
        if len(words[longest]) >= 8:
            word = words[longest]
            words[longest] = word[:4] + word[5] + word[4] + word[6:]
        return phrasing.replace("{p}", " ".join(words))
    text = phrasing.replace("{p}", name)
    if noise == "case":
        return text.upper() if len(text) % 2 else text.lower()
    return f"{text.rstrip('?')}???" if noise == "punctuation" else text
