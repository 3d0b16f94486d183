"""Counts, ranks and percentages in a sentence: “top 5”, “the 7th”, “the three largest”, “46 %”."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tradebot.query import Bounds
from tradebot.understanding import amounts
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark

LARGEST_LIMIT = 250
"""More places than there are partners are asked for in jest."""

_NUMBERS = frozenset({Kind.NUMBER, Kind.ORDINAL})
_SAID_BY = _NUMBERS | {Kind.SCALE}
_ROUND = frozenset({"$", "a", "half"})
"""What an amount without a number begins with: “a trillion”."""
_PLACES = frozenset({"number", "no", "nr", "rank", "place", "position", "#", "spot", "num"})
_PERCENT = frozenset({"%", "percent", "pct", "per cent"})
_HIGHEST_RATE = 250
_LOWEST_RATE = 10
"""Of two bare numbers (“10 or 15”): smaller ones are as often hours or goals."""
_TWO_RATES = 3
"""Words of “15 or 25”."""
_STOPS = frozenset("?!.")
_COUNTABLE = frozenset(
    {"days", "years", "months", "weeks", "times", "countries", "partners", "products", "of", "and", "day", "year", "month", "week"}
)
_COME_TO = frozenset({"hit", "reach", "reached"})
"""Of an amount these mean so much or more; a rate is set at what it reaches."""
_BY = frozenset({"by"})
_LAST = frozenset({"last"})
_TIMES = frozenset({"year", "time", "month", "quarter", "half", "day"})
_COUNTED = ("largest", "smallest", "country_word", "deficit", "surplus", "partner_word", "supplier", "market", "next_ones")
_WHICH, _RANKED = frozenset({"which", "what"}), frozenset({"years", "months", "quarters"})
_LISTS = frozenset("top bottom first last next biggest largest worst smallest lowest highest best following leading".split())


@dataclass(slots=True)
class Quantities:
    """What the numbers of a sentence ask for. `used` are the indices of the marks that said it."""

    limit: int | None = None
    from_below: bool = False
    of_top: int | None = None
    nth: int | None = None
    bounds: Bounds | None = None
    percent: float | None = None
    beyond: str = ""
    """“above” or “below” the percentage, “by” so much."""
    either_rate: bool = False
    money: float | None = None
    bad: str = ""
    used: set[int] = field(default_factory=set)


def may_hold(kinds: frozenset[Kind], text: str) -> bool:
    """Whether a sentence with words of these kinds can hold a quantity at all."""
    return not kinds.isdisjoint(_SAID_BY) or "$" in text


def find(marks: Sequence[Mark], taken: set[int], cues: frozenset[str], wording: amounts.Wording) -> Quantities:
    """The quantities among the marks that no period has taken; `cues` are those of the sentence, `wording` says what bounds."""
    found, of_tariffs = Quantities(), "tariff" in cues
    index = 0
    while index < len(marks):
        index += 1 if index in taken or not _may_begin(marks[index]) else _read(_Place(marks, index, of_tariffs, wording), found, taken)
    return found


def _may_begin(mark: Mark) -> bool:
    """Whether a quantity can begin here: most marks are no numbers, and need no reader."""
    return not mark.senses.kinds.isdisjoint(_NUMBERS) or mark.key in _ROUND


def _read(place: _Place, found: Quantities, taken: set[int]) -> int:
    """Reads the quantity that is there, if there is one; how many marks to go on by."""
    index = place.index
    amount = amounts.read(place.marks, index, taken, found.bounds, place.wording)
    if amount is not None:
        found.bounds = amount.bounds or found.bounds
        found.money = amount.size if amount.bounds is None else found.money
        found.used.update(range(amount.first, amount.last + 1))
        return amount.last - index + 1
    for reader in _READERS:
        length = reader(place, found)
        if length:
            found.used.update(range(index, index + length))
            return length
    return 1


@dataclass(frozen=True, slots=True)
class _Place:
    """One mark with its neighbours, in a sentence that speaks of tariffs or does not."""

    marks: Sequence[Mark]
    index: int
    of_tariffs: bool
    wording: amounts.Wording

    @property
    def mark(self) -> Mark:
        return self.marks[self.index]

    @property
    def before(self) -> Mark | None:
        return self.marks[self.index - 1] if self.index else None

    def after(self, offset: int = 1) -> Mark | None:
        return self.marks[self.index + offset] if self.index + offset < len(self.marks) else None

    @property
    def whole(self) -> int | None:
        """The whole number here."""
        value = amounts.number(self.mark)
        return int(value) if value is not None and float(value).is_integer() and value < 1e9 else None

    def follows(self, words: frozenset[str]) -> bool:
        """Whether the word before (the last word of the phrase before) is one of these."""
        return self.before is not None and self.before.key.split(" ")[-1] in words


def _ordinal(place: _Place, found: Quantities) -> int:
    """“the 7th”, “fourth”: a rank, unless it counts years, months or quarters."""
    value, after = place.mark.value_of(Kind.ORDINAL), place.after()
    if not value or place.mark.is_("first_time") or (after is not None and after.key in _TIMES):
        return 0
    found.nth = int(value)
    return 1


def _percent(place: _Place, found: Quantities) -> int:
    value, after = amounts.number(place.mark), place.after()
    if value is None or after is None:
        return 0
    if after.key in _PERCENT:
        found.percent, found.beyond = value, _side_of(place)
        return 2
    following = place.after(2)
    if after.key == "per" and following is not None and following.key == "cent":
        found.percent, found.beyond = value, _side_of(place)
        return 3
    return 0


def _side_of(place: _Place) -> str:
    """“more than 20 %”, “below 15 percent”."""
    for words in (2, 1):
        said = " ".join(mark.key for mark in place.marks[max(0, place.index - words) : place.index])
        if place.of_tariffs and said in _COME_TO:
            return ""
        if said in place.wording.above | place.wording.below:
            return "above" if said in place.wording.above else "below"
    return "by" if place.follows(_BY) else ""


def _either_rate(place: _Place, found: Quantities) -> int:
    """“15 or 25?”, “15 % or 25 %”, “15 or 25 percent on cars”: of two rates none is taken for granted; bare ones only at the end."""
    said = [(at, mark) for at, mark in enumerate(place.marks[place.index :]) if mark.key not in _PERCENT and mark.said not in _STOPS]
    rates = [amounts.number(mark) for _, mark in said[:_TWO_RATES:2]]
    joined = len(said) >= _TWO_RATES and said[1][1].is_("or_word") and place.index > 0
    if not joined or not all(rate is not None and _LOWEST_RATE <= rate <= _HIGHEST_RATE for rate in rates):
        return 0
    length = said[_TWO_RATES][0] if len(said) > _TWO_RATES else len(place.marks) - place.index
    if len(said) > _TWO_RATES and not any(mark.key in _PERCENT for mark in place.marks[place.index : place.index + length]):
        return 0
    found.either_rate = True
    return length


def _numbered(place: _Place, found: Quantities) -> int:
    """“number 7”, “no. 15”, “#3”; the number of an HS chapter is no rank."""
    if place.whole is None or place.before is None:
        return 0
    if place.before.key in _PLACES:
        found.nth = place.whole
        found.used.add(place.index - 1)
        return 1
    return 1 if place.before.key == "hs" else 0


def _negative(place: _Place, found: Quantities) -> int:
    if place.whole is None or place.mark.gap != " -" or not place.follows(_LISTS):
        return 0
    found.bad = f"-{place.whole}"
    return 1


def _of_top(place: _Place, found: Quantities) -> int:
    """“of the top ten”, “how many of the ten largest”: the list that something is looked for in."""
    if place.whole is None or place.before is None or not (place.before.is_("of_top") or _looked_through(place)):
        return 0
    found.of_top = min(place.whole, LARGEST_LIMIT)
    return 1


def _looked_through(place: _Place) -> bool:
    """Whether “how many of the” or “which of our” leads to so many of the largest."""
    led, after = place.marks[max(0, place.index - 3) : place.index], place.after()
    counted = len(led) == 3 and led[0].is_("count", "which") and led[1].key == "of" and led[2].key in ("the", "our", "your")
    return counted and after is not None and (after.key in _LISTS or after.is_("largest", "smallest"))


def _length(place: _Place, found: Quantities) -> int:
    """“top 5”, “five largest”, “3 European countries”."""
    after = place.after()
    counts = after is not None and (after.is_(*_COUNTED) or after.key in _LISTS or after.has(Kind.GROUP, Kind.PARTNER))
    named = after is not None and after.key in _RANKED and place.follows(_WHICH)  # “which two years had the largest …”
    if place.whole is None or not (counts or named or place.follows(_LISTS)):
        return 0
    found.limit = min(place.whole, LARGEST_LIMIT)
    found.from_below = place.follows(_LAST)
    found.bad = str(place.whole) if place.whole < 1 else found.bad
    return 1


def _rate(place: _Place, found: Quantities) -> int:
    """“is the tariff on Taiwan 20 or 15”: a bare number in a question about tariffs is a rate."""
    if place.whole is None or not 0 < place.whole <= _HIGHEST_RATE or not place.mark.key.isdigit() or len(place.marks) == 1:
        return 0
    after = place.after()
    counted = after is not None and (after.key in _COUNTABLE or not after.senses or after.has(Kind.MONTH, Kind.SCALE))
    if counted or place.mark.gap.strip() or not place.of_tariffs:
        return 0
    found.percent = found.percent if found.percent is not None else float(place.whole)
    return 1


def _alone(place: _Place, found: Quantities) -> int:
    """A message that is nothing but a number asks for that place."""
    if place.whole is None or len(place.marks) != 1 or not place.mark.key.isdigit() or "-" in place.mark.gap:
        return 0
    found.nth = place.whole
    return 1


_READERS: tuple[Callable[[_Place, Quantities], int], ...] = (
    _either_rate,
    _ordinal,
    _percent,
    _numbered,
    _negative,
    _of_top,
    _length,
    _rate,
    _alone,
)
