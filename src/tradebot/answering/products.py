"""Products: imports by HS chapter, from one area or by supplier.

Reads `sectors` (chapter or sector ids), `partners`, `groups`, `metric` (exports once the record has them), `period`,
`against`, `limit`, `nth`, and the cues share and how_much.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import arithmetic, goods, told, wording
from tradebot.answering.areas import WORLD, asked, is_group, members
from tradebot.answering.goods import Product
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Order, Query

ROWS = 10
CHAPTER_ROWS = 6
MOST_ROWS = 25
LISTED_UNASKED = 5


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """What is traded with an area, how much of one product, or who supplies it."""
    flow = "exports" if query.metric is Metric.EXPORTS else "imports"
    years = goods.held_years(knowledge, flow)
    asked_for = _asked_years(query, years)
    if asked_for is None:
        return _not_held(query, knowledge, flow, years)
    now, before = asked_for
    products = [found for each in query.sectors if (found := goods.product(knowledge, each))]
    areas = asked(query)
    if not products:
        return _chapters(query, knowledge, (areas or (WORLD,))[0], flow, now, before)
    if not areas or (is_group(knowledge, areas[0]) and query.features & {"who", "largest", "limit", "nth"}):
        return _suppliers(query, knowledge, products[0], flow, now, before)
    return _product(query, knowledge, areas, products[0], flow, now, before)


def _asked_years(query: Query, years: tuple[Period, ...]) -> tuple[Period, Period | None] | None:
    """The year asked for (the latest held by default) and the one beside it; None where it is not held."""
    if not years:
        return None
    if query.period is None:
        return years[-1], years[-2] if len(years) > 1 else None
    span = query.period
    if span.is_years and not span.is_year and Period.year(span.last_year) in years:
        first = Period.year(span.first_year)
        return Period.year(span.last_year), first if first in years else Period.year(span.last_year).before
    if span not in years:
        return None
    beside = query.against or span.before
    return span, beside if beside in years else None


def _not_held(query: Query, knowledge: Knowledge, flow: str, years: tuple[Period, ...]) -> Answer:
    areas = asked(query)
    held = goods.held_years(knowledge, "imports")
    who = f" from {wording.called(knowledge, areas[0])}" if areas else ""
    facts = {
        "flow": flow,
        "split": bool(years),
        "first": held[0] if held else None,
        "last": held[-1] if held else None,
        "period": query.period,
    }
    last = held[-1].label if held else ""
    questions = wording.suggestions(
        f"what do we import{who} {last}", f"exports to {wording.called(knowledge, areas[0])}" if areas else "US imports by product"
    )
    return Answer(query, "refusals/no_products", facts, outcome="refuse", suggestions=questions, keys=areas)


def _chapters(query: Query, knowledge: Knowledge, area: str, flow: str, now: Period, before: Period | None) -> Answer:
    """What is bought from (or sold to) an area."""
    found = goods.largest(knowledge, area, flow, now)
    if not found:
        return _no_trade(query, knowledge, area, "", flow, now)
    least = query.order is Order.BOTTOM
    found = found[::-1] if least else found
    whole = goods.whole(knowledge, area, flow, now)
    start = query.nth - 1 if query.nth else 0
    shown = found[start : start + (1 if query.nth else query.limit or LISTED_UNASKED)] or found[:1]
    listed = [_line(knowledge, each, whole) for each in shown]
    facts = {
        "area": area,
        "world": area == WORLD,
        "flow": flow,
        "period": now,
        "least": least,
        "shown": listed[:LISTED_UNASKED],
        "place": arithmetic.number(start + 1, Unit.RANK, "nth"),
        "whole": whole,
        "number": arithmetic.count(found, "chapters", now, area),
        "top_share": arithmetic.share(arithmetic.total(shown, area, now, flow), whole) if whole and len(shown) > 1 else None,
    }
    rows: list[tuple[Cell, ...]] = []
    for each in found[: query.limit or CHAPTER_ROWS][:MOST_ROWS]:
        chapter = each.metric.partition(".")[2]
        earlier = goods.figure(knowledge, area, Product(chapter, "", (chapter,)), flow, before) if before else None
        rows.append((goods.title_of(knowledge, each), each, earlier))
    columns = ("HS chapter", now.label, before.label if before else "")
    return Answer(
        query,
        "products_of",
        facts,
        table=Table(columns, tuple(rows), title=_title(knowledge, flow, area)),
        read_as=wording.read_as(query, f"goods {flow} {_link(flow)} {wording.called(knowledge, area)} by HS chapter", now),
        suggestions=_suggest_of(knowledge, area),
        keys=(area,),
    )


def _line(knowledge: Knowledge, each: Figure, whole: Figure | None) -> dict[str, object]:
    return {"title": goods.title_of(knowledge, each), "figure": each, "share": _share(each, whole)}


def _share(part: Figure, whole: Figure | None) -> Figure | None:
    """A chapter's part of all imports of the area, or an area's part of a chapter."""
    if whole is None or not whole.value:
        return None
    return Figure(
        part.partner,
        "share",
        part.period,
        part.value / whole.value * 100,
        Unit.PERCENT,
        derived_from=(part, whole),
        formula="part ÷ whole",
        id=f"share({part.id},{whole.id})",
    )


def _product(
    query: Query, knowledge: Knowledge, areas: tuple[str, ...], what: Product, flow: str, now: Period, before: Period | None
) -> Answer:
    """One product with one or several areas."""
    rows = [_of_area(knowledge, area, what, flow, now, before) for area in areas]
    rows = [row for row in rows if row["now"] is not None]
    if not rows:
        return _no_trade(query, knowledge, areas[0], what.scope, flow, now)
    rows.sort(key=lambda row: -_value(row["now"]))
    world = goods.figure(knowledge, WORLD, what, flow, now)
    first = rows[0]
    order = goods.suppliers(knowledge, what, flow, now, None)
    place = next((index for index, each in enumerate(order, 1) if each.partner == first["area"]), None)
    facts = {
        "product": what.scope,
        "note": what.note,
        "flow": flow,
        "period": now,
        "before_period": before,
        "rows": rows,
        "single": len(rows) == 1,
        "share_asked": "share" in query.features,
        "of_net": {"share", "deficit"} <= query.features,
        "world": world,
        "rank": _rank(first, place, order, now),
        "told": told.of_goods(query, knowledge, areas[0], now) if len(rows) == 1 else [],
    }
    return Answer(
        query,
        "product",
        facts,
        table=_rows_table(knowledge, rows, what, flow, now, before) if len(rows) > 1 else None,
        read_as=wording.read_as(query, f"goods {flow} of {what.scope} {_link(flow)} {wording.listed(knowledge, areas)}", now),
        suggestions=wording.suggestions(
            f"who sells us the most {what.title}", f"what do we import from {wording.called(knowledge, areas[0])}"
        ),
        keys=areas,
    )


def _value(figure: object) -> float:
    return figure.value if isinstance(figure, Figure) else 0.0


def _of_area(knowledge: Knowledge, area: str, what: Product, flow: str, now: Period, before: Period | None) -> dict[str, object]:
    found = goods.figure(knowledge, area, what, flow, now)
    then = goods.figure(knowledge, area, what, flow, before) if before else None
    return {
        "area": area,
        "now": found,
        "before": then,
        "change": arithmetic.change_percent(found, then) if found and then else None,
        "share": _share(found, goods.figure(knowledge, WORLD, what, flow, now)) if found else None,
        "of_area": _share(found, goods.whole(knowledge, area, flow, now)) if found else None,
    }


def _rank(row: dict[str, object], place: int | None, order: list[Figure], now: Period) -> Figure | None:
    found = row["now"]
    if place is None or not isinstance(found, Figure):
        return None
    formula = f"place among {len(order)} partners"
    return Figure(found.partner, "rank", now, float(place), Unit.RANK, derived_from=(found,), formula=formula, id=f"rank({found.id})")


def _rows_table(knowledge: Knowledge, rows: list[dict[str, object]], what: Product, flow: str, now: Period, before: Period | None) -> Table:
    cells: list[tuple[Cell, ...]] = []
    for row in rows[:ROWS]:
        figures = [each if isinstance(each, Figure) else None for each in (row["now"], row["before"])]
        cells.append((wording.short(knowledge, str(row["area"])), *figures))
    return Table(("Partner", now.label, before.label if before else ""), tuple(cells), title=f"US {flow} of {what.scope}")


def _suppliers(query: Query, knowledge: Knowledge, what: Product, flow: str, now: Period, before: Period | None) -> Answer:
    """Who sells (or buys) a product, largest first."""
    pool = members(knowledge, query.groups) if query.groups else None
    order = goods.suppliers(knowledge, what, flow, now, pool)
    if not order:
        return _no_trade(query, knowledge, WORLD, what.scope, flow, now)
    world = goods.figure(knowledge, WORLD, what, flow, now)
    start = (query.nth or 1) - 1
    shown = order[start : start + (query.limit or 3)] or order[:1]
    facts = {
        "product": what.scope,
        "note": what.note,
        "flow": flow,
        "period": now,
        "within": list(query.groups),
        "total_first": bool("how_much" in query.features and not query.features & {"who", "largest"}),
        "place": arithmetic.number(start + 1, Unit.RANK, "nth"),
        "first": shown[0],
        "first_share": _share(shown[0], world),
        "others": shown[1:3],
        "world": world,
        "world_before": goods.figure(knowledge, WORLD, what, flow, before) if before else None,
        "before_period": before,
    }
    listed = order[: min(max(query.limit or ROWS, 2), MOST_ROWS)] if not query.nth else order[max(0, start - 1) : start + 2]
    rows: list[tuple[Cell, ...]] = []
    for each in listed:
        earlier = goods.figure(knowledge, each.partner, what, flow, before) if before else None
        rows.append((wording.short(knowledge, each.partner), each, earlier))
    return Answer(
        query,
        "product_suppliers",
        facts,
        table=Table(
            ("Partner", now.label, before.label if before else ""),
            tuple(rows),
            tuple(each.partner for each in listed),
            f"US {flow} of {what.scope}",
        ),
        read_as=wording.read_as(query, f"goods {flow} of {what.scope} by partner", now),
        suggestions=wording.suggestions(
            f"imports of {what.title} from {wording.called(knowledge, shown[0].partner)}",
            f"what do we import from {wording.called(knowledge, shown[0].partner)}",
        ),
        keys=tuple(each.partner for each in shown),
    )


def _no_trade(query: Query, knowledge: Knowledge, area: str, title: str, flow: str, period: Period) -> Answer:
    """Nothing recorded of a product, which is an answer."""
    facts = {"area": area, "world": area == WORLD, "product": title, "flow": flow, "period": period}
    return Answer(
        query, "product_none", facts, keys=(area,), suggestions=wording.suggestions(f"deficit with {wording.called(knowledge, area)}")
    )


def _link(flow: str) -> str:
    return "from" if flow == "imports" else "to"


def _title(knowledge: Knowledge, flow: str, area: str) -> str:
    return f"US goods {flow}" if area == WORLD else f"US goods {flow} {_link(flow)} {wording.called(knowledge, area)}"


def _suggest_of(knowledge: Knowledge, area: str) -> tuple[str, ...]:
    if area == WORLD:
        return wording.suggestions("who sells us the most machinery", "what do we import from Mexico")
    name = wording.called(knowledge, area)
    return wording.suggestions(f"imports from {name}", f"deficit with {name}", f"tariffs on {name}")
