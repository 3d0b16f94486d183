"""Framing: the marks of a sentence as a frame.

    marks ─ times, quantities ─▶ what is left ─▶ names, things, the direction of trade ─▶ features

What no mark of the sentence can be (`kinds`, `cues`) is not looked for: most sentences hold a name, a cue and little else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tradebot.knowledge.models_partners import Group
from tradebot.knowledge.words import Words
from tradebot.query import Bounds
from tradebot.understanding import levies, lists, quantities, roles, times
from tradebot.understanding.amounts import Wording
from tradebot.understanding.frame import Frame, note_slots
from tradebot.understanding.lexicon import NAMES, THINGS, Kind, Sense, Senses
from tradebot.understanding.marks import Mark
from tradebot.understanding.named import Named, preposition
from tradebot.understanding.quantities import Quantities
from tradebot.understanding.sides import Trade
from tradebot.understanding.time_points import Calendar

_PARTIES = (Kind.PARTNER, Kind.GROUP, Kind.AMBIGUOUS)
_OF_NAMES = frozenset({"partner", "partners2", "group", "area", "areas2", "domestic", "part", "ambiguous_name"})
_SPOKEN_OF = frozenset({*THINGS, Kind.INTENT})
_FLOW_VERBS = frozenset({"buy", "sell"})
_CHAPTER_WORDS = frozenset({"hs", "chapter", "hts", "hs chapter", "hs code"})
_PLACED = frozenset({"largest", "rank"})
_PARTIES_COMPARED = 2
_BY_WAY = frozenset({"via", "through", "under"})
"""Prepositions of a route or a rule of entry (“imports from Japan via Mexico”), by which no figure is held."""
_MANY = frozenset({"deficits", "surpluses"})
_NEAR = 0.1
"""How far a figure may lie from “about 60 billion”, as a part of it; the answer says between what."""
_MIDDLES = frozenset({"average", "median", "mean_word"})
_BARE = 2
"""Marks of a message in which a weak name without a trade word still counts (“turkey?”)."""
_PICKED = 4
"""Marks of a message that only picks out some of what was listed."""
_ONES = 2
_PICKING = frozenset({"only", "just", "and"})
_SETTING = frozenset({"domain", "term", "source", "newsletter", "coverage", "freshness", "official"})
"""What makes soft words (figures, economy, customs) belong to the question."""

_QUESTION_WORDS = frozenset(
    (
        "what whats who whos which how hows when where why is are was were does do did has have had can could show list "
        "tell give compare top name define explain"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Setting:
    """The cues that make a sentence one about trade, those beside which a weak name counts all the same, and the words of bounds."""

    domain: frozenset[str]
    context: frozenset[str]
    wording: Wording
    of_trade: frozenset[str]
    """Groups whose very members are a matter of trade."""

    @classmethod
    def of(cls, words: Words, groups: Mapping[str, Group]) -> Setting:
        return cls(
            frozenset(words.domain) | _FLOW_VERBS,
            frozenset(words.context),
            Wording(frozenset(words.above), frozenset(words.below)),
            frozenset(each.id for each in groups.values() if each.of_trade),
        )


def build(marks: Sequence[Mark], calendar: Calendar, setting: Setting, text: str) -> Frame:
    """The frame of one sentence's marks."""
    marks = _without_denied(marks)
    kinds = frozenset[Kind]().union(*[mark.senses.kinds for mark in marks])
    cues = frozenset[str]().union(*[mark.senses.cues for mark in marks])
    whens, used = times.find(marks, calendar, cues)
    amounts = quantities.find(marks, used, cues, setting.wording) if quantities.may_hold(kinds, text) else Quantities()
    used |= amounts.used
    if used:
        cues = frozenset[str]().union(*[mark.senses.cues for index, mark in enumerate(marks) if index not in used])
    said = {*cues, "bounds"} if amounts.bounds is not None else set(cues)
    frame = Frame(marks, whens=whens, amounts=amounts, features=said, used=used, text=text)
    if lists.partners_ranked(marks, cues, counted=bool(amounts.nth or amounts.limit)):
        frame.features.add("partner_word")
    if not frame.features.isdisjoint(setting.domain):
        frame.features.add("domain")
    if Kind.NUMBER in kinds:
        _chapters_by_number(frame)
    if not kinds.isdisjoint(NAMES):
        _find_names(frame, in_context=not cues.isdisjoint(setting.context) or _picks_out(marks), of_goods=Kind.CHAPTER in kinds)
    if not kinds.isdisjoint(_SPOKEN_OF):
        _find_things(frame)
    if not setting.of_trade.isdisjoint(name.id for name in frame.names):
        frame.features.add("of_trade")
    _note_prepositions(frame)
    if "share" in cues and Kind.CHAPTER in kinds and lists.part_of_area(marks, frame.names):
        frame.features.add("part_of_area")
    _find_direction(frame, cues, kinds)
    _note_features(frame, kinds)
    return frame


def _note_prepositions(frame: Frame) -> None:
    """Where goods come from, and by which way."""
    governed = {name.preposition for name in frame.names}
    if "from" in governed:
        frame.features.add("from_area")
    if len(frame.names) > 1 and not governed.isdisjoint(_BY_WAY):
        frame.features.add("by_way")


def _picks_out(marks: Sequence[Mark]) -> bool:
    """“only the European ones”, “Asian only”, “which ones are Asian”: what is picked out of something said before."""
    last = marks[-1].key if marks else ""
    if [mark.key for mark in marks[:_ONES]] == ["which", "ones"]:
        return len(marks) <= _PICKED + 1
    return (last == "only" and len(marks) <= _BARE) or (last == "ones" and len(marks) <= _PICKED and marks[0].key in _PICKING)


def _without_denied(marks: Sequence[Mark]) -> Sequence[Mark]:
    """“the deficit, not imports”: a measure that is denied beside another one is not asked for."""
    if "not" not in [mark.key for mark in marks]:
        return marks
    kept = list(marks)
    for index, mark in enumerate(marks[1:], 1):
        if marks[index - 1].key == "not" and mark.is_(*roles.MEASURES) and any(other.is_(*roles.MEASURES) for other in marks[: index - 1]):
            kept[index] = mark._replace(senses=Senses((Sense(Kind.FILLER, ""),)))
    return kept


_CODE_LENGTHS = frozenset({1, 2, 4, 6, 8, 10})


def _chapters_by_number(frame: Frame) -> None:
    """“HS 85”, “chapter 27”."""
    for index, mark in enumerate(frame.marks[:-1]):
        following = frame.marks[index + 1]
        code = following.key if following.value is not None and mark.key in _CHAPTER_WORDS else ""
        if len(code) in _CODE_LENGTHS and code.isdigit() and 1 <= int(code.zfill(2)[:2]) <= 99:
            frame.things.setdefault("chapter", []).append(f"HS{code.zfill(2)[:2]}")  # a longer code lies in its chapter
            frame.used.update((index, index + 1))
            frame.features.add("hs_code")


def _find_names(frame: Frame, *, in_context: bool, of_goods: bool) -> None:
    may_exclude = not frame.features.isdisjoint(lists.LEAVING_OUT)
    excluding = False
    for index, mark in enumerate(frame.marks):
        if index in frame.used:
            continue
        if excluding and mark.key == "but":  # “not with China but with Mexico”
            frame.used.update(name.at for name in frame.excluded)
            frame.excluded, excluding = [], False
        if may_exclude and lists.leaves_out(frame.marks, index, frame.features):
            excluding = True
            continue
        named = None if mark.senses.kinds.isdisjoint(NAMES) else _named(frame, index, mark)
        if named is None:
            excluding = excluding and (mark.has(Kind.FILLER) or mark.key in ("and", "or", "the"))
            continue
        if frame.excluded and frame.excluded[-1].at == index - 1 and not mark.gap:
            excluding = False  # “non-EU Europe”
        (frame.excluded if excluding else frame.names).append(named)
    if "domain" not in frame.features and not in_context:
        frame.names = [
            name
            for name in frame.names
            if not name.weak or (not name.people and len(frame.marks) <= _BARE) or (of_goods and name.preposition == "from")
        ]


def _named(frame: Frame, index: int, mark: Mark) -> Named | None:
    for sense in mark.senses.places:
        if sense.foreign and mark.has(Kind.FILLER, Kind.CUE, Kind.US, Kind.MONTH):
            continue
        if sense.weak and mark.has(Kind.CUE) and not sense.people:
            continue
        possessive = mark.possessive or (index + 1 < len(frame.marks) and frame.marks[index + 1].key == "s")
        return Named(index, sense.id, sense.kind, sense.weak, sense.people, possessive, preposition(frame.marks, index), mark.said)
    return None


def _find_things(frame: Frame) -> None:
    for index, mark in enumerate(frame.marks):
        senses = mark.senses
        if index in frame.used or senses.kinds.isdisjoint(_SPOKEN_OF):
            continue
        for slot, ids in senses.things:
            if slot == "chapter" and mark.is_("sell", "buy"):
                continue  # “we ship to Malta” speaks of no ships
            found = frame.things.setdefault(slot, [])
            found += [one for one in ids if one not in found]
        if Kind.INTENT in senses.kinds:
            frame.features.update([f"intent:{one}" for one in senses.ids(Kind.INTENT)])


def _find_direction(frame: Frame, cues: frozenset[str], kinds: frozenset[Kind]) -> None:
    """Which way trade runs, and whose tariffs are meant."""
    us = [index for index, mark in enumerate(frame.marks) if Kind.US in mark.senses.kinds] if Kind.US in kinds else []
    parties = [name for name in frame.names if name.kind in _PARTIES]
    frame.trade = roles.trade(frame.marks, parties, us, cues)
    frame.flows = roles.own_flows(frame.marks, parties, us, cues)
    if len(parties) == _PARTIES_COMPARED and len(frame.whens) == _PARTIES_COMPARED and "tariff" not in cues:
        _find_own_periods(frame, parties)
    if frame.flows and not frame.periods and parties[0].id == parties[1].id:
        frame.flows = ()
        frame.features.add("both_flows")  # “imports from Japan against exports to Japan”
    elif frame.flows:
        frame.trade = Trade(flow=frame.flows[0])
        frame.features.add("own_flows")
    elif Kind.CHAPTER in kinds and frame.trade == Trade() and "tariff" not in cues and [name.preposition for name in parties] == ["to"]:
        frame.trade = Trade(flow="exports")  # “cars to Germany”
    if "tariff" in cues and parties and levies.charged_by_partner(frame.marks, parties, us):
        frame.features.add("partner_tariffs")


def _find_own_periods(frame: Frame, parties: Sequence[Named]) -> None:
    """“the deficit with China in 2018 or with Mexico in 2025”: one span in each half."""
    first, second = parties
    (one, other), cut = sorted(frame.whens, key=lambda when: when.at), roles.joint(frame.marks, first, second)
    spans = [when.period for when in (one, other) if when.kind in ("span", "to_date") and when.period]
    apart = one.at < cut <= other.at or first.at < one.at < second.at < other.at
    if (first.id != second.id or frame.flows) and len(spans) == _PARTIES_COMPARED and apart and spans[0] != spans[1]:
        frame.periods = tuple(spans)
        frame.features.add("own_periods")


def _note_features(frame: Frame, kinds: frozenset[Kind]) -> None:
    features, flow, marks = frame.features, frame.trade.flow, frame.marks
    frame.is_question = "?" in frame.text or "❓" in frame.text or (bool(marks) and marks[0].key.split(" ")[0] in _QUESTION_WORDS)
    if frame.is_question:
        features.add("question")
    if frame.amounts.from_below:
        features.add("smallest")
    if Kind.US in kinds:
        features.add("us")
    if flow or not features.isdisjoint(roles.MEASURES):
        features.add("measure")
    if flow:
        features.add("inflow" if flow == roles.IMPORTS else "outflow")
    _note_lists(frame, kinds)
    if frame.amounts.money is not None:
        _bound_about(frame)
    features |= lists.turn(marks, features)
    then = lists.than_then(marks, frame.whens, features)
    if then and "tariff" in features and len(frame.whens) == 1:
        frame.whens, then = [frame.whens[0]._replace(kind="since")], {"since"}  # “are tariffs lower than in April 2025”: the steps since
    features |= then
    note_slots(frame)
    frame.in_setting = not features.isdisjoint(_SETTING)


def _bound_about(frame: Frame) -> None:
    """“deficits of about 60 billion”: of many partners those are meant whose figure is near it."""
    money, asked = frame.amounts.money, {"who", "country_word"} & frame.features or any(mark.key in _MANY for mark in frame.marks)
    if money is not None and asked and frame.amounts.bounds is None and not frame.names:
        frame.amounts = replace(frame.amounts, money=None, bounds=Bounds(round(money * (1 - _NEAR), 3), round(money * (1 + _NEAR), 3)))
        frame.features.add("bounds")


def _note_lists(frame: Frame, kinds: frozenset[Kind]) -> None:
    """What words say of many partners at once: who has something, who is added up or left out, how the members of a group stand."""
    features, marks = frame.features, frame.marks
    if (Kind.GROUP in kinds or "country_word" in features) and lists.holders(marks, frame.names):
        features.add("holders")
    if "combined" in features:
        features |= lists.against_sum(marks, frame.names)
    if not features.isdisjoint(_MIDDLES) and lists.of_each(marks, frame.names):
        features.add("each_member")
    if Kind.GROUP in kinds and not features.isdisjoint(_PLACED) and lists.group_stands(marks, frame.names):
        features.add("group_stands")
    if not lists.SAID_OF_LISTS.isdisjoint([mark.key for mark in marks]):
        features |= lists.ranked_units(marks) | lists.moved(marks, features)
        if lists.denied(marks, features):
            features.add("denied")


def resolve(frame: Frame, defaults: Mapping[str, str]) -> None:
    """Give ambiguous names their default partner; remember the first that has none."""
    if Kind.AMBIGUOUS not in [name.kind for name in frame.names]:
        return
    for index, name in enumerate(frame.names):
        if name.kind is not Kind.AMBIGUOUS:
            continue
        default = defaults.get(name.id, "")
        if default:
            frame.names[index] = name._replace(id=default, kind=Kind.PARTNER)
            frame.features.add("assumed_name")
        else:
            frame.ambiguous = name.id
    frame.features -= _OF_NAMES
    note_slots(frame)
