"""Definition cards: all of them load, answer in their first sentence, and give views instead of verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.knowledge.definitions import Definition, load_definitions
from tradebot.knowledge.problems import Problems
from tradebot.presentation.render import unbacked

ROOT = Path(__file__).parent.parent
DISPUTED = ("is-a-deficit-bad", "causes-of-a-deficit", "free-trade", "nafta", "trade-war", "exchange-rates")


def load() -> Mapping[str, Definition]:
    problems = Problems()
    cards = load_definitions(ROOT / "knowledge", problems)
    assert [str(problem) for problem in problems] == []
    return cards


CARDS = load()


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk.open(ROOT / "knowledge")


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_a_card_answers_by_its_first_name(desk: Desk, card: Definition) -> None:
    reply = desk.ask(f"what is the meaning of {(card.terms or card.weak)[0]}", today=TODAY)
    assert reply.outcome == "answer"
    assert card.text.split(". ")[0][:60] in reply.text


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_the_numbers_of_a_card_are_backed(desk: Desk, card: Definition) -> None:
    reply = desk.ask(f"what is the meaning of {(card.terms or card.weak)[0]}", today=TODAY)
    assert unbacked("\n".join([reply.card.headline, *reply.card.body]), reply.card.spoken) == []


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
def test_sources_are_known(desk: Desk, card: Definition) -> None:
    assert set(card.sources) <= set(desk.knowledge.sources)


@pytest.mark.parametrize("card_id", DISPUTED)
def test_where_people_differ_at_least_two_are_heard(card_id: str) -> None:
    views = CARDS[card_id].views
    assert len({view.who for view in views}) >= 2


def test_what_a_card_suggests_is_not_refused(desk: Desk) -> None:
    asked = {question for card in CARDS.values() for question in card.see}
    refused = {question for question in asked if desk.ask(question, today=TODAY).outcome not in ("answer", "help")}
    assert refused == set()


def test_two_cards_cannot_share_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "definitions"
    folder.mkdir()
    for card in ("one", "two"):
        text = f"id: {card}\ntitle: Card\nterms: [same name]\ntext: A sentence that is long enough to be a card's text.\n"
        (folder / f"{card}.yaml").write_text(text, encoding="utf-8")
    problems = Problems()
    load_definitions(tmp_path, problems)
    assert ["already names the card one" in str(problem) for problem in problems] == [True]
