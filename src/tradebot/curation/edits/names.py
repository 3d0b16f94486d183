"""Another name for a partner or a group."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from tradebot.curation.draft import Edit
from tradebot.curation.edits.naming import area_of
from tradebot.curation.edits.yaml_edit import append, edited
from tradebot.curation.faults import CurationError
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.words import load_words

Kind = Literal["aliases", "weak", "demonyms"]
KINDS: dict[str, Kind] = {"aliases": "aliases", "weak": "weak", "demonyms": "demonyms"}
LONGEST = 80


def add_name(area: str, name: str, kind: Kind = "aliases") -> Edit:
    """`aliases` name it alone; `weak` names and `demonyms` need a word of trade beside them."""

    def edit(root: Path) -> str:
        named, alias = area_of(root, area), " ".join(name.split())
        if named.id == WORLD:
            raise CurationError("The world has no names of its own; words for it belong in knowledge/words.")
        if not 2 <= len(alias) <= LONGEST:
            raise CurationError(f"A name has 2 to {LONGEST} characters.")
        if kind == "aliases" and _is_a_word(root, alias):
            raise CurationError(f"“{alias}” is a word of its own, which people use without meaning {named.called}.")
        with edited(named.file) as document:
            append(document, kind, alias, before="note")
        return f"{named.called}: “{alias}” is another name ({kind})"

    return edit


def _is_a_word(root: Path, alias: str) -> bool:
    """Whether every question might hold it: the, for, three, March."""
    words = load_words(root, Problems())
    return words is not None and alias.lower() in {*words.fillers, *words.soft, *words.numbers, *words.months, *words.domain, *words.us}
