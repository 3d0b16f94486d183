"""Amounts of money in a sentence and the bounds they set: “$80bn”, “more than 80 billion”, “between 10 and 20bn”, “a trillion”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tradebot.query import Bounds
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark

_ARTICLES = ("a", "the", "about", "around", "roughly", "some")
_JOINERS = ("and", "to")
_OPENERS = ("between", "from")
_SPELLED = 7
"""Letters of a scale that is a word (million), not a letter (“a b”)."""
_DOLLARS = ("dollars", "usd", "dollar", "us dollars", "$")


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrases before an amount that make it a lower or an upper bound."""

    above: frozenset[str]
    below: frozenset[str]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at marks `first` to `last`: its size in USD million, or the bounds that it sets with the words around it."""

    first: int
    last: int
    size: float = 0.0
    bounds: Bounds | None = None


def read(marks: Sequence[Mark], index: int, taken: set[int], known: Bounds | None, wording: Wording) -> Amount | None:
    """The amount that begins at `index`; `known` are bounds set earlier in the sentence, which a second one completes."""
    shared = _shared_unit(marks, index, taken)
    if shared is not None:
        return shared
    length, size = _size(marks, index, taken)
    if not length:
        return None
    return _span(marks, index, length, size, taken) or _bounded(marks, index, length, size, known, wording)


def _size(marks: Sequence[Mark], index: int, taken: set[int]) -> tuple[int, float]:
    """How many marks an amount takes at `index` and its size in USD million; (0, 0) for none."""
    dollar = marks[index].key == "$"
    start = index + dollar
    if start >= len(marks) or start in taken:
        return 0, 0.0
    value = number(marks[start])
    if value is None:
        return _round(marks, index)
    factor = marks[start + 1].value_of(Kind.SCALE) if start + 1 < len(marks) else None
    if factor is not None and (dollar or marks[start + 1].key != "k"):
        named = start + 2 < len(marks) and marks[start + 2].key in _DOLLARS
        return dollar + 2 + named, value * factor
    if dollar:
        return 2, value * 1e-6 if value >= 100_000 else value * 1_000  # “$202,674,000,000” against “$80” said of billions
    return 0, 0.0


def _round(marks: Sequence[Mark], index: int) -> tuple[int, float]:
    """“a trillion”, “half a trillion (dollars)”: a scale alone is one of it."""
    part = 0.5 if marks[index].key == "half" else 1.0
    start = index + (part < 1)
    if start + 1 >= len(marks) or marks[start].key != "a" or len(marks[start + 1].key) < _SPELLED:
        return 0, 0.0
    factor = marks[start + 1].value_of(Kind.SCALE)
    named = start + 2 < len(marks) and marks[start + 2].key in _DOLLARS
    return (start + 2 + named - index, part * factor) if factor is not None and factor >= 1 else (0, 0.0)


def number(mark: Mark) -> float | None:
    """The number a mark stands for, in digits or as a word."""
    return mark.value if mark.value is not None and mark.has(Kind.NUMBER) else mark.value_of(Kind.NUMBER)


def _shared_unit(marks: Sequence[Mark], index: int, taken: set[int]) -> Amount | None:
    """“between 10 and 20 billion”: the first number has the unit of the second."""
    low = number(marks[index])
    if low is None or not index or index + 3 >= len(marks):
        return None
    if marks[index - 1].key not in _OPENERS or marks[index + 1].key not in _JOINERS:
        return None
    length, high = _size(marks, index + 2, taken)
    scale = marks[index + 3].value_of(Kind.SCALE)
    if not length or scale is None:
        return None
    return Amount(index - 1, index + 1 + length, bounds=Bounds(low * scale, high))


def _span(marks: Sequence[Mark], index: int, length: int, size: float, taken: set[int]) -> Amount | None:
    """“between $10bn and $20bn”, “from 10bn–20bn”."""
    following = index + length
    if not index or marks[index - 1].key not in _OPENERS or following >= len(marks):
        return None
    joiner = marks[following].key in _JOINERS
    if not joiner and marks[following].gap not in ("-", "–"):
        return None
    more, second = _size(marks, following + joiner, taken) if following + joiner < len(marks) else (0, 0.0)
    if not more:
        return None
    return Amount(index - 1, following + joiner + more - 1, bounds=Bounds(min(size, second), max(size, second)))


def _bounded(marks: Sequence[Mark], index: int, length: int, size: float, known: Bounds | None, wording: Wording) -> Amount:
    low, high = (known.low, known.high) if known else (None, None)
    start = index - 1 if index and marks[index - 1].key in _ARTICLES else index
    for words in (2, 1):
        said = " ".join(mark.key for mark in marks[max(0, start - words) : start])
        if said in wording.above:
            return Amount(start - words, index + length - 1, bounds=Bounds(size, high))
        if said in wording.below:
            return Amount(start - words, index + length - 1, bounds=Bounds(low, size))
    return Amount(index, index + length - 1, size)
