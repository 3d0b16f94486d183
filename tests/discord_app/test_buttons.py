"""Questions as buttons: who gets the answer, restarts, and custom_ids that nobody made."""

from __future__ import annotations

import dataclasses

import discord
import pytest
from simcord import Env

from discord_app.world import World, buttons, forge, headline, labels, parts, response, said, selects
from tradebot.desk import Desk
from tradebot.discord_app.card.buttons import UNKNOWN, follow_ups
from tradebot.discord_app.client import TradeClient

LONGEST_ID = 2**64 - 1


async def test_an_answer_carries_two_questions(world: World) -> None:
    answer = await world.ask("deficit with Vietnam")
    assert len(labels(answer)) == 2
    assert all(len(button["custom_id"]) <= 100 for button in buttons(answer))


async def test_the_asker_gets_the_next_answer_in_the_channel(world: World) -> None:
    answer = await world.ask("deficit with Vietnam")
    question = labels(answer)[0]
    tapped = response(await world.alice.click(answer, label=question))
    assert not tapped.ephemeral
    assert said(tapped) == said(await world.ask(question))


async def test_somebody_else_gets_a_copy_of_their_own(world: World) -> None:
    answer = await world.ask("deficit with Vietnam")
    tapped = response(await world.bob.click(answer, label=labels(answer)[0]))
    assert tapped.ephemeral
    assert said(tapped)
    assert [each.id for each in world.posted()] == [answer.id]
    assert tapped.id not in [each.id for each in world.channel.history(viewer=world.alice)]


async def test_a_private_card_goes_on_in_private(world: World) -> None:
    remark = await world.bob.send(world.channel, "deficit with Vietnam")
    shown = response(await world.alice.context_menu(world.channel, "Answer this", remark))
    tapped = response(await world.alice.click(shown, label=labels(shown)[0]))
    assert tapped.ephemeral


async def test_what_was_tapped_can_be_followed_up(world: World) -> None:
    answer = await world.ask("deficit with Vietnam")
    await world.bob.click(answer, label=labels(answer)[0])
    followed = await world.ask("and japan?", by=world.bob)
    assert "Japan" in said(followed)


async def test_buttons_outlive_a_restart(world: World, simcord_env: Env) -> None:
    answer = await world.ask("deficit with Vietnam")
    before = response(await world.alice.click(answer, label=labels(answer)[0]))
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    after = response(await world.alice.click(answer, label=labels(answer)[0]))
    assert not after.ephemeral
    assert said(after) == said(before)


async def test_buttons_work_in_direct_messages(world: World) -> None:
    user = world.alice.user
    await user.send_dm("deficit with Vietnam")
    (answer,) = world.posted(user.dm_channel)
    tapped = response(await user.click(answer, label=labels(answer)[0]))
    assert not tapped.ephemeral


async def forged(world: World, custom_id: str) -> discord.Message:
    """An answer whose first question carries another custom_id."""
    answer = await world.ask("deficit with Vietnam")
    first = next(button["custom_id"] for button in buttons(answer) if button["custom_id"].startswith("ask:"))
    return forge(world, answer, first, custom_id)


@pytest.mark.parametrize(
    "custom_id",
    ["ask", "ask::", "ask:1:r1:", "ask:1:r1: x", "ask:x:r1:deficit with Vietnam", "ask:-1:r1:top 5", "publish:37", "\u202eask", "a" * 100],
)
async def test_a_forged_button_gets_a_sentence(world: World, custom_id: str) -> None:
    told = response(await world.alice.click(await forged(world, custom_id), custom_id=custom_id))
    assert told.ephemeral
    assert told.content == UNKNOWN


@pytest.mark.parametrize("question", ["@everyone", "{{7*7}}", "deficit with Atlantis", "\u202e\u0007"])
async def test_a_forged_question_is_only_a_question(world: World, question: str) -> None:
    custom_id = f"ask:{world.alice.id}:r1:{question}"
    told = response(await world.alice.click(await forged(world, custom_id), custom_id=custom_id))
    assert told.ephemeral
    assert told.content
    assert "@everyone" not in told.content
    assert "49" not in told.content


async def test_a_question_of_an_older_revision_is_answered_from_todays_and_says_so(world: World) -> None:
    custom_id = f"ask:{world.alice.id}:r0:top 5 deficits"
    answer = response(await world.alice.click(await forged(world, custom_id), custom_id=custom_id))
    assert "China" in headline(answer)
    assert "of revision r0; this answer is of r1" in said(answer)


async def test_a_button_that_fails_is_told_with_an_id(world: World, caplog: pytest.LogCaptureFixture) -> None:
    answer = await world.ask("deficit with Vietnam")
    world.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035, message="Invalid Form Body")
    told = response(await world.alice.click(answer, label=labels(answer)[0]))
    assert told.ephemeral
    assert told.content.rpartition("(")[2].removesuffix(")") in caplog.text


async def test_an_ambiguous_name_gets_a_select_of_its_readings(world: World, simcord_env: Env) -> None:
    asked_back = await world.ask("deficit with Congo")
    assert "Which one" in asked_back.content
    (select,) = selects(asked_back)
    assert len(select["options"]) >= 2
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    for option in select["options"]:
        chosen = response(await world.alice.select(asked_back, [option["value"]], custom_id=select["custom_id"]))
        assert not chosen.ephemeral
        assert "2025" in said(chosen)
        assert "Congo" in said(chosen)
    assert response(await world.bob.select(asked_back, [select["options"][0]["value"]], custom_id=select["custom_id"])).ephemeral


@pytest.mark.parametrize("question", ["what will the deficit be in 2027?", "deficit with Vietnm and Atlantis", "services trade with India"])
async def test_a_refusal_offers_the_nearest_questions(world: World, question: str) -> None:
    refusal = await world.ask(question)
    assert refusal.content
    assert len(list(parts(refusal))) <= 10
    for label in labels(refusal):
        assert not response(await world.alice.click(refusal, label=label)).ephemeral, label


async def test_suggestions_that_do_not_fit_are_left_out(desk: Desk) -> None:
    room = 100 - len(f"ask:{LONGEST_ID}:r1:")
    fitting, long = "x" * room, "x" * (room + 1)
    reply = desk.ask("deficit with Vietnam")
    card = dataclasses.replace(reply.card, suggestions=(long, fitting, fitting, "", "two\nlines", " ", "y", "z"))
    made = follow_ups(dataclasses.replace(reply, card=card), LONGEST_ID)
    assert [button["custom_id"].rpartition(":")[2] for button in made] == [fitting, "y"]
    assert all(len(button["custom_id"]) <= 100 for button in made)
