"""Products: trade by HS chapter, with one area or by supplier.

Reads `sectors` (chapter or sector ids), `partners`, `groups`, `metric` (exports once the record has them), `period`,
`against`, `limit`, `nth`, and the cues share and how_much. No product named: `chapters`; nobody named: `suppliers`.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import told, wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, is_group
from tradebot.answering.goods import chapters, moves, parts, suppliers
from tradebot.answering.goods.parts import Flow, Product
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

ROWS = 10
_AMONG_ALL = frozenset({"products", "largest", "yes_no"})
_AMONG_ALL_FROM = frozenset({"imports", "largest", "yes_no", "from_area"})


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """What is traded with an area, how much of one product, or who supplies it."""
    side = "exports" if query.metric is Metric.EXPORTS else "imports"
    years = parts.held_years(knowledge, side)
    flow = _flow(query, side, years)
    if flow is None:
        return _not_held(query, knowledge, side, years)
    products = [found for each in query.sectors if (found := parts.product(knowledge, each))]
    areas = asked(query)
    if moves.asked(query) and (moved := moves.of_area(query, knowledge, (areas or (WORLD,))[0], flow)):
        return moved
    if not products or _among_all(query):
        return chapters.of_area(query, knowledge, (areas or (WORLD,))[0], flow)
    if not areas or (is_group(knowledge, areas[0]) and query.features & {"who", "largest", "limit", "nth"}):
        return suppliers.of_product(query, knowledge, products[0], flow)
    return _product(query, knowledge, areas, products[0], flow)


def _among_all(query: Query) -> bool:
    """“are electronics our largest import category”, “is pharma the biggest import from Ireland”: of all chapters."""
    asks = query.features >= _AMONG_ALL if not query.partners else query.features >= _AMONG_ALL_FROM
    return asks and query.features.isdisjoint({"who", "supplier"})


def _flow(query: Query, side: str, years: tuple[Period, ...]) -> Flow | None:
    """The year asked for (the latest held by default) and the one beside it; None where it is not held."""
    if not years:
        return None
    if query.period is None:
        return Flow(side, years[-1], years[-2] if len(years) > 1 else None)
    span = query.period
    if span.is_years and not span.is_year and Period.year(span.last_year) in years:
        first = Period.year(span.first_year)
        return Flow(side, Period.year(span.last_year), first if first in years else Period.year(span.last_year).before)
    if span not in years:
        return None
    beside = query.against or span.before
    return Flow(side, span, beside if beside in years else None)


def _not_held(query: Query, knowledge: Knowledge, side: str, years: tuple[Period, ...]) -> Answer:
    """What is held instead: the years there are, and what all goods came to in the period asked."""
    areas = asked(query)
    when = query.period or knowledge.record.latest_year
    area = areas[0] if areas else WORLD
    whole = parts.whole(knowledge, area, side, when)
    before = parts.whole(knowledge, area, side, when.before if when.is_years else when.shift(-12)) if whole else None
    held = parts.held_years(knowledge, "imports")
    who = f" from {wording.called(knowledge, areas[0])}" if areas else ""
    facts = {
        "flow": side,
        "area": area,
        "world": area == WORLD,
        "whole": whole,
        "before": before,
        "change": arithmetic.change_percent(whole, before) if whole and before else None,
        "split": bool(years),
        "first": held[0] if held else None,
        "last": held[-1] if held else None,
        "period": query.period,
    }
    last = held[-1].label if held else ""
    questions = wording.suggestions(
        f"what do we import{who} {last}", f"exports to {wording.called(knowledge, areas[0])}" if areas else "US imports by product"
    )
    if whole is not None and side == "exports" and not query.sectors:
        return Answer(query, "exports_whole", facts, suggestions=questions, keys=areas)
    return Answer(query, "refusals/no_products", facts, outcome="refuse", suggestions=questions, keys=areas)


def _product(query: Query, knowledge: Knowledge, areas: tuple[str, ...], what: Product, flow: Flow) -> Answer:
    """One product with one or several areas, the largest first."""
    rows = [row for area in areas if (row := _of_area(knowledge, area, what, flow))["now"] is not None]
    if not rows:
        return parts.no_trade(query, knowledge, areas[0], what.scope, flow)
    rows.sort(key=lambda row: -_value(row["now"]))
    facts = {
        "product": what.scope,
        "note": what.note,
        "flow": flow.name,
        "period": flow.now,
        "before_period": flow.before,
        "rows": rows,
        "single": len(rows) == 1,
        "together": _together(query, rows, flow),
        "share_asked": "share" in query.features,
        "part_asked": {"share", "part_of_area"} <= query.features,
        "of_net": {"share", "deficit"} <= query.features,
        "world": parts.figure(knowledge, WORLD, what, flow.name, flow.now),
        "rank": _rank(knowledge, rows[0]["now"], what, flow),
        "told": told.of_goods(query, knowledge, areas[0], flow.now) if len(rows) == 1 else [],
    }
    first = wording.called(knowledge, areas[0])
    return Answer(
        query,
        "product",
        facts,
        table=_table(knowledge, rows, what, flow) if len(rows) > 1 else None,
        read_as=wording.read_as(query, f"goods {flow.name} of {what.scope} {flow.link} {wording.listed(knowledge, areas)}", flow.now),
        suggestions=wording.suggestions(f"who sells us the most {what.title}", f"what do we import from {first}"),
        keys=areas,
    )


def _together(query: Query, rows: list[dict[str, object]], flow: Flow) -> Figure | None:
    """The sum of several areas, where that is asked for."""
    found = [row["now"] for row in rows if isinstance(row["now"], Figure)]
    asked = "combined" in query.features and len(found) > 1
    return arithmetic.total(found, "+".join(each.partner for each in found), flow.now) if asked else None


def _value(figure: object) -> float:
    return figure.value if isinstance(figure, Figure) else 0.0


def _of_area(knowledge: Knowledge, area: str, what: Product, flow: Flow) -> dict[str, object]:
    found = parts.figure(knowledge, area, what, flow.name, flow.now)
    then = parts.figure(knowledge, area, what, flow.name, flow.before)
    return {
        "area": area,
        "now": found,
        "before": then,
        "change": arithmetic.change_percent(found, then) if found and then else None,
        "share": arithmetic.share(found, parts.figure(knowledge, WORLD, what, flow.name, flow.now)) if found else None,
        "of_area": arithmetic.share(found, parts.whole(knowledge, area, flow.name, flow.now)) if found else None,
    }


def _rank(knowledge: Knowledge, found: object, what: Product, flow: Flow) -> Figure | None:
    """The place of an area's figure among all partners; None for groups."""
    order = parts.traders(knowledge, what, flow.name, flow.now)
    place = next((at for at, each in enumerate(order, 1) if isinstance(found, Figure) and each.partner == found.partner), None)
    if place is None or not isinstance(found, Figure):
        return None
    formula = f"place among {len(order)} partners"
    return Figure(
        found.partner, "rank", flow.now, float(place), Unit.RANK, derived_from=(found,), formula=formula, named=f"rank({found.id})"
    )


def _table(knowledge: Knowledge, rows: list[dict[str, object]], what: Product, flow: Flow) -> Table:
    cells: list[tuple[Cell, ...]] = []
    for row in rows[:ROWS]:
        figures = [each if isinstance(each, Figure) else None for each in (row["now"], row["before"])]
        cells.append((wording.short(knowledge, str(row["area"])), *figures))
    return Table(flow.columns("Partner"), tuple(cells), title=f"US {flow.name} of {what.scope}")
