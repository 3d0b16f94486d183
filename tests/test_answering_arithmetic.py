"""Arithmetic on figures: derivations are complete, bounds survive, and what cannot be ranked is not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradebot.answering import arithmetic
from tradebot.answering.arithmetic import Order, Range, compare_sizes, size_range
from tradebot.knowledge.figures import Figure, Hedge, Unit
from tradebot.knowledge.periods import Period

Y24, Y25 = Period.year(2024), Period.year(2025)
MONEY = st.floats(min_value=-1e7, max_value=1e7, allow_nan=False).map(lambda value: round(value, 3))


def figure(value: float, hedge: Hedge = Hedge.EXACT, partner: str = "CN", metric: str = "imports", period: Period = Y24) -> Figure:
    return Figure(partner, metric, period, value, hedge=hedge)


@pytest.mark.parametrize(
    ("hedge", "low", "high"),
    [
        (Hedge.EXACT, 500, 500),
        (Hedge.NEARLY, 0, 500),
        (Hedge.UP_TO, 0, 500),
        (Hedge.AT_LEAST, 500, math.inf),
        (Hedge.ABOUT, 475, 525),
    ],
)
def test_a_hedge_is_a_range(hedge: Hedge, low: float, high: float) -> None:
    assert size_range(figure(-500, hedge)) == Range(low, high)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        (figure(500, Hedge.NEARLY), figure(470, Hedge.AT_LEAST), Order.UNKNOWN),
        (figure(500, Hedge.AT_LEAST), figure(470, Hedge.NEARLY), Order.LARGER),
        (figure(400, Hedge.NEARLY), figure(470, Hedge.AT_LEAST), Order.SMALLER),
        (figure(480, Hedge.ABOUT), figure(500), Order.UNKNOWN),
        (figure(400, Hedge.ABOUT), figure(500), Order.SMALLER),
        (figure(-500), figure(470), Order.LARGER),
        (figure(5), figure(5), Order.EQUAL),
    ],
)
def test_overlapping_bounds_cannot_be_ranked(one: Figure, other: Figure, order: Order) -> None:
    assert compare_sizes(one, other) is order


@pytest.mark.parametrize(
    ("one", "other", "summed", "left", "divided"),
    [
        (Hedge.EXACT, Hedge.EXACT, Hedge.EXACT, Hedge.EXACT, Hedge.EXACT),
        (Hedge.NEARLY, Hedge.EXACT, Hedge.AT_MOST, Hedge.AT_MOST, Hedge.AT_MOST),
        (Hedge.EXACT, Hedge.AT_LEAST, Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.AT_MOST),
        (Hedge.NEARLY, Hedge.AT_LEAST, Hedge.ABOUT, Hedge.AT_MOST, Hedge.AT_MOST),
        (Hedge.AT_LEAST, Hedge.AT_LEAST, Hedge.AT_LEAST, Hedge.ABOUT, Hedge.ABOUT),
        (Hedge.ABOUT, Hedge.EXACT, Hedge.ABOUT, Hedge.ABOUT, Hedge.ABOUT),
    ],
)
def test_bounds_flow_through_sums_differences_and_quotients(one: Hedge, other: Hedge, summed: Hedge, left: Hedge, divided: Hedge) -> None:
    first, second = figure(500, one), figure(400, other, partner="MX")
    share, ratio = arithmetic.share(first, second), arithmetic.ratio(first, second)
    assert share is not None
    assert ratio is not None
    assert arithmetic.total([first, second], "CN+MX").hedge is summed
    assert arithmetic.difference(first, second).hedge is left
    assert arithmetic.without(first, [second], "rest").hedge is left
    assert (share.hedge, ratio.hedge) == (divided, divided)


@given(st.lists(MONEY, min_size=1, max_size=40))
def test_a_sum_is_its_operands(values: list[float]) -> None:
    parts = [figure(value, partner=f"P{at}") for at, value in enumerate(values)]
    found = arithmetic.total(parts, "ALL")
    assert found.value == pytest.approx(sum(values), abs=1e-3)
    assert found.derived_from == tuple(parts)
    assert found.formula


@given(MONEY, MONEY)
def test_change_is_of_sizes_and_only_within_one_side_of_zero(now: float, then: float) -> None:
    found = arithmetic.change_percent(figure(now, metric="balance", period=Y25), figure(then, metric="balance"))
    if then == 0 or now * then < 0:
        assert found is None
    else:
        assert found is not None
        assert abs(then) * (1 + found.value / 100) == pytest.approx(abs(now), rel=1e-6, abs=1e-6)
        assert found.unit is Unit.PERCENT


@given(MONEY, MONEY)
def test_imports_are_never_a_share_of_a_deficit(part: float, whole: float) -> None:
    assert arithmetic.share(figure(part, metric="imports"), figure(whole, metric="balance")) is None


def test_a_widened_deficit_went_up_and_a_swing_keeps_its_signs() -> None:
    wider = arithmetic.change_percent(figure(-150, metric="balance", period=Y25), figure(-100, metric="balance"))
    assert wider is not None
    assert wider.value == pytest.approx(50)
    assert arithmetic.swing(figure(30, metric="balance"), figure(-20, metric="balance")).value == 50


def test_nothing_can_be_neither_added_nor_averaged() -> None:
    with pytest.raises(ValueError, match="nothing to add"):
        arithmetic.total([], "ALL")
    with pytest.raises(ValueError, match="nothing to average"):
        arithmetic.average([], "ALL", Y24)


def balance(exports: float, imports: float) -> Figure:
    operands = (figure(exports), figure(imports))
    return Figure("CN", "balance", Y24, exports - imports, derived_from=operands, formula="exports − imports")


def test_figures_nearer_than_their_last_digits_could_swap() -> None:
    assert arithmetic.too_close(figure(0.8), figure(0.8))
    assert not arithmetic.too_close(figure(0.8), figure(0.9))
    assert not arithmetic.too_close(figure(0.812), figure(0.814))
    assert arithmetic.too_close(balance(0.1, 0.9), balance(0.2, 1.1)), "a balance is as wide as both its sides"
    assert not arithmetic.too_close(balance(0.1, 0.9), balance(0.2, 1.2))
