"""Plain text of a card: what a screen reader, a log and `--plain` get. The first line is the headline."""

from __future__ import annotations

from tradebot.presentation.card import Card, Sheet

SEPARATOR = " · "


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


def sheet_text(sheet: Sheet) -> str:
    """A table in columns of fixed width, numbers to the right, two spaces between."""
    lines = [sheet.columns, *sheet.rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(sheet.columns))]
    drawn = [
        "  ".join(
            word.rjust(width) if right else word.ljust(width) for word, width, right in zip(line, widths, sheet.numeric, strict=True)
        ).rstrip()
        for line in lines
    ]
    return "\n".join([sheet.title, *drawn] if sheet.title else drawn)
