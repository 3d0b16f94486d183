"""The 84 types of question a reader asks, and the forms that trip bots up: every reply, and the numbers it speaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from tradebot import checks
from tradebot.desk import Desk, Reply
from tradebot.knowledge.models_intents import Intent, IntentTest
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import read_model
from tradebot.presentation import plain
from tradebot.presentation.render import unbacked

HERE = Path(__file__).parent
TYPES = 84
LONGEST_REFUSAL = 200
"""Characters of a refusal that is one plain line."""


class Group(BaseModel):
    """Questions of one type (`type`) or one adversarial form (`form`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: int = 0
    form: str = ""
    about: str
    tests: tuple[IntentTest, ...]


class Questions(BaseModel):
    """A file of questions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    groups: tuple[Group, ...]


def _read(name: str) -> tuple[Group, ...]:
    problems = Problems()
    read = read_model(HERE / name, Questions, problems)
    assert read is not None, "\n".join(map(str, problems))
    return read.groups


BY_TYPE = _read("question_types.yaml")
BY_FORM = _read("adversarial.yaml")
GROUPS = (*BY_TYPE, *BY_FORM)
CASES = [(f"{group.type or group.form}: {' / '.join(checks.turns(test))[:60]!a}", test) for group in GROUPS for test in group.tests]


@pytest.mark.parametrize("test", [test for _, test in CASES], ids=[name for name, _ in CASES])
def test_question(desk: Desk, test: IntentTest) -> None:
    reply = checks.ask(desk, test)
    assert checks.reason(test, Intent(id=reply.intent or "none", family="refuse"), reply) == ""
    assert _unbacked(reply) == []


def test_every_type_is_asked() -> None:
    assert sorted({group.type for group in BY_TYPE}) == list(range(1, TYPES + 1))
    assert all(group.tests for group in GROUPS)


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "deficit with China " * 600, "@everyone " * 1_000, "🇻🇳" * 3_000],
    ids=["letters", "questions", "pings", "flags"],
)
def test_what_is_too_long_is_refused_in_one_line_unread(desk: Desk, text: str) -> None:
    reply = desk.ask(text, today=checks.TODAY)
    assert (reply.outcome, reply.intent) == ("refuse", None)
    assert len(reply.text.splitlines()) == 1
    assert len(reply.text) <= LONGEST_REFUSAL
    assert "@" not in reply.text


@pytest.mark.parametrize("question", ["deficit with Vietnam?", "How large is the deficit with Vietnam?"])
def test_a_question_at_the_end_of_a_long_paste_is_not_guessed_at(desk: Desk, question: str) -> None:
    """The paste holds words that nothing explains: an answer may come, but only to the question in it."""
    paste = "Lorem ipsum dolor sit amet, consectetur adipiscing elit. " * 40
    reply = desk.ask(paste[: 1_990 - len(question)] + " " + question, today=checks.TODAY)
    assert reply.outcome in ("answer", "refuse")
    assert reply.outcome == "refuse" or reply.partners == ("VN",)


def _unbacked(reply: Reply) -> list[str]:
    """Numbers of an answer that no figure backs."""
    return unbacked(plain.text(reply.card, foot=False), reply.card.spoken) if reply.outcome == "answer" else []
