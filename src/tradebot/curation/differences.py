"""What differs between two revisions, in words that a moderator reads: everything but the figures of the record.

(Knowledge, Knowledge) ─▶ each kind of entry by its id ─▶ “Vietnam: aliases + “Nam””, “Tariff event E210: new”
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum

from pydantic import BaseModel

from tradebot.curation.figures import signed
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.snapshot import Knowledge

LISTED = 6
"""Items of a list that are quoted."""
LONGEST = 70
"""Characters of a value that are quoted."""

Entries = Mapping[str, object]
_KINDS: tuple[tuple[str, Callable[[Knowledge], Entries]], ...] = (
    ("", lambda known: known.partners),
    ("Group ", lambda known: known.groups),
    ("", lambda known: {"In other languages": {"names": known.names}}),
    ("Tariff event ", lambda known: known.tariffs.by_id),
    ("Tariff event ", lambda known: {name: {"terms": terms} for name, terms in known.tariffs.terms.items()}),
    ("Tariff family ", lambda known: known.tariffs.families),
    ("Tariff law ", lambda known: known.tariffs.laws),
    ("Tariff product ", lambda known: known.tariffs.products),
    ("Tariff exemption ", lambda known: known.tariffs.exemptions),
    ("Tariff expectation ", lambda known: _numbered(known.tariffs.expectations, "on")),
    ("", lambda known: {"Tariffs": known.tariffs.about, "Average tariff rate": {"days": known.tariffs.day_rates}}),
    ("Newsletter fact ", lambda known: {fact.id: fact for fact in known.article.facts}),
    ("Disagreement ", lambda known: {each.id: each for each in known.article.disagreements}),
    ("Card ", lambda known: known.definitions),
    ("Intent ", lambda known: {intent.id: intent for intent in known.intents}),
    ("Words for ", lambda known: {cue: {"phrases": phrases} for cue, phrases in known.words.cues.items()}),
    ("Ambiguous name ", lambda known: {each.id: each for each in known.places.ambiguous}),
    ("Chapter ", lambda known: known.chapters),
    ("Sector ", lambda known: known.sectors),
    ("Source ", lambda known: known.sources),
    ("Shelf life of ", lambda known: known.shelf_lives),
    ("Known gap ", lambda known: {gap.id: gap for gap in known.gaps}),
)
_PASSED_OVER = frozenset({"line", "id"})


def differences(old: Knowledge, new: Knowledge) -> list[str]:
    """A line for each entry that is new, gone, or has a field that differs."""
    return [line for title, entries in _KINDS for line in _of_kind(title, entries(old), entries(new))]


def _of_kind(title: str, old: Entries, new: Entries) -> Iterator[str]:
    for name in (*new, *(name for name in old if name not in new)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        called = _called(title, name, after if after is not None else before)
        if before is None:
            yield f"{called}: new"
        elif after is None:
            yield f"{called}: gone"
        else:
            yield from (f"{called}: {line}" for line in fields_in_words(before, after))


def fields_in_words(entry: object, changed: object) -> Iterator[str]:
    """A line for each field that differs: “name “a” → “b””, “aliases + “c””."""
    old, new = _as_fields(entry), _as_fields(changed)
    for name in new:
        before, after = old.get(name), new[name]
        if before == after or name in _PASSED_OVER:
            continue
        if isinstance(before, tuple) and isinstance(after, tuple):
            yield f"{name} {_listed(before, after)}"
        else:
            yield f"{name} {_said(before)} → {_said(after)}"


def _listed(before: Iterable[object], after: Iterable[object]) -> str:
    """`+ “Nam” − “Viet-Nam”`; lists in another order say so."""
    more = [f"+ {_said(each)}" for each in _without(after, before)]
    fewer = [f"− {_said(each)}" for each in _without(before, after)]
    signs = (*more, *fewer)
    if len(signs) > LISTED:
        return f"{' '.join(signs[:LISTED])} and {len(signs) - LISTED} more"
    return " ".join(signs) or "in another order"


def _without(entries: Iterable[object], others: Iterable[object]) -> Iterator[object]:
    """The entries that are not among the others; entries may not be hashable."""
    known = {repr(other) for other in others}
    return (entry for entry in entries if repr(entry) not in known)


def _said(value: object) -> str:
    if value in (None, "", ()):
        return "nothing"
    if isinstance(value, Figure):
        return signed(value.value) if value.unit is Unit.MONEY else f"{value.value:g} {value.unit}"
    if isinstance(value, BaseModel) or dataclasses.is_dataclass(value):
        value = ", ".join(f"{name} {_plain(each)}" for name, each in _as_fields(value).items() if each not in (None, "", (), {}, False))
    text = _plain(value)
    return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}”"


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    return ", ".join(map(_plain, value)) if isinstance(value, (tuple, frozenset)) else str(value)


def _as_fields(value: object) -> Entries:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, BaseModel):
        return dict(value)
    if dataclasses.is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return {"value": value}


def _called(title: str, name: str, entry: object) -> str:
    own = getattr(entry, "name", "") or getattr(entry, "title", "")
    return f"{title}{own or name}" if title in ("", "Group ", "Card ") else f"{title}{name}"


def _numbered(entries: Iterable[object], field: str) -> Entries:
    """Entries without an id, by a field and their place among those that share it."""
    found: dict[str, object] = {}
    for entry in entries:
        key = str(getattr(entry, field))
        count = sum(1 for name in found if name == key or name.startswith(f"{key} ("))
        found[key if not count else f"{key} ({count + 1})"] = entry
    return found
