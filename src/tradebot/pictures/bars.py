"""Bars: the rows of an answer's table, largest measure first in the eye: rankings, comparisons, products by chapter or supplier.

A bar is as long as its figure is large; the year beside it is a stroke across; which side of zero a balance is on is
told by the colour, and in words where the title does not say it. The words are those of the card's own table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tradebot.answer import Table
from tradebot.knowledge.figures import Figure, Unit
from tradebot.pictures import style
from tradebot.pictures.canvas import Canvas, width_of, wrapped
from tradebot.pictures.columns import Columns, columns_of
from tradebot.pictures.composed import Composed, alt_text, foot_of
from tradebot.pictures.frame import Frame, Key, title_of, upfirst
from tradebot.presentation.card import Sheet
from tradebot.presentation.reply import Reply
from tradebot.presentation.voice import Voice, listening
from tradebot.query import Metric

MOST_ROWS = 15
"""More bars than that are too thin for a phone."""
_NAMES = 330
_BAR = 34
_ROW = 62
_GAP = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One bar: what it is called, the figure and its words, and the figure beside it with its words.

    `strong` sets its name in bold; `painted` is a colour of its own, else its figure gives it one.
    """

    name: str
    figure: Figure
    said: str
    beside: Figure | None = None
    beside_said: str = ""
    place: str = ""
    strong: bool = False
    painted: str = ""

    @property
    def colour(self) -> str:
        if self.painted:
            return self.painted
        if self.figure.metric != Metric.BALANCE:
            return {"imports": style.IMPORTS, "exports": style.EXPORTS}.get(self.figure.metric.partition(".")[0], style.PLAIN)
        return style.DEFICIT if self.figure.is_deficit else style.SURPLUS

    def saying(self, words: str) -> Row:
        """The same bar with other words at its end."""
        return replace(self, said=words)


def compose(reply: Reply, voice: Voice) -> Composed | None:
    """The bars of a reply's table, None where it has no figures to draw."""
    table, sheet = reply.answer.table, reply.card.sheet
    columns = columns_of(table) if table else None
    if table is None or sheet is None or columns is None:
        return None
    column = sheet.columns[columns.main]
    what = sheet.title if column.lower() in sheet.title.lower() else ", ".join(filter(None, (sheet.title, column)))
    beside = sheet.columns[columns.beside] if columns.beside >= 0 else ""
    asked = reply.answer.facts.get("asked")
    of = round(asked.value) if isinstance(asked, Figure) and asked.unit is Unit.COUNT else 0
    return of_rows(reply, rows_of(reply, table, sheet, columns), what, voice, beside=beside, of=of)


def of_rows(reply: Reply, found: Sequence[Row], what: str, voice: Voice, *, beside: str = "", of: int = 0) -> Composed | None:
    """Bars of any rows. `what` is said under the title, `beside` names the year beside, `of` is how many were asked for."""
    if len(found) < 2 or not any(row.figure.value for row in found):
        return None
    shown = found[:MOST_ROWS]
    with listening() as heard:
        cut = _cut(len(shown), max(of, len(found)), voice)
        title = title_of(reply.card.headline, reply.card.read_as or what)
        said = [] if title == upfirst(what) else [what]
        frame = Frame(title, " · ".join([*said, cut] if cut else said), foot_of(reply.card), _keys(shown, beside))
        alt = alt_text("Bar chart", frame, [_told(row, beside) for row in shown])
    return Composed(draw(frame, shown), frame.title, alt, tuple(heard))


def rows_of(reply: Reply, table: Table, sheet: Sheet, columns: Columns) -> list[Row]:
    """The rows that have a figure, in the order of the table; one that the question named is set in bold."""
    asked = set(reply.query.partners) if reply.query else set()
    found: list[Row] = []
    for cells, words in zip(table.rows, sheet.rows, strict=True):
        figure, beside = cells[columns.main], cells[columns.beside] if columns.beside >= 0 else None
        if isinstance(figure, Figure):
            row = Row(upfirst(words[columns.name]), figure, words[columns.main], strong=figure.partner in asked)
            if isinstance(beside, Figure):
                row = replace(row, beside=beside, beside_said=words[columns.beside])
            found.append(replace(row, place=words[columns.place]) if columns.place >= 0 else row)
    return [replace(row, strong=False) for row in found] if all(row.strong for row in found) else found


def draw(frame: Frame, rows: Sequence[Row]) -> Canvas:
    """Names to the left, bars from one line, the words of each figure at the end of its bar."""
    names = [wrapped(row.name, style.BODY, _NAMES, bold=True) for row in rows]
    places = max((width_of(row.place, style.BODY) for row in rows), default=0.0)
    places += _GAP if places else 0
    left = style.MARGIN + places + max(width_of(line, style.BODY, bold=True) for name in names for line in name) + _GAP
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
        canvas.text((style.MARGIN + places, top), line, bold=row.strong)
        top += style.BODY * 1.12


def _bar(canvas: Canvas, row: Row, at: tuple[float, float], scale: float) -> None:
    left, middle = at
    end = left + abs(row.figure.value) * scale
    canvas.bar((left, middle - _BAR / 2, end, middle + _BAR / 2), row.colour)
    if row.beside is not None and _same_side(row):
        mark = left + abs(row.beside.value) * scale
        if mark > end:
            canvas.line([(end, middle), (mark, middle)], style.QUIET, 3)
        canvas.bar((mark - 3.5, middle - _BAR / 2 - 6, mark + 3.5, middle + _BAR / 2 + 6), style.GROUND, 0)
        canvas.bar((mark - 2, middle - _BAR / 2 - 5, mark + 2, middle + _BAR / 2 + 5), style.BESIDE, 0)
        if mark > end - 4:
            end = max(end, mark + 4)
    canvas.text((end + _GAP * 0.75, middle - style.BODY * 0.62), row.said, bold=True)


def _same_side(row: Row) -> bool:
    """A balance that changed sides has no place on the same bar."""
    return row.beside is not None and (row.figure.metric != Metric.BALANCE or row.figure.value * row.beside.value > 0)


def _cut(shown: int, of: int, voice: Voice) -> str:
    """What is left out for want of room: “the first 15 of 94”."""
    if of <= shown:
        return ""
    few, wanted = (Figure("", metric, None, float(number), Unit.COUNT) for metric, number in (("drawn", shown), ("asked", of)))
    return f"the first {voice.count(few)} of {voice.count(wanted)}"


def _keys(rows: Sequence[Row], beside: str) -> tuple[Key, ...]:
    """A legend only for what the title does not tell: the two sides of zero, and the year beside."""
    sides = {row.colour: "US deficit" if row.figure.is_deficit else "US surplus" for row in rows if row.figure.metric == Metric.BALANCE}
    keys = [Key(colour, side) for colour, side in sides.items()] if len(sides) > 1 else []
    if beside and any(row.beside and _same_side(row) for row in rows):
        keys.append(Key(style.BESIDE, beside, mark=True))
    return tuple(keys)


def _told(row: Row, beside: str) -> str:
    return f"{row.name} {row.said} ({beside}: {row.beside_said})" if row.beside and beside else f"{row.name} {row.said}"
