"""One figure of the record set by hand: the line it stands in, and nothing else.

(Vietnam, imports, 2025, 194.5 bn) ─▶ record/annual.csv, line VN,2025 ─▶ “Vietnam, imports, 2025: $193.9 bn → $194.5 bn”
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from tradebot.curation.draft import Edit
from tradebot.curation.edits.naming import amount, area_of, period
from tradebot.curation.faults import CurationError
from tradebot.curation.figures import moved
from tradebot.knowledge.csv_files import read_csv
from tradebot.knowledge.models_partners import load_partners
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problems, did_you_mean
from tradebot.knowledge.record_figures import FLOWS
from tradebot.presentation.numerals import money
from tradebot.refresh.tables import AGGREGATED, ANNUAL, CHAPTERS, MONTHS, TO_DATE, Key, Line, Table, Tables, key_of, read_tables


def set_figure(area: str, measure: str, when: str, value: str, source: str = "") -> Edit:
    """Imports or exports of a partner or group, whole (`imports`) or of an HS chapter (`imports.HS87`).

    `when` is a year, a month or the year to date, `value` an amount. `source` is the release it is from; the line keeps its
    own where none is named.
    """

    def edit(root: Path) -> str:
        named, span, number = area_of(root, area), period(when), amount(value)
        if number < 0:
            raise CurationError("Imports and exports are never negative; a deficit is the difference of the two.")
        flow, chapter = _flow(measure)
        tables = read_tables(root, Problems())
        kind, cells = _place(named.id, flow, chapter, span)
        name = _file(tables, kind, named.id)
        held = tables[name].lines.get(key_of(name, Line(cells, "", "", ())))
        line = held or _new_line(root, tables[name], cells, source)
        column = _column(tables[name], kind, flow, chapter, span)
        changed = replace(line, numbers=_with(line.numbers, column, number), source=_source(root, source) or line.source)
        _write(root, tables, name, changed)
        was = line.numbers[column]
        said = f"not held → {money(number)}" if math.isnan(was) else moved(was, number)
        return f"{named.called}, {measure}, {span.label}: {said}"

    return edit


def _flow(measure: str) -> tuple[str, str]:
    """`imports.HS87` to its flow and chapter."""
    flow, _, chapter = measure.strip().replace(" ", ".").partition(".")
    if flow == "balance":
        raise CurationError("The balance is exports − imports and is never written down: set imports or exports.")
    if flow not in FLOWS:
        raise CurationError(f"“{measure[:40]}” cannot be set; the record holds imports and exports, and imports.HS87 of a chapter.")
    return flow, chapter.upper()


def _place(area: str, flow: str, chapter: str, span: Period) -> tuple[str, Key]:
    """The kind of file and the first cells of the line."""
    year = str(span.first_year)
    if chapter:
        if not span.is_year:
            raise CurationError("Chapters are held by year: write 2024.")
        return CHAPTERS, (area, year, flow)
    if span.is_year:
        return ANNUAL, (area, year)
    if span.is_month:
        return MONTHS, (area, year, flow)
    if span.first % 12 == 0 and span.first_year == span.last_year:
        return TO_DATE, (area, year, str(span.length))
    raise CurationError(f"{span.label} is no period of the record: set a year, a month, or January up to a month.")


def _file(tables: Tables, kind: str, area: str) -> str:
    """The file of partners, or the one of areas that the Census Bureau adds up itself."""
    return AGGREGATED[kind] if area in _aggregates(tables) else kind


def _aggregates(tables: Tables) -> frozenset[str]:
    return frozenset(line.area for line in tables[AGGREGATED[ANNUAL]].lines.values())


def _column(table: Table, kind: str, flow: str, chapter: str, span: Period) -> int:
    if chapter:
        if chapter not in table.columns:
            raise CurationError(f"The record has no chapter {chapter}{did_you_mean(chapter, table.columns)}")
        return table.columns.index(chapter)
    return span.first % 12 if kind == MONTHS else FLOWS.index(flow)


def _new_line(root: Path, table: Table, cells: Key, source: str) -> Line:
    """A line for a time that is not held yet; it needs a source of its own."""
    partner = load_partners(root, Problems()).get(cells[0])
    if partner is None:
        raise CurationError("The record has no line for that time, and only partners can be given a new one by hand.")
    if not source:
        raise CurationError("The record has no line for that time yet: name the source of the figure, too.")
    return Line(cells, source, partner.census[0], (math.nan,) * len(table.columns))


def _source(root: Path, source: str) -> str:
    """The source, if it is a release that the record knows."""
    known = [row["source"] for row in read_csv(root / "record/vintages.csv", ("source", "origin"), Problems(), root)]
    if source and source not in known:
        raise CurationError(f"“{source[:40]}” is no release of the record{did_you_mean(source, known)}; they are {', '.join(known)}.")
    return source


def _with(numbers: tuple[float, ...], column: int, number: float) -> tuple[float, ...]:
    return (*numbers[:column], number, *numbers[column + 1 :])


def _write(root: Path, tables: Tables, name: str, line: Line) -> None:
    lines = {**tables[name].lines, key_of(name, line): line}
    text = replace(tables[name], lines=lines).text(dict.fromkeys(_aggregates(tables), 1))
    (root / "record" / name).write_text(text, encoding="utf-8")
