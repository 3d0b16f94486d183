"""The bot under simcord's in-memory Discord, on the packaged knowledge and a fixed day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from simcord import Env

from discord_app.world import World
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.manners import Manners
from tradebot.discord_app.replies import conversation
from tradebot.journal.journal import Journal


@pytest.fixture
def simcord_bot(desk: Desk, tmp_path: Path) -> TradeClient:
    bot = TradeClient(desk, state=tmp_path / "state", clock=lambda: TODAY)
    bot.manners = Manners(questions=10_000)  # in simcord no time passes by itself
    return bot


@pytest.fixture
def world(simcord_env: Env, desk: Desk) -> Iterator[World]:
    """A server with two people; what they said is forgotten afterwards, because all tests share one desk."""
    guild = simcord_env.create_guild("Traders")
    channel = guild.create_text_channel("trade")
    alice, bob = (guild.add_member(simcord_env.create_user(name)) for name in ("alice", "bob"))
    yield World(simcord_env, guild, channel, alice, bob)
    for place in simcord_env.backend.channels:
        for person in simcord_env.backend.users:
            desk.forget(conversation(place, person))


@pytest.fixture
async def journal(world: World, tmp_path: Path) -> AsyncIterator[Journal]:
    """A journal in a file, which the bot keeps."""
    opened = await Journal.open(f"sqlite:///{tmp_path / 'journal.sqlite'}")
    world.bot.journal = opened
    yield opened
    await opened.close()
