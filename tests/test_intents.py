"""Every intent's own tests, one generated test each, and the proof that no reply speaks a number nothing backs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradebot import checks
from tradebot.desk import Desk
from tradebot.knowledge.models_intents import Intent, IntentTest
from tradebot.knowledge.paths import knowledge_dir, templates_beside
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.words import load_intents
from tradebot.lints import lint
from tradebot.presentation import plain
from tradebot.presentation.render import unbacked

CASES = [(intent, test) for intent in load_intents(knowledge_dir(), Problems()) for test in intent.tests]


@pytest.mark.parametrize(("intent", "test"), CASES, ids=[f"{intent.id}: {' / '.join(checks.turns(test))}" for intent, test in CASES])
def test_intent(desk: Desk, intent: Intent, test: IntentTest) -> None:
    reply = checks.ask(desk, test)
    assert checks.reason(test, intent, reply) == ""
    if reply.outcome == "answer":
        assert unbacked(plain.text(reply.card, foot=False), reply.card.spoken) == []


def test_every_answer_offers_two_questions_and_all_of_them_are_answered(desk: Desk) -> None:
    answers = [reply for _, test in CASES if (reply := checks.ask(desk, test)).outcome == "answer" and reply.intent != "source"]
    assert [reply.question for reply in answers if len(reply.suggestions) < 2] == []
    offered = {question: reply.question for reply in answers for question in reply.suggestions}
    failing = {
        question: after
        for question, after in offered.items()
        if desk.ask(question, today=checks.TODAY).outcome in ("refuse", "clarify", "silent")
    }
    assert failing == {}


def test_every_intent_is_tested(desk: Desk) -> None:
    assert [intent.id for intent in desk.knowledge.intents if not intent.tests] == []


def test_every_intent_names_the_template_that_words_it(desk: Desk) -> None:
    for intent in desk.knowledge.intents:
        assert intent.template in {checks.ask(desk, test).answer.template for test in intent.tests}, intent.id


def test_lints_name_what_no_rule_could_meet(tmp_path: Path, desk: Desk) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "wrong.yaml").write_text(
        "id: wrong\nfamily: mesure\ntemplate: measur\nwhen:\n  - {if: [partnr], score: 5}\n", encoding="utf-8"
    )
    told = [str(problem).split("wrong.yaml:")[1] for problem in lint(tmp_path, templates_beside(knowledge_dir()), desk.knowledge)]
    assert told == [
        "5:10: when[0].if: no cue or slot is called “partnr”; did you mean “partner”?",
        "2:9: family: no answers are called “mesure”; did you mean “measure”?",
        "3:11: template: there is no templates/measur.j2; did you mean “measure”?",
    ]
