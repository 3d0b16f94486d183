"""Columns of the statistical record: numbers kept as packed doubles, with where each year of them was read.

A whole record is some 250,000 numbers; as objects they would cost a second at start-up and tens of megabytes.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NAN = math.nan
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row was read: the source (its vintage) and the Census code, or what was summed for it.

    `code` is a Schedule C code (5520), several joined by + (7321+7320) where one partner had two, `partners` or
    `regions` where the row is a sum of those rows.
    """

    source: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of one line, in USD million: a year to date, or one number per chapter; NaN where none is held."""

    origin: Origin
    values: memoryview[float]


@dataclass(frozen=True, slots=True)
class Series:
    """One flow of one area in steps of a year (`step` 1) or a month (`step` 12), from the year `first` on, USD million."""

    first: int
    step: int
    values: memoryview[float]
    origins: tuple[Origin | None, ...]

    @classmethod
    def build(cls, rows: Mapping[int, tuple[Origin, array[float]]], step: int) -> Series:
        """Lays lines keyed by year end to end; a year without a line is a gap of NaN."""
        first, last = min(rows), max(rows)
        gap = (None, array("d", [NAN] * step))
        values = array("d")
        origins: list[Origin | None] = []
        for year in range(first, last + 1):
            origin, numbers = rows.get(year, gap)
            origins.append(origin)
            values += numbers
        return cls(first, step, packed(values), tuple(origins))

    @property
    def start(self) -> int:
        """Index of the first value: a year, or a month counted since year 0 as in Period."""
        return self.first * self.step

    def get(self, index: int) -> float | None:
        """The value at a year or month index, None where nothing is held."""
        at = index - self.first * self.step
        if not 0 <= at < len(self.values):
            return None
        value = self.values[at]
        return None if value != value else value  # noqa: PLR0124 - NaN

    def year(self, year: int) -> memoryview[float]:
        """The values of one year, NaN where none is held; none at all outside the years it has."""
        at = (year - self.first) * self.step
        return self.values[at : at + self.step] if at >= 0 else self.values[:0]

    def origin(self, index: int) -> Origin | None:
        return self.origins[(index - self.start) // self.step]

    def held(self) -> list[int]:
        """The indices that hold a value, ascending."""
        start = self.start
        return [start + at for at, value in enumerate(self.values) if not math.isnan(value)]

    @property
    def last_held(self) -> int:
        """The last index that holds a value. Raises StopIteration where none does."""
        return next(self.start + at for at in range(len(self.values) - 1, -1, -1) if not math.isnan(self.values[at]))


def packed(values: Iterable[float]) -> memoryview[float]:
    """Read-only doubles."""
    return memoryview(array("d", values).tobytes()).cast("d")


def exact_difference(value: float, other: float) -> float:
    """As exact_sum, of one value and the negative of another."""
    return (round(value * _MICRO) - round(other * _MICRO)) / _MICRO


def exact_sum(values: Iterable[float]) -> float:
    """The decimal sum of money in USD million, exact to a dollar: 0.1 + 0.2 is 0.3, whatever the order."""
    return sum(round(value * _MICRO) for value in values) / _MICRO
