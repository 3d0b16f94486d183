"""Pages: a table on a phone has ten rows; longer ones are turned over.

A ranking goes on as a question of its own (“the next ten”), so that 240 partners can be walked through and every page
has its own headline; any other table is shown in slices of the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tradebot.knowledge.figures import Figure
from tradebot.presentation.card import Card
from tradebot.presentation.reply import Reply
from tradebot.query import Query

ROWS = 10


@dataclass(frozen=True, slots=True)
class Page:
    """Where to turn to: the question, and which slice of its table."""

    query: Query
    number: int = 0


@dataclass(frozen=True, slots=True)
class Turning:
    """The pages beside the one shown, and where this one stands: “11–20 of 94”; empty where there is only one."""

    back: Page | None = None
    on: Page | None = None
    place: str = ""


def sliced(card: Card, number: int) -> Card:
    """The card with the rows of one page; of the first where there is no such page."""
    if card.sheet is None or len(card.sheet.rows) <= ROWS:
        return card
    first = number * ROWS if number * ROWS < len(card.sheet.rows) else 0
    bars = card.sheet.bars[first : first + ROWS]
    return replace(card, sheet=replace(card.sheet, rows=card.sheet.rows[first : first + ROWS], bars=bars))


def turning(reply: Reply, number: int) -> Turning:
    """What lies beside the page shown."""
    query, sheet = reply.asked, reply.card.sheet
    if query is None or sheet is None:
        return Turning()
    held = reply.answer.facts.get("of")
    if reply.answer.template == "ranking" and query.nth is None and isinstance(held, Figure):
        return _of_ranking(query, min(len(sheet.rows), ROWS), round(held.value))
    return _of_slices(query, len(sheet.rows), number)


def _of_ranking(query: Query, shown: int, held: int) -> Turning:
    first, following = query.offset, query.offset + shown
    back = replace(query, offset=max(first - ROWS, 0), limit=min(ROWS, first)) if first else None
    on = replace(query, offset=following, limit=min(ROWS, held - following)) if following < held else None
    if back is None and on is None:
        return Turning()
    return Turning(Page(back) if back else None, Page(on) if on else None, f"{first + 1}–{following} of {held}")


def _of_slices(query: Query, rows: int, number: int) -> Turning:
    if rows <= ROWS:
        return Turning()
    number = number if number * ROWS < rows else 0
    last = min((number + 1) * ROWS, rows)
    back = Page(query, number - 1) if number else None
    return Turning(back, Page(query, number + 1) if last < rows else None, f"{number * ROWS + 1}–{last} of {rows}")
