"""What a number, a period, a date and a name sound like."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from tradebot.knowledge.figures import Figure, Hedge, Unit
from tradebot.knowledge.periods import Period
from tradebot.presentation.voice import Voice, listening


@dataclass(frozen=True)
class Place:
    name: str
    the: bool = False


VOICE = Voice({"VN": Place("Vietnam"), "NL": Place("Netherlands", the=True), "USMCA": Place("USMCA partners", the=True)})


def figure(value: float, unit: Unit = Unit.MONEY, hedge: Hedge = Hedge.EXACT, metric: str = "imports", computed: bool = False) -> Figure:
    operands = (Figure("VN", "imports", Period.year(2025), 1.0),) if computed else ()
    return Figure("VN", metric, Period.year(2025), value, unit, hedge=hedge, derived_from=operands)


@pytest.mark.parametrize(
    ("millions", "said"),
    [
        (178254.3, "$178.3 bn"),
        (-178254.3, "$178.3 bn"),
        (97.0, "$97.0 mn"),
        (999.94, "$999.9 mn"),
        (999.96, "$1.0 bn"),
        (1234618.6, "$1,234.6 bn"),
        (1_200_000.0, "$1.2 tn"),
        (500_000.0, "$500 bn"),
        (45_700.0, "$45.7 bn"),
        (9.94, "$9.94 mn"),
        (0.4, "$0.40 mn"),
        (0.043, "$43,000"),
        (0.0, "$0"),
    ],
)
def test_money_is_said_without_a_sign_in_the_unit_that_reads_best(millions: float, said: str) -> None:
    assert VOICE.money(figure(millions)) == said


@pytest.mark.parametrize(
    ("hedge", "said"),
    [
        (Hedge.NEARLY, "nearly $500 bn"),
        (Hedge.AT_LEAST, "more than $500 bn"),
        (Hedge.AT_MOST, "at most $500 bn"),
        (Hedge.ABOUT, "about $500 bn"),
        (Hedge.UP_TO, "up to $500 bn"),
    ],
)
def test_hedges_are_kept(hedge: Hedge, said: str) -> None:
    assert VOICE.money(figure(500_000, hedge=hedge)) == said


@pytest.mark.parametrize(
    ("value", "metric", "said"),
    [
        (44.4, "change", "44 %"),
        (7.23, "rate", "7.23 %"),
        (7.234, "change", "7.2 %"),
        (12.5, "rate", "12.5 %"),
        (21.2345, "share", "21.2 %"),
        (3981.8378, "change", "3,982 %"),
        (0.0412, "change", "0.041 %"),
        (0.0, "change", "0.0 %"),
        (-30.07123, "change", "30 %"),
    ],
)
def test_percentages_have_the_decimals_that_matter(value: float, metric: str, said: str) -> None:
    assert VOICE.percent(figure(value, Unit.PERCENT, metric=metric, computed=metric != "rate")) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(1, "largest"), (2, "second largest"), (12, "twelfth largest"), (13, "13th largest"), (21, "21st largest"), (112, "112th largest")],
)
def test_ranks_are_ordinals_and_the_first_needs_none(value: float, said: str) -> None:
    assert VOICE.rank(figure(value, Unit.RANK)) == said


def test_change_has_a_direction_and_none_when_it_rounds_away() -> None:
    assert VOICE.change(figure(44.4, Unit.PERCENT, computed=True)) == "up 44 %"
    assert VOICE.change(figure(-7.234, Unit.PERCENT, computed=True)) == "down 7.2 %"
    assert VOICE.change(figure(0.0, Unit.PERCENT)) == "unchanged"


def test_the_side_of_a_balance_is_a_word() -> None:
    assert VOICE.gap(figure(-1.0)) == "deficit"
    assert VOICE.gap(figure(1.0)) == "surplus"


@pytest.mark.parametrize(("value", "said"), [(3, "three"), (9, "nine"), (10, "10"), (230, "230"), (1500, "1,500")])
def test_small_counts_are_words(value: float, said: str) -> None:
    assert VOICE.count(figure(value, Unit.COUNT)) == said


@pytest.mark.parametrize(("value", "said"), [(1.092, "1.09 times"), (6.44, "6.4 times"), (41.2, "41 times")])
def test_ratios(value: float, said: str) -> None:
    assert VOICE.ratio(figure(value, Unit.RATIO)) == said


def test_other_units_keep_their_number_and_name() -> None:
    assert VOICE.plain(figure(1.2, Unit.VEHICLES, Hedge.AT_LEAST)) == "more than 1.2 million vehicles"


def test_periods_and_dates() -> None:
    to_date = Period.parse("2026-01/2026-07")
    assert VOICE.when(to_date) == "January–July 2026"
    assert (VOICE.months(to_date), VOICE.of_year(to_date)) == ("January–July", "2026")
    assert VOICE.day(dt.date(2026, 7, 4)) == "4 Jul 2026"


def test_names_have_their_article_in_running_text_only() -> None:
    assert VOICE.join_and(["VN", "NL"]) == "Vietnam and the Netherlands"
    assert VOICE.label("NL") == "Netherlands"
    assert (VOICE.inside("NL"), VOICE.inside("USMCA")) == ("in the Netherlands", "among the USMCA partners")


def test_what_is_said_is_heard_with_the_figure_behind_it() -> None:
    spoken = figure(178254.3)
    with listening() as heard:
        VOICE.money(spoken)
    assert [(each.text, each.backing) for each in heard] == [("$178.3 bn", spoken)]


@pytest.mark.parametrize(
    ("per_cent", "said", "before"),
    [
        (44.0, "up 44 %", "up 44 % from"),
        (-31.0, "down 31 %", "down 31 % from"),
        (999.0, "up 999 %", "up 999 % from"),
        (1400.0, "about 15 times as much", "about 15 times as much as"),
        (19_404.0, "about 195 times as much", "about 195 times as much as"),
    ],
)
def test_a_growth_beyond_ten_times_is_said_as_a_factor(per_cent: float, said: str, before: str) -> None:
    grown = figure(per_cent, Unit.PERCENT, metric="change", computed=True)
    assert VOICE.change(grown) == said
    assert VOICE.change_from(grown) == before
    assert "times" in VOICE.cell(grown) or per_cent < 1000
