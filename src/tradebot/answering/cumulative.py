"""Cumulative: the years of a span added up.

Reads `partners` or `groups` (nothing: the world), `metric` and `period` (whole years; unasked, every year held).
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import measure, wording
from tradebot.answering.beside import about
from tradebot.answering.courses import trend
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import year_run
from tradebot.answering.figures.spans import years
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

MOST_YEARS = 100


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The sum, with the largest and the smallest of its years."""
    areas = asked(query) or (WORLD,)
    if len(areas) > 1:
        return trend.answer(query, knowledge, today)
    if query.period is not None and (not query.period.is_years or query.period.is_year):
        return measure.answer(query, knowledge, today)
    area, period = areas[0], years(query, knowledge, MOST_YEARS)
    run = year_run(knowledge, area, query.metric, period)
    if not run.figures:
        return not_held(query, knowledge, area, query.metric, period)
    span = Period(run.first_period.first, run.last_period.last)
    facts = {
        **about(knowledge, area, query.metric),
        "now": arithmetic.total(run.figures, area, span),
        "number": arithmetic.count(run.figures, "years", span, area),
        "largest": run.largest,
        "smallest": run.smallest,
        "cut": span != period,
    }
    phrase = wording.subject(knowledge, query.metric, [area], wording.sign_of(run.figures))
    return Answer(
        query,
        "cumulative",
        facts,
        read_as=wording.read_as(query, f"{phrase}, added up", span),
        suggestions=wording.suggestions(f"{phrase} over time", f"average {phrase}"),
        keys=(area,),
        series=run.figures,
    )
