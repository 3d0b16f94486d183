"""Compare periods: two partners or groups, each in a period of its own (“China in 2018 or Mexico in 2025”).

Reads `periods` and, where the two flows differ, `metrics`, one for each area in the order asked; else `metric`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import compare, compare_flows, wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, figure
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import running
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Which of the two is larger, by how much and how many times."""
    areas, metrics = asked(query), query.metrics or (query.metric, query.metric)
    areas = areas * 2 if len(areas) == 1 and query.metrics else areas
    periods = _alike([running(each, knowledge) for each in query.periods], knowledge)
    if {len(areas), len(metrics), len(periods)} != {2}:
        return compare.answer(query, knowledge, today)
    sides = list(zip(areas, metrics, periods, strict=True))
    found: list[Figure] = []
    for side in sides:
        held = _held(query, knowledge, *side)
        if held is None:
            return not_held(query, knowledge, *side)
        found.append(held)
    first, second = sorted(found, key=lambda each: -abs(each.value))
    facts = {
        "first": first,
        "second": second,
        "equal": arithmetic.compare_sizes(*found) is arithmetic.Order.EQUAL,
        "same_sign": first.value * second.value > 0,
        "difference": arithmetic.difference(first, second),
        "apart": arithmetic.swing(first, second),
        "ratio": arithmetic.ratio(first, second),
        "verdict": compare.verdict(query, found, arithmetic.compare_sizes(*found), []),
        "shares": "share" in query.features,
        "whole": wording.noun(metrics[0], "deficit"),
        "unlike": len({each.period.length for each in found if each.period}) > 1,
        "running": any(period != asked_for for period, asked_for in zip(periods, query.periods, strict=True)),
    }
    phrases = [f"{wording.subject(knowledge, metric, [area])}, {period.label}" for area, metric, period in sides]
    return Answer(
        query,
        "compare_periods",
        facts,
        table=_table(query, knowledge, areas, metrics, found),
        read_as=wording.read_as(query, "; ".join(phrases)),
        suggestions=wording.suggestions(*(f"{wording.subject(knowledge, metric, [area])} over time" for area, metric, _ in sides)),
        keys=areas,
    )


def _table(query: Query, knowledge: Knowledge, areas: Sequence[str], metrics: Sequence[Metric], found: Sequence[Figure]) -> Table:
    metric, one_flow = metrics[0], len(set(metrics)) == 1
    title = wording.title(metric, found) if one_flow else ""
    if "share" in query.features:
        title = f"Share of {'the ' if metric is Metric.BALANCE else ''}US {wording.noun(metric, 'deficit')}"
    rows: list[tuple[Cell, ...]] = [
        (wording.short(knowledge, area) if one_flow else compare_flows.label(knowledge, each), each.period, each)
        for area, each in zip(areas, found, strict=True)
    ]
    return Table(("Partner" if one_flow else "Flow", "Period", "Size"), tuple(rows), title=title)


def _alike(periods: list[Period], knowledge: Knowledge) -> list[Period]:
    """Beside the months of a year that is not over, of another year the same months."""
    to_date = knowledge.record.to_date
    if to_date not in periods:
        return periods
    return [to_date.shift(12 * (each.first_year - to_date.first_year)) if each.is_year else each for each in periods]


def _held(query: Query, knowledge: Knowledge, area: str, metric: Metric, period: Period) -> Figure | None:
    """The figure of one side, or its share of the whole where shares are compared."""
    found = figure(knowledge, area, metric, period)
    if found is None or "share" not in query.features:
        return found
    return arithmetic.share(found, figure(knowledge, WORLD, metric, period))
