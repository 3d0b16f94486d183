"""Crossing: when a figure first (or last) lay beyond an amount, and in how many years it did.

Reads `partners` or `groups` (nothing: the world), `metric`, `sign`, `bounds`, `period` (the years to look at; one year: its
months) and the cues first_time, last_time, ever, which_month, how_often.

year_run or month_run ─▶ what lies within the bounds ─▶ the first of it that follows one that does not
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.beside import about
from tradebot.answering.courses import trend
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import Run, month_run, table, year_run
from tradebot.answering.figures.spans import running, years
from tradebot.answering.orders.ranking import bounds_of
from tradebot.answering.premises import asks_yes_no
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Bounds, Metric, Query

LISTED = 12
"""Years or months within a bound that are named one by one; more are counted."""


@dataclass(frozen=True, slots=True)
class Crossings:
    """A run against a bound. `entered` are figures within it after one that was not, each with the one before."""

    run: Run
    within: tuple[Figure, ...]
    entered: tuple[tuple[Figure, Figure], ...]

    @property
    def begins(self) -> Figure | None:
        """The first figure of all, if it lies within already."""
        return self.within[0] if self.within and self.within[0].id == self.run.figures[0].id else None

    @property
    def still(self) -> bool:
        return bool(self.within) and self.within[-1].id == self.run.figures[-1].id


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The crossing that was asked for; without a bound the series itself."""
    bounds = query.bounds
    if bounds is None:
        return trend.answer(query, knowledge, today)
    area = (asked(query) or (WORLD,))[0]
    run = _run(query, knowledge, area)
    if not run.figures:
        return not_held(query, knowledge, area, query.metric, query.period or knowledge.record.latest_year)
    sign = query.sign or (wording.sign_of(run.figures[-1:]) if query.metric is Metric.BALANCE else "")
    return _answer(query, knowledge, area, sign, _crossings(run, bounds, sign))


def _run(query: Query, knowledge: Knowledge, area: str) -> Run:
    """Every year held, or those asked; months where those are asked for, or one year alone."""
    period = query.period
    if query.features & {"which_month", "rank_months", "by_month"} or (period is not None and period.is_year):
        held = knowledge.record.months(area)
        span = running(period, knowledge) if period else held
        return month_run(knowledge, area, query.metric, span) if span else Run(())
    return year_run(knowledge, area, query.metric, years(query, knowledge, 1) if period else None)


def _crossings(run: Run, bounds: Bounds, sign: str) -> Crossings:
    lies = {figure.id: _lies_within(figure, bounds, sign) for figure in run.figures}
    entered = [(before, now) for before, now in itertools.pairwise(run.figures) if lies[now.id] and not lies[before.id]]
    return Crossings(run, tuple(figure for figure in run.figures if lies[figure.id]), tuple(entered))


def _lies_within(figure: Figure, bounds: Bounds, sign: str) -> bool:
    """Whether the size lies beyond the bound; a surplus is a deficit below nothing, which no bound above reaches."""
    size = -figure.value if sign == "deficit" else figure.value
    return (bounds.low is None or size > bounds.low) and (bounds.high is None or size < bounds.high)


def _answer(query: Query, knowledge: Knowledge, area: str, sign: str, found: Crossings) -> Answer:
    run = found.run
    span = Period(run.first_period.first, run.last_period.last)
    first = _first(query, found)
    facts = {
        **about(knowledge, area, query.metric),
        "sign": sign,
        "bounds": bounds_of(query),
        "rising": query.bounds is not None and query.bounds.high is None,
        "asks": _asks(query),
        "yes_no": asks_yes_no(query),
        "first": first[1] if first else None,
        "before": first[0] if first else None,
        "last": found.within[-1] if found.within else None,
        "begins": found.begins,
        "still": found.still,
        "always": len(found.within) == len(run.figures),
        "listed": list(found.within) if len(found.within) <= LISTED else [],
        "nearest": _nearest(query, run),
        "number": arithmetic.count(found.within, "within", span, area),
        "of": arithmetic.count(run.figures, "months_held" if run.by_month else "years_held", span, area),
        "latest": run.figures[-1],
        "by_month": run.by_month,
        "span": span,
    }
    phrase = wording.subject(knowledge, query.metric, [area], sign)
    return Answer(
        query,
        "crossing",
        facts,
        table=table(knowledge, run, area, query.metric, first[1] if first else None),
        read_as=wording.read_as(query, phrase, span),
        suggestions=wording.suggestions(f"{phrase} over time", f"which year had the largest {phrase}"),
        keys=(area,),
        series=run.figures,
    )


def _first(query: Query, found: Crossings) -> tuple[Figure, Figure] | None:
    """The crossing meant: the first one, but of several falls below a bound the latest unless the first is asked for."""
    if not found.entered:
        return None
    rising = query.bounds is not None and query.bounds.low is not None
    return found.entered[0 if rising or _asks(query) == "first" else -1]


def _asks(query: Query) -> str:
    """`count` (of years), `last`, `first` where that is said, `ever`, or nothing."""
    if query.features & {"how_often", "frequency", "rank_months", "rank_years"}:
        return "count"
    if "last_time" in query.features:
        return "last"
    if "first_time" in query.features or query.nth == 1:
        return "first"
    return "ever" if "ever" in query.features else ""


def _nearest(query: Query, run: Run) -> Figure:
    """The figure that came nearest to a bound that none reached."""
    return run.largest if query.bounds is not None and query.bounds.low is not None else run.smallest
