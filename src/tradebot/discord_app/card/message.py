"""What is sent: one reply on one of three surfaces.

Shown ─▶ rows of controls + words ─▶ Laid (kept with the card) ─▶ cards (components) · embed · text, for one asker
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple, TypedDict

import discord

from tradebot.discord_app.card import pages
from tradebot.discord_app.card.charts import URL, file_of
from tradebot.discord_app.card.components import Component, Components, Row, container, gallery, row, text, width
from tradebot.discord_app.card.controls import Shown, for_asker, rows
from tradebot.discord_app.card.layout import COLOUR, Pieces, as_embed, as_text, as_texts, pieces
from tradebot.discord_app.card.limits import ALT, VIEW_ROWS, shorten
from tradebot.discord_app.card.menus import Menus
from tradebot.pictures import Picture
from tradebot.presentation.form import form

CARDS, EMBED, TEXT = "cards", "embed", "text"
LAID = 8
"""In how many ways a card is kept laid out: pages, languages of numbers, private or not."""


class Sendable(TypedDict, total=False):
    """What both a channel and an interaction take for a new message."""

    content: str
    embed: discord.Embed
    view: Any  # Components: discord.py's types know its own views only
    file: discord.File


class Editable(TypedDict, total=False):
    """What replaces all that a message showed before."""

    content: str | None
    embeds: list[discord.Embed]
    view: Any
    attachments: list[discord.File]


class Laid(NamedTuple):
    """A message, and the components under or in it, whose ids name the one it was laid out for."""

    message: Sendable
    components: list[Component]
    asker: int

    def for_asker(self, asker: int) -> list[Component]:
        return self.components if asker == self.asker else for_asker(self.components, asker)


def sendable(shown: Shown, surface: str, menus: Menus) -> Sendable:
    """A new message. What is no answer is plain text on every surface: short, and read out by notifications."""
    surface = surface if shown.reply.outcome == "answer" else TEXT
    laid = _laid(shown, surface, menus)
    message = Sendable(**laid.message)
    if laid.components:
        message["view"] = Components(laid.for_asker(shown.asker), is_card=surface == CARDS)
    if shown.picture:
        message["file"] = file_of(shown.picture)
    return message


def editable(shown: Shown, surface: str, menus: Menus) -> Editable:
    """The same in place of what a message shows now."""
    made = sendable(shown, surface, menus)
    files = [made["file"]] if "file" in made else []
    if surface == CARDS:
        return Editable(view=made.get("view"), attachments=files)
    embeds = [made["embed"]] if "embed" in made else []
    return Editable(content=made.get("content"), embeds=embeds, view=made.get("view"), attachments=files)


def surface_of(message: discord.Message) -> str:
    """The surface that a message of ours was made for; it cannot change to or from components."""
    if message.flags.components_v2:
        return CARDS
    return EMBED if message.embeds else TEXT


def _laid(shown: Shown, surface: str, menus: Menus) -> Laid:
    """As it was laid out before, for whomever: what is asked again and again costs little more than its words."""
    reply, drawn, digits = shown.reply, bool(shown.picture), len(str(shown.asker))  # of which there is room for fewer in an id
    asked = (reply.answer_id, shown.page, shown.charted, drawn, shown.private, shown.note, shown.kept, shown.numbers, digits)
    kept, way = reply.card.laid, (surface, menus, *asked)
    laid: Laid | None = kept.get(way)
    if laid is None:
        if len(kept) >= LAID:
            kept.clear()
        laid = kept[way] = _lay_out(shown, surface, menus)
    return laid


def _lay_out(shown: Shown, surface: str, menus: Menus) -> Laid:
    words, made = _words(shown), rows(shown, menus)
    if surface == CARDS:
        return Laid(Sendable(), [_card(words, shown.picture), *map(row, made)], shown.asker)
    message = Sendable(content=as_text(words))
    if surface == EMBED:
        message["content"], embed = as_embed(words)
        if embed:
            message["embed"] = embed.set_image(url=URL) if shown.picture else embed
    return Laid(message, [row(each) for each in _fitted(made)], shown.asker)


def _words(shown: Shown) -> Pieces:
    """The words of the page shown; the foot begins with the period that the answer is about."""
    reply = shown.reply
    card = pages.sliced(reply.card, shown.page)
    if reply.period and card.foot:
        card = replace(card, foot=(reply.period.label, *card.foot))
    if numbers := form(shown.numbers):
        card = numbers.card(card)
    return pieces(card, place=pages.turning(reply, shown.page).place, note=shown.note)


def _card(words: Pieces, picture: Picture | None) -> Component:
    """Headline, text and table, chart, foot in one frame."""
    *texts, foot = as_texts(words) if words.foot else (*as_texts(words), "")
    parts = [text(each) for each in texts]
    if picture:
        parts.append(gallery(URL, shorten(picture.alt, ALT)))
    if foot:
        parts.append(text(foot))
    return container(parts, COLOUR)


def _fitted(made: list[Row]) -> list[Row]:
    """As many rows as a message without components may have: where there are more, short ones stand side by side."""
    rows = list(made)
    while len(rows) > VIEW_ROWS:
        pairs = [[*one, *other] for one, other in pairwise(rows)]
        at = min(range(len(pairs)), key=lambda at: sum(map(width, pairs[at])))
        rows[at : at + 2] = [pairs[at]]
    return rows
