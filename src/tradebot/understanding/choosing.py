"""Choosing the intent: which complete reading of a frame scores highest, and whether it explains the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tradebot.knowledge.models_intents import Intent, When
from tradebot.understanding.frame import Frame
from tradebot.understanding.marks import Mark

SLOTS = frozenset(
    {"partner", "group", "period", "day", "percent", "money", "bounds", "limit", "nth", "excluded", "future", "domestic", "part"}
)
"""What a sentence can fill; an intent that cannot take a filled slot is not what was asked. Products, laws and terms are
judged word by word instead, since one word is often several of them."""

_USUAL = frozenset({"partner", "group", "period", "excluded"})
_OUTRIGHT = When(score=4)
"""The rule of a sentence that holds one of the intent's own phrases."""

_UNASKED = frozenset(
    {
        "question",
        "us",
        "domain",
        "measure",
        "area",
        "assumed_name",
        "yes_no",
        "how",
        "how_much",
        "who",
        "where",
        "country_word",
        "and_also",
        "bigger",
        "smaller",
        "latest",
        "world",
    }
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An intent with the score of its best rule and the content words that it leaves unexplained."""

    intent: Intent
    score: float
    unexplained: tuple[Mark, ...] = ()


def takes(intent: Intent, rule: When) -> frozenset[str]:
    """The slots that an intent can use."""
    return frozenset(intent.takes or _USUAL) | set(rule.needs) | set(rule.any) | ({"group"} if "within" in intent.takes else set())


def explains(intent: Intent, free: frozenset[str]) -> frozenset[str]:
    """Every slot and cue that some rule of the intent asks for, with the cues that are free in any question."""
    asked = {word for rule in intent.when for word in (*rule.needs, *rule.any)}
    return frozenset(intent.takes or _USUAL) | asked | free


def choose(frame: Frame, intents: Iterable[tuple[Intent, frozenset[str]]]) -> Chosen | None:
    """The best reading of the frame, or None when nothing is complete. Each intent comes with what it explains.

    Among equal scores the reading that explains more words wins, then the intent that comes first by name.
    """
    features = frame.features
    best: Chosen | None = None
    for intent, explained in intents:
        outright = f"intent:{intent.id}" in features
        for rule in (*intent.when, _OUTRIGHT) if outright else intent.when:
            if not _fits(rule, features):
                continue
            slots = takes(intent, rule)
            if (features & SLOTS) - slots:
                continue
            candidate = Chosen(intent, _score(rule, outright, features), tuple(frame.unexplained(explained)))
            if best is None or _key(candidate) > _key(best):
                best = candidate
    return best


def _key(chosen: Chosen) -> tuple[float, int]:
    return chosen.score - 3 * len(chosen.unexplained), -len(chosen.unexplained)


def _fits(rule: When, features: set[str]) -> bool:
    if not all(need in features for need in rule.needs):
        return False
    if rule.any and not any(cue in features for cue in rule.any):
        return False
    if any(cue in features for cue in rule.lacks):
        return False
    if rule.only:
        allowed = set(rule.needs) | set(rule.any) | _UNASKED
        return not any(feature not in allowed and not feature.startswith("intent:") for feature in features)
    return True


def _score(rule: When, outright: bool, features: set[str]) -> float:
    return rule.score + (8.0 if outright else 0.0) + 0.1 * sum(cue in features for cue in (*rule.needs, *rule.any))
