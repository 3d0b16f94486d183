"""Compare: two or more partners, groups or the world side by side.

Reads `partners`, `groups` (one alone is compared with the world), `metric`, `period`, `source`. Figures that are only
bounds are compared as bounds: where they overlap, nobody is larger.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.courses import trend
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, reading
from tradebot.answering.figures.arithmetic import Order
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans
from tradebot.answering.newsletter import quotes
from tradebot.answering.premises import claims
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

TABLE_ROWS = 10


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Who is larger, by how much and how many times."""
    when = spans(query, knowledge)
    areas = asked(query)
    if len(areas) == 1:
        areas = (*areas, WORLD) if areas != (WORLD,) else areas
    if when.now.is_years and not when.now.is_year:
        return trend.answer(query, knowledge, today)
    if quotes.is_asked(query):
        said = _newsletter_figures(query, knowledge, areas)
        if len(said) > 1:
            return _answer(query, knowledge, when, said, "compare_newsletter")
    found = _figures(knowledge, areas, query.metric, when.now)
    if len(found) < 2:
        lacking = next((area for area in areas if area not in {each.partner for each in found}), WORLD)
        return not_held(query, knowledge, lacking, query.metric, when.now)
    return _answer(query, knowledge, when, found, "compare")


def _figures(knowledge: Knowledge, areas: tuple[str, ...], metric: Metric, period: Period) -> list[Figure]:
    return [each.figure for area in areas if (each := reading(knowledge, area, metric, period))]


def _newsletter_figures(query: Query, knowledge: Knowledge, areas: tuple[str, ...]) -> list[Figure]:
    found = (quotes.figure_of(knowledge, area, query.metric, query.period) for area in areas)
    return [figure for figure in found if figure]


def _answer(query: Query, knowledge: Knowledge, when: Spans, found: list[Figure], template: str) -> Answer:
    by_size = sorted(found, key=lambda figure: -abs(figure.value))
    first, second = by_size[0], by_size[1]
    order = arithmetic.compare_sizes(first, second)
    areas = tuple(figure.partner for figure in found)
    to_date = _to_date(knowledge, areas, query.metric, when)
    record = _figures(knowledge, areas, query.metric, first.period) if template != "compare" and first.period else []
    facts = {
        "metric": str(query.metric),
        "shown": by_size[:TABLE_ROWS],
        "others": by_size[1:TABLE_ROWS],
        "two": len(found) == 2,
        "number": arithmetic.count(found, "compared", first.period),
        "first": first,
        "second": second,
        "known": order is not Order.UNKNOWN,
        "equal": order is Order.EQUAL,
        "same_sign": first.value * second.value > 0,
        "difference": arithmetic.difference(first, second),
        "apart": arithmetic.swing(first, second),
        "ratio": arithmetic.ratio(first, second),
        "verdict": verdict(query, found, order, to_date),
        "missing": [area for area in asked(query) if area not in areas],
        "record": sorted(record, key=lambda figure: -abs(figure.value)),
        "differs": quotes.disagreements(knowledge, by_size) if template == "compare" else [],
        "period": first.period,
        "before": _before(query, knowledge, by_size, when) if template == "compare" else [],
        "to_date": to_date,
        "to_date_mixed": len({figure.value > 0 for figure in (*by_size, *to_date)}) > 1,
        "running": when.so_far,
    }
    phrase = wording.subject(knowledge, query.metric, areas, wording.sign_of(found))
    return Answer(
        query,
        template,
        facts,
        table=_table(knowledge, by_size, query.metric, when) if template == "compare" else None,
        read_as=wording.read_as(query, phrase, *([first.period] if first.period else [])),
        suggestions=_suggest(knowledge, areas, query.metric),
        keys=tuple(figure.partner for figure in by_size),
    )


def verdict(query: Query, found: list[Figure], order: Order, to_date: list[Figure]) -> str:
    """`yes` or `no` to “is X larger than Y”, `not_then` where it is so only in the year to date; empty where that was not asked."""
    asks = claims(query) and query.features & {"bigger", "smaller"}
    if not asks or order is Order.UNKNOWN or len(found) != 2:
        return ""
    smaller = "smaller" in query.features
    if (abs(found[0].value) > abs(found[1].value)) != smaller:
        return "yes"
    so_far = {figure.partner: abs(figure.value) for figure in to_date}
    holds_now = len(so_far) == 2 and (so_far[found[0].partner] > so_far[found[1].partner]) != smaller
    return "not_then" if holds_now else "no"


def _to_date(knowledge: Knowledge, areas: tuple[str, ...], metric: Metric, when: Spans) -> list[Figure]:
    if when.to_date is None or len(areas) > 3:
        return []
    found = _figures(knowledge, areas, metric, when.to_date)
    return sorted(found, key=lambda figure: -abs(figure.value)) if len(found) == len(areas) else []


def _before(query: Query, knowledge: Knowledge, found: list[Figure], when: Spans) -> list[Figure]:
    """The same partners in the other year that was asked for (“in 2018 and 2025”), where all of them are held."""
    if query.against is None or len(found) > TABLE_ROWS:
        return []
    before = _figures(knowledge, tuple(each.partner for each in found), query.metric, when.before)
    return sorted(before, key=lambda figure: -abs(figure.value)) if len(before) == len(found) else []


def _table(knowledge: Knowledge, found: list[Figure], metric: Metric, when: Spans) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for figure in found[:TABLE_ROWS]:
        before = reading(knowledge, figure.partner, metric, when.before)
        rows.append((wording.short(knowledge, figure.partner), figure, before.figure if before else None))
    heading = wording.title(metric, [row[1] for row in rows if isinstance(row[1], Figure)])
    return Table(("Partner", when.now.label, when.before.label), tuple(rows), tuple(each.partner for each in found), heading)


def _suggest(knowledge: Knowledge, areas: tuple[str, ...], metric: Metric) -> tuple[str, ...]:
    names = wording.listed(knowledge, areas[:3])
    other = "imports from" if metric is not Metric.IMPORTS else "exports to"
    return wording.suggestions(
        f"{names} combined", f"compare {other} {names}", f"{wording.subject(knowledge, metric, areas[:1])} over time"
    )
