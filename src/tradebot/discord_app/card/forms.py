"""The forms that a card opens: what is wrong, and what to change in words.

A form is answered by its custom_id alone, as a button is, so that one that was opened before a restart still arrives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import discord

from tradebot.discord_app.card.codec import TEMPLATE, Tapped, custom_id, pack
from tradebot.discord_app.card.controls import SAY, WRONG

FIELD = "text"
NOTE = 1_000
CHANGE = 200


_TEXT_INPUT = 4


async def ask_wrong(interaction: discord.Interaction[Any], tap: Tapped) -> None:
    """What is wrong with the answer; the moderators read it."""
    field = discord.ui.TextInput[Any](
        custom_id=FIELD, style=discord.TextStyle.paragraph, placeholder="The figure, the country, the year, the wording …", max_length=NOTE
    )
    await _open(interaction, tap, WRONG, "What is wrong with this answer?", "Your note for the moderators", field)


async def ask_change(interaction: discord.Interaction[Any], tap: Tapped) -> None:
    """Another partner, measure or period than the select offers, in words."""
    field = discord.ui.TextInput[Any](custom_id=FIELD, placeholder="Iceland · March 2019 · imports since 1995 …", max_length=CHANGE)
    await _open(interaction, tap, SAY, "Change the question", "A partner, a measure or a period", field)


def submitted(interaction: discord.Interaction[Any]) -> tuple[str, str] | None:
    """(custom_id, what was written) of a form of ours; None for anything else."""
    data: Mapping[str, Any] = interaction.data or {}
    name = str(data.get("custom_id", ""))
    if interaction.type is not discord.InteractionType.modal_submit or not re.fullmatch(TEMPLATE, name):
        return None
    return name, " ".join(_written(data.get("components", ())))


def _written(components: Any) -> Iterator[str]:
    """The texts of a form's fields, each inside a label or a row."""
    for each in components:
        if each.get("type") == _TEXT_INPUT:
            yield str(each.get("value") or "").strip()
        yield from _written([each["component"]] if "component" in each else each.get("components", ()))


async def _open(
    interaction: discord.Interaction[Any], tap: Tapped, verb: str, title: str, label: str, field: discord.ui.TextInput[Any]
) -> None:
    packed = pack(tap.asker, tap.revision, tap.about)
    if packed is None:  # a forged id: ours fit, or they would not have been tapped
        return
    form = discord.ui.Modal(title=title, custom_id=custom_id(verb, packed, tap.page, tap.picture), timeout=None)
    form.add_item(discord.ui.Label(text=label, component=field))
    form.stop()  # discord.py does not wait for it: `submitted` hears of it, also after a restart
    await interaction.response.send_modal(form)
