"""`/privacy`: what is kept about a person, shown exactly and deleted at once. Only feedback carries anybody's id."""

from __future__ import annotations

import io

import discord
from discord import app_commands

from tradebot.discord_app import trouble
from tradebot.discord_app.card.limits import CONTENT
from tradebot.discord_app.desk_client import DeskClient
from tradebot.discord_app.replies import conversation
from tradebot.journal.entries import JournalError, Wrong

Interaction = discord.Interaction[DeskClient]

NOTHING = "I keep nothing about you. Questions are kept without who asked them, for {days} days; only feedback carries your name."
KEPT = "This is all I keep about you; `/privacy delete` deletes it. It would be deleted by itself after {days} days.\n"
LONG = "All I keep about you is in the file; `/privacy delete` deletes it. It would be deleted by itself after {days} days."
DELETED = "Deleted: {}. I also forgot what we talked about here."
NOTHING_DELETED = "I kept nothing about you. I forgot what we talked about here."

privacy = app_commands.Group(
    name="privacy",
    description="What I keep about you, and how to delete it",
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
)


@privacy.command(description="Show exactly what I keep about you")
async def show(interaction: Interaction) -> None:
    await interaction.response.defer(ephemeral=True)  # what is not written yet is written first
    try:
        kept = await interaction.client.journal.shown(interaction.user.id)
    except JournalError as error:
        return await trouble.tell(interaction, str(error))
    days = interaction.client.journal.keep_days
    if not kept:
        return await trouble.tell(interaction, NOTHING.format(days=days))
    text = KEPT.format(days=days) + "\n".join(map(_line, kept))
    if len(text) <= CONTENT:
        return await trouble.tell(interaction, text)
    file = discord.File(io.BytesIO("\n".join(map(_line, kept)).encode()), "kept-about-you.txt")
    await interaction.followup.send(LONG.format(days=days), file=file, ephemeral=True)
    return None


@privacy.command(description="Delete everything I keep about you")
async def delete(interaction: Interaction) -> None:
    await interaction.response.defer(ephemeral=True)
    client = interaction.client
    client.desk.forget(conversation(interaction.channel_id, interaction.user.id))
    try:
        gone = await client.journal.forget(interaction.user.id)
    except JournalError as error:
        return await trouble.tell(interaction, str(error))
    return await trouble.tell(interaction, DELETED.format(_notes(gone)) if gone else NOTHING_DELETED)


def _notes(count: int) -> str:
    return "one note of feedback" if count == 1 else f"{count} notes of feedback"


def _line(kept: Wrong) -> str:
    where = f"server {kept.guild_id}" if kept.guild_id else "a direct message"
    return f"- {kept.at:%Y-%m-%d %H:%M} UTC, {where}, {kept.answer_id}: you wrote “{kept.note}” about the answer to “{kept.text}”"
