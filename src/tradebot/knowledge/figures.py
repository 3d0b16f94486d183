"""Figures: a number with everything that makes it honest (whose, of what, when, in what unit, from where)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tradebot.knowledge.periods import Period


class Unit(StrEnum):
    MONEY = "USD million"
    PERCENT = "percent"
    POINTS = "percentage points"
    RATIO = "ratio"
    RANK = "rank"
    COUNT = "count"
    YEAR = "year"
    VEHICLES = "million vehicles"
    DAYS = "days"


class Hedge(StrEnum):
    """How firmly a source states a number; everything but EXACT is a bound or an estimate."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    NEARLY = "nearly"
    UP_TO = "up_to"

    @property
    def bounds_above(self) -> bool:
        """True where the number is not exceeded: nearly 500, up to 26 %, at most."""
        return self in (Hedge.NEARLY, Hedge.UP_TO, Hedge.AT_MOST)

    @property
    def bounds_below(self) -> bool:
        return self is Hedge.AT_LEAST


class Place(Protocol):
    """Where in its source a number was read, in words."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Figure:
    """One number an answer speaks.

    `value` is in `unit` (money in USD million; a deficit is a negative balance). `partner` is an ISO 3166 alpha-2
    code, a group's id or WORLD. `derived_from` holds the operands of a computed figure, `formula` says in words
    how they combine; a figure without operands was read from `source` at `read_at`. `named` is its id where partner,
    measure and period do not make one. `step` is what its source rounded it to, in `unit`; 0 where that is the last digit
    of the record.
    """

    partner: str
    metric: str
    period: Period | None
    value: float
    unit: Unit = Unit.MONEY
    source: str = ""
    hedge: Hedge = Hedge.EXACT
    derived_from: tuple[Figure, ...] = ()
    formula: str = ""
    read_at: str | Place = ""
    named: str = ""
    step: float = 0.0

    @property
    def id(self) -> str:
        """Put together when somebody asks: a ranking makes hundreds of figures and shows ten."""
        return self.named or f"{self.partner}.{self.metric}{f'.{self.period.id}' if self.period else ''}"

    @property
    def place(self) -> str:
        """Where in its source it was read, in words; empty for what was computed."""
        return str(self.read_at)

    @property
    def is_deficit(self) -> bool:
        return self.value < 0
