"""Count: how many partners the US has a deficit or surplus with, or more or less than a bound, or with which it trades nothing.

Reads `metric`, `sign`, `bounds`, `of_top`, `within` or `groups`, `exclude`, `period` and the feature denied.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members, ranks
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import spans
from tradebot.answering.figures.standing import only_some_held, standing
from tradebot.answering.orders import ranking
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import OTHER_SIDE, Metric, Query

NAMED = 3
NAMED_LACKING = 20
"""Partners without any trade that are named; more are counted."""


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The count with the one a year earlier, the other side of zero, and the largest that were counted."""
    when = spans(query, knowledge)
    if knowledge.record.value(WORLD, query.metric, when.now) is None:
        return not_held(query, knowledge, WORLD, query.metric, when.now)
    if "denied" in query.features and query.metric is not Metric.BALANCE:
        return _nothing(query, knowledge, when.now)
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
        "other_sign": OTHER_SIDE.get(order.sign, ""),
        "largest": list(order.places[: NAMED if query.of_top is None else query.of_top]),
        "all_named": query.of_top is not None,
        "bounds": ranking.bounds_of(query),
        "running": when.so_far,
    }
    phrase = f"number of partners by US {wording.nouns(order.metric, order.sign)}"
    keys = tuple(figure.partner for figure in order.places[: ranking.TABLE_ROWS])
    names = wording.nouns(order.metric, order.sign)
    questions = wording.suggestions(f"top 10 {names}", f"smallest {names}", "five largest surpluses")
    return Answer(query, "count", facts, read_as=wording.read_as(query, phrase, when.now), suggestions=questions, keys=keys)


def _nothing(query: Query, knowledge: Knowledge, period: Period) -> Answer:
    """The partners with which nothing was traded that way (“who do we import nothing from”), of those that stand in orders."""
    pool, left_out = ranking.pool(query, knowledge), members(knowledge, query.exclude)
    held = [
        found
        for partner in knowledge.record.partners_in(period)
        if ranks(knowledge, partner) and (pool is None or partner in pool) and partner not in left_out
        if (found := knowledge.record.value(partner, query.metric, period)) is not None
    ]
    lacking = [figure for figure in held if not figure.value]
    facts = {
        "metric": str(query.metric),
        "within": list(ranking.groups_of(query)),
        "excluded": list(query.exclude),
        "period": period,
        "partners": [figure.partner for figure in lacking[:NAMED_LACKING]],
        "counted": arithmetic.count(lacking, f"without_{query.metric}", period),
        "of": arithmetic.count(held, "held", period),
        "rest": len(lacking) > NAMED_LACKING,
    }
    phrase = f"partners without US {wording.nouns(query.metric)}"
    more = wording.suggestions(f"smallest {wording.nouns(query.metric)}", f"top 10 {wording.nouns(query.metric)}")
    return Answer(
        query,
        "count_nothing",
        facts,
        read_as=wording.read_as(query, phrase, period),
        suggestions=more,
        keys=tuple(figure.partner for figure in lacking),
    )


def _other_side(query: Query, knowledge: Knowledge, period: Period) -> object:
    """How many are on the other side of zero, where no bound was asked for."""
    if query.metric is not Metric.BALANCE or query.bounds is not None or query.of_top is not None:
        return None
    sign = OTHER_SIDE[ranking.side(query)]
    return arithmetic.count(standing(knowledge, query.metric, period, sign, ranking.pool(query, knowledge)).places, f"{sign}s", period)
