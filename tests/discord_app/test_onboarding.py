"""What a server sees of the bot before anybody asked: its introduction, and how fresh its record is."""

from __future__ import annotations

import asyncio

import discord
import pytest

from discord_app.world import World, labels, response, said
from tradebot.discord_app import onboarding
from tradebot.discord_app.presence import activity
from tradebot.edition import Edition
from tradebot.journal.journal import Journal


async def joined(world: World) -> discord.Guild:
    """The server as the bot has it, once more told that it joined."""
    guild = world.bot.get_guild(world.guild.id)
    assert guild
    await world.bot.on_guild_join(guild)
    await world.env.settle()
    return guild


async def test_it_introduces_itself_once_with_three_questions_to_tap(world: World, journal: Journal) -> None:
    await joined(world)
    hello = world.only(world.posted())
    assert "never a guess" in hello.content
    assert labels(hello) == ["Deficit with Vietnam", "Top 10 deficits", "Tariffs on China"]
    await joined(world)
    assert len(world.posted()) == 1, "once per server"
    answer = response(await world.bob.click(hello, label="Deficit with Vietnam"))
    assert answer.ephemeral
    assert "178.3 bn" in said(answer)


async def test_the_first_channel_that_lets_it_speak(world: World, journal: Journal) -> None:
    guild = world.bot.get_guild(world.guild.id)
    assert guild
    place = onboarding.place(guild)
    assert place
    assert place.id == world.channel.id
    await place.set_permissions(guild.default_role, send_messages=False)
    await place.set_permissions(guild.me, send_messages=False)
    await world.env.settle()
    assert onboarding.place(guild) is None
    await joined(world)
    assert world.posted() == []


async def test_without_a_journal_it_still_introduces_itself(world: World) -> None:
    await joined(world)
    assert "never a guess" in world.only(world.posted()).content


async def test_presence_says_how_fresh_the_record_is(world: World) -> None:
    assert activity(world.bot.desk.knowledge).name == "Record to Jul 2026 · r1"
    assert world.bot.activity == activity(world.bot.desk.knowledge)


async def test_presence_changes_with_the_revision(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str | None] = []

    async def note(*, activity: discord.BaseActivity | None = None) -> None:
        shown.append(getattr(activity, "name", None))

    monkeypatch.setattr(world.bot, "change_presence", note)
    edition = world.bot.desk.edition
    world.bot.desk.swap(Edition.open(revision="r2"))
    await asyncio.sleep(0)
    await world.env.settle()
    world.bot.desk.swap(edition)
    await world.env.settle()
    assert shown == ["Record to Jul 2026 · r2", "Record to Jul 2026 · r1"]
