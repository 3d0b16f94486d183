"""Goods: figures of products. A product is an HS chapter, or a sector that stands for one or several of them."""

from __future__ import annotations

from dataclasses import dataclass

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import figure as area_figure
from tradebot.answering.figures.areas import is_group, members, ranks
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD, Record
from tradebot.knowledge.record_figures import chapter_of
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

MOST_NAMED = 2
"""Chapters of a product that are named one by one."""


@dataclass(frozen=True, slots=True)
class Product:
    """What was asked for and the chapters that hold it. `note` says what else they hold.

    `scope` is what the figures really are of: “mineral fuels and oil (crude oil among them)” where crude oil was asked for.
    """

    id: str
    title: str
    chapters: tuple[str, ...]
    note: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """The side of trade that a question is about (`imports` or `exports`), its year, and the one beside it where held."""

    name: str
    now: Period
    before: Period | None

    @property
    def link(self) -> str:
        return "from" if self.name == "imports" else "to"

    def columns(self, first: str) -> tuple[str, str, str]:
        """The headings of a table of both years."""
        return (first, self.now.label, self.before.label if self.before else "")


def product(knowledge: Knowledge, product_id: str) -> Product | None:
    """The chapter or sector of an id."""
    if product_id in knowledge.chapters:
        title = knowledge.chapters[product_id].title
        return Product(product_id, title, (product_id,), scope=title)
    sector = knowledge.sectors.get(product_id)
    if sector is None:
        return None
    whole = " and ".join(knowledge.chapters[chapter].title for chapter in sector.chapters)
    scope = f"{whole} ({sector.title} among them)" if sector.part_of and len(sector.chapters) <= MOST_NAMED else sector.title
    return Product(sector.id, sector.title, sector.chapters, sector.note, scope)


def chapter(chapter_id: str) -> Product:
    """One chapter, for its figures alone."""
    return Product(chapter_id, "", (chapter_id,))


def held_years(knowledge: Knowledge, flow: str) -> tuple[Period, ...]:
    """Years with trade by chapter, oldest first; empty for a side of trade that the record does not split."""
    return knowledge.record.chapter_years(flow)


def figure(knowledge: Knowledge, area: str, goods: Product, flow: str, period: Period | None) -> Figure | None:
    """Trade in a product with an area in a year: a group's members and a sector's chapters are added."""
    if period is None:
        return None
    areas = members(knowledge, [area]) if is_group(knowledge, area) else (area,)
    return _added(knowledge.record, area, tuple(areas), goods, flow, period)


def _added(record: Record, area: str, areas: tuple[str, ...], goods: Product, flow: str, period: Period) -> Figure | None:
    found = [each for one in areas for held in goods.chapters if (each := record.chapter(one, held, flow, period))]
    if not found:
        return None
    if len(found) == 1:
        return found[0]
    return arithmetic.total(found, area, period, metric=f"{flow}.{goods.id}")


def traders(knowledge: Knowledge, goods: Product, flow: str, period: Period, pool: tuple[str, ...] | None = None) -> list[Figure]:
    """Partners (of a pool, if there is one) by their trade in a product, largest first."""
    found: dict[str, list[Figure]] = {}
    for held in goods.chapters:
        for each in knowledge.record.chapter_partners(held, period, flow):
            if ranks(knowledge, each.partner) and (pool is None or each.partner in pool):
                found.setdefault(each.partner, []).append(each)
    sums = [parts[0] if len(parts) == 1 else arithmetic.total(parts, who, period, f"{flow}.{goods.id}") for who, parts in found.items()]
    return sorted(sums, key=lambda each: (-each.value, each.partner))


def largest(knowledge: Knowledge, area: str, flow: str, period: Period) -> list[Figure]:
    """An area's chapters, largest first."""
    if not is_group(knowledge, area):
        return knowledge.record.chapters_of(area, period, flow)
    areas = tuple(members(knowledge, [area]))
    return list(knowledge.record.remember(_largest_of_group, area, areas, tuple(knowledge.chapters), flow, period))


def _largest_of_group(
    record: Record, area: str, areas: tuple[str, ...], chapters: tuple[str, ...], flow: str, period: Period
) -> tuple[Figure, ...]:
    found = (_added(record, area, areas, chapter(each), flow, period) for each in chapters)
    return tuple(sorted((each for each in found if each), key=lambda each: -each.value))


def whole(knowledge: Knowledge, area: str, flow: str, period: Period) -> Figure | None:
    """All goods of a flow with an area: what a product is a share of."""
    return area_figure(knowledge, area, Metric(flow), period)


def title_of(knowledge: Knowledge, found: Figure) -> str:
    """The title of a chapter figure's chapter."""
    return knowledge.chapters[chapter_of(found)].title


def no_trade(query: Query, knowledge: Knowledge, area: str, title: str, flow: Flow) -> Answer:
    """Nothing recorded of a product, which is an answer."""
    facts = {"area": area, "world": area == WORLD, "product": title, "flow": flow.name, "period": flow.now}
    suggestions = wording.suggestions(f"deficit with {wording.called(knowledge, area)}")
    return Answer(query, "product_none", facts, keys=(area,), suggestions=suggestions)
