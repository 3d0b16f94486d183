"""Choosing the intent: which complete reading of a frame scores highest, and whether it explains the sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple
from weakref import proxy

from tradebot.knowledge.models_intents import Intent, When
from tradebot.understanding.frame import Frame
from tradebot.understanding.marks import Mark

SLOTS = frozenset(
    {"partner", "group", "period", "day", "percent", "money", "bounds", "limit", "nth", "excluded", "future", "domestic", "part"}
)
"""What a sentence can fill; an intent that cannot take a filled slot is not what was asked. Products, laws and terms are
judged word by word instead, since one word is often several of them."""

_USUAL = frozenset({"partner", "group", "period", "excluded"})
_OUTRIGHT_SCORE = 4.0
"""Score of a sentence that holds one of an intent's own phrases and nothing that any of its rules asks for."""

_OUTRIGHT_BONUS = 8.0
_PER_FEATURE = 0.1
SHAPES_KEPT = 1_024
"""Sets of features for which the rules that hold are kept: most questions have the shape of one asked before."""


class Chosen(NamedTuple):
    """An intent with the score of its best rule and the content words that it leaves unexplained."""

    intent: Intent
    score: float
    unexplained: tuple[Mark, ...] = ()

    @property
    def key(self) -> tuple[float, int]:
        """What readings are ordered by: an unexplained word weighs more than any cue."""
        return self.score - 3 * len(self.unexplained), -len(self.unexplained)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of an intent as sets, so that a frame is held against it without a loop."""

    intent: Intent
    score: float
    needs: frozenset[str]
    any: frozenset[str]
    lacks: frozenset[str]
    allowed: frozenset[str]
    """Features that may stand beside it; empty for all."""
    slots: frozenset[str]
    explained: frozenset[str]
    asked: frozenset[str]

    def ways_in(self) -> list[frozenset[str]]:
        """Sets of features one of which every sentence holds that the rule fits."""
        return [*(frozenset({need}) for need in sorted(self.needs)), *([self.any] if self.any else [])]

    def score_of(self, features: frozenset[str]) -> float:
        bonus = _OUTRIGHT_BONUS if f"intent:{self.intent.id}" in features else 0.0
        return self.score + bonus + _PER_FEATURE * len(self.asked & features)

    def fits(self, features: frozenset[str], filled: frozenset[str]) -> bool:
        """Whether it holds of these features, of which `filled` are slots."""
        if not self.needs <= features or not filled <= self.slots or not self.lacks.isdisjoint(features):
            return False
        if self.any and self.any.isdisjoint(features):
            return False
        return not self.allowed or all(feature in self.allowed or feature.startswith("intent:") for feature in features)


class Chooser:
    """The rules of all intents, each found by the features that are rarest among those it cannot do without."""

    def __init__(self, intents: Iterable[Intent], free: frozenset[str], unasked: frozenset[str]) -> None:
        """`free` are the cues that any question may hold, `unasked` the features that may stand beside a rule that is `only`."""
        self.takes: dict[str, frozenset[str]] = {}
        rules: list[_Rule] = []
        for intent in intents:
            asked = {word for rule in intent.when for word in (*rule.needs, *rule.any)}
            self.takes[intent.id] = frozenset(intent.takes or _USUAL) | asked
            outright = When.model_validate({"if": [f"intent:{intent.id}"], "score": _OUTRIGHT_SCORE})
            explained = self.takes[intent.id] | free
            rules += [_rule(intent, when, explained, unasked) for when in (*intent.when, outright)]
        common = Counter(feature for rule in rules for feature in rule.asked)
        self._fitting = lru_cache(maxsize=SHAPES_KEPT)(
            partial(Chooser._fit, proxy(self))
        )  # its own method would be a circle, and stay for ever
        self._by_feature: dict[str, list[_Rule]] = {}
        for rule in rules:
            for feature in min(rule.ways_in(), key=lambda way: sum(common[one] for one in way), default=()):
                self._by_feature.setdefault(feature, []).append(rule)

    def choose(self, frame: Frame) -> Chosen | None:
        """The best reading of the frame, or None when nothing is complete.

        Among equal scores the reading that explains more words wins, then the intent that comes first by name.
        """
        best: Chosen | None = None
        content = frame.content()
        for score, rule in self._fitting(frozenset(frame.features)):
            if best is not None and score < best.key[0]:
                break
            candidate = Chosen(rule.intent, score, tuple([mark for mark, uses in content if rule.explained.isdisjoint(uses)]))
            if best is None or (candidate.key, best.intent.id) > (best.key, candidate.intent.id):
                best = candidate
        return best

    def _fit(self, features: frozenset[str]) -> list[tuple[float, _Rule]]:
        """The rules that hold of these features, each with its score, the highest first."""
        filled = features & SLOTS
        tried = {id(rule): rule for feature in features for rule in self._by_feature.get(feature, ())}
        found = [(rule.score_of(features), rule) for rule in tried.values() if rule.fits(features, filled)]
        return sorted(found, key=lambda each: each[0], reverse=True)


def _rule(intent: Intent, when: When, explained: frozenset[str], unasked: frozenset[str]) -> _Rule:
    needs, alternatives = frozenset(when.needs), frozenset(when.any)
    slots = SLOTS.intersection((*(intent.takes or _USUAL), *needs, *alternatives))
    allowed = needs | alternatives | unasked if when.only else frozenset()
    return _Rule(
        intent,
        when.score,
        needs,
        alternatives,
        frozenset(when.lacks),
        allowed,
        slots,
        explained,
        asked=needs | alternatives,
    )
