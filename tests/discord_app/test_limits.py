"""The rules by which a card is shortened, and cards at the edge of every limit."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discord_app.world import World, parts, response, said
from tradebot import checks
from tradebot.desk import Desk, Reply
from tradebot.discord_app.card import columns
from tradebot.discord_app.card.components import ROW_WIDTH, Component, width
from tradebot.discord_app.card.controls import Shown
from tradebot.discord_app.card.layout import as_embed, as_text, as_texts, pieces
from tradebot.discord_app.card.limits import (
    BUTTON_LABEL,
    CARD_COMPONENTS,
    CARD_TEXT,
    CHOICE,
    CHOICES,
    CONTENT,
    EMBED_DESCRIPTION,
    EMBED_TOTAL,
    MORE,
    VIEW_ROWS,
    Parts,
    fit,
    shorten,
)
from tradebot.discord_app.card.menus import Menus
from tradebot.discord_app.card.message import CARDS, EMBED, TEXT, Sendable, sendable
from tradebot.pictures import Kind, Picture
from tradebot.presentation.card import Card, Sheet

WORD = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=12)
WORDS = st.lists(WORD, min_size=1, max_size=300).map(" ".join)
ROWS = tuple((str(at), f"Republic of Somewhere-Very-Far-Away number {at}", f"${at}.3 bn", f"${at}.7 bn") for at in range(1, 241))
SHEET = Sheet("Largest deficits, 2025", ("Rank", "Partner", "2025", "2024"), ROWS, (True, False, True, True))
LONG = Card(
    "answer",
    "The US ran deficits with many. " * 100,
    tuple(f"Paragraph {at} has several sentences. They go on. " * 20 for at in range(30)),
    SHEET,
    read_as="largest deficits, all partners, 2025",
    foot=tuple(f"a source with a long name, number {at}" for at in range(100)),
    suggestions=("x" * 60, "y" * 60),
)
PICTURE = Picture(b"", "a long description of what the chart shows " * 40, "")
LARGEST_ID = 2**64 - 1
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@given(WORDS, st.integers(0, 400))
def test_shortening_keeps_whole_words_and_the_limit(text: str, room: int) -> None:
    short = shorten(text, room)
    assert len(short) <= room
    if short != text:
        kept = short.split()[:-1]
        assert text.split()[: len(kept)] == kept


def test_shortening_ends_after_a_sentence_where_one_fits() -> None:
    assert shorten("It is so. It is not so. And more.", 20) == "It is so. …"
    assert shorten("It is so and goes on without an end", 20) == "It is so and goes …"


@given(st.lists(WORDS, max_size=6), st.integers(0, 40), WORDS, st.integers(60, 3000))
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


def test_the_longest_card_fits_every_limit_on_every_surface(desk: Desk) -> None:
    reply = desk.ask("top 25 deficits", today=checks.TODAY)
    long = dataclasses.replace(reply, card=dataclasses.replace(LONG, sheet=dataclasses.replace(SHEET, bars=())))
    for surface in (CARDS, EMBED, TEXT):
        measured(long, surface, desk, PICTURE)
    of = pieces(LONG)
    for text in ("".join(as_texts(of)), str(as_embed(of)[1] and as_embed(of)[1].description), as_text(of)):  # type: ignore[union-attr]
        assert MORE in text
        assert "Read as" in text


def measured(reply: Reply, surface: str, desk: Desk, picture: Picture | None = None) -> str:
    """What a person reads of a reply on one surface, after everything about it was measured."""
    message = sendable(
        Shown(reply, LARGEST_ID, picture=picture, charted=Kind.CHART if picture else None, kept=True), surface, Menus(desk.knowledge)
    )
    view = message.get("view")
    every = list(walked(view.to_components())) if view else []
    for row in (each for each in every if each["type"] == discord.ComponentType.action_row.value):
        assert 0 < sum(map(width, row["components"])) <= ROW_WIDTH
    for select in (each for each in every if "options" in each):
        assert 0 < len(select["options"]) <= CHOICES
        assert all(0 < len(each[part]) <= CHOICE for each in select["options"] for part in ("label", "value"))
    assert all(0 < len(each["label"]) <= BUTTON_LABEL for each in every if "label" in each)
    if view and view.is_card:
        texts = [each["content"] for each in every if "content" in each]
        assert sum(map(len, texts)) <= CARD_TEXT
        assert len(every) <= CARD_COMPONENTS
        return "\n".join(texts)
    assert 0 < len(message["content"]) <= CONTENT
    if view:
        assert len(view.to_components()) <= VIEW_ROWS
    embed = message.get("embed")
    if embed is None:
        return message["content"]
    assert len(embed.description or "") <= EMBED_DESCRIPTION
    assert len(embed) <= EMBED_TOTAL
    return f"{message['content']}\n{embed.description}\n{embed.footer.text}"


def walked(components: Iterable[Component]) -> Iterator[Component]:
    """Every component, from the outside in."""
    for each in components:
        yield each
        yield from walked(each.get("components", ()))


def test_every_intents_answers_fit_and_say_the_same_on_every_surface(desk: Desk) -> None:
    for test in (test for intent in desk.knowledge.intents for test in intent.tests):
        reply = checks.ask(desk, test)
        if reply.outcome == "silent":
            continue
        shown = {surface: measured(reply, surface, desk) for surface in (CARDS, EMBED, TEXT)}
        assert MORE not in shown[CARDS], reply.question
        for surface in (EMBED, TEXT):
            if MORE not in shown[surface]:
                assert NUMBER.findall(shown[surface]) == NUMBER.findall(shown[CARDS]), reply.question
        for block in re.findall(r"```\n(.*?)\n```", shown[CARDS], flags=re.DOTALL):
            assert max(map(len, block.split("\n"))) <= 40, block


def test_every_item_of_every_card_has_an_id_of_its_own(desk: Desk) -> None:
    held = Menus(desk.knowledge)
    for test in (test for intent in desk.knowledge.intents for test in intent.tests):
        reply = checks.ask(desk, test)
        if reply.outcome == "silent":
            continue
        for private in (True, False):
            view = sendable(Shown(reply, LARGEST_ID, private=private), CARDS, held).get("view")
            ids = [each["custom_id"] for each in walked(view.to_components()) if "custom_id" in each] if view else []
            assert len(ids) == len(set(ids)), reply.question
            assert all(len(each) <= 100 for each in ids)


def test_a_card_that_was_laid_out_for_somebody_is_the_same_for_everybody(desk: Desk) -> None:
    held = Menus(desk.knowledge)
    for test in (test for intent in desk.knowledge.intents for test in intent.tests):
        reply, again = checks.ask(desk, test), checks.ask(desk, test)
        for asker in (LARGEST_ID, LARGEST_ID - 1, 7, 7_000):
            for surface, private in itertools.product((CARDS, EMBED, TEXT), (True, False)):
                fresh = dataclasses.replace(again, card=dataclasses.replace(again.card))
                one, other = (sendable(Shown(each, asker, private=private), surface, held) for each in (reply, fresh))
                assert one.get("content") == other.get("content")
                assert one.get("embed") == other.get("embed")
                assert components(one) == components(other), (reply.question, asker)


def components(message: Sendable) -> list[Component]:
    return message["view"].to_components() if "view" in message else []


@pytest.mark.parametrize("text", ["@everyone", "@here", "<@123456789012345678>", "<@&123456789012345678>", "[click](https://example.com)"])
def test_no_part_of_a_card_pings_or_links(text: str) -> None:
    sheet = Sheet(text, (text,), ((text,),), (False,))
    of = pieces(Card("answer", text, (text,), sheet, read_as=text, foot=(text,)), note=text)
    content, embed = as_embed(of)
    assert embed is not None
    for part in (*as_texts(of), content, as_text(of), embed.description or "", embed.footer.text or ""):
        assert text not in part


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


@pytest.mark.parametrize(
    "question", ["all deficits in 2025 ranked", "top 230 deficits", "top 50 partners by imports", "tariff timeline of China", "help"]
)
async def test_the_longest_answers_are_accepted_by_discord(world: World, question: str) -> None:
    mentioned = await world.ask(question)
    slashed = response(await world.alice.slash(world.channel, "ask", question=question))
    for message in (mentioned, slashed):
        assert len(list(parts(message))) <= CARD_COMPONENTS
        for line in re.findall(r"```\n(.*?)\n```", said(message), flags=re.DOTALL):
            assert len(line.split("\n")) <= 11
            assert max(len(each) for each in line.split("\n")) <= 40
