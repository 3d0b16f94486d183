"""Strict CSV: the exact header, full rows, numbers and dates as we write them, whatever a spreadsheet did to the rest.

A byte-order mark and Windows line ends are taken as they come, for spreadsheets add them unasked; decimal commas,
`Jan-25`, `1.2E+05` and `#REF!` are refused at their line and column.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from tradebot.knowledge.kept import digest_of, kept
from tradebot.knowledge.limits import MAX_PROBLEMS, MAX_ROWS
from tradebot.knowledge.problems import Problem, Problems, did_you_mean, name_of
from tradebot.knowledge.source_text import read_bytes, read_text, text_of, too_long

T = TypeVar("T")

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CELL = re.compile(r'"(?:[^"]|"")*"|[^,]*')
_DAMAGE = re.compile(
    r"""(?:^|,)"?(?P<cell>
        (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d\d  # 2025-01 became Jan-25
      | \d{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:-\d\d)?
      | -?\d+(?:\.\d+)?E[+-]\d+
      | \#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|\#+)
    )"?(?=,|$)""",
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the rows of one file share: the name for problems, the place of each column, the raw lines."""

    file: str
    index: Mapping[str, int]
    lines: Sequence[str]


@dataclass(slots=True)
class Row:
    """One line of a CSV file. `row["imports"]` is the cell's text; the readers add a problem and return None."""

    sheet: Sheet
    line: int
    cells: list[str]

    def __getitem__(self, column: str) -> str:
        return self.cells[self.sheet.index[column]]

    def problem(self, column: str, sentence: str) -> Problem:
        """A problem with the cell of that column."""
        return Problem(self.sheet.file, self.line, _column_of(self.sheet, self.line, self.sheet.index[column]), column, sentence)

    def text(self, column: str, problems: Problems) -> str | None:
        """Text that may not be empty."""
        if cell := self[column]:
            return cell
        problems.add(self.problem(column, "is empty"))
        return None

    def number(self, column: str, problems: Problems) -> float | None:
        """A number such as -1234.5. None for an empty cell too, which is no problem: nothing is held."""
        cell = self[column]
        if _NUMBER.fullmatch(cell):
            return float(cell)
        if cell:
            problems.add(self.problem(column, _not_a_number(cell)))
        return None

    def integer(self, column: str, problems: Problems) -> int | None:
        """As number, for whole numbers."""
        cell = self[column]
        if _NUMBER.fullmatch(cell) and "." not in cell:
            return int(cell)
        if cell:
            problems.add(self.problem(column, f'not a whole number: "{cell}"'))
        return None

    def date(self, column: str, problems: Problems) -> dt.date | None:
        """A date such as 2026-07-24; None for an empty cell, which is no problem."""
        cell = self[column]
        if _DATE.fullmatch(cell):
            with suppress(ValueError):
                return dt.date.fromisoformat(cell)
        if cell:
            problems.add(self.problem(column, f'not a date: "{cell}"; write it as 2026-07-24'))
        return None

    def one_of(self, column: str, known: Collection[str], problems: Problems, kind: str = "") -> str | None:
        """An id out of `known`; `kind` says what it should name (partner, source, …)."""
        cell = self[column]
        if cell in known:
            return cell
        if problems.full(self.sheet.file):
            return None
        sentence = f"unknown {kind} “{cell}”" if kind else f"must be one of {', '.join(known)}, not “{cell}”"
        problems.add(self.problem(column, sentence + did_you_mean(cell, known)))
        return None


def read_csv(path: Path, columns: Sequence[str], problems: Problems, root: Path | None = None) -> list[Row]:
    """The rows below the header; rows that cannot be read are left out, each with a problem. Blank lines are skipped."""
    name = name_of(path, root)
    text = read_text(path, name, problems, spreadsheet=True)
    return [] if text is None else parse_csv(text, columns, name, problems)


def read_kept(
    path: Path,
    columns: Sequence[str],
    make: Callable[[list[Row], Problems], T],
    of: tuple[object, ...],
    problems: Problems,
    root: Path | None = None,
) -> T:
    """What `make` makes of the rows, kept while the file and whatever else it is made `of` are the same."""
    name = name_of(path, root)
    data = read_bytes(path, name, problems)
    if data is None:
        return make([], problems)

    def made(found: Problems) -> T:
        text = text_of(data, name, found, spreadsheet=True)
        return make([] if text is None else parse_csv(text, columns, name, found), found)

    return kept(name, (digest_of(data), *of), made, problems)


def parse_csv(text: str, columns: Sequence[str], name: str, problems: Problems) -> list[Row]:
    """As read_csv, from text with `\\n` line ends; `name` is the file's name in problems."""
    if too_long(text, name, MAX_ROWS, problems):
        return []
    lines = text.split("\n")
    sheet = Sheet(name, {column: place for place, column in enumerate(columns)}, lines)
    if not _header_fits(lines[0], columns, name, problems):
        return []
    _report_damage(text, sheet, columns, problems)
    rows = []
    for line, raw in enumerate(lines[1:], 2):
        if problems.full(name):
            break
        cells = _cells(raw)
        if cells is None:
            problems.add(Problem(name, line, 1, "", "quotes that do not fit, or a line break inside a cell"))
        elif len(cells) == len(columns):
            rows.append(Row(sheet, line, cells))
        elif raw:
            problems.add(Problem(name, line, 1, "", _wrong_width(cells, columns)))
    return rows


def _cells(raw: str) -> list[str] | None:
    """One line's cells, or None when its quotes do not fit. Every record is one line."""
    if '"' not in raw:
        return raw.split(",")
    try:
        return next(csv.reader([raw], strict=True))
    except csv.Error:
        return None


def _header_fits(header: str, columns: Sequence[str], name: str, problems: Problems) -> bool:
    found = [cell.strip('"') for cell in header.split(",")]
    if found == list(columns):
        return True
    wanted = ",".join(columns)
    if not header:
        sentence = f"the file is empty; its first line must be {wanted}"
    elif header.replace(";", ",").replace("\t", ",").replace('"', "") == wanted:
        sentence = "the columns are not separated by commas; save the sheet as comma-separated values"
    else:
        sentence = f"the first line must be {wanted}"
    problems.add(Problem(name, 1, 1, "", sentence))
    return False


def _report_damage(text: str, sheet: Sheet, columns: Sequence[str], problems: Problems) -> None:
    for match in islice(_DAMAGE.finditer(text), MAX_PROBLEMS):
        start = match.start("cell")
        line = text.count("\n", 0, start) + 1
        begin = text.rfind("\n", 0, start) + 1
        place = next((i for i in range(len(columns)) if _column_of(sheet, line, i) >= start - begin), len(columns) - 1)
        problems.add(
            Problem(
                sheet.file,
                line,
                start - begin + 1,
                columns[place],
                f"a spreadsheet changed this: “{match['cell']}”; format the column as text",
            )
        )


def _wrong_width(cells: list[str], columns: Sequence[str]) -> str:
    hint = "; a decimal comma? write 12.5" if len(cells) > len(columns) else ""
    return f"has {len(cells)} {'cell' if len(cells) == 1 else 'cells'} instead of {len(columns)}{hint}"


def _not_a_number(cell: str) -> str:
    hint = ""
    if re.fullmatch(r"-?[\d.]+,\d+", cell):
        hint = "; write a decimal point and no thousands separators"
    elif cell != cell.strip():
        hint = "; there is a space around it"
    return f'not a number: "{cell}"{hint}'


def _column_of(sheet: Sheet, line: int, place: int) -> int:
    """Where a cell begins in its line, from 1."""
    raw, offset = sheet.lines[line - 1], 0
    for _ in range(place):
        match = _CELL.match(raw, offset)
        offset = min(match.end() + 1, len(raw)) if match else offset
    return offset + 1
