"""A table as lines of text that a phone shows without scrolling sideways."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from tradebot.presentation.card import Sheet

WIDTH = 40
_NARROWEST = 8


def lines(sheet: Sheet, width: int = WIDTH) -> list[str]:
    """The heading, then one string per row, each of their lines at most `width` wide where the words allow it.

    A heading or a name that is too long for its column goes on in the next line, so nothing is lost. Where even that
    is too wide, a row becomes a list of its cells: “Mexico · 505.5 · 308.5”.
    """
    cells = (sheet.columns, *sheet.rows)
    widths = _widths(sheet, width)
    drawn = [_row(each, widths, sheet.numeric) for each in cells]
    if max(len(line) for row in drawn for line in row.split("\n")) <= width:
        return drawn
    return ["\n".join(textwrap.wrap(" · ".join(each), width, break_long_words=False)) for each in cells]


def _widths(sheet: Sheet, width: int) -> list[int]:
    """Each column as wide as its longest cell or heading word; the widest gives way until all fit."""
    widths = [
        max([1, *(len(word) for word in heading.split()), *(len(row[at]) for row in sheet.rows)])
        for at, heading in enumerate(sheet.columns)
    ]
    excess = sum(widths) + len(widths) - 1 - width
    if excess > 0:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] = max(min(widths[widest], _NARROWEST), widths[widest] - excess)
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    """One row, over as many lines as its longest cell needs."""
    wrapped = [
        textwrap.wrap(cell, width, break_long_words=False, break_on_hyphens=False) for cell, width in zip(cells, widths, strict=True)
    ]
    drawn = []
    for pieces in zip_longest(*wrapped, fillvalue=""):
        aligned = [piece.rjust(width) if right else piece.ljust(width) for piece, width, right in zip(pieces, widths, numeric, strict=True)]
        drawn.append(" ".join(aligned).rstrip())
    return "\n".join(drawn)
