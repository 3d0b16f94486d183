"""Seconds of fuzzing: whatever is asked, in whatever turns, there is a reply, soon. `make fuzz` does it for minutes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradebot.checks import TODAY
from tradebot.desk import Desk

SLOWEST = 0.050
WORDS = (
    "deficit surplus imports exports trade with from to Vietnam Korea Congo EU us top 5 ten since 2018 last year $80bn more than between "
    "except tariff on steel % section 301 why compare vs those next number of the 🇻🇳 ドイツ lnaka phillipines {{7*7}} ? , - \u202e \u0301"
).split()
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))


def seconds(desk: Desk, text: str, conversation: str | None) -> float:
    started = time.perf_counter()
    reply = desk.ask(text, conversation, TODAY)
    assert reply.text
    return time.perf_counter() - started


@settings(max_examples=300, deadline=None, database=None)
@given(turns=st.lists(TEXTS, min_size=1, max_size=3))
def test_every_message_is_answered_in_time(desk: Desk, turns: list[str]) -> None:
    desk.ask("deficit with the phillipnes", today=TODAY)  # the list of English words is read once
    desk.forget("fuzz")
    for turn in turns:
        assert min(seconds(desk, turn, "fuzz") for _ in range(2)) < SLOWEST


@pytest.mark.parametrize(
    "text",
    [
        "zqx " * 499,
        "a\u0301\u0301\u0301" * 600,
        "deficit with " + "vietnma and " * 150,
        "top " * 400,
        "2018-" * 390,
        "? " * 990,
        "s. korea " * 200,
        "ドイツ" * 600,
        "republi cof the nroth " * 90,
        "between 10 and 20bn " * 100,
    ],
    ids=range(10),
)
def test_floods_are_answered_in_time(desk: Desk, text: str) -> None:
    desk.ask("deficit with the phillipnes", today=TODAY)
    assert min(seconds(desk, text[:2_000], None) for _ in range(3)) < SLOWEST
