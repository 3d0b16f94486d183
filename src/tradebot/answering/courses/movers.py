"""Movers: whose figure grew or fell the most from one period to another.

Reads `metric`, `sign`, `period` (several years: from the first to the last), `against`, `within`, `exclude`, `limit`, whether it
fell (`premise` of kind direction), how many times over it moved (kind times: only those that did) and the cue in_percent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members, ranks
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans, years
from tradebot.answering.orders import ranking
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

SHOWN = 5
SIZEABLE = 1_000.0
"""USD million that a figure begins with at least where moves are ranked in per cent: from next to nothing everything grows at once."""
MOST = 25
_TIMES = {2.0: "doubled", 3.0: "tripled", 4.0: "quadrupled", 0.5: "halved"}


@dataclass(frozen=True, slots=True)
class Move:
    """A partner's figures then and now."""

    now: Figure
    then: Figure

    @property
    def size(self) -> float:
        """How much larger the later one is: what all are ordered by, before a figure of it is made for the few that are shown."""
        return abs(self.now.value) - abs(self.then.value)

    @property
    def by(self) -> Figure:
        return arithmetic.difference(self.now, self.then, "change")


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The largest moves in the direction asked for, in dollars."""
    when, by_rate = between(query, knowledge), "in_percent" in query.features
    found = list(moves(query, knowledge, when.now, when.before))
    if by_rate:
        found = [each for each in found if abs(each.then.value) >= SIZEABLE]
    times = float(query.premise.said) if query.premise and query.premise.kind == "times" else 0.0
    down = _goes_down(query)
    ordered = sorted(
        (each for each in found if each.size and (each.size < 0) == down and (not times or _by_times(each, times))),
        key=lambda each: -abs(each.size / each.then.value if by_rate else each.size),
    )
    if not ordered:
        return _none(query, when, found) if times and found else not_held(query, knowledge, WORLD, query.metric, when.now)
    limit = min(query.limit or SHOWN, MOST)
    shown = ordered[:limit]
    facts = {
        "metric": str(query.metric),
        "sign": _sign(query),
        "down": down,
        "first": shown[0].now,
        "first_then": shown[0].then,
        "first_by": shown[0].by,
        "change": arithmetic.change_percent(shown[0].now, shown[0].then),
        "followers": [
            {"partner": each.now.partner, "by": each.by, "change": arithmetic.change_percent(each.now, each.then)} for each in shown[1:3]
        ],
        "by_rate": by_rate,
        "least": arithmetic.number(SIZEABLE, Unit.MONEY, "least"),
        "within": list(ranking.groups_of(query)),
        "excluded": list(query.exclude),
        "period": when.now,
        "before": when.before,
        "number": arithmetic.number(len(found), Unit.COUNT, "compared"),
        "times": _TIMES.get(times, ""),
        "matched": arithmetic.number(len(ordered), Unit.COUNT, "matched"),
    }
    rows: list[tuple[Cell, ...]] = [(each.now.partner, each.now, each.then) for each in shown]
    heading = wording.title(query.metric, [each.now for each in shown])
    return Answer(
        query,
        "movers",
        facts,
        table=Table(("Partner", when.now.label, when.before.label), tuple(rows), tuple(each.now.partner for each in shown), heading),
        read_as=wording.read_as(
            query,
            f"largest moves of US {wording.nouns(query.metric, _sign(query))}, in {'per cent' if by_rate else 'dollars'}",
            when.now,
            when.before,
        ),
        suggestions=wording.suggestions(f"top 10 {wording.nouns(query.metric, _sign(query))}"),
        keys=tuple(each.now.partner for each in shown),
    )


def _goes_down(query: Query) -> bool:
    premise = query.premise
    return premise is not None and (premise.kind, premise.said) in (("direction", "down"), ("times", "0.5"))


def _by_times(move: Move, times: float) -> bool:
    """Whether it has become so many times as large, or more; for a half, or less."""
    ratio = abs(move.now.value) / abs(move.then.value) if move.then.value else 0.0
    return ratio >= times if times > 1 else ratio <= times


def _none(query: Query, when: Spans, found: list[Move]) -> Answer:
    """Nobody's figure has become so many times as large."""
    facts = {
        "metric": str(query.metric),
        "sign": _sign(query),
        "within": list(ranking.groups_of(query)),
        "excluded": list(query.exclude),
        "times": _TIMES.get(float(query.premise.said) if query.premise else 0.0, ""),
        "number": arithmetic.number(len(found), Unit.COUNT, "compared"),
        "period": when.now,
        "before": when.before,
    }
    return Answer(query, "movers_none", facts, suggestions=wording.suggestions(f"top 10 {wording.nouns(query.metric, _sign(query))}"))


def between(query: Query, knowledge: Knowledge) -> Spans:
    """The two periods; of several years the first and the last."""
    if query.period is None or query.against is not None or not query.period.is_years or query.period.is_year:
        return spans(query, knowledge)
    asked = years(query, knowledge, 2)
    return Spans(Period.year(asked.last_year), Period.year(asked.first_year))


def _sign(query: Query) -> str:
    return ranking.side(query) if query.metric is Metric.BALANCE else ""


def moves(query: Query, knowledge: Knowledge, now: Period, then: Period) -> Iterator[Move]:
    """Every partner with figures for both periods; balances only while they are on the side asked for in both."""
    pool, left_out, sign = ranking.pool(query, knowledge), members(knowledge, query.exclude), _sign(query)
    for partner in knowledge.record.partners_in(now):
        if (pool is not None and partner not in pool) or partner in left_out or not ranks(knowledge, partner):
            continue
        one, other = (knowledge.record.value(partner, query.metric, period) for period in (now, then))
        if one is None or other is None or (sign and {wording.sign_of([one]), wording.sign_of([other])} != {sign}):
            continue
        yield Move(one, other)
