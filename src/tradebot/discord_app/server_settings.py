"""`/settings`: what a server sets, as a card with a control for each setting, for those who may manage the server.

    /settings ─▶ ServerSettings ─▶ card of controls ─▶ tap ─▶ changed ─▶ journal ─▶ the card again

Each control's custom_id says what it sets (“set:charts:on”), so that a card works after a restart; whoever taps must have
the right again, so that a forged one gets nobody anywhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Self
from zoneinfo import available_timezones

import discord
from discord import app_commands

from tradebot.discord_app import trouble
from tradebot.discord_app.card import settings_card
from tradebot.discord_app.card.limits import CHOICES
from tradebot.discord_app.card.settings_card import CHANNELS, CHOICE_ID, CHOICES_OF, SWITCH_ID
from tradebot.discord_app.desk_client import DeskClient
from tradebot.journal.entries import JournalError
from tradebot.journal.settings import ServerSettings

Interaction = discord.Interaction[DeskClient]
Change = Callable[[ServerSettings], ServerSettings]

NOT_YOURS = "Only people who may manage this server can change how I behave here."
NO_SERVER = "These are settings of a server; here I only talk to you."
BAD_TIME = "“{}” is not a time of day; write it as 22:00."
BAD_ZONE = "“{}” is no time zone I know; pick one from the list, such as Europe/Berlin."
ONE_TIME = "Quiet hours need a beginning and an end, for example from 22:00 to 07:00."
BAD_CHOICE = "That is none of the choices I gave; please open `/settings` again."

_TIME = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)?")


async def time_zones(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Autocompletion of time zones: any part of a name, “new york” too."""
    wanted = typed.strip().replace(" ", "_").casefold()
    found = sorted((zone for zone in available_timezones() if wanted in zone.casefold()), key=lambda zone: ("/" not in zone, zone))
    return [app_commands.Choice(name=zone, value=zone) for zone in found[:CHOICES]]


@app_commands.command(description="How I behave in this server: where I answer, the look of answers, quiet hours")
@app_commands.describe(
    quiet_from="Quiet hours begin at, for example 22:00",
    quiet_to="Quiet hours end at, for example 07:00",
    time_zone="Whose clock the quiet hours go by, for example Europe/Berlin",
)
@app_commands.autocomplete(time_zone=time_zones)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
async def settings(
    interaction: Interaction, quiet_from: str | None = None, quiet_to: str | None = None, time_zone: str | None = None
) -> None:
    def change(now: ServerSettings) -> ServerSettings:
        return _quiet(now, quiet_from, quiet_to, time_zone)

    await set_and_show(interaction, change if quiet_from or quiet_to or time_zone else None)


async def set_and_show(interaction: Interaction, change: Change | None) -> None:
    """Changes the settings of the server it happens in, then shows them: new, or in place of the card that was tapped."""
    if interaction.guild_id is None or interaction.guild is None:
        return await trouble.tell(interaction, NO_SERVER)
    if not interaction.permissions.manage_guild:
        return await trouble.tell(interaction, NOT_YOURS)
    journal = interaction.client.journal
    chosen = await journal.server(interaction.guild_id)
    try:
        if change is not None:
            chosen = change(chosen)
            await journal.save_server(interaction.guild_id, chosen)
    except (ValueError, JournalError) as error:
        return await trouble.tell(interaction, str(error))
    view = settings_card.card(chosen, interaction.guild, reads_all=interaction.client.intents.message_content)
    if interaction.message is None:
        await interaction.response.send_message(view=view, ephemeral=True)
    else:
        await interaction.response.edit_message(view=view)
    return None


def _quiet(now: ServerSettings, start: str | None, end: str | None, zone: str | None) -> ServerSettings:
    """Raises ValueError, in a sentence."""
    if zone and zone not in available_timezones():
        raise ValueError(BAD_ZONE.format(zone))
    changed = replace(now, time_zone=zone or now.time_zone)
    changed = replace(changed, quiet_from=_time(start) if start else now.quiet_from, quiet_to=_time(end) if end else now.quiet_to)
    if (changed.quiet_from is None) != (changed.quiet_to is None):
        raise ValueError(ONE_TIME)
    return changed


def _time(text: str) -> dt.time:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError(BAD_TIME.format(text))
    return dt.time(int(found[1]), int(found[2] or 0))


def switched(name: str, on: bool) -> Change:
    """A setting that is on or off; quiet hours can only be switched off here, their times come with the command."""
    if name == "quiet":
        return lambda now: replace(now, quiet_from=None, quiet_to=None)
    return lambda now: replace(now, **{name: on})  # type: ignore[arg-type]  # the two names are booleans


def chosen(name: str, value: str) -> Change:
    """A setting that is one of a list. The change raises ValueError where the value is none of it."""

    def change(now: ServerSettings) -> ServerSettings:
        if value not in CHOICES_OF[name].values:
            raise ValueError(BAD_CHOICE)
        return replace(now, **{name: CHOICES_OF[name].values[value]})  # type: ignore[arg-type]  # as typed in the table

    return change


class Switch(discord.ui.DynamicItem[discord.ui.Button[Any]], template=SWITCH_ID):
    """Turns one setting on or off."""

    def __init__(self, item: discord.ui.Button[Any], name: str, on: bool) -> None:
        super().__init__(item)
        self.name, self.on = name, on

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        made = item if isinstance(item, discord.ui.Button) else discord.ui.Button(custom_id=match.string)
        return cls(made, match["name"], match["value"] == "on")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await _told(interaction, set_and_show(interaction, switched(self.name, self.on)))


class Choose(discord.ui.DynamicItem[discord.ui.Select[Any]], template=CHOICE_ID):
    """Sets one setting to the value that is picked."""

    def __init__(self, item: discord.ui.Select[Any], name: str) -> None:
        super().__init__(item)
        self.name = name

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        made = item if isinstance(item, discord.ui.Select) else discord.ui.Select(custom_id=match.string)
        return cls(made, match["name"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await _told(interaction, set_and_show(interaction, chosen(self.name, next(iter(self.item.values), ""))))


class Channels(discord.ui.DynamicItem[discord.ui.ChannelSelect[Any]], template=CHANNELS):
    """Sets the answer channels."""

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(item if isinstance(item, discord.ui.ChannelSelect) else discord.ui.ChannelSelect(custom_id=match.string))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        picked = tuple(channel.id for channel in self.item.values)
        await _told(interaction, set_and_show(interaction, lambda now: replace(now, answer_channels=picked)))


async def _told(interaction: discord.Interaction[Any], work: Awaitable[None]) -> None:
    """discord.py only logs what a tap raises, so the person is told here."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever it is, the person hears of it
        await trouble.tell(interaction, trouble.report(error, "/settings"))


ITEMS = (Switch, Choose, Channels)
