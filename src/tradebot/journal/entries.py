"""What the journal is told, and what it tells: plain values, free of SQL."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

MISSED = frozenset({"refuse", "clarify"})
"""The outcomes of a question that got no answer."""


class JournalError(Exception):
    """The journal cannot be opened, read or written; the text is one sentence for the reader, without its address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was replied to; never who asked.

    `surface` says where (mention, slash, button, …), `outcome` and `intent` are the reply's, `missed` is the part that was
    not understood (empty: the whole text), `reason` the refusal's template. `asked_json` is the Query as understood and
    `before_json` the one of the turn before; with `text`, `today` and `revision` they give the identical reply again.
    """

    asked_at: dt.datetime
    guild_id: int | None
    surface: str
    text: str
    outcome: str
    intent: str | None
    missed: str
    answer_id: str
    revision: str
    today: dt.date
    asked_json: str | None = None
    before_json: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that shows an answer, with the values it rests on, by figure id; posted again, it is replaced."""

    answer_id: str
    guild_id: int | None
    channel_id: int
    message_id: int
    facts: dict[str, float]
    revision: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Wrong:
    """Somebody says that an answer is wrong. `text` is the question; the author is kept so that they can be told."""

    answer_id: str
    text: str
    note: str
    author_id: int
    guild_id: int | None
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message of the bot is gone: it needs no correction any more."""

    message_id: int


Entry = Asked | Posted | Wrong | Deleted


@dataclass(frozen=True, slots=True)
class Kept:
    """What renders an answer again: its question and reading, on its revision and day."""

    answer_id: str
    text: str
    asked_json: str | None
    before_json: str | None
    revision: str
    today: dt.date
    asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Miss:
    """Questions that failed for the same reason, most recent texts first.

    `why` is the outcome (`refuse`, `clarify`), or `wrong` where people marked the answer; `notes` is what they wrote.
    """

    missed: str
    why: str
    reason: str
    count: int
    first: dt.datetime
    last: dt.datetime
    texts: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """A message of the bot whose answer rests on `facts`, by figure id."""

    message_id: int
    channel_id: int
    guild_id: int | None
    answer_id: str
    revision: str
    at: dt.datetime
    facts: dict[str, float]
