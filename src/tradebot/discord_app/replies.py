"""From a reply of the desk to a message in Discord: what events, commands, menus and buttons share.

question ─▶ desk ─▶ Shown ─▶ (chart, in time) ─▶ message: new, or in place of the one that was tapped
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

import discord

from tradebot.desk import Reply
from tradebot.discord_app import notes
from tradebot.discord_app.card.charts import BUDGET, PATIENCE, within
from tradebot.discord_app.card.controls import Shown
from tradebot.discord_app.card.message import CARDS, TEXT, editable, sendable, surface_of
from tradebot.discord_app.desk_client import DeskClient
from tradebot.discord_app.line import wire
from tradebot.discord_app.manners import Followed
from tradebot.journal.settings import ServerSettings
from tradebot.pictures import Kind, asks_for_picture, usual
from tradebot.query import Query

ALL = discord.Permissions.all()
TYPING_AFTER = 0.3
"""Seconds after which people see that the bot is busy."""
QUIET = "These are quiet hours in this server, so only you see this."
NOT_DRAWN = "The {kind} could not be drawn in time; tap *{button}* to try again."

Interaction = discord.Interaction[DeskClient]


class Sent(NamedTuple):
    """A message of the bot; `is_card` says that it is made of components, which no edit can change."""

    id: int
    is_card: bool


async def answer_message(
    client: DeskClient, message: discord.Message, question: str, *, ambient: bool = False, instead: Followed | None = None
) -> Sent | None:
    """One reply to a message, without a ping; nothing where the desk is silent or the bot may not write.

    `instead` is the answer it gave before the question was edited.
    """
    allowed = permissions(message)
    if not writes(message, allowed):
        return None
    reply = client.ask(question, conversation(message.channel.id, message.author.id), ambient=ambient)
    if reply.outcome == "silent":
        return None
    guild = message.guild.id if message.guild else None
    server = await client.journal.server(guild)
    numbers = server.numbers or (str(message.guild.preferred_locale) if message.guild else None)
    shown = Shown(reply, message.author.id, kept=client.journal.keeps, numbers=numbers)
    if (kind := _at_once(reply, server)) and allowed.attach_files:
        shown = await _drawn(client, shown, kind, message.channel)
    surface = TEXT if server.surface != CARDS and not allowed.embed_links else server.surface
    sent = await _sent(client, message, shown, surface, instead, allowed)
    notes.asked(client, reply, "ambient" if ambient else "message", guild)
    notes.posted(client, reply, guild, message.channel.id, sent.id)
    return sent


async def _sent(
    client: DeskClient, message: discord.Message, shown: Shown, surface: str, instead: Followed | None, allowed: discord.Permissions
) -> Sent:
    """A new message, or the earlier one changed; one of components cannot become one of text, nor the other way round."""
    is_card = surface == CARDS and shown.reply.outcome == "answer"
    if instead:
        earlier = client.get_partial_messageable(message.channel.id).get_partial_message(instead.answer)
        if instead.is_card == is_card:
            await earlier.edit(**editable(shown, surface, client.menus))
            return Sent(instead.answer, is_card)
        with suppress(discord.NotFound):
            await earlier.delete()
    made = sendable(shown, surface, client.menus)
    return Sent(await wire.post(client, message.channel.id, **made, **as_reply(message, allowed)), is_card)


async def answer_interaction(
    interaction: Interaction, question: str, query: Query | None = None, *, private: bool = False, note: str = ""
) -> None:
    """The answer to a command or a button, in the conversation of whoever used it; `query` where it is understood already."""
    client, said_in = interaction.client, conversation(interaction.channel_id, interaction.user.id)
    reply = client.answer(query, said_in, question) if query else client.ask(question, said_in)
    await respond(interaction, reply, private=private, note=note)


async def respond(interaction: Interaction, reply: Reply, *, private: bool, note: str = "") -> None:
    """Shows an answer to everybody, or to the person alone; whatever is no answer goes to the person alone."""
    server = await interaction.client.journal.server(interaction.guild_id)
    charted = _at_once(reply, server) if may_attach(interaction) else None
    alone = private or reply.outcome != "answer"
    if not alone and server.is_quiet(discord.utils.utcnow()):
        alone, note = True, note or QUIET
    await show(
        interaction, Shown(reply, interaction.user.id, charted=charted, private=alone, note=note, kept=interaction.client.journal.keeps)
    )


async def show(interaction: Interaction, shown: Shown, *, in_place: bool = False) -> None:
    """Answers an interaction, in the form of its reader: with a new message, or in place of the message whose control was used."""
    client, tapped = interaction.client, interaction.message if in_place else None
    server = await client.journal.server(interaction.guild_id)
    surface = surface_of(tapped) if tapped else _surface(interaction, server)
    shown = replace(shown, numbers=server.numbers or str(interaction.locale))
    if shown.charted:
        shown = await _charted(interaction, shown, in_place=in_place)
    if interaction.response.is_done():
        message_id = (await interaction.edit_original_response(**editable(shown, surface, client.menus))).id
    elif tapped:
        await interaction.response.edit_message(**editable(shown, surface, client.menus))
        message_id = tapped.id
    else:
        sent = await interaction.response.send_message(**sendable(shown, surface, client.menus), ephemeral=shown.private)
        message_id = sent.message_id or 0
    notes.asked(client, shown.reply, "control" if interaction.message else "command", interaction.guild_id)
    if not shown.private and interaction.channel_id and message_id:
        notes.posted(client, shown.reply, interaction.guild_id, interaction.channel_id, message_id)


def conversation(channel: int | None, person: int) -> str:
    """Every person has a conversation of their own in every channel."""
    return f"{channel}:{person}"


def may_attach(interaction: Interaction) -> bool:
    """Whether the bot may show a picture where it was asked."""
    return interaction.guild_id is None or interaction.app_permissions.attach_files


def _surface(interaction: Interaction, server: ServerSettings) -> str:
    embeds = interaction.guild_id is None or interaction.app_permissions.embed_links
    return TEXT if server.surface != CARDS and not embeds else server.surface


async def _charted(interaction: Interaction, shown: Shown, *, in_place: bool) -> Shown:
    """With its chart; Discord is told to wait where drawing takes longer than a moment."""
    kind = shown.charted or Kind.CHART
    drawing = interaction.client.charts.begin(shown.reply, kind)
    if not await within(drawing, BUDGET):
        await interaction.response.defer(ephemeral=shown.private, thinking=not in_place)
        await within(drawing, PATIENCE)
    picture = drawing.result() if drawing.done() else None
    note = shown.note if picture else NOT_DRAWN.format(kind=kind, button=kind.capitalize())
    return replace(shown, picture=picture, charted=kind if picture else None, note=note)


def _at_once(reply: Reply, server: ServerSettings) -> Kind | None:
    """The picture to show without a tap: where the server wants one with every answer, or the question asked for it."""
    return usual(reply) if server.charts or asks_for_picture(reply) else None


async def _drawn(client: DeskClient, shown: Shown, kind: Kind, channel: discord.abc.Messageable) -> Shown:
    """With its picture, or without it where drawing takes too long; typing meanwhile."""
    drawing = client.charts.begin(shown.reply, kind)
    if not await within(drawing, TYPING_AFTER):
        async with channel.typing():
            await within(drawing, PATIENCE)
    picture = drawing.result() if drawing.done() else None
    return replace(shown, picture=picture, charted=kind if picture else None)


def as_reply(message: discord.Message, allowed: discord.Permissions) -> dict[str, Any]:
    """The message as what is replied to; Discord refuses a reply where the history may not be read."""
    return {"reference": message.to_reference(fail_if_not_exists=False)} if allowed.read_message_history else {}


def writes(message: discord.Message, allowed: discord.Permissions) -> bool:
    """Whether the bot may write where the message is."""
    return allowed.send_messages_in_threads if isinstance(message.channel, discord.Thread) else allowed.send_messages


def permissions(message: discord.Message) -> discord.Permissions:
    """What the bot may do where the message is; everything in a direct message, and where Discord did not say."""
    channel = message.channel
    if message.guild is None or isinstance(channel, (discord.PartialMessageable, discord.DMChannel)):
        return ALL
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return ALL
    return channel.permissions_for(message.guild.me)
