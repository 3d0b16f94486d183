"""Growth rate: by how much a year a figure grew over a span of years, compounded.

Reads `partners` or `groups` (nothing: the world), `metric` and `period` (whole years; unasked, the last ten growths).

year_run ─▶ its first and last figure ─▶ (last ÷ first) to the power of one over the years between, less one
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.beside import about
from tradebot.answering.courses import trend
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, figure
from tradebot.answering.figures.series import TABLE_ROWS, Run, table, year_run
from tradebot.answering.figures.spans import years
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

FEWEST = 3
"""Years of two growths: a single one is compounded with nothing."""
YEARS_UNASKED = 11
"""Years of which the first is the base: ten growths."""


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The rate a year; where there is none (a change of side, one growth alone) what moved between the ends."""
    areas, span = asked(query) or (WORLD,), years(query, knowledge, YEARS_UNASKED)
    if len(areas) > 1:
        found = _several(query, knowledge, areas, span)
        return found or trend.answer(query, knowledge, today)
    run = year_run(knowledge, areas[0], query.metric, span)
    rate = arithmetic.growth_a_year(run.figures[-1], run.figures[0]) if len(run.figures) >= FEWEST else None
    if rate is None:
        return trend.answer(query, knowledge, today)
    return _answer(query, knowledge, areas[0], run, rate)


def _answer(query: Query, knowledge: Knowledge, area: str, run: Run, rate: Figure) -> Answer:
    then, now = run.figures[0], run.figures[-1]
    span = Period(run.first_period.first, run.last_period.last)
    facts = {
        **about(knowledge, area, query.metric),
        "rate": rate,
        "then": then,
        "now": now,
        "change": arithmetic.change_percent(now, then),
        "number": arithmetic.count(run.figures[1:], "growths", span, area),
        "late": run.asked_first is not None and run.first_period.first > run.asked_first.first,
    }
    phrase = wording.subject(knowledge, query.metric, [area], wording.sign_of(run.figures))
    return Answer(
        query,
        "growth_rate",
        facts,
        table=table(knowledge, run, area, query.metric),
        read_as=wording.read_as(query, f"growth a year of the {phrase}", span),
        suggestions=wording.suggestions(f"{phrase} over time", f"which year had the largest {phrase}"),
        keys=(area,),
        series=run.figures,
    )


def _several(query: Query, knowledge: Knowledge, areas: tuple[str, ...], span: Period) -> Answer | None:
    """The rates of several areas over the same years, the highest first; None where fewer than two have one."""
    ends = Period.year(span.first_year), Period.year(span.last_year)
    rows: list[dict[str, Figure]] = []
    for area in areas[:TABLE_ROWS]:
        then, now = (figure(knowledge, area, query.metric, end) for end in ends)
        rate = arithmetic.growth_a_year(now, then) if now and then else None
        if now and then and rate:
            rows.append({"now": now, "then": then, "rate": rate})
    if len(rows) < 2:
        return None
    rows.sort(key=lambda row: -row["rate"].value)
    cells: list[tuple[Cell, ...]] = [(wording.short(knowledge, row["now"].partner), row["then"], row["now"], row["rate"]) for row in rows]
    facts = {"metric": str(query.metric), "rows": rows, "first": ends[0], "last": ends[1]}
    return Answer(
        query,
        "growth_rate_several",
        facts,
        table=Table(("Partner", ends[0].label, ends[1].label, "A year"), tuple(cells), title=wording.title(query.metric, [])),
        read_as=wording.read_as(query, f"growth a year of the {wording.subject(knowledge, query.metric, areas)}", span),
        keys=areas,
    )
