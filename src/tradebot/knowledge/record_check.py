"""Lints of the record beyond its cells: known ids, years in range, and months that add up to their year."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from pathlib import Path

from tradebot.knowledge.problems import Problem, Problems, did_you_mean, name_of
from tradebot.knowledge.record import WORLD, Record
from tradebot.knowledge.record_figures import IMPORTS
from tradebot.knowledge.record_series import Series, exact_sum

TOLERANCE = 0.001
"""Months may differ from their year by this share: the Bureau revises them at different times."""
ROUNDING = 0.65
"""And by this much in USD million: twelve months and a year, each rounded to 0.1, can be 0.65 apart."""
_EXACT = 0.01
"""A plain sum of doubles is exact to much less than this: only what comes close to the bounds is added up to the dollar."""


def check_record(root: Path, record: Record, partners: Collection[str], sources: Collection[str], problems: Problems) -> None:
    """Adds a problem for every id that the other files do not know and every year outside the world's."""
    for source in record.origins:
        if source not in sources:
            sentence = f"unknown source “{source}”{did_you_mean(source, sources)}"
            problems.add(record_problem(root, "vintages.csv", source, "source", sentence))
    for source in sorted(_sources(record) - record.origins.keys()):
        problems.add(
            Problem(name_of(root / "record/vintages.csv", root), 1, 1, "source", f"“{source}” is used in the record but not listed")
        )
    for area in record.partner_ids:
        if area not in partners:
            sentence = f"unknown partner “{area}”{did_you_mean(area, partners)}"
            problems.add(record_problem(root, "annual.csv", area, "area", sentence))
    for area in sorted({area for area, _ in record.years} - {WORLD, *record.partner_ids, *record.aggregates}):
        problems.add(record_problem(root, "aggregates.csv", area, "area", f"“{area}” is not listed in areas.csv"))
    for (area, _), column in record.years.items():
        if not _within(column, record.years[WORLD, IMPORTS]):
            problems.add(record_problem(root, "annual.csv", area, "year", f"“{area}” has years that the world does not have"))


def year_gaps(root: Path, record: Record) -> Iterator[Problem]:
    """Years whose twelve months do not add up to them within 0.1 %, at the line of the months."""
    for area, flow, year, sentence in record.remember(_year_gaps):
        aggregated = area in record.aggregates
        yield record_problem(root, "aggregate_months.csv" if aggregated else "months.csv", f"{area},{year},{flow}", "", sentence)


def _year_gaps(record: Record) -> tuple[tuple[str, str, int, str], ...]:
    return tuple((area, flow, *gap) for area, flow in sorted(record.years) for gap in _unequal(record, area, flow))


def _unequal(record: Record, area: str, flow: str) -> Iterator[tuple[int, str]]:
    years, months = record.years[area, flow], record.months_held.get((area, flow))
    for year in years.held() if months else ():
        whole, values = years.get(year) or 0.0, months.year(year) if months else ()
        rough, allowed = sum(values), max(TOLERANCE * whole, ROUNDING)
        if math.isnan(rough) or len(values) < 12 or abs(rough - whole) < allowed - _EXACT:
            continue
        total = exact_sum(values)
        if abs(total - whole) > allowed:
            yield year, f"{area} {flow} {year}: the months add up to {total:,.1f}, the year is {whole:,.1f} (USD million)"


def _sources(record: Record) -> set[str]:
    columns = [*record.years.values(), *record.months_held.values()]
    found = {origin.source for column in columns for origin in column.origins if origin}
    found.update(row.origin.source for spans in record.stored.values() for _, row in spans)
    found.update(row.origin.source for row in record.chapters.values())
    return found


def _within(column: Series, whole: Series) -> bool:
    return whole.first <= column.first and column.first + len(column.values) <= whole.first + len(whole.values)


def record_problem(root: Path, name: str, cells: str, field: str, sentence: str) -> Problem:
    """A problem at the first line of a file that begins with these cells; the first line where none does."""
    path = root / "record" / name
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    line = next((number for number, text in enumerate(lines, start=1) if text.startswith(f"{cells},")), 1)
    return Problem(name_of(path, root), line, 1, field, sentence)
