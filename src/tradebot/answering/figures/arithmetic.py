"""Arithmetic on figures: every result is a Figure that names its operands and formula, and keeps their hedges.

A hedged figure is a range: “nearly 500” is anything below 500, “more than 470” anything above it, “about 60” is 60
give or take a twentieth; “46”, rounded to whole billions, is 45.5 to 46.5. Operations work on those ranges; where two
overlap there is no larger one. A hedge speaks of the size of a number, so that of a deficit bounds it from the other side.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from tradebot.answering.figures import hedging
from tradebot.knowledge.figures import Figure, Hedge, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD

ABOUT_WIDTH = 0.05
"""How far “about” may be off, as a part of the number: the newsletter's own roundings lie within it."""

COARSE, FINE = 0.05, 0.0005
"""Half of the last digit of the Bureau's workbook (a tenth of a million) and of its API as kept (a thousandth)."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a figure may truly be, ends included unless infinite."""

    low: float
    high: float

    def overlaps(self, other: Range) -> bool:
        return self.low <= other.high and other.low <= self.high


class Order(Enum):
    """How two figures stand to each other."""

    LARGER = "larger"
    SMALLER = "smaller"
    EQUAL = "equal"
    UNKNOWN = "unknown"


def size_range(figure: Figure) -> Range:
    """The range of the absolute value."""
    size = abs(figure.value)
    if figure.hedge.bounds_above:
        return Range(0.0, size)
    if figure.hedge.bounds_below:
        return Range(size, math.inf)
    if figure.hedge is Hedge.ABOUT:
        return Range(size * (1 - ABOUT_WIDTH), size * (1 + ABOUT_WIDTH))
    half = figure.step / 2
    return Range(size - half, size + half)


def compare_sizes(one: Figure, other: Figure) -> Order:
    """Which of two is larger in absolute size; UNKNOWN where their ranges overlap."""
    mine, theirs = size_range(one), size_range(other)
    exact = one.hedge is Hedge.EXACT and other.hedge is Hedge.EXACT and not one.step and not other.step
    if exact and one.value == other.value:
        return Order.EQUAL
    if mine.overlaps(theirs):
        return Order.UNKNOWN
    return Order.LARGER if mine.low > theirs.high else Order.SMALLER


def too_close(one: Figure, other: Figure) -> bool:
    """Whether rounding could swap two figures in a ranking."""
    return round(abs(abs(one.value) - abs(other.value)), 6) < round(rounding(one) + rounding(other), 6)


def rounding(figure: Figure) -> float:
    """How far a figure may be off by rounding: half the last digit of everything it was computed from."""
    if figure.derived_from:
        return sum(rounding(operand) for operand in figure.derived_from)
    if figure.step:
        return figure.step / 2
    return COARSE if figure.value == round(figure.value, 1) else FINE


def adds_up(balance: Figure, exports: Figure, imports: Figure) -> bool:
    """Whether exports − imports is the balance, within what rounding may have done to the three."""
    off = abs(exports.value - imports.value - balance.value)
    return round(off, 6) <= round(sum(rounding(figure) for figure in (balance, exports, imports)), 6)


def total(figures: Sequence[Figure], partner: str, period: Period | None = None, metric: str = "") -> Figure:
    """The sum, signs kept. Raises ValueError for no figures."""
    if not figures:
        raise ValueError("nothing to add")
    value = math.fsum(figure.value for figure in figures)
    return Figure(
        partner=partner,
        metric=metric or figures[0].metric,
        period=period or figures[0].period,
        value=value,
        unit=figures[0].unit,
        hedge=hedging.of_sum(value, [(figure, 1) for figure in figures]) if hedging.alike(figures) else Hedge.ABOUT,
        derived_from=tuple(figures),
        formula=f"sum of {len(figures)}" if len(figures) > 1 else "the one figure",
    )


def without(whole: Figure, parts: Sequence[Figure], partner: str) -> Figure:
    """What is left of a whole when parts are taken out."""
    value = whole.value - math.fsum(part.value for part in parts)
    return Figure(
        partner=partner,
        metric=whole.metric,
        period=whole.period,
        value=value,
        unit=whole.unit,
        hedge=hedging.of_sum(value, [(whole, 1), *((part, -1) for part in parts)]),
        derived_from=(whole, *parts),
        formula=" − ".join(["whole", *(["part"] * len(parts))]) if len(parts) < 4 else f"whole − {len(parts)} parts",
    )


def difference(one: Figure, other: Figure, metric: str = "difference") -> Figure:
    """How much larger the first is than the second, in absolute sizes (negative: smaller)."""
    value = abs(one.value) - abs(other.value)
    return Figure(
        partner=one.partner,
        metric=metric,
        period=one.period,
        value=value,
        unit=one.unit,
        hedge=hedging.of_sizes(value, one, other),
        derived_from=(one, other),
        formula="first − second, in size",
        named=_pair_id(metric, one, other),
    )


def swing(one: Figure, other: Figure) -> Figure:
    """How far a balance moved from the second to the first, signs kept: a deficit that became a surplus."""
    value = one.value - other.value
    return Figure(
        partner=one.partner,
        metric="change",
        period=one.period,
        value=value,
        unit=one.unit,
        hedge=hedging.of_sum(value, [(one, 1), (other, -1)]),
        derived_from=(one, other),
        formula="first − second",
        named=_pair_id("swing", one, other),
    )


def change_percent(one: Figure, other: Figure) -> Figure | None:
    """Growth of the size from the second to the first, in per cent; None from nothing or across a change of sign."""
    if other.value == 0 or one.value * other.value < 0:
        return None
    value = (abs(one.value) / abs(other.value) - 1) * 100
    return Figure(
        partner=one.partner,
        metric="change",
        period=one.period,
        value=value,
        unit=Unit.PERCENT,
        hedge=hedging.of_sizes(value, one, other),
        derived_from=(one, other),
        formula="first ÷ second − 1",
        named=_pair_id("change", one, other),
    )


def growth_a_year(one: Figure, other: Figure) -> Figure | None:
    """The compound growth of the size a year, in per cent, from the second, of an earlier year; None as for `change_percent`."""
    if one.period is None or other.period is None or change_percent(one, other) is None or not one.value:
        return None
    between = one.period.first_year - other.period.first_year
    value = ((abs(one.value) / abs(other.value)) ** (1 / between) - 1) * 100 if between > 0 else 0.0
    return Figure(
        partner=one.partner,
        metric="growth",
        period=Period(other.period.first, one.period.last),
        value=value,
        unit=Unit.PERCENT,
        hedge=hedging.of_sizes(value, one, other),
        derived_from=(one, other),
        formula=f"(first ÷ second) ^ (1 ÷ {between}) − 1",
        named=_pair_id("growth", one, other),
    )


def ratio(one: Figure, other: Figure) -> Figure | None:
    """How many times the second goes into the first, in sizes; None over nothing."""
    if other.value == 0:
        return None
    value = abs(one.value) / abs(other.value)
    return Figure(
        partner=one.partner,
        metric="ratio",
        period=one.period,
        value=value,
        unit=Unit.RATIO,
        hedge=hedging.of_sizes(value, one, other),
        derived_from=(one, other),
        formula="first ÷ second",
        named=_pair_id("ratio", one, other),
    )


def share(part: Figure, whole: Figure | None) -> Figure | None:
    """The part in per cent of the whole: a partner of the world, a chapter of all goods of a flow.

    None over nothing, for balances of different sign, and between different measures.
    """
    if whole is None or whole.value == 0 or part.value * whole.value < 0 or _measured(part) != _measured(whole):
        return None
    value = part.value / whole.value * 100
    of = whole.partner if whole.metric == part.metric else f"{whole.partner}.{whole.metric}"
    return Figure(
        partner=part.partner,
        metric="share",
        period=part.period,
        value=value,
        unit=Unit.PERCENT,
        hedge=hedging.of_sizes(value, part, whole),
        derived_from=(part, whole),
        formula="part ÷ whole",
        named=f"{part.partner}.share.{part.metric}{_when(part)}.of.{of}",
    )


def _measured(figure: Figure) -> str:
    """What a figure measures, whatever goods it is confined to: “imports.85” are imports."""
    return figure.metric.partition(".")[0]


def average(figures: Sequence[Figure], partner: str, period: Period, *, middle: bool = False) -> Figure:
    """The mean (`middle`: the median), signs kept. Raises ValueError for no figures."""
    if not figures:
        raise ValueError("nothing to average")
    values = [figure.value for figure in figures]
    value = statistics.median(values) if middle else math.fsum(values) / len(values)
    return Figure(
        partner=partner,
        metric=figures[0].metric,
        period=period,
        value=value,
        unit=figures[0].unit,
        hedge=hedging.of_sum(value, [(figure, 1) for figure in figures]),
        derived_from=tuple(figures),
        formula=f"{'median' if middle else 'mean'} of {len(figures)}",
        named=f"{partner}.{'median' if middle else 'average'}.{figures[0].metric}.{period.id}",
    )


def count(items: Sequence[object], what: str, period: Period | None = None, partner: str = WORLD) -> Figure:
    """How many there are; figures among the items become the operands."""
    operands = tuple(item for item in items if isinstance(item, Figure))
    return Figure(partner, f"count.{what}", period, float(len(items)), Unit.COUNT, derived_from=operands, formula="counted")


def number(value: float, unit: Unit, what: str, partner: str = WORLD, period: Period | None = None) -> Figure:
    """A number of the question itself (the five of “top five”, a bound), so that an answer may repeat it."""
    return Figure(partner, what, period, value, unit, formula="as asked", named=f"asked.{what}.{value:g}")


def _pair_id(metric: str, one: Figure, other: Figure) -> str:
    return f"{metric}({one.id},{other.id})"


def _when(figure: Figure) -> str:
    return f".{figure.period.id}" if figure.period else ""
