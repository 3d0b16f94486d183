"""Ranking over the years: who was first, or among the first so many, in each of several periods.

Reads what `ranking` reads, and the periods: `years`, `period` with `against`, or every year of a span (nothing: the last ten).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import groupby

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.spans import running, years
from tradebot.answering.orders import leaders, ranking
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Order, Query

YEARS_UNASKED = 10
MOST = 12
"""Periods that are listed; of more the latest are."""
SAID = 3
"""Periods whose orders stand in one sentence."""


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The first places of each period; of a single place the spans in which one partner held it."""
    query = replace(query, order=Order.BOTTOM if query.order is Order.BOTTOM else Order.TOP)
    if _of_first_places(query):
        return leaders.answer(replace(query, partners=()), knowledge, today)
    found = [(period, shown) for period in _periods(query, knowledge) if (shown := _shown(query, knowledge, period))]
    if len(found) < 2:
        return ranking.answer(replace(query, against=None, years=()), knowledge, today)
    order = ranking.of(query, knowledge, found[-1][0])
    facts = {
        **ranking.head(query, knowledge, order),
        "asked": arithmetic.number(len(found[-1][1]), Unit.COUNT, "limit"),
        "place": arithmetic.number(query.nth or 1, Unit.RANK, "nth"),
        "single": len(found[-1][1]) == 1,
        "listed": [{"period": period, "shown": list(shown)} for period, shown in found],
        "said": len(found) <= SAID,
        "runs": _runs(found),
    }
    phrase = f"{'smallest' if query.order is Order.BOTTOM else 'largest'} US {wording.nouns(order.metric, order.sign)}"
    firsts = [shown[0] for _, shown in found]
    rows: list[tuple[Cell, ...]] = [(period.label, each.partner, each) for (period, _), each in zip(found, firsts, strict=True)]
    return Answer(
        query,
        "ranking_years",
        facts,
        table=Table(("Period", "Partner", "Size"), tuple(rows), title=wording.title(query.metric, firsts)) if facts["single"] else None,
        read_as=wording.read_as(query, phrase, Period(found[0][0].first, found[-1][0].last)),
        suggestions=wording.suggestions(f"top 10 {wording.nouns(order.metric, order.sign)}"),
        keys=tuple(dict.fromkeys(each.partner for each in found[-1][1])),
    )


def _of_first_places(query: Query) -> bool:
    """Who was first in more years than can be listed one by one."""
    first = query.order is Order.TOP and query.limit in (None, 1) and query.nth in (None, 1) and not query.bounds
    long = query.period is not None and query.period.is_years and query.period.length > MOST * 12
    return first and long and not query.years and query.against is None and len(ranking.groups_of(query)) < 2


def _periods(query: Query, knowledge: Knowledge) -> list[Period]:
    if query.years:
        return list(query.years)[-MOST:]
    if query.period and query.against:
        return sorted((running(query.period, knowledge), running(query.against, knowledge)))
    return list(years(query, knowledge, YEARS_UNASKED).each_year())[-MOST:]


def _shown(query: Query, knowledge: Knowledge, period: Period) -> tuple[Figure, ...]:
    """The places asked for in one period: one of them, unless so many are asked for."""
    limit = query.limit or (1 if query.nth is None else None)
    return ranking.part(replace(query, limit=limit), ranking.of(query, knowledge, period)).figures


def _runs(found: list[tuple[Period, tuple[Figure, ...]]]) -> list[dict[str, object]]:
    """The first partner of each period, neighbouring periods of one partner as one span; alone where they are no neighbours."""
    runs: list[dict[str, object]] = []
    for partner, members in groupby(found, key=lambda each: each[1][0].partner):
        spans: list[Period] = []
        for period, _ in members:
            joins = bool(spans) and spans[-1].last + 1 == period.first
            spans.append(Period(spans.pop().first, period.last) if joins else period)
        runs += [{"partner": partner, "period": span} for span in spans]
    return runs
