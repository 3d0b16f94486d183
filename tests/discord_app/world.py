"""A small Discord to ask in: one server, two people, a channel, and the real bot on the real desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord
from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage
from simcord.components import walk_components

from tradebot.discord_app.client import TradeClient

Message = discord.Message


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


def parts(message: discord.Message | ResponseMessage) -> Iterator[dict[str, Any]]:
    """Every component of a message, from the top, as Discord has it."""
    raw = message.components if isinstance(message, ResponseMessage) else [each.to_dict() for each in message.components]
    yield from walk_components(raw)


def said(message: discord.Message | ResponseMessage) -> str:
    """Everything a person reads in a message, without its controls."""
    embeds = [part for embed in message.embeds for part in (embed.title, embed.description, embed.footer.text) if part]
    texts = [part["content"] for part in parts(message) if part["type"] == discord.ComponentType.text_display.value]
    return "\n\n".join(part for part in (message.content, *embeds, *texts) if part)


def headline(message: discord.Message | ResponseMessage) -> str:
    """The sentence that answers."""
    return said(message).split("\n")[0].strip("*")


def response(result: InteractionResult) -> ResponseMessage:
    """The one message an interaction was answered with."""
    assert result.acknowledged
    assert result.response is not None
    assert not result.followups
    return result.response


def buttons(message: discord.Message | ResponseMessage) -> list[dict[str, Any]]:
    """The buttons under a message, in order."""
    return [part for part in parts(message) if part["type"] == discord.ComponentType.button.value]


def selects(message: discord.Message | ResponseMessage) -> list[dict[str, Any]]:
    return [part for part in parts(message) if part["type"] == discord.ComponentType.select.value]


def labels(message: discord.Message | ResponseMessage) -> list[str]:
    """The questions that a message offers as buttons."""
    return [str(button["label"]) for button in buttons(message) if button["custom_id"].startswith("ask:")]


def tools(message: discord.Message | ResponseMessage) -> list[str]:
    """What else its buttons say."""
    return [str(button["label"]) for button in buttons(message) if not button["custom_id"].startswith("ask:")]


def forge(world: World, message: discord.Message, old: str, new: str) -> discord.Message:
    """The message, as if one of its items carried another custom_id."""
    stored = world.env.backend.get_message(message.channel.id, message.id)
    (item,) = [part for part in walk_components(stored.components) if part.get("custom_id") == old]
    item["custom_id"] = new
    return message


async def tap(world: World, message: Message, label: str, by: MemberActor | None = None) -> InteractionResult:
    """Taps the button with that label."""
    (button,) = [each for each in buttons(message) if each["label"] == label]
    return await (by or world.alice).click(message, custom_id=button["custom_id"])


async def choose(world: World, message: Message, kind: str, value: str, by: MemberActor | None = None) -> InteractionResult:
    """Chooses a value in the select for the partner (p), the measure (m) or the period (y)."""
    (select,) = [each for each in selects(message) if each["custom_id"].startswith(f"c2{kind}")]
    return await (by or world.alice).select(message, [value], custom_id=select["custom_id"])


def chosen(message: Message) -> list[str]:
    """What the selects of a card show."""
    return [option["label"] for select in selects(message) for option in select["options"] if option.get("default")]


def now(world: World, message: Message) -> Message:
    """The message as it is now."""
    return next(each for each in world.posted() if each.id == message.id)


def moderator(world: World) -> MemberActor:
    role = world.guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True, view_channel=True))
    return world.guild.add_member(world.env.create_user("mo"), roles=[role])
