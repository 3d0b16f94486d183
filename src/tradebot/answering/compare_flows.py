"""Compare flows: what is bought from one place beside what is sold to another.

Reads `metrics`, one for each area in the order asked, and `period`.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import compare, wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, figure
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans, years
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

Sides = tuple[tuple[str, Metric], ...]


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Which of the two is larger, by how much and how many times; of several years the last, the first beside it."""
    when, sides = spans(query, knowledge), tuple(zip(asked(query), query.metrics, strict=False))
    if len(sides) < 2:
        return compare.answer(query, knowledge, today)
    if when.now.is_years and not when.now.is_year:
        when = Spans(Period.year(years(query, knowledge, 1).last_year), Period.year(when.now.first_year))
    found = _figures(knowledge, sides, when.now)
    if len(found) < len(sides):
        lacking = next(side for side in sides if figure(knowledge, *side, when.now) is None)
        return not_held(query, knowledge, *lacking, when.now)
    to_date = _figures(knowledge, sides, when.to_date) if when.to_date else []
    to_date = to_date if len(to_date) == len(sides) else []
    before = {each.partner: each for each in _figures(knowledge, sides, when.before)}
    order = arithmetic.compare_sizes(found[0], found[1])
    first, second = sorted(found, key=lambda each: -abs(each.value))
    facts = {
        "first": first,
        "second": second,
        "equal": order is arithmetic.Order.EQUAL,
        "difference": arithmetic.difference(first, second),
        "ratio": arithmetic.ratio(first, second),
        "verdict": compare.verdict(query, found, order, to_date),
        "to_date": to_date,
        "running": when.so_far,
    }
    rows: list[tuple[Cell, ...]] = [(label(knowledge, each), each, before.get(each.partner)) for each in found]
    phrase = " and ".join(wording.subject(knowledge, metric, [area]) for area, metric in sides)
    return Answer(
        query,
        "compare_flows",
        facts,
        table=Table(("Flow", when.now.label, when.before.label), tuple(rows), title="US goods trade"),
        read_as=wording.read_as(query, phrase, when.now),
        suggestions=wording.suggestions(*(wording.subject(knowledge, Metric.BALANCE, [area]) for area, _ in sides)),
        keys=tuple(area for area, _ in sides),
    )


def _figures(knowledge: Knowledge, sides: Sides, period: Period) -> list[Figure]:
    return [found for area, metric in sides if (found := figure(knowledge, area, metric, period))]


def label(knowledge: Knowledge, found: Figure) -> str:
    """“Imports, China”."""
    return f"{found.metric.capitalize()}, {wording.short(knowledge, found.partner)}"
