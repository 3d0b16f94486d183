"""Trend: how a figure moved, between two periods or over several years or months.

Reads `partners` or `groups` (nothing: the world), `metric`, `period`, `against`, `premise` of kind direction, and the
cues `by_month` and `by_quarter`. Periods are only compared like for like.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import both_flows, wording
from tradebot.answering.beside import about, so_far
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, reading
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import Run, month_run, quarter_run, several, table, year_run
from tradebot.answering.figures.spans import Spans, running, spans, years
from tradebot.answering.newsletter import quotes
from tradebot.answering.premises import asks_yes_no, direction
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

YEARS_UNASKED = 10
MONTHS_UNASKED = 12
QUARTERS_UNASKED = 9
"""Two years of quarters and the one that runs."""


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """A change between two periods, or a series."""
    areas = asked(query) or (WORLD,)
    named = tuple(year for year in query.years if year <= knowledge.record.latest_year)
    if len(areas) > 1 and len(named) > 1:
        return several(query, knowledge, areas, named)
    if len(named) > 1:
        return _series(query, knowledge, areas[0], years(query, knowledge, YEARS_UNASKED), named)
    if len(areas) == 1 and _both(query):
        return both_flows.answer(query, knowledge, areas[0], years(query, knowledge, YEARS_UNASKED))
    if len(areas) > 1:
        span = _ends(query, knowledge)
        return several(query, knowledge, areas, (Period.year(span.first_year), Period.year(span.last_year)))
    if query.features & {"by_month", "by_quarter"}:
        return _months(query, knowledge, areas[0])
    period = query.period
    if period is None and query.topic != "change":
        return _series(query, knowledge, areas[0], years(query, knowledge, YEARS_UNASKED))
    if period is not None and query.against is None and period.is_years and not period.is_year:
        return _series(query, knowledge, areas[0], years(query, knowledge, YEARS_UNASKED))
    if period is not None and query.against is None and period.length > MONTHS_UNASKED:
        return _months(query, knowledge, areas[0])
    return _change(query, knowledge, areas[0])


def _both(query: Query) -> bool:
    """“imports and exports with Italy 2022–2024”: each for itself, year by year."""
    both = "both_flows" in query.features or query.features >= {"imports", "exports"}
    by_year = query.period is None or (query.period.is_years and not query.period.is_year)
    plain = query.against is None and query.metric is Metric.TOTAL_TRADE and not query.features & {"by_month", "by_quarter"}
    return both and by_year and plain


def _ends(query: Query, knowledge: Knowledge) -> Period:
    """The years between which several areas moved; a year alone is held against the one before, as is the latest for a change."""
    span = years(query, knowledge, 2 if query.topic == "change" else YEARS_UNASKED)
    return Period.years(span.first_year - 1, span.last_year) if span.is_year else span


def _change(query: Query, knowledge: Knowledge, area: str) -> Answer:
    """Two periods of the same length."""
    when = _alike(query, knowledge)
    found, before = (reading(knowledge, area, query.metric, period) for period in (when.now, when.before))
    if found is None or before is None:
        return not_held(query, knowledge, area, query.metric, when.now if found is None else when.before)
    now, then = found.figure, before.figure
    facts = {
        **about(knowledge, area, query.metric),
        **moved(query, now, then),
        **so_far(knowledge, area, query.metric, when),
        "differs": _differs(query, knowledge, area, now, then),
        "imports": _pair(knowledge, area, Metric.IMPORTS, when),
        "exports": _pair(knowledge, area, Metric.EXPORTS, when),
        "missing": found.missing,
        "running": when.so_far,
        "cause_asked": "due_to" in query.features,
    }
    phrase = "change of the " + wording.subject(knowledge, query.metric, [area], wording.sign_of([now]))
    return Answer(
        query,
        "change",
        facts,
        read_as=wording.read_as(query, phrase, when.before, when.now),
        suggestions=_suggest(knowledge, area, query.metric),
        keys=(area,),
        series=(then, now),
    )


def moved(query: Query, now: Figure, then: Figure) -> dict[str, object]:
    """Two figures and how far apart they are: in size where both are on one side of zero, else as a swing."""
    change = arithmetic.change_percent(now, then)
    same = now.value * then.value > 0
    size = arithmetic.difference(now, then, "change")
    return {
        "now": now,
        "then": then,
        "change": change,
        "same_side": same,
        "moved": size,
        "swing": arithmetic.swing(now, then),
        "verdict": direction(query, size if same or now.metric != "balance" else None),
    }


def _alike(query: Query, knowledge: Knowledge) -> Spans:
    """The two periods; a second one of another length gives way to the same span a year earlier."""
    when = spans(query, knowledge)
    if when.before.length != when.now.length:
        return Spans(when.now, when.now.before, when.to_date, when.so_far)
    return when


def _differs(query: Query, knowledge: Knowledge, area: str, now: Figure, then: Figure) -> list[dict[str, object]]:
    """Where the newsletter says otherwise: of the deficit's growth, else of the figures whose periods were asked for."""
    growth = arithmetic.change_percent(now, then) if now.metric == Metric.BALANCE else None
    found = quotes.disagreement(knowledge, [area], "change", growth) if growth else None
    return [found] if found else quotes.disagreements(knowledge, (then, now) if query.against else (now,))


def _pair(knowledge: Knowledge, area: str, metric: Metric, when: Spans) -> dict[str, object] | None:
    now, then = (reading(knowledge, area, metric, period) for period in (when.now, when.before))
    if now is None or then is None:
        return None
    return {"now": now.figure, "then": then.figure, "change": arithmetic.change_percent(now.figure, then.figure)}


def _series(query: Query, knowledge: Knowledge, area: str, period: Period, named: tuple[Period, ...] = ()) -> Answer:
    """The years of a period, or those of them that were named one by one."""
    run = year_run(knowledge, area, query.metric, period)
    if named:
        run = replace(run, figures=tuple(each for each in run.figures if each.period in named))
    if len(run.figures) < 2:
        return not_held(query, knowledge, area, query.metric, period)
    when = Spans(run.last_period, run.first_period, _to_date_after(knowledge, run))
    return _run_answer(query, knowledge, area, run, when)


def _to_date_after(knowledge: Knowledge, run: Run) -> Period | None:
    """The year to date belongs under a series that runs up to the latest complete year."""
    return knowledge.record.to_date if run.last_period == knowledge.record.latest_year else None


def _months(query: Query, knowledge: Knowledge, area: str) -> Answer:
    held = knowledge.record.months(area)
    if held is None:
        return not_held(query, knowledge, area, query.metric, query.period or knowledge.record.to_date)
    by_quarter = "by_quarter" in query.features
    unasked = QUARTERS_UNASKED * 3 if by_quarter else MONTHS_UNASKED
    period = running(query.period, knowledge) if query.period else Period(held.last - unasked + 1, held.last)
    run = (quarter_run if by_quarter else month_run)(knowledge, area, query.metric, period)
    if len(run.figures) < 2:
        return not_held(query, knowledge, area, query.metric, period)
    return _run_answer(query, knowledge, area, run, Spans(run.last_period, run.first_period))


def _run_answer(query: Query, knowledge: Knowledge, area: str, run: Run, when: Spans) -> Answer:
    facts = {
        **about(knowledge, area, query.metric),
        **moved(query, run.figures[-1], run.figures[0]),
        **so_far(knowledge, area, query.metric, when),
        **_every(query, run),
        "each": list(run.figures) if len(run.figures) == len(query.years) > 0 else [],
        "peak": run.largest,
        "low": run.smallest,
        "sign": wording.sign_of(run.figures),
        "late": run.asked_first is not None and run.first_period.first > run.asked_first.first,
        "by_month": run.by_month,
        "cause_asked": "due_to" in query.features,
        "differs": quotes.disagreements(knowledge, (run.figures[0], run.figures[-1])),
    }
    phrase = wording.subject(knowledge, query.metric, [area], wording.sign_of(run.figures))
    return Answer(
        query,
        "trend",
        facts,
        table=table(knowledge, run, area, query.metric),
        read_as=wording.read_as(query, phrase, Period(run.first_period.first, run.last_period.last)),
        suggestions=_suggest(knowledge, area, query.metric),
        keys=(area,),
        series=run.figures,
    )


def _every(query: Query, run: Run) -> dict[str, object]:
    """“has it fallen every year?”: in how many of the years it did, which answers the question."""
    premise = query.premise
    if "every_year" not in query.features or premise is None or premise.kind != "direction" or premise.said == "flat":
        return {"went": None}
    pairs = [(then, now) for then, now in itertools.pairwise(run.figures) if now.value * then.value > 0]
    went = [now for then, now in pairs if (abs(now.value) < abs(then.value)) == (premise.said == "down")]
    counts = {
        "went": arithmetic.count(went, "went", run.last_period),
        "went_of": arithmetic.count(run.figures[1:], "steps", run.last_period),
    }
    every = len(went) == len(run.figures) - 1
    return {**counts, "went_down": premise.said == "down", **({"verdict": "yes" if every else "unsteady"} if asks_yes_no(query) else {})}


def _suggest(knowledge: Knowledge, area: str, metric: Metric) -> tuple[str, ...]:
    of = wording.subject(knowledge, metric, [area])
    name = "" if area == WORLD else f"tariffs on {wording.called(knowledge, area)}"
    return wording.suggestions(f"which year had the largest {of}", f"{of} by month", name)
