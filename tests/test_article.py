"""The newsletter's facts and disagreements: complete, hedged, in clauses that can be attributed, and answered as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradebot.knowledge.article import Article, load_article
from tradebot.knowledge.figures import Hedge, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problems

KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
TEN = ("CN", "MX", "VN", "IE", "DE", "TW", "JP", "KR", "CA", "IN")
YEAR = Period.year(2024)


@pytest.fixture(scope="module")
def article() -> Article:
    problems = Problems()
    loaded = load_article(KNOWLEDGE, problems)
    assert [str(problem) for problem in problems] == []
    assert loaded is not None
    return loaded


def broken(tmp_path: Path, facts: str) -> list[str]:
    """What the loader says about a newsletter with these facts on China."""
    folder = tmp_path / "article"
    folder.mkdir()
    (folder / "about.yaml").write_text("source: s\ncalled: the letter\nwritten: spring\nnote: A note.\n", encoding="utf-8")
    (folder / "china.yaml").write_text(f"partner: CN\nsection: China\nfacts:\n{facts}", encoding="utf-8")
    (tmp_path / "disagreements.yaml").write_text("disagreements: []\n", encoding="utf-8")
    problems = Problems()
    load_article(tmp_path, problems)
    return [str(problem) for problem in problems]


def test_every_fact_is_there(article: Article) -> None:
    assert len(article.facts) == 112
    assert {fact.about for fact in article.facts} == {*TEN, "WORLD"}


@pytest.mark.parametrize("partner", TEN)
def test_each_of_the_ten_has_its_deficit(article: Article, partner: str) -> None:
    fact = article.figure_for(partner, "balance", YEAR)
    assert fact is not None
    assert fact.figure is not None
    assert fact.figure.is_deficit
    assert fact.standing != "deprecated"


def test_the_finer_figure_is_preferred_to_its_rounding(article: Article) -> None:
    fact = article.figure_for("IN", "balance", YEAR)
    assert fact is not None
    assert fact.figure is not None
    assert fact.figure.value == -45_700


@pytest.mark.parametrize(
    ("fact_id", "hedge", "value", "unit"),
    [
        ("china.imports.2024", Hedge.NEARLY, 500_000, Unit.MONEY),
        ("mexico.imports.2024", Hedge.AT_LEAST, 470_000, Unit.MONEY),
        ("india.tariff.proposed", Hedge.UP_TO, 26, Unit.PERCENT),
        ("vietnam.textile.share", Hedge.ABOUT, 60, Unit.PERCENT),
        ("japan.vehicles.2024", Hedge.AT_LEAST, 1.2, Unit.VEHICLES),
        ("us.deficit.partners.count", Hedge.AT_LEAST, 100, Unit.COUNT),
    ],
)
def test_hedges_stay(article: Article, fact_id: str, hedge: Hedge, value: float, unit: Unit) -> None:
    fact = article.fact(fact_id)
    assert fact is not None
    assert fact.figure is not None
    assert (fact.figure.hedge, fact.figure.value, fact.figure.unit) == (hedge, value, unit)


@pytest.mark.parametrize(
    "fact_id", ["canada.crude.2024", "ireland.pharma.2024", "germany.vehicles", "taiwan.chips.2024", "south-korea.ev.2024"]
)
def test_gross_imports_are_never_a_share_of_a_net_deficit(article: Article, fact_id: str) -> None:
    fact = article.fact(fact_id)
    assert fact is not None
    assert "gross imports" in fact.careful
    assert fact.scope


def test_relative_dates_are_resolved_and_kept(article: Article) -> None:
    fact = article.fact("vietnam.deficit.2024")
    assert fact is not None
    assert (fact.period, fact.said) == (YEAR, "this year")


def test_superseded_tariff_claims_are_not_told_as_current(article: Article) -> None:
    assert all(fact.is_current for fact in article.facts_for("CA", "tariff"))
    assert not any("paused" in fact.text for fact in article.facts_for("CA"))
    assert any("paused" in fact.text for fact in article.facts_for("CA", "tariff", deprecated=True))


@pytest.mark.parametrize(
    ("partners", "metric", "period"),
    [
        (("CN",), "imports", "2024"),
        (("MX",), "imports", "2024"),
        (("VN", "TW", "JP", "KR", "CN"), "balance", "2024"),
        (("IN",), "change", "2024"),
        (("CA",), "balance", "2024"),
        (("WORLD",), "balance", "2025-01"),
    ],
)
def test_known_disagreements_are_found(article: Article, partners: tuple[str, ...], metric: str, period: str) -> None:
    found = article.disagreement(partners, metric, Period.parse(period))
    assert found is not None
    assert found.theirs is not None
    assert found.preferred == "record"


def test_the_five_add_up_to_more_than_is_said(article: Article) -> None:
    found = article.disagreement(("CN", "JP", "KR", "TW", "VN"), "balance", YEAR)
    assert found is not None
    assert found.theirs is not None
    assert (found.theirs.value, sum(figure.value for figure in found.own_rows)) == (-620_000, -628_000)


def test_no_disagreement_where_there_is_none(article: Article) -> None:
    assert article.disagreement("DE", "balance", YEAR) is None


def test_mistakes_are_named_at_their_place(tmp_path: Path) -> None:
    facts = (
        "  - {id: a, metric: balance, value: 1, said: now, text: a value without a unit, topics: [x]}\n"
        "  - {id: b, metric: goods, said: now, text: This ends with a stop., topics: [x]}\n"
        "  - {id: c, metric: goods, said: now, rank: deprecated, text: no reason is given, topics: [x]}\n"
    )
    said = broken(tmp_path, facts)
    assert [line.split(":")[1] for line in said] == ["4", "5", "6"]
    assert "needs a unit" in said[0]
    assert "leave out the full stop" in said[1]
    assert "needs a reason" in said[2]


def test_an_id_given_twice_is_a_mistake(tmp_path: Path) -> None:
    fact = "  - {id: a, metric: goods, said: now, text: the same thing again, topics: [x]}\n"
    assert "taken by another fact" in broken(tmp_path, fact * 2)[0]


@pytest.mark.parametrize("partner", ["IE", "CA", "DE", "TW", "KR"])
def test_one_product_never_stands_for_all_imports(article: Article, partner: str) -> None:
    assert article.figure_for(partner, "imports") is None
