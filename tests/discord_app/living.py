"""The real bot, with the real discord.py, on the loopback's sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from loopback import Loopback
from tradebot.desk import Desk
from tradebot.discord_app.app import Running
from tradebot.discord_app.line import wire
from tradebot.discord_app.settings import BotSettings
from tradebot.journal.address import JournalSettings
from tradebot.operations.turns import Turns

TOKEN = "not-a-real-token." + "x" * 40


@asynccontextmanager
async def alive(desk: Desk, loopback: Loopback, state: Path, turns: Turns | None = None, shards: int = 1) -> AsyncIterator[Running]:
    """The bot from the moment it is let in, supervised as `tradebot bot` does it; stopped as SIGTERM would at the end."""
    environ = {"TRADEBOT_TOKEN": TOKEN, "TRADEBOT_STATE": str(state), "TRADEBOT_DISCORD_API": loopback.api}
    settings = BotSettings.from_environ(environ, shard_count=shards)
    wire.rest_is_at(loopback.api)
    running = Running(desk, settings, TOKEN, JournalSettings.from_environ({}, state), turns=turns or Turns(seconds=0), pause=0.05)
    task = asyncio.create_task(running.until_stopped())
    try:
        await loopback.until(lambda: task.done() or loopback.gateway.begun)
        yield running
    finally:
        running.stop()
        await asyncio.wait_for(task, 15)
