"""Turned: the partners with which a surplus became a deficit from one period to another, or the other way round.

Reads `period` (several years: from the first to the last), `against`, `within`, `exclude`, `limit` and the cue from_surplus.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.courses import movers
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members, ranks
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans
from tradebot.answering.orders import ranking
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import OTHER_SIDE, Metric, Query

SHOWN = 5
MOST = 10


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """How many, and those with the largest balance now."""
    when, sign = movers.between(query, knowledge), "surplus" if "from_surplus" in query.features else "deficit"
    if not knowledge.record.partners_in(when.now):
        return not_held(query, knowledge, WORLD, Metric.BALANCE, when.now)
    held = _both(query, knowledge, when)
    found = sorted((pair for pair in held if _turned(pair, sign)), key=lambda pair: -abs(pair[0].value))
    shown = found[: min(query.limit or SHOWN, MOST)]
    facts = {
        "from": sign,
        "into": OTHER_SIDE[sign],
        "number": arithmetic.count([now for now, _ in found], "turned", when.now),
        "shown": [{"now": now, "then": then} for now, then in shown],
        "more": len(found) > len(shown),
        "within": list(ranking.groups_of(query)),
        "excluded": list(query.exclude),
        "period": when.now,
        "before": when.before,
        "running": when.so_far,
        "held": arithmetic.count([now for now, _ in held], "held", when.now),
    }
    rows: list[tuple[Cell, ...]] = [(now.partner, now, then) for now, then in shown]
    keys = tuple(now.partner for now, _ in shown)
    table = Table(("Partner", when.now.label, when.before.label), tuple(rows), keys, wording.title(Metric.BALANCE, [])) if rows else None
    return Answer(
        query,
        "turned",
        facts,
        table=table,
        read_as=wording.read_as(query, f"US goods {sign} turned into a {OTHER_SIDE[sign]}", when.now, when.before),
        suggestions=wording.suggestions(f"which {OTHER_SIDE[sign]} turned into a {sign}"),
        keys=keys,
    )


def _both(query: Query, knowledge: Knowledge, when: Spans) -> list[tuple[Figure, Figure]]:
    """Each partner's balance now and then, where both are held."""
    pool, left_out = ranking.pool(query, knowledge), members(knowledge, query.exclude)
    found: list[tuple[Figure, Figure]] = []
    for partner in knowledge.record.partners_in(when.now):
        if (pool is not None and partner not in pool) or partner in left_out or not ranks(knowledge, partner):
            continue
        now, then = (knowledge.record.value(partner, Metric.BALANCE, period) for period in (when.now, when.before))
        if now and then:
            found.append((now, then))
    return found


def _turned(pair: tuple[Figure, Figure], sign: str) -> bool:
    """Whether it was on that side of zero then, and is on the other now."""
    now, then = pair
    return (wording.sign_of([then]), wording.sign_of([now])) == (sign, OTHER_SIDE[sign])
