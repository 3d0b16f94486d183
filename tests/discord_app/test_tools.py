"""What stands under a card, as people use it: chart, map, sources, the other side, pages, delete, post; before and after a restart."""

from __future__ import annotations

import discord
import pytest
from simcord import Env

from discord_app.world import World, buttons, choose, headline, moderator, now, parts, response, said, tap, tools
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.taps import NOT_YOURS


async def test_the_chart_comes_and_goes_in_place(world: World, simcord_env: Env) -> None:
    card = await world.ask("deficit with Vietnam")
    await tap(world, card, "Chart")
    charted = now(world, card)
    (picture,) = charted.attachments
    assert picture.content_type == "image/png"
    assert picture.size <= 300_000
    assert "Vietnam" in (picture.description or "")
    (gallery,) = [part for part in parts(charted) if part["type"] == discord.ComponentType.media_gallery.value]
    assert "Vietnam" in gallery["items"][0]["description"]
    assert "Hide chart" in tools(charted)
    await choose(world, charted, "p", "JP")
    assert "Japan" in (now(world, card).attachments[0].description or "")
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    await tap(world, now(world, card), "Hide chart")
    assert now(world, card).attachments == []
    assert "Japan" in headline(now(world, card))


async def test_a_map_of_all_partners_takes_the_place_of_the_chart(world: World, simcord_env: Env) -> None:
    card = await world.ask("top 5 deficits")
    await tap(world, card, "Chart")
    await tap(world, now(world, card), "Map")
    mapped = now(world, card)
    (picture,) = mapped.attachments
    assert picture.size <= 300_000
    assert (picture.description or "").startswith("World map: The US ran goods deficits with 94 partners and surpluses with 135 in 2025")
    assert tools(mapped)[2:4] == ["Chart", "Hide map"]
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    await choose(world, now(world, card), "m", "imports")
    await choose(world, now(world, card), "y", "2018")
    assert "US goods imports from" in (now(world, card).attachments[0].description or "")
    await tap(world, now(world, card), "Hide map")
    assert now(world, card).attachments == []


@pytest.mark.parametrize("question", ["deficit with Vietnam", "top 5 deficits in Asia", "compare China and Mexico", "tariffs on Canada"])
async def test_what_is_not_about_all_partners_has_no_map(world: World, question: str) -> None:
    assert "Map" not in tools(await world.ask(question))


async def test_somebody_else_gets_the_chart_alone(world: World) -> None:
    card = await world.ask("top 5 deficits")
    copy = response(await tap(world, card, "Chart", by=world.bob))
    assert copy.ephemeral
    assert len(copy.attachments) == 1
    assert now(world, card).attachments == []


async def test_sources_prove_every_figure_to_the_person_alone(world: World, simcord_env: Env) -> None:
    card = await world.ask("deficit with Vietnam")
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    proof = response(await tap(world, card, "Sources"))
    assert proof.ephemeral
    for figure in (
        "$178.3 bn",
        "$123.5 bn",
        "$138.9 bn",
        "$98.0 bn",
        "Third place",
        "+44 %",
        "exports $15.6 bn − imports $193.9 bn",
        "code 5520",
    ):
        assert figure in said(proof)
    assert "A-" in said(proof)


async def test_from_their_side_and_back(world: World, simcord_env: Env) -> None:
    card = await world.ask("deficit with Vietnam")
    before = headline(card)
    await tap(world, card, "From their side")
    theirs = now(world, card)
    assert headline(theirs).startswith("Seen from Vietnam, goods trade with the US gave a surplus of $178.3 bn in 2025")
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    await tap(world, theirs, "From our side")
    assert headline(now(world, card)) == before


async def test_a_ranking_of_all_partners_is_turned_page_by_page(world: World, simcord_env: Env) -> None:
    card = await world.ask("top 10 partners by imports")
    seen: list[str] = []
    pages = 0
    while pages < 40:
        page = now(world, card)
        (table,) = [part["content"] for part in parts(page) if "```" in str(part.get("content"))]
        rows = table.split("```")[1].strip("\n").split("\n")
        assert len(rows) <= 21, "a long name may go on in a second line"
        assert all(len(row) <= 40 for row in rows)
        seen += [row.split()[0] for row in rows[1:] if row.split()[0].isdigit()]
        more = next(button for button in buttons(page) if button["label"] == "More ▶")
        if more.get("disabled"):
            break
        if pages == 3:
            await simcord_env.restart_bot(TradeClient(world.bot.desk))
        await world.alice.click(page, custom_id=more["custom_id"])
        pages += 1
    assert len(seen) > 200
    ranks = [int(each) for each in seen]
    assert ranks == sorted(ranks)
    assert ranks[:100] == list(range(1, 101)), "further down, equals share a place"
    await tap(world, now(world, card), "◀ Back")
    assert f" of {len(seen)}" in said(now(world, card))


async def test_a_long_table_is_turned_in_slices(world: World) -> None:
    card = await world.ask("which month of 2025 had the largest deficit")
    first = said(card)
    assert "1–10 of 12" in first
    await tap(world, card, "More ▶")
    assert "11–12 of 12" in said(now(world, card))
    await tap(world, now(world, card), "◀ Back")
    assert said(now(world, card)) == first


async def test_the_asker_deletes_an_answer(world: World, simcord_env: Env) -> None:
    card = await world.ask("deficit with Vietnam")
    refused = response(await tap(world, card, "Delete", by=world.bob))
    assert refused.ephemeral
    assert refused.content == NOT_YOURS
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    await tap(world, card, "Delete")
    assert world.posted() == []


async def test_a_moderator_deletes_an_answer(world: World) -> None:
    card = await world.ask("deficit with Vietnam")
    await tap(world, card, "Delete", by=moderator(world))
    assert world.posted() == []


async def test_a_private_answer_is_posted_by_hand(world: World, simcord_env: Env) -> None:
    remark = await world.bob.send(world.channel, "what is our deficit with Vietnam?")
    private = response(await world.alice.context_menu(world.channel, "Answer this", remark))
    assert private.ephemeral
    assert "Post in channel" in tools(private)
    assert "Delete" not in tools(private)
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    shown = response(await tap(world, private.message, "Post in channel"))
    assert not shown.ephemeral
    assert headline(shown) == headline(private)
    assert "Delete" in tools(shown)
