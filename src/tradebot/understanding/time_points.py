"""Single points of time among marks: a year, a quarter, a month, and what joins two of them to a range."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tradebot.knowledge.periods import Period
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_TO = frozenset({"to", "through", "thru", "until", "till", "and"})
_HALVES = frozenset({"half", "h", "halves"})
_DASHES = frozenset("-–—−")
_YEARS_BACK = {"last": 1, "previous": 1, "this": 0, "current": 0}
_YEAR_AGO = frozenset({"a year ago", "a year earlier", "year ago", "year earlier"})
_QUARTER = frozenset({"quarter", "q", "qtr"})
_QUARTERS = _QUARTER | {"quarters"}
_LISTED = frozenset(
    {*"and or to vs versus against with than q h of in the half halves".split(), *_QUARTERS, "compared to", "compared with"}
)
"""Marks between two quarters or halves of which the second says the year (“Q1 and Q2 2026”)."""


class When(NamedTuple):
    """A period as said. kind: span, since, before, after, day, to_date, future; around and over, which stand for two spans.

    `loose` says that the words fit other periods too (“last month”, “Q3”, “early 2025”), of which the latest held was taken.
    `yearless` says that it is a month, quarter or half whose year was not said. `at` is the mark it begins with.
    """

    kind: str
    said: str
    period: Period | None = None
    day: dt.date | None = None
    loose: bool = False
    yearless: bool = False
    at: int = -1


NOTHING: tuple[int, When | None] = (0, None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What “last year” and “so far” mean: today, and how far the record goes."""

    today: dt.date
    latest_year: Period
    to_date: Period
    first_year: int
    days: Mapping[str, dt.date] = field(default_factory=dict)
    """Days of the news by their names, with the preposition where it matters (“before liberation day”)."""
    spans: Mapping[str, Period] = field(default_factory=dict)
    """Periods that go by a name of their own (before the tariffs)."""
    openers: frozenset[str] = frozenset()
    """The first words of those names, one and two of them."""
    opening: frozenset[str] = frozenset()
    """The words that any period said in words may begin with."""


@dataclass(slots=True)
class Scan:
    marks: Sequence[Mark]
    calendar: Calendar
    of_tariffs: bool = False
    """Whether the sentence speaks of tariffs, which have days where trade has years."""
    of_change: bool = False
    """Whether it asks how something moved: “changed from 2020” is since then."""
    index: int = 0

    @property
    def this_month(self) -> int:
        """Today's month, counted as in Period."""
        return self.calendar.today.year * 12 + self.calendar.today.month - 1

    def no_year(self) -> bool:
        """Whether the sentence names no year at all."""
        return not any(self.year(at - self.index) for at in range(len(self.marks)))

    def at(self, offset: int) -> Mark | None:
        position = self.index + offset
        return self.marks[position] if 0 <= position < len(self.marks) else None

    def key(self, offset: int) -> str:
        position = self.index + offset
        return self.marks[position].key if 0 <= position < len(self.marks) else ""

    def year(self, offset: int) -> int | None:
        mark = self.at(offset)
        if mark is None or mark.value is None or not mark.has(Kind.NUMBER):
            return None
        if len(mark.key) == 4 and _FIRST_YEAR <= mark.value <= _LAST_YEAR:
            return None if self._is_scale(offset + 1) else int(mark.value)
        if len(mark.key) == 2 and mark.gap.endswith(("'", "’")):
            return int(mark.value) + (2000 if mark.value < 50 else 1900)
        return None

    def _is_scale(self, offset: int) -> bool:
        """“2000 million” is no year."""
        mark = self.at(offset)
        return mark is not None and len(mark.key) > 1 and mark.has(Kind.SCALE)

    def year_after(self, offset: int) -> tuple[int, int]:
        """The year that belongs to a month, quarter or half, and the mark after it: “of 2025”, “last year”; 0 where there is none."""
        skip = offset + (self.key(offset) in ("of", "in"))
        if year := self.year(skip):
            return skip + 1, year
        skip += self.key(skip) == "the"
        if self.key(skip) in _YEAR_AGO:
            return skip + 1, self.calendar.today.year - 1
        back = _YEARS_BACK.get(self.key(skip)) if self.key(skip + 1) in ("year", "yr") else None
        return (skip, 0) if back is None else (skip + 2, self.calendar.today.year - back)

    def month(self, offset: int) -> int | None:
        mark = self.at(offset)
        value = mark.value_of(Kind.MONTH) if mark else None
        return int(value) if value else None

    def number(self, offset: int) -> int | None:
        mark = self.at(offset)
        if mark is None:
            return None
        value = mark.value_of(Kind.NUMBER)
        if value is None:
            value = mark.value_of(Kind.ORDINAL)
        return int(value) if value is not None and float(value).is_integer() else None

    def day(self, offset: int) -> int | None:
        value = self.number(offset)
        return value if value and 1 <= value <= 31 and self.year(offset) is None else None

    def joined(self, offset: int) -> int:
        """How many marks join two ends of a range at `offset`: a dash (0 marks), “to” (1), or -1 for no range."""
        mark = self.at(offset)
        if mark is not None and mark.gap and set(mark.gap.strip()) <= _DASHES:
            return 0
        return 1 if self.key(offset) in _TO else -1


def said(scan: Scan, length: int) -> str:
    """So many marks from here on, as they were written."""
    return " ".join(mark.said for mark in scan.marks[scan.index : scan.index + length])


def point(scan: Scan) -> tuple[int, Period | None]:
    """A month, quarter, half or year said outright; a first month of a range may leave its year to the second."""
    return _months(scan) or _first_months(scan) or _quarter(scan) or _half(scan) or _iso_month(scan) or _year_point(scan) or (0, None)


def _months(scan: Scan) -> tuple[int, Period] | None:
    month = scan.month(0)
    if month:
        length, year = scan.year_after(1)
        if year:
            return length, Period.month(year, month)
        joined = scan.joined(1)
        last = scan.month(1 + joined) if joined >= 0 else None
        length, year = scan.year_after(2 + joined) if last else (0, 0)
        if last and year and last >= month:
            apart = scan.key(1) == "and" and scan.key(-1) not in ("between", "from") and last > month + 1
            return (1, Period.month(year, month)) if apart else (length, Period.months(year, month, year, last))
    leads, month = scan.year(0), scan.month(1)
    if leads and month and not scan.year(2) and "," not in scan.marks[scan.index + 1].gap:
        return 2, Period.month(leads, month)
    return None


def _first_months(scan: Scan) -> tuple[int, Period] | None:
    """“first seven months of 2026”; “the first months of 2025” are its first three."""
    if scan.key(0) in ("first", "last") and scan.key(1) == "months" and (few := scan.year_after(2))[1]:
        first = 1 if scan.key(0) == "first" else 10
        return few[0], Period.months(few[1], first, few[1], first + 2)
    count = scan.number(1) if scan.key(0) == "first" else None
    length, year = scan.year_after(3)
    if not count or not 1 <= count <= 12 or scan.key(2) not in ("month", "months") or not year:
        return None
    return length, Period.months(year, 1, year, count)


def _quarter(scan: Scan) -> tuple[int, Period] | None:
    number = None
    if scan.key(0) == "q" and scan.number(1) in (1, 2, 3, 4):
        number = scan.number(1)
    elif (scan.key(1) in _QUARTER or _shares_noun(scan, _QUARTERS)) and scan.number(0) in (1, 2, 3, 4):
        number = scan.number(0)
    if number:
        length = 2 if scan.key(0) == "q" or scan.key(1) in _QUARTER else 1
        end, year = scan.year_after(length)
        if not year:
            end, year = length, _year_listed(scan, length)
        return (end, Period.quarter(year, number)) if year else _latest_quarter(scan, length, number)
    leads, number = scan.year(0), scan.number(2)
    return (3, Period.quarter(leads, number)) if leads and scan.key(1) == "q" and number in (1, 2, 3, 4) else None


def _shares_noun(scan: Scan, nouns: frozenset[str]) -> bool:
    """“the second and third quarter”: the first of two has its noun from the second."""
    return scan.key(1) in ("and", "or", "vs", "versus") and scan.number(2) is not None and scan.key(3) in nouns


def _year_listed(scan: Scan, offset: int) -> int:
    """The year that stands at the end of a list of quarters or halves; 0 where none does."""
    while scan.key(offset) in _LISTED or scan.number(offset) in (1, 2, 3, 4):
        offset += 1
    return scan.year(offset) or 0


def _latest_quarter(scan: Scan, length: int, number: int) -> tuple[int, Period] | None:
    """“Q2”, “the third quarter” in a sentence without a year: the latest that is held."""
    if not scan.no_year() or scan.key(length) in ("of", "last", "this"):
        return None
    return length, Period.quarter(_latest_with(scan, 3 * number), number)


def _latest_with(scan: Scan, month: int) -> int:
    """The latest year of which so many months are held."""
    last = scan.calendar.to_date
    return last.last_year if month <= last.last % 12 + 1 else last.last_year - 1


def _half(scan: Scan) -> tuple[int, Period] | None:
    """“first half of 2023”, “H1 2024”, “2h 2025”, “2024 H2”, “H1 and H2 2025”."""
    start = 1 if scan.year(0) and scan.key(1) == "h" else 0
    shared = start == 0 and _shares_noun(scan, _HALVES)
    number = scan.number(start + 1) if scan.key(start) == "h" else scan.number(start) if shared or scan.key(start + 1) in _HALVES else None
    if number not in (1, 2):
        return None
    length = start + (1 if shared else 2)
    end, year = (length, scan.year(0) or 0) if start else scan.year_after(length)
    if not year:
        end, year = length, _year_listed(scan, length) or _latest_half(scan, start, number)
    return (end, Period.months(year, 6 * number - 5, year, 6 * number)) if year else None


def _latest_half(scan: Scan, at: int, number: int) -> int:
    """“H1”, “the first half” in a sentence without a year: the latest year that has it; 0 for “one half of our imports”."""
    mark = scan.at(at)
    sure = scan.key(at) == "h" or (mark is not None and mark.has(Kind.ORDINAL) and scan.key(at + 2) not in ("of", "last", "this"))
    return _latest_with(scan, 6 * number) if sure and scan.no_year() else 0


def _iso_month(scan: Scan) -> tuple[int, Period] | None:
    """“2024-05”; “2010-12” is left for the range of years that it more likely is."""
    year, second = scan.year(0), scan.at(1)
    if not year or second is None or second.gap != "-" or len(second.key) != 2 or second.value is None:
        return None
    month = int(second.value)
    return (2, Period.month(year, month)) if 1 <= month <= min(12, year % 100 - 1) else None


def _short_year(scan: Scan, offset: int) -> int:
    """“FY24”."""
    mark = scan.at(offset)
    return 2000 + int(mark.value) if mark is not None and mark.value is not None and len(mark.key) == 2 and mark.key.isdigit() else 0


def _year_point(scan: Scan) -> tuple[int, Period] | None:
    fiscal = (scan.year(1) or _short_year(scan, 1)) if scan.key(0) in ("fy", "fiscal year", "fiscal") else 0
    if fiscal:
        return 2, Period.months(fiscal - 1, 10, fiscal, 9)  # the US government's, from October
    if scan.key(0) in ("cy", "year") and (year := scan.year(1)):
        return 2, Period.year(year)
    year = scan.year(0)
    return (1, Period.year(year)) if year else None


def covered(when: When, calendar: Calendar, *, monthly: bool) -> Period:
    """The whole months meant: “since 2018” runs to the latest complete year (or, where months are asked for, month held)."""
    kind, period = when.kind, when.period or calendar.latest_year
    if kind == "since":
        last = calendar.latest_year.last if period.is_year and not monthly else calendar.to_date.last
        return Period(period.first, max(period.last, last))
    if kind == "after":
        return Period(period.last + 1, max(period.last + 12, calendar.latest_year.last))
    if kind == "before" and not period.is_years:  # “until June 2026”: of that year
        return Period((period.first - 1) // 12 * 12, max(period.first - 1, 0))
    if kind == "before":
        return Period(calendar.first_year * 12, max(period.first - 1, calendar.first_year * 12 + 11))
    return period
