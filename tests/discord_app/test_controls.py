"""The controls of a card as people use them: selects, pages, chart, sources, the other side, delete; before and after a restart."""

from __future__ import annotations

import dataclasses
from copy import deepcopy

import discord
import pytest
from simcord import Env, InteractionResult, MemberActor

from discord_app.world import World, buttons, forge, headline, parts, response, said, selects, tools
from tradebot import checks
from tradebot.desk import Desk
from tradebot.discord_app import changes
from tradebot.discord_app.buttons import UNKNOWN
from tradebot.discord_app.client import TradeClient
from tradebot.discord_app.codec import custom_id, pack, unpack
from tradebot.discord_app.menus import OTHER, Menus
from tradebot.discord_app.taps import FORGOTTEN, LAST_PAGE, NO_CHOICE, NOT_YOURS
from tradebot.query import Query

Message = discord.Message


async def tap(world: World, message: Message, label: str, by: MemberActor | None = None) -> InteractionResult:
    """Taps the button with that label."""
    (button,) = [each for each in buttons(message) if each["label"] == label]
    return await (by or world.alice).click(message, custom_id=button["custom_id"])


async def choose(world: World, message: Message, kind: str, value: str, by: MemberActor | None = None) -> InteractionResult:
    """Chooses a value in the select for the partner (p), the measure (m) or the period (y)."""
    (select,) = [each for each in selects(message) if each["custom_id"].startswith(f"c1{kind}")]
    return await (by or world.alice).select(message, [value], custom_id=select["custom_id"])


def chosen(message: Message) -> list[str]:
    """What the selects of a card show."""
    return [option["label"] for select in selects(message) for option in select["options"] if option.get("default")]


def now(world: World, message: Message) -> Message:
    """The message as it is now."""
    return next(each for each in world.posted() if each.id == message.id)


def moderator(world: World) -> MemberActor:
    role = world.guild.create_role("Mods", permissions=discord.Permissions(manage_messages=True, view_channel=True))
    return world.guild.add_member(world.env.create_user("mo"), roles=[role])


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
    (select,) = [each for each in selects(card) if each["custom_id"].startswith("c1p")]
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
                for value in [each.value for each in menu.options if each.value != OTHER][::3]:
                    if (intent.id, reply.answer.template, value) in seen or reply.asked is None:
                        continue
                    seen.add((intent.id, reply.answer.template, value))
                    query = changes.changed(reply.asked, menu.kind, value, desk.knowledge)
                    again = desk.answer(query, today=checks.TODAY)
                    assert again.outcome in ("answer", "refuse"), (reply.question, value)
                    assert not changes.unknown(query, desk.knowledge)
                    if again.outcome == "answer" and not dataclasses.replace(query, period=None).source:
                        assert value in [each.value for other in held.of(again) for each in other.options if each.chosen], (
                            reply.question,
                            menu.kind,
                            value,
                            again.card.headline,
                        )
