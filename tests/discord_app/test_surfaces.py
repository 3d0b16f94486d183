"""Where it is asked and how it answers there: cards, embeds, text; charts at once; threads, forums, answer channels."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import discord
import pytest

from discord_app.world import World, buttons, headline, labels, response, said, selects, tools
from tradebot.discord_app import replies
from tradebot.journal.journal import Journal
from tradebot.journal.settings import DEFAULTS
from tradebot.pictures import Kind, Picture


async def settle(world: World, journal: Journal, **settings: Any) -> None:
    await journal.save_server(world.guild.id, dataclasses.replace(DEFAULTS, **settings))


async def test_an_embed_carries_the_headline_as_content(world: World, journal: Journal) -> None:
    card = said(await world.ask("deficit with Vietnam"))
    await settle(world, journal, surface="embed")
    answer = await world.ask("deficit with Vietnam")
    assert answer.content.startswith("The US ran a $178.3 bn goods deficit with Vietnam")
    (embed,) = answer.embeds
    assert embed.footer.text
    assert "Census" in embed.footer.text
    words = set(card.replace("*", "").replace("-#", "").split())
    assert words == set(said(answer).replace("*", "").split())


@pytest.mark.parametrize("surface", ["embed", "text"])
async def test_controls_change_every_surface_in_place(world: World, journal: Journal, surface: str) -> None:
    await settle(world, journal, surface=surface)
    answer = await world.ask("deficit with Vietnam")
    assert not answer.flags.components_v2
    assert bool(answer.embeds) is (surface == "embed")
    assert [select["custom_id"][:3] for select in selects(answer)] == ["c2p", "c2m", "c2y"]
    assert len(labels(answer)) == 2
    await world.alice.select(answer, ["JP"], custom_id=selects(answer)[0]["custom_id"])
    (changed,) = world.posted()
    assert changed.content.startswith("The US ran a $64.4 bn goods deficit with Japan")
    assert "Vietnam" not in said(changed)
    (chart,) = [button for button in buttons(changed) if button["label"] == "Chart"]
    await world.alice.click(changed, custom_id=chart["custom_id"])
    (charted,) = world.posted()
    assert len(charted.attachments) == 1
    if surface == "embed":
        assert charted.embeds[0].image.url
    (hide,) = [button for button in buttons(charted) if button["label"] == "Hide chart"]
    await world.alice.click(charted, custom_id=hide["custom_id"])
    assert world.posted()[0].attachments == []


@pytest.mark.parametrize("surface", ["embed", "text"])
async def test_the_most_controls_fit_every_surface(world: World, journal: Journal, surface: str) -> None:
    """Three selects, pages, questions and tools: six rows, of which a message without components may have five."""
    await settle(world, journal, surface=surface)
    answer = await world.ask("imports from china by month 2025")
    assert len(answer.components) == 5
    assert len(selects(answer)) == 3
    assert len(labels(answer)) == 2
    assert tools(answer) == ["◀ Back", "More ▶", "Chart", "Sources", "Wrong?", "Delete"]
    (on,) = [button for button in buttons(answer) if button["label"] == "More ▶"]
    await world.alice.click(answer, custom_id=on["custom_id"])
    assert "11–12 of 12" in said(world.posted()[0])


async def test_where_it_may_not_embed_an_embed_becomes_text(world: World, journal: Journal) -> None:
    await settle(world, journal, surface="embed")
    assert world.bot.user
    narrow = world.guild.create_text_channel("narrow", overwrites={world.bot.user: discord.PermissionOverwrite(embed_links=False)})
    asked = await world.ask("top 5 deficits", channel=narrow)
    slashed = response(await world.alice.slash(narrow, "ranking", count=5))
    for answer in (asked, slashed):
        assert not answer.embeds
        assert "China" in answer.content
        assert "Census" in answer.content


async def test_a_server_may_have_charts_at_once(world: World, journal: Journal) -> None:
    await settle(world, journal, charts=True)
    asked = await world.ask("top 5 deficits")
    slashed = response(await world.alice.slash(world.channel, "deficit", country="Vietnam"))
    for answer in (asked, slashed):
        assert len(answer.attachments) == 1
        assert "Hide chart" in tools(answer)
    assert (await world.ask("what is a trade deficit?")).attachments == []


@pytest.mark.parametrize(("asked", "begins"), [("map of deficits", "World map:"), ("chart of exports to Vietnam", "Chart over time:")])
async def test_who_asks_for_a_picture_gets_it_without_a_tap(world: World, asked: str, begins: str) -> None:
    answer = await world.ask(asked)
    assert [(each.description or "")[: len(begins)] for each in answer.attachments] == [begins]
    assert len((await world.ask("exports to Japan")).attachments) == 0


async def test_charts_at_once_are_left_out_where_it_may_not_attach(world: World, journal: Journal) -> None:
    await settle(world, journal, charts=True)
    assert world.bot.user
    narrow = world.guild.create_text_channel("narrow", overwrites={world.bot.user: discord.PermissionOverwrite(attach_files=False)})
    assert (await world.ask("top 5 deficits", channel=narrow)).attachments == []
    assert response(await world.alice.slash(narrow, "ranking", count=5)).attachments == []


def slow(world: World, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Drawing takes so long."""
    begin = world.bot.charts.begin

    async def later(reply: Any, kind: Kind) -> Picture | None:
        await asyncio.sleep(seconds)
        return await begin(reply, kind)

    monkeypatch.setattr(world.bot.charts, "begin", lambda reply, kind=Kind.CHART: asyncio.create_task(later(reply, kind)))


def acknowledged(world: World) -> list[int]:
    """How interactions were answered at first: 5 is a deferred message, 6 a deferred change."""
    calls = [request.json for request in world.env.http_requests if request.path.endswith("/callback")]
    return [call["type"] for call in calls if call]


def typed(world: World) -> bool:
    return any(request.path.endswith("/typing") for request in world.env.http_requests)


async def test_it_types_only_where_an_answer_takes_time(world: World, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    await settle(world, journal, charts=True)
    await world.ask("deficit with Vietnam")
    assert not typed(world)
    slow(world, monkeypatch, 0.5)
    monkeypatch.setattr(replies, "TYPING_AFTER", 0.05)
    assert len((await world.ask("deficit with Japan")).attachments) == 1
    assert typed(world)


async def test_an_interaction_is_deferred_where_drawing_takes_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = await world.ask("deficit with Vietnam")
    slow(world, monkeypatch, 0.5)
    monkeypatch.setattr(replies, "BUDGET", 0.05)
    (chart,) = [button for button in buttons(answer) if button["label"] == "Chart"]
    mine = await world.alice.click(answer, custom_id=chart["custom_id"])
    assert mine.acknowledged
    assert 6 in acknowledged(world)
    assert len(world.posted()[0].attachments) == 1


async def test_a_command_is_deferred_where_drawing_takes_time(world: World, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    await settle(world, journal, charts=True)
    slow(world, monkeypatch, 0.5)
    monkeypatch.setattr(replies, "BUDGET", 0.05)
    result = await world.alice.slash(world.channel, "deficit", country="Vietnam")
    assert 5 in acknowledged(world)
    answer = response(result)
    assert not answer.ephemeral
    assert len(answer.attachments) == 1
    assert "$178.3 bn" in headline(answer)


async def test_a_chart_that_takes_too_long_is_left_out_and_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = await world.ask("deficit with Vietnam")
    slow(world, monkeypatch, 5)
    monkeypatch.setattr(replies, "BUDGET", 0.05)
    monkeypatch.setattr(replies, "PATIENCE", 0.05)
    (chart,) = [button for button in buttons(answer) if button["label"] == "Chart"]
    await world.alice.click(answer, custom_id=chart["custom_id"])
    (now,) = world.posted()
    assert now.attachments == []
    assert "The chart could not be drawn in time; tap Chart" in said(now).replace("*", "")
    assert "Chart" in tools(now)


async def test_a_new_edition_gets_a_gallery_of_its_own(world: World) -> None:
    charts, reply = world.bot.charts, world.bot.ask("deficit with Vietnam", None)
    drawing = charts.begin(reply)
    assert charts.pending == 1
    first = await drawing
    assert charts.pending == 0
    assert await charts.begin(reply) is first
    edition = world.bot.desk.edition
    knowledge = edition.knowledge
    try:
        edition.knowledge = dataclasses.replace(knowledge, revision="r2")
        assert await charts.begin(reply) is not first
    finally:
        edition.knowledge = knowledge


async def test_it_answers_in_forum_posts_and_in_the_chat_of_voice_channels(world: World) -> None:
    voice = world.guild.create_voice_channel("talk")
    assert "$178.3 bn" in headline(await world.ask("deficit with Vietnam", channel=voice))
    forum = world.guild.create_forum_channel("topics")
    cached = world.bot.get_channel(forum.id)
    assert isinstance(cached, discord.ForumChannel)
    made = await cached.create_thread(name="numbers", content="all about numbers")
    (post,) = [each for each in forum.threads if each.id == made.thread.id]
    before = len(world.posted(post))
    await world.alice.send(post, f"{world.mention} deficit with Vietnam")
    answer = world.posted(post)[before:]
    assert "$178.3 bn" in headline(world.only(answer))


async def test_without_the_intent_an_answer_channel_works_by_mention_only(world: World, journal: Journal) -> None:
    await settle(world, journal, answer_channels=(world.channel.id,))
    await world.alice.send(world.channel, "deficit with Vietnam?")
    assert world.posted() == []
    assert "$178.3 bn" in headline(await world.ask("deficit with Vietnam"))
