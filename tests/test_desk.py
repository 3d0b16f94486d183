"""The desk: conversations that stay apart and age, and faults that end one question and not the run."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from tradebot.answer import AnswerError
from tradebot.answering import FAMILIES
from tradebot.checks import TODAY
from tradebot.desk import CONVERSATION_SECONDS, Desk
from tradebot.edition import Edition
from tradebot.knowledge.figures import Figure
from tradebot.query import Query


def test_two_conversations_stay_apart(desk: Desk) -> None:
    desk.ask("imports from Mexico", "ann", TODAY)
    desk.ask("exports to France", "bob", TODAY)
    assert desk.ask("and Japan?", "ann", TODAY).intent == "partner_imports"
    assert desk.ask("and Japan?", "bob", TODAY).intent == "partner_exports"


def test_a_conversation_is_forgotten_after_a_while(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ask("imports from Mexico", "old", TODAY)
    now = [0.0]
    real = __import__("time").monotonic
    monkeypatch.setattr("tradebot.desk.time.monotonic", lambda: real() + now[0])
    now[0] = CONVERSATION_SECONDS + 1
    assert desk.ask("and Japan?", "old", TODAY).intent == "partner_balance"


def test_only_so_many_conversations_are_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tradebot.desk.CONVERSATIONS_KEPT", 5)
    desk.ask("imports from Mexico", "first", TODAY)
    for number in range(5):
        desk.ask("Vietnam", f"later {number}", TODAY)
    assert desk.ask("and Japan?", "first", TODAY).intent == "partner_balance"


def test_the_same_question_has_the_same_number(desk: Desk) -> None:
    numbers = {desk.ask("deficit with Chile", None, TODAY).answer_id for _ in range(3)}
    assert len(numbers) == 1


def test_last_year_is_the_calendar_year_before_today(desk: Desk) -> None:
    assert "2024" in desk.ask("deficit with Chile last year", today=dt.date(2025, 5, 1)).text.splitlines()[0]


def test_a_fault_ends_one_question_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(*_: object) -> None:
        raise KeyError("gone")

    monkeypatch.setattr("tradebot.edition.FAMILIES", {**FAMILIES, "measure": stumbles})
    with pytest.raises(AnswerError, match="made me stumble"):
        desk.ask("deficit with Chile", today=TODAY)
    assert desk.ask("Chile", today=TODAY).outcome == "answer"


def test_the_number_is_the_same_in_every_process() -> None:
    ask = "from tradebot.desk import Desk; print(Desk.open().ask('deficit with Chile since 2015').answer_id)"
    numbers = {
        subprocess.run([sys.executable, "-c", ask], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(numbers) == 1


def test_every_question_understood_can_be_kept_as_text_and_answered_again(desk: Desk) -> None:
    """What `/answer` and a card's controls rest on."""
    for test in (test for intent in desk.knowledge.intents for test in intent.tests if not test.turns and not test.ambient):
        reply = desk.ask(test.ask, today=test.today or TODAY)
        if reply.asked is not None:
            again = desk.answer(Query.from_json(reply.asked.to_json()), test.ask, today=test.today or TODAY)
            assert (again.text, again.answer_id) == (reply.text, reply.answer_id)


def test_another_edition_takes_over_between_two_questions(desk: Desk) -> None:
    own = Desk(desk.edition)
    own.ask("deficit with Vietnam", "c", today=TODAY)
    own.swap(Edition.open(revision="r2"))
    reply = own.ask("and Japan?", "c", today=TODAY)
    assert (reply.revision, reply.partners) == ("r2", ("JP",))


@pytest.mark.parametrize(
    ("turns", "partner", "says"),
    [
        (["trade with Congo", "the DR one"], "CD", "goods trade with the DR Congo"),
        (["deficit with the Congo in 2015", "republic"], "CG", "2015"),
        (["exports to Guiana", "the second one"], "GF", "exported"),
        (["Monaco exports", "imports"], "MC", "imported"),
        (["Monaco exports", "to Monaco please"], "MC", "exported"),
        (["trade with Congo", "deficit with Japan"], "JP", "Japan"),
    ],
)
def test_a_question_back_can_be_answered_in_a_word(desk: Desk, turns: list[str], partner: str, says: str) -> None:
    asked, answered = (desk.ask(turn, "offer", today=TODAY) for turn in turns)
    assert asked.outcome == "clarify"
    assert answered.partners == (partner,)
    assert says in answered.text
    desk.forget("offer")


def test_an_answered_question_back_is_over(desk: Desk) -> None:
    own = Desk(desk.edition)
    for turn in ("trade with Congo", "deficit with Japan"):
        own.ask(turn, "c", today=TODAY)
    assert own.ask("republic", "c", today=TODAY).outcome == "refuse"


def test_every_number_has_its_source_named(desk: Desk) -> None:
    """However many operands it was computed from."""
    for test in (test for intent in desk.knowledge.intents for test in intent.tests if not test.turns and not test.ambient):
        reply = desk.ask(test.ask, today=test.today or TODAY)
        named = {source["id"] for source in reply.sources}
        assert {origin for figure in reply.answer.figures() for origin in origins(figure)} - named == set(), test.ask
    for question in ("deficit with Africa in 2024 against 2020", "deficit with Asia in 2025", "how many deficits in 2023"):
        assert len(desk.ask(question, today=TODAY).sources) == len(
            {origin for figure in desk.ask(question, today=TODAY).answer.figures() for origin in origins(figure)}
        )


def origins(figure: Figure) -> set[str]:
    """The sources of the figures at the bottom of a sum."""
    return {figure.source} - {""} | {origin for operand in figure.derived_from for origin in origins(operand)}


def test_what_many_ask_is_answered_alike_and_by_the_edition_that_is_current(desk: Desk) -> None:
    keeping = Desk(desk.edition, kept=10)
    for conversation in ("one", "two"):
        for question in ("deficit with vietnam", "and china?", "source?"):
            there, here = keeping.ask(question, conversation, TODAY), desk.ask(question, f"plain {conversation}", TODAY)
            assert replace(there, elapsed_us=0) == replace(here, elapsed_us=0)
    query = Query("partner_balance", partners=("VN",))
    for _ in range(2):
        assert replace(keeping.answer(query, today=TODAY), elapsed_us=0) == replace(desk.answer(query, today=TODAY), elapsed_us=0)
    newer = Edition(replace(desk.knowledge, revision="r2"), desk.edition.templates)
    keeping.swap(newer)
    assert keeping.ask("deficit with vietnam", today=TODAY).revision == keeping.answer(query, today=TODAY).revision == "r2"
