"""`/knowledge review`: what people asked in vain, most asked first, and what each of it becomes.

    journal.misses ─▶ one miss, three buttons ─▶ a form ─▶ an alias, a phrase or a known gap, and a test, in the draft

A button's id holds the verb and the beginning of a digest of what was missed; the journal is asked again at every tap.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import discord

from tradebot.curation.draft import Edit
from tradebot.curation.edits.misses import another_spelling, asks_for, not_held
from tradebot.discord_app import trouble
from tradebot.discord_app.moderating.forms import Field, Filled, built, form_id, written
from tradebot.discord_app.moderating.papers import miss_page
from tradebot.discord_app.moderating.showing import Asked, Interaction, allowed, answer, worked
from tradebot.discord_app.moderating.workshop import Workshop
from tradebot.journal.entries import Miss

DAYS, AT_ONCE = 30, 25
MISS = r"kn:miss:(?P<verb>[sand]):(?P<key>[0-9a-f]{12})"
REVIEW = r"kn:review:(?P<at>\d{1,2})"
NOTHING = "Nothing was asked in vain in the last 30 days, or all of it is dealt with, or in a draft."
GONE = "That is dealt with already; see `/knowledge review` for what is left."


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a miss can become: the button's label, the form with what is filled in, and the edit for a question."""

    label: str
    fields: Mapping[str, Field]
    held: Callable[[Miss], Filled]
    edit: Callable[[str, Filled], Edit]


BECOMES: Mapping[str, Becomes] = {
    "s": Becomes(
        "Another spelling of …",
        {"name": Field("The name as people write it", "Viet Nam"), "area": Field("Partner or group that it means", "Vietnam")},
        lambda miss: {"name": miss.missed},
        lambda asked, filled: another_spelling(asked, filled["name"], filled["area"]),
    ),
    "a": Becomes(
        "It asks for …",
        {"phrase": Field("The words that say so", "in the red with"), "intent": Field("What it asks for: an intent", "partner_balance")},
        lambda miss: {"phrase": miss.missed},
        lambda asked, filled: asks_for(asked, filled["phrase"], filled["intent"].strip()),
    ),
    "n": Becomes(
        "We do not have this",
        {"term": Field("What is not held", "freight rates"), "says": Field("The sentence that says so", "…", long=True)},
        lambda miss: {"term": miss.missed, "says": f"{miss.missed.capitalize()} is not held here."},
        lambda asked, filled: not_held(asked, filled["term"], filled["says"]),
    ),
}


async def review(interaction: Interaction, at: int = 1) -> None:
    """One miss, with what it can become."""
    asked = await allowed(interaction, reading=True)
    if asked is None:
        return
    turning = interaction.type is discord.InteractionType.component
    await interaction.response.defer(ephemeral=True, thinking=not turning)
    misses = await _misses(asked)
    if not misses:
        await interaction.edit_original_response(content=NOTHING, view=None)
        return
    place = min(max(at, 1), len(misses))
    miss = misses[place - 1]
    becomes = BECOMES if isinstance(asked.library, Workshop) else {}
    view = _buttons(becomes, miss, place, len(misses))
    await interaction.edit_original_response(content=miss_page(miss, place, len(misses)), view=view)


def _buttons(becomes: Mapping[str, Becomes], miss: Miss, place: int, count: int) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    labels = {verb: each.label for verb, each in becomes.items()} | {"d": "Dealt with"}
    for verb, label in labels.items():
        view.add_item(discord.ui.Button(label=label, custom_id=f"kn:miss:{verb}:{_key(miss)}"))
    for label, to in (("◀", place - 1), ("▶", place + 1)):
        view.add_item(discord.ui.Button(label=label, custom_id=f"kn:review:{to}", disabled=not 1 <= to <= count, row=1))
    return view


class ReviewTurn(discord.ui.DynamicItem[discord.ui.Button[Any]], template=REVIEW):
    """The miss before or after."""

    def __init__(self, at: int) -> None:
        super().__init__(discord.ui.Button(label="?", custom_id=f"kn:review:{at}"))
        self.at = at

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(int(match["at"]))

    async def callback(self, interaction: Interaction) -> None:
        await review(interaction, self.at)


class MissChoice(discord.ui.DynamicItem[discord.ui.Button[Any]], template=MISS):
    """What a miss becomes: opens the form for it, or takes it off the list."""

    def __init__(self, verb: str, key: str) -> None:
        super().__init__(discord.ui.Button(label="?", custom_id=f"kn:miss:{verb}:{key}"))
        self.verb, self.key = verb, key

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /) -> Self:
        return cls(match["verb"], match["key"])

    async def callback(self, interaction: Interaction) -> None:
        asked = await allowed(interaction, reading=self.verb == "d")
        miss = await _found(asked, self.key) if asked else None
        if asked is None or miss is None:
            await _gone(asked)
        elif self.verb == "d":
            await asked.client.journal.settle(miss.missed)
            await review(interaction)
        else:
            becomes = BECOMES[self.verb]
            form = built(f"kn:miss:{self.verb}:{self.key}", becomes.label, becomes.fields, becomes.held(miss))
            await interaction.response.send_modal(form)


async def form_sent(interaction: Interaction) -> bool:
    """Makes of a miss what its form says; False for what is no form of ours."""
    match = re.fullmatch(MISS, form_id(interaction))
    if match is None or match["verb"] not in BECOMES:
        return False
    asked = await allowed(interaction)
    miss = await _found(asked, match["key"]) if asked else None
    if asked is None or miss is None:
        await _gone(asked)
    else:
        await answer(asked, worked(_make(asked, miss, BECOMES[match["verb"]])))
    return True


async def _make(asked: Asked, miss: Miss, becomes: Becomes) -> str:
    filled = written(asked.interaction, becomes.fields)
    return await asked.workshop.apply(asked.who, becomes.edit(miss.texts[0], filled), miss.missed)


async def _gone(asked: Asked | None) -> None:
    """Who has no right was told so already."""
    if asked is not None:
        await trouble.tell(asked.interaction, GONE)


async def _misses(asked: Asked) -> list[Miss]:
    """Those that are in nobody's draft: they are settled with its publish, and come back where it is discarded."""
    drafted = await asked.library.drafted()
    found = await asked.client.journal.misses(dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=DAYS), AT_ONCE + len(drafted))
    return [miss for miss in found if miss.missed not in drafted][:AT_ONCE]


async def _found(asked: Asked, key: str) -> Miss | None:
    return next((miss for miss in await _misses(asked) if _key(miss) == key), None)


def _key(miss: Miss) -> str:
    return hashlib.sha256(f"{miss.why}\0{miss.missed}".encode("utf-8", "replace")).hexdigest()[:12]
