"""The settings of a server as a card: a line for each setting, and the control that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from tradebot.journal.settings import ServerSettings

CHANNELS = "set:channels"
MOST_CHANNELS = 25
KINDS = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]
SWITCHES = {"mentions": "Answers to mentions", "charts": "Chart with each answer", "quiet": "Quiet hours"}
SWITCH_ID = rf"set:(?P<name>{'|'.join(SWITCHES)}):(?P<value>on|off)"
CHOICE_ID = r"set:(?P<name>surface|numbers|corrections)"
IDS = (SWITCH_ID, CHOICE_ID, CHANNELS)
"""The custom_ids of the controls below."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A setting that is one of a list: what stands over the list, and its values by what is sent for them."""

    title: str
    labels: Mapping[str, str]
    values: Mapping[str, object]


def _plain(title: str, **labels: str) -> Choices:
    return Choices(title, labels, {name: name for name in labels})


LANGUAGES = {
    "en-US": "English (US)",
    "en-GB": "English (UK)",
    "de": "Deutsch",
    "es-ES": "Español",
    "fr": "Français",
    "pt-BR": "Português (Brasil)",
    "ja": "日本語",
    "ko": "한국어",
    "zh-CN": "中文（简体）",
    "zh-TW": "中文（繁體）",
    "vi": "Tiếng Việt",
}
"""Discord's names of languages, as `numbers` holds them."""

CHOICES_OF = {
    "surface": _plain(
        "**Look of answers**",
        cards="Cards",
        embed="Headline and box (shown in notifications)",
        text="Plain text",
    ),
    "numbers": Choices(
        "**Numbers and dates**",
        {"reader": "As each reader's Discord writes them", **LANGUAGES},
        {"reader": None, **{each: each for each in LANGUAGES}},
    ),
    "corrections": Choices(
        "**Corrections** When published figures change, I correct my own answers of the last days, at most so many a day.",
        {"0": "None", "5": "At most 5 a day", "10": "At most 10 a day", "25": "At most 25 a day", "50": "At most 50 a day"},
        {str(number): number for number in (0, 5, 10, 25, 50)},
    ),
}


def card(settings: ServerSettings, guild: discord.Guild, *, reads_all: bool) -> discord.ui.LayoutView:
    """All settings with their controls, for the person who manages the server alone."""
    parts: list[discord.ui.Item[Any]] = [
        discord.ui.TextDisplay(f"## How I behave in {guild.name}\nOnly you see this. A change holds at once.")
    ]
    parts += [discord.ui.TextDisplay(_channels_line(settings, reads_all)), discord.ui.ActionRow(_channel_select(settings, guild))]
    parts += [discord.ui.TextDisplay(_switches_line(settings)), discord.ui.ActionRow(*_switches(settings))]
    for name, choices in CHOICES_OF.items():
        parts += [discord.ui.TextDisplay(choices.title), discord.ui.ActionRow(_select(name, choices, getattr(settings, name)))]
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.Container(*parts))
    return view


def _channels_line(settings: ServerSettings, reads_all: bool) -> str:
    line = "**Answer channels** Questions there need no mention; I stay silent unless I am sure that I was asked."
    if settings.answer_channels and not reads_all:
        line += (
            "\nI may not read messages that do not mention me, so until my operator asks Discord for that right I answer mentions there."
        )
    return line


def _channel_select(settings: ServerSettings, guild: discord.Guild) -> discord.ui.ChannelSelect[Any]:
    """Only channels that are still there can be shown as chosen."""
    held = [each for each in settings.answer_channels if guild.get_channel(each)]
    defaults = [discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.channel) for each in held]
    return discord.ui.ChannelSelect(
        custom_id=CHANNELS, channel_types=KINDS, placeholder="None", min_values=0, max_values=MOST_CHANNELS, default_values=defaults
    )


def _switches_line(settings: ServerSettings) -> str:
    quiet = "no quiet hours; set them with `/settings quiet_from: quiet_to: time_zone:`"
    if settings.quiet_from and settings.quiet_to:
        hours = f"{settings.quiet_from:%H:%M} to {settings.quiet_to:%H:%M} ({settings.time_zone})"
        quiet = f"quiet from {hours}: nothing in public, slash commands are answered privately"
    mentions = "I answer mentions in every channel" if settings.mentions else "I answer mentions in answer channels only"
    charts = "charts come with the answers" if settings.charts else "charts come when asked for"
    return f"**Habits** {mentions} · {charts} · {quiet}."


def _switches(settings: ServerSettings) -> list[discord.ui.Button[Any]]:
    """A green switch is on; a tap turns it over."""
    on = {"mentions": settings.mentions, "charts": settings.charts, "quiet": settings.quiet_from is not None}
    return [
        discord.ui.Button(
            label=f"{SWITCHES[name]}: {'on' if is_on else 'off'}",
            style=discord.ButtonStyle.success if is_on else discord.ButtonStyle.secondary,
            custom_id=f"set:{name}:{'off' if is_on else 'on'}",
            disabled=name == "quiet" and not is_on,
        )
        for name, is_on in on.items()
    ]


def _select(name: str, choices: Choices, current: object) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(label=label, value=value, default=choices.values[value] == current) for value, label in choices.labels.items()
    ]
    return discord.ui.Select(custom_id=f"set:{name}", options=options)
