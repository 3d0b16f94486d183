"""A frame: what one sentence names and asks, before it is known which question it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tradebot.knowledge.words import Words
from tradebot.understanding import levies, lists, quantities, roles, times
from tradebot.understanding.lexicon import Kind, Sense, Senses
from tradebot.understanding.marks import Mark
from tradebot.understanding.quantities import Quantities
from tradebot.understanding.roles import Named, Trade
from tradebot.understanding.time_points import Calendar
from tradebot.understanding.times import When

_THINGS = {Kind.TERM: "term", Kind.WEAK_TERM: "weak_term", Kind.PRODUCT: "product", Kind.AUTHORITY: "authority", Kind.CHAPTER: "chapter"}
_PLAIN = frozenset({Kind.FILLER, Kind.US, Kind.INTENT})
_SPOKEN_OF = frozenset({*_THINGS, Kind.INTENT})
_SOFT = frozenset({Kind.SOFT, Kind.SCALE, Kind.NUMBER})
_PLACES = (Kind.AMBIGUOUS, Kind.PARTNER, Kind.GROUP, Kind.PART, Kind.DOMESTIC)
_BARE = 2
"""Marks of a message in which a weak name without a trade word still counts (“turkey?”)."""
_SETTING = frozenset({"domain", "term", "source", "newsletter", "coverage", "freshness", "official"})
"""What makes soft words (figures, economy, customs) belong to the question."""

_QUESTION_WORDS = frozenset(
    (
        "what whats who whos which how hows when where why is are was were does do did has have had can could show list "
        "tell give compare top name define explain"
    ).split()
)


FEATURES = frozenset(
    {"partner", "partners2", "group", "groups2", "area", "areas2", "domestic", "part", "ambiguous_name", "assumed_name", "excluded", "us"}
    | {"domain", "measure", "inflow", "outflow", "question", "limit", "nth", "bounds", "percent", "money", "bad_number", "holders"}
    | {"period", "periods2", "years_range", "month", "day", "since", "before", "after", "to_date", "future"}
    | set(_THINGS.values())
)
"""What a frame can hold besides cues: the words, with the cues, that an intent's rules may be made of."""


@dataclass(slots=True)
class Frame:
    """The findings of one sentence. `features` are the words that intents' rules are made of."""

    marks: Sequence[Mark]
    names: list[Named] = field(default_factory=list)
    excluded: list[Named] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    amounts: Quantities = field(default_factory=Quantities)
    things: dict[str, list[str]] = field(default_factory=dict)
    trade: Trade = field(default_factory=Trade)
    features: set[str] = field(default_factory=set)
    ambiguous: str = ""
    used: set[int] = field(default_factory=set)
    is_question: bool = False
    in_setting: bool = False
    text: str = ""

    def ids(self, *kinds: Kind) -> tuple[str, ...]:
        """Ids of the names of these kinds, in order, once each."""
        return tuple(dict.fromkeys(name.id for name in self.names if name.kind in kinds))

    def unexplained(self, takes: frozenset[str]) -> list[Mark]:
        """Content marks that nothing explains, for an intent that can use the slots and cues in `takes`."""
        return [mark for mark, uses in self.content() if takes.isdisjoint(uses)]

    def content(self) -> list[tuple[Mark, frozenset[str]]]:
        """The marks that ask for an explanation, each with the cues and slots that would be one."""
        named = {name.at for name in (*self.names, *self.excluded)}
        return [
            (mark, frozenset() if Kind.BLOCKED in mark.senses.kinds else _uses(mark.senses))
            for index, mark in enumerate(self.marks)
            if index not in self.used and index not in named and not self._is_plain(mark)
        ]

    def _is_plain(self, mark: Mark) -> bool:
        kinds = mark.senses.kinds
        if Kind.BLOCKED in kinds:
            return False
        if not kinds.isdisjoint(_PLAIN) or (not kinds and not any(char.isalnum() for char in mark.said)):
            return True
        if mark.key.isdigit():
            return False
        return len(mark.key) == 1 or (self.in_setting and not kinds.isdisjoint(_SOFT))


def _uses(senses: Senses) -> frozenset[str]:
    slots = [_THINGS[kind] for kind in senses.kinds if kind in _THINGS]
    return senses.cues.union(slots) if slots else senses.cues


def build(marks: Sequence[Mark], calendar: Calendar, words: Words, text: str) -> Frame:
    """The frame of one sentence's marks."""
    marks = _without_denied(marks)
    frame = Frame(marks, text=text)
    frame.whens, frame.used = times.find(marks, calendar)
    frame.amounts = quantities.find(marks, frame.used)
    frame.used |= frame.amounts.used
    cues = set().union(*[mark.senses.cues for index, mark in enumerate(marks) if index not in frame.used])
    frame.features |= cues
    if lists.partners_ranked(marks, frame.features, counted=bool(frame.amounts.nth or frame.amounts.limit)):
        frame.features.add("partner_word")
    if not frame.features.isdisjoint(words.domain) or (cues & {"buy", "sell"}):
        frame.features.add("domain")
    _chapters_by_number(frame)
    _find_names(frame, not cues.isdisjoint(words.context))
    _find_things(frame)
    frame.trade = roles.trade(marks, [name for name in frame.names if name.kind in (Kind.PARTNER, Kind.GROUP)], frozenset(cues))
    if "tariff" in cues and levies.charged_by_partner(marks, [name for name in frame.names if name.kind in (Kind.PARTNER, Kind.GROUP)]):
        frame.features.add("partner_tariffs")
    frame.is_question = "?" in text or "❓" in text or (bool(marks) and marks[0].key.split(" ")[0] in _QUESTION_WORDS)
    _slots(frame)
    frame.in_setting = not frame.features.isdisjoint(_SETTING)
    return frame


def _without_denied(marks: Sequence[Mark]) -> Sequence[Mark]:
    """“the deficit, not imports”: a measure that is denied beside another one is not asked for."""
    kept = list(marks)
    for index, mark in enumerate(marks[1:], 1):
        if marks[index - 1].key == "not" and mark.is_(*roles.MEASURES) and any(other.is_(*roles.MEASURES) for other in marks[: index - 1]):
            kept[index] = mark._replace(senses=Senses((Sense(Kind.FILLER, ""),)))
    return kept


def _find_names(frame: Frame, in_context: bool) -> None:
    excluding = False
    for index, mark in enumerate(frame.marks):
        if index in frame.used:
            continue
        if lists.leaves_out(frame.marks, index, frame.features):
            excluding = True
            continue
        named = _named(frame, index, mark)
        if named is None:
            excluding = excluding and (mark.has(Kind.FILLER) or mark.key in ("and", "or", "the"))
            continue
        (frame.excluded if excluding else frame.names).append(named)
    if "domain" not in frame.features and not in_context:
        frame.names = [name for name in frame.names if not name.weak or (not name.people and len(frame.marks) <= _BARE)]


def _named(frame: Frame, index: int, mark: Mark) -> Named | None:
    if mark.senses.kinds.isdisjoint(_PLACES):
        return None
    for kind in _PLACES:
        sense = next((sense for sense in mark.senses if sense.kind is kind), None)
        if sense is None or (sense.foreign and mark.has(Kind.FILLER, Kind.CUE, Kind.US, Kind.MONTH)):
            continue
        if sense.weak and mark.has(Kind.CUE) and not sense.people:
            continue
        possessive = mark.possessive or (index + 1 < len(frame.marks) and frame.marks[index + 1].key == "s")
        return Named(index, sense.id, kind, sense.weak, sense.people, possessive, roles.preposition(frame.marks, index), mark.said)
    return None


def _chapters_by_number(frame: Frame) -> None:
    """“HS 85”, “chapter 27”."""
    for index, mark in enumerate(frame.marks[:-1]):
        following = frame.marks[index + 1]
        if mark.key in ("hs", "chapter", "hts", "hs chapter", "hs code") and following.value is not None and 1 <= following.value <= 99:
            frame.things.setdefault("chapter", []).append(f"HS{int(following.value):02d}")
            frame.used.update((index, index + 1))


def _find_things(frame: Frame) -> None:
    for index, mark in enumerate(frame.marks):
        kinds = mark.senses.kinds
        if index in frame.used or kinds.isdisjoint(_SPOKEN_OF):
            continue
        for kind, slot in _THINGS.items():
            if kind not in kinds:
                continue
            if kind is Kind.CHAPTER and mark.is_("sell", "buy"):
                continue  # “we ship to Malta” speaks of no ships
            found = frame.things.setdefault(slot, [])
            found.extend(one for one in mark.ids(kind) if one not in found)
        frame.features.update(f"intent:{one}" for one in mark.ids(Kind.INTENT))


def resolve(frame: Frame, defaults: dict[str, str]) -> None:
    """Give ambiguous names their default partner; remember the first that has none."""
    if all(name.kind is not Kind.AMBIGUOUS for name in frame.names):
        return
    for index, name in enumerate(frame.names):
        if name.kind is not Kind.AMBIGUOUS:
            continue
        default = defaults.get(name.id, "")
        if default:
            frame.names[index] = replace(name, id=default, kind=Kind.PARTNER)
            frame.features.add("assumed_name")
        else:
            frame.ambiguous = name.id
    _slots(frame)


def _slots(frame: Frame) -> None:
    """The features that say which slots are filled."""
    features = frame.features
    features -= {"partner", "partners2", "group", "area", "areas2", "domestic", "part", "ambiguous", "ambiguous_name"}
    partners, groups = frame.ids(Kind.PARTNER), frame.ids(Kind.GROUP)
    areas = len(partners) + len(groups)
    ambiguous = any(name.kind is Kind.AMBIGUOUS for name in frame.names)
    flags = {
        "partner": bool(partners) or ambiguous,
        "partners2": len(partners) > 1,
        "group": bool(groups),
        "groups2": len(groups) > 1,
        "area": areas > 0 or ambiguous,
        "areas2": areas + ambiguous > 1,
        "domestic": bool(frame.ids(Kind.DOMESTIC)),
        "part": bool(frame.ids(Kind.PART)),
        "ambiguous_name": bool(frame.ambiguous),
        "excluded": bool(frame.excluded),
        "us": any(mark.has(Kind.US) for mark in frame.marks),
        "measure": bool(features & roles.MEASURES) or bool(frame.trade.flow),
        "inflow": frame.trade.flow == roles.IMPORTS,
        "outflow": frame.trade.flow == roles.EXPORTS,
        "limit": frame.amounts.limit is not None or frame.amounts.of_top is not None,
        "nth": frame.amounts.nth is not None,
        "bounds": frame.amounts.bounds is not None,
        "percent": frame.amounts.percent is not None,
        "money": frame.amounts.money is not None,
        "question": frame.is_question,
        "bad_number": bool(frame.amounts.bad),
        "holders": lists.holders(frame.marks, frame.names),
    }
    features.update(name for name, present in flags.items() if present)
    features.update(slot for slot, found in frame.things.items() if found)
    _time_slots(frame)


def _time_slots(frame: Frame) -> None:
    kinds = [when.kind for when in frame.whens]
    spans = [when for when in frame.whens if when.period is not None and when.kind != "future"]
    if spans:
        frame.features.add("period")
    if len(spans) > 1:
        frame.features.add("periods2")
    if any(when.period is not None and when.kind == "span" and when.period.is_years and not when.period.is_year for when in spans):
        frame.features.add("years_range")
    if any(when.period is not None and when.period.is_month for when in spans):
        frame.features.add("month")
    frame.features.update(kind for kind in kinds if kind in ("day", "since", "before", "after", "to_date", "future"))
