"""The newsletter against the record: both values where they differ (disagreements.yaml), and sums that hold within rounding."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from tradebot import checks
from tradebot.answering import arithmetic
from tradebot.desk import Desk
from tradebot.knowledge.figures import Figure, Hedge
from tradebot.knowledge.models_intents import Intent, IntentTest
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import read_model
from tradebot.presentation import plain
from tradebot.presentation.render import unbacked


class Group(BaseModel):
    """Questions about one thing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: str
    tests: tuple[IntentTest, ...]


class Questions(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    groups: tuple[Group, ...]


def cases() -> list[IntentTest]:
    problems = Problems()
    read = read_model(Path(__file__).with_name("disagreements.yaml"), Questions, problems)
    assert read is not None, "\n".join(map(str, problems))
    return [test for group in read.groups for test in group.tests]


@pytest.mark.parametrize("test", cases(), ids=[test.ask for test in cases()])
def test_both_values_are_shown_where_they_are_asked_for(desk: Desk, test: IntentTest) -> None:
    reply = checks.ask(desk, test)
    assert checks.reason(test, Intent(id=reply.intent or "none", family="refuse"), reply) == ""
    assert unbacked(plain.text(reply.card, foot=False), reply.card.spoken) == []


def test_what_the_newsletter_subtracts_adds_up_within_rounding(desk: Desk) -> None:
    facts = [fact for fact in desk.knowledge.article.facts if fact.figure and fact.is_current and not fact.scope]
    checked = 0
    for _, same in groupby(sorted(facts, key=lambda fact: (fact.about, str(fact.period))), key=lambda fact: (fact.about, fact.period)):
        held = {fact.metric: fact.figure for fact in same if fact.figure and fact.figure.hedge is Hedge.EXACT}
        parts = [held.get(metric) for metric in ("balance", "exports", "imports")]
        balance, exports, imports = parts
        if isinstance(balance, Figure) and isinstance(exports, Figure) and isinstance(imports, Figure):
            assert arithmetic.adds_up(balance, exports, imports)
            checked += 1
    assert checked, "at least India's three figures are checked"
