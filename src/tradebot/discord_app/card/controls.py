"""The controls of a card: selects to change it, pages to turn, buttons to look behind it. They outlive a restart.

    Shown ─▶ rows: selects · ◀ ▶ · two questions · Chart, Map, Sources, From their side, Wrong?, Delete

Each carries the whole question in its id (see codec); what a tap does is in `taps`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import discord

from tradebot.desk import Reply
from tradebot.discord_app.card import buttons, changes, codec, pages
from tradebot.discord_app.card.codec import TEMPLATE, custom_id, pack
from tradebot.discord_app.card.components import Component, Row, button, select
from tradebot.discord_app.card.menus import Menus
from tradebot.pictures import Kind, Picture, pictured
from tradebot.presentation.reply import spoken_figures

BACK, ON, CHART, MAP, SOURCES, SIDE, WRONG, DELETE, POST, SAY = "b", "n", "c", "g", "s", "v", "w", "d", "o", "x"
"""What a button does; the selects are called as in `menus`. SAY is the form that asks for a change in words."""

PICTURES = {Kind.CHART: CHART, Kind.MAP: MAP}


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply as it is shown: to whom, which page of its table, with which picture, and what else must be said.

    `kept` says whether the journal knows the answer by its number, `charted` which picture of it was asked for, `private` that
    only the asker sees it, `numbers` is the locale of numbers and days (None: English).
    """

    reply: Reply
    asker: int
    page: int = 0
    charted: Kind | None = None
    picture: Picture | None = None
    private: bool = False
    note: str = ""
    kept: bool = False
    numbers: str | None = None


class Control(discord.ui.DynamicItem[discord.ui.Item[Any]], template=TEMPLATE):
    """A select or button of a card that was tapped."""

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], __: re.Match[str], /) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        values = self.item.values if isinstance(self.item, discord.ui.Select) else ()
        await interaction.client.tapped(interaction, self.custom_id, tuple(values))


def rows(shown: Shown, menus: Menus) -> list[Row]:
    """The rows under a card, from the top."""
    if shown.reply.outcome == "clarify":
        readings = buttons.readings(shown.reply, shown.asker)
        return [[readings]] if readings else []
    asked_next = buttons.follow_ups(shown.reply, shown.asker)
    if shown.reply.outcome != "answer":
        return [asked_next] if asked_next else []
    packed = _packed(shown)
    return [row for row in (*_of_query(shown, packed, menus), asked_next, _tools(shown, packed)) if row]


def for_asker(components: Sequence[Component], asker: int) -> list[Component]:
    """The same components with the ids of another asker."""
    return [{**each, "components": [_owned(item, asker) for item in each["components"]]} for each in components]


def _owned(item: Component, asker: int) -> Component:
    name = item.get("custom_id")
    if name is None:  # a text in a frame
        return item
    return {**item, "custom_id": codec.owned(name, asker) if re.match(codec.TEMPLATE, name) else buttons.owned(name, asker)}


def _of_query(shown: Shown, packed: str | None, menus: Menus) -> list[Row]:
    """What changes the question, or turns its pages; nothing where no id can carry the question."""
    if packed is None:
        return []
    selects = [[select(each.hint, each.options, _id(shown, packed, each.kind))] for each in menus.of(shown.reply)]
    turning = pages.turning(shown.reply, shown.page)
    if not turning.place:
        return selects
    return [
        *selects,
        [
            _button(shown, packed, BACK, "◀ Back", on=turning.back is not None),
            _button(shown, packed, ON, "More ▶", on=turning.on is not None),
        ],
    ]


def _tools(shown: Shown, packed: str | None) -> Row:
    """What looks behind the answer, and what is done with its message."""
    reply = shown.reply
    numbered = pack(shown.asker, reply.revision, reply.answer_id) or ""
    made: Row = []
    for kind, verb in PICTURES.items():
        if packed and pictured(reply, kind):
            made.append(_button(shown, packed, verb, f"Hide {kind}" if shown.charted is kind else kind.capitalize()))
    if packed and spoken_figures(reply):
        made.append(_button(shown, packed, SOURCES, "Sources"))
    if packed and reply.asked and changes.has_other_side(reply):
        made.append(_button(shown, packed, SIDE, "From our side" if changes.is_mirrored(reply.asked) else "From their side"))
    made.append(_button(shown, numbered, WRONG, "Wrong?"))
    if not shown.private:
        made.append(_button(shown, numbered, DELETE, "Delete"))
    elif packed:
        made.append(_button(shown, packed, POST, "Post in channel"))
    return made


def _packed(shown: Shown) -> str | None:
    """The question itself, or the number by which the journal knows it."""
    reply = shown.reply
    if reply.asked is None or reply.intent == "source":
        return None
    return pack(shown.asker, reply.revision, reply.asked) or (pack(shown.asker, reply.revision, reply.answer_id) if shown.kept else None)


def _button(shown: Shown, packed: str, verb: str, label: str, *, on: bool = True) -> Component:
    return button(label, _id(shown, packed, verb), on=on)


def _id(shown: Shown, packed: str, verb: str) -> str:
    return custom_id(verb, packed, shown.page, shown.charted)
