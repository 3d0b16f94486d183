"""Judging one reply by what was expected of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tradebot.desk import Desk, Reply
from tradebot.evaluation.rows import Expectation, Row, Value
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.models_partners import Group, Partner
from tradebot.knowledge.snapshot import Knowledge

FEW = 2
"""Partners up to which they are compared; a longer list is a ranking, which depends on the figures."""

SHOWN = 5
"""Partners of a reply that are named when none of them is the one wanted."""

_EXACT = 1e-6
_MONEY = {"USD million": 1.0, "USD mn": 1.0, "USD bn": 1e-3, "USD billion": 1e-3, "USD tn": 1e-6}
_UNITS = {"percent": (Unit.PERCENT, Unit.POINTS), "%": (Unit.PERCENT, Unit.POINTS), "ratio": (Unit.RATIO,)}
_UNITS |= {"rank": (Unit.RANK,), "count": (Unit.COUNT,), "year": (Unit.YEAR,)}


class Kind(StrEnum):
    """What came of a row, the worst last."""

    RIGHT = "right"
    OUTCOME = "wrong outcome"
    PARTNER = "wrong partner"
    WORDS = "wrong words"
    FIGURE = "wrong figure"
    FALSE_ANSWER = "false answer"
    FALSE_REPLY = "false reply"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one row: `why` says what was expected; `intent_agrees` is None where intents cannot be compared."""

    row: Row
    kind: Kind
    why: str
    reply: Reply
    intent_agrees: bool | None = None


class Judge:
    """Asks a desk and judges its replies. Names of partners may be ids, names or aliases, in any case."""

    def __init__(self, desk: Desk, today: dt.date) -> None:
        self._desk = desk
        self._today = today
        self._ids = _ids(desk.knowledge)
        self._intents = frozenset(intent.id for intent in desk.knowledge.intents)

    def judge(self, row: Row) -> Verdict:
        reply = self._ask(row)
        kind, why = self._found(row.expect, reply)
        expected = row.expect.intent
        agrees = reply.intent == expected if reply.outcome == "answer" and expected in self._intents else None
        return Verdict(row, kind, why, reply, agrees)

    def _ask(self, row: Row) -> Reply:
        conversation = row.place if row.turns else None
        *_, last = [self._desk.ask(turn, conversation, self._today, ambient=row.ambient) for turn in row.asked]
        self._desk.forget(row.place)
        return last

    def _found(self, expect: Expectation, reply: Reply) -> tuple[Kind, str]:
        wanted = "/".join(expect.outcomes)
        if reply.outcome not in expect.outcomes:
            if expect.outcomes == ("silent",):
                return Kind.FALSE_REPLY, f"{reply.outcome}, wanted silence"
            if reply.outcome == "answer":
                return Kind.FALSE_ANSWER, f"answers, wanted {wanted}"
            return Kind.OUTCOME, f"{reply.outcome}, wanted {wanted}"
        return self._answered(expect, reply) if reply.outcome == "answer" else (Kind.RIGHT, "")

    def _answered(self, expect: Expectation, reply: Reply) -> tuple[Kind, str]:
        if lacking := self._lacking_partners(expect, reply):
            return Kind.PARTNER, f"has {', '.join(reply.partners[:SHOWN]) or 'no partner'}, wanted {', '.join(lacking)}"
        figures = [said.backing for said in reply.card.spoken if isinstance(said.backing, Figure)]
        if value := _lacking_value(expect, figures, reply.text):
            return Kind.FIGURE, f"lacks {value.value:g} {value.unit}{f' ({value.partner})' if value.partner else ''}"
        return _words(expect, reply.text)

    def _lacking_partners(self, expect: Expectation, reply: Reply) -> list[str]:
        asked = dict.fromkeys(found for name in expect.partners if (found := self._ids.get(name.casefold())))
        if len(asked) > FEW:
            return []
        held = {*reply.partners, *(reply.query.groups if reply.query else ())}
        return [found for found in asked if found not in held]


def _words(expect: Expectation, text: str) -> tuple[Kind, str]:
    flags = re.IGNORECASE | re.DOTALL
    if lacking := next((pattern for pattern in expect.must if not re.search(pattern, text, flags)), None):
        return Kind.WORDS, f"lacks /{lacking[:60]}/"
    if present := next((pattern for pattern in expect.must_not if re.search(pattern, text, flags)), None):
        return Kind.WORDS, f"has /{present[:60]}/"
    return Kind.RIGHT, ""


def _lacking_value(expect: Expectation, figures: Sequence[Figure], text: str) -> Value | None:
    """The first value that no figure has: of all that are wanted, or of the first alternative where none holds."""
    if lacking := next((value for value in expect.values if not _is_among(value, figures, text)), None):
        return lacking
    if not expect.any_of or any(all(_is_among(value, figures, text) for value in values) for values in expect.any_of):
        return None
    return next((value for value in expect.any_of[0] if not _is_among(value, figures, text)), None)


def _is_among(value: Value, figures: Iterable[Figure], text: str) -> bool:
    """Whether a figure has the value, or the text names the year; signs are a matter of words."""
    if value.unit == "year" and f"{value.value:.0f}" in text:
        return True
    factor = _MONEY.get(value.unit)
    units = (Unit.MONEY,) if factor else _UNITS.get(value.unit, ())
    return any(
        figure.unit in units and abs(abs(figure.value) * (factor or 1.0) - abs(value.value)) <= max(value.tol, _EXACT) for figure in figures
    )


def _ids(knowledge: Knowledge) -> Mapping[str, str]:
    """Ids by every name that partners and groups go by."""
    found: dict[str, str] = {}
    areas: tuple[Partner | Group, ...] = (*knowledge.groups.values(), *knowledge.partners.values())
    for one in areas:
        found.update((name.casefold(), one.id) for name in (one.id, one.name, *one.aliases, *one.weak))
    return found
