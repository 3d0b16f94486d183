"""Answer channels: a server's channels in which questions need no mention, where Discord lets the bot read them."""

from __future__ import annotations

import dataclasses

import discord
import pytest

from discord_app.world import World, headline
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.discord_app.client import TradeClient
from tradebot.journal.journal import Journal
from tradebot.journal.settings import DEFAULTS


@pytest.fixture
def simcord_bot(desk: Desk) -> TradeClient:
    return TradeClient(desk, clock=lambda: TODAY, reads_all=True)


@pytest.fixture
async def listening(world: World, journal: Journal) -> World:
    await journal.save_server(world.guild.id, dataclasses.replace(DEFAULTS, answer_channels=(world.channel.id,)))
    return world


async def test_an_answer_channel_needs_no_mention(listening: World) -> None:
    await listening.alice.send(listening.channel, "deficit with Vietnam?")
    assert "$178.3 bn" in headline(listening.only(listening.posted()))


@pytest.mark.parametrize(
    "talk", ["good morning everybody", "lol", "best laptop under 500?", "I went to Vietnam last year", "deficit with Atlantis"]
)
async def test_an_answer_channel_stays_silent_where_it_is_not_sure(listening: World, talk: str) -> None:
    await listening.alice.send(listening.channel, talk)
    assert listening.posted() == []


async def test_elsewhere_it_does_not_listen(listening: World) -> None:
    other = listening.guild.create_text_channel("other")
    await listening.alice.send(other, "deficit with Vietnam?")
    assert listening.posted(other) == []
    assert "$178.3 bn" in headline(await listening.ask("deficit with Vietnam", channel=other))


async def test_threads_of_an_answer_channel_belong_to_it(listening: World) -> None:
    message = await listening.alice.send(listening.channel, "let us talk")
    cached = listening.bot.get_channel(listening.channel.id)
    assert isinstance(cached, discord.TextChannel)
    await cached.create_thread(name="numbers", message=discord.Object(message.id))
    (thread,) = listening.channel.threads
    await listening.alice.send(thread, "deficit with Vietnam?")
    assert "$178.3 bn" in headline(listening.only(listening.posted(thread)))
