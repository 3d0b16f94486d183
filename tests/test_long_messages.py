"""Long messages: their question is found, and none of them takes long, whatever it is made of."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from tradebot.desk import Desk
from tradebot.understanding.english import english_words
from tradebot.understanding.text import LONGEST_MESSAGE, LONGEST_SENTENCE, tokens

TODAY = dt.date(2026, 11, 23)
TALK = "We argued about it all evening, and nobody had a number at hand. "
MOST_SECONDS = 0.25
"""Of the processor's time, on a machine several times as slow as a usual one: what grows with the square of the words takes more."""

WORDS = (
    *("1", "a b", "2024", "the last", "vietnm", "ger many", "what is the", "does the tariff", "not deficit", "x", "?!", "💥"),
    *("because we", "qwertz uiopas dfghjk", "since when", "May 1", "$1", "日本", "wondering about"),
)


@pytest.mark.parametrize("count", [1, 5, 28])
def test_a_question_at_the_end_is_found(desk: Desk, count: int) -> None:
    reply = desk.ask(TALK * count + "What is our deficit with Vietnam?", today=TODAY)
    assert (reply.outcome, reply.partners) == ("answer", ("VN",))


def test_what_goes_beyond_the_longest_sentence_is_not_explained(desk: Desk) -> None:
    long = "what is our deficit with Vietnam" + " and Vietnam" * LONGEST_SENTENCE
    assert desk.ask(long[:LONGEST_MESSAGE], today=TODAY).outcome == "refuse"
    assert len(tokens("1,2 " * 500)) == LONGEST_SENTENCE + 1


@pytest.mark.parametrize("word", WORDS)
def test_no_message_takes_long(desk: Desk, word: str) -> None:
    Desk.warm()
    message = (f"{word} " * LONGEST_MESSAGE)[:LONGEST_MESSAGE]
    started = time.process_time()
    desk.ask(message, today=TODAY)
    assert time.process_time() - started < MOST_SECONDS


def test_the_english_words_are_common_ones() -> None:
    words = english_words()
    assert 50_000 < len(words) < 70_000
    assert all(word in words for word in ("table", "karen", "because"))
    assert not any(word in words for word in ("vietnm", "defict", "xqzt", ""))
