"""The files of the record as plain tables: read, merged, and written again, line by line.

    annual.csv         area,year,source,code,imports,exports            area, year       2 numbers
    months.csv         area,year,flow,source,code,jan … dec             area, year, flow 12 numbers
    to_date.csv        area,year,months,source,code,imports,exports     area, year       2 numbers
    chapters.csv       area,year,flow,source,code,HS01 … HS99           area, year, flow a number per chapter

and the same for the areas that the Census Bureau adds up itself (aggregates.csv …). What was read and written back
without a change is the same to the byte.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tradebot.knowledge.problems import Problems, name_of
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import FLOWS
from tradebot.knowledge.record_files import MONTH_COLUMNS
from tradebot.knowledge.record_tables import read_table

ANNUAL, MONTHS, TO_DATE, CHAPTERS = "annual.csv", "months.csv", "to_date.csv", "chapters.csv"
AGGREGATED = {ANNUAL: "aggregates.csv", MONTHS: "aggregate_months.csv", TO_DATE: TO_DATE, CHAPTERS: "aggregate_chapters.csv"}
"""The file for aggregates that goes with each file for partners."""
_LINE = ("source", "code")
_SHAPES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...] | None]] = {
    ANNUAL: (("area", "year", *_LINE), FLOWS),
    MONTHS: (("area", "year", "flow", *_LINE), MONTH_COLUMNS),
    TO_DATE: (("area", "year", "months", *_LINE), FLOWS),
    CHAPTERS: (("area", "year", "flow", *_LINE), None),
}
FILES = {name: shape for kind, shape in _SHAPES.items() for name in dict.fromkeys((kind, AGGREGATED[kind]))}

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its first cells, its source, the Census code, and its numbers in USD million (NaN: empty)."""

    cells: Key
    source: str
    code: str
    numbers: tuple[float, ...]

    @property
    def area(self) -> str:
        return self.cells[0]

    @property
    def year(self) -> int:
        return int(self.cells[1])

    def text(self) -> str:
        return ",".join([*self.cells, self.source, self.code, *map(plain, self.numbers)])


@dataclass(frozen=True, slots=True)
class Table:
    """One file. Lines are kept by area, year and flow; there is one year to date for an area and year."""

    name: str
    columns: tuple[str, ...]
    lines: Mapping[Key, Line]

    def text(self, order: Mapping[str, int]) -> str:
        """The file: the world, then partners, then aggregates (`order` by area, 0 if not there), each by year."""
        heading = ",".join([*FILES[self.name][0], *self.columns])
        lines = sorted(self.lines.values(), key=lambda line: _place(line, order))
        return "\n".join([heading, *(line.text() for line in lines), ""])


Tables = Mapping[str, Table]


def read_tables(root: Path, problems: Problems) -> Tables:
    """Every table of the record under `root`, the knowledge directory."""
    return {name: _read(root, name, problems) for name in FILES}


def _read(root: Path, name: str, problems: Problems) -> Table:
    path = root / "record" / name
    keys, columns = FILES[name]
    table = read_table(path, name_of(path, root), keys, columns, problems)
    lines = (Line(tuple(cells[:-2]), cells[-2], _padded(cells[-1]), tuple(numbers)) for _, cells, numbers in table.rows)
    return Table(name, table.numbers, by_key(name, lines))


def by_key(name: str, lines: Iterable[Line]) -> dict[Key, Line]:
    return {key_of(name, line): line for line in lines}


def key_of(name: str, line: Line) -> Key:
    return line.cells[:2] if name == TO_DATE else line.cells


def plain(value: float) -> str:
    """12.5 and not 12.500000; nothing for NaN. A figure is exact to a dollar."""
    if math.isnan(value):
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def decimals(values: Iterable[float]) -> int:
    """How many decimals the most exact of the values has, 0 to 6."""
    return max((len(plain(value).partition(".")[2]) for value in values), default=0)


def last_month(tables: Tables) -> int:
    """The last month of the world, counted as in Period: of its year to date, else December of its last year."""
    spans = [line.year * 12 + int(line.cells[2]) - 1 for line in tables[TO_DATE].lines.values() if line.area == WORLD]
    years = [line.year * 12 + 11 for line in tables[ANNUAL].lines.values() if line.area == WORLD]
    return max([*spans, *years], default=-1)


def _padded(code: str) -> str:
    """Spreadsheets drop the zeros in front of a code."""
    return code.zfill(4) if code.isdigit() else code


def _place(line: Line, order: Mapping[str, int]) -> tuple[object, ...]:
    flow = line.cells[2] if len(line.cells) > 2 else ""
    kind = -1 if line.area == WORLD else order.get(line.area, 0)
    return (kind, line.area, line.year, FLOWS.index(flow) if flow in FLOWS else 0)
