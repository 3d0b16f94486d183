"""The selects of a card as people use them, before and after a restart, and ids that nobody made."""

from __future__ import annotations

import dataclasses
from copy import deepcopy

import pytest
from simcord import Env

from discord_app.world import (
    Message,
    World,
    buttons,
    choose,
    chosen,
    forge,
    headline,
    moderator,
    now,
    response,
    said,
    selects,
    tap,
)
from tradebot import checks
from tradebot.desk import Desk
from tradebot.discord_app.card import changes
from tradebot.discord_app.card.buttons import UNKNOWN
from tradebot.discord_app.card.codec import custom_id, pack, unpack
from tradebot.discord_app.card.menus import OTHER, Menus
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.taps import FORGOTTEN, LAST_PAGE, NO_CHOICE
from tradebot.query import Query


async def test_the_selects_show_how_the_question_was_read(world: World) -> None:
    assert chosen(await world.ask("deficit with Vietnam")) == ["Vietnam", "Balance", "2025"]
    assert chosen(await world.ask("imports from Iceland in March 2019")) == ["Iceland", "Imports", "March 2019"]
    assert chosen(await world.ask("top 5 surpluses 2018")) == ["Surpluses", "2018"]


async def test_a_card_is_changed_in_place(world: World) -> None:
    card = await world.ask("deficit with Vietnam")
    await choose(world, card, "p", "JP")
    assert "$64.4 bn goods deficit with Japan in 2025" in headline(now(world, card))
    await choose(world, now(world, card), "y", "2018")
    await choose(world, now(world, card), "m", "imports")
    changed = now(world, card)
    assert headline(changed).startswith("The US imported $142.2 bn of goods from Japan in 2018")
    assert chosen(changed) == ["Japan", "Imports", "2018"]
    assert len(world.posted()) == 1


async def test_a_group_is_changed_for_a_partner_and_back(world: World) -> None:
    card = await world.ask("imports from the EU")
    assert chosen(card) == ["European Union", "Imports", "2025"]
    await choose(world, card, "p", "JP")
    assert "goods from Japan in 2025" in headline(now(world, card))
    await tap(world, now(world, card), "Chart")
    assert chosen(now(world, card)) == ["Japan", "Imports", "2025"]


async def test_goods_are_shown_for_another_year_that_is_held(world: World) -> None:
    card = await world.ask("what do we import from Ireland")
    assert chosen(card) == ["Ireland", "2024"]
    assert "-# 2024 · Census Bureau" in said(card)
    await choose(world, card, "y", "2023")
    assert "pharmaceuticals: $35.5 bn in 2023" in headline(now(world, card))


async def test_tariffs_are_shown_for_another_day_and_partner(world: World) -> None:
    card = await world.ask("tariffs on Canada")
    assert chosen(card) == ["Canada", "Today"]
    await choose(world, card, "y", "2025-04-01")
    assert headline(now(world, card)).startswith("On 1 Apr 2025 goods from Canada bore 25 %")
    await choose(world, now(world, card), "p", "MX")
    assert chosen(now(world, card)) == ["Mexico", "1 Apr 2025"]
    await choose(world, now(world, card), "y", "today")
    assert headline(now(world, card)).startswith("As last reviewed on 22 Aug 2026, goods from Mexico")


async def test_what_was_changed_can_be_followed_up_in_words(world: World) -> None:
    await choose(world, await world.ask("deficit with Vietnam"), "m", "exports")
    assert "exported" in headline(await world.ask("and japan?"))


async def test_selects_work_after_a_restart(world: World, simcord_env: Env) -> None:
    card = await world.ask("deficit with Vietnam")
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    await choose(world, card, "y", "2015-01/2025-12")
    assert "widened from" in headline(now(world, card))


async def test_somebody_else_gets_a_changed_copy_alone(world: World) -> None:
    card = await world.ask("deficit with Vietnam")
    before = said(card)
    copy = response(await choose(world, card, "p", "JP", by=world.bob))
    assert copy.ephemeral
    assert "Japan" in headline(copy)
    assert said(now(world, card)) == before
    own = await choose(world, copy.message, "p", "KR", by=world.bob)
    assert own.response is None or own.response.ephemeral
    assert len(world.posted()) == 1


async def test_a_moderator_changes_it_for_everybody_and_the_asker_still_may(world: World) -> None:
    card = await world.ask("deficit with Vietnam")
    await choose(world, card, "p", "JP", by=moderator(world))
    assert "Japan" in headline(now(world, card))
    await choose(world, now(world, card), "p", "KR")
    assert "South Korea" in headline(now(world, card))


async def test_two_people_tapping_the_same_card_get_what_each_should(world: World) -> None:
    card = await world.ask("deficit with Vietnam")
    stored = world.env.backend.get_message(world.channel.id, card.id)
    as_it_was = deepcopy(stored.components)
    await choose(world, card, "p", "JP")
    assert "Japan" in headline(now(world, card))
    as_it_is, stored.components = stored.components, as_it_was  # what bob's screen still shows when he taps
    theirs = await choose(world, card, "p", "CN", by=world.bob)
    stored.components = as_it_is
    assert "Japan" in headline(now(world, card))
    copy = response(theirs)
    assert copy.ephemeral
    assert "China" in headline(copy)


async def test_a_change_without_an_answer_leaves_the_card_as_it_is(world: World) -> None:
    card = await world.ask("deficit with Vietnam in 1995")
    before = said(card)
    told = response(await choose(world, card, "p", "TW"))
    assert not told.ephemeral or told.content
    assert said(now(world, card)) == before or "Taiwan" in headline(now(world, card))


async def test_another_period_in_words_comes_through_a_form(world: World, simcord_env: Env) -> None:
    card = await world.ask("deficit with Vietnam")
    opened = await choose(world, card, "y", "?")
    assert opened.modal is not None
    assert opened.modal["title"] == "Change the question"
    await simcord_env.restart_bot(TradeClient(world.bot.desk))
    await world.alice.submit_modal(opened, {"text": "March 2019"})
    assert "March 2019" in headline(now(world, card))
    assert chosen(now(world, card)) == ["Vietnam", "Balance", "March 2019"]


async def test_another_partner_in_words_comes_through_a_form(world: World) -> None:
    card = await world.ask("deficit with Vietnam in 2018")
    await world.alice.submit_modal(await choose(world, card, "p", "?"), {"text": "iceland"})
    assert "Iceland" in headline(now(world, card))
    assert "2018" in headline(now(world, card))


async def test_words_that_nobody_understands_are_told_alone(world: World) -> None:
    card = await world.ask("deficit with Vietnam")
    before = said(card)
    result = await world.alice.submit_modal(await choose(world, card, "p", "?"), {"text": "Atlantis"})
    told = response(result)
    assert told.ephemeral
    assert "Atlantis" in told.content
    assert said(now(world, card)) == before


async def test_a_card_outlives_the_question(world: World) -> None:
    card = await world.ask("deficit with Vietnam")
    (question,) = [each for each in world.channel.history() if each.author.id == world.alice.id]
    await world.env.advance_time(61)  # sooner, the answer goes with it
    await world.alice.delete(question)
    await choose(world, card, "p", "JP")
    assert "Japan" in headline(now(world, card))


async def test_cards_work_in_direct_messages(world: World) -> None:
    user = world.alice.user
    await user.send_dm("deficit with Vietnam")
    (card,) = world.posted(user.dm_channel)
    (select,) = [each for each in selects(card) if each["custom_id"].startswith("c2p")]
    await user.select(card, ["JP"], custom_id=select["custom_id"])
    (changed,) = world.posted(user.dm_channel)
    assert "Japan" in headline(changed)


async def forged(world: World, verb: str, query: Query | str, revision: str = "r1") -> tuple[Message, str]:
    """A card whose button Sources has another id."""
    card = await world.ask("deficit with Vietnam")
    (sources,) = [each for each in buttons(card) if each["label"] == "Sources"]
    packed = pack(world.alice.id, revision, query)
    assert packed
    made = custom_id(verb, packed)
    return forge(world, card, sources["custom_id"], made), made


async def test_a_card_of_an_older_revision_is_answered_from_todays_and_says_so(world: World) -> None:
    card, made = await forged(world, "n", Query("ranking", limit=10, assumed=("period",)), "r0")
    await world.alice.click(card, custom_id=made)
    assert "of revision r0; this answer is of r1" in said(now(world, card))
    assert unpack(next(each["custom_id"] for each in selects(now(world, card)))).revision == "r1"


@pytest.mark.parametrize(
    ("verb", "query", "sentence"),
    [
        ("s", Query("partner_balance", ("XX",)), "“XX”, which is not in today's record"),
        ("s", Query("no_such_question"), "“no_such_question”, which is not"),
        ("s", Query("partner_balance", groups=("ATLANTIS",)), "“ATLANTIS”, which is not"),
        ("n", Query("ranking", offset=500, limit=10), LAST_PAGE),
        ("p", Query("partner_balance", ("VN",)), NO_CHOICE),
        ("q", Query("partner_balance", ("VN",)), UNKNOWN),
        ("s", "A-7Q2FXX", FORGOTTEN),
    ],
)
async def test_what_was_tampered_with_gets_a_sentence(world: World, verb: str, query: Query | str, sentence: str) -> None:
    card, made = await forged(world, verb, query)
    told = response(await world.alice.click(card, custom_id=made))
    assert told.ephemeral
    assert sentence in told.content


async def test_an_id_cut_short_gets_a_sentence(world: World) -> None:
    card = await world.ask("deficit with Vietnam")
    (sources,) = [each for each in buttons(card) if each["label"] == "Sources"]
    cut = sources["custom_id"][:-9]
    told = response(await world.alice.click(forge(world, card, sources["custom_id"], cut), custom_id=cut))
    assert told.ephemeral
    assert told.content == UNKNOWN


async def test_a_control_that_fails_is_told_with_an_id(world: World, caplog: pytest.LogCaptureFixture) -> None:
    card = await world.ask("deficit with Vietnam")
    world.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035, message="Invalid Form Body")
    told = response(await tap(world, card, "From their side"))
    assert told.ephemeral
    assert told.content.rpartition("(")[2].removesuffix(")") in caplog.text


def test_every_choice_of_every_card_has_an_answer_or_a_reason(desk: Desk) -> None:
    held, seen = Menus(desk.knowledge), set[tuple[str, str, str]]()
    for intent in desk.knowledge.intents:
        for test in intent.tests:
            reply = checks.ask(desk, test)
            for menu in held.of(reply):
                for value in [each["value"] for each in menu.options if each["value"] != OTHER][::3]:
                    if (intent.id, reply.answer.template, value) in seen or reply.asked is None:
                        continue
                    seen.add((intent.id, reply.answer.template, value))
                    query = changes.changed(reply.asked, menu.kind, value, desk.knowledge)
                    again = desk.answer(query, today=checks.TODAY)
                    assert again.outcome in ("answer", "refuse"), (reply.question, value)
                    assert not changes.unknown(query, desk.knowledge)
                    if again.outcome == "answer" and not dataclasses.replace(query, period=None).source:
                        assert value in [each["value"] for other in held.of(again) for each in other.options if each.get("default")], (
                            reply.question,
                            menu.kind,
                            value,
                            again.card.headline,
                        )
