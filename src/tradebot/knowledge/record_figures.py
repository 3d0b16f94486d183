"""Figures of the record: each with its vintage, the place it was read from, and the formula where it was computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import MONTHS, Period
from tradebot.knowledge.record_series import Origin, exact_sum

IMPORTS = "imports"
EXPORTS = "exports"
BALANCE = "balance"
TOTAL_TRADE = "total_trade"
FLOWS = (IMPORTS, EXPORTS)
METRICS = (BALANCE, IMPORTS, EXPORTS, TOTAL_TRADE)
MOST_OPERANDS = 24
WORKBOOK = "country.xlsx"
SUM_OF_PARTNERS = "sum of the partner rows"
"""The formula of a total for which the Bureau has no row of its own."""
_SUMS = {"partners": SUM_OF_PARTNERS, "regions": "sum of the six region rows"}


class RecordPlace(NamedTuple):
    """Where in its source a number stands: `code 5520, IYR 2025` of the workbook, `imports/hs, code 5520, 2024` of the API.

    `kind` is that of the source's file.
    """

    origin: Origin
    flow: str
    period: Period
    kind: str

    def __str__(self) -> str:
        code = self.origin.code
        if code in _SUMS:
            return f"{_SUMS[code]}, {self.flow} {self.period.label}"
        if self.kind == WORKBOOK:
            return f"code {code}, {_column(self.flow, self.period)} {self.period.first_year}"
        return f"{self.flow}/hs, code {code}, {self.period.id}"


class ChapterPlace(NamedTuple):
    """Where the API has trade in one HS chapter: `imports/hs, chapter 87, code 5520, 2024`."""

    origin: Origin
    flow: str
    period: Period
    chapter: str

    def __str__(self) -> str:
        return f"{self.flow}/hs, chapter {self.chapter.removeprefix('HS')}, code {self.origin.code}, {self.period.id}"


def read_figure(area: str, flow: str, period: Period, value: float, origin: Origin, origins: Mapping[str, str]) -> Figure:
    """A number as its row has it. `origins` names what kind of file each source is."""
    place = RecordPlace(origin, flow, period, origins.get(origin.source, ""))
    return Figure(area, flow, period, value, source=origin.source, formula=formula_of(origin), read_at=place)


def chapter_figure(area: str, flow: str, chapter: str, period: Period, value: float, origin: Origin) -> Figure:
    """Imports or exports of one HS chapter; the metric is `imports.HS87`."""
    place = ChapterPlace(origin, flow, period, chapter)
    return Figure(area, f"{flow}.{chapter}", period, value, source=origin.source, formula=formula_of(origin), read_at=place)


def chapter_of(figure: Figure) -> str:
    """The chapter id of a figure made by `chapter_figure`; empty for any other figure."""
    flow, _, chapter = figure.metric.partition(".")
    return chapter if flow in FLOWS else ""


def balance_figure(exports: Figure, imports: Figure) -> Figure:
    value = exact_sum((exports.value, -imports.value))
    return _derived(exports, BALANCE, value, (exports, imports), "exports − imports")


def total_figure(exports: Figure, imports: Figure) -> Figure:
    value = exact_sum((exports.value, imports.value))
    return _derived(exports, TOTAL_TRADE, value, (exports, imports), "exports + imports")


def sum_figure(parts: Sequence[Figure], period: Period) -> Figure:
    """The sum of consecutive periods; beyond 24 of them the operands are named in the formula and not carried."""
    carried = tuple(parts) if len(parts) <= MOST_OPERANDS else ()
    formula = f"sum of {_counted(parts)}, {period.label}"
    value = exact_sum(part.value for part in parts)
    last = parts[-1]
    place = "" if carried else f"{parts[0].place} to {last.place}"
    return Figure(last.partner, last.metric, period, value, source=last.source, derived_from=carried, formula=formula, read_at=place)


def vintages_of(figure: Figure) -> tuple[str, ...]:
    """The sources a figure rests on, oldest first (their ids sort by date)."""
    found = {figure.source} if figure.source else set()
    for operand in figure.derived_from:
        found.update(vintages_of(operand))
    return tuple(sorted(found))


def formula_of(origin: Origin) -> str:
    """What was added up for a row that is a sum; empty for a row that was read."""
    if "+" in origin.code:
        return "sum of codes " + " and ".join(origin.code.split("+"))
    return _SUMS.get(origin.code, "")


def _column(flow: str, period: Period) -> str:
    """The workbook's column: IYR, EMAR, or IJAN–IJUL for a year to date."""
    letter = flow[0].upper()
    if period.is_year:
        return f"{letter}YR"
    first, last = (f"{letter}{MONTHS[month % 12][:3].upper()}" for month in (period.first, period.last))
    return first if period.is_month else f"{first}–{last}"


def _counted(parts: Sequence[Figure]) -> str:
    """`12 months`, `3 years`, `1 year and 7 months`."""
    months = sum(1 for part in parts if part.period and part.period.is_month)
    years = sum(1 for part in parts if part.period and part.period.is_year)
    spans = len(parts) - months - years
    counts = ((years, "year"), (months, "month"), (spans, "year to date"))
    return " and ".join(f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in counts if count)


def _derived(like: Figure, metric: str, value: float, operands: tuple[Figure, ...], formula: str) -> Figure:
    return Figure(like.partner, metric, like.period, value, source=like.source, derived_from=operands, formula=formula)
