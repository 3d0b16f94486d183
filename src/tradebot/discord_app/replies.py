"""From a reply of the desk to a message in Discord: what events, commands, menus and buttons share."""

from __future__ import annotations

from typing import Any, TypedDict

import discord

from tradebot.desk import Reply
from tradebot.discord_app.buttons import follow_ups
from tradebot.discord_app.desk_client import DeskClient
from tradebot.discord_app.layout import lay_out
from tradebot.query import Query

ALL = discord.Permissions.all()


class Sendable(TypedDict, total=False):
    """What both a channel and an interaction take."""

    content: str
    embed: discord.Embed
    view: discord.ui.View


async def answer_message(client: DeskClient, message: discord.Message, question: str) -> None:
    """One reply to a message, without a ping; nothing where the desk is silent or the bot may not write."""
    allowed = _permissions(message)
    writes = allowed.send_messages_in_threads if isinstance(message.channel, discord.Thread) else allowed.send_messages
    if not writes:
        return
    reply = client.ask(question, conversation(message.channel.id, message.author.id))
    if reply.outcome == "silent":
        return
    more: dict[str, Any] = {}
    if allowed.read_message_history:  # Discord refuses a reply without it
        more["reference"] = message.to_reference(fail_if_not_exists=False)
    await message.channel.send(**sendable(reply, message.author.id, embeds=allowed.embed_links), **more)


async def answer_interaction(
    interaction: discord.Interaction[DeskClient], question: str, query: Query | None = None, *, private: bool = False
) -> None:
    """The answer to a command or a button, in the conversation of whoever used it."""
    reply = interaction.client.ask(question, conversation(interaction.channel_id, interaction.user.id), query)
    await respond(interaction, reply, private=private)


async def respond(interaction: discord.Interaction[DeskClient], reply: Reply, *, private: bool) -> None:
    """Shows an answer to everybody, or to the person alone; whatever is no answer goes to the person alone."""
    embeds = interaction.guild_id is None or interaction.app_permissions.embed_links
    await interaction.response.send_message(
        **sendable(reply, interaction.user.id, embeds=embeds), ephemeral=private or reply.outcome != "answer"
    )


def conversation(channel: int | None, person: int) -> str:
    """Every person has a conversation of their own in every channel."""
    return f"{channel}:{person}"


def sendable(reply: Reply, asker: int, *, embeds: bool) -> Sendable:
    """The reply as a message with buttons: headline and embed, or all in plain text where embeds are not allowed."""
    layout = lay_out(reply.card)
    message = Sendable(content=layout.content if embeds else layout.plain)
    if embeds and layout.embed:
        message["embed"] = layout.embed
    if buttons := follow_ups(reply, asker):
        message["view"] = discord.ui.View(timeout=None)
        for button in buttons:
            message["view"].add_item(button)
    return message


def _permissions(message: discord.Message) -> discord.Permissions:
    """What the bot may do where the message is; everything in a direct message, and where Discord did not say."""
    channel = message.channel
    if message.guild is None or isinstance(channel, (discord.PartialMessageable, discord.DMChannel)):
        return ALL
    return channel.permissions_for(message.guild.me)
