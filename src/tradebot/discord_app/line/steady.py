"""A Discord client that keeps its footing: shards, turns at IDENTIFY, patience with REST, one malformed event at a time."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Iterator
from typing import Any, Literal, TypedDict

import discord
import yarl
from discord.backoff import ExponentialBackoff
from discord.gateway import ReconnectWebSocket
from discord.shard import Shard

from tradebot.discord_app.line import wire
from tradebot.discord_app.line.intake import Intake
from tradebot.operations.health import Pulse
from tradebot.operations.metrics import Metrics
from tradebot.operations.shards import ONE, Shards
from tradebot.operations.turns import Turns

log = logging.getLogger("tradebot.discord")

LONGEST_PAUSE = 32.0
FORGOTTEN_SECONDS = 300.0


class Pauses(ExponentialBackoff[Literal[False]]):
    """Seconds before a shard that could not be connected tries again: at most LONGEST_PAUSE, short ones anew after FORGOTTEN_SECONDS
    without trouble. By itself discord.py would go up to 17 minutes, and remember every failure for half an hour.
    """

    def __init__(self) -> None:
        super().__init__()
        self._max = int(math.log2(LONGEST_PAUSE))
        self._reset_time = int(FORGOTTEN_SECONDS)


class HandshakeError(ConnectionError):
    """A shard could not be connected; the supervisor tries again."""


class Footing(TypedDict, total=False):
    """What a client may be given to stand on."""

    shards: Shards | None
    turns: Turns | None
    metrics: Metrics | None


class SteadyClient(discord.AutoShardedClient):
    """`shards` None lets Discord say how many there should be; `turns` says when a shard may IDENTIFY."""

    def __init__(self, *, shards: Shards | None = ONE, turns: Turns | None = None, metrics: Metrics | None = None, **options: Any) -> None:
        if shards:
            options |= {"shard_count": shards.count, "shard_ids": list(shards.ids)}
        super().__init__(chunk_guilds_at_startup=False, **options)
        self.metrics = metrics or Metrics()
        self.turns = turns or Turns()
        self.intake = Intake(self._connection.parsers, self.metrics)
        self._pausing: set[asyncio.Task[None]] = set()
        self._tried: set[int] = set()
        self._max_concurrency = 1
        wire.make_patient(self)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Asks Discord first where its gateway is, how many shards it wants, and how many may IDENTIFY at once."""
        count, url, limits = await self.http.get_bot_gateway()
        wire.gateway_is_at(url)
        self._max_concurrency = max(limits["max_concurrency"], 1)
        self.shard_count = self.shard_count or count
        await super().connect(reconnect=reconnect)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Once: discord.py calls itself again for ever, deeper each time; the supervisor has a better backoff."""
        if shard_id in self._tried:
            raise HandshakeError(f"shard {shard_id} could not be connected")
        self._tried.add(shard_id)
        await super().launch_shard(gateway, shard_id, initial=initial)
        shard = self.shards[shard_id]._parent
        shard._backoff = Pauses()
        shard.reconnect = lambda: _resume(shard)  # type: ignore[method-assign]
        self._let_it_pause_alone(shard)

    def _let_it_pause_alone(self, shard: Shard) -> None:
        """discord.py connects one shard after the other, and would let all of them wait while one pauses."""
        pause = shard._handle_disconnect

        async def beside(e: Exception) -> None:
            pausing = asyncio.create_task(pause(e))
            self._pausing.add(pausing)
            pausing.add_done_callback(self._pausing.discard)

        shard._handle_disconnect = beside  # type: ignore[method-assign]

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002 - discord.py's
        await self.turns.wait((shard_id or 0) % self._max_concurrency)

    async def on_shard_connect(self, _: int) -> None:
        self.metrics.reconnects.labels("connected").inc()

    async def on_shard_resumed(self, _: int) -> None:
        self.metrics.reconnects.labels("resumed").inc()

    async def on_shard_disconnect(self, _: int) -> None:
        self.metrics.reconnects.labels("lost").inc()

    def pulse(self, knowledge: str) -> Pulse:
        """How this client is, for whoever watches; `knowledge` is the revision it answers from."""
        shards = self.shards.values()
        up = sum(not shard.is_closed() for shard in shards)
        return Pulse(
            connected=self.is_ready() and 0 < up == len(shards),
            heartbeat_age=max(self.heartbeat_ages(), default=math.inf),
            knowledge=knowledge,
            servers=len(self.guilds),
            shards=f"{up}/{len(shards)}",
        )

    def heartbeat_ages(self) -> Iterator[float]:
        """Seconds since the gateway last answered a heartbeat, one a shard; nothing public tells."""
        for shard in self.shards.values():
            keep_alive = shard._parent.ws._keep_alive
            yield time.perf_counter() - keep_alive._last_ack if keep_alive else math.inf


async def _resume(shard: Shard) -> None:
    """After a handshake that failed; discord.py would forget the session, and what was said meanwhile with it."""
    await shard.reidentify(ReconnectWebSocket(shard.id, resume=shard.ws.session_id is not None))
