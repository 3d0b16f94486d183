"""Reads knowledge/record/*.csv into a Record; every bad cell is a problem with its line and column.

    annual.csv    aggregates.csv          ─▶ years     ┐
    months.csv    aggregate_months.csv    ─▶ months    │
    to_date.csv                           ─▶ spans     ├─▶ Record
    chapters.csv  aggregate_chapters.csv  ─▶ chapters  │
    areas.csv                             ─▶ what the aggregates cover: areas that the Census Bureau adds up itself
    vintages.csv                          ─▶ which kind of file each source is

A line is some keys, then numbers in USD million; an empty cell is “not held”, never zero. Each part is kept while its files are the
same, and the record while all its parts are: most edits leave the figures alone, or touch one of these tables.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

from tradebot.knowledge.csv_files import Row as CsvRow
from tradebot.knowledge.csv_files import read_kept
from tradebot.knowledge.kept import digest_of, kept, shared
from tradebot.knowledge.periods import MONTHS, Period
from tradebot.knowledge.problems import Problems, name_of
from tradebot.knowledge.record import WORLD, Aggregate, Key, Record
from tradebot.knowledge.record_figures import FLOWS
from tradebot.knowledge.record_series import Origin, Row, Series, packed
from tradebot.knowledge.record_tables import Table, parse_table
from tradebot.knowledge.source_text import read_bytes, text_of

MONTH_COLUMNS = tuple(month[:3].lower() for month in MONTHS)
_ORIGINS_KEPT = 4_096

K = TypeVar("K")
V = TypeVar("V")
Shape = tuple[tuple[str, ...], tuple[str, ...] | None]
"""The keys and the numbers of a line; None for as many chapters as there are."""
Dated = tuple[int, Key, int, tuple[Origin, "array[float]"]]
"""Line, area and flow, year, and what the line holds of them."""


@dataclass(frozen=True, slots=True)
class _Part(Generic[K, V]):
    """What files of one shape hold; `areas` are those of the first of them, where the partners stand."""

    rows: Mapping[K, V]
    areas: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()


def load_record(root: Path, problems: Problems) -> Record:
    """The record under `root` (the knowledge directory). Bad lines are left out and become problems."""
    years = _part(root, ("annual.csv", "aggregates.csv"), (("area", "year", "source", "code"), FLOWS), _years, problems)
    months = _part(
        root, ("months.csv", "aggregate_months.csv"), (("area", "year", "flow", "source", "code"), MONTH_COLUMNS), _months, problems
    )
    spans = _part(root, ("to_date.csv",), (("area", "year", "months", "source", "code"), FLOWS), _to_date, problems)
    chapters = _part(
        root, ("chapters.csv", "aggregate_chapters.csv"), (("area", "year", "flow", "source", "code"), None), _chapters, problems
    )
    aggregates = read_kept(root / "record/areas.csv", ("id", "name", "codes", "note"), _aggregates, (), problems, root)
    origins = read_kept(root / "record/vintages.csv", ("source", "origin"), _origins, (), problems, root)
    partners = (years.areas | months.areas | spans.areas) - {WORLD} - aggregates.keys()
    return shared(
        "record",
        (years, months, spans, chapters, aggregates, origins),
        lambda: Record(
            years=years.rows,
            months_held=months.rows,
            stored=spans.rows,
            chapters=chapters.rows,
            chapter_ids=chapters.numbers,
            partner_ids=tuple(sorted(partners)),
            aggregates=aggregates,
            origins=origins,
        ),
    )


def _part(
    root: Path, files: Sequence[str], shape: Shape, make: Callable[[Sequence[Table]], _Part[K, V]], problems: Problems
) -> _Part[K, V]:
    """What the files of one shape hold, kept while their bytes are the same."""
    paths = [root / "record" / file for file in files]
    names = tuple(name_of(path, root) for path in paths)
    held = [read_bytes(path, name, problems) for path, name in zip(paths, names, strict=True)]

    def made(found: Problems) -> _Part[K, V]:
        texts = [None if data is None else text_of(data, name, found, spreadsheet=True) for name, data in zip(names, held, strict=True)]
        return make([parse_table(text, name, *shape, found) for name, text in zip(names, texts, strict=True)])

    return kept(names, tuple(b"" if data is None else digest_of(data) for data in held), made, problems)


def _years(tables: Sequence[Table]) -> _Part[Key, Series]:
    part = _columns(tables, _year_lines, 1)
    without = [flow for flow in FLOWS if not ((world := part.rows.get((WORLD, flow))) and world.held())]
    if without and not tables[0].problems:  # lines that cannot be read are told already
        tables[0].report(1, without[0], f"{WORLD} has none, and every total and every share needs them")
    return part


def _year_lines(table: Table) -> Iterator[Dated]:
    for line, (area, year, source, code), values in table.rows:
        origin = _origin(source, code)
        for flow, value in zip(FLOWS, values, strict=True):
            yield line, (area, flow), int(year), (origin, array("d", (value,)))


def _months(tables: Sequence[Table]) -> _Part[Key, Series]:
    return _columns(tables, _month_lines, 12)


def _month_lines(table: Table) -> Iterator[Dated]:
    for line, (area, year, flow, source, code), values in table.rows:
        yield line, (area, flow), int(year), (_origin(source, code), values)


def _columns(tables: Sequence[Table], lines: Callable[[Table], Iterable[Dated]], step: int) -> _Part[Key, Series]:
    rows: dict[Key, dict[int, tuple[Origin, array[float]]]] = defaultdict(dict)
    areas: list[frozenset[str]] = []
    for table in tables:
        for line, key, year, row in lines(table):
            _put(table, line, rows[key], year, row)
        areas.append(frozenset(area for area, _ in rows))
    return _Part(MappingProxyType({key: Series.build(years, step) for key, years in rows.items()}), areas[0])


def _to_date(tables: Sequence[Table]) -> _Part[Key, tuple[tuple[Period, Row], ...]]:
    (table,) = tables
    rows: dict[Key, list[tuple[Period, Row]]] = defaultdict(list)
    for line, (area, year, months, source, code), values in table.rows:
        if not 1 <= int(months) <= 11:
            table.report(line, "months", "must be 1 to 11: January up to which month")
            continue
        period = Period.months(int(year), 1, int(year), int(months))
        for flow, value in zip(FLOWS, values, strict=True):
            rows[area, flow].append((period, Row(_origin(source, code), packed([value]))))
    return _Part(MappingProxyType({key: tuple(spans) for key, spans in rows.items()}), frozenset(area for area, _ in rows))


def _chapters(tables: Sequence[Table]) -> _Part[tuple[str, str, int], Row]:
    rows: dict[tuple[str, str, int], Row] = {}
    numbers: tuple[str, ...] = ()
    for table in tables:
        for line, (area, year, flow, source, code), values in table.rows:
            _put(table, line, rows, (area, flow, int(year)), Row(_origin(source, code), packed(values)))
        if numbers and table.numbers != numbers:
            table.report(1, "", "has other chapter columns than chapters.csv")
        numbers = numbers or table.numbers
    return _Part(MappingProxyType(rows), numbers=numbers)


def _aggregates(rows: Sequence[CsvRow], _: Problems) -> Mapping[str, Aggregate]:
    return MappingProxyType({row["id"]: Aggregate(row["id"], row["name"], tuple(row["codes"].split()), row["note"]) for row in rows})


def _origins(rows: Sequence[CsvRow], _: Problems) -> Mapping[str, str]:
    return MappingProxyType({row["source"]: row["origin"] for row in rows})


@lru_cache(maxsize=_ORIGINS_KEPT)
def _origin(source: str, code: str) -> Origin:
    """The one Origin of a source and code. Spreadsheets drop leading zeros of codes: they are put back."""
    return Origin(source, code.zfill(4) if code.isdigit() else code)


def _put(table: Table, line: int, rows: dict[K, V], key: K, row: V) -> None:
    if key in rows:
        table.report(line, table.keys[0], "is given twice for this year")
    else:
        rows[key] = row
