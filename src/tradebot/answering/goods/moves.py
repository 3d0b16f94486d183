"""Moves: the chapters that grew or fell the most with an area; called by `products`."""

from __future__ import annotations

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.goods import parts
from tradebot.answering.goods.parts import Flow
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import chapter_of
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

SHOWN = 5
MOST = 10


def asked(query: Query) -> bool:
    """“which goods imports rose the most”."""
    return "change" in query.features and bool(query.features & {"growing", "falling"}) and not query.sectors


def of_area(query: Query, knowledge: Knowledge, area: str, flow: Flow) -> Answer | None:
    """The largest moves in the direction asked for, in dollars; None where no chapter moved that way or no year before is held."""
    down = query.premise is not None and (query.premise.kind, query.premise.said) == ("direction", "down")
    pairs = [(now, then) for now in parts.largest(knowledge, area, flow.name, flow.now) if (then := _before(knowledge, area, now, flow))]
    moved = [(now, then, arithmetic.difference(now, then, "change")) for now, then in pairs]
    moved = sorted((each for each in moved if each[2].value and (each[2].value < 0) == down), key=lambda each: -abs(each[2].value))
    if not moved:
        return None
    shown = moved[: min(query.limit or SHOWN, MOST)]
    facts = {
        "area": area,
        "world": area == WORLD,
        "flow": flow.name,
        "period": flow.now,
        "before": flow.before,
        "down": down,
        "shown": [_line(knowledge, *each) for each in shown[:3]],
    }
    rows: list[tuple[Cell, ...]] = [(parts.title_of(knowledge, now), now, then) for now, then, _ in shown]
    title = f"US goods {flow.name}" if area == WORLD else f"US goods {flow.name} {flow.link} {wording.called(knowledge, area)}"
    return Answer(
        query,
        "products_moved",
        facts,
        table=Table(flow.columns("HS chapter"), tuple(rows), title=title),
        read_as=wording.read_as(query, f"largest moves of {title[3:]} by HS chapter", flow.now),
        suggestions=wording.suggestions(
            "US imports by product" if area == WORLD else f"what do we import from {wording.called(knowledge, area)}"
        ),
        keys=(area,),
    )


def _before(knowledge: Knowledge, area: str, now: Figure, flow: Flow) -> Figure | None:
    return parts.figure(knowledge, area, parts.chapter(chapter_of(now)), flow.name, flow.before)


def _line(knowledge: Knowledge, now: Figure, then: Figure, by: Figure) -> dict[str, object]:
    return {"title": parts.title_of(knowledge, now), "now": now, "then": then, "by": by, "change": arithmetic.change_percent(now, then)}
