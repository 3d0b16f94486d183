"""Counts, ranks, amounts and percentages in a sentence: “top 5”, “the 7th”, “more than 80bn”, “46 %”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tradebot.query import Bounds
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark

LARGEST_LIMIT = 250

_ABOVE = frozenset(
    {
        "more than",
        "above",
        "over",
        "at least",
        "exceeding",
        "greater than",
        "bigger than",
        "larger than",
        "higher than",
        "north of",
        ">",
        "upwards of",
        "beyond",
        "exceeds",
        "exceeded",
        "exceed",
        "past",
    }
)
_BELOW = frozenset({"less than", "below", "under", "at most", "smaller than", "lower than", "fewer than", "south of", "<", "up to"})
_PLACES = frozenset({"number", "no", "nr", "rank", "place", "position", "#", "spot", "num"})
_LISTS = frozenset(
    {
        "top",
        "bottom",
        "first",
        "last",
        "next",
        "biggest",
        "largest",
        "worst",
        "smallest",
        "lowest",
        "highest",
        "best",
        "following",
        "leading",
    }
)


@dataclass(slots=True)
class Quantities:
    """What the numbers of a sentence ask for. `used` are the indices of the marks that said it."""

    limit: int | None = None
    of_top: int | None = None
    nth: int | None = None
    bounds: Bounds | None = None
    percent: float | None = None
    money: float | None = None
    bad: str = ""
    used: set[int] = field(default_factory=set)


def find(marks: Sequence[Mark], taken: set[int]) -> Quantities:
    """The quantities among the marks that no period has taken."""
    found = Quantities()
    index = 0
    while index < len(marks):
        index += 1 if index in taken else _read(marks, index, found, taken)
    return found


def _read(marks: Sequence[Mark], index: int, found: Quantities, taken: set[int]) -> int:
    mark = marks[index]
    length, low = _amount(marks, index, taken)
    if length:
        return _use_amount(marks, index, length, low, found, taken)
    if _between(marks, index, found, taken):
        return 3
    ordinal = mark.value_of(Kind.ORDINAL)
    if ordinal and not mark.is_("first_time") and _follows_rank(marks, index):
        found.nth = int(ordinal)
        found.used.add(index)
        return 1
    number = _whole(mark)
    if number is None and mark.value is None:
        return 1
    return _use_number(marks, index, number, found)


def _use_number(marks: Sequence[Mark], index: int, number: int | None, found: Quantities) -> int:
    """A number as a percentage, a place, a length of a list; how many marks it takes."""
    mark = marks[index]
    before = marks[index - 1] if index else None
    after = marks[index + 1] if index + 1 < len(marks) else None
    if after is not None and (
        after.key in ("%", "percent", "pct", "per cent")
        or (after.key == "per" and index + 2 < len(marks) and marks[index + 2].key == "cent")
    ):
        found.percent = mark.value if mark.value is not None else float(number or 0)
        found.used.update((index, index + 1))
        return 2
    if number is None:
        return 1
    if before is not None and (before.key in _PLACES or before.key == "hs"):
        if before.key != "hs":
            found.nth = number
        found.used.update((index - 1, index))
        return 1
    if mark.gap == " -" and before is not None and before.key.split(" ")[-1] in _LISTS:
        found.bad = f"-{number}"
        found.used.add(index)
        return 1
    if before is not None and before.is_("of_top"):
        found.of_top = min(number, LARGEST_LIMIT)
        found.used.add(index)
        return 1
    if (before is not None and before.key.split(" ")[-1] in _LISTS) or (
        after is not None
        and (
            after.is_("largest", "smallest", "country_word", "deficit", "surplus", "partner_word", "supplier", "market", "next_ones")
            or after.key in _LISTS
            or after.has(Kind.GROUP, Kind.PARTNER)
        )
    ):
        found.limit = min(number, LARGEST_LIMIT)
        found.bad = str(number) if number < 1 else found.bad
        found.used.add(index)
    elif mark.key.isdigit() and len(marks) == 1:
        found.nth = number
        found.used.add(index)
    return 1


def _between(marks: Sequence[Mark], index: int, found: Quantities, taken: set[int]) -> bool:
    """“between 10 and 20 billion”: the first number has the unit of the second."""
    number = _whole(marks[index])
    joined = index + 2 < len(marks) and marks[index + 1].key in ("and", "to")
    if number is None or not joined or not index or marks[index - 1].key not in ("between", "from"):
        return False
    length, high = _amount(marks, index + 2, taken)
    scale = marks[index + 3].value_of(Kind.SCALE) if index + 3 < len(marks) else None
    if not length or scale is None:
        return False
    found.bounds = Bounds(number * scale, high)
    found.used.update(range(index - 1, index + 2 + length))
    return True


def _whole(mark: Mark) -> int | None:
    value = mark.value if mark.value is not None and mark.has(Kind.NUMBER) else mark.value_of(Kind.NUMBER)
    return int(value) if value is not None and float(value).is_integer() and value < 1e9 else None


def _follows_rank(marks: Sequence[Mark], index: int) -> bool:
    """An ordinal is a rank unless it counts something else (“second quarter” was taken as a period before)."""
    after = marks[index + 1] if index + 1 < len(marks) else None
    return not (after is not None and after.key in ("year", "time", "month", "quarter", "half", "day", "place") and after.key != "place")


def _amount(marks: Sequence[Mark], index: int, taken: set[int]) -> tuple[int, float]:
    """An amount of money at `index`: marks it takes and its size in USD million; (0, 0) for none."""
    dollar = marks[index].key == "$"
    start = index + dollar
    if start >= len(marks) or start in taken:
        return 0, 0.0
    value = marks[start].value if marks[start].has(Kind.NUMBER) else None
    if value is None:
        value = marks[start].value_of(Kind.NUMBER)
    if value is None:
        return 0, 0.0
    factor = marks[start + 1].value_of(Kind.SCALE) if start + 1 < len(marks) else None
    if factor is not None and (dollar or marks[start + 1].key != "k"):
        extra = 1 if start + 2 < len(marks) and marks[start + 2].key in ("dollars", "usd", "dollar", "us dollars", "$") else 0
        return dollar + 2 + extra, value * factor
    if dollar:
        return 2, value * 1e-6 if value >= 100_000 else value * 1_000
    return 0, 0.0


def _use_amount(marks: Sequence[Mark], index: int, length: int, amount: float, found: Quantities, taken: set[int]) -> int:
    before = " ".join(mark.key for mark in marks[max(0, index - 2) : index])
    last = marks[index - 1].key if index else ""
    low, high = (found.bounds.low, found.bounds.high) if found.bounds else (None, None)
    joiner = marks[index + length].key if index + length < len(marks) else ""
    if last in ("between", "from") and (
        joiner in ("and", "to") or (index + length < len(marks) and marks[index + length].gap in ("-", "–"))
    ):
        skip = 1 if joiner in ("and", "to") else 0
        more, second = _amount(marks, index + length + skip, taken)
        if more:
            found.bounds = Bounds(min(amount, second), max(amount, second))
            found.used.update(range(index - 1, index + length + skip + more))
            return length + skip + more
    if before in _ABOVE or last in _ABOVE:
        found.bounds = Bounds(amount, high)
    elif before in _BELOW or last in _BELOW:
        found.bounds = Bounds(low, amount)
    else:
        found.money = amount
    found.used.update(range(index, index + length))
    found.used.update(
        position
        for position in (index - 2, index - 1)
        if position >= 0 and (marks[position].key in _ABOVE | _BELOW or f"{marks[position].key} {last}" in _ABOVE | _BELOW)
    )
    return length
