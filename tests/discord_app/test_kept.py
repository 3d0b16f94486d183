"""/answer: an earlier answer by its number."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pytest

from discord_app.world import World, response, said
from tradebot.checks import TODAY
from tradebot.discord_app import recording
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.kept import NO_JOURNAL, SAME
from tradebot.journal.journal import Journal


@dataclass
class Archive:
    """The bot's journal, with answers of whatever day and revision."""

    bot: TradeClient

    async def keep(self, question: str, today: dt.date = TODAY, **more: Any) -> str:
        reply = self.bot.desk.ask(question, today=today)
        entry = recording.asked(reply, "command", None, today)
        self.bot.journal.note(replace(entry, **more))
        assert await self.bot.journal.flush()
        return reply.answer_id


@pytest.fixture
def archive(world: World, journal: Journal) -> Archive:
    world.bot.journal = journal
    return Archive(world.bot)


@pytest.mark.parametrize("written", ["{}", " {} ", "a-{short}", "{short}"])
async def test_an_earlier_answer_is_shown_again_as_it_was(world: World, archive: Archive, written: str) -> None:
    first = await world.ask("deficit with Vietnam")
    number = await archive.keep("deficit with Vietnam")
    assert number in said(first)
    again = response(await world.bob.slash(world.channel, "answer", number=written.format(number, short=number[2:].lower())))
    assert not again.ephemeral
    assert again.content == first.content
    assert number in said(again)
    assert SAME in said(again)


async def test_what_the_day_changed_is_said(world: World, archive: Archive) -> None:
    number = await archive.keep("are the tariffs on Canada in effect?", dt.date(2026, 8, 1))
    again = response(await world.alice.slash(world.channel, "answer", number=number))
    assert "Asked again today, the answer" in said(again)
    assert "asked on 1 Aug 2026" in said(again) or SAME in said(again)


async def test_an_answer_of_a_revision_that_is_gone_is_answered_from_todays(world: World, archive: Archive) -> None:
    number = await archive.keep("deficit with Vietnam", revision="r0")
    again = response(await world.alice.slash(world.channel, "answer", number=number))
    assert "178.3 bn" in again.content
    assert f"{number} was answered on revision r0, which I no longer hold" in said(again)


@pytest.mark.parametrize("broken", [None, "", "{}", "not json", '{"intent": 7}'])
async def test_what_cannot_be_read_any_more_is_not_kept(world: World, archive: Archive, broken: str | None) -> None:
    number = await archive.keep("deficit with Vietnam", asked_json=broken)
    again = response(await world.alice.slash(world.channel, "answer", number=number))
    assert again.ephemeral
    assert f"no answer with the number {number}" in again.content


async def test_a_number_that_was_never_given_gets_a_sentence(world: World, archive: Archive) -> None:
    again = response(await world.alice.slash(world.channel, "answer", number="A-AAAAAA"))
    assert again.ephemeral
    assert "no answer with the number A-AAAAAA" in again.content


@pytest.mark.parametrize("number", ["", "A-", "7", "deficit with vietnam", "A-0189!", "@everyone"])
async def test_what_is_no_number_gets_a_sentence(world: World, archive: Archive, number: str) -> None:
    again = response(await world.alice.slash(world.channel, "answer", number=number or " "))
    assert again.ephemeral
    assert "looks like A-7Q2F4K" in again.content
    assert world.env.errors


async def test_without_a_journal_it_says_so(world: World) -> None:
    again = response(await world.alice.slash(world.channel, "answer", number="A-AAAAAA"))
    assert again.ephemeral
    assert again.content == NO_JOURNAL


async def test_what_is_asked_most_is_offered_first(world: World, archive: Archive) -> None:
    await archive.keep("deficit with Peru")
    choices = await world.alice.autocomplete(world.channel, "ask", "question", "")
    assert choices[0]["value"] == "deficit with Peru"
    assert len(choices) == 25
    choices = await world.alice.autocomplete(world.channel, "ask", "question", "peru def")
    assert [choice["value"] for choice in choices] == ["deficit with Peru"]
