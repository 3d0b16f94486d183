"""Periods: inclusive spans of whole months, the one unit of time every figure is stated in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LABELS_KEPT = 2_048
_ID = re.compile(r"(\d{4})(?:-(\d{2}))?(?:/(\d{4})-(\d{2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole months, both ends included.

    `first` and `last` count months since year 0 (year * 12 + month - 1), so arithmetic is plain integer arithmetic.
    """

    first: int
    last: int

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(year * 12, year * 12 + 11)

    @classmethod
    def years(cls, first: int, last: int) -> Period:
        return cls(first * 12, last * 12 + 11)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls.months(year, month, year, month)

    @classmethod
    def months(cls, year: int, month: int, last_year: int, last_month: int) -> Period:
        return cls(year * 12 + month - 1, last_year * 12 + last_month - 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        first = year * 12 + (quarter - 1) * 3
        return cls(first, first + 2)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period an id names: `2025`, `2025-03`, `2026-01/2026-07`.

        Raises ValueError for any other text.
        """
        match = _ID.fullmatch(text)
        if match is None:
            raise ValueError(f"not a period: {text!r} (write 2025, 2025-03 or 2026-01/2026-07)")
        year, month, last_year, last_month = match.groups()
        if month is None:
            return cls.year(int(year))
        if last_year is None:
            return cls.month(int(year), int(month))
        return cls.months(int(year), int(month), int(last_year), int(last_month))

    @property
    def length(self) -> int:
        """Months in the period."""
        return self.last - self.first + 1

    @property
    def first_year(self) -> int:
        return self.first // 12

    @property
    def last_year(self) -> int:
        return self.last // 12

    @property
    def is_year(self) -> bool:
        return self.first % 12 == 0 and self.length == 12

    @property
    def is_years(self) -> bool:
        """Whether it is made of whole calendar years."""
        return self.first % 12 == 0 and self.length % 12 == 0

    @property
    def is_month(self) -> bool:
        return self.length == 1

    @property
    def id(self) -> str:
        return _id(self)

    @property
    def from_month(self) -> str:
        return _month_id(self.first)

    @property
    def to_month(self) -> str:
        return _month_id(self.last)

    @property
    def label(self) -> str:
        """How a person writes it: 2025, 2015–2025, March 2025, Q2 2026, January–July 2026."""
        return _label(self)

    def shift(self, months: int) -> Period:
        return Period(self.first + months, self.last + months)

    @property
    def before(self) -> Period:
        """The like-for-like period a year earlier, or as many years as it takes to share no month with this one.

        For several whole years: the year before the last of them.
        """
        if self.is_years and not self.is_year:
            return Period.year(self.last_year).shift(-12)
        return self.shift(-12 * -(-self.length // 12))

    def each_year(self) -> Iterator[Period]:
        """Its calendar years; only for a period of whole years."""
        return (Period.year(year) for year in range(self.first_year, self.last_year + 1))

    def each_month(self) -> Iterator[Period]:
        return (Period(month, month) for month in range(self.first, self.last + 1))

    def each_quarter(self) -> Iterator[Period]:
        """The calendar quarters that lie within it."""
        return (Period(first, first + 2) for first in range(-(-self.first // 3) * 3, self.last - 1, 3))

    def start_date(self) -> dt.date:
        return dt.date(self.first_year, self.first % 12 + 1, 1)

    def end_date(self) -> dt.date:
        following = self.last + 1
        return dt.date(following // 12, following % 12 + 1, 1) - dt.timedelta(days=1)

    def __contains__(self, other: Period) -> bool:
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return self.label


@lru_cache(maxsize=LABELS_KEPT)
def _id(period: Period) -> str:
    if period.is_year:
        return f"{period.first_year:04d}"
    if period.is_month:
        return _month_id(period.first)
    return f"{_month_id(period.first)}/{_month_id(period.last)}"


@lru_cache(maxsize=LABELS_KEPT)
def _label(period: Period) -> str:
    first, last = period.first_year, period.last_year
    if period.is_year:
        return str(first)
    if period.is_years:
        return f"{first}–{last}"
    if period.is_month:
        return f"{MONTHS[period.first % 12]} {first}"
    if period.length == 3 and period.first % 3 == 0:
        return f"Q{period.first % 12 // 3 + 1} {first}"
    if first == last:
        return f"{MONTHS[period.first % 12]}–{MONTHS[period.last % 12]} {first}"
    return f"{MONTHS[period.first % 12]} {first}–{MONTHS[period.last % 12]} {last}"


def _month_id(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
