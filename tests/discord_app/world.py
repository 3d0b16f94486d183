"""A small Discord to ask in: one server, two people, a channel, and the real bot on the real desk."""

from __future__ import annotations

from dataclasses import dataclass

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage

from tradebot.discord_app.client import TradeClient


@dataclass(frozen=True, slots=True)
class World:
    env: Env
    guild: GuildHandle
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor

    @property
    def bot(self) -> TradeClient:
        assert isinstance(self.env.bot, TradeClient)
        return self.env.bot

    @property
    def mention(self) -> str:
        assert self.bot.user
        return self.bot.user.mention

    def posted(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """What the bot wrote in a channel, oldest first."""
        return [each for each in (channel or self.channel).history() if each.author == self.bot.user]

    async def ask(self, question: str, by: MemberActor | None = None, channel: ChannelHandle | None = None) -> discord.Message:
        """Mentions the bot with a question; the bot's one new message."""
        before = len(self.posted(channel))
        await (by or self.alice).send(channel or self.channel, f"{self.mention} {question}")
        return self.only(self.posted(channel)[before:])

    @staticmethod
    def only(messages: list[discord.Message]) -> discord.Message:
        assert len(messages) == 1, [each.content for each in messages]
        return messages[0]


def said(message: discord.Message | ResponseMessage) -> str:
    """Everything a person reads in a message, without its buttons."""
    embeds = [part for embed in message.embeds for part in (embed.title, embed.description, embed.footer.text) if part]
    return "\n\n".join([message.content, *embeds])


def response(result: InteractionResult) -> ResponseMessage:
    """The one message an interaction was answered with."""
    assert result.acknowledged
    assert result.response is not None
    assert not result.followups
    return result.response


def labels(message: discord.Message) -> list[str]:
    """What the buttons under a message say."""
    return [str(button.label) for button in buttons(message)]


def buttons(message: discord.Message) -> list[discord.Button]:
    """The buttons under a message, in order."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [each for row in rows for each in row.children if isinstance(each, discord.Button)]
