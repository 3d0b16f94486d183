"""What is held: the refusal that names it, when a period or partner has no figure."""

from __future__ import annotations

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.figures.areas import is_group, members, note_of
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query


def not_held(query: Query, knowledge: Knowledge, area: str, metric: Metric, period: Period) -> Answer:
    """Refuses a figure and says which periods of the area there are, the nearest first among the suggestions."""
    record = knowledge.record
    one = members(knowledge, [area])[0] if is_group(knowledge, area) else area
    span = record.span(one, metric)
    years = Period.years(span[0].first_year, span[1].first_year) if span else None
    months = record.months(one)
    nearest = _nearest(period, years, record.to_date)
    to_date = record.to_date if record.value(one, metric, record.to_date) else None
    facts = {
        "area": area,
        "world": area == WORLD,
        "noun": wording.noun(metric),
        "period": period,
        "years": years,
        "months": months if months and not period.is_years else None,
        "to_date": to_date,
        "beyond": period.last > record.to_date.last,
        "too_early": bool(years and period.first < years.first),
        "end": Period(record.to_date.last, record.to_date.last),
        "note": note_of(knowledge, area),
    }
    questions = (wording.subject(knowledge, metric, [area]) + f" {each.label}" for each in nearest)
    return Answer(query, "refusals/not_held", facts, outcome="refuse", suggestions=wording.suggestions(*questions), keys=(area,))


def _nearest(period: Period, years: Period | None, to_date: Period) -> tuple[Period, ...]:
    """The years held that lie nearest to a period that is not."""
    if years is None:
        return ()
    if period.last > years.last:
        return (Period.year(years.last_year), to_date)
    first = max(period.first_year, years.first_year)
    return (Period.year(first),)
