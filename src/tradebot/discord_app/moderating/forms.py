"""Forms: one thing to set, a field each, and the edit that comes of it.

A form is answered by its custom_id alone, so that one that was opened before a restart still arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from tradebot.curation.draft import Edit
from tradebot.curation.edits.asking import add_phrase
from tradebot.curation.edits.cards import set_card
from tradebot.curation.edits.events import set_event
from tradebot.curation.edits.facts import set_fact
from tradebot.curation.edits.figures import set_figure
from tradebot.curation.edits.gaps import add_gap
from tradebot.curation.edits.names import KINDS, add_name
from tradebot.curation.faults import CurationError

PREFIX = "kn:set:"
FIELD_LENGTH = 1_000
_TEXT_INPUT = 4
Filled = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """`long` fields take several lines."""

    label: str
    example: str
    needed: bool = True
    long: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """Up to five fields by name, and what the filled ones mean."""

    title: str
    fields: Mapping[str, Field]
    edit: Callable[[Filled], Edit]


def _lines(said: str) -> dict[str, str]:
    """`rate: 25 %` and the like, one a line."""
    lines = [line for line in said.splitlines() if line.strip()]
    if stray := [line for line in lines if ":" not in line]:
        raise CurationError(f"“{stray[0][:60]}” has no colon; write “rate: 25 %”, one a line.")
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _alias(filled: Filled) -> Edit:
    kind = filled["kind"].strip().lower() or "aliases"
    if kind not in KINDS:
        raise CurationError(f"“{kind[:40]}” is no kind of name; they are {', '.join(KINDS)}.")
    return add_name(filled["area"], filled["name"], KINDS[kind])


FORMS: Mapping[str, Form] = {
    "figure": Form(
        "A figure of the record",
        {
            "area": Field("Partner or group", "Vietnam"),
            "measure": Field("imports, exports, or imports.HS87", "imports"),
            "period": Field("Period: a year, month or year to date", "2025 · 2025-03 · 2026-01/2026-07"),
            "value": Field("Amount", "194.5 bn"),
            "source": Field("Release, where the line has none yet", "census-2026-10", needed=False),
        },
        lambda filled: set_figure(filled["area"], filled["measure"], filled["period"], filled["value"], filled["source"]),
    ),
    "alias": Form(
        "Another name",
        {
            "area": Field("Partner or group", "Vietnam"),
            "name": Field("The other name", "Viet Nam"),
            "kind": Field("aliases, weak or demonyms", "aliases; weak for names that are words, too", needed=False),
        },
        _alias,
    ),
    "event": Form(
        "A tariff event",
        {
            "event": Field("Its id; “new” for one that is not there yet", "new"),
            "cells": Field("Columns of events.csv, one a line", "partners: CA\neffective: 2026-11-01\nrate: 10 %", long=True),
        },
        lambda filled: set_event(filled["event"].strip(), _lines(filled["cells"])),
    ),
    "observation": Form(
        "A fact of the newsletter",
        {
            "file": Field("The file under article/", "vietnam"),
            "fact": Field("Its id", "vietnam.deficit.2024"),
            "fields": Field("Its fields, one a line", "value: -123.5\nunit: USD bn", long=True),
        },
        lambda filled: set_fact(filled["file"].strip(), filled["fact"].strip(), _lines(filled["fields"])),
    ),
    "card": Form(
        "A definition",
        {
            "card": Field("Its id: small letters and hyphens", "rules-of-origin"),
            "title": Field("Title, for a new card or a new title", "Rules of origin", needed=False),
            "text": Field("What it means, in whole sentences", "What decides where a product comes from …", needed=False, long=True),
            "terms": Field("Names for it, with commas", "rules of origin, origin rules", needed=False),
        },
        lambda filled: set_card(
            filled["card"].strip(),
            title=filled["title"],
            text=filled["text"],
            terms=[term.strip() for term in filled["terms"].split(",") if term.strip()],
        ),
    ),
    "phrase": Form(
        "A way of asking",
        {
            "intent": Field("What it asks for: an intent", "partner_balance"),
            "phrase": Field("The words", "how deep in the red are we with"),
        },
        lambda filled: add_phrase(filled["intent"].strip(), filled["phrase"]),
    ),
    "gap": Form(
        "Something that is not held",
        {
            "term": Field("What people ask for", "freight rates"),
            "says": Field("What they are told, in a sentence", "I have no freight rates; my figures are customs values.", long=True),
        },
        lambda filled: add_gap(filled["term"], filled["says"]),
    ),
}


def modal(kind: str) -> discord.ui.Modal:
    """The empty form of a kind."""
    return built(f"{PREFIX}{kind}", FORMS[kind].title, FORMS[kind].fields, {})


def built(custom_id: str, title: str, fields: Mapping[str, Field], held: Filled) -> discord.ui.Modal:
    """A form with what is `held` filled in."""
    shown = discord.ui.Modal(title=title, custom_id=custom_id, timeout=None)
    for name, field in fields.items():
        entry = discord.ui.TextInput[Any](
            custom_id=name,
            style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
            placeholder=field.example[:100],
            required=field.needed,
            max_length=FIELD_LENGTH,
            default=held[name][:FIELD_LENGTH] if name in held else None,
        )
        shown.add_item(discord.ui.Label(text=field.label, component=entry))
    shown.stop()  # discord.py does not wait for it: `submitted` hears of it, also after a restart
    return shown


def submitted(interaction: discord.Interaction[Any]) -> str | None:
    """The kind of a form of ours that was sent, forged ones too; None for anything else."""
    name = form_id(interaction)
    return name.removeprefix(PREFIX) if name.startswith(PREFIX) else None


def form_id(interaction: discord.Interaction[Any]) -> str:
    """The custom_id of a form that was sent; empty for any other interaction."""
    sent = interaction.type is discord.InteractionType.modal_submit
    return str(_data(interaction).get("custom_id", "")) if sent else ""


def edit_of(kind: str, interaction: discord.Interaction[Any]) -> Edit:
    """Raises CurationError where it is no form of ours, or cannot be read."""
    form = FORMS.get(kind)
    if form is None:
        raise CurationError("That form is not one of mine, or it is older than I am; please use `/knowledge set` again.")
    return form.edit(written(interaction, form.fields))


def written(interaction: discord.Interaction[Any], fields: Mapping[str, Field]) -> Filled:
    """What was written into each field; empty where nothing was. Raises CurationError where a needed one is empty."""
    said = dict(_texts(_data(interaction).get("components", ())))
    filled = {name: said.get(name, "")[:FIELD_LENGTH] for name in fields}
    if missing := [field.label for name, field in fields.items() if field.needed and not filled[name].strip()]:
        raise CurationError(f"Please fill in: {', '.join(missing)}.")
    return filled


def _data(interaction: discord.Interaction[Any]) -> Mapping[str, Any]:
    return interaction.data or {}


def _texts(components: Any) -> Iterator[tuple[str, str]]:
    """(name, text) of a form's fields, each inside a label or a row."""
    for each in components:
        if each.get("type") == _TEXT_INPUT:
            yield str(each.get("custom_id", "")), str(each.get("value") or "")
        yield from _texts([each["component"]] if "component" in each else each.get("components", ()))
