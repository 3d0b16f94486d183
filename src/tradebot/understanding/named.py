"""Names as they stand in a sentence, and the preposition that governs each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark

_PREPOSITIONS = frozenset(
    "from form to into of with w wit against for in on by between than vs versus as at towards toward among via through under".split()
)
_TRANSPARENT = frozenset(
    "the a an all both goods total mainly mostly our its and or also say maybe again not does do did is most more".split()
)
AUXILIARIES = frozenset(
    {"does", "do", "did", "doesnt", "didnt", "has", "have", "is", "are", "was", "were", "will", "can", "could", "would", "should"}
)


class Named(NamedTuple):
    """A partner, group or other place in the sentence. `at` is its mark's index."""

    at: int
    id: str
    kind: Kind
    weak: bool = False
    people: bool = False
    possessive: bool = False
    preposition: str = ""
    said: str = ""


def preposition(marks: Sequence[Mark], index: int) -> str:
    """The preposition that governs the mark at `index`, through articles and lists (“from Mexico and Canada”)."""
    for before in range(index - 1, max(-1, index - 6), -1):
        mark, gap = marks[before], marks[before + 1].gap
        if ":" in gap or ("," in gap and mark.has(Kind.US)):
            return ""  # “who exports more to the US: Japan or Korea”
        if mark.key in _PREPOSITIONS:
            return "from" if mark.key == "form" else mark.key
        if mark.key.endswith(" of"):
            return "of"  # “most of our goods”
        if mark.key not in _TRANSPARENT and not mark.is_name and not mark.has(Kind.US):
            return ""
    return ""
