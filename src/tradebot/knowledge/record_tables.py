"""Tables of the record: strict lines of keys and plain decimals, read with one pattern per line.

A general CSV reader that hands out dictionaries needs several times as long for the 17,000 lines of months; the
pattern accepts exactly what the files may hold, and only a line that it refuses is looked at cell by cell.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tradebot.knowledge.limits import MAX_LINES
from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.record_series import NAN
from tradebot.knowledge.source_text import read_text, too_long

_NUMBER = r"(?:\d++(?:\.\d++)?+)?+"  # possessive: nothing to try twice, half the time
_KEYS = {
    "area": (r"[A-Z][A-Z0-9-]*", "not an id such as VN or WORLD"),
    "year": (r"(?:19|20)\d\d", "not a year"),
    "months": (r"\d\d?", "not a number of months"),
    "flow": (r"imports|exports", "must be imports or exports"),
    "source": (r"[a-z][a-z0-9-]*", "not a source id"),
    "code": (r"[0-9A-Za-z+-]+", "not a Census code"),
}

Line = tuple[int, list[str], "array[float]"]


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose good lines come as (line number, keys, numbers); `numbers` are the headings of the number columns."""

    name: str
    keys: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: Iterator[Line]
    problems: Problems

    def report(self, line: int, column: str, sentence: str) -> None:
        """Adds a problem about a column of a line that was well-formed."""
        self.problems.add(Problem(self.name, line, 1, column, sentence))


def read_table(path: Path, name: str, keys: tuple[str, ...], numbers: tuple[str, ...] | None, problems: Problems) -> Table:
    """As parse_table, of a file."""
    return parse_table(read_text(path, name, problems, spreadsheet=True), name, keys, numbers, problems)


def parse_table(text: str | None, name: str, keys: tuple[str, ...], numbers: tuple[str, ...] | None, problems: Problems) -> Table:
    """Reads a table whose first columns are `keys`; `numbers` None takes the rest of the heading as chapters (HS01 …).

    `name` is what problems call the file; a `text` that could not be read has no lines.
    """
    if text is not None and too_long(text, name, MAX_LINES, problems):
        text = None
    lines = _lines(text or "")
    found = tuple(next(lines).split(","))
    columns = _chapters(found[len(keys) :]) if numbers is None else numbers
    if text is not None and (found != keys + columns or not columns):
        problems.add(Problem(name, 1, 1, "", f"the first line must be {','.join(keys + (columns or ('HS01', '…')))}"))
        lines = iter(())
    return Table(name, keys, columns, _rows(name, lines, keys, columns, problems), problems)


def _lines(text: str) -> Iterator[str]:
    """The lines one by one: all of them at once would be a fifth of the memory that reading the record takes."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _chapters(headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(heading for heading in headings if re.fullmatch(r"HS\d\d", heading))


def _rows(name: str, lines: Iterator[str], keys: tuple[str, ...], columns: tuple[str, ...], problems: Problems) -> Iterator[Line]:
    width = len(keys)
    heads = ",".join(f"(?:{_KEYS[key][0]})" for key in keys)
    good = re.compile(f"{heads}(?:,{_NUMBER}){{{len(columns)}}}").fullmatch
    for number, line in enumerate(lines, start=2):
        if good(line):
            cells = line.split(",")
            yield number, cells[:width], array("d", [float(cell) if cell else NAN for cell in cells[width:]])
        elif line and not problems.full(name):
            problems.extend(_explained(name, number, line, keys + columns))


def _explained(name: str, number: int, line: str, columns: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with a line that the pattern refused."""
    cells = line.split(",")
    if len(cells) != len(columns):
        yield Problem(name, number, 1, "", f"has {len(cells)} cells, not {len(columns)} (decimals are written with a point: 12.5)")
        return
    at = 1
    for column, cell in zip(columns, cells, strict=True):
        pattern, sentence = _KEYS.get(column, (_NUMBER, "not a plain number"))
        if not re.fullmatch(pattern, cell):
            negative = column not in _KEYS and re.fullmatch(r"-\d+(?:\.\d+)?", cell)
            yield Problem(name, number, at, column, f'{"never negative" if negative else sentence}: "{cell}"')
        at += len(cell) + 1
