"""Any combination of slots is answered or refused: a card's controls, and questions of long ago, may bring any of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.knowledge.periods import Period
from tradebot.query import Bounds, Metric, Order, Premise, Query

PARTNERS = ("VN", "CN", "RU", "CU", "VA", "SU", "NO", "WORLD")
GROUPS = ("EU", "ASEAN", "ASIA5", "BRICS", "EUROPE")
FEATURES = (
    "question yes_no why largest smallest ever peak trough which_month which_year first_time last_time by_month by_quarter median share who"
    " newsletter in_millions growing falling limit each_time overtake bigger combined those compare"
    " turned from_surplus every_one group_first each_member longest_run in_a_row by_year"
).split()
PERIODS = ("2025", "2024", "1985", "1970", "2031", "2025-03", "2026-07", "2026-08", "2018/2025", "2025-01/2025-06", "2024-10/2025-09")


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


def period(text: str) -> Period:
    first, _, last = text.partition("/")
    return Period(Period.parse(first).first, Period.parse(last or first).last)


@st.composite
def queries(draw: Callable[..., object], intents: tuple[str, ...] = ()) -> Query:
    """A query with whatever slots."""
    make: dict[str, st.SearchStrategy[object]] = {
        "intent": st.sampled_from(intents),
        "partners": some(PARTNERS),
        "groups": some(GROUPS),
        "sectors": some(("HS85", "HS27", "HS99", "cars", "wine")),
        "exclude": some(("CN", "EU")),
        "within": st.sampled_from((None, "EU", "AFRICA")),
        "metric": st.sampled_from(list(Metric)[:4]),
        "metrics": st.sampled_from(((), (Metric.IMPORTS, Metric.EXPORTS), (Metric.EXPORTS, Metric.IMPORTS))),
        "sign": st.sampled_from(("", "deficit", "surplus")),
        "period": st.sampled_from((None, *map(period, PERIODS))),
        "years": st.sampled_from(((), tuple(map(period, ("2010", "2015", "2020"))))),
        "periods": st.sampled_from(((), (period("2018"), period("2025-03/2025-07")), (period("1970"), period("2031")))),
        "against": st.sampled_from((None, *map(period, PERIODS))),
        "date": st.sampled_from((None, dt.date(2025, 4, 9), dt.date(2018, 1, 1), dt.date(2027, 1, 1))),
        "order": st.sampled_from((None, *Order)),
        "limit": st.sampled_from((None, 1, 5, 250)),
        "of_top": st.sampled_from((None, 10)),
        "nth": st.sampled_from((None, 1, 7, 500)),
        "offset": st.sampled_from((0, 5, 1000)),
        "bounds": st.sampled_from((None, Bounds(1_000.0, None), Bounds(None, 5.0), Bounds(10.0, 20.0))),
        "products": some(("steel", "autos", "de-minimis")),
        "authorities": some(("IEEPA", "S232", "reciprocal")),
        "terms": some(("tariff", "de-minimis", "usmca")),
        "source": st.sampled_from(("", "newsletter")),
        "premise": st.sampled_from((None, Premise("rank", "3"), Premise("direction", "up"), Premise("times", "2"), Premise("rate", "25"))),
        "features": some(tuple(FEATURES)).map(frozenset),
    }
    return Query(**{slot: draw(values) for slot, values in make.items()})  # type: ignore[arg-type]


@pytest.mark.parametrize("part", range(4))
def test_every_combination_of_slots_has_a_reply(desk: Desk, part: int) -> None:
    topics = {intent.id: intent.defaults.get("topic", "") for intent in desk.knowledge.intents}
    intents = tuple(topics)[part::4]

    @settings(max_examples=150, deadline=None, database=None)
    @given(query=queries(intents=intents))
    def has_a_reply(query: Query) -> None:
        query = replace(query, topic=topics[query.intent])
        assert desk.answer(query, "asked by a card", today=TODAY).text
        assert Query.from_json(query.to_json()) == query

    has_a_reply()
