"""`/knowledge review`: misses become knowledge and a test, through three buttons."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from simcord import InteractionResult, MemberActor

from discord_app.moderating.conftest import Office, read
from journal.happenings import asked
from tradebot.discord_app.moderating.reviewing import GONE, NOTHING
from tradebot.discord_app.moderating.rights import Moderators
from tradebot.discord_app.moderating.showing import NOT_YOURS
from tradebot.journal.journal import Journal

IN_VAIN = (
    ("namland", "deficit with namland", 3),
    ("freight rates", "freight rates from Vietnam", 2),
    ("red with", "in the red with Vietnam", 1),
)


@pytest.fixture
async def asked_in_vain(office: Office, tmp_path: Path) -> AsyncIterator[Office]:
    """Three kinds of questions that were refused, in a real journal."""
    where = f"sqlite:///{tmp_path / 'journal.sqlite'}"
    telling = await Journal.open(where)
    for missed, text, count in IN_VAIN:
        for _ in range(count):
            telling.note(asked(text, "refuse", missed=missed, asked_at=dt.datetime.now(tz=dt.UTC)))
    await telling.close()  # writes what it was told
    office.bot.journal = journal = await Journal.open(where)
    yield office
    await journal.close()


async def tap(by: MemberActor, shown: InteractionResult, label: str) -> InteractionResult:
    assert shown.response is not None
    return await by.click(shown.response, label=label)


async def test_a_spelling_and_a_gap_go_into_the_draft_with_their_tests(asked_in_vain: Office) -> None:
    office = asked_in_vain
    shown = await office.ann.slash(office.channel, "knowledge review")
    assert read(shown).startswith("**namland** · asked 3 times, last on ")
    assert read(shown).endswith("- deficit with namland\n-# 1 of 3")
    form = await tap(office.ann, shown, "Another spelling of …")
    said = read(await office.ann.submit_modal(form, {"name": "namland", "area": "Vietnam"}))
    assert "“namland” is another name (aliases), and a test: “deficit with namland”" in said

    shown = await office.ann.slash(office.channel, "knowledge review")
    assert read(shown).startswith("**freight rates** · asked 2 times")
    form = await tap(office.ann, shown, "We do not have this")
    said = read(await office.ann.submit_modal(form, {"term": "freight rates", "says": "I have no freight rates."}))
    assert "A known gap: freight rates, and a test" in said
    diff = await office.do(office.ann, "diff")
    assert "- Vietnam: aliases + “namland”" in diff
    assert "Known gap freight-rates: new" in diff


async def test_a_miss_comes_back_when_its_draft_is_discarded_and_is_settled_when_it_is_published(asked_in_vain: Office) -> None:
    office = asked_in_vain
    for end in ("discard", "publish"):
        shown = await office.ann.slash(office.channel, "knowledge review")
        assert read(shown).startswith("**namland**")
        form = await tap(office.ann, shown, "Another spelling of …")
        await office.ann.submit_modal(form, {"name": "namland", "area": "Vietnam"})
        assert (await office.do(office.bo, "review")).startswith("**freight rates**")
        if end == "discard":
            await office.do(office.ann, "discard")
    assert "r2 is published" in await office.do(office.ann, "publish", why="people write it so")
    assert (await office.do(office.bo, "review")).startswith("**freight rates**")


async def test_pages_and_what_is_dealt_with(asked_in_vain: Office) -> None:
    office = asked_in_vain
    shown = await office.ann.slash(office.channel, "knowledge review")
    second = await tap(office.ann, shown, "▶")
    assert read(second).endswith("-# 2 of 3")
    left = await tap(office.ann, second, "Dealt with")
    assert read(left).endswith("-# 1 of 2")
    for _ in range(2):
        shown = await office.ann.slash(office.channel, "knowledge review")
        await tap(office.ann, shown, "Dealt with")
    assert await office.do(office.ann, "review") == NOTHING


async def test_what_somebody_else_dealt_with_is_gone(asked_in_vain: Office) -> None:
    office = asked_in_vain
    shown = await office.ann.slash(office.channel, "knowledge review")
    form = await tap(office.ann, shown, "Another spelling of …")
    await office.bot.journal.settle("namland")
    assert read(await office.ann.submit_modal(form, {"name": "namland", "area": "Vietnam"})) == GONE


async def test_without_rights_the_buttons_lead_nowhere(asked_in_vain: Office) -> None:
    office = asked_in_vain
    assert await office.do(office.olga, "review") == NOT_YOURS
    shown = await office.ann.slash(office.channel, "knowledge review")
    form = await tap(office.ann, shown, "It asks for …")
    office.workshop.moderators = Moderators()
    for label in ("Another spelling of …", "Dealt with", "▶"):
        assert read(await tap(office.ann, shown, label)) == NOT_YOURS
    assert read(await office.ann.submit_modal(form, {"phrase": "in the red with", "intent": "partner_balance"})) == NOT_YOURS
