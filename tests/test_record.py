"""The statistical record: totals that must agree, figures with derivations, spans, and files that are wrong."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record import WORLD, Record
from tradebot.knowledge.record_check import check_record, year_gaps
from tradebot.knowledge.record_figures import METRICS, chapter_of
from tradebot.knowledge.record_files import load_record
from tradebot.knowledge.record_series import exact_sum

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
YEARS = range(1985, 2026)
EU_MEMBERS = tuple(re.findall("..", "ATBEBGCYCZDEDKEEESFIFRGRHRHUIEITLTLULVMTNLPLPTROSESISK"))
JAN_JUL_2025 = Period.months(2025, 1, 2025, 7)


@pytest.fixture(scope="module")
def record() -> Record:
    return OWN


def _load(root: Path) -> Record:
    problems = Problems()
    loaded = load_record(root, problems)
    assert list(problems) == []
    return loaded


OWN = _load(KNOWLEDGE)


def _value(record: Record, area: str, metric: str, period: Period) -> float:
    figure = record.value(area, metric, period)
    assert figure is not None, (area, metric, period.id)
    return figure.value


def _sum(figures: Sequence[Figure]) -> float:
    return exact_sum(figure.value for figure in figures)


# -- what it holds ------------------------------------------------------------------------------------------------


def test_it_says_what_it_holds(record: Record) -> None:
    assert (record.first_year.id, record.latest_year.id, record.to_date.id) == ("1985", "2025", "2026-01/2026-07")
    assert record.span("CN", "balance") == (Period.year(1985), Period.year(2025))
    assert record.span("SU", "imports") == (Period.year(1985), Period.year(1992))
    assert record.months(WORLD) == Period.months(1985, 1, 2026, 7)
    assert record.months("NO") == Period.months(1985, 1, 2024, 12)
    assert record.span("XX", "imports") is None
    assert record.months("XX") is None
    assert len(record.partners_in(record.latest_year)) == 230
    assert len(record.partners_in(record.to_date)) == 227
    assert {WORLD, *record.aggregates}.isdisjoint(record.partner_ids)


def test_every_partner_and_source_is_known(record: Record) -> None:
    problems = Problems()
    partners = {
        path.read_text(encoding="utf-8").split("id: ", 1)[1].split()[0].strip('"') for path in (KNOWLEDGE / "partners").glob("*.yaml")
    }
    sources = {"census-2023-03", "census-2025-10", "census-2026-10"}
    check_record(KNOWLEDGE, record, partners, sources, problems)
    assert list(problems) == []
    assert partners == set(record.partner_ids)


@pytest.mark.parametrize(
    ("area", "metric", "period", "value", "source", "place"),
    [
        ("VN", "balance", "2025", -178276.0, "census-2026-10", ""),
        ("VN", "imports", "2025", 193879.3, "census-2026-10", "code 5520, IYR 2025"),
        ("VN", "exports", "2026-01/2026-07", 10755.2, "census-2026-10", "code 5520, EJAN–EJUL 2026"),
        ("VN", "balance", "2025-01/2025-07", -98017.1, "census-2026-10", ""),
        ("CA", "balance", "2024", -61978.5, "census-2025-10", ""),
        ("CN", "imports", "2024", 438742.0, "census-2025-10", "imports/hs, code 5700, 2024"),
        ("DE", "imports", "2024-03", 14278.9, "census-2025-10", "imports/hs, code 4280, 2024-03"),
        ("SU", "exports", "1985", 2422.8, "census-2023-03", "code 4610, EYR 1985"),
        ("WORLD", "balance", "2024", -1204719.4, "census-2025-10", ""),
        ("WORLD", "balance", "2025", -1234618.6, "census-2026-10", ""),
        ("WORLD", "balance", "2025-01", -152999.6, "census-2026-10", ""),
        ("EU", "balance", "2025", -220348.2, "census-2026-10", ""),
    ],
)
def test_figures(record: Record, area: str, metric: str, period: str, value: float, source: str, place: str) -> None:
    figure = record.value(area, metric, Period.parse(period))
    assert figure is not None
    assert figure.value == pytest.approx(value, abs=0.05)
    assert (figure.source, figure.place, figure.id) == (source, place, f"{area}.{metric}.{period}")


# -- totals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_partners_add_up_to_the_world(record: Record, year: int) -> None:
    """Exactly where the total is a sum, within rounding from 1992 on; 1987 to 1991 lack some partners."""
    period = Period.year(year)
    for flow in ("imports", "exports"):
        whole = _value(record, WORLD, flow, period)
        gap = abs(_sum(record.ranking(flow, period)) - whole) / whole
        assert 0.009 < gap < 0.04 if 1987 <= year <= 1991 else gap < 1e-6
    total = record.value(WORLD, "imports", period)
    assert total is not None
    assert (total.formula == "sum of the partner rows") == (year in (1985, 1986, 2025))


def test_months_add_up_to_their_years(record: Record) -> None:
    assert list(year_gaps(KNOWLEDGE, record)) == []


@pytest.mark.parametrize("year", YEARS)
def test_the_published_row_of_canada_and_mexico_is_their_sum(record: Record, year: int) -> None:
    for metric in METRICS:
        pair = _sum(record.ranking(metric, Period.year(year), ("CA", "MX")))
        assert _value(record, "USMCA", metric, Period.year(year)) == pytest.approx(pair, abs=0.6)


@pytest.mark.parametrize(("year", "with_britain"), [(2013, True), (2017, True), (2018, False), (2025, False)])
def test_the_published_row_of_the_eu_has_the_members_of_the_time(record: Record, year: int, with_britain: bool) -> None:
    members = [*EU_MEMBERS, "GB"] if with_britain else EU_MEMBERS
    total = _sum(record.ranking("imports", Period.year(year), members))
    assert _value(record, "EU", "imports", Period.year(year)) == pytest.approx(total, abs=0.5)


def test_chapters_add_up_to_imports(record: Record) -> None:
    for period in record.chapter_years():
        for area in record.partners_in(period):
            assert _sum(record.chapters_of(area, period)) == pytest.approx(_value(record, area, "imports", period), abs=0.06), area
        for figure in record.chapters_of(WORLD, period):
            partners = record.chapter_partners(chapter_of(figure), period)
            assert _sum(partners) == pytest.approx(figure.value, abs=0.1)


# -- derivations --------------------------------------------------------------------------------------------------

areas = st.sampled_from([*OWN.partner_ids, WORLD, *OWN.aggregates])
months = st.integers(1985 * 12, 2026 * 12 + 8)


@given(area=areas, first=months, length=st.integers(1, 60))
@settings(max_examples=300, deadline=None)
def test_every_figure_can_be_recomputed(area: str, first: int, length: int) -> None:
    period = Period(first, first + length - 1)
    exports, imports = OWN.value(area, "exports", period), OWN.value(area, "imports", period)
    balance, total = OWN.value(area, "balance", period), OWN.value(area, "total_trade", period)
    if exports is None or imports is None:
        assert (balance, total) == (None, None)
        return
    assert balance is not None
    assert total is not None
    assert balance.derived_from == total.derived_from == (exports, imports)
    assert balance.value == exact_sum((exports.value, -imports.value))
    assert total.value == exact_sum((exports.value, imports.value))
    for flow in (exports, imports):
        if flow.derived_from:
            assert flow.value == _sum(list(flow.derived_from))
            covered = [month for part in flow.derived_from if part.period for month in part.period.each_month()]
            assert covered == list(period.each_month())


@given(year=st.sampled_from(list(YEARS)), metric=st.sampled_from(METRICS))
@settings(max_examples=60, deadline=None)
def test_rankings_hold_every_partner_once_largest_first(year: int, metric: str) -> None:
    ranked = OWN.ranking(metric, Period.year(year))
    values = [figure.value for figure in ranked]
    assert values == sorted(values, reverse=True)
    assert sorted(figure.partner for figure in ranked) == list(OWN.partners_in(Period.year(year)))
    assert OWN.ranking(metric, Period.year(year)) == ranked


@given(year=st.integers(1992, 2025), flow=st.sampled_from(["imports", "exports"]))
@settings(max_examples=40, deadline=None)
def test_shares_of_all_partners_make_a_whole(year: int, flow: str) -> None:
    whole = _value(OWN, WORLD, flow, Period.year(year))
    assert sum(figure.value / whole for figure in OWN.ranking(flow, Period.year(year))) == pytest.approx(1, abs=1e-6)


def test_rows_under_two_codes_are_one_partner(record: Record) -> None:
    sudan = record.value("SD", "imports", Period.year(2011))
    assert sudan is not None
    assert (sudan.value, sudan.formula) == (10.353364, "sum of codes 7321 and 7320")


def test_a_span_is_made_of_the_longest_pieces_held(record: Record) -> None:
    since = record.value("NO", "imports", Period.months(2024, 11, 2026, 7))
    assert since is not None
    assert [part.id for part in since.derived_from] == [
        "NO.imports.2024-11",
        "NO.imports.2024-12",
        "NO.imports.2025",
        "NO.imports.2026-01/2026-07",
    ]
    assert since.formula == "sum of 1 year and 2 months and 1 year to date, November 2024–July 2026"
    assert record.vintage(since) == ("census-2025-10", "census-2026-10")


def test_a_long_sum_names_its_operands_without_carrying_them(record: Record) -> None:
    total = record.value("JP", "exports", Period.years(1985, 2025))
    assert total is not None
    assert total.derived_from == ()
    assert total.formula == "sum of 41 years, 1985–2025"
    assert total.place == "code 5880, EYR 1985 to code 5880, EYR 2025"


@pytest.mark.parametrize(
    ("area", "period"),
    [
        ("NO", "2025-01/2025-07"),
        ("NO", "2025-03"),
        ("VN", "2026"),
        ("VN", "2026-08"),
        ("SU", "1995"),
        ("XX", "2024"),
        ("OPEC", "2024"),
        ("CN", "1984"),
    ],
)
def test_what_is_not_held_is_none(record: Record, area: str, period: str) -> None:
    assert record.value(area, "balance", Period.parse(period)) is None
    assert not record.has(area, Period.parse(period))


def test_an_unknown_metric_is_an_error(record: Record) -> None:
    with pytest.raises(ValueError, match="unknown metric 'surplus'"):
        record.value("CN", "surplus", Period.year(2024))


def test_like_for_like(record: Record) -> None:
    assert record.year_before(record.to_date) == JAN_JUL_2025
    assert record.year_before(Period.year(1985)) is None


def test_series(record: Record) -> None:
    assert [figure.period for figure in record.series("CN", "imports")] == [Period.year(year) for year in YEARS]
    assert record.series("XX", "imports") == []
    held = record.month_series("VN", "exports", Period.years(2025, 2026))
    assert [figure.period for figure in held] == list(Period.months(2025, 1, 2026, 7).each_month())
    assert _sum(held[12:]) == pytest.approx(_value(record, "VN", "exports", record.to_date), abs=0.4)


# -- products -----------------------------------------------------------------------------------------------------


def test_chapters(record: Record) -> None:
    first = record.chapters_of("IE", Period.year(2024))[0]
    assert (chapter_of(first), first.id, first.source) == ("HS30", "IE.imports.HS30.2024", "census-2025-10")
    assert first.place == "imports/hs, chapter 30, code 4190, 2024"
    assert [figure.partner for figure in record.chapter_partners("HS87", Period.year(2024))[:3]] == ["MX", "CA", "JP"]
    assert record.chapter("IE", "HS30", "exports", Period.year(2024)) is None
    assert record.chapter("IE", "HS77", "imports", Period.year(2024)) is None
    assert record.chapter("IE", "HS30", "imports", Period.year(2025)) is None
    assert record.chapters_of("IE", Period.month(2024, 3)) == []
    whole = record.value("IE", "imports", Period.year(2024))
    assert whole is not None
    assert chapter_of(whole) == ""


# -- nobody can change it -----------------------------------------------------------------------------------------


def test_it_cannot_be_changed(record: Record) -> None:
    column = record.years["CN", "imports"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.partner_ids = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        column.values[0] = 1.0
    with pytest.raises(TypeError):
        record.years["CN", "imports"] = column  # type: ignore[index]
    record.ranking("imports", Period.year(2024)).clear()
    assert record.ranking("imports", Period.year(2024))


@pytest.mark.parametrize("metric", METRICS)
def test_sizes_are_those_of_the_figures(record: Record, metric: str) -> None:
    """In every year, also where a year is only had by its months, and before and after the record."""
    for year in map(Period.year, range(1984, 2028)):
        assert record.sizes(metric, year) == {figure.partner: figure.value for figure in record.ranking(metric, year)}, year.id
