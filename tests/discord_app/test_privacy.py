"""/privacy: what is kept about me, exactly, and its deletion."""

from __future__ import annotations

import datetime as dt

import pytest
from simcord import InteractionResult, ResponseMessage

from discord_app.world import World, response, said
from tradebot.discord_app.privacy import NOTHING_DELETED
from tradebot.journal.entries import Wrong
from tradebot.journal.journal import Journal

AT = dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.UTC)


def told(result: InteractionResult) -> ResponseMessage:
    """What the person alone reads, after the bot had asked Discord to wait."""
    message = response(result)
    assert message.ephemeral
    return message


async def test_who_only_asked_is_not_in_the_journal(world: World, journal: Journal) -> None:
    await world.ask("deficit with Vietnam")
    shown = told(await world.alice.slash(world.channel, "privacy show"))
    assert shown.content.startswith("I keep nothing about you. Questions are kept without who asked them, for 90 days")
    assert told(await world.alice.slash(world.channel, "privacy delete")).content == NOTHING_DELETED


async def test_feedback_is_shown_word_for_word_and_deleted(world: World, journal: Journal) -> None:
    journal.note(Wrong("A-7Q2F4K", "deficit with Chile", "this is *old*", world.alice.id, world.guild.id, AT))
    journal.note(Wrong("A-7Q2F4K", "deficit with Chile", "bob's note", world.bob.id, None, AT))
    shown = told(await world.alice.slash(world.channel, "privacy show"))
    assert f"2026-11-01 09:30 UTC, server {world.guild.id}, A-7Q2F4K: you wrote “this is *old*”" in shown.content
    assert "“deficit with Chile”" in shown.content
    assert "bob's note" not in shown.content
    assert "one note of feedback" in told(await world.alice.slash(world.channel, "privacy delete")).content
    assert "I keep nothing about you" in told(await world.alice.slash(world.channel, "privacy show")).content
    assert "bob's note" in told(await world.bob.slash(world.channel, "privacy show")).content


async def test_much_feedback_comes_as_a_file_that_holds_all_of_it(world: World, journal: Journal) -> None:
    for number in range(40):
        journal.note(Wrong("A-7Q2F4K", "deficit with Chile", f"note {number} " + "x" * 100, world.alice.id, None, AT))
    shown = told(await world.alice.slash(world.channel, "privacy show"))
    (file,) = shown.attachments
    assert file.filename == "kept-about-you.txt"
    assert "in the file" in shown.content


async def test_deleting_also_forgets_the_conversation(world: World, journal: Journal) -> None:
    await world.ask("imports from Germany")
    assert "from your last question" in said(await world.ask("and japan?"))
    await world.alice.slash(world.channel, "privacy delete")
    assert "from your last question" not in said(await world.ask("and japan?"))


@pytest.mark.parametrize("name", ["privacy show", "privacy delete"])
async def test_while_the_journal_is_away_nothing_is_promised(world: World, name: str) -> None:
    answer = told(await world.alice.slash(world.channel, name)).content
    assert "keep no journal here" in answer


async def test_in_a_direct_message(world: World, journal: Journal) -> None:
    dave = world.env.create_user("dave")
    assert "I keep nothing about you" in told(await dave.slash("privacy show")).content
