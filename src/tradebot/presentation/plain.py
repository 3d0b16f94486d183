"""Plain text of a card: what a screen reader, a log and `--plain` get. The first line is the headline."""

from __future__ import annotations

import textwrap

from tradebot.presentation.card import Card, Sheet

SEPARATOR = " · "
GAP = "  "
PHONE_WIDTH = 40
NARROWEST_NAME = 14


def text(card: Card, foot: bool = True, suggestions: bool = False) -> str:
    """The card as text, a blank line between its parts."""
    parts = [card.headline, *card.body]
    if card.sheet:
        parts.append(sheet_text(card.sheet))
    if card.read_as:
        parts.append(f"Read as: {card.read_as}.")
    if foot and card.foot:
        parts.append(SEPARATOR.join(card.foot))
    if suggestions and card.suggestions:
        parts.append("Ask next: " + SEPARATOR.join(f"“{each}”" for each in card.suggestions))
    return "\n\n".join(parts)


def sheet_text(sheet: Sheet, width: int = PHONE_WIDTH) -> str:
    """A table in columns, numbers to the right, two spaces between; long names go on in the next line, never cut."""
    widths = _widths(sheet, width)
    drawn = [
        GAP.join(
            word.rjust(size) if right else word.ljust(size) for word, size, right in zip(line, widths, sheet.numeric, strict=True)
        ).rstrip()
        for row in (sheet.columns, *sheet.rows)
        for line in _wrapped(row, widths)
    ]
    return "\n".join([sheet.title, *drawn] if sheet.title else drawn)


def _widths(sheet: Sheet, width: int) -> list[int]:
    """As wide as the words are; the column of names gives way where the table would be wider than a phone."""
    lines = (sheet.columns, *sheet.rows)
    widths = [max(len(line[at]) for line in lines) for at in range(len(sheet.columns))]
    over = sum(widths) + len(GAP) * (len(widths) - 1) - width
    names = [at for at, right in enumerate(sheet.numeric) if not right]
    if over > 0 and names:
        widest = max(names, key=lambda at: widths[at])
        widths[widest] = min(widths[widest], max(NARROWEST_NAME, widths[widest] - over))
    return widths


def _wrapped(row: tuple[str, ...], widths: list[int]) -> list[tuple[str, ...]]:
    """One row as one or more lines."""
    if all(len(word) <= size for word, size in zip(row, widths, strict=True)):
        return [row]
    cells = [textwrap.wrap(word, size, break_long_words=False) or [""] for word, size in zip(row, widths, strict=True)]
    height = max(len(cell) for cell in cells)
    return [tuple(cell[at] if at < len(cell) else "" for cell in cells) for at in range(height)]
