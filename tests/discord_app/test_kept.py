"""/answer: an earlier answer by its number."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from discord_app.world import World, headline, response, said
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.discord_app.desk_client import AGAIN_AND_AGAIN
from tradebot.discord_app.kept import NO_JOURNAL, SAME
from tradebot.edition import Edition
from tradebot.journal.entries import Asked
from tradebot.journal.journal import Journal
from tradebot.knowledge.paths import knowledge_dir


async def keep(journal: Journal, desk: Desk, question: str, today: dt.date = TODAY, **otherwise: Any) -> str:
    """Keeps an answer as if it had been given before, and returns its number."""
    reply = desk.ask(question, today=today)
    assert reply.asked
    at = dt.datetime(2026, 8, 1, tzinfo=dt.UTC)
    asked = Asked(at, None, "slash", question, "answer", reply.intent, "", reply.answer_id, reply.revision, today, reply.asked.to_json())
    journal.note(dataclasses.replace(asked, **otherwise))
    assert await journal.flush()
    return reply.answer_id


@pytest.mark.parametrize("written", ["{}", " {} ", "a-{short}", "{short}"])
async def test_an_earlier_answer_is_shown_again_as_it_was(world: World, journal: Journal, written: str) -> None:
    first = await world.ask("deficit with Vietnam")
    number = await keep(journal, world.bot.desk, "deficit with Vietnam")
    assert number in said(first)
    again = response(await world.bob.slash(world.channel, "answer", number=written.format(number, short=number[2:].lower())))
    assert not again.ephemeral
    assert headline(again) == headline(first)
    assert number in said(again)
    assert SAME in said(again)


async def test_what_the_day_changed_is_said(world: World, journal: Journal) -> None:
    number = await keep(journal, world.bot.desk, "are the tariffs on Canada in effect?", dt.date(2026, 8, 1))
    again = response(await world.alice.slash(world.channel, "answer", number=number))
    assert "Asked again today, the answer" in said(again)
    assert "asked on 1 Aug 2026" in said(again) or SAME in said(again)


async def test_an_answer_of_a_revision_that_is_gone_is_answered_from_todays(world: World, journal: Journal) -> None:
    number = await keep(journal, world.bot.desk, "deficit with Vietnam", revision="r0")
    again = response(await world.alice.slash(world.channel, "answer", number=number))
    assert "178.3 bn" in said(again)
    assert f"{number} was answered on revision r0, which I no longer hold" in said(again)


async def test_an_answer_of_an_earlier_revision_says_which_figures_changed(world: World, journal: Journal, tmp_path: Path) -> None:
    def edition(revision: str) -> Edition:
        """As it was before somebody corrected a figure."""
        root = Path(shutil.copytree(knowledge_dir(), tmp_path / "knowledge"))
        annual = root / "record/annual.csv"
        annual.write_text(annual.read_text(encoding="utf-8").replace("5520,193879.3,", "5520,193279.3,"), encoding="utf-8")
        return Edition.open(root, revision)

    older = await asyncio.to_thread(edition, "r0")
    world.bot.revisions = lambda _: older
    number = await keep(journal, Desk(older), "deficit with Vietnam")
    again = response(await world.alice.slash(world.channel, "answer", number=number))
    assert "$177.7 bn" in headline(again)
    assert "the knowledge is now r1, then it was r0; Vietnam, balance, 2025: −$177.7 bn → −$178.3 bn" in said(again)


@pytest.mark.parametrize("broken", [None, "", "{}", "not json", '{"intent": 7}'])
async def test_what_cannot_be_read_any_more_is_not_kept(world: World, journal: Journal, broken: str | None) -> None:
    number = await keep(journal, world.bot.desk, "deficit with Vietnam", asked_json=broken)
    again = response(await world.alice.slash(world.channel, "answer", number=number))
    assert again.ephemeral
    assert f"no answer with the number {number}" in again.content


async def test_a_number_that_was_never_given_gets_a_sentence(world: World, journal: Journal) -> None:
    again = response(await world.alice.slash(world.channel, "answer", number="A-AAAAAA"))
    assert again.ephemeral
    assert "no answer with the number A-AAAAAA" in again.content


@pytest.mark.parametrize("number", ["", "A-", "7", "deficit with vietnam", "A-0189!", "@everyone"])
async def test_what_is_no_number_gets_a_sentence(world: World, journal: Journal, number: str) -> None:
    again = response(await world.alice.slash(world.channel, "answer", number=number or " "))
    assert again.ephemeral
    assert "looks like A-7Q2F4K" in again.content
    assert world.env.errors


async def test_without_a_journal_it_says_so(world: World) -> None:
    again = response(await world.alice.slash(world.channel, "answer", number="A-AAAAAA"))
    assert again.ephemeral
    assert again.content == NO_JOURNAL


async def test_what_is_asked_again_and_again_is_offered_first(world: World, journal: Journal) -> None:
    for _ in range(AGAIN_AND_AGAIN):
        await keep(journal, world.bot.desk, "deficit with Peru")
    await keep(journal, world.bot.desk, "deficit with Chile")
    choices = await world.alice.autocomplete(world.channel, "ask", "question", "")
    assert choices[0]["value"] == "deficit with Peru"
    assert len(choices) == 25
    choices = await world.alice.autocomplete(world.channel, "ask", "question", "peru def")
    assert [choice["value"] for choice in choices] == ["deficit with Peru"]


async def test_what_is_asked_about_again_and_again_is_offered_first(world: World, journal: Journal) -> None:
    for question in ("deficit with Peru", "what is dumping", "top 5 deficits in ASEAN", "imports of pharmaceuticals from Ireland"):
        for _ in range(AGAIN_AND_AGAIN):
            await keep(journal, world.bot.desk, question)
    for command, option, first in (
        ("deficit", "country", {"Peru", "ASEAN", "Ireland"}),
        ("ranking", "among", {"ASEAN"}),
        ("sector", "goods", {"pharmaceuticals"}),
        ("define", "term", {"Antidumping duty"}),
    ):
        choices = await world.alice.autocomplete(world.channel, command, option, "")
        assert {choice["name"] for choice in choices[: len(first)]} == first
        assert len(choices) == 25


async def test_what_one_person_asked_once_is_offered_to_nobody(world: World, journal: Journal) -> None:
    await keep(journal, world.bot.desk, "deficit with Chile")
    choices = await world.bob.autocomplete(world.channel, "ask", "question", "chile")
    assert "deficit with Chile" not in [choice["value"] for choice in choices]
