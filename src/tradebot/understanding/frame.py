"""A frame: what one sentence names and asks, before it is known which question it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tradebot.knowledge.periods import Period
from tradebot.understanding.lexicon import THINGS, Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.named import Named
from tradebot.understanding.quantities import Quantities
from tradebot.understanding.sides import NO_TRADE, Trade
from tradebot.understanding.time_points import When

_SOFT = frozenset({Kind.SOFT, Kind.SCALE, Kind.NUMBER})

FEATURES = frozenset(
    {"partner", "partners2", "group", "groups2", "area", "areas2", "domestic", "part", "ambiguous_name", "assumed_name", "excluded", "us"}
    | {
        "domain",
        "measure",
        "inflow",
        "outflow",
        "question",
        "limit",
        "nth",
        "bounds",
        "percent",
        "either_rate",
        "money",
        "bad_number",
        "holders",
        "denied",
        "rank_months",
        "rank_years",
        "rank_quarters",
        "hs_code",
        "rate_above",
        "rate_below",
        "sum_after",
        "sum_before",
        "lone_group",
        "group_first",
        "own_flows",
        "own_periods",
        "turned",
        "than_then",
        "than_several",
        "from_surplus",
        "each_member",
        "group_stands",
        "by_way",
        "of_trade",
        "from_area",
        "part_of_area",
    }
    | {"period", "periods2", "spans2", "years_range", "month", "day", "since", "before", "after", "to_date", "future"}
    | set(THINGS.values())
)
"""What a frame can hold besides cues: the words, with the cues, that an intent's rules may be made of."""

_BY_NAME = {
    Kind.PARTNER: {"partner", "area"},
    Kind.AMBIGUOUS: {"partner", "area"},
    Kind.GROUP: {"group", "area"},
    Kind.DOMESTIC: {"domestic"},
    Kind.PART: {"part"},
}
_TIMES = frozenset({"day", "since", "before", "after", "to_date", "future"})


@dataclass(slots=True)
class Frame:
    """The findings of one sentence. `features` are the words that intents' rules are made of."""

    marks: Sequence[Mark]
    names: list[Named] = field(default_factory=list)
    excluded: list[Named] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    amounts: Quantities = field(default_factory=Quantities)
    things: dict[str, list[str]] = field(default_factory=dict)
    trade: Trade = NO_TRADE
    flows: tuple[str, ...] = ()
    """The flow of each of two places, where they differ (“imports from China or exports to Mexico”)."""
    periods: tuple[Period, ...] = ()
    """The period of each of two places, where each has one (“China in 2018 or Mexico in 2025”)."""
    features: set[str] = field(default_factory=set)
    ambiguous: str = ""
    used: set[int] = field(default_factory=set)
    is_question: bool = False
    in_setting: bool = False
    text: str = ""

    def ids(self, *kinds: Kind) -> tuple[str, ...]:
        """Ids of the names of these kinds, in order, once each."""
        return tuple(dict.fromkeys([name.id for name in self.names if name.kind in kinds]))

    def unexplained(self, takes: frozenset[str]) -> list[Mark]:
        """Content marks that nothing explains, for an intent that can use the slots and cues in `takes`."""
        return [mark for mark, uses in self.content() if takes.isdisjoint(uses)]

    def content(self) -> list[tuple[Mark, frozenset[str]]]:
        """The marks that ask for an explanation, each with the cues and slots that would be one."""
        named = {name.at for name in (*self.names, *self.excluded)}
        return [
            (mark, mark.senses.uses)
            for index, mark in enumerate(self.marks)
            if index not in self.used and index not in named and not (mark.senses.is_plain or self._is_slight(mark))
        ]

    def _is_slight(self, mark: Mark) -> bool:
        """Whether it is a sign, a letter, or a word that says little where trade is spoken of."""
        kinds = mark.senses.kinds
        if Kind.BLOCKED in kinds:
            return False
        if not kinds and not any(char.isalnum() for char in mark.said):
            return True
        return not mark.key.isdigit() and (len(mark.key) == 1 or (self.in_setting and not kinds.isdisjoint(_SOFT)))


def note_slots(frame: Frame) -> None:
    """Adds the features that say which slots are filled."""
    if frame.names or frame.excluded:
        _note_names(frame)
    if frame.amounts.used:
        _note_amounts(frame.features, frame.amounts)
    if frame.whens:
        _note_times(frame.features, frame.whens)
    if frame.things:
        frame.features.update([slot for slot, found in frame.things.items() if found])


def _note_names(frame: Frame) -> None:
    features, kinds = frame.features, [kind for kind, _ in {(name.kind, name.id) for name in frame.names}]
    for kind in kinds:
        features |= _BY_NAME[kind]
    if len(kinds) > 1:
        partners, groups = kinds.count(Kind.PARTNER), kinds.count(Kind.GROUP)
        several = {"partners2": partners, "groups2": groups, "areas2": partners + groups + (Kind.AMBIGUOUS in kinds)}
        features.update([name for name, count in several.items() if count > 1])
        if frame.names[0].kind is Kind.GROUP and {"partner", "group"} <= features:
            features.add("group_first")
    if frame.ambiguous:
        features.add("ambiguous_name")
    if frame.excluded:
        features.add("excluded")


def _note_amounts(features: set[str], amounts: Quantities) -> None:
    flags = {
        "limit": amounts.limit is not None or amounts.of_top is not None,
        "nth": amounts.nth is not None,
        "bounds": amounts.bounds is not None,
        "percent": amounts.percent is not None,
        "rate_above": amounts.beyond == "above",
        "rate_below": amounts.beyond == "below",
        "either_rate": amounts.either_rate,
        "money": amounts.money is not None,
        "bad_number": bool(amounts.bad),
    }
    features.update([name for name, present in flags.items() if present])


def _note_times(features: set[str], whens: Sequence[When]) -> None:
    spans = [(when, when.period) for when in whens if when.period is not None and when.kind != "future"]
    flags = {
        "period": bool(spans),
        "periods2": len(spans) > 1,
        "spans2": len(spans) > 1 and all(period.is_years for _, period in spans) and any(not period.is_year for _, period in spans),
        "years_range": any(when.kind == "span" and period.is_years and not period.is_year for when, period in spans),
        "month": any(period.is_month for _, period in spans),
    }
    features.update([name for name, present in flags.items() if present])
    features.update(when.kind for when in whens if when.kind in _TIMES)
