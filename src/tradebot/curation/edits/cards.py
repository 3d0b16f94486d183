"""Definition cards: a new one, or another wording, title or name for one that is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import FoldedScalarString

from tradebot.curation.draft import Edit
from tradebot.curation.edits.yaml_edit import append, edited, in_line, text_of
from tradebot.curation.faults import CurationError

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def set_card(card: str, *, title: str = "", text: str = "", terms: Sequence[str] = ()) -> Edit:
    """The card of that id: what is given replaces what it says, terms are added; a new card needs all three."""

    def edit(root: Path) -> str:
        if not _ID.fullmatch(card):
            raise CurationError("A card's id is made of small letters, digits and hyphens, such as rules-of-origin.")
        path = root / "definitions" / f"{card}.yaml"
        worded = " ".join(text.split())
        if not path.exists():
            _write_new(path, card, title, worded, terms)
            return f"A new card: {title}"
        with edited(path) as document:
            if title:
                document["title"] = title
            if worded:
                document["text"] = FoldedScalarString(worded)
            for term in terms:
                append(document, "terms", term, before="text")
        return f"The card “{title or card}” is reworded" if worded or title else f"The card {card}: {', '.join(terms)} name it, too"

    return edit


def _write_new(path: Path, card: str, title: str, text: str, terms: Sequence[str]) -> None:
    if not (title and text and terms):
        raise CurationError(f"There is no card “{card}” yet: a new one needs a title, a text and at least one term.")
    document = CommentedMap(id=card, title=title, terms=in_line(list(terms)), text=FoldedScalarString(text))
    path.write_text(text_of(document), encoding="utf-8")
