"""Count: how many partners the US has a deficit or surplus with, or more or less than a bound.

Reads `metric`, `sign`, `bounds`, `within` or `groups`, `exclude`, `period`.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import ranking, wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import spans
from tradebot.answering.figures.standing import only_some_held, standing
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

NAMED = 3


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The count with the one a year earlier, the other side of zero, and the largest that were counted."""
    when = spans(query, knowledge)
    if knowledge.record.value(WORLD, query.metric, when.now) is None:
        return not_held(query, knowledge, WORLD, query.metric, when.now)
    order = ranking.of(query, knowledge, when.now)
    comparable = not only_some_held(knowledge, when.before)  # a count of the few that are held would be compared with one of all
    before = ranking.of(query, knowledge, when.before)
    other = _other_side(query, knowledge, when.now)
    facts = {
        **ranking.head(query, knowledge, order),
        "counted": arithmetic.count(order.places, f"{order.sign or order.metric}s", when.now),
        "before": arithmetic.count(before.places, f"{before.sign or before.metric}s", when.before)
        if before.places and comparable
        else None,
        "before_period": when.before,
        "other": other,
        "other_sign": "deficit" if order.sign == "surplus" else "surplus",
        "largest": list(order.places[:NAMED]),
        "bounds": ranking.bounds_of(query),
        "running": when.so_far,
    }
    phrase = f"number of partners by US {wording.nouns(order.metric, order.sign)}"
    keys = tuple(figure.partner for figure in order.places[: ranking.TABLE_ROWS])
    names = wording.nouns(order.metric, order.sign)
    questions = wording.suggestions(f"top 10 {names}", f"smallest {names}", "five largest surpluses")
    return Answer(query, "count", facts, read_as=wording.read_as(query, phrase, when.now), suggestions=questions, keys=keys)


def _other_side(query: Query, knowledge: Knowledge, period: Period) -> object:
    """How many are on the other side of zero, where no bound was asked for."""
    if query.metric is not Metric.BALANCE or query.bounds is not None:
        return None
    sign = "deficit" if query.sign == "surplus" else "surplus"
    return arithmetic.count(standing(knowledge, query.metric, period, sign, ranking.pool(query, knowledge)).places, f"{sign}s", period)
