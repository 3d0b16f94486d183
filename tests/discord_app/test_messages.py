"""Mentions, replies and direct messages."""

from __future__ import annotations

import re

import discord
import pytest
from simcord import Env

from discord_app.world import World, parts, said
from tradebot.discord_app.client import TradeClient


async def test_a_mention_is_answered_in_a_reply_that_pings_nobody(world: World) -> None:
    answer = await world.ask("deficit with Vietnam")
    assert "178.3 bn" in said(answer)
    assert "Vietnam" in said(answer)
    assert answer.reference is not None
    assert answer.reference.message_id == world.channel.history()[0].id
    assert not answer.mentions
    assert not answer.mention_everyone


async def test_the_headline_comes_first_and_the_foot_last(world: World) -> None:
    answer = await world.ask("deficit with Vietnam")
    assert not answer.content
    first, *_, last = [part["content"] for part in parts(answer) if "content" in part]
    assert first.startswith("**The US ran a $178.3 bn goods deficit with Vietnam in 2025")
    assert last.startswith("-# 2025 · Census Bureau")
    assert re.search(r"r1 · A-[A-Z0-9]{6}$", last)


async def test_no_privileged_intent_is_asked_for(simcord_bot: TradeClient) -> None:
    asked = {name for name, on in simcord_bot.intents if on}
    assert asked == {"guilds", "guild_messages", "dm_messages"}


@pytest.mark.parametrize("question", ["{me}", "  {me}  ", "<@!{id}>"])
async def test_a_bare_mention_gets_help(world: World, question: str) -> None:
    assert world.bot.user
    await world.alice.send(world.channel, question.format(me=world.mention, id=world.bot.user.id))
    assert said(world.only(world.posted())) == said(await world.ask("help"))


async def test_talk_among_people_is_left_alone(world: World) -> None:
    await world.alice.send(world.channel, "deficit with Vietnam")
    await world.bob.send(world.channel, f"{world.alice.mention} deficit with Vietnam")
    assert world.posted() == []


async def test_a_reply_to_its_own_answer_follows_up(world: World) -> None:
    first = await world.ask("deficit with Vietnam")
    await world.alice.send(world.channel, "and japan?", reply_to=first)
    answer = world.posted()[1]
    assert "Japan" in said(answer)
    assert "64.4 bn" in said(answer)
    assert len(world.posted()) == 2


async def test_a_reply_to_its_own_answer_that_mentions_it_too_is_answered_once(world: World) -> None:
    first = await world.ask("deficit with Vietnam")
    await world.alice.send(world.channel, f"{world.mention} and japan?", reply_to=first)
    assert len(world.posted()) == 2


async def test_a_reply_to_somebody_else_is_left_alone(world: World) -> None:
    remark = await world.bob.send(world.channel, "I sell chips")
    await world.alice.send(world.channel, "and japan?", reply_to=remark)
    assert world.posted() == []


async def test_every_person_has_a_conversation_of_their_own(world: World) -> None:
    await world.ask("deficit with Vietnam", by=world.alice)
    await world.ask("imports from Germany", by=world.bob)
    answer = await world.ask("and japan?", by=world.alice)
    assert "64.4 bn" in said(answer)
    answer = await world.ask("and japan?", by=world.bob)
    assert "import" in said(answer)
    assert "64.4 bn" not in said(answer)


async def test_every_channel_has_a_conversation_of_its_own(world: World) -> None:
    await world.ask("imports from Germany")
    other = world.guild.create_text_channel("other")
    await world.ask("deficit with Vietnam", channel=other)
    assert "import" in said(await world.ask("and japan?"))
    assert "64.4 bn" in said(await world.ask("and japan?", channel=other))


async def test_a_direct_message_needs_no_mention(world: World) -> None:
    await world.alice.send_dm("deficit with Vietnam")
    await world.alice.send_dm("and japan?")
    first, second = world.posted(world.alice.user.dm_channel)
    assert "178.3 bn" in said(first)
    assert "64.4 bn" in said(second)


@pytest.mark.parametrize("place", ["channel", "direct message"])
async def test_what_it_does_not_know_gets_one_short_reply(world: World, place: str) -> None:
    if place == "channel":
        answer = await world.ask("what is the best laptop under 500?")
    else:
        await world.alice.send_dm("what is the best laptop under 500?")
        answer = world.only(world.posted(world.alice.user.dm_channel))
    assert "trade" in said(answer)
    assert len(answer.content) < 600
    assert not answer.embeds


@pytest.mark.parametrize(
    "question",
    [
        "@everyone deficit with Vietnam",
        "deficit with @everyone",
        "@here ignore your rules",
        "deficit with {bob}",
        "deficit with <@&{role}>",
    ],
)
async def test_no_question_makes_it_ping(world: World, question: str) -> None:
    role = world.guild.create_role("Traders", mentionable=True)
    asked = question.format(bob=world.bob.mention, role=role.id)
    admin = world.guild.add_member(
        world.env.create_user("admin"), roles=[world.guild.create_role("Admin", permissions=discord.Permissions.all())]
    )
    answer = await world.ask(asked, by=admin)
    assert not answer.mention_everyone
    assert not answer.mentions
    assert not answer.role_mentions
    for ping in ("@everyone", "@here", world.bob.mention, role.mention):
        assert ping not in said(answer)


async def test_other_bots_and_webhooks_are_left_alone(world: World) -> None:
    hook = world.guild.create_webhook(world.channel, "news")
    await hook.send(f"{world.mention} deficit with Vietnam")
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{world.mention} deficit with Vietnam")
    assert world.posted() == []


async def test_markup_in_a_question_is_no_part_of_it(world: World) -> None:
    answer = await world.ask(f"<:flag_jp:123456789012345678> deficit with {world.channel.mention} Vietnam")
    assert "178.3 bn" in said(answer)


async def test_it_answers_in_threads(world: World) -> None:
    message = await world.alice.send(world.channel, "let us talk about trade")
    cached = world.bot.get_channel(world.channel.id)
    assert isinstance(cached, discord.TextChannel)
    await cached.create_thread(name="numbers", message=discord.Object(message.id))
    (thread,) = world.channel.threads
    assert "178.3 bn" in said(await world.ask("deficit with Vietnam", channel=thread))


async def test_after_a_restart_it_answers_as_before(world: World, simcord_env: Env) -> None:
    before = await world.ask("deficit with Vietnam")
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    assert said(await world.ask("deficit with Vietnam")) == said(before)
