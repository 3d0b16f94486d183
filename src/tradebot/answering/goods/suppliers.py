"""Suppliers: who sells (or buys) a product, largest first; called by `products`."""

from __future__ import annotations

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members
from tradebot.answering.goods import parts
from tradebot.answering.goods.parts import Flow, Product
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

ROWS = 10
MOST_ROWS = 25
NAMED = 3
NEIGHBOURS = 1


def of_product(query: Query, knowledge: Knowledge, what: Product, flow: Flow) -> Answer:
    """The first few, or the one at a place, with their part of the world's trade in the product."""
    pool = members(knowledge, query.groups) if query.groups else None
    order = parts.traders(knowledge, what, flow.name, flow.now, pool)
    if not order:
        return parts.no_trade(query, knowledge, WORLD, what.scope, flow)
    start = (query.nth or 1) - 1
    shown = order[start : start + (query.limit or NAMED)] or order[:1]
    first = wording.called(knowledge, shown[0].partner)
    return Answer(
        query,
        "product_suppliers",
        {**_facts(query, knowledge, what, flow, shown), "place": arithmetic.number(start + 1, Unit.RANK, "nth")},
        table=_table(knowledge, what, flow, _listed(query, order, start)),
        read_as=wording.read_as(query, f"goods {flow.name} of {what.scope} by partner", flow.now),
        suggestions=wording.suggestions(f"imports of {what.title} from {first}", f"what do we import from {first}"),
        keys=tuple(each.partner for each in shown),
    )


def _facts(query: Query, knowledge: Knowledge, what: Product, flow: Flow, shown: list[Figure]) -> dict[str, object]:
    world, before = (parts.figure(knowledge, WORLD, what, flow.name, when) for when in (flow.now, flow.before))
    return {
        "product": what.scope,
        "note": what.note,
        "flow": flow.name,
        "period": flow.now,
        "within": list(query.groups),
        "total_first": bool(query.features & {"how_much", "change"} and not query.features & {"who", "largest"}),
        "change": arithmetic.change_percent(world, before) if world and before else None,
        "first": shown[0],
        "first_share": arithmetic.share(shown[0], world),
        "others": shown[1:NAMED],
        "world": world,
        "world_before": before,
        "before_period": flow.before,
    }


def _listed(query: Query, order: list[Figure], start: int) -> list[Figure]:
    """The rows of the table: as many as asked, or the one asked for between its neighbours."""
    if query.nth:
        return order[max(0, start - NEIGHBOURS) : start + NEIGHBOURS + 1]
    return order[: min(max(query.limit or ROWS, 2), MOST_ROWS)]


def _table(knowledge: Knowledge, what: Product, flow: Flow, listed: list[Figure]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in listed:
        earlier = parts.figure(knowledge, each.partner, what, flow.name, flow.before)
        rows.append((wording.short(knowledge, each.partner), each, earlier))
    return Table(flow.columns("Partner"), tuple(rows), tuple(each.partner for each in listed), f"US {flow.name} of {what.scope}")
