"""Checks of a whole knowledge directory: it loads, its dated expectations hold, and every intent's own tests pass.

`tradebot check`, the test suite and a publish all run these, so they never disagree.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tradebot.desk import Desk, Reply
from tradebot.edition import Edition
from tradebot.knowledge.models_intents import Intent, IntentTest
from tradebot.knowledge.paths import templates_beside
from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.record_check import check_record, warnings_of
from tradebot.knowledge.tariff_expectations import check_expectations
from tradebot.lints import lint

TODAY = dt.date(2026, 11, 23)
"""The day on which tests are asked that name none: an answer must not change because a test was run later."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A test of an intent that did not pass, and why."""

    intent: str
    asked: str
    why: str

    def problem(self) -> Problem:
        return Problem(f"knowledge/intents/{self.intent}.yaml", 0, 0, f"“{self.asked}”", self.why)


def check(root: Path, edition: Edition | None = None) -> Problems:
    """Every problem of the knowledge under `root`, from which `edition` was opened where it is there already.

    Raises KnowledgeError when it cannot be loaded at all.
    """
    desk = Desk(edition or Edition.open(root))
    knowledge, problems = desk.knowledge, Problems()
    check_record(root, knowledge.record, knowledge.partners, knowledge.sources, problems)
    problems.extend(Problem("knowledge/record/months.csv", 0, 0, "", sentence) for sentence in warnings_of(knowledge.record))
    problems.extend(check_expectations(knowledge.tariffs))
    problems.extend(lint(root, templates_beside(root), knowledge))
    problems.extend(failure.problem() for failure in failures(desk))
    return problems


def failures(desk: Desk) -> Iterator[Failure]:
    """The tests of every intent that fail on a desk."""
    for intent in desk.knowledge.intents:
        for test in intent.tests:
            why = reason(test, intent, ask(desk, test))
            if why:
                yield Failure(intent.id, " / ".join(turns(test)), why)


def turns(test: IntentTest) -> tuple[str, ...]:
    return test.turns or (test.ask,)


def ask(desk: Desk, test: IntentTest) -> Reply:
    """The reply to the last turn of a test."""
    conversation = "test" if test.turns else None
    desk.forget("test")
    *_, last = (
        desk.ask_many(turns(test), conversation, test.today or TODAY)
        if not test.ambient
        else (desk.ask(test.ask, today=test.today or TODAY, ambient=True),)
    )
    desk.forget("test")
    return last


def reason(test: IntentTest, intent: Intent, reply: Reply) -> str:
    """Why a reply is not what the test wants; empty when it is."""
    if reply.outcome != test.outcome:
        return f"gives {reply.outcome} ({reply.intent}), wanted {test.outcome}: {reply.text[:120]!r}"
    wanted = test.intent or (intent.id if test.outcome == "answer" else "")
    if wanted and reply.intent != wanted:
        return f"is read as {reply.intent}, wanted {wanted}"
    return _slots(test, reply) or _words(test, reply)


def _slots(test: IntentTest, reply: Reply) -> str:
    for name, value in test.slots.items():
        found = getattr(reply.query, name, None)
        shown = json.loads(json.dumps(found, default=str))
        if name in ("period", "against"):
            shown = found.id if found else None
        if shown != value and str(shown) != str(value):
            return f"has {name} {shown!r}, wanted {value!r}"
    return ""


def _words(test: IntentTest, reply: Reply) -> str:
    for wanted in test.says:
        if not _says(reply.text, wanted):
            return f"does not say {wanted!r}: {reply.text[:300]!r}"
    for unwanted in test.not_says:
        if _says(reply.text, unwanted):
            return f"says {unwanted!r}: {reply.text[:300]!r}"
    return ""


def _says(text: str, wanted: str) -> bool:
    if len(wanted) > 2 and wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], text, re.IGNORECASE) is not None
    return wanted.lower() in text.lower()
