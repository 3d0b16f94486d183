"""The bot introduces itself once to a server that lets it speak, with three questions to tap."""

from __future__ import annotations

import logging

import discord

from tradebot.discord_app.card.buttons import follow_up, tag
from tradebot.discord_app.card.components import Components, row
from tradebot.discord_app.card.message import Sendable
from tradebot.discord_app.desk_client import DeskClient
from tradebot.journal.entries import JournalError

log = logging.getLogger("tradebot.discord")

WELCOME = (
    "Hello! I answer questions about US goods trade and tariffs: every number with its source and date, never a guess.\n"
    "Mention me with a question, use `/deficit` or `/ask`, or tap one of these; only you will see the answer."
)
SETTINGS = "Whoever manages this server decides with `/settings` where and how I answer."
QUESTIONS = ("deficit with Vietnam", "top 10 deficits", "tariffs on China")
NOBODY = 0
"""No one asked, so whoever taps gets the answer alone."""


async def introduce(client: DeskClient, guild: discord.Guild) -> None:
    """Speaks where it may, unless it did so in this server before."""
    channel = place(guild)
    if channel is None:
        return
    try:
        if not await client.journal.greet(guild.id):
            return
    except JournalError:
        log.info("the journal is away: a server is greeted without a note of it")
    offered = row([follow_up(question, NOBODY, tag(client.desk.knowledge.revision)) for question in QUESTIONS])
    try:
        await channel.send(**Sendable(content=f"{WELCOME}\n{SETTINGS}", view=Components([offered], is_card=False)))
    except discord.HTTPException as refused:
        log.warning("a server could not be greeted: %s", refused)


def place(guild: discord.Guild) -> discord.TextChannel | None:
    """The channel for system messages, else the first where it may write; None where it may nowhere."""
    channels = [guild.system_channel, *sorted(guild.text_channels, key=lambda each: each.position)]
    return next((each for each in channels if each and _may_write(each)), None)


def _may_write(channel: discord.TextChannel) -> bool:
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.send_messages
