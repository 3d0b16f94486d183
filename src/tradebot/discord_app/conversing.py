"""A message and its answer: whether to speak at all, and how the answer follows the question for a while.

message ─▶ settings, quiet hours, cooldown ─▶ answer_message ─▶ Followed ─┬▶ question edited: the answer is
                                                                          └▶ question deleted: so is the answer
"""

from __future__ import annotations

from contextlib import suppress

import discord

from tradebot.discord_app import addressed, trouble
from tradebot.discord_app.desk_client import DeskClient
from tradebot.discord_app.manners import FOLLOWS, Followed, please_wait
from tradebot.discord_app.replies import answer_message, as_reply, permissions, writes
from tradebot.journal.entries import Deleted
from tradebot.journal.settings import ServerSettings

HELP = "help"


async def heard(client: DeskClient, message: discord.Message) -> None:
    """Answers a message that speaks to the bot, or that an answer channel's people may expect it to answer."""
    question = addressed.question(message, _me(client))
    ambient = question is None
    if question is None and (not client.intents.message_content or not (question := addressed.overheard(message))):
        return
    server = await client.journal.server(message.guild.id if message.guild else None)
    if not _speaks(server, message, ambient=ambient) or not await _has_patience(client, message, ambient=ambient):
        return
    sent = await answer_message(client, message, question or HELP, ambient=ambient)
    if sent is not None:
        until = discord.utils.utcnow() + FOLLOWS
        client.manners.followed[message.id] = Followed(question, ambient, sent.id, sent.is_card, until)


async def edited(client: DeskClient, message: discord.Message) -> None:
    """Answers the question as it reads now, in the message that answered it before."""
    before = client.manners.followed.get(message.id)
    if before is None or discord.utils.utcnow() > before.until:
        return
    now = addressed.overheard(message) if before.ambient else addressed.question(message, _me(client))
    if not now or now == before.question:  # Discord tells of an edit, too, when it has unfolded a link
        return
    if client.manners.wait(message.channel.id, message.author.id, discord.utils.utcnow()):
        return
    sent = await answer_message(client, message, now, ambient=before.ambient, instead=before)
    if sent is not None:
        client.manners.followed[message.id] = Followed(now, before.ambient, sent.id, sent.is_card, before.until)


async def deleted(client: DeskClient, channel_id: int, message_ids: set[int]) -> None:
    """Takes back the answers to questions that were taken back in time, and forgets answers that are gone."""
    for message_id in message_ids:
        if client.journal.keeps:
            client.journal.note(Deleted(message_id))
        followed = client.manners.followed.pop(message_id, None)
        if followed and discord.utils.utcnow() <= followed.until:
            with suppress(discord.HTTPException):  # gone already, or the channel is
                await client.get_partial_messageable(channel_id).get_partial_message(followed.answer).delete()


async def may_ask(interaction: discord.Interaction[DeskClient]) -> bool:
    """Whether the person may ask now; else they are told how long to wait."""
    seconds = interaction.client.manners.wait(interaction.channel_id, interaction.user.id, discord.utils.utcnow())
    if seconds:
        await trouble.tell(interaction, please_wait(seconds))
    return not seconds


def _me(client: DeskClient) -> int:
    return client.user.id if client.user else 0


def _speaks(server: ServerSettings, message: discord.Message, *, ambient: bool) -> bool:
    """Whether the server lets it speak here and now."""
    if server.is_quiet(discord.utils.utcnow()):
        return False
    here = bool({message.channel.id, getattr(message.channel, "parent_id", None)} & set(server.answer_channels))
    return here or (server.mentions and not ambient)


async def _has_patience(client: DeskClient, message: discord.Message, *, ambient: bool) -> bool:
    """Whether the person may ask now; who was spoken to hears once how long to wait."""
    now, place, person = discord.utils.utcnow(), message.channel.id, message.author.id
    seconds = client.manners.wait(place, person, now)
    allowed = permissions(message) if seconds and not ambient else None
    if allowed and not client.manners.is_told(place, person, now, seconds) and writes(message, allowed):
        with suppress(discord.HTTPException):
            await message.channel.send(please_wait(seconds), **as_reply(message, allowed))
    return not seconds
