"""Whether a message speaks to the bot, and what it asks.

Without the message-content intent Discord hands the bot the text of direct messages, of messages that mention it, and
of replies to its own messages that ping it; every other text arrives empty. With it, answer channels can be overheard.
"""

from __future__ import annotations

import re

import discord

_MARKUP = re.compile(r"<(?:@[!&]?|#|/[^:<>]{1,100}:|a?:\w{1,32}:|t:|id:)[^<>\s]{1,40}>")
_SPOKEN = (discord.MessageType.default, discord.MessageType.reply)


def question(message: discord.Message, me: int) -> str | None:
    """What the message asks of the bot with the user id `me`; empty for a bare mention, None where it is not spoken to."""
    if message.author.bot or message.webhook_id or message.type not in _SPOKEN:
        return None
    mentioned = re.search(rf"<@!?{me}>", message.content) is not None
    if isinstance(message.channel, discord.DMChannel) or mentioned or (message.content and _answers(message, me)):
        return without_markup(message.content)
    return None


def overheard(message: discord.Message) -> str:
    """What a person says in a server to nobody in particular; empty for bots, and where Discord keeps the text back."""
    if message.author.bot or message.webhook_id or message.guild is None or message.type not in _SPOKEN:
        return ""
    return without_markup(message.content)


def without_markup(content: str) -> str:
    """The text without mentions, channel links, custom emoji and timestamps."""
    return re.sub(r"[ \t]{2,}", " ", _MARKUP.sub(" ", content)).strip()


def _answers(message: discord.Message, me: int) -> bool:
    """Whether the message replies to one of the bot's."""
    replied = message.reference.resolved if message.reference else None
    return isinstance(replied, discord.Message) and replied.author.id == me
