"""Share over the years: when it was largest or smallest, what it was in years named one by one, how it went.

Reads `partners` or `groups` (the first), `metric`, `period` (the years to look at), `years`, `order` and the cues peak and trough.

years held of the part and of the world ─▶ shares ─▶ the extreme, those named, or the first and the last
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import Run, table_rows, year_run
from tradebot.answering.figures.spans import years
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Order, Query

_EXTREMES = frozenset({"peak", "trough", "which_year", "ever"})

_OF_OTHERS = frozenset({"yes_no", "who", "country_word", "limit", "nth", "of_top", "group"})
"""Cues with which “largest” is not said of the share itself (“the share of the largest three”)."""


def is_asked(query: Query) -> bool:
    """Whether a question about one share speaks of several years."""
    ends = query.features & {"largest", "smallest"} and query.period is None and not query.features & _OF_OTHERS
    extreme = ends or (query.features & _EXTREMES and (query.order is not None or query.features & {"peak", "trough"}))
    return len(asked(query)) == 1 and bool(query.years or extreme or _course(query) or _crosses(query))


def _crosses(query: Query) -> bool:
    """“when did China's share fall below 15 %”."""
    rate = query.premise is not None and query.premise.kind == "rate"
    when = query.features & {"which_year", "when", "first_time", "last_time"}
    return rate and bool(when) and bool(query.features & {"rate_below", "rate_above"})


def _course(query: Query) -> bool:
    """“share since 2018”: how it went, which the share of many years' sum would not say."""
    period = query.period
    several = period is not None and period.is_years and not period.is_year and query.against is None
    return "trend" in query.features or (several and "change" not in query.features)


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The shares of the years asked about, all that are held unless some are named."""
    area = asked(query)[0]
    span = years(query, knowledge, 1) if query.period else None
    run = _shares(query, knowledge, area, span)
    if len(run.figures) < 2:
        return not_held(query, knowledge, area, query.metric, span or knowledge.record.latest_year)
    lowest = query.order is Order.BOTTOM or "trough" in query.features
    found = run.smallest if lowest else run.largest
    whole = found.derived_from[1]
    looked_at = Period(run.first_period.first, run.last_period.last)
    facts = {
        "metric": str(query.metric),
        "area": area,
        "whole": whole,
        "part": found.derived_from[0],
        "kind": _kind(query),
        **_crossing(query, run),
        "lowest": lowest,
        "found": found,
        "each": list(run.figures) if query.years else [],
        "first": run.figures[0],
        "latest": run.figures[-1],
        "largest": run.largest,
        "smallest": run.smallest,
        "span": looked_at,
    }
    of = wording.subject(knowledge, query.metric, [WORLD], wording.sign_of([whole]))
    return Answer(
        query,
        "share_years",
        facts,
        table=_table(query, knowledge, area, run, found),
        read_as=wording.read_as(query, f"share of {wording.called(knowledge, area)} in the {of}", looked_at),
        suggestions=wording.suggestions(f"{wording.noun(query.metric)} with {wording.called(knowledge, area)} over time"),
        keys=(area,),
    )


def _kind(query: Query) -> str:
    """What is told: the years named one by one, the year of a crossing, the course, or an extreme."""
    if query.years:
        return "named"
    if _crosses(query):
        return "crossed"
    return "trend" if _course(query) and query.order is None and not query.features & _EXTREMES else "extreme"


def _crossing(query: Query, run: Run) -> dict[str, object]:
    """Of the rate asked about: the first share beyond it that follows one that was not, with that one; else, and where the last
    time is asked for, the last share beyond it with the one after."""
    if not _crosses(query) or query.premise is None:
        return {"crossed": [], "left": [], "rate": None, "below": False, "beyond": False, "within": None, "last": None}
    rate, below, shares = float(query.premise.said), "rate_below" in query.features, run.figures
    there = [share.value != rate and (share.value < rate) == below for share in shares]
    entered = next((at for at in range(1, len(there)) if there[at] and not there[at - 1]), 0)
    last = max((at for at, held in enumerate(there) if held), default=-1)
    leaves = 0 <= last < len(there) - 1 and ("last_time" in query.features or not entered)
    return {
        "crossed": [shares[entered], shares[entered - 1]] if entered and not leaves else [],
        "left": [shares[last], shares[last + 1]] if leaves else [],
        "rate": arithmetic.number(rate, Unit.PERCENT, "asked"),
        "below": below,
        "beyond": there[-1],
        "within": arithmetic.count([share for share, held in zip(shares, there, strict=True) if held], "within", None, query.metric),
        "last": shares[last] if last >= 0 else None,
    }


def _shares(query: Query, knowledge: Knowledge, area: str, span: Period | None) -> Run:
    """The share in every year (of those named) for which both are held and on one side of zero."""
    found = []
    for part in year_run(knowledge, area, query.metric, span).figures:
        if part.period is None or (query.years and part.period not in query.years):
            continue
        share = arithmetic.share(part, knowledge.record.value(WORLD, query.metric, part.period))
        if share is not None:
            found.append(share)
    return Run(tuple(found))


def _table(query: Query, knowledge: Knowledge, area: str, run: Run, found: Figure) -> Table:
    """A row a year; where not all are shown, the heading says which are."""
    shown = table_rows(run)
    rows = tuple((each.period.label if each.period else "", each, each.derived_from[0]) for each in shown)
    left_out = ": first, largest, smallest and latest years" if len(shown) < len(run.figures) else ""
    heading = f"Share of US {wording.nouns(query.metric, wording.sign_of([found.derived_from[1]]))}{left_out}"
    return Table(("Year", "Share", wording.short(knowledge, area)), rows, title=heading)
