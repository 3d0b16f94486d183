"""A known gap: what people ask for and nobody has, named in refusals from now on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml.comments import CommentedMap

from tradebot.curation.draft import Edit
from tradebot.curation.edits.yaml_edit import edited, in_line
from tradebot.curation.faults import CurationError
from tradebot.knowledge.gaps import FILE


def add_gap(term: str, says: str, *, see: Sequence[str] = ()) -> Edit:
    """Whoever asks for the term is told `says`, a sentence, and offered the questions in `see`."""

    def edit(root: Path) -> str:
        named = " ".join(term.split())
        if not named or not says.strip():
            raise CurationError("Say what is not held, and a sentence that tells people so.")
        path = root / FILE
        if not path.exists():
            path.write_text("gaps: []\n", encoding="utf-8")
        with edited(path) as document:
            gaps = document["gaps"]
            entry = CommentedMap(id=_free(named, [gap["id"] for gap in gaps]), terms=in_line([named]), says=" ".join(says.split()))
            if see:
                entry["see"] = in_line(list(see))
            gaps.fa.set_block_style()
            gaps.append(entry)
        return f"A known gap: {named}"

    return edit


def _free(term: str, taken: Sequence[str]) -> str:
    """An id made of the term: `freight-rates`."""
    stem = re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")[:40] or "gap"
    return next(name for name in (stem, *(f"{stem}-{number}" for number in range(2, 10_000))) if name not in taken)
