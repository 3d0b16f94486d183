"""Rank, several: the places of two or more partners in one order (“where do Japan and Germany rank in imports”).

Reads `partners`, `metric`, `sign`, `period`, `within`, `exclude`; `limit` asks whether they are among the first so many.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans
from tradebot.answering.figures.standing import Standing, standing
from tradebot.answering.orders import ranking
from tradebot.answering.premises import claims
from tradebot.knowledge.figures import Unit
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query


def answer(query: Query, knowledge: Knowledge, _today: dt.date, when: Spans) -> Answer:
    """The places, the highest first, and who has none."""
    held = {partner: knowledge.record.value(partner, query.metric, when.now) for partner in query.partners}
    if not any(held.values()):
        return not_held(query, knowledge, query.partners[0], query.metric, when.now)
    order = _order(query, knowledge, when)
    placed = sorted((each for each in query.partners if each in order.index), key=lambda each: order.index[each])
    limit = query.limit
    inside = [each for each in placed if limit and (order.place(each) or 0) <= limit]
    facts = {
        **ranking.head(query, knowledge, order),
        "among": [],
        "places": [{"rank": order.rank(each), "now": order.figure(each)} for each in placed],
        "without": [found for each, found in held.items() if found and each not in order.index],
        "missing": [each for each, found in held.items() if not found],
        "of": arithmetic.count(order.places, "ranked", when.now),
        "limit": arithmetic.number(limit, Unit.COUNT, "limit") if limit else None,
        "inside": inside,
        "all": len(inside) == len(query.partners),
        "two": len(query.partners) == 2,
        "asks": claims(query),
        "close": list(order.close_pairs(placed)),
        "running": when.so_far,
    }
    rows: list[tuple[Cell, ...]] = [(order.rank(each), each, order.figure(each)) for each in placed]
    heading = wording.title(order.metric, [order.figure(each) for each in placed])
    phrase = f"places of {wording.listed(knowledge, query.partners)} by US {wording.nouns(order.metric, order.sign)}"
    return Answer(
        query,
        "rank_several",
        facts,
        table=Table(("", "Partner", when.now.label), tuple(rows), tuple(placed), heading) if rows else None,
        read_as=wording.read_as(query, phrase, when.now),
        suggestions=wording.suggestions(
            f"top 10 {wording.nouns(order.metric, order.sign)}", f"compare {wording.listed(knowledge, query.partners)}"
        ),
        keys=tuple(placed) or query.partners,
    )


def _order(query: Query, knowledge: Knowledge, when: Spans) -> Standing:
    """Among all partners, or those of a group; without a side named, deficits unless all of them are surpluses."""
    found = [knowledge.record.value(each, query.metric, when.now) for each in query.partners]
    sign = query.sign or ("surplus" if wording.sign_of(found) == "surplus" and not query.limit else "deficit")
    pool = members(knowledge, [query.within]) if query.within else None
    return standing(knowledge, query.metric, when.now, sign, pool, members(knowledge, query.exclude))
