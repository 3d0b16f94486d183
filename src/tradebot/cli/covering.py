"""`tradebot coverage`: what the knowledge holds of whom, and what of it is derived, stale, disputed or missing."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from tradebot.answering.coverage import MEASURES, Board, Cell, Row, Shelf, Status, board
from tradebot.knowledge.periods import MONTHS, Period
from tradebot.knowledge.problems import did_you_mean
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge

LETTERS = {Status.KNOWN: "K", Status.DERIVED: "D", Status.STALE: "S", Status.DISPUTED: "X", Status.MISSING: "-"}
STYLES = {Status.KNOWN: "green", Status.DERIVED: "cyan", Status.STALE: "yellow", Status.DISPUTED: "magenta", Status.MISSING: "dim"}
WORLD_NAME = "All partners"
NONE = "–"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def cover(knowledge: Knowledge, today: dt.date, wanted: str, *, as_json: bool, plainly: bool) -> None:
    """Prints the board of every partner, or of the one wanted by id or name. Raises UsageError for a partner that is not there."""
    partners = (find(knowledge, wanted),) if wanted else ()
    found = board(knowledge, today, partners)
    if as_json:
        click.echo(json.dumps(to_json(found, knowledge), ensure_ascii=False))
    elif plainly or not sys.stdout.isatty():
        click.echo("\n\n".join(_text(grid) for grid in grids(found, knowledge)))
    else:
        _draw(grids(found, knowledge))


def find(knowledge: Knowledge, wanted: str) -> str:
    """The id of a partner by its id, name or another of its names. Raises UsageError."""
    names = {WORLD.casefold(): WORLD, WORLD_NAME.casefold(): WORLD}
    for partner in knowledge.partners.values():
        names.update((name.casefold(), partner.id) for name in (partner.id, partner.name, *partner.aliases))
    if wanted.casefold() not in names:
        raise click.UsageError(f"No partner is called “{wanted}”{did_you_mean(wanted.casefold(), names)}")
    return names[wanted.casefold()]


def grids(found: Board, knowledge: Knowledge) -> Iterator[Grid]:
    """One partner: its measures. All: how many partners have what, then each of them. Both: the age of every kind of fact."""
    if len(found.rows) == 1:
        only = found.rows[0]
        rows = tuple((MEASURES[name], str(cell.status), _until(cell)) for name, cell in only.cells.items())
        yield Grid(f"{_name(knowledge, only)} on {_day(found.today)}", ("Measure", "Status", "Held up to"), rows)
    else:
        counts = found.counts()
        lines = tuple((title, *(str(counts[name][status]) for status in Status)) for name, title in MEASURES.items())
        yield Grid(f"Coverage of {len(found.rows)} areas on {_day(found.today)}", ("Measure", *(str(each) for each in Status)), lines)
        legend = ", ".join(f"{letter} {status}" for status, letter in LETTERS.items())
        marks = tuple((_name(knowledge, row), *(LETTERS[cell.status] for cell in row.cells.values())) for row in found.rows)
        yield Grid(f"By partner: {legend}", ("Partner", *MEASURES.values()), marks)
    yield Grid("Ages", ("Kind of fact", "Latest", "Good until", "Stale"), tuple(_shelf(shelf) for shelf in found.shelves))


def to_json(found: Board, knowledge: Knowledge) -> dict[str, object]:
    """The board for programs: dates as 2026-07-31, periods as in answers."""
    counts = {measure: {str(status): number for status, number in by.items()} for measure, by in found.counts().items()}
    return {
        "today": found.today.isoformat(),
        "counts": counts,
        "partners": [
            {"id": row.partner, "name": _name(knowledge, row), "measures": {name: _cell_json(cell) for name, cell in row.cells.items()}}
            for row in found.rows
        ],
        "ages": [
            {
                "kind": shelf.kind,
                "title": shelf.title,
                "latest": shelf.date.isoformat() if shelf.date else None,
                "good_until": shelf.ends.isoformat() if shelf.ends else None,
                "stale": shelf.stale,
            }
            for shelf in found.shelves
        ],
    }


def _cell_json(cell: Cell) -> dict[str, str | None]:
    until = cell.until.id if isinstance(cell.until, Period) else cell.until.isoformat() if cell.until else None
    return {"status": str(cell.status), "until": until}


def _name(knowledge: Knowledge, row: Row) -> str:
    return WORLD_NAME if row.partner == WORLD else knowledge.partners[row.partner].name


def _shelf(shelf: Shelf) -> tuple[str, ...]:
    stale = (str(shelf.stale) if shelf.kind == "members" else "yes") if shelf.stale else "no"
    return (shelf.title, _day(shelf.date), _day(shelf.ends), stale)


def _until(cell: Cell) -> str:
    return cell.until.label if isinstance(cell.until, Period) else _day(cell.until)


def _day(date: dt.date | None) -> str:
    return f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}" if date else NONE


def _text(grid: Grid) -> str:
    """Columns two spaces apart."""
    lines = (grid.columns, *grid.rows)
    widths = [max(len(line[at]) for line in lines) for at in range(len(grid.columns))]
    drawn = ("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in lines)
    return "\n".join((grid.title, *drawn))


def _draw(tables: Iterator[Grid]) -> None:
    from rich.console import Console  # noqa: PLC0415  a pipe does not pay for it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    colours = {word: style for status, style in STYLES.items() for word in (LETTERS[status], str(status))}
    for grid in tables:
        table = Table(box=None, pad_edge=False, title=Text(grid.title, style="bold"), title_justify="left")
        for heading in grid.columns:
            table.add_column(Text(heading, style="dim"))
        for row in grid.rows:
            table.add_row(*(Text(word, style=colours.get(word, "") if at else "") for at, word in enumerate(row)))
        console.print(table)
        console.print()
