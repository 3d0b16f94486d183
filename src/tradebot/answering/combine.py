"""Combine: several partners or groups added up, the first few of a ranking, or the world without some.

Reads `partners`, `groups`, `exclude`, `limit` (the first so many of the ranking), `metric`, `sign`, `period`. A single
group is measured like a partner.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import measure, totals
from tradebot.answering.figures.areas import asked
from tradebot.answering.figures.spans import spans
from tradebot.answering.orders import ranking
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The sum that was asked for."""
    when = spans(query, knowledge)
    areas = asked(query)
    if query.limit and not query.partners:
        order = ranking.of(query, knowledge, when.now)
        top = tuple(figure.partner for figure in ranking.part(query, order).figures)
        if not top:
            return ranking.answer(query, knowledge, today)
        return totals.answer(query, knowledge, totals.Parts("top", top, order_sign=order.sign), when)
    if not areas and query.exclude:
        return totals.answer(query, knowledge, totals.Parts("rest", (), query.exclude), when)
    if len(areas) < 2 and not query.exclude:
        return measure.answer(replace(query, limit=None), knowledge, today)
    return totals.answer(query, knowledge, totals.Parts("list", areas, query.exclude), when)
