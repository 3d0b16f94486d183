"""A scale: numbers to pixels, with round numbers to draw lines at."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` (at the pixel `bottom`) to `high` (at `top`); `ticks` are round numbers from end to end."""

    low: float
    high: float
    top: float
    bottom: float
    ticks: tuple[float, ...]

    @classmethod
    def over(cls, values: Iterable[float], top: float, bottom: float, most: int = 6) -> Scale:
        """A scale that holds zero and all the values, with at most `most` round numbers."""
        held = [0.0, *values]
        low, high = min(held), max(held)
        step = _step((high - low) or 1.0, most)
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        ticks = tuple(number * step for number in range(first, max(last, first + 1) + 1))
        return cls(ticks[0], ticks[-1], top, bottom, ticks)

    def __call__(self, value: float) -> float:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def _step(span: float, most: int) -> float:
    """The smallest round step that makes at most so many lines."""
    size = 10.0 ** math.floor(math.log10(span / most))
    return next(step * size for step in (*_STEPS, 20, 50) if span / (step * size) <= most - 1)


def spread(wanted: list[float], apart: float, low: float, high: float) -> list[float]:
    """Places as near as can be to the wanted ones, in their order, no two closer than `apart`, all between low and high."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    found = list(wanted)
    at = low
    for index in order:
        found[index] = at = max(found[index], at)
        at += apart
    at = high
    for index in reversed(order):
        found[index] = at = min(found[index], at)
        at -= apart
    return found
