"""Arithmetic on figures: derivations are complete, bounds survive, and what cannot be ranked is not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.arithmetic import Order, Range, compare_sizes, size_range
from tradebot.answering.figures.standing import Standing
from tradebot.knowledge.figures import Figure, Hedge, Unit
from tradebot.knowledge.periods import Period
from tradebot.query import Metric

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


def rounded(billions: float, step: float, metric: str = "balance", partner: str = "IN", hedge: Hedge = Hedge.EXACT) -> Figure:
    """As a newsletter gives it, in billions rounded to a step."""
    return Figure(partner, metric, Y24, billions * 1000, step=step * 1000, hedge=hedge)


def test_an_identity_holds_within_what_rounding_did() -> None:
    deficit, exports, imports = rounded(-45.7, 0.1), rounded(41.8, 0.1, "exports"), rounded(87.4, 0.1, "imports")
    assert arithmetic.adds_up(deficit, exports, imports), "45.6 against 45.7 is three roundings of a tenth"
    assert not arithmetic.adds_up(rounded(-45.5, 0.05), rounded(41.8, 0.05), rounded(87.4, 0.05))
    assert arithmetic.adds_up(rounded(-46, 1), exports, imports)
    assert not arithmetic.adds_up(rounded(-47, 1), exports, imports)


def test_a_rounded_figure_is_as_wide_as_its_step() -> None:
    assert size_range(rounded(-46, 1)) == Range(45_500, 46_500)
    assert compare_sizes(rounded(-46, 1), rounded(-45.7, 0.1)) is Order.UNKNOWN
    assert compare_sizes(rounded(-63, 1), rounded(-46, 1)) is Order.LARGER
    assert arithmetic.too_close(rounded(-66, 1), rounded(-65.5, 1))
    assert not arithmetic.too_close(rounded(-69, 1), rounded(-66, 1))
    assert arithmetic.total([rounded(-63, 1), rounded(-45.7, 0.1)], "X").hedge is Hedge.ABOUT
    assert arithmetic.total([rounded(-63, 1), rounded(-46, 1)], "X").hedge is Hedge.EXACT


@pytest.mark.parametrize(
    ("one", "other", "hedge", "changed"),
    [
        (figure(300, Hedge.NEARLY), figure(400), Hedge.AT_LEAST, "a fall from 400 to less than 300 is one of more than a quarter"),
        (figure(500, Hedge.NEARLY), figure(400), Hedge.AT_MOST, "a rise to less than 500 is at most a quarter"),
        (figure(300, Hedge.AT_LEAST), figure(400), Hedge.AT_MOST, "a fall to more than 300 is less than a quarter"),
        (figure(300), figure(400, Hedge.AT_LEAST), Hedge.AT_LEAST, "a fall from more than 400"),
        (figure(-300, Hedge.AT_LEAST, metric="balance"), figure(-200, metric="balance"), Hedge.AT_LEAST, "deficits by their size"),
        (figure(300), figure(400), Hedge.EXACT, "nothing hedged"),
    ],
)
def test_a_bound_of_a_fall_turns_round(one: Figure, other: Figure, hedge: Hedge, changed: str) -> None:
    found = arithmetic.change_percent(one, other)
    assert found is not None
    assert (found.hedge, arithmetic.difference(one, other).hedge) == (hedge, hedge), changed


def test_bounds_of_deficits_and_surpluses_keep_their_side_of_zero() -> None:
    large_deficit, surplus = figure(-500, Hedge.NEARLY, metric="balance"), figure(100, metric="balance")
    assert arithmetic.total([large_deficit, surplus], "X").hedge is Hedge.AT_MOST, "a deficit of at most 400"
    small_deficit, large_surplus = figure(-100, Hedge.NEARLY, metric="balance"), figure(400, metric="balance")
    assert arithmetic.total([small_deficit, large_surplus], "X").hedge is Hedge.AT_LEAST, "a surplus of at least 300"
    assert arithmetic.without(figure(-500, metric="balance"), [figure(-100, Hedge.AT_LEAST, metric="balance")], "X").hedge is Hedge.AT_MOST
    assert arithmetic.swing(figure(30, metric="balance"), figure(-20, Hedge.AT_LEAST, metric="balance")).hedge is Hedge.AT_LEAST


def test_a_place_that_rounding_could_change_is_not_said() -> None:
    order = Standing(Metric.IMPORTS, Y24, "", (figure(9.4, partner="A"), figure(1.0, partner="B"), figure(0.95, partner="C")))
    assert [partner for partner in ("A", "B", "C", "D") if order.could_swap(partner)] == ["B", "C"]
    assert order.close_pairs(["C"]) == (("B", "C"),)


HEDGED = st.builds(figure, st.floats(1, 1000), st.sampled_from(list(Hedge)))


@given(HEDGED, HEDGED, st.floats(0, 1), st.floats(0, 1))
def test_whatever_lies_within_the_bounds_stays_within_the_result(one: Figure, other: Figure, at: float, at_other: float) -> None:
    """A number drawn from each range gives a result that the result's own hedge allows."""
    mine, theirs = (draw(figure, place) for figure, place in ((one, at), (other, at_other)))
    for found, true in (
        (arithmetic.total([one, other], "X"), mine + theirs),
        (arithmetic.difference(one, other), mine - theirs),
        (arithmetic.ratio(one, other), mine / theirs if theirs else math.inf),
    ):
        assert found is not None
        if found.hedge.bounds_above:
            assert true * (1 if found.value >= 0 else -1) <= abs(found.value) * (1 + 1e-9)
        elif found.hedge.bounds_below:
            assert true * (1 if found.value >= 0 else -1) >= abs(found.value) * (1 - 1e-9)
        elif found.hedge is Hedge.EXACT:
            assert true == pytest.approx(found.value)


def draw(hedged: Figure, place: float) -> float:
    found = size_range(hedged)
    high = found.high if math.isfinite(found.high) else found.low * 10
    return found.low + (high - found.low) * place
