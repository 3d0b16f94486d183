"""The statistical record: the only way to numbers of trade.

    record.value("VN", "balance", Period.year(2025))  →  Figure −178,276.0 (USD million), derived from exports and imports

Money is USD million, goods, Census basis, not seasonally adjusted; balance = exports − imports, so a deficit is
negative. An area is a partner's id, `WORLD`, or the id of an aggregate that the Census Bureau publishes itself; the
record never adds partners up. Figures are made when asked for, from columns that nobody can change.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record_figures import (
    BALANCE,
    EXPORTS,
    FLOWS,
    IMPORTS,
    METRICS,
    balance_figure,
    chapter_figure,
    read_figure,
    sum_figure,
    total_figure,
    vintages_of,
)
from tradebot.knowledge.record_series import Row, Series, exact_difference
from tradebot.knowledge.remembering import Remembering

WORLD = "WORLD"
_RANKINGS_KEPT = 64
_FIGURES_KEPT = 12_288
"""Figures that were asked for and are kept, some 6 MB; then it begins anew."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """An area the Census Bureau adds up itself. `codes` are its rows in the two codings, `note` says what it covers."""

    id: str
    name: str
    codes: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, eq=False)
class Record(Remembering):
    """Columns by (area, flow). `stored` holds spans published as one number (a year to date), by (area, flow).

    `partner_ids` are the partners with any figures, sorted; aggregates and WORLD are not among them. `origins` says
    which kind of file each source is.
    """

    years: Mapping[Key, Series]
    months_held: Mapping[Key, Series]
    stored: Mapping[Key, tuple[tuple[Period, Row], ...]]
    chapters: Mapping[tuple[str, str, int], Row]
    chapter_ids: tuple[str, ...]
    partner_ids: tuple[str, ...]
    aggregates: Mapping[str, Aggregate]
    origins: Mapping[str, str]
    _rankings: dict[tuple[str, Period], tuple[Figure, ...]] = field(default_factory=dict, compare=False, repr=False)
    _remembered: dict[Hashable, object] = field(default_factory=dict, init=False, compare=False, repr=False)
    _kept: dict[tuple[str, str, Period], Figure | None] = field(default_factory=dict, compare=False, repr=False)

    # -- what is held -------------------------------------------------------------------------------------------

    @cached_property
    def first_year(self) -> Period:
        return Period.year(self.years[WORLD, IMPORTS].first)

    @cached_property
    def _chapter_at(self) -> Mapping[str, int]:
        return {chapter_id: at for at, chapter_id in enumerate(self.chapter_ids)}

    @cached_property
    def latest_year(self) -> Period:
        """The latest complete year."""
        return Period.year(self.years[WORLD, IMPORTS].last_held)

    @cached_property
    def to_date(self) -> Period:
        """The year to date after the latest complete year; the latest year itself where there is none."""
        spans = [period for period, _ in self.stored.get((WORLD, IMPORTS), ())]
        return max([*spans, self.latest_year], key=lambda period: period.last)

    def span(self, area: str, metric: str) -> tuple[Period, Period] | None:
        """First and last year held."""
        columns = [self.years.get((area, flow)) for flow in _flows_of(metric)]
        years = [set(column.held()) for column in columns if column]
        both = set.intersection(*years) if len(years) == len(columns) else set()
        return (Period.year(min(both)), Period.year(max(both))) if both else None

    def months(self, area: str) -> Period | None:
        """From the first to the last month held; single months in between may be missing."""
        column = self.months_held.get((area, IMPORTS))
        held = column.held() if column else []
        return Period(held[0], held[-1]) if held else None

    def has(self, area: str, period: Period) -> bool:
        """Whether both imports and exports of the whole period can be had."""
        return self.value(area, BALANCE, period) is not None

    def partners_in(self, period: Period) -> tuple[str, ...]:
        """Partners (never aggregates) with figures for the whole period, by id."""
        return tuple(sorted(figure.partner for figure in self._ranked(BALANCE, period)))

    def year_before(self, period: Period) -> Period | None:
        """The like-for-like period a year earlier, None before the record begins."""
        before = period.before
        return before if before.first >= self.first_year.first else None

    # -- figures ------------------------------------------------------------------------------------------------

    def value(self, area: str, metric: str, period: Period) -> Figure | None:
        """One figure; None where any part of it is not held.

        A year is its annual row, else its twelve months; several years are the sum of the years; any other span is
        a stored year to date, else the sum of the years, the year to date and the months it is made of.
        A figure is made once and kept: the same few years are asked for again and again.
        Raises ValueError for an unknown metric.
        """
        key = (area, metric, period)
        try:
            return self._kept[key]
        except KeyError:
            if len(self._kept) >= _FIGURES_KEPT:
                self._kept.clear()
            found = self._kept[key] = self._made(area, metric, period)
            return found

    def series(self, area: str, metric: str) -> list[Figure]:
        """Every year held, ascending."""
        span = self.span(area, metric)
        years = range(span[0].first_year, span[1].first_year + 1) if span else ()
        return list(self._figures(area, metric, (Period.year(year) for year in years)))

    def month_series(self, area: str, metric: str, period: Period) -> list[Figure]:
        """Every month of the period that is held, ascending."""
        return list(self._figures(area, metric, period.each_month()))

    def ranking(self, metric: str, period: Period, areas: Collection[str] | None = None) -> list[Figure]:
        """Figures of all partners (or of the areas given), largest value first, ties by id."""
        if areas is None:
            return list(self._ranked(metric, period))
        return sorted(self._figures_of(areas, metric, period), key=_largest_first)

    def sizes(self, metric: str, year: Period) -> Mapping[str, float]:
        """What all partners' figures of a year would say, USD million, without making them: for the orders of many years."""
        return self.remember(Record._sizes, metric, year)

    def _sizes(self, metric: str, year: Period) -> Mapping[str, float]:
        if metric in FLOWS:
            found = {area: self._size(area, metric, year) for area in self.partner_ids}
            return {area: size for area, size in found.items() if size is not None}
        imports, exports, sign = self.sizes(IMPORTS, year), self.sizes(EXPORTS, year), 1 if metric == BALANCE else -1
        return {area: exact_difference(size, sign * imports[area]) for area, size in exports.items() if area in imports}

    def vintage(self, figure: Figure) -> tuple[str, ...]:
        """The sources a figure rests on, oldest first."""
        return vintages_of(figure)

    # -- products -----------------------------------------------------------------------------------------------

    def chapter_years(self, flow: str = IMPORTS) -> tuple[Period, ...]:
        """The years for which trade by HS chapter is held; looked up once."""
        return self.remember(Record._chapter_years, flow)

    def _chapter_years(self, flow: str) -> tuple[Period, ...]:
        return tuple(map(Period.year, sorted({year for _, held, year in self.chapters if held == flow})))

    def chapter(self, area: str, chapter_id: str, flow: str, period: Period) -> Figure | None:
        """Trade in one HS chapter (`HS87`) in a year; None where none is recorded. The metric is `imports.HS87`."""
        row = self.chapters.get((area, flow, period.first_year)) if period.is_year else None
        at = self._chapter_at.get(chapter_id)
        if row is None or at is None:
            return None
        value = row.values[at]
        return None if value != value else chapter_figure(area, flow, chapter_id, period, value, row.origin)  # noqa: PLR0124 - NaN

    def chapters_of(self, area: str, period: Period, flow: str = IMPORTS, first: int | None = None) -> list[Figure]:
        """What is traded with an area in a year, by chapter, largest first (and only so many); empty where no chapters are held."""
        row = self.chapters.get((area, flow, period.first_year)) if period.is_year else None
        if row is None:
            return []
        held = sorted((-value, chapter_id) for chapter_id, value in zip(self.chapter_ids, row.values, strict=True) if value > 0)
        return [chapter_figure(area, flow, chapter_id, period, -value, row.origin) for value, chapter_id in held[:first]]

    def chapter_partners(self, chapter_id: str, period: Period, flow: str = IMPORTS) -> tuple[Figure, ...]:
        """Who trades a chapter in a year, partners only, largest first; looked up once."""
        return self.remember(Record._chapter_partners, chapter_id, period, flow)

    def _chapter_partners(self, chapter_id: str, period: Period, flow: str) -> tuple[Figure, ...]:
        found = (self.chapter(area, chapter_id, flow, period) for area in self.partner_ids)
        return tuple(sorted((figure for figure in found if figure and figure.value > 0), key=_largest_first))

    # -- how ----------------------------------------------------------------------------------------------------

    def _made(self, area: str, metric: str, period: Period) -> Figure | None:
        if metric in FLOWS:
            return self._held(area, str(metric), period) or self._summed(area, str(metric), period)
        if metric not in METRICS:
            raise ValueError(f"unknown metric {metric!r}: known are {', '.join(METRICS)}")
        exports, imports = self.value(area, EXPORTS, period), self.value(area, IMPORTS, period)
        if exports is None or imports is None:
            return None
        return balance_figure(exports, imports) if metric == BALANCE else total_figure(exports, imports)

    def _size(self, area: str, flow: str, year: Period) -> float | None:
        column = self.years.get((area, flow))
        number = column.get(year.first_year) if column else None
        if number is not None or not self._begins(area, flow, year):
            return number
        found = self.value(area, flow, year)
        return found.value if found else None

    def _begins(self, area: str, flow: str, year: Period) -> bool:
        """Whether anything is held that a year without a row of its own could begin with."""
        months = self.months_held.get((area, flow))
        january = months.get(year.first) if months else None
        return january is not None or any(span.first == year.first for span, _ in self.stored.get((area, flow), ()))

    def _held(self, area: str, flow: str, period: Period) -> Figure | None:
        """A number that stands in the record as such: a year, a month, a year to date."""
        if period.is_year:
            return self._cell(self.years, area, flow, period, period.first_year)
        if period.is_month:
            return self._cell(self.months_held, area, flow, period, period.first)
        for span, row in self.stored.get((area, flow), ()):
            if span == period:
                return read_figure(area, flow, period, row.values[0], row.origin, self.origins)
        return None

    def _cell(self, columns: Mapping[Key, Series], area: str, flow: str, period: Period, index: int) -> Figure | None:
        column = columns.get((area, flow))
        value = column.get(index) if column else None
        origin = column.origin(index) if column and value is not None else None
        if value is None or origin is None:
            return None
        return read_figure(area, flow, period, value, origin, self.origins)

    def _summed(self, area: str, flow: str, period: Period) -> Figure | None:
        """The longest stored pieces that make up the period, one after the other; None at the first gap."""
        parts: list[Figure] = []
        at = period.first
        while at <= period.last:
            pieces = (self._held(area, flow, piece) for piece in self._pieces(area, flow, at, period))
            part = next((piece for piece in pieces if piece), None)
            if part is None or part.period is None:
                return None
            parts.append(part)
            at = part.period.last + 1
        return sum_figure(parts, period) if len(parts) > 1 else None

    def _pieces(self, area: str, flow: str, first: int, within: Period) -> Iterator[Period]:
        """What may begin at a month, longest first: a year, a stored span, the month alone."""
        year = Period(first, first + 11)
        if first % 12 == 0 and year in within:
            yield year
        yield from (span for span, _ in self.stored.get((area, flow), ()) if span.first == first and span in within)
        yield Period(first, first)

    def _ranked(self, metric: str, period: Period) -> tuple[Figure, ...]:
        """The ranking of all partners, remembered: only what was computed is, so that nobody can see a difference."""
        key = (str(metric), period)
        held = self._rankings.get(key)
        if held is None:
            held = tuple(sorted(self._figures_of(self.partner_ids, metric, period), key=_largest_first))
            if len(self._rankings) >= _RANKINGS_KEPT:
                self._rankings.clear()
            self._rankings[key] = held
        return held

    def _figures(self, area: str, metric: str, periods: Iterator[Period]) -> Iterator[Figure]:
        found = (self.value(area, metric, period) for period in periods)
        return (figure for figure in found if figure)

    def _figures_of(self, areas: Collection[str], metric: str, period: Period) -> Iterator[Figure]:
        found = (self.value(area, metric, period) for area in areas)
        return (figure for figure in found if figure)


def _flows_of(metric: str) -> tuple[str, ...]:
    return (metric,) if metric in FLOWS else FLOWS


def _largest_first(figure: Figure) -> tuple[float, str, str]:
    return (-figure.value, figure.partner, figure.metric)
