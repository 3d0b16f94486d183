"""Every intent's own tests, one generated test each, and the proof that no reply speaks a number nothing backs."""

from __future__ import annotations

import pytest

from tradebot import checks
from tradebot.desk import Desk
from tradebot.knowledge.models_intents import Intent, IntentTest
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.words import load_intents
from tradebot.presentation import plain
from tradebot.presentation.render import unbacked

CASES = [(intent, test) for intent in load_intents(knowledge_dir(), Problems()) for test in intent.tests]


@pytest.mark.parametrize(("intent", "test"), CASES, ids=[f"{intent.id}: {' / '.join(checks.turns(test))}" for intent, test in CASES])
def test_intent(desk: Desk, intent: Intent, test: IntentTest) -> None:
    reply = checks.ask(desk, test)
    assert checks.reason(test, intent, reply) == ""
    if reply.outcome == "answer":
        assert unbacked(plain.text(reply.card, foot=False), reply.card.spoken) == []


def test_every_intent_is_tested(desk: Desk) -> None:
    assert [intent.id for intent in desk.knowledge.intents if not intent.tests] == []
