"""A Discord client with a desk: what commands, buttons and replies know of the client that hands events to them."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Unpack

import discord
from discord import app_commands

from tradebot.curation.faults import CurationError
from tradebot.desk import Desk, Reply
from tradebot.discord_app import presence
from tradebot.discord_app.card.charts import Charts
from tradebot.discord_app.card.menus import Menus
from tradebot.discord_app.line.steady import Footing, SteadyClient
from tradebot.discord_app.manners import Manners
from tradebot.edition import Edition
from tradebot.journal.journal import Journal
from tradebot.knowledge.problems import KnowledgeError
from tradebot.query import Query

MOST_ASKED = 100
AGAIN_AND_AGAIN = 5
"""How often a question must have been asked before other people see it offered."""
OFFERED_SECONDS = 300.0


def intents(*, reads_all: bool = False) -> discord.Intents:
    """Nothing privileged: servers (for permissions) and messages, whose text arrives when the bot is spoken to.

    Only an operator whom Discord allows it may ask for the text of every message, for a server's answer channels.
    """
    chosen = discord.Intents.none()
    chosen.guilds = chosen.guild_messages = chosen.dm_messages = True
    chosen.message_content = reads_all
    return chosen


def today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


def _named_in(query: Query) -> tuple[str, ...]:
    """What a question is about by name; a term where its meaning was asked for."""
    return (*query.partners, *query.groups, *query.sectors, *(query.terms if query.intent == "definition" else ()))


def no_revisions(revision: str) -> Edition:
    """Where the knowledge is no repository, only the current revision is held."""
    raise CurationError(f"{revision} is not held.")


class DeskClient(SteadyClient):
    """One desk behind one Discord application.

    `clock` says what day it is; without a `journal` nothing is kept; `reads_all` asks Discord for the text of every message;
    for the rest see SteadyClient.
    """

    tree: app_commands.CommandTree[Any]

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], dt.date] = today,
        journal: Journal | None = None,
        *,
        reads_all: bool = False,
        **steady: Unpack[Footing],
    ) -> None:
        super().__init__(
            intents=intents(reads_all=reads_all),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            activity=presence.activity(desk.knowledge),
            **steady,
        )
        self.desk = desk
        self.charts = Charts(desk)
        self._menus = Menus(desk.knowledge)
        self.journal = journal or Journal()
        self.revisions: Callable[[str], Edition] = no_revisions
        self.manners = Manners()
        self._clock = clock
        self._offered: list[str] = []
        self._asked_about: tuple[str, ...] = ()
        self._offered_until = 0.0

    @property
    def today(self) -> dt.date:
        """The day by which it answers."""
        return self._clock()

    @property
    def menus(self) -> Menus:
        """What there is to choose in the knowledge that answers now."""
        if self._menus.knowledge is not self.desk.knowledge:
            self._menus = Menus(self.desk.knowledge)
        return self._menus

    def ask(self, question: str, conversation: str | None, *, ambient: bool = False) -> Reply:
        """The desk's reply of today; `conversation` None asks without anything said before."""
        return self._counted(self.desk.ask(question, conversation, self.today, ambient=ambient))

    def answer(self, query: Query, conversation: str | None = None, question: str = "") -> Reply:
        """Today's reply to a question that is understood already; `question` is how it was asked."""
        return self._counted(self.desk.answer(query, question, conversation, self.today))

    def _counted(self, reply: Reply) -> Reply:
        self.metrics.answered(reply.outcome, reply.intent, reply.elapsed_us / 1e6)
        return reply

    async def edition(self, revision: str) -> Edition | None:
        """The knowledge of a revision; None where it is not held any more."""
        if self.desk.edition.knowledge.revision == revision:
            return self.desk.edition
        with suppress(CurationError, KnowledgeError):
            return await asyncio.to_thread(self.revisions, revision)
        return None

    async def often_asked(self, at_least: int = 1) -> list[str]:
        """What was asked so often, most asked first, then an example of each kind of answer."""
        asked = await self.journal.most_asked(MOST_ASKED, at_least)
        examples = [intent.tests[0].ask for intent in self.desk.knowledge.intents if intent.tests and intent.tests[0].ask]
        return list(dict.fromkeys([*asked, *examples]))

    async def offered(self) -> list[str]:
        """Questions for who is typing one: nobody's own, only what is asked again and again; looked up anew after a while."""
        await self._look_up_offers()
        return self._offered

    async def asked_about(self) -> tuple[str, ...]:
        """Ids of the partners, groups, goods and terms of these questions, most asked first."""
        await self._look_up_offers()
        return self._asked_about

    async def _look_up_offers(self) -> None:
        if time.monotonic() < self._offered_until:
            return
        self._offered_until = time.monotonic() + OFFERED_SECONDS
        self._offered = await self.often_asked(AGAIN_AND_AGAIN)
        asked = await self.journal.most_asked(MOST_ASKED, AGAIN_AND_AGAIN)
        understood = (self.desk.edition.understand(text, None, self.today) for text in asked)
        self._asked_about = tuple(held for query in understood if isinstance(query, Query) for held in _named_in(query))
