"""/settings as the people who manage a server use it, and as others try to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import discord
import pytest
from simcord import InteractionResult, MemberActor
from simcord.components import walk_components

from discord_app.world import World, buttons, forge, parts, response, said, selects
from tradebot.discord_app.card.settings_card import CHANNELS
from tradebot.discord_app.server_settings import BAD_CHOICE, NOT_YOURS
from tradebot.journal.journal import Journal
from tradebot.journal.settings import DEFAULTS


@pytest.fixture
def carol(world: World) -> MemberActor:
    """She may manage the server."""
    role = world.guild.create_role("manager", permissions=discord.Permissions(manage_guild=True))
    return world.guild.add_member(world.env.create_user("carol"), roles=[role])


def changed(result: InteractionResult) -> str:
    """What the card says after a tap."""
    assert result.acknowledged
    assert result.response is not None
    return said(result.response)


async def test_the_card_shows_every_setting_and_only_to_who_asked(world: World, carol: MemberActor, journal: Journal) -> None:
    card = response(await carol.slash(world.channel, "settings"))
    assert card.ephemeral
    for words in ("Answer channels", "Look of answers", "Numbers and dates", "Corrections", "Only you see this"):
        assert words in said(card)
    assert [button["label"] for button in buttons(card)] == ["Answers to mentions: on", "Chart with each answer: off", "Quiet hours: off"]
    assert len(selects(card)) == 3


async def test_switches(world: World, carol: MemberActor, journal: Journal) -> None:
    card = response(await carol.slash(world.channel, "settings"))
    result = await carol.click(card, custom_id="set:charts:on")
    assert "charts come with the answers" in changed(result)
    assert (await journal.server(world.guild.id)).charts
    result = await carol.click(card, custom_id="set:charts:off")
    assert "charts come when asked for" in changed(result)
    assert await journal.server(world.guild.id) == DEFAULTS


@pytest.mark.parametrize(
    ("name", "value", "held"), [("surface", "text", "text"), ("numbers", "de", "de"), ("numbers", "reader", None), ("corrections", "0", 0)]
)
async def test_lists(world: World, carol: MemberActor, journal: Journal, name: str, value: str, held: object) -> None:
    card = response(await carol.slash(world.channel, "settings"))
    await carol.select(card, [value], custom_id=f"set:{name}")
    assert getattr(await journal.server(world.guild.id), name) == held
    again = response(await carol.slash(world.channel, "settings"))
    (shown,) = [part for part in selects(again) if part["custom_id"] == f"set:{name}"]
    assert [option["value"] for option in shown["options"] if option.get("default")] == [value]


async def test_answer_channels(world: World, carol: MemberActor, journal: Journal) -> None:
    other = world.guild.create_text_channel("figures")
    card = response(await carol.slash(world.channel, "settings"))
    result = await carol.select(card, [other, world.channel], custom_id=CHANNELS)
    assert "until my operator asks Discord for that right" in changed(result)
    assert set((await journal.server(world.guild.id)).answer_channels) == {other.id, world.channel.id}
    again = response(await carol.slash(world.channel, "settings"))
    (shown,) = [part for part in parts(again) if part.get("custom_id") == CHANNELS]
    assert {int(each["id"]) for each in shown["default_values"]} == {other.id, world.channel.id}
    await carol.select(card, [], custom_id=CHANNELS)
    assert (await journal.server(world.guild.id)).answer_channels == ()


async def test_quiet_hours(world: World, carol: MemberActor, journal: Journal) -> None:
    result = await carol.slash(world.channel, "settings", quiet_from="22", quiet_to="6:30", time_zone="Europe/Berlin")
    assert "quiet from 22:00 to 06:30 (Europe/Berlin)" in said(response(result))
    held = await journal.server(world.guild.id)
    assert (held.quiet_from, held.quiet_to, held.time_zone) == (dt.time(22), dt.time(6, 30), "Europe/Berlin")
    result = await carol.click(response(result), custom_id="set:quiet:off")
    assert "no quiet hours" in changed(result)
    assert (await journal.server(world.guild.id)).quiet_from is None


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"quiet_from": "25:00", "quiet_to": "06:00"}, "“25:00” is not a time of day"),
        ({"quiet_from": "22:00"}, "need a beginning and an end"),
        ({"quiet_from": "22:00", "quiet_to": "6", "time_zone": "Middle/Earth"}, "“Middle/Earth” is no time zone I know"),
        ({"time_zone": "../../etc/passwd"}, "is no time zone I know"),
    ],
)
async def test_what_cannot_be_set_is_a_sentence(
    world: World, carol: MemberActor, journal: Journal, options: dict[str, str], sentence: str
) -> None:
    answer = response(await carol.slash(world.channel, "settings", **options))
    assert answer.ephemeral
    assert sentence in answer.content
    assert await journal.server(world.guild.id) == DEFAULTS


@pytest.mark.parametrize(
    ("typed", "first"), [("", "Africa/Abidjan"), ("berlin", "Europe/Berlin"), ("new york", "America/New_York"), ("xyz", None)]
)
async def test_time_zones_are_completed(world: World, carol: MemberActor, typed: str, first: str | None) -> None:
    choices = await carol.autocomplete(world.channel, "settings", "time_zone", typed)
    assert [choice["value"] for choice in choices[:1]] == ([first] if first else [])


async def test_who_may_not_manage_the_server_gets_nowhere(world: World, carol: MemberActor, journal: Journal) -> None:
    answered = await world.ask("deficit with Vietnam")
    forged = forge(world, answered, buttons(answered)[0]["custom_id"], "set:charts:on")
    result = await world.bob.click(forged, custom_id="set:charts:on")
    assert response(result).content == NOT_YOURS
    assert response(result).ephemeral
    assert await journal.server(world.guild.id) == DEFAULTS


async def test_a_forged_value_is_a_sentence(world: World, carol: MemberActor, journal: Journal) -> None:
    await journal.save_server(world.guild.id, replace(DEFAULTS, surface="embed"))
    card = response(await carol.slash(world.channel, "settings"))
    for part in walk_components(world.env.backend.get_message(world.channel.id, card.id).components):
        if part.get("custom_id") == "set:surface":
            part["options"][0]["value"] = "hologram"
    result = await carol.select(card, ["hologram"], custom_id="set:surface")
    assert response(result).content == BAD_CHOICE
    assert (await journal.server(world.guild.id)).surface == "embed"


async def test_the_card_goes_on_working_after_a_restart(world: World, carol: MemberActor, journal: Journal) -> None:
    card = response(await carol.slash(world.channel, "settings"))
    await world.env.restart_bot()
    world.bot.journal = journal
    await carol.click(card, custom_id="set:mentions:off")
    assert not (await journal.server(world.guild.id)).mentions


async def test_without_a_journal_it_says_that_nothing_can_be_kept(world: World, carol: MemberActor) -> None:
    card = response(await carol.slash(world.channel, "settings"))
    assert "Look of answers" in said(card), "the defaults can be seen"
    result = await carol.click(card, custom_id="set:charts:on")
    assert "keep no journal here" in response(result).content


async def test_in_a_direct_message_there_is_nothing_to_set(world: World, carol: MemberActor) -> None:
    names = world.env.create_user("dave").available_commands()
    assert "settings" not in names
    assert "privacy show" in names
