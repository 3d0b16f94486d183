"""Understanding: sentences and what they must be read as (understanding.yaml), and that nothing makes it raise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.knowledge.periods import Period
from tradebot.query import NotUnderstood, Query
from tradebot.understanding.reader import Reader

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "understanding.yaml").read_text(encoding="utf-8"))
ROWS = [row for rows in CASES.values() for row in rows]
PIECES = [
    "deficit",
    "with",
    "vietnam",
    "us",
    "and",
    "2018",
    "since",
    "top",
    "5",
    "tariffs",
    "why",
    "vs",
    "%",
    "🇻🇳",
    "billion",
    "?",
    "korea",
    "{{",
    "\u202e",
    "ß",
]


@pytest.fixture(scope="module")
def reader(desk: Desk) -> Reader:
    return Reader(desk.knowledge)


def plain(value: object) -> object:
    """A slot as understanding.yaml writes it."""
    if isinstance(value, Period):
        return value.id
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


@pytest.mark.parametrize("row", ROWS, ids=[row["ask"] or "(nothing)" for row in ROWS])
def test_reading(reader: Reader, row: dict[str, Any]) -> None:
    understood = reader.read(row["ask"], today=TODAY)
    if isinstance(understood, NotUnderstood):
        assert row["is"] in (understood.outcome, f"{understood.outcome}/{understood.reason}")
        return
    assert row["is"] == understood.intent
    for name, wanted in row.items():
        if name not in ("ask", "is"):
            assert plain(getattr(understood, name)) == wanted, name


@pytest.mark.parametrize(
    "said", ["Vietnam", "nice weather today", "India raises a duty on silver", "we import this module", "lol", "top 5?"]
)
def test_said_to_nobody_is_left_alone(reader: Reader, said: str) -> None:
    understood = reader.read(said, today=TODAY, ambient=True)
    assert isinstance(understood, NotUnderstood)
    assert understood.outcome == "silent"


def test_a_whole_question_said_to_nobody_is_answered(reader: Reader) -> None:
    assert isinstance(reader.read("what is the US trade deficit with Vietnam?", today=TODAY, ambient=True), Query)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)))
def test_nothing_makes_it_raise(desk: Desk, text: str) -> None:
    reply = desk.ask(text, conversation="fuzz", today=TODAY)
    assert reply.outcome in ("answer", "clarify", "refuse", "help", "greet")
    assert "@everyone" not in reply.text
