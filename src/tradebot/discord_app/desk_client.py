"""A Discord client with a desk: what commands, buttons and replies know of the client that hands events to them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Unpack

import discord

from tradebot.desk import Desk, Reply
from tradebot.discord_app.steady import Footing, SteadyClient
from tradebot.operations.health import Pulse


def intents() -> discord.Intents:
    """Nothing privileged: servers (for permissions) and messages, whose text arrives when the bot is spoken to."""
    chosen = discord.Intents.none()
    chosen.guilds = chosen.guild_messages = chosen.dm_messages = True
    return chosen


def today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date()


class DeskClient(SteadyClient):
    """One desk behind one Discord application. `clock` says what day it is; for the rest see SteadyClient."""

    def __init__(self, desk: Desk, clock: Callable[[], dt.date] = today, **steady: Unpack[Footing]) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            **steady,
        )
        self.desk = desk
        self._clock = clock

    def pulse(self) -> Pulse:
        """How this client is, for whoever watches."""
        shards = self.shards.values()
        up = sum(not shard.is_closed() for shard in shards)
        return Pulse(
            connected=self.is_ready() and 0 < up == len(shards),
            heartbeat_age=max(self.heartbeat_ages(), default=math.inf),
            knowledge=self.desk.knowledge.revision,
            servers=len(self.guilds),
            shards=f"{up}/{len(shards)}",
        )

    def ask(self, question: str, conversation: str | None) -> Reply:
        """The desk's reply of today; `conversation` None asks without anything said before."""
        reply = self.desk.ask(question, conversation=conversation, today=self._clock())
        self.metrics.answered(reply.outcome, reply.intent, reply.elapsed_us / 1e6)
        return reply
