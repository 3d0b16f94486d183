"""A question in a custom_id: every question of the intents' own tests, and ids that nobody made."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradebot import checks
from tradebot.desk import Desk
from tradebot.discord_app.card.codec import CodecError, Tapped, custom_id, pack, unpack
from tradebot.knowledge.periods import Period
from tradebot.pictures import Kind
from tradebot.query import Query

LARGEST_ID = 2**64 - 1
MOST = 0.93
"""The share of questions that fit; the others are named by the number of their answer."""


def test_every_question_comes_back_as_it_was_and_gives_the_same_card(desk: Desk) -> None:
    fitting, all_of_them = 0, 0
    for test in (test for intent in desk.knowledge.intents for test in intent.tests):
        reply = checks.ask(desk, test)
        if reply.asked is None:
            continue
        all_of_them += 1
        packed = pack(LARGEST_ID, "r37", reply.asked)
        if packed is None:
            continue
        fitting += 1
        text = custom_id("m", packed, 3, Kind.CHART)
        assert len(text) <= 100
        tapped = unpack(text)
        assert tapped == Tapped("m", LARGEST_ID, "r37", reply.asked, 3, Kind.CHART)
        assert isinstance(tapped.about, Query)
        if reply.outcome == "answer" and reply.intent != "source":
            again = desk.answer(tapped.about, today=test.today or checks.TODAY)
            assert again.card == reply.card
            assert again.answer_id == reply.answer_id
    assert fitting / all_of_them >= MOST


def test_an_id_of_long_ago_is_still_read() -> None:
    """Messages that stand in channels carry such ids: where this fails, the dictionary or the layout needs a new version."""
    cues = frozenset({"area", "deficit", "domain", "measure", "partner", "period", "weak_term"})
    query = Query(
        "partner_balance", ("VN",), sign="deficit", period=Period.year(2018), period_said="2018", terms=("trade-deficit",), features=cues
    )
    tapped = unpack("c1m1+0k)e<rZDqPD>61$z}JO9RvYFAatTIUVX@T6&<tUzk&$^Vj+nq5r_>E{00")
    assert tapped == Tapped("m", 123456789012345678, "r37", query, 1, Kind.CHART)


def test_a_question_has_one_id_in_every_process() -> None:
    cues = ("deficit", "area", "weak_term", "partner")
    ids = {pack(1, "r1", Query("trend", features=frozenset(order))) for order in (cues, cues[::-1])}
    assert len(ids) == 1


def test_a_question_that_is_too_long_is_named_by_its_answer() -> None:
    long = Query("trend", also=("what about the deficits of 1987, 1994 and 2003 with Kyrgyzstan, Brunei and Wallis and Futuna",))
    assert pack(LARGEST_ID, "r1", long) is None
    packed = pack(LARGEST_ID, "r1", "A-7Q2FX3")
    assert packed is not None
    assert unpack(custom_id("s", packed)) == Tapped("s", LARGEST_ID, "r1", "A-7Q2FX3")


@given(st.text(max_size=100))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(CodecError):
        unpack(text)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=8, max_size=95))
def test_what_was_tampered_with_is_refused_or_is_a_question(packed: str) -> None:
    try:
        tapped = unpack(f"c2m0-{packed}")
    except CodecError:
        return
    assert isinstance(tapped.about, (str, Query))


def test_one_changed_letter_never_gives_a_crash() -> None:
    packed = pack(123, "r1", Query("partner_balance", ("VN",)))
    assert packed is not None
    for at in range(len(packed)):
        for letter in "0Az~":
            try:
                unpack(f"c2m0-{packed[:at]}{letter}{packed[at + 1 :]}")
            except CodecError:
                continue


def test_a_bomb_does_not_go_off() -> None:
    deflating = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = deflating.compress(b" " * 50_000) + deflating.flush()
    text = custom_id("m", base64.b85encode(bytes(8) + bomb).decode())
    assert len(text) <= 100
    with pytest.raises(CodecError):
        unpack(text)
