"""Steps: the largest rise or fall from one year (or month) to the next, and for how many of them in a row a figure has moved one way.

Reads `partners` or `groups` (nothing: the world), `metric`, `period` (the years to look at), `premise` of kind direction and the
cues which_month or by_month, first_time or in_a_row (the streak up to the latest year) and longest_run (the longest streak there was).

year_run or month_run ─▶ pairs of neighbours on one side of zero ─▶ the largest, or those at the end that go one way
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
from tradebot.answering.figures.series import Run, month_run, table, year_run
from tradebot.answering.figures.spans import running, years
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

_STREAK = frozenset({"first_time", "in_a_row", "longest_run"})


@dataclass(frozen=True, slots=True)
class Step:
    """Two neighbours of a run; `by` is how much larger the later one is."""

    then: Figure
    now: Figure
    by: Figure


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The largest step or the streak; the series itself where nothing moved."""
    area = (asked(query) or (WORLD,))[0]
    run = _run(query, knowledge, area)
    steps = list(_steps(run))
    down = query.premise is not None and query.premise.kind == "direction" and query.premise.said == "down"
    streak = bool(query.features & _STREAK)
    longest = "longest_run" in query.features
    found = _longest(steps, down=down) if longest else _streak(steps, down=down) if streak else _largest(steps, down=down)
    if not steps or (not found and not streak):
        return trend.answer(query, knowledge, today)
    return _answer(query, knowledge, area, run, found, steps[-1], streak=streak, down=down)


def _run(query: Query, knowledge: Knowledge, area: str) -> Run:
    if query.features & {"which_month", "rank_months", "by_month"}:
        held = knowledge.record.months(area)
        span = running(query.period, knowledge) if query.period else held
        return month_run(knowledge, area, query.metric, span) if span else Run(())
    return year_run(knowledge, area, query.metric, years(query, knowledge, 1) if query.period else None)


def _steps(run: Run) -> list[Step]:
    """Neighbours on one side of zero: from a surplus to a deficit nothing grows or falls."""
    pairs = [(then, now) for then, now in itertools.pairwise(run.figures) if then.value * now.value > 0]
    return [Step(then, now, arithmetic.difference(now, then, "change")) for then, now in pairs]


def _largest(steps: list[Step], *, down: bool) -> list[Step]:
    """The steps of that direction, the largest first."""
    return sorted((each for each in steps if (each.by.value < 0) == down and each.by.value), key=lambda each: -abs(each.by.value))


def _streak(steps: list[Step], *, down: bool) -> list[Step]:
    """The steps at the end that all go that way, in order of time."""
    last = list(itertools.takewhile(lambda each: _goes(each, down=down), reversed(steps)))
    return last[::-1]


def _longest(steps: list[Step], *, down: bool) -> list[Step]:
    """The most neighbouring steps that all go that way, the latest of several as long."""
    runs: list[list[Step]] = [[]]
    for step in steps:
        follows = runs[-1] and runs[-1][-1].now is step.then
        if not _goes(step, down=down) or not follows:
            runs.append([])
        if _goes(step, down=down):
            runs[-1].append(step)
    return max(reversed(runs), key=len)


def _goes(step: Step, *, down: bool) -> bool:
    return bool(step.by.value) and (step.by.value < 0) == down


def _answer(query: Query, knowledge: Knowledge, area: str, run: Run, found: list[Step], last: Step, *, streak: bool, down: bool) -> Answer:
    span = Period(run.first_period.first, run.last_period.last)
    first, longest = found[0] if found else last, "longest_run" in query.features
    latest = found[-1].now if found and longest else run.figures[-1]
    facts = {
        **about(knowledge, area, query.metric),
        "sign": wording.sign_of([first.now]),
        "streak": streak,
        "broken": not found,
        "down": down,
        "then": first.then,
        "now": first.now,
        "by": first.by,
        "change": arithmetic.change_percent(first.now, first.then),
        "second": found[1] if len(found) > 1 and not streak else None,
        "longest": longest,
        "ongoing": latest is run.figures[-1],
        "latest": latest,
        "in_all": arithmetic.change_percent(latest, first.then) if found else None,
        "number": arithmetic.count(found, "in_a_row", span, area),
        "by_month": run.by_month,
        "span": span,
    }
    phrase = wording.subject(knowledge, query.metric, [area], wording.sign_of([first.now]))
    return Answer(
        query,
        "steps",
        facts,
        table=table(knowledge, run, area, query.metric, first.now),
        read_as=wording.read_as(query, phrase, span),
        suggestions=wording.suggestions(f"{phrase} over time", f"which year had the largest {phrase}"),
        keys=(area,),
        series=run.figures,
    )
