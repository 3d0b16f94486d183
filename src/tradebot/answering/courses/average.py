"""Average: the mean (or median) year of several, or the mean month of one.

Reads `partners` or `groups` (nothing: the world), `metric`, `period` (one year: its average month), `against` (years to hold it
against) and the cues median, each_member (the members of a group in one period), a_month and by_quarter (the mean month or
quarter of any period).
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.beside import about
from tradebot.answering.courses import average_each
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, figure, is_group
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import month_run, year_run
from tradebot.answering.figures.spans import running, spans, years
from tradebot.answering.orders import among
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

YEARS_UNASKED = 5


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The mean with the figures at its ends."""
    areas = asked(query) or (WORLD,)
    monthly = bool(query.features & {"a_month", "by_quarter"})
    one_period = not (query.period and _several_years(query.period)) and query.against is None
    if len(areas) > 1 and monthly:
        period = running(query.period or knowledge.record.latest_year, knowledge)
        return average_each.answer(query, knowledge, period, _unit(query, period))
    if len(areas) > 1 and not one_period:
        return average_each.answer(query, knowledge, years(query, knowledge, YEARS_UNASKED), "year")
    if len(areas) > 1 or ("each_member" in query.features and is_group(knowledge, areas[0]) and one_period):
        return among.answer(query, knowledge, areas, spans(query, knowledge))
    if monthly and "median" not in query.features:
        return _month(query, knowledge, areas[0], running(query.period or knowledge.record.latest_year, knowledge))
    if query.period is None or _several_years(query.period) or (query.against is not None and _several_years(query.against)):
        return _run(query, knowledge, areas[0], years(query, knowledge, YEARS_UNASKED))
    period = running(query.period, knowledge)
    if "median" in query.features:
        return _run(query, knowledge, areas[0], period, by_month=True)
    return _month(query, knowledge, areas[0], period)


def _unit(query: Query, period: Period) -> str:
    return "quarter" if "by_quarter" in query.features and period.length % average_each.QUARTER == 0 else "month"


def _several_years(period: Period) -> bool:
    return period.is_years and not period.is_year


def _run(query: Query, knowledge: Knowledge, area: str, period: Period, *, by_month: bool = False) -> Answer:
    """The mean or median of the years, or of the months, that are held in a period."""
    run = (month_run if by_month else year_run)(knowledge, area, query.metric, period)
    if not run.figures:
        wanted = Period(period.first, period.first) if by_month else period
        return not_held(query, knowledge, area, query.metric, wanted)
    span = Period(run.first_period.first, run.last_period.last)
    middle = "median" in query.features
    mean = arithmetic.average(run.figures, area, span, middle=middle)
    other = _other(query, knowledge, area, middle=middle) if not by_month else None
    facts = {
        **about(knowledge, area, query.metric),
        "mean": mean,
        "middle": middle,
        "number": arithmetic.count(run.figures, "months" if by_month else "years", span, area),
        "largest": run.largest,
        "smallest": run.smallest,
        "other": other,
        "change": arithmetic.change_percent(mean, other) if other else None,
        "unit": "month" if by_month else "year",
        "whole": None,
        "one": None,
        "times": None,
        "cut": span != period,
    }
    return _answer(query, knowledge, area, facts, mean, run.figures)


def _other(query: Query, knowledge: Knowledge, area: str, *, middle: bool) -> Figure | None:
    """The mean (or median) of the years that it is to be held against (“under Biden vs Obama”)."""
    against = query.against
    if against is None or not against.is_years:
        return None
    found = year_run(knowledge, area, query.metric, against).figures
    return arithmetic.average(found, area, against, middle=middle) if found else None


def _month(query: Query, knowledge: Knowledge, area: str, period: Period) -> Answer:
    """A period's total over its months: needs no months of its own."""
    whole = figure(knowledge, area, query.metric, period)
    if whole is None:
        return not_held(query, knowledge, area, query.metric, period)
    unit = _unit(query, period)
    mean = average_each.over(whole, area, period, unit)
    times = period.length // average_each.QUARTER if unit == "quarter" else period.length
    number = arithmetic.number(times, Unit.COUNT, f"{unit}s", area, period)
    facts = {
        **about(knowledge, area, query.metric),
        "mean": mean,
        "middle": False,
        "number": number,
        "largest": None,
        "smallest": None,
        "other": None,
        "change": None,
        "unit": unit,
        "whole": whole,
        **_one_month(query, knowledge, area, mean),
        "cut": False,
    }
    return _answer(query, knowledge, area, facts, mean, ())


def _one_month(query: Query, knowledge: Knowledge, area: str, mean: Figure) -> dict[str, object]:
    """The single month that the mean month is to be held against, and how many times as large it was."""
    month = query.against
    one = figure(knowledge, area, query.metric, month) if month is not None and month.is_month else None
    return {"one": one, "times": arithmetic.ratio(one, mean) if one else None}


def _answer(query: Query, knowledge: Knowledge, area: str, facts: dict[str, object], mean: Figure, series: tuple[Figure, ...]) -> Answer:
    said = [each.period for each in (mean, facts["other"]) if isinstance(each, Figure) and each.period]
    of = wording.subject(knowledge, query.metric, [area], wording.sign_of([mean]))
    return Answer(
        query,
        "average",
        facts,
        read_as=wording.read_as(query, f"{'median' if facts['middle'] else 'average'} {of} a {facts['unit']}", *said),
        suggestions=wording.suggestions(f"{of} over time", of),
        keys=(area,),
        series=series,
    )
