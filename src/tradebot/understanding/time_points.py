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


class When(NamedTuple):
    """A period as said. kind: span, since, before, after, day, to_date, future; around and over, which stand for two spans.

    `loose` says that the words fit other periods too (“last month”, “Q3”, “early 2025”), of which the latest held was taken.
    """

    kind: str
    said: str
    period: Period | None = None
    day: dt.date | None = None
    loose: bool = False


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
            return int(mark.value)
        if len(mark.key) == 2 and mark.gap.endswith(("'", "’")):
            return int(mark.value) + (2000 if mark.value < 50 else 1900)
        return None

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
        skip = 2 if scan.key(1) == "of" else 1
        year = scan.year(skip)
        if year:
            return skip + 1, Period.month(year, month)
        joined = scan.joined(1)
        last = scan.month(1 + joined) if joined >= 0 else None
        year = scan.year(2 + joined) if last else None
        if last and year and last >= month:
            return 3 + joined, Period.months(year, month, year, last)
    year = scan.year(0)
    if year and (month := scan.month(1)) and not scan.year(2) and (scan.at(1) is None or "," not in scan.marks[scan.index + 1].gap):
        return 2, Period.month(year, month)
    return None


def _first_months(scan: Scan) -> tuple[int, Period] | None:
    """“first seven months of 2026”."""
    count = scan.number(1) if scan.key(0) == "first" else None
    skip = 3 + (scan.key(3) in ("of", "in"))
    year = scan.year(skip)
    if not count or not 1 <= count <= 12 or scan.key(2) not in ("month", "months") or not year:
        return None
    return skip + 1, Period.months(year, 1, year, count)


def _quarter(scan: Scan) -> tuple[int, Period] | None:
    number = None
    length = 0
    if scan.key(0) == "q" and scan.number(1) in (1, 2, 3, 4):
        number, length = scan.number(1), 2
    elif scan.key(1) in ("quarter", "q", "qtr") and scan.number(0) in (1, 2, 3, 4):
        number, length = scan.number(0), 2
    if number:
        skip = length + (scan.key(length) in ("of", "in"))
        year = scan.year(skip)
        return (skip + 1, Period.quarter(year, number)) if year else _latest_quarter(scan, length, number)
    year = scan.year(0)
    if year and scan.key(1) == "q" and scan.number(2) in (1, 2, 3, 4):
        return 3, Period.quarter(year, scan.number(2) or 1)
    return None


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
    """“first half of 2023”, “H1 2024”, “2h 2025”, “2024 H2”."""
    start = 1 if scan.year(0) and scan.key(1) == "h" else 0
    number = scan.number(start + 1) if scan.key(start) == "h" else scan.number(start) if scan.key(start + 1) in _HALVES else None
    if number not in (1, 2):
        return None
    skip = start + 2 + (scan.key(start + 2) in ("of", "in"))
    year = scan.year(0) if start else scan.year(skip)
    if year:
        return (start + 2 if start else skip + 1), Period.months(year, 6 * number - 5, year, 6 * number)
    mark = scan.at(start)
    if mark is None or not scan.no_year() or skip != start + 2 or not (scan.key(start) == "h" or mark.has(Kind.ORDINAL)):
        return None  # “one half of our imports”
    year = _latest_with(scan, 6 * number)
    return skip, Period.months(year, 6 * number - 5, year, 6 * number)


def _iso_month(scan: Scan) -> tuple[int, Period] | None:
    """“2024-05”; “2010-12” is left for the range of years that it more likely is."""
    year, second = scan.year(0), scan.at(1)
    if not year or second is None or second.gap != "-" or len(second.key) != 2 or second.value is None:
        return None
    month = int(second.value)
    return (2, Period.month(year, month)) if 1 <= month <= min(12, year % 100 - 1) else None


def _year_point(scan: Scan) -> tuple[int, Period] | None:
    if scan.key(0) in ("fy", "fiscal year", "fiscal") and (year := scan.year(1)):
        return 2, Period.months(year - 1, 10, year, 9)  # the US government's, from October
    if scan.key(0) in ("cy", "year") and (year := scan.year(1)):
        return 2, Period.year(year)
    year = scan.year(0)
    return (1, Period.year(year)) if year else None
