"""Figures, ranks, shares, changes and totals against a recomputation straight from the record's own files."""

from __future__ import annotations

import csv
import functools
import itertools
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tradebot.answer import Answer
from tradebot.answering import FAMILIES
from tradebot.answering.figures import standing as orders
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Bounds, Metric, Order, Query


def read_table() -> dict[tuple[str, int], tuple[float, float]]:
    """(imports, exports) by partner and year, USD million."""
    with (knowledge_dir() / "record" / "annual.csv").open(encoding="utf-8", newline="") as file:
        return {(row["area"], int(row["year"])): (float(row["imports"] or 0), float(row["exports"] or 0)) for row in csv.DictReader(file)}


TABLE = read_table()
PARTNERS = sorted({partner for partner, _ in TABLE} - {"WORLD"})
years = st.integers(1993, 2025)
metrics = st.sampled_from(list(Metric))
several = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def knowledge(desk: Desk) -> Knowledge:
    return desk.knowledge


def of(row: tuple[float, float], metric: Metric) -> float:
    imports, exports = row
    values = {Metric.IMPORTS: imports, Metric.EXPORTS: exports, Metric.BALANCE: exports - imports, Metric.TOTAL_TRADE: exports + imports}
    return round(values[metric], 6)


def value(partner: str, year: int, metric: Metric) -> float | None:
    row = TABLE.get((partner, year))
    return None if row is None else of(row, metric)


@functools.cache
def ranked(kinds: frozenset[str], year: int, metric: Metric) -> list[tuple[str, float]]:
    held = [(partner, of(row, metric)) for (partner, when), row in TABLE.items() if when == year and partner in kinds]
    return sorted(held, key=lambda pair: -pair[1])


def standing(knowledge: Knowledge) -> frozenset[str]:
    return frozenset(each.id for each in knowledge.partners.values() if each.kind in ("country", "territory"))


def ask(knowledge: Knowledge, family: str, **slots: object) -> Answer:
    return FAMILIES[family](Query(family, **slots), knowledge, TODAY)  # type: ignore[arg-type]


def fact(answer: Answer, name: str) -> Figure:
    found = answer.facts[name]
    assert isinstance(found, Figure)
    return found


@several
@given(st.sampled_from(PARTNERS), years, metrics)
def test_one_figure_and_its_change(knowledge: Knowledge, partner: str, year: int, metric: Metric) -> None:
    now, then = value(partner, year, metric), value(partner, year - 1, metric)
    answer = ask(knowledge, "measure", partners=(partner,), metric=metric, period=Period.year(year))
    if now is None:
        assert answer.outcome == "refuse"
        return
    assert fact(answer, "now").value == pytest.approx(now, abs=1e-3)
    if then is not None and then * now > 0:
        assert fact(answer, "change").value == pytest.approx((abs(now) / abs(then) - 1) * 100, abs=0.01)
    for figure in answer.figures():
        assert figure.derived_from or figure.source, figure


@several
@given(st.sampled_from(PARTNERS), years, metrics)
def test_rank_counts_the_larger_ones(knowledge: Knowledge, partner: str, year: int, metric: Metric) -> None:
    now = value(partner, year, metric)
    if not now or partner not in standing(knowledge):
        return
    larger = [each for _, each in ranked(standing(knowledge), year, metric) if each * now > 0 and abs(each) > abs(now)]
    answer = ask(knowledge, "rank", partners=(partner,), metric=metric, period=Period.year(year))
    assert fact(answer, "rank").value == 1 + len(larger)


@several
@given(st.sampled_from(PARTNERS), years, metrics)
def test_share_of_the_world(knowledge: Knowledge, partner: str, year: int, metric: Metric) -> None:
    now, whole = value(partner, year, metric), value("WORLD", year, metric)
    if now is None or whole is None:
        return
    answer = ask(knowledge, "share", partners=(partner,), metric=metric, period=Period.year(year))
    if now * whole < 0:
        assert answer.facts["share"] is None
    else:
        assert fact(answer, "share").value == pytest.approx(now / whole * 100, abs=1e-3)


@several
@given(st.data(), years, metrics)
def test_sum_over_a_list_or_a_group_counts_each_partner_once(knowledge: Knowledge, data: st.DataObject, year: int, metric: Metric) -> None:
    groups = data.draw(st.lists(st.sampled_from(sorted(knowledge.groups)), max_size=2, unique=True))
    partners = data.draw(st.lists(st.sampled_from(PARTNERS), min_size=2 - len(groups), max_size=5))
    counted = {*partners, *(member for group in groups for member in knowledge.groups[group].members)}
    held = [found for each in counted if (found := value(each, year, metric)) is not None]
    answer = ask(knowledge, "combine", partners=tuple(partners), groups=tuple(groups), metric=metric, period=Period.year(year))
    if answer.outcome == "answer" and "now" in answer.facts:
        assert fact(answer, "now").value == pytest.approx(sum(held), abs=0.01)


@several
@given(years, metrics, st.integers(1, 30), st.sampled_from([Order.TOP, Order.BOTTOM]), st.sampled_from(["deficit", "surplus"]))
def test_ranking_is_in_order(knowledge: Knowledge, year: int, metric: Metric, limit: int, order: Order, sign: str) -> None:
    answer = ask(knowledge, "ranking", metric=metric, period=Period.year(year), limit=limit, order=order, sign=sign)
    side = -1 if metric is Metric.BALANCE and sign == "deficit" else 1
    sizes = sorted((each * side for _, each in ranked(standing(knowledge), year, metric) if each * side > 0), reverse=order is Order.TOP)
    found = [abs(value(partner, year, metric) or 0) for partner in answer.keys]
    assert found == pytest.approx(sizes[:limit])


@several
@given(years, st.floats(1, 200_000), st.floats(1, 200_000))
def test_bounds_count_what_lies_between(knowledge: Knowledge, year: int, one: float, other: float) -> None:
    low, high = sorted((one, other))
    between = [each for _, each in ranked(standing(knowledge), year, Metric.BALANCE) if each < 0 and low < -each < high]
    answer = ask(knowledge, "count", sign="deficit", period=Period.year(year), bounds=Bounds(low, high))
    assert fact(answer, "counted").value == len(between)


@several
@given(st.sampled_from(PARTNERS), metrics, years, years)
def test_average_peak_and_ends_of_a_series(knowledge: Knowledge, partner: str, metric: Metric, one: int, other: int) -> None:
    first, last = sorted((one, other))
    held = [(year, found) for year in range(first, last + 1) if (found := value(partner, year, metric)) is not None]
    if first == last or len(held) < 2:
        return
    period = Period.years(first, last)
    mean = fact(ask(knowledge, "average", partners=(partner,), metric=metric, period=period), "mean")
    assert mean.value == pytest.approx(sum(found for _, found in held) / len(held), abs=0.01)
    trend = ask(knowledge, "trend", partners=(partner,), metric=metric, period=period)
    assert [figure.value for figure in trend.series] == pytest.approx([found for _, found in held], abs=1e-3)
    assert abs(fact(trend, "peak").value) == pytest.approx(max(abs(found) for _, found in held), abs=1e-3)


def derived(figure: Figure) -> Iterator[Figure]:
    yield figure
    for operand in figure.derived_from:
        yield from derived(operand)


def test_operands_of_a_group_total_reach_down_to_the_source(knowledge: Knowledge) -> None:
    answer = ask(knowledge, "combine", groups=("USMCA",), period=Period.year(2025))
    leaves = [each for each in derived(fact(answer, "now")) if not each.derived_from]
    assert {each.id for each in leaves} == {f"{partner}.{flow}.2025" for partner in ("CA", "MX") for flow in ("imports", "exports")}
    assert all(each.source and each.place for each in leaves)


@pytest.mark.parametrize(("metric", "sign"), [(Metric.BALANCE, "deficit"), (Metric.BALANCE, "surplus"), (Metric.IMPORTS, "")])
def test_a_place_found_without_the_other_figures_is_the_same(knowledge: Knowledge, metric: Metric, sign: str) -> None:
    for year in (Period.year(1985), Period.year(2003), Period.year(2024), Period.year(2025)):
        whole = orders.standing(knowledge, metric, year, sign)
        for partner in knowledge.partners:
            assert orders.rank_in(knowledge, metric, year, sign, partner, None, ()) == whole.rank(partner)


@several
@given(st.sampled_from(PARTNERS), metrics, st.floats(0.1, 300_000))
def test_the_first_year_beyond_an_amount(knowledge: Knowledge, partner: str, metric: Metric, low: float) -> None:
    held = [(year, found) for year in range(1985, 2026) if (found := value(partner, year, metric)) is not None]
    if not held:
        return
    side = -1 if metric is Metric.BALANCE else 1
    beyond = [year for year, found in held if side * found > low]
    answer = ask(knowledge, "crossing", partners=(partner,), metric=metric, sign="deficit" if side < 0 else "", bounds=Bounds(low))
    assert fact(answer, "number").value == len(beyond)
    rises = [year for year in beyond if any(year == after and side * before[1] <= low for before, (after, _) in itertools.pairwise(held))]
    first = answer.facts["first"]
    assert (first.period.first_year if isinstance(first, Figure) and first.period else None) == (rises[0] if rises else None)


@several
@given(st.sampled_from(PARTNERS), metrics, years, years)
def test_growth_a_year_leads_from_the_first_figure_to_the_last(
    knowledge: Knowledge, partner: str, metric: Metric, one: int, other: int
) -> None:
    first, last = sorted((one, other))
    then, now = value(partner, first, metric), value(partner, last, metric)
    if last - first < 2 or not then or not now or then * now < 0:
        return
    answer = ask(knowledge, "growth_rate", partners=(partner,), metric=metric, period=Period.years(first, last))
    rate = fact(answer, "rate").value / 100
    assert abs(then) * (1 + rate) ** (last - first) == pytest.approx(abs(now), rel=1e-6)
