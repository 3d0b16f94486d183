"""A Discord client with a desk: what commands, buttons and replies know of the client that hands events to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import discord

from tradebot.desk import Desk, Reply
from tradebot.discord_app.charts import Charts
from tradebot.query import Query


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


@dataclass(frozen=True, slots=True)
class Server:
    """What a server has set: channels without mention, charts at once, and the surface of answers."""

    answer_channels: tuple[int, ...] = ()
    mentions: bool = True
    charts: bool = False
    surface: str = "cards"


class DeskClient(discord.Client):
    """One desk behind one Discord application. `clock` says what day it is, `reads_all` asks for the text of every message."""

    def __init__(self, desk: Desk, clock: Callable[[], dt.date] = today, *, reads_all: bool = False) -> None:
        super().__init__(
            intents=intents(reads_all=reads_all),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self.desk = desk
        self.charts = Charts(desk)
        self._clock = clock

    def ask(self, question: str, conversation: str | None, *, ambient: bool = False) -> Reply:
        """The desk's reply of today; `conversation` None asks without anything said before."""
        return self.desk.ask(question, conversation, self._clock(), ambient=ambient)

    def answer(self, query: Query, conversation: str | None = None) -> Reply:
        """Today's reply to a question that is understood already."""
        return self.desk.answer(query, conversation=conversation, today=self._clock())

    @property
    def keeps(self) -> bool:
        """Whether answers can be found again by their number."""
        return False

    async def server(self, guild: int | None) -> Server:
        """The settings of a server; the defaults anywhere else."""
        return Server()

    async def kept_query(self, number: str) -> Query | None:
        """The question of an answer, by the answer's number."""
        return None

    def noted(self, reply: Reply, surface: str, guild: int | None) -> None:
        """Keeps what was asked."""

    def posted(self, reply: Reply, guild: int | None, channel: int, message: int) -> None:
        """Keeps where an answer stands."""

    async def told_wrong(self, interaction: discord.Interaction[Any], number: str, note: str) -> str:
        """Keeps what somebody says is wrong; the sentence that thanks them."""
        return "I keep no notes here; please tell a moderator."
