"""Compare a sum: one partner or group against several others added up (“is Vietnam larger than Japan and Korea combined”).

Reads `partners`, `groups`, `metric`, `sign`, `period` and the features sum_after or sum_before (on which side of “than” the sum
stands) and lone_group (that the one is a group).
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import compare, totals, wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, reading
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import spans
from tradebot.answering.premises import asks_yes_no
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Both sizes, how far apart they are, and which is larger."""
    one, others = _sides(query)
    if not others:
        return compare.answer(query, knowledge, today)
    when = spans(query, knowledge)
    found = _pair(query, knowledge, one, others, when.now)
    if found is None:
        return not_held(query, knowledge, one, query.metric, when.now)
    alone, summed = found
    facts = {
        "metric": str(query.metric),
        "one": one,
        "others": list(others),
        "alone": alone,
        "summed": summed,
        "larger": abs(alone.value) > abs(summed.value),
        "same_sign": alone.value * summed.value > 0,
        "apart": arithmetic.difference(alone, summed),
        "verdict": _verdict(query, alone, summed),
        "to_date": list(_pair(query, knowledge, one, others, when.to_date) or ()) if when.to_date else [],
        "running": when.so_far,
    }
    names = wording.listed(knowledge, others)
    phrase = f"{wording.subject(knowledge, query.metric, [one], wording.sign_of([alone]))} against {names} together"
    return Answer(
        query,
        "compare_sum",
        facts,
        read_as=wording.read_as(query, phrase, when.now),
        suggestions=wording.suggestions(f"{names} combined", f"compare {wording.listed(knowledge, (one, *others))}"),
        keys=(one, *others),
    )


def _sides(query: Query) -> tuple[str, tuple[str, ...]]:
    """The one and those that are added up."""
    areas, pool = asked(query), query.groups if "lone_group" in query.features else query.partners
    if len(areas) < 3 or not pool:
        return "", ()
    one = pool[0] if "sum_after" in query.features else pool[-1]
    return one, tuple(area for area in areas if area != one)


def _pair(query: Query, knowledge: Knowledge, one: str, others: tuple[str, ...], period: Period) -> tuple[Figure, Figure] | None:
    alone = reading(knowledge, one, query.metric, period)
    summed = totals.summed(knowledge, totals.Parts("list", others), query.metric, period)
    return (alone.figure, summed.figure) if alone and summed else None


def _verdict(query: Query, alone: Figure, summed: Figure) -> str:
    """`yes` or `no` where that was asked."""
    if not asks_yes_no(query) or not query.features & {"bigger", "smaller"}:
        return ""
    first, second = (alone, summed) if "sum_after" in query.features else (summed, alone)
    larger = abs(first.value) > abs(second.value)
    return "yes" if larger == ("smaller" not in query.features) else "no"
