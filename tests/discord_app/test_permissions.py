"""Channels where the bot may not do everything."""

from __future__ import annotations

import discord
import pytest
from simcord import ChannelHandle

from discord_app.world import World, buttons, response, said
from tradebot.discord_app.taps import NO_FILES


def channel_without(world: World, **denied: bool) -> ChannelHandle:
    """A channel where the bot itself (nobody else) lacks some permissions."""
    assert world.bot.user
    return world.guild.create_text_channel("narrow", overwrites={world.bot.user: discord.PermissionOverwrite(**denied)})


async def test_a_card_of_components_needs_no_embeds(world: World) -> None:
    narrow = channel_without(world, embed_links=False, attach_files=False)
    assert said(await world.ask("top 5 deficits", channel=narrow)) == said(await world.ask("top 5 deficits"))


async def test_where_it_may_not_attach_a_tap_on_chart_gets_a_sentence(world: World) -> None:
    narrow = channel_without(world, attach_files=False)
    answer = await world.ask("top 5 deficits", channel=narrow)
    (chart,) = [button for button in buttons(answer) if button["label"] == "Chart"]
    told = response(await world.alice.click(answer, custom_id=chart["custom_id"]))
    assert told.ephemeral
    assert told.content == NO_FILES


async def test_without_history_it_answers_without_a_reply(world: World) -> None:
    narrow = channel_without(world, read_message_history=False)
    answer = await world.ask("deficit with Vietnam", channel=narrow)
    assert "178.3 bn" in said(answer)
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
