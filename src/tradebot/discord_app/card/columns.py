"""A table as lines of text that a phone shows without scrolling sideways."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from tradebot.presentation.card import Sheet

WIDTH = 40
_UNIT = re.compile(r"(?<=\d) (?=\S)")
_GLUE = "\N{NO-BREAK SPACE}"


def lines(sheet: Sheet, width: int = WIDTH) -> list[str]:
    """The heading, then one string per row, each of their lines at most `width` wide.

    A heading or a cell that is too long for its column goes on in the next line, so nothing is lost; a number keeps
    its unit. Where the longest words alone are too wide, a row becomes a list of its cells: “Mexico · 505.5 · 308.5”.
    """
    cells = [tuple([_UNIT.sub(_GLUE, cell) if " " in cell else cell for cell in row]) for row in (sheet.columns, *sheet.rows)]
    widths = _widths(cells, width)
    if sum(widths) + len(widths) - 1 > width:
        listed = ["\n".join(textwrap.wrap(" · ".join(row), width)) for row in cells]
    else:
        listed = [_row(row, widths, sheet.numeric) for row in cells]
    return [row.replace(_GLUE, " ") for row in listed]


def _widths(cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Each column as wide as its longest cell or heading word; the widest give way, down to their longest word."""
    heading, *rows = cells
    columns = list(zip(*rows, strict=True))
    least = [max(map(len, " ".join((title, *column)).split(" "))) for title, column in zip(heading, columns, strict=True)]
    widths = [max(low, *map(len, column)) for low, column in zip(least, columns, strict=True)]
    for _ in range(sum(widths) + len(widths) - 1 - width):
        can_give = [at for at, low in enumerate(least) if widths[at] > low]
        if not can_give:
            break
        widths[max(can_give, key=widths.__getitem__)] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    """One row, over as many lines as its longest cell needs."""
    if all(len(cell) <= width for cell, width in zip(cells, widths, strict=True)):
        return _line(cells, widths, numeric)
    wrapped = [textwrap.wrap(cell, width, break_on_hyphens=False) for cell, width in zip(cells, widths, strict=True)]
    return "\n".join(_line(pieces, widths, numeric) for pieces in zip_longest(*wrapped, fillvalue=""))


def _line(pieces: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    aligned = [piece.rjust(width) if right else piece.ljust(width) for piece, width, right in zip(pieces, widths, numeric, strict=True)]
    return " ".join(aligned).rstrip()
