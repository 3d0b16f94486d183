"""The newsletter against the record: both values where they differ (disagreements.yaml), and sums that hold within rounding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from tradebot import checks
from tradebot.desk import Desk
from tradebot.knowledge.article import Fact
from tradebot.knowledge.models_intents import Intent, IntentTest
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import read_model
from tradebot.lints import sums
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
    """87.4 − 41.8 is 45.6 and it says 45.7: that is rounding, 45.4 would not be."""
    assert list(sums(knowledge_dir(), desk.knowledge)) == []
    article = desk.knowledge.article
    wrong = [_stated(fact, -45_400.0) if fact.id == "india.deficit.2024" else fact for fact in article.facts]
    problems = list(sums(knowledge_dir(), replace(desk.knowledge, article=replace(article, facts=tuple(wrong)))))
    assert [problem.file for problem in problems] == ["knowledge/article/india.yaml"]
    assert "exports − imports is not the balance of 2024" in problems[0].sentence


def _stated(fact: Fact, value: float) -> Fact:
    assert fact.figure is not None
    return replace(fact, figure=replace(fact.figure, value=value))
