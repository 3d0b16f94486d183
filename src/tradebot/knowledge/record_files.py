"""Reads knowledge/record/*.csv into a Record; every bad cell is a problem with its line and column.

    annual.csv  months.csv  to_date.csv  chapters.csv      partners and WORLD
    aggregates.csv  aggregate_months.csv  aggregate_chapters.csv      areas the Census Bureau adds up itself
    areas.csv  vintages.csv      what those areas cover, and which kind of file each source is

A line is some keys, then numbers in USD million; an empty cell is “not held”, never zero.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from tradebot.knowledge.csv_files import read_csv
from tradebot.knowledge.limits import MAX_BYTES
from tradebot.knowledge.periods import MONTHS, Period
from tradebot.knowledge.problems import Problems, name_of
from tradebot.knowledge.record import WORLD, Aggregate, Key, Record
from tradebot.knowledge.record_figures import FLOWS
from tradebot.knowledge.record_series import Origin, Row, Series, packed
from tradebot.knowledge.record_tables import Table, read_table

MONTH_COLUMNS = tuple(month[:3].lower() for month in MONTHS)
_ANNUAL = (("area", "year", "source", "code"), FLOWS)
_MONTHS = (("area", "year", "flow", "source", "code"), MONTH_COLUMNS)
_CHAPTERS = (("area", "year", "flow", "source", "code"), None)

K = TypeVar("K")
V = TypeVar("V")
ByYear = dict[Key, dict[int, tuple[Origin, "array[float]"]]]


@dataclass(slots=True)
class _Reading:
    """What was read so far; frozen into a Record at the end."""

    root: Path
    problems: Problems
    origins: dict[str, str] = field(default_factory=dict)
    years: ByYear = field(default_factory=lambda: defaultdict(dict))
    months: ByYear = field(default_factory=lambda: defaultdict(dict))
    stored: dict[Key, list[tuple[Period, Row]]] = field(default_factory=lambda: defaultdict(list))
    chapters: dict[tuple[str, str, int], Row] = field(default_factory=dict)
    chapter_ids: tuple[str, ...] = ()
    partners: set[str] = field(default_factory=set)
    _known: dict[tuple[str, str], Origin] = field(default_factory=dict)

    def table(self, name: str, shape: tuple[tuple[str, ...], tuple[str, ...] | None]) -> Table:
        path = self.root / "record" / name
        return read_table(path, name_of(path, self.root), *shape, self.problems)

    def origin(self, source: str, code: str) -> Origin:
        """The one Origin of a source and code. Spreadsheets drop leading zeros of codes: they are put back."""
        known = self._known.get((source, code))
        if known is None:
            known = self._known[source, code] = Origin(source, code.zfill(4) if code.isdigit() else code)
        return known


_RECORDS_KEPT = 3
_records: OrderedDict[bytes, Record] = OrderedDict()
"""The last records without a mistake by the bytes of their files: most edits leave the figures alone, and reading them is
more than half the time of a load. Revisions with the same figures share them."""


def load_record(root: Path, problems: Problems) -> Record:
    """The record under `root` (the knowledge directory). Bad lines are left out and become problems."""
    digest = _digest(root / "record")
    record, found = _records.get(digest), Problems()
    if record is None:
        record = _read(root, found)
        if not found:
            _keep(digest, record)
    problems.extend(found)
    return record


def _keep(digest: bytes, record: Record) -> None:
    while len(_records) >= _RECORDS_KEPT:
        _records.popitem(last=False)
    _records[digest] = record


def _digest(folder: Path) -> bytes:
    """Of the names and bytes of its files; of one that is too large or cannot be read, what there is."""
    digest = hashlib.blake2b()
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.name.encode())
        with suppress(OSError), path.open("rb") as file:
            digest.update(file.read(MAX_BYTES + 1))
    return digest.digest()


def _read(root: Path, problems: Problems) -> Record:
    reading = _Reading(root, problems)
    vintages = read_csv(root / "record/vintages.csv", ("source", "origin"), problems, root)
    reading.origins = {row["source"]: row["origin"] for row in vintages}
    _read_years(reading, "annual.csv")
    _read_months(reading, "months.csv")
    _read_to_date(reading)
    _read_chapters(reading, "chapters.csv")
    reading.partners = {area for area, _ in [*reading.years, *reading.months, *reading.stored]} - {WORLD}
    aggregates = _read_areas(reading)
    reading.partners -= aggregates.keys()
    _read_years(reading, "aggregates.csv")
    _read_months(reading, "aggregate_months.csv")
    _read_chapters(reading, "aggregate_chapters.csv")
    return _frozen(reading, aggregates)


def _read_years(reading: _Reading, name: str) -> None:
    table = reading.table(name, _ANNUAL)
    for line, (area, year, source, code), values in table.rows:
        origin = reading.origin(source, code)
        for flow, value in zip(FLOWS, values, strict=True):
            _put(table, line, reading.years[area, flow], int(year), (origin, array("d", (value,))))


def _read_months(reading: _Reading, name: str) -> None:
    table = reading.table(name, _MONTHS)
    for line, (area, year, flow, source, code), values in table.rows:
        _put(table, line, reading.months[area, flow], int(year), (reading.origin(source, code), values))


def _read_to_date(reading: _Reading) -> None:
    table = reading.table("to_date.csv", (("area", "year", "months", "source", "code"), FLOWS))
    for line, (area, year, months, source, code), values in table.rows:
        if not 1 <= int(months) <= 11:
            table.report(line, "months", "must be 1 to 11: January up to which month")
            continue
        period = Period.months(int(year), 1, int(year), int(months))
        for flow, value in zip(FLOWS, values, strict=True):
            reading.stored[area, flow].append((period, Row(reading.origin(source, code), packed([value]))))


def _read_chapters(reading: _Reading, name: str) -> None:
    table = reading.table(name, _CHAPTERS)
    for line, (area, year, flow, source, code), values in table.rows:
        _put(table, line, reading.chapters, (area, flow, int(year)), Row(reading.origin(source, code), packed(values)))
    if reading.chapter_ids and table.numbers != reading.chapter_ids:
        table.report(1, "", "has other chapter columns than chapters.csv")
    reading.chapter_ids = reading.chapter_ids or table.numbers


def _read_areas(reading: _Reading) -> dict[str, Aggregate]:
    rows = read_csv(reading.root / "record/areas.csv", ("id", "name", "codes", "note"), reading.problems, reading.root)
    return {row["id"]: Aggregate(row["id"], row["name"], tuple(row["codes"].split()), row["note"]) for row in rows}


def _put(table: Table, line: int, rows: dict[K, V], key: K, row: V) -> None:
    if key in rows:
        table.report(line, table.keys[0], "is given twice for this year")
    else:
        rows[key] = row


def _frozen(reading: _Reading, aggregates: Mapping[str, Aggregate]) -> Record:
    return Record(
        years=_columns(reading.years, 1),
        months_held=_columns(reading.months, 12),
        stored=MappingProxyType({key: tuple(spans) for key, spans in reading.stored.items()}),
        chapters=MappingProxyType(reading.chapters),
        chapter_ids=reading.chapter_ids,
        partner_ids=tuple(sorted(reading.partners)),
        aggregates=MappingProxyType(dict(aggregates)),
        origins=MappingProxyType(reading.origins),
    )


def _columns(rows: ByYear, step: int) -> Mapping[Key, Series]:
    return MappingProxyType({key: Series.build(years, step) for key, years in rows.items()})
