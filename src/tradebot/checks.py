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

from tradebot.answer import AnswerError
from tradebot.desk import Desk, Reply
from tradebot.edition import Edition
from tradebot.knowledge.group_check import sum_gaps
from tradebot.knowledge.models_intents import Intent, IntentTest
from tradebot.knowledge.paths import templates_beside
from tradebot.knowledge.problems import Problem, Problems, name_of
from tradebot.knowledge.record_check import check_record, year_gaps
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_expectations import check_expectations
from tradebot.knowledge.yaml_files import read_yaml
from tradebot.lints import lint

TODAY = dt.date(2026, 11, 23)
"""The day on which tests are asked that name none: an answer must not change because a test was run later."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A test of an intent that did not pass, and why."""

    intent: str
    number: int
    asked: str
    why: str

    def problem(self, root: Path) -> Problem:
        """The failure at the line of the test under `root`."""
        path, sentence = root / "intents" / f"{self.intent}.yaml", f"“{self.asked}” {self.why}"
        node = read_yaml(path, Problems(), root)
        return node.problem(sentence, "tests", self.number) if node else Problem(name_of(path, root), 1, 1, "tests", sentence)


def check(root: Path) -> Problems:
    """Every problem of the knowledge under `root`. Raises KnowledgeError when it cannot be loaded at all."""
    return check_edition(root, Edition.open(root))


def check_edition(root: Path, edition: Edition) -> Problems:
    """As check, of an edition that was read from `root`: whatever is wrong although it could be loaded."""
    knowledge, problems = edition.knowledge, Problems()
    problems.extend(check_figures(root, knowledge))
    problems.extend(check_expectations(root, knowledge.tariffs))
    problems.extend(edition.template_mistakes())
    problems.extend(lint(root, templates_beside(root), knowledge))
    problems.extend(failure.problem(root) for failure in failures(Desk(edition)))
    return problems


def check_figures(root: Path, knowledge: Knowledge) -> Problems:
    """Ids, years and sums of the record."""
    problems = Problems()
    check_record(root, knowledge.record, knowledge.partners, knowledge.sources, problems)
    problems.extend(year_gaps(root, knowledge.record))
    problems.extend(sum_gaps(root, knowledge.record, knowledge.groups))
    return problems


def failures(desk: Desk) -> Iterator[Failure]:
    """The tests of every intent that fail on a desk."""
    for intent in desk.knowledge.intents:
        yield from failures_of(intent, desk)


def failures_of(intent: Intent, desk: Desk) -> Iterator[Failure]:
    """The tests of one intent that fail on a desk."""
    for number, test in enumerate(intent.tests):
        if why := _why(test, intent, desk):
            yield Failure(intent.id, number, " / ".join(turns(test)), why)


def turns(test: IntentTest) -> tuple[str, ...]:
    return test.turns or (test.ask,)


def _why(test: IntentTest, intent: Intent, desk: Desk) -> str:
    try:
        return reason(test, intent, ask(desk, test))
    except AnswerError as error:
        return f"cannot be answered: {error}"


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
