"""A Discord client with a desk: what commands, buttons and replies know of the client that hands events to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol, Unpack

import discord

from tradebot.desk import Desk, Reply
from tradebot.discord_app.steady import Footing, SteadyClient
from tradebot.edition import Edition
from tradebot.journal.journal import Journal
from tradebot.query import Query

MOST_ASKED = 100


def intents() -> discord.Intents:
    """Nothing privileged: servers (for permissions) and messages, whose text arrives when the bot is spoken to."""
    chosen = discord.Intents.none()
    chosen.guilds = chosen.guild_messages = chosen.dm_messages = True
    return chosen


def today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


class Kept(Protocol):
    """What the journal holds of an answer."""

    @property
    def text(self) -> str: ...
    @property
    def asked_json(self) -> str | None: ...
    @property
    def revision(self) -> str: ...
    @property
    def today(self) -> dt.date: ...


class Archive(Protocol):
    """What commands ask of the journal."""

    async def answer(self, answer_id: str, /) -> Kept | None: ...
    async def most_asked(self, limit: int, /) -> list[str]: ...


class DeskClient(SteadyClient):
    """One desk behind one Discord application. `clock` says what day it is; without a `journal` nothing is kept."""

    def __init__(self, desk: Desk, clock: Callable[[], dt.date] = today, journal: Journal | None = None, **steady: Unpack[Footing]) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            **steady,
        )
        self.desk = desk
        self.journal: Archive | None = journal
        self._clock = clock

    @property
    def today(self) -> dt.date:
        return self._clock()

    def ask(self, question: str, conversation: str | None, query: Query | None = None) -> Reply:
        """The desk's reply of today; `conversation` None asks without anything said before, `query` asks what is understood already."""
        if query is not None:
            reply = self.desk.answer(query, question, conversation, self.today)
        else:
            reply = self.desk.ask(question, conversation=conversation, today=self.today)
        self.metrics.answered(reply.outcome, reply.intent, reply.elapsed_us / 1e6)
        return reply

    def edition(self, revision: str) -> Edition | None:
        """The knowledge of a revision; None where it is not held any more."""
        return self.desk.edition if self.desk.edition.knowledge.revision == revision else None

    async def often_asked(self) -> list[str]:
        """Questions to offer to who has not typed any: what is asked most, then an example of each kind of answer."""
        asked = await self.journal.most_asked(MOST_ASKED) if self.journal else []
        examples = [intent.tests[0].ask for intent in self.desk.knowledge.intents if intent.tests and intent.tests[0].ask]
        return list(dict.fromkeys([*asked, *examples]))
