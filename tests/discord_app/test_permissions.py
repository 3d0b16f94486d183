"""Channels where the bot may not do everything."""

from __future__ import annotations

import discord
import pytest
from simcord import ChannelHandle

from discord_app.world import World, said


def channel_without(world: World, **denied: bool) -> ChannelHandle:
    """A channel where the bot itself (nobody else) lacks some permissions."""
    assert world.bot.user
    return world.guild.create_text_channel("narrow", overwrites={world.bot.user: discord.PermissionOverwrite(**denied)})


async def test_without_embeds_the_same_facts_come_as_text(world: World) -> None:
    full = await world.ask("top 5 deficits")
    narrow = channel_without(world, embed_links=False)
    plain = await world.ask("top 5 deficits", channel=narrow)
    assert not plain.embeds
    words = set(said(plain).replace("-#", "").split())
    assert set(said(full).split()) <= words


async def test_without_embeds_a_command_comes_as_text(world: World) -> None:
    narrow = channel_without(world, embed_links=False)
    result = await world.alice.slash(narrow, "deficit", country="Vietnam")
    assert result.response is not None
    assert not result.response.embeds
    assert "178.3 bn" in result.response.content
    assert "Census" in result.response.content


async def test_without_history_it_answers_without_a_reply(world: World) -> None:
    narrow = channel_without(world, read_message_history=False)
    answer = await world.ask("deficit with Vietnam", channel=narrow)
    assert "178.3 bn" in answer.content
    assert answer.reference is None


async def test_where_it_may_not_write_it_is_silent(world: World) -> None:
    narrow = channel_without(world, send_messages=False)
    await world.alice.send(narrow, f"{world.mention} deficit with Vietnam")
    assert world.posted(narrow) == []
    assert not any(request.path.endswith("/messages") and request.method == "POST" for request in world.env.http_requests)


async def test_when_discord_fails_the_person_is_told_and_the_log_has_the_id(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, message="Invalid Form Body")
    told = await world.ask("deficit with Vietnam")
    number = told.content.rpartition("(")[2].removesuffix(")")
    assert number.startswith("E-")
    assert number in caplog.text
    assert "Vietnam" not in caplog.text
    assert len(world.env.errors) == 1


async def test_when_discord_fails_twice_nothing_else_happens(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions", times=2)
    await world.alice.send(world.channel, f"{world.mention} deficit with Vietnam")
    assert world.posted() == []
    assert "E-" in caplog.text
    assert len(world.env.errors) == 1
