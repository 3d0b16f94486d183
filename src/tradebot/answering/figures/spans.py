"""Spans: which periods an answer speaks of.

Nothing asked: the latest complete year, the year before beside it, the year to date under it against the same months.
A period asked: that one, against the same span a year earlier or the one asked for. A year that is not over is read
as its months so far.
"""

from __future__ import annotations

from dataclasses import dataclass

from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query


@dataclass(frozen=True, slots=True)
class Spans:
    """`to_date` and its comparison are set only where no period was asked; `so_far` where a year is cut to its months."""

    now: Period
    before: Period
    to_date: Period | None = None
    so_far: bool = False

    @property
    def like_for_like(self) -> bool:
        """Whether the two are of one length: a sum of many years beside one year says nothing."""
        return self.now.length == self.before.length

    @property
    def to_date_before(self) -> Period | None:
        return self.to_date.before if self.to_date else None


def spans(query: Query, knowledge: Knowledge) -> Spans:
    """The periods of a question."""
    record = knowledge.record
    if query.period is None:
        latest = record.latest_year
        return Spans(latest, query.against or latest.before, None if query.against else record.to_date)
    now = running(query.period, knowledge)
    if query.against:
        against = query.against
        return Spans(
            now, now.shift(12 * (against.first_year - now.first_year)) if now != query.period else against, so_far=now != query.period
        )
    return Spans(now, now.before, so_far=now != query.period)


def running(period: Period, knowledge: Knowledge) -> Period:
    """The year to date for the calendar year that is not over; any other period as it is."""
    to_date = knowledge.record.to_date
    if period.is_year and period.first == to_date.first:
        return to_date
    return period


def years(query: Query, knowledge: Knowledge, default: int) -> Period:
    """The whole years of a question about several: those asked, or the last `default` complete ones.

    A span that runs into the year that is not over ends with the last complete one.
    """
    latest = knowledge.record.latest_year
    if query.period is None:
        return Period.years(latest.first_year - default + 1, latest.first_year)
    if query.against and query.period.is_year and query.against.is_year:
        ends = sorted((query.period.first_year, query.against.first_year))
        return Period.years(ends[0], min(ends[1], latest.first_year))
    return Period.years(min(query.period.first_year, latest.first_year), min(query.period.last_year, latest.first_year))
