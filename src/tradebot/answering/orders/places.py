"""Places: how a partner has stood over the years: in how many of them it was first, third, or among the first so many.

Reads `partners` (the first), `metric`, `sign`, `period` (the years to look at; nothing: all that are held), `nth` or `limit`
(nothing: the first place), `within`, `exclude`.

year_run ─▶ the partner's place in each year ─▶ the years in which it was the one asked for
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from tradebot.answer import Answer, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import year_run
from tradebot.answering.figures.spans import years
from tradebot.answering.figures.standing import rank_in
from tradebot.answering.orders import ranking
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

ROWS = 10


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The years in which it was so, the best place, and the latest one."""
    if not query.partners:
        return ranking.answer(query, knowledge, today)
    partner, asked = query.partners[0], query.limit or query.nth or 1
    span = years(query, knowledge, 1) if query.period else None
    held = [each.period for each in year_run(knowledge, partner, query.metric, span).figures if each.period]
    if not held:
        return not_held(query, knowledge, partner, query.metric, query.period or knowledge.record.latest_year)
    sign = query.sign or ("deficit" if query.metric is Metric.BALANCE else "")
    ranks = _ranks(query, knowledge, held, sign)
    right = [each for each in ranks if (each.value <= asked if query.limit else each.value == asked)]
    facts = {
        "partner": partner,
        "metric": str(query.metric),
        "plural": wording.nouns(query.metric, sign),
        "within": [query.within] if query.within else [],
        "excluded": list(query.exclude),
        "among": query.limit is not None,
        "asked": arithmetic.number(asked, Unit.COUNT if query.limit else Unit.RANK, "asked"),
        "times": arithmetic.count(right, "years", None, partner),
        "years": arithmetic.count(held, "held", None, partner),
        "span": Period(held[0].first, held[-1].last),
        "runs": _runs([each.period for each in right if each.period]),
        "best": min(ranks, key=lambda each: each.value, default=None),
        "latest": ranks[-1] if ranks and ranks[-1].period == held[-1] else None,
        "last": held[-1],
    }
    phrase = f"places of {wording.called(knowledge, partner)} by US {wording.nouns(query.metric, sign)}"
    return Answer(
        query,
        "places",
        facts,
        table=_table(ranks, wording.nouns(query.metric, sign)),
        read_as=wording.read_as(query, phrase, Period(held[0].first, held[-1].last)),
        suggestions=wording.suggestions(f"top 10 {wording.nouns(query.metric, sign)}"),
        keys=(partner,),
    )


def _ranks(query: Query, knowledge: Knowledge, held: list[Period], sign: str) -> list[Figure]:
    """The partner's place in each year in which it has one."""
    pool = members(knowledge, [query.within]) if query.within else None
    left_out = members(knowledge, query.exclude)
    found = (rank_in(knowledge, query.metric, year, sign, query.partners[0], pool, left_out) for year in held)
    return [rank for rank in found if rank]


def _runs(periods: list[Period]) -> list[Period]:
    """Years in a row as one span each."""
    starts = [0, *(at for at, (one, other) in enumerate(pairwise(periods), 1) if one.last + 1 != other.first)] if periods else []
    return [Period(periods[first].first, periods[last - 1].last) for first, last in pairwise([*starts, len(periods)])]


def _table(ranks: list[Figure], nouns: str) -> Table | None:
    """The place of the last years, each with the figure that it stands for."""
    rows = tuple((each.period.label, each, each.derived_from[0]) for each in ranks[-ROWS:] if each.period)
    return Table(("Year", "Place", "Size"), rows, title=f"Place by US {nouns}") if len(rows) > 1 else None
