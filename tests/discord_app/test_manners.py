"""Manners: cooldowns, quiet hours, mentions switched off, answers that follow their questions, threads and forums."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import discord
import pytest

from discord_app.world import World, headline, labels, response, said
from tradebot.discord_app.manners import PEOPLE, PER_PERSON, SECONDS, Manners
from tradebot.discord_app.replies import QUIET
from tradebot.journal.journal import Journal
from tradebot.journal.settings import DEFAULTS, ServerSettings


async def let(world: World, journal: Journal, **settings: object) -> None:
    """Sets something for the server."""
    await journal.save_server(world.guild.id, replace(DEFAULTS, **settings))  # type: ignore[arg-type]  # by name, as the tests write them


@pytest.fixture
def strict(world: World) -> None:
    """The limits as they are outside of tests."""
    world.bot.manners = Manners()


@pytest.mark.usefixtures("strict")
async def test_who_asks_too_much_is_told_once_how_long_to_wait(world: World) -> None:
    for _ in range(PER_PERSON):
        await world.ask("deficit with Vietnam")
    told = await world.ask("deficit with Vietnam")
    assert told.content == "That is a lot at once; please ask again in 20 seconds."
    await world.alice.send(world.channel, f"{world.mention} top 5")
    assert len(world.posted()) == PER_PERSON + 1, "told once"
    assert "178.3 bn" in said(await world.ask("deficit with Vietnam", by=world.bob)), "somebody else may ask"
    await world.env.advance_time(SECONDS + 1)
    assert "178.3 bn" in said(await world.ask("deficit with Vietnam"))


@pytest.mark.usefixtures("strict")
async def test_a_command_that_comes_too_soon_is_told_alone(world: World) -> None:
    for _ in range(PER_PERSON):
        await world.alice.slash(world.channel, "deficit", country="Vietnam")
    told = response(await world.alice.slash(world.channel, "deficit", country="Vietnam"))
    assert told.ephemeral
    assert "please ask again in 20 seconds" in told.content
    assert await world.alice.autocomplete(world.channel, "deficit", "country", "viet")


@pytest.mark.usefixtures("strict")
async def test_a_tap_is_a_question_too(world: World) -> None:
    answer = await world.ask("deficit with Vietnam")
    for _ in range(PER_PERSON - 1):
        await world.ask("top 5")
    told = response(await world.alice.click(answer, label=labels(answer)[0]))
    assert told.ephemeral
    assert "please ask again" in told.content


def test_a_channel_has_a_limit_for_all_of_its_people() -> None:
    manners, now = Manners(), dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    assert [manners.wait(1, person, now) for person in range(PEOPLE * PER_PERSON)] == [0] * PEOPLE * PER_PERSON
    assert manners.wait(1, 99, now) == 20
    assert manners.wait(2, 99, now) == 0
    assert manners.wait(1, 99, now + dt.timedelta(seconds=20)) == 0


async def test_an_edited_question_edits_its_answer(world: World, journal: Journal) -> None:
    question = await world.alice.send(world.channel, f"{world.mention} deficit with Vietnam")
    await world.alice.edit(question, f"{world.mention} deficit with Japan")
    answer = world.only(world.posted())
    assert "64.4 bn" in headline(answer)
    await world.alice.edit(question, f"{world.mention} deficit with Freedonia")
    refusal = world.only(world.posted())
    assert "Freedonia" in said(refusal)
    assert not refusal.flags.components_v2
    await world.alice.edit(question, f"{world.mention} deficit with Chile")
    assert "Chile" in headline(world.only(world.posted()))


async def test_an_edit_that_changes_nothing_is_let_be(world: World) -> None:
    question = await world.alice.send(world.channel, f"{world.mention} deficit with Vietnam")
    edited = [each for each in world.env.http_requests if each.method == "PATCH"]
    await world.alice.edit(question, f"{world.mention}   deficit with Vietnam")
    assert [each for each in world.env.http_requests if each.method == "PATCH"] == edited


async def test_after_a_minute_the_answer_stays_as_it_was(world: World) -> None:
    question = await world.alice.send(world.channel, f"{world.mention} deficit with Vietnam")
    await world.env.advance_time(61)
    await world.alice.edit(question, f"{world.mention} deficit with Japan")
    assert "178.3 bn" in headline(world.only(world.posted()))
    await world.alice.delete(question)
    assert len(world.posted()) == 1


async def test_a_deleted_question_takes_its_answer_along(world: World, journal: Journal) -> None:
    question = await world.alice.send(world.channel, f"{world.mention} deficit with Vietnam")
    await journal.flush()
    long_ago = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    answer = world.only(world.posted())
    facts = [figure.id for figure in world.bot.desk.ask("deficit with Vietnam").answer.figures()]
    assert [each.message_id for each in await journal.using(facts, long_ago)] == [answer.id]
    await world.alice.delete(question)
    assert world.posted() == []
    await journal.flush()
    assert await journal.using(facts, long_ago) == []


async def test_an_answer_that_is_gone_already_is_no_trouble(world: World) -> None:
    question = await world.alice.send(world.channel, f"{world.mention} deficit with Vietnam")
    world.env.backend.delete_message(world.channel.id, world.only(world.posted()).id)
    await world.alice.delete(question)
    await world.env.settle()
    assert world.env.errors == []


async def test_in_quiet_hours_it_is_silent_and_commands_are_private(world: World, journal: Journal) -> None:
    start, end = dt.time(23), dt.time(2)
    assert ServerSettings(quiet_from=start, quiet_to=end).is_quiet(world.env.now()), "the tests' clock begins at midnight"
    await let(world, journal, quiet_from=start, quiet_to=end)
    await world.alice.send(world.channel, f"{world.mention} deficit with Vietnam")
    assert world.posted() == []
    answer = response(await world.alice.slash(world.channel, "deficit", country="Vietnam"))
    assert answer.ephemeral
    assert QUIET in said(answer)
    refused = response(await world.alice.click(answer, label="Post in channel"))
    assert refused.content == QUIET
    assert world.posted() == []
    await world.env.advance_time(2 * 3600)
    assert "178.3 bn" in said(await world.ask("deficit with Vietnam"))


async def test_with_mentions_off_it_answers_commands_and_answer_channels_only(world: World, journal: Journal) -> None:
    figures = world.guild.create_text_channel("figures")
    await let(world, journal, mentions=False, answer_channels=(figures.id,))
    await world.alice.send(world.channel, f"{world.mention} deficit with Vietnam")
    assert world.posted() == []
    assert "178.3 bn" in said(await world.ask("deficit with Vietnam", channel=figures))
    assert not response(await world.alice.slash(world.channel, "deficit", country="Vietnam")).ephemeral


async def test_the_settings_of_one_server_are_not_anothers(world: World, journal: Journal) -> None:
    await let(world, journal, mentions=False)
    other = world.env.create_guild("Others")
    channel = other.create_text_channel("trade")
    dave = other.add_member(world.env.create_user("dave"))
    assert "178.3 bn" in said(await world.ask("deficit with Vietnam", by=dave, channel=channel))


async def test_while_the_journal_is_away_the_defaults_hold(world: World) -> None:
    assert "178.3 bn" in said(await world.ask("deficit with Vietnam"))
    assert world.bot.journal.lost > 0


async def test_in_a_thread(world: World) -> None:
    channel = world.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    made = await channel.create_thread(name="vietnam", type=discord.ChannelType.public_thread)
    (thread,) = [each for each in world.channel.threads if each.id == made.id]
    assert "178.3 bn" in said(await world.ask("deficit with Vietnam", channel=thread))


async def test_in_a_forum(world: World) -> None:
    forum = world.guild.create_forum_channel("questions")
    channel = world.bot.get_channel(forum.id)
    assert isinstance(channel, discord.ForumChannel)
    made = await channel.create_thread(name="vietnam", content="What about Vietnam?")
    (post,) = [each for each in forum.threads if each.id == made.thread.id]
    before = len(world.posted(post))
    await world.alice.send(post, f"{world.mention} deficit with Vietnam")
    assert "178.3 bn" in said(world.only(world.posted(post)[before:]))
