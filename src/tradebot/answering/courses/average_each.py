"""Average each: the mean (or median) year or month of several partners or groups, one by one.

Reads `partners` and `groups` (two or more), `metric`, `period` (several years, or with the cue a_month any), `against` (years to hold
it against) and the cue median.
"""

from __future__ import annotations

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, figure
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import year_run
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

QUARTER = 3


def answer(query: Query, knowledge: Knowledge, period: Period, unit: str) -> Answer:
    """The mean of each, the largest first; `unit` is year, quarter or month."""
    areas, middle = asked(query), "median" in query.features and unit == "year"
    held = [_mean(query, knowledge, area, period, unit) for area in areas]
    found = sorted((each for each in held if each), key=lambda each: -abs(each.value))
    if not found:
        return not_held(query, knowledge, areas[0], query.metric, period)
    against = query.against if query.against and query.against.is_years and unit == "year" else None
    before = {each.partner: _mean(query, knowledge, each.partner, against, unit) for each in found} if against else {}
    others = [each for each in before.values() if each]
    facts = {
        "metric": str(query.metric),
        "middle": middle,
        "first": found[0],
        "others": found[1:],
        "unit": unit,
        "period": period,
        "cut": any(each.period != period for each in found),
        "before": others,
        "missing": [area for area, each in zip(areas, held, strict=True) if not each],
    }
    columns = ("Partner", period.label, *([against.label] if against else []))
    rows: list[tuple[Cell, ...]] = [
        (wording.short(knowledge, each.partner), each, *([before[each.partner]] if against else [])) for each in found
    ]
    heading = f"{wording.title(query.metric, found)}, {'median' if middle else 'average'} {unit}"
    phrase = f"{'median' if middle else 'average'} {wording.subject(knowledge, query.metric, areas, wording.sign_of(found))} a {unit}"
    return Answer(
        query,
        "average_each",
        facts,
        table=Table(columns, tuple(rows), tuple(each.partner for each in found), heading),
        read_as=wording.read_as(query, phrase, period, *([against] if against else [])),
        suggestions=wording.suggestions(f"compare {wording.listed(knowledge, areas[:3])}"),
        keys=tuple(each.partner for each in found),
    )


def _mean(query: Query, knowledge: Knowledge, area: str, period: Period, unit: str) -> Figure | None:
    if unit == "year":
        run = year_run(knowledge, area, query.metric, period)
        if not run.figures:
            return None
        span = Period(run.first_period.first, run.last_period.last)
        return arithmetic.average(run.figures, area, span, middle="median" in query.features)
    whole = figure(knowledge, area, query.metric, period)
    return over(whole, area, period, unit) if whole else None


def over(whole: Figure, area: str, period: Period, unit: str) -> Figure:
    """A total over its months or quarters: needs no months of its own."""
    times = period.length // QUARTER if unit == "quarter" else period.length
    return Figure(
        partner=area,
        metric=whole.metric,
        period=period,
        value=whole.value / times,
        derived_from=(whole,),
        formula=f"total ÷ {times} {unit}s",
        named=f"{area}.{unit}ly_average.{whole.metric}.{period.id}",
    )
