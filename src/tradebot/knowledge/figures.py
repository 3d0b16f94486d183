"""Figures: a number with everything that makes it honest (whose, of what, when, in what unit, from where)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Figure:
    """One number an answer speaks.

    `value` is in `unit` (money in USD million; a deficit is a negative balance). `partner` is an ISO 3166 alpha-2
    code, a group's id or WORLD. `derived_from` holds the operands of a computed figure, `formula` says in words
    how they combine; a figure without operands was read from `source` at `place`. `step` is what its source rounded it
    to, in `unit`; 0 where that is the last digit of the record.
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
    place: str = ""
    id: str = ""
    step: float = 0.0

    def __post_init__(self) -> None:
        if not self.id:
            when = f".{self.period.id}" if self.period else ""
            object.__setattr__(self, "id", f"{self.partner}.{self.metric}{when}")

    @property
    def is_deficit(self) -> bool:
        return self.value < 0
