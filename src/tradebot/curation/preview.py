"""Preview: every answer that a draft changes, before anybody else sees it.

tests of intents, questions asked most ─▶ both editions ─▶ those whose replies differ ─▶ what breaks first ─▶ pages
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from tradebot import checks
from tradebot.answer import AnswerError
from tradebot.curation.draft import Draft
from tradebot.curation.revisions import count
from tradebot.desk import Desk, Reply
from tradebot.edition import Edition
from tradebot.knowledge.models_intents import Intent, IntentTest
from tradebot.presentation import plain

PAGE = 5
Asked = tuple[str, ...]


class Kind(IntEnum):
    """What a change means, the gravest first."""

    BROKEN = 0
    """A test passed, and no longer does; or the reply cannot be made at all."""
    LOST = 1
    """It was answered, and no longer is."""
    OTHERWISE = 2
    """It is answered as another kind of question, or refused for another reason."""
    REWORDED = 3
    """The answer says something else."""
    GAINED = 4
    """It was not answered, and now is."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question whose reply differs. `asked` are its turns, `why` says in what its test, one of `intent`'s, now fails."""

    kind: Kind
    asked: Asked
    before: str
    after: str
    why: str = ""
    intent: str = ""

    @property
    def question(self) -> str:
        return " / ".join(self.asked)


@dataclass(frozen=True, slots=True)
class Preview:
    """`changes`, the gravest first, of so many questions `tried`. `failures` are the tests that fail on the draft."""

    changes: tuple[Change, ...]
    tried: int
    failures: tuple[checks.Failure, ...]

    def pages(self, size: int = PAGE) -> list[tuple[Change, ...]]:
        return [self.changes[at : at + size] for at in range(0, len(self.changes), size)]

    @property
    def headline(self) -> str:
        """`12 of 340 answers change, 2 of them break.`"""
        broken = sum(change.kind in (Kind.BROKEN, Kind.LOST) for change in self.changes)
        if not self.changes:
            return f"None of {self.tried} answers changes."
        breaks = f", {broken} of them break{'s' if broken == 1 else ''}" if broken else ""
        return f"{len(self.changes)} of {self.tried} answers change{breaks}."


def preview_of(draft: Draft, asked: Sequence[str] = (), today: dt.date = checks.TODAY) -> Preview:
    """A draft against the revision that it is an edit of. Raises KnowledgeError."""
    repository = draft.repository
    base = f"r{count(repository.git, draft.base)}"
    return preview(repository.edition(base), Edition.open(draft.knowledge, f"{base}+draft"), asked, today)


def preview(old: Edition, new: Edition, asked: Sequence[str] = (), today: dt.date = checks.TODAY) -> Preview:
    """Answers all tests of both editions, and the questions `asked` most, by both."""
    before, after = Desk(old), Desk(new)
    found: list[Change] = []
    failures: list[checks.Failure] = []
    tried = _tried(old, new, asked, today)
    for turns, (intent, test) in tried.items():
        was, now = _reply(before, test), _reply(after, test)
        why = _why(intent, test, now)
        if why and intent is not None:
            failures.append(checks.Failure(intent.id, intent.tests.index(test), " / ".join(turns), why))
        if why or _said(was) != _said(now):
            kind, name = Kind.BROKEN if why else _kind(was, now), intent.id if intent else ""
            found.append(Change(kind, turns, _said(was), _said(now), why.split(": ", 1)[0], name))
    return Preview(tuple(sorted(found, key=lambda change: change.kind)), len(tried), tuple(failures))


def _tried(old: Edition, new: Edition, asked: Sequence[str], today: dt.date) -> dict[Asked, tuple[Intent | None, IntentTest]]:
    """What is asked of both, by its turns: questions, tests of the old edition, tests of the new one with the intent that judges them."""
    tried: dict[Asked, tuple[Intent | None, IntentTest]] = {(text,): (None, IntentTest(ask=text, today=today)) for text in asked}
    tried |= {checks.turns(test): (None, test) for intent in old.knowledge.intents for test in intent.tests}
    tried |= {checks.turns(test): (intent, test) for intent in new.knowledge.intents for test in intent.tests}
    return tried


def _reply(desk: Desk, test: IntentTest) -> Reply | str:
    """The reply, or why there is none."""
    try:
        return checks.ask(desk, test)
    except AnswerError as error:
        return str(error)


def _why(intent: Intent | None, test: IntentTest, now: Reply | str) -> str:
    if isinstance(now, str):
        return now
    return checks.reason(test, intent, now) if intent is not None else ""


def _kind(was: Reply | str, now: Reply | str) -> Kind:
    if isinstance(was, str) or isinstance(now, str):
        return Kind.BROKEN if isinstance(now, str) else Kind.GAINED
    if (was.outcome == "answer") != (now.outcome == "answer"):
        return Kind.LOST if was.outcome == "answer" else Kind.GAINED
    return Kind.REWORDED if (was.outcome, was.intent) == (now.outcome, now.intent) else Kind.OTHERWISE


def _said(reply: Reply | str) -> str:
    """The reply as text, without its revision and number, which always differ."""
    if isinstance(reply, str):
        return reply
    stamps = 2 if reply.outcome == "answer" else 0
    return plain.text(replace(reply.card, foot=reply.card.foot[: len(reply.card.foot) - stamps])) if reply.card.headline else "(silence)"
