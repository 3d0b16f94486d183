"""Share movers: whose part of all imports, exports or trade grew or shrank the most, in percentage points.

Reads `metric`, `period` (several years: from the first to the last), `against`, `within`, `exclude`, `limit` and whether it fell
(`premise` of kind direction).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.courses import movers
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.held import not_held
from tradebot.answering.orders import ranking
from tradebot.answering.shares.share import moved
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query


@dataclass(frozen=True, slots=True)
class Shift:
    """A partner's shares then and now; `by` is how many percentage points larger the later one is."""

    now: Figure
    then: Figure
    by: Figure


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The largest shifts in the direction asked for; of the deficit, whose shares are of a net number, its movers in dollars."""
    when = movers.between(query, knowledge)
    now, then = (knowledge.record.value(WORLD, query.metric, period) for period in (when.now, when.before))
    if query.metric is Metric.BALANCE:
        return movers.answer(query, knowledge, today)
    if now is None or then is None:
        return not_held(query, knowledge, WORLD, query.metric, when.now if now is None else when.before)
    down = query.premise is not None and query.premise.kind == "direction" and query.premise.said == "down"
    shifts = [_shift(move, now, then) for move in movers.moves(query, knowledge, when.now, when.before)]
    ordered = sorted((each for each in shifts if each and (each.by.value < 0) == down), key=lambda each: -abs(each.by.value))
    if not ordered:
        return not_held(query, knowledge, WORLD, query.metric, when.now)
    shown = ordered[: min(query.limit or movers.SHOWN, movers.MOST)]
    facts = {
        "metric": str(query.metric),
        "down": down,
        "first": shown[0],
        "followers": shown[1:3],
        "within": list(ranking.groups_of(query)),
        "excluded": list(query.exclude),
        "period": when.now,
        "before": when.before,
        "running": when.so_far,
    }
    rows: list[tuple[Cell, ...]] = [(each.now.partner, each.now, each.then) for each in shown]
    return Answer(
        query,
        "share_movers",
        facts,
        table=Table(("Partner", when.now.label, when.before.label), tuple(rows), tuple(each.now.partner for each in shown)),
        read_as=wording.read_as(query, f"largest shifts in shares of US {wording.nouns(query.metric, '')}", when.now, when.before),
        suggestions=wording.suggestions(f"top 10 {wording.nouns(query.metric, '')}"),
        keys=tuple(each.now.partner for each in shown),
    )


def _shift(move: movers.Move, whole_now: Figure, whole_then: Figure) -> Shift | None:
    now, then = arithmetic.share(move.now, whole_now), arithmetic.share(move.then, whole_then)
    by = moved(now, then)
    return Shift(now, then, by) if now and then and by else None
