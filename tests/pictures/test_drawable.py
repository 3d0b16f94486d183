"""Whether a reply has a picture is known before it is drawn."""

from __future__ import annotations

from tradebot import checks
from tradebot.desk import Desk
from tradebot.pictures import drawable, drawing


def test_it_is_told_of_every_intents_answers(desk: Desk) -> None:
    wrong = [
        (reply.question, reply.answer.template)
        for intent in desk.knowledge.intents
        for test in intent.tests
        if drawable(reply := checks.ask(desk, test)) is not (drawing.compose(reply, desk.knowledge) is not None)
    ]
    assert wrong == []
