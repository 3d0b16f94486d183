"""Chapters: what is bought from (or sold to) an area, by HS chapter; called by `products`."""

from __future__ import annotations

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.goods import parts
from tradebot.answering.goods.parts import Flow
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import chapter_of
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Order, Query

ROWS = 6
MOST_ROWS = 25
LISTED_UNASKED = 5


def of_area(query: Query, knowledge: Knowledge, area: str, flow: Flow) -> Answer:
    """The largest chapters (or the smallest, or the one at a place) and what part of all goods they are."""
    found = parts.largest(knowledge, area, flow.name, flow.now)
    if not found:
        return parts.no_trade(query, knowledge, area, "", flow)
    found = found[::-1] if query.order is Order.BOTTOM else found
    return Answer(
        query,
        "products_of",
        _facts(query, knowledge, area, flow, found),
        table=_table(query, knowledge, area, flow, found),
        read_as=wording.read_as(query, f"goods {flow.name} {flow.link} {wording.called(knowledge, area)} by HS chapter", flow.now),
        suggestions=_suggest(knowledge, area),
        keys=(area,),
    )


def _facts(query: Query, knowledge: Knowledge, area: str, flow: Flow, found: list[Figure]) -> dict[str, object]:
    whole = parts.whole(knowledge, area, flow.name, flow.now)
    start = query.nth - 1 if query.nth else 0
    shown = found[start : start + (1 if query.nth else query.limit or LISTED_UNASKED)] or found[:1]
    together = arithmetic.total(shown, area, flow.now, flow.name)
    return {
        "area": area,
        "world": area == WORLD,
        "flow": flow.name,
        "period": flow.now,
        "least": query.order is Order.BOTTOM,
        "shown": [_line(knowledge, each, whole) for each in shown[:LISTED_UNASKED]],
        "place": arithmetic.number(start + 1, Unit.RANK, "nth"),
        "whole": whole,
        "number": arithmetic.count(found, "chapters", flow.now, area),
        "top_share": arithmetic.share(together, whole) if whole and len(shown) > 1 else None,
    }


def _line(knowledge: Knowledge, each: Figure, whole: Figure | None) -> dict[str, object]:
    return {"title": parts.title_of(knowledge, each), "figure": each, "share": arithmetic.share(each, whole)}


def _table(query: Query, knowledge: Knowledge, area: str, flow: Flow, found: list[Figure]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in found[: query.limit or ROWS][:MOST_ROWS]:
        earlier = parts.figure(knowledge, area, parts.chapter(chapter_of(each)), flow.name, flow.before)
        rows.append((parts.title_of(knowledge, each), each, earlier))
    title = f"US goods {flow.name}" if area == WORLD else f"US goods {flow.name} {flow.link} {wording.called(knowledge, area)}"
    return Table(flow.columns("HS chapter"), tuple(rows), title=title)


def _suggest(knowledge: Knowledge, area: str) -> tuple[str, ...]:
    if area == WORLD:
        return wording.suggestions("who sells us the most machinery", "what do we import from Mexico")
    name = wording.called(knowledge, area)
    return wording.suggestions(f"imports from {name}", f"deficit with {name}", f"tariffs on {name}")
