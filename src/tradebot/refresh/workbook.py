"""country.xlsx: the Bureau's workbook, one row per partner and year, to a Reading.

Columns are found by their headings (year, CTY_CODE, CTYNAME, IJAN … IDEC, IYR, EJAN … EDEC, EYR), USD million. Months
that are not published yet stand there as zeros.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tradebot.knowledge.record_figures import EXPORTS, IMPORTS, WORKBOOK
from tradebot.refresh.archive import check_archive
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.readings import NAN, WORLD_CODES, Numbers, Reading, last_month

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
COLUMNS = {flow: tuple(f"{letter}{name}" for name in (*_MONTHS, "YR")) for flow, letter in ((IMPORTS, "I"), (EXPORTS, "E"))}
HEADINGS = ("YEAR", "CTY_CODE", "CTYNAME", *COLUMNS[IMPORTS], *COLUMNS[EXPORTS])
_HEADING_WITHIN = 10

Cell = object
Places = Mapping[str, int]


def read_workbook(path: Path, published: dt.date | None = None) -> Reading:
    """The workbook at `path`, with the day it was published where that is known.

    Raises RefreshError for anything but a whole country.xlsx.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - a megabyte, for what happens once a month

    check_archive(path)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        found = [(sheet, place) for sheet in sheets if (place := _heading(sheet.to_python(nrows=_HEADING_WITHIN))) is not None]
        if not found:
            raise RefreshError(_no_heading(sheets[0].to_python(nrows=1) if sheets else []))
        sheet, at = found[0]
        return replace(_reading(sheet.to_python(), at), published=published)
    except CalamineError as error:
        raise RefreshError(f"{path.name} cannot be read as an Excel workbook ({error}). Download it anew.") from error


def _heading(rows: Sequence[Sequence[Cell]]) -> int | None:
    """The row that holds the headings, looked for in the first ten."""
    return next((at for at, row in enumerate(rows) if {"YEAR", "CTY_CODE"} <= {_word(cell) for cell in row}), None)


def _no_heading(rows: Sequence[Sequence[Cell]]) -> str:
    first = ", ".join(str(cell) for cell in (rows[0] if rows else ())[:6]) or "nothing"
    return (
        "This workbook is not country.xlsx: no row has the headings year and CTY_CODE "
        f"(its first row says {first}). The Bureau's file has one row per country and year."
    )


def _reading(rows: Sequence[Sequence[Cell]], at: int) -> Reading:
    places = {_word(cell): place for place, cell in enumerate(rows[at])}
    if missing := [name for name in HEADINGS if name not in places]:
        raise RefreshError(f"The workbook lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.")
    months: dict[tuple[str, int, str], Numbers] = {}
    years: dict[tuple[str, int], Numbers] = {}
    names: dict[str, str] = {}
    for row_number, row in enumerate(rows[at + 1 :], at + 2):
        if not any(cell not in ("", None) for cell in row):
            continue
        year, code = _year(row[places["YEAR"]], row_number), _code(row[places["CTY_CODE"]], row_number)
        if (code, year) in years:
            raise RefreshError(f"Row {row_number}: code {code} is given twice for {year}.")
        flows = {flow: _numbers(row, row_number, places, columns) for flow, columns in COLUMNS.items()}
        months.update({(code, year, flow): numbers[:12] for flow, numbers in flows.items()})
        years[code, year] = (flows[IMPORTS][12], flows[EXPORTS][12])
        names[code] = str(row[places["CTYNAME"]] or "")
    return _published(Reading(WORKBOOK, 0, months, years, names))


def _published(reading: Reading) -> Reading:
    """Without the zeros after the last month published, and without years that have none."""
    until = last_month(reading.months, WORLD_CODES[WORKBOOK])
    months = {key: _upto(numbers, until - key[1] * 12) for key, numbers in reading.months.items() if key[1] * 12 <= until}
    years = {key: numbers for key, numbers in reading.years.items() if key[1] * 12 <= until}
    return replace(reading, until=until, months=months, years=years)


def _upto(numbers: Numbers, last: int) -> Numbers:
    return numbers if last >= 11 else (*numbers[: last + 1], *(NAN for _ in range(11 - last)))


def _numbers(row: Sequence[Cell], row_number: int, places: Places, columns: tuple[str, ...]) -> Numbers:
    return tuple(_number(row[places[name]] if places[name] < len(row) else "", row_number, name) for name in columns)


def _number(cell: Cell, row_number: int, column: str) -> float:
    """A figure to a dollar; an empty cell is NaN."""
    if cell in ("", None):
        return NAN
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        raise RefreshError(f"Row {row_number}, column {column}: “{cell}” is not a number.")
    if cell < 0:
        raise RefreshError(f"Row {row_number}, column {column}: {cell:,} is negative; imports and exports never are.")
    return round(float(cell), 6)


def _year(cell: Cell, row_number: int) -> int:
    text = _whole(cell)
    if not (text.isdigit() and 1900 <= int(text) <= 2100):
        raise RefreshError(f"Row {row_number}: “{cell}” is not a year.")
    return int(text)


def _code(cell: Cell, row_number: int) -> str:
    """The code as four characters: cells that hold numbers have lost the zeros in front."""
    text = _whole(cell).zfill(4)
    if not (len(text) == 4 and text.isalnum()):
        raise RefreshError(f"Row {row_number}: “{cell}” is not a Census code of four digits.")
    return text


def _whole(cell: Cell) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _word(cell: Cell) -> str:
    return str(cell).strip().upper()
