"""Tariff answers for every partner, product and law on many days: they render, every number is backed, and they fit."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradebot.answering import FAMILIES
from tradebot.answering.tariffs.lists import TOPICS
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.knowledge.periods import Period
from tradebot.presentation.render import Rendered, Renderer, unbacked
from tradebot.query import Premise, Query

LONGEST = 2_600
"""Characters of the longest answer, an overview; a partner's own is held to less below."""
PARTNER_LONGEST = 1_900
DAYS = st.none() | st.dates(dt.date(2018, 1, 1), dt.date(2027, 12, 31))


def said(desk: Desk, renderer: Renderer, family: str, query: Query) -> Rendered:
    """The reply of a family, checked for what every reply must be."""
    rendered = renderer.render(FAMILIES[family](query, desk.knowledge, TODAY))
    assert unbacked(rendered.text, rendered.spoken) == []
    assert "\n" not in rendered.text.split("\n\n", maxsplit=1)[0]
    assert len(rendered.text) <= LONGEST
    return rendered


def test_every_partner_has_an_answer(desk: Desk, renderer: Renderer) -> None:
    for partner in desk.knowledge.partners:
        text = said(desk, renderer, "tariffs", Query("tariff_status", partners=(partner,))).text
        assert "22 Aug 2026" in text
        assert len(text) <= PARTNER_LONGEST
        said(desk, renderer, "tariff_timeline", Query("tariff_timeline", partners=(partner,)))


@given(data=st.data(), day=DAYS)
def test_any_day(desk: Desk, renderer: Renderer, data: st.DataObject, day: dt.date | None) -> None:
    record = desk.knowledge.tariffs
    partner = data.draw(st.sampled_from(["", "CA", "MX", "CN", "IE", "JP", "KR", "CH", "IN", "BR", "UA", "GB", "VN", "TR"]))
    partners = (partner,) if partner else ()
    said(desk, renderer, "tariffs", Query("tariff_status", partners=partners, date=day))
    product = data.draw(st.sampled_from(sorted(record.products)))
    said(desk, renderer, "tariff_products", Query("tariff_product", partners=partners, products=(product,), date=day))
    authority = data.draw(st.sampled_from(sorted(record.authorities)))
    said(desk, renderer, "tariff_laws", Query("tariff_authority", partners=partners, authorities=(authority,), date=day))
    rate = Premise("rate", data.draw(st.sampled_from(["10", "12.5", "25", "35", "46", "50", "100", "145", "33"])))
    said(desk, renderer, "tariff_rates", Query("tariff_rate_check", partners=partners, premise=rate, date=day))


@pytest.mark.parametrize("topic", [*TOPICS, ""])
@pytest.mark.parametrize("period", [None, Period.month(2025, 4), Period.year(2025), Period.month(2027, 1)])
def test_every_list(desk: Desk, renderer: Renderer, topic: str, period: Period | None) -> None:
    said(desk, renderer, "tariff_lists", Query("tariff_list", topic=topic, period=period))


@pytest.mark.parametrize("group", ["USMCA", "ASEAN", "EU", "G7", "BRICS", "OPEC"])
def test_groups(desk: Desk, renderer: Renderer, group: str) -> None:
    assert "22 Aug 2026" in said(desk, renderer, "tariffs", Query("tariff_status", groups=(group,))).text


@pytest.mark.parametrize("period", [Period.month(year, month) for year in (2025, 2026) for month in range(1, 13)])
def test_changes_of_every_month(desk: Desk, renderer: Renderer, period: Period) -> None:
    text = said(desk, renderer, "tariff_timeline", Query("tariff_changes", period=period)).text
    said(desk, renderer, "effective_rate", Query("effective_rate", period=period))
    assert period.label in text


def test_tense_changes_past_the_last_review(desk: Desk, renderer: Renderer) -> None:
    now = said(desk, renderer, "tariffs", Query("tariff_status", partners=("VN",))).text
    past = said(desk, renderer, "tariffs", Query("tariff_status", partners=("VN",), date=dt.date(2026, 8, 1))).text
    assert now.startswith("As last reviewed on 22 Aug 2026")
    assert past.startswith("On 1 Aug 2026")


def test_figures_name_their_event(desk: Desk) -> None:
    answer = FAMILIES["tariffs"](Query("tariff_status", partners=("BR",)), desk.knowledge, TODAY)
    figures = {figure.id: figure for figure in answer.figures()}
    assert figures["BR.tariff_rate.E095"].value == 25
    assert figures["BR.tariff_rate.E095"].place.startswith("E095: ")
    total = next(figure for figure in figures.values() if figure.derived_from and figure.metric == "tariff_rate")
    assert total.value == 37.5
    assert [part.value for part in total.derived_from] == [12.5, 25]
