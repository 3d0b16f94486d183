"""The rules by which a card is shortened, and cards at the edge of every limit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discord_app.world import World, response, said
from tradebot import checks
from tradebot.desk import Desk
from tradebot.discord_app import columns
from tradebot.discord_app.layout import lay_out
from tradebot.discord_app.limits import CONTENT, EMBED_DESCRIPTION, EMBED_TOTAL, MORE, Parts, fit, shorten
from tradebot.presentation.card import Card, Sheet

WORD = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=12)
TEXT = st.lists(WORD, min_size=1, max_size=300).map(" ".join)
ROWS = tuple((str(at), f"Republic of Somewhere-Very-Far-Away number {at}", f"${at}.3 bn", f"${at}.7 bn") for at in range(1, 241))
SHEET = Sheet("Largest deficits, 2025", ("Rank", "Partner", "2025", "2024"), ROWS, (True, False, True, True))
LONG = Card(
    "answer",
    "The US ran deficits with many. " * 100,
    tuple(f"Paragraph {at} has several sentences. They go on. " * 20 for at in range(30)),
    SHEET,
    read_as="largest deficits, all partners, 2025",
    foot=tuple(f"a source with a long name, number {at}" for at in range(100)),
)


@given(TEXT, st.integers(0, 400))
def test_shortening_keeps_whole_words_and_the_limit(text: str, room: int) -> None:
    short = shorten(text, room)
    assert len(short) <= room
    if short != text:
        kept = short.split()[:-1]
        assert text.split()[: len(kept)] == kept


def test_shortening_ends_after_a_sentence_where_one_fits() -> None:
    assert shorten("It is so. It is not so. And more.", 20) == "It is so. …"
    assert shorten("It is so and goes on without an end", 20) == "It is so and goes …"


@given(st.lists(TEXT, max_size=6), st.integers(0, 40), TEXT, st.integers(60, 3000))
def test_a_fitted_text_is_within_the_room_and_says_what_is_missing(paragraphs: list[str], rows: int, closing: str, room: int) -> None:
    parts = Parts(tuple(paragraphs), "", tuple(f"row {at}" for at in range(rows + 1)), (closing,))
    text = fit(parts, room)
    whole = parts.text(len(parts.lines), rows)
    assert len(text) <= room
    assert text == whole if len(whole) <= room else "…" in text or not text
    assert text.count("```") in (0, 2)


def test_rows_go_first_then_lines_then_the_table() -> None:
    parts = Parts(("one two three", "- four\n- five\n- six"), "", ("head", *(f"row {at}" for at in range(9))), ("closing",))
    fewer_rows = fit(parts, len(parts.text(5, 9)) - 1)
    assert fewer_rows in [parts.text(5, rows) for rows in range(3, 9)]
    assert MORE in fewer_rows
    fewer_lines = fit(parts, len(parts.text(5, 3)) - 1)
    assert fewer_lines == parts.text(4, 3)
    assert "- five\n\n```" in fewer_lines
    assert "six" not in fewer_lines
    assert fit(parts, len(parts.text(1, 3)) - 1) == parts.text(1, 0)
    assert "closing" in fit(parts, len(parts.text(1, 0)) - 1)


def test_the_longest_card_fits_every_limit() -> None:
    layout = lay_out(LONG)
    assert layout.embed is not None
    assert 0 < len(layout.content) <= CONTENT
    assert 0 < len(layout.plain) <= CONTENT
    assert len(layout.embed.description or "") <= 4096
    assert len(layout.embed.footer.text or "") <= 2048
    assert len(layout.embed) <= 6000
    assert MORE in (layout.embed.description or "")
    assert "Read as" in (layout.embed.description or "")


@pytest.mark.parametrize("text", ["@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "[click](https://example.com)"])
def test_no_part_of_a_card_pings_or_links(text: str) -> None:
    sheet = Sheet(text, (text,), ((text,),), (False,))
    layout = lay_out(Card("answer", text, (text,), sheet, read_as=text, foot=(text,)))
    assert layout.embed is not None
    for part in (layout.content, layout.plain, layout.embed.description or "", layout.embed.footer.text or ""):
        assert text not in part


def test_a_refusal_is_plain_text() -> None:
    layout = lay_out(Card("refuse", "I do not know that.", ("Try another.",)))
    assert layout.embed is None
    assert layout.content == layout.plain == "I do not know that.\n\nTry another."


def test_a_table_is_forty_columns_wide_and_loses_nothing() -> None:
    drawn = "\n".join(columns.lines(SHEET))
    assert max(len(line) for line in drawn.split("\n")) <= 40
    for row in ROWS:
        for cell in row:
            assert set(cell.split()) <= set(drawn.split())


def test_a_table_of_short_cells_stays_in_one_line_a_row() -> None:
    sheet = Sheet("", ("", "Partner", "2025"), (("1", "China", "$202.7 bn"), ("2", "Mexico", "$197.0 bn")), (True, False, True))
    assert columns.lines(sheet) == ["  Partner      2025", "1 China   $202.7 bn", "2 Mexico  $197.0 bn"]


def test_a_table_too_wide_for_a_phone_becomes_a_list() -> None:
    sheet = Sheet("", tuple(f"Column {at}" for at in range(6)), (tuple(f"${at}99.9 bn" for at in range(6)),), (True,) * 6)
    drawn = columns.lines(sheet)
    assert all(len(line) <= 40 for row in drawn for line in row.split("\n"))
    assert all(f"${at}99.9 bn".split()[0] in drawn[1] for at in range(6))


NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def test_every_intents_answers_fit_and_say_the_same_as_plain_text(desk: Desk) -> None:
    for test in (test for intent in desk.knowledge.intents for test in intent.tests):
        card = checks.ask(desk, test).card
        if card.outcome == "silent":
            continue
        layout = lay_out(card)
        assert 0 < len(layout.content) <= CONTENT
        assert len(layout.plain) <= CONTENT
        shown = layout.content
        if layout.embed:
            assert len(layout.embed.description or "") <= EMBED_DESCRIPTION
            assert len(layout.embed) <= EMBED_TOTAL
            shown = f"{shown} {layout.embed.description} {layout.embed.footer.text}"
            assert MORE not in shown, card.headline
        if MORE not in layout.plain:
            assert set(NUMBER.findall(shown)) == set(NUMBER.findall(layout.plain)), card.headline
        for block in re.findall(r"```\n(.*?)\n```", shown, flags=re.DOTALL):
            assert max(map(len, block.split("\n"))) <= 40, block


@pytest.mark.parametrize(
    "question", ["all deficits in 2025 ranked", "top 230 deficits", "top 50 partners by imports", "tariff timeline of China", "help"]
)
async def test_the_longest_answers_are_accepted_by_discord(world: World, question: str) -> None:
    mentioned = await world.ask(question)
    slashed = response(await world.alice.slash(world.channel, "ask", question=question))
    for message in (mentioned, slashed):
        assert len(message.content) <= CONTENT
        assert sum(len(embed) for embed in message.embeds) <= 6000
        for line in re.findall(r"```\n(.*?)\n```", said(message), flags=re.DOTALL):
            assert max(len(each) for each in line.split("\n")) <= 40
