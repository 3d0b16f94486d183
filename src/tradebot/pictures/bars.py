"""Bars: the rows of an answer's table, largest measure first in the eye: rankings, comparisons, products by chapter or supplier.

A bar is as long as its figure is large; the year beside it is a stroke across; which side of zero a balance is on is
told by the colour, and in words where the title does not say it. The words are those of the card's own table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tradebot.answer import Table
from tradebot.knowledge.figures import Figure, Unit
from tradebot.pictures import style
from tradebot.pictures.canvas import Canvas, width_of, wrapped
from tradebot.pictures.composed import Composed, alt_text, foot_of
from tradebot.pictures.frame import Frame, Key, title_of, upfirst
from tradebot.presentation.card import Card, Sheet
from tradebot.presentation.reply import Reply
from tradebot.query import Metric

MOST_ROWS = 15
"""More bars than that are too thin for a phone."""
_NAMES = 330
_BAR = 34
_ROW = 62
_GAP = 16
_DRAWN = (Unit.MONEY, Unit.PERCENT)


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it is called, the figure and its words, and the figure beside it with its words."""

    name: str
    figure: Figure
    said: str
    beside: Figure | None = None
    beside_said: str = ""
    place: str = ""

    @property
    def colour(self) -> str:
        if self.figure.metric != Metric.BALANCE:
            return {"imports": style.IMPORTS, "exports": style.EXPORTS}.get(self.figure.metric.partition(".")[0], style.PLAIN)
        return style.DEFICIT if self.figure.is_deficit else style.SURPLUS


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold the name, the figure, the one beside it and the place (-1: none)."""

    name: int
    main: int
    beside: int = -1
    place: int = -1


def compose(reply: Reply) -> Composed | None:
    """The bars of a reply's table, None where it has no figures to draw."""
    table, sheet = reply.answer.table, reply.card.sheet
    columns = columns_of(table) if table else None
    if table is None or sheet is None or columns is None:
        return None
    found = rows_of(table, sheet, columns)
    if len(found) < 2 or not any(row.figure.value for row in found):
        return None
    shown = found[:MOST_ROWS]
    frame = Frame(
        title_of(reply.card.headline, _plain(reply.card)),
        _subtitle(sheet, columns, len(shown), _of(reply, len(found), len(shown))),
        foot_of(reply.card),
        _keys(sheet, columns, shown),
    )
    canvas = draw(frame, shown)
    more = "and others" if len(shown) < len(found) or reply.answer.facts.get("rest") else ""
    return Composed(canvas, frame.title, alt_text("Bar chart", frame, [_told(row, sheet, columns) for row in shown], more))


def columns_of(table: Table) -> Columns | None:
    """The latest column of figures of one unit, and the other one of it, where there are such."""
    if not table.rows:
        return None
    cells = table.rows[0]
    names = [at for at in range(len(cells)) if all(isinstance(row[at], str) for row in table.rows)]
    figures = [at for at in range(len(cells)) if isinstance(cells[at], Figure) and cells[at].unit in _DRAWN]  # type: ignore[union-attr]
    if not names or not figures:
        return None
    first = cells[figures[0]]
    unit = first.unit if isinstance(first, Figure) else Unit.MONEY
    alike = [at for at in figures if isinstance(cell := cells[at], Figure) and cell.unit is unit][:2]
    alike.sort(key=lambda at: _last_month(table, at), reverse=True)
    places = [at for at in range(len(cells)) if isinstance(cell := cells[at], Figure) and cell.unit is Unit.RANK]
    others = [at for at in range(len(cells)) if at not in (*names, *places, *alike) and _has_figures(table, at, unit)]
    beside = alike[1] if len(alike) > 1 else (others[0] if others else -1)
    return Columns(names[0], alike[0], beside, places[0] if places else -1)


def _last_month(table: Table, at: int) -> int:
    periods = [cell.period.last for row in table.rows if isinstance(cell := row[at], Figure) and cell.period]
    return max(periods, default=0)


def _has_figures(table: Table, at: int, unit: Unit) -> bool:
    return any(isinstance(cell := row[at], Figure) and cell.unit is unit for row in table.rows)


def rows_of(table: Table, sheet: Sheet, columns: Columns) -> list[Row]:
    """The rows that have a figure, in the order of the table."""
    found: list[Row] = []
    for cells, words in zip(table.rows, sheet.rows, strict=True):
        figure = cells[columns.main]
        beside = cells[columns.beside] if columns.beside >= 0 else None
        if isinstance(figure, Figure):
            found.append(
                Row(
                    upfirst(words[columns.name]),
                    figure,
                    words[columns.main],
                    beside if isinstance(beside, Figure) else None,
                    words[columns.beside] if isinstance(beside, Figure) else "",
                    words[columns.place] if columns.place >= 0 else "",
                )
            )
    return found


def draw(frame: Frame, rows: Sequence[Row]) -> Canvas:
    """Names to the left, bars from one line, the words of each figure at the end of its bar."""
    names = [wrapped(row.name, style.BODY, _NAMES) for row in rows]
    places = max((width_of(row.place, style.BODY) for row in rows), default=0.0)
    places += _GAP if places else 0
    left = style.MARGIN + places + max(width_of(line, style.BODY) for name in names for line in name) + _GAP
    said = max(width_of(row.said, style.BODY, bold=True) for row in rows)
    room = style.WIDTH - style.MARGIN - left - _GAP - said
    largest = max(abs(each.value) for row in rows for each in (row.figure, row.beside) if each)
    heights = [max(_ROW, len(name) * style.BODY * 1.12 + 22) for name in names]
    canvas = frame.canvas(sum(heights))
    top = frame.top
    for row, name, height in zip(rows, names, heights, strict=True):
        middle = top + height / 2
        _names(canvas, row, name, middle, places)
        _bar(canvas, row, (left, middle), room / largest)
        top += height
    return canvas


def _names(canvas: Canvas, row: Row, name: list[str], middle: float, places: float) -> None:
    if row.place:
        canvas.text((style.MARGIN + places - _GAP, middle - style.BODY * 0.62), row.place, colour=style.QUIET, to="right")
    top = middle - style.BODY * (1.12 * len(name) + 0.12) / 2
    for line in name:
        canvas.text((style.MARGIN + places, top), line)
        top += style.BODY * 1.12


def _bar(canvas: Canvas, row: Row, at: tuple[float, float], scale: float) -> None:
    left, middle = at
    end = left + abs(row.figure.value) * scale
    canvas.bar((left, middle - _BAR / 2, end, middle + _BAR / 2), row.colour)
    if row.beside is not None and _same_side(row):
        mark = left + abs(row.beside.value) * scale
        canvas.bar((mark - 3.5, middle - _BAR / 2 - 6, mark + 3.5, middle + _BAR / 2 + 6), style.GROUND, 0)
        canvas.bar((mark - 2, middle - _BAR / 2 - 5, mark + 2, middle + _BAR / 2 + 5), style.BESIDE, 0)
        if mark > end - 4:
            end = max(end, mark + 4)
    canvas.text((end + _GAP * 0.75, middle - style.BODY * 0.62), row.said, bold=True)


def _same_side(row: Row) -> bool:
    """A balance that changed sides has no place on the same bar."""
    return row.beside is not None and (row.figure.metric != Metric.BALANCE or row.figure.value * row.beside.value > 0)


def _plain(card: Card) -> str:
    return card.read_as or (card.sheet.title if card.sheet else "")


def _subtitle(sheet: Sheet, columns: Columns, shown: int, of: str) -> str:
    """“US goods deficit, 2025 · the first 15 of 25”."""
    what = f"{sheet.title}, {sheet.columns[columns.main]}" if sheet.title else sheet.columns[columns.main]
    return f"{what} · {of}" if of else what


def _of(reply: Reply, found: int, shown: int) -> str:
    return "only the first bars fit" if shown < found or (reply.answer.facts.get("rest") and shown == found) else ""


def _keys(sheet: Sheet, columns: Columns, rows: Sequence[Row]) -> tuple[Key, ...]:
    """A legend only for what the title does not tell: the two sides of zero, and the year beside."""
    keys = []
    if len({row.colour for row in rows}) > 1:
        sides = {row.colour: ("deficit" if row.figure.is_deficit else "surplus") for row in rows}
        keys = [Key(colour, f"US {side}") for colour, side in sides.items()]
    if any(row.beside and _same_side(row) for row in rows):
        keys.append(Key(style.BESIDE, sheet.columns[columns.beside], mark=True))
    return tuple(keys)


def _told(row: Row, sheet: Sheet, columns: Columns) -> str:
    beside = f" ({sheet.columns[columns.beside]}: {row.beside_said})" if row.beside else ""
    return f"{row.name} {row.said}{beside}"
