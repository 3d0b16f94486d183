"""Answers word by word: tests/answers.yaml, one test an entry, each also proven to say no number of its own."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tradebot.answering import FAMILIES
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.knowledge.periods import Period
from tradebot.presentation import card as cards
from tradebot.presentation import plain
from tradebot.presentation.render import Renderer, unbacked
from tradebot.query import Bounds, Metric, Order, Premise, Query

LONGEST = 900
CASES = yaml.safe_load(Path(__file__).with_name("answers.yaml").read_text(encoding="utf-8"))


def query(case: dict[str, Any]) -> Query:
    slots = dict(case["query"])
    readers = {"premise": lambda said: Premise(*said), "bounds": lambda ends: Bounds(*ends), "metric": Metric, "order": Order}
    for name, value in slots.items():
        if name in readers:
            slots[name] = readers[name](value)
        elif name in ("period", "against"):
            slots[name] = Period.parse(value)
        elif isinstance(value, list):
            slots[name] = frozenset(value) if name == "features" else tuple(value)
    return Query(case["family"], **slots)


def has(text: str, wanted: str) -> bool:
    return bool(re.search(wanted[1:-1], text)) if wanted.startswith("/") else wanted in text


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_answer(case: dict[str, Any], desk: Desk, renderer: Renderer) -> None:
    answer = FAMILIES[case["family"]](query(case), desk.knowledge, TODAY)
    card = cards.build(answer, renderer, desk.knowledge.sources)
    text = plain.text(card)
    assert answer.outcome == case.get("outcome", "answer"), text
    assert card.headline.startswith(case.get("lead", "")), text
    assert [wanted for wanted in case.get("says", ()) if not has(text, wanted)] == [], text
    assert [hidden for hidden in case.get("not_says", ()) if has("\n".join((card.headline, *card.body)), hidden)] == [], text
    assert unbacked(text, card.spoken) == []
    assert len("\n\n".join((card.headline, *card.body))) <= LONGEST
    assert answer.outcome == "refuse" or answer.keys or not query(case).partners


def test_every_family_of_an_intent_exists(desk: Desk) -> None:
    assert {intent.family for intent in desk.knowledge.intents} <= set(FAMILIES)
    assert "arithmetic" not in FAMILIES
    with pytest.raises(KeyError):
        FAMILIES["arithmetic"]


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_takes_a_query_the_knowledge_and_the_day(name: str) -> None:
    parameters = inspect.signature(FAMILIES[name]).parameters.values()
    assert [each.annotation for each in parameters] == ["Query", "Knowledge", "dt.date"]
