"""After a publish: answers that rest on what changed are corrected in place, once, within the server's limit."""

from __future__ import annotations

import asyncio
import dataclasses
import shutil
from pathlib import Path

import discord
import pytest

from discord_app.world import World, headline, said
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.correcting import asker_of
from tradebot.edition import Edition
from tradebot.journal.journal import Journal
from tradebot.journal.settings import ServerSettings
from tradebot.knowledge.paths import knowledge_dir


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """r2, in which somebody corrected what the US imported from Vietnam in 2025."""
    root = Path(shutil.copytree(knowledge_dir(), tmp_path_factory.mktemp("r2") / "knowledge"))
    annual = root / "record/annual.csv"
    annual.write_text(annual.read_text(encoding="utf-8").replace("5520,193879.3,", "5520,194500,"), encoding="utf-8")
    return Edition.open(root, "r2")


async def swapped(world: World, journal: Journal, edition: Edition) -> None:
    """Publishes, and waits until the bot is done with it."""
    assert await journal.flush()
    before = world.bot.desk.edition
    world.bot.desk.swap(edition)
    try:
        await asyncio.sleep(0.05)
        await asyncio.gather(*world.bot._corrector._tasks)
    finally:
        world.bot.desk.edition = before


def now(world: World, message: discord.Message) -> discord.Message:
    return next(each for each in world.posted() if each.id == message.id)


async def test_what_changed_is_corrected_and_said_once(world: World, journal: Journal, corrected: Edition) -> None:
    vietnam = await world.ask("deficit with Vietnam")
    peru = await world.ask("deficit with Peru")
    assert asker_of(vietnam) == world.alice.id
    await swapped(world, journal, corrected)
    after = now(world, vietnam)
    assert headline(after).startswith("The US ran a $178.9 bn goods deficit with Vietnam in 2025")
    assert "Corrected (r2): Vietnam, balance, 2025: −$178.3 bn → −$178.9 bn" in said(after)
    assert asker_of(after) == world.alice.id
    assert said(now(world, peru)) == said(peru)
    again = dataclasses.replace(corrected.knowledge, revision="r3")
    await swapped(world, journal, Edition(again, {}))
    assert "Corrected (r2)" in said(now(world, vietnam))


async def test_no_more_than_the_server_wants(world: World, journal: Journal, corrected: Edition) -> None:
    await journal.save_server(world.guild.id, ServerSettings(corrections=1))
    first, second = [await world.ask(question) for question in ("deficit with Vietnam", "top 3 deficits")]
    await swapped(world, journal, corrected)
    assert ["Corrected" in said(now(world, each)) for each in (first, second)] == [False, True]  # the newest first


async def test_what_was_published_while_the_bot_was_away_is_corrected_when_it_comes_back(
    world: World, journal: Journal, corrected: Edition
) -> None:
    answer = await world.ask("deficit with Vietnam")
    assert await journal.flush()
    before = world.bot.desk.edition
    client = TradeClient(Desk(corrected), clock=lambda: TODAY, journal=journal)
    client.revisions = {"r1": before}.__getitem__
    await world.env.restart_bot(client)
    await asyncio.sleep(0.05)
    await asyncio.gather(*client._corrector._tasks)
    assert "Corrected (r2): Vietnam, balance, 2025: −$178.3 bn → −$178.9 bn" in said(now(world, answer))


async def test_a_message_that_is_gone_is_let_be(world: World, journal: Journal, corrected: Edition) -> None:
    answer = await world.ask("deficit with Vietnam")
    world.env.backend.delete_message(answer.channel.id, answer.id)
    await swapped(world, journal, corrected)
    assert [said(each) for each in world.posted() if "Corrected" in said(each)] == []
