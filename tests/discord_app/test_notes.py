"""What the journal gets of an answer: the question, where it stands, what somebody says is wrong; and what it gives back."""

from __future__ import annotations

import datetime as dt

import discord
import pytest
from simcord import Env, ResponseMessage

from discord_app.world import World, buttons, headline, response, said, selects, tools
from tradebot.discord_app.card.codec import pack
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.notes import NOT_KEPT, THANKS
from tradebot.journal.journal import Journal

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
TOO_LONG = "toy imports from China 2023 versus 2022"


def button(message: discord.Message | ResponseMessage, label: str) -> str:
    (found,) = [each["custom_id"] for each in buttons(message) if each["label"] == label]
    return str(found)


async def test_an_answer_is_kept_with_its_number_and_without_its_author(world: World, journal: Journal) -> None:
    answer = await world.ask("deficit with Vietnam")
    await journal.flush()
    number = said(answer).rpartition(" ")[2]
    kept = await journal.answer(number)
    assert kept is not None
    assert kept.text == "deficit with Vietnam"
    assert kept.revision == "r1"
    assert await journal.shown(world.alice.id) == []
    (posting,) = await journal.using(["VN.balance.2025"], LONG_AGO)
    assert posting.message_id == answer.id
    assert posting.facts["VN.balance.2025"] == pytest.approx(-178_254, abs=100)


async def test_neither_a_proof_nor_a_chart_takes_the_place_of_the_question(world: World, journal: Journal) -> None:
    answer = await world.ask("deficit with Vietnam")
    await world.alice.click(answer, custom_id=button(answer, "Sources"))
    await world.alice.click(answer, custom_id=button(answer, "Chart"))
    await journal.flush()
    kept = await journal.answer(said(answer).rpartition(" ")[2])
    assert kept is not None
    assert kept.text == "deficit with Vietnam"
    assert '"partner_balance"' in str(kept.asked_json)


async def test_a_card_changed_in_place_rests_on_its_new_figures(world: World, journal: Journal) -> None:
    answer = await world.ask("deficit with Vietnam")
    (select,) = [each["custom_id"] for each in selects(answer) if each["custom_id"].startswith("c2p")]
    await world.alice.select(answer, ["JP"], custom_id=select)
    await journal.flush()
    assert await journal.using(["VN.balance.2025"], LONG_AGO) == []
    (posting,) = await journal.using(["JP.balance.2025"], LONG_AGO)
    assert posting.message_id == answer.id


async def test_what_is_seen_alone_is_posted_nowhere(world: World, journal: Journal) -> None:
    remark = await world.bob.send(world.channel, "deficit with Vietnam?")
    private = response(await world.alice.context_menu(world.channel, "Answer this", remark))
    await journal.flush()
    assert await journal.using(["VN.balance.2025"], LONG_AGO) == []
    shown = response(await world.alice.click(private, custom_id=button(private, "Post in channel")))
    await journal.flush()
    (posting,) = await journal.using(["VN.balance.2025"], LONG_AGO)
    assert posting.message_id == shown.id


async def test_a_miss_is_kept_with_what_was_not_understood(world: World, journal: Journal) -> None:
    await world.ask("deficit with Atlantis")
    await journal.flush()
    (miss,) = await journal.misses(LONG_AGO)
    assert miss.texts == ("deficit with Atlantis",)
    assert "atlantis" in miss.missed.casefold()


async def test_what_is_wrong_reaches_the_journal_also_after_a_restart(world: World, journal: Journal, simcord_env: Env) -> None:
    answer = await world.ask("deficit with Vietnam")
    number = said(answer).rpartition(" ")[2]
    await journal.flush()
    opened = await world.bob.click(answer, custom_id=button(answer, "Wrong?"))
    assert opened.modal is not None
    assert "wrong" in opened.modal["title"]
    await simcord_env.restart_bot(TradeClient(world.bot.desk, journal=journal))
    told = response(await world.bob.submit_modal(opened, {"text": "It was 180 in @everyone's paper"}))
    assert told.ephemeral
    assert told.content == THANKS.format(number=number)
    await journal.flush()
    (wrong,) = await journal.shown(world.bob.id)
    assert (wrong.answer_id, wrong.text, wrong.note) == (number, "deficit with Vietnam", "It was 180 in @everyone's paper")
    assert await journal.shown(world.alice.id) == []


async def test_without_a_journal_it_says_that_nothing_is_kept(world: World) -> None:
    answer = await world.ask("deficit with Vietnam")
    opened = await world.alice.click(answer, custom_id=button(answer, "Wrong?"))
    told = response(await world.alice.submit_modal(opened, {"text": "no"}))
    assert told.content == NOT_KEPT.format(number=said(answer).rpartition(" ")[2])


async def test_a_question_too_long_for_an_id_is_found_by_its_number(world: World, journal: Journal, simcord_env: Env) -> None:
    reply = world.bot.ask(TOO_LONG, None)
    assert reply.asked
    assert pack(world.alice.id, reply.revision, reply.asked) is None, "or this test is about nothing"
    answer = await world.ask(TOO_LONG)
    await journal.flush()
    await simcord_env.restart_bot(TradeClient(world.bot.desk, journal=journal))
    proof = response(await world.alice.click(answer, custom_id=button(answer, "Sources")))
    assert proof.ephemeral
    assert "read from the source" in said(proof) or "=" in said(proof)


async def test_without_a_journal_such_a_card_leaves_those_controls_out(world: World) -> None:
    answer = await world.ask(TOO_LONG)
    assert headline(answer)
    assert tools(answer) == ["Wrong?", "Delete"]
