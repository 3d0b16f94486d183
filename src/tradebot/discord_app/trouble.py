"""When something goes wrong: an id that the person reads and the log holds, and a sentence for each kind of error."""

from __future__ import annotations

import logging
import secrets

import discord
from discord import app_commands

log = logging.getLogger("tradebot.discord")

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_STALE_COMMAND = "That command has changed since your Discord loaded it; reload Discord and use it again."
_OURS = "Something went wrong on my side, not on yours; please ask again."

_GONE = {10062: "Discord had given up on it", 40060: "it was answered already"}
"""Error codes of the first answer to an interaction that say it is over, whatever the bot does."""


def report(error: BaseException, where: str) -> str:
    """Logs the error with a new id and returns the sentence for the person who asked."""
    number = "E-" + "".join(secrets.choice(_LETTERS) for _ in range(5))
    if isinstance(error, discord.HTTPException) and error.code in _GONE:
        log.warning("%s: %s could not be answered any more: %s", number, where, _GONE[error.code])
    else:
        log.error("%s: %s failed", number, where, exc_info=error)
    return f"{_sentence(error)} ({number})"


def _sentence(error: BaseException) -> str:
    if isinstance(error, (app_commands.CommandSignatureMismatch, app_commands.CommandNotFound)):
        return _STALE_COMMAND
    return _OURS


async def tell(interaction: discord.Interaction[discord.Client], sentence: str) -> None:
    """Says it to the person alone, whether or not the interaction was answered before; silent if Discord refuses."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except discord.HTTPException as refused:
        log.warning("an error could not be told: %s", refused)
