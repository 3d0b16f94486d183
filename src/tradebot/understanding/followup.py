"""Turns: what a fragment (“and japan?”, “since 2015”, “why?”) takes from the question before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tradebot.knowledge.periods import Period
from tradebot.query import OTHER_SIDE, Order, Query
from tradebot.understanding import fragments
from tradebot.understanding.choosing import Chosen
from tradebot.understanding.frame import Frame
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.named import Named
from tradebot.understanding.roles import MEASURES
from tradebot.understanding.sides import Trade
from tradebot.understanding.time_points import When
from tradebot.understanding.together import in_context

_OPENERS = frozenset(
    {"for", "with", "from", "by", "without", "vs", "versus", "in", "on", "since", "minus", "add", "include", "plus", "not", "only", "just"}
)
_CARRIED_CUES = fragments.TOPICS - {"why", "define", "source", "members"}
_OTHER_TOPICS = fragments.TOPICS - {"why"}
"""“why?” is about what the question before was about."""

_EMPTY = frozenset(
    {"question", "us", "yes_no", "how", "where", "when", "who", "what", "latest", "greet", "thanks", "help", "bad_bot", "official"}
)
"""Features that ask nothing by themselves: “really?” after an answer is no question."""

_WHOLE = frozenset({"us", "world", "who", "country_word", "limit", "nth", "bounds", "largest", "smallest", "count"})
_ENDS = frozenset({"largest", "smallest"})
_GLANCE = "partner_summary"
"""The intent of a bare name."""
_OF_GOODS = frozenset({"products"})
_FLOWS = ("imports", "exports")
_SIDE_BY_SIDE = frozenset({"compare", "combined", "bigger", "smaller", "difference", "ratio"})
"""Cues that want two areas: with none named, those of the last questions."""
_ARTICLES = frozenset({"the", "a", "its", "their"})
_WORD = 1
"""Marks of a message that only names another measure of the same partner (“imports?”)."""

MOST_EARLIER = 7
"""Questions back that “compare them” reaches."""

_PICKED = frozenset({"limit", "nth", "largest", "smallest", "runner_up", "last_place", "ranking", "combined", "who", "country_word"})
"""What picks some out of a list, or adds it up."""

_POINTERS = frozenset({"it", "they", "them", "that", "there", "those", "these", "its", "their"})


@dataclass(frozen=True, slots=True)
class Turn:
    """The question before: its query and the partners or periods its answer listed, in order.

    `earlier` are the partners of the questions before that one, as long as each was about one partner alone; `against` is the
    period of the one before it, where the two asked the same of two periods.
    """

    query: Query
    keys: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    against: Period | None = None

    def followed(self, query: Query, keys: tuple[str, ...]) -> Turn:
        """The turn after this one."""
        if query.partners == self.query.partners:
            same = query.metric == self.query.metric and query.groups == self.query.groups and query.period != self.query.period
            return Turn(query, keys, self.earlier, self.query.period if same and self.query.period_said else None)
        single = len(self.query.partners) == len(query.partners) == 1
        return Turn(query, keys, (*self.earlier, *self.query.partners)[-MOST_EARLIER:] if single else ())


def leans(frame: Frame, alone: Chosen | None, query: Query) -> bool:
    """Whether a sentence points back: it begins with “and”, says “those”, or is no whole question by itself."""
    if frame.marks and "latest" in frame.features and query.date is not None and len(frame.marks) <= fragments.FRAGMENT:
        return True  # “now?” after the tariffs of a day
    if not frame.marks or not frame.features - _EMPTY:
        return False
    if alone is not None and alone.intent.id == _GLANCE and (query.intent in _OF_GOODS or query.intent.startswith("tariff")):
        return True  # “Germany?” after the tariff on cars: on those from there
    first = frame.marks[0]
    if first.is_("who") and frame.trade.trouble:
        return False  # “who sells to Europe”: anybody, whatever was asked before
    opens = first.is_("and_also") or first.key in ("no", "so", "but", "then", "same") or frame.marks[-1].key == "only"
    opens = opens or (first.is_("bigger", "smaller") and fragments.adds_area(frame, query))  # “more than with Mexico?”
    opens = opens or (first.key in _OPENERS and len(frame.marks) <= fragments.FRAGMENT and "us" not in frame.features)
    points = points_back(frame)
    return (
        (_is_word(frame) and not frame.features & {"area", "us", "world"})
        or opens
        or points
        or alone is None
        or bool(frame.features & {"those", "next_ones"})
        or not frame.features & {"area", "measure", "domain"}
    )


def _is_word(frame: Frame) -> bool:
    """Whether it only names another measure (“imports?”) or two of them (“surplus or deficit”)."""
    said = [mark for mark in frame.marks if mark.key not in _ARTICLES]
    measures = sum(mark.is_(*MEASURES) for mark in said)
    joined = len(said) == 2 * measures - 1 and any(mark.is_("or_word", "and_also") for mark in said)
    return len(said) <= _WORD or joined


def points_back(frame: Frame) -> bool:
    """Whether it holds a word such as “it”, “those”, “their”."""
    return any(mark.key in _POINTERS for mark in frame.marks)


def prefers(merged: Chosen, alone: Chosen) -> bool:
    """Whether the reading with the turn before it is better than the sentence alone."""
    if len(merged.unexplained) > len(alone.unexplained):
        return False
    return not alone.intent.whole or merged.intent is alone.intent


def merge(frame: Frame, before: Turn) -> tuple[Frame, tuple[str, ...]]:
    """The frame with what it lacks taken from the turn before, and the names of what was taken."""
    query, frame = before.query, _as_pronoun(frame, before)
    merged = replace(frame, names=list(frame.names), whens=in_context(frame.whens, query.period), features=set(frame.features))
    carried = [*_take_measure(merged, frame, query), *_take_names(merged, frame, before)]
    if frame.features & {"next_ones", "those"} and not _reaches_back(frame, before) and not fragments.moves_of_list(frame, query):
        turned = frame.features & _ENDS
        merged.features |= query.features & ({"limit", "ranking", "group"} | (_ENDS if not turned else frozenset()))
        carried.append("list")
    if query.intent.startswith("tariff") or {"authority", "product"} & query.features:
        carried += _of_tariffs(merged, query)
    if not frame.whens and query.period is not None and query.period_said:
        merged.whens += [When("span", year.label, year) for year in query.years] or [When("span", query.period_said, query.period)]
        merged.features |= {"period", "years_range"} if query.period.is_years and not query.period.is_year else {"period"}
        carried.append("period")
        beside = _compared_with(frame, before)
        if beside is not None:
            merged.whens.append(When("span", beside.label, beside))
            merged.features.add("periods2")
    elif fragments.holds_against(frame, query) and query.period is not None:  # “is that more than 2024”
        merged.whens.append(When("span", query.period_said, query.period))
        merged.features |= {"period", "periods2"}
        carried.append("period")
    if query.intent == "combine" and query.exclude and not frame.names and not frame.excluded and frame.features & {"period", *_FLOWS}:
        merged.excluded = [Named(-1, one, Kind.PARTNER) for one in query.exclude]
        merged.features.add("excluded")
    if query.metrics and "period" in frame.features and not frame.names and not frame.features & fragments.TOPICS:
        merged.flows = tuple(map(str, query.metrics))
        merged.features.add("own_flows")
    fragments.turn(merged, frame, query)
    _flag(merged)
    return merged, tuple(carried)


def _compared_with(frame: Frame, before: Turn) -> Period | None:
    """The second period: of a change, “in percent” goes on with both; after “2025?” and “and 2019?”, “difference” is between the two."""
    if "in_percent" in frame.features and before.query.against is not None:
        return before.query.against
    return before.against if not frame.names and frame.features & {"difference", "compare", "change"} else None


def _as_pronoun(frame: Frame, before: Turn) -> Frame:
    """“what do we buy from them” after a question that named partners, “tariffs on those” after any list: just these, no list of them."""
    named = (before.query.partners or before.query.groups) and before.query.intent not in fragments.LISTS
    if "those" in frame.features and (named or "tariff" in frame.features) and frame.features.isdisjoint(_PICKED):
        return replace(frame, features=frame.features - {"those"})
    return frame


def _take_measure(merged: Frame, frame: Frame, query: Query) -> list[str]:
    """What the question is about, and which way its flow runs."""
    carried: list[str] = []
    if not frame.features & (_OTHER_TOPICS - ({"members"} if frame.features & _ENDS else set())):
        taken = query.features & (
            _CARRIED_CUES | ({"why"} if query.intent == "why" and not frame.features & fragments.OWN_SHAPE else set())
        )
        if taken >= set(OTHER_SIDE):  # after “surplus or deficit” neither is taken for granted
            taken = (taken - set(OTHER_SIDE)) | {"balance"}
        merged.features |= _as_ours(taken, query) | ({"measure", "domain"} & query.features)
        carried += ["metric"] if taken else []
        asked = merged.features | (query.features if fragments.turns_over(frame, query) else set())
        if query.metric in _FLOWS and not frame.trade.flow and asked & {"buy", "sell", *_FLOWS}:
            merged.trade = Trade(flow=str(query.metric))
    elif frame.features & {"imports", "exports"} and not frame.trade.flow:
        merged.trade = Trade(flow="imports" if "imports" in frame.features else "exports")
    if "their_side" in frame.features and query.partners:
        merged.trade = Trade(side=query.sign or "deficit")
    shape = fragments.shape(frame, query)
    if shape:
        merged.features |= {f"intent:{shape}"} | (query.features & fragments.SHAPING if shape in fragments.OF_ONE else set())
        carried.append("shape")
    return carried


def _as_ours(taken: set[str] | frozenset[str], query: Query) -> set[str]:
    """The side of zero as the US has it: after “who has no deficit with us” a fragment goes on with surpluses."""
    theirs = query.premise is not None and query.premise.kind == "side" and query.premise.said == "surplus"
    turned = ("denied" in query.features) != theirs and not taken >= set(OTHER_SIDE)
    return {OTHER_SIDE.get(cue, cue) if turned else cue for cue in taken}


def _take_names(merged: Frame, frame: Frame, before: Turn) -> list[str]:
    """The partners and groups of the question before, where the fragment has none or puts one beside them."""
    query = before.query
    lists = frame.features & {"nth", "limit", "largest", "smallest", "runner_up"} and not points_back(frame)
    lists = lists and "products" not in frame.features  # “the main goods?” are those of the same partner
    place = fragments.place_of_list(frame, query, before.keys) or fragments.leader_of_list(frame, query, before.keys)
    if place is not None:
        merged.names.append(place)
        merged.amounts = replace(frame.amounts, nth=None)
        merged.features -= {"nth"}
        return ["partner"]
    if fragments.shape(frame, query) in fragments.LISTS or fragments.asks_supplier(frame, query):
        merged.names += [Named(-1, one, Kind.GROUP) for one in query.groups] if not frame.names and query.intent != "products" else []
        return []
    if fragments.adds_area(frame, query):
        merged.names = [*_areas(before), *merged.names]
        merged.features -= {"combined"} - query.features
        return ["partner"]
    if _reaches_back(frame, before):
        merged.names = [Named(-1, one, Kind.PARTNER) for one in dict.fromkeys((*before.earlier, *query.partners))]
        return ["partner"]
    if lists and not frame.names and query.groups and not frame.features & {"world", "us", "country_word"}:
        merged.names = [Named(-1, one, Kind.GROUP) for one in query.groups]
        return ["partner"]
    if not frame.names and query.intent in fragments.OF_SEVERAL and fragments.ends_of(frame):
        merged.names = _areas(before)
        return ["partner"]
    if not frame.names and not lists and not frame.features & {"those", "next_ones"}:
        listed = before.keys if "tariff" in frame.features and points_back(frame) else ()
        merged.names = _areas(before) or [Named(-1, one, Kind.PARTNER) for one in listed]
        return ["partner"] if merged.names else []
    if "compare" in frame.features and "areas2" not in frame.features and not frame.whens:
        merged.names = [*_areas(before), *merged.names]
        return ["partner"]
    if "group" in frame.features and "partner" not in frame.features and not frame.features & fragments.TOPICS:
        merged.features |= query.features & {"largest", "smallest"}
    return []


def _reaches_back(frame: Frame, before: Turn) -> bool:
    """“compare them”, “together”: about the partners of several questions, asked one after the other."""
    return bool(not frame.names and before.earlier and frame.features & _SIDE_BY_SIDE and len(frame.marks) <= fragments.FRAGMENT)


def _of_tariffs(merged: Frame, query: Query) -> list[str]:
    """What a fragment about tariffs takes besides: the goods or the law, the day, and for “why?” that tariffs are meant."""
    carried: list[str] = []
    if "why" in merged.features and not merged.features & (_CARRIED_CUES | {"authority", "product"}):
        merged.features |= query.features & {"tariff"}
    if merged.features & (_CARRIED_CUES - {"tariff"}):
        return carried
    things = {"product": query.products, "authority": query.authorities}
    if not any(merged.things.get(slot) for slot in things):
        merged.things = {**merged.things, **{slot: list(ids) for slot, ids in things.items() if ids}}
        merged.features.update(slot for slot, ids in things.items() if ids)
        carried += [slot for slot, ids in things.items() if ids]
    if not merged.whens and query.date is not None and not merged.features & {"latest", "in_force", "ended", "timeline"}:
        merged.whens.append(When("day", query.date.isoformat(), day=query.date))
        merged.features.add("day")
        carried.append("period")
    return carried


def point_back(frame: Frame, before: Frame) -> None:
    """Within one message: “We ship to Malta. What did exports there come to?” takes its partner from the sentence before."""
    lacks = frame.features & {"measure", "tariff"} and not frame.features & _WHOLE
    if not frame.names and before.names and (lacks or any(mark.key in _POINTERS for mark in frame.marks)):
        frame.names = [name._replace(at=-1) for name in before.names]
        if not frame.trade.flow and frame.features & {"imports", "exports"}:
            frame.trade = Trade(flow="imports" if "imports" in frame.features else "exports")
        if "tariff" in frame.features and before.things.get("product") and not frame.things.get("product"):
            frame.things = {**frame.things, "product": before.things["product"]}
            frame.features.add("product")
        _flag(frame)


def _areas(before: Turn) -> list[Named]:
    query = before.query
    if query.intent in fragments.LISTS and query.partners:  # “which of those are in Europe”: what was left of the list
        return [Named(-1, one, Kind.PARTNER) for one in before.keys]
    partners, groups = ([Named(-1, one, kind) for one in ids] for kind, ids in ((Kind.PARTNER, query.partners), (Kind.GROUP, query.groups)))
    named = [*groups, *partners] if "group_first" in query.features else [*partners, *groups]
    if not named and query.nth is not None and before.keys:
        named = [Named(-1, before.keys[0], Kind.PARTNER)]
    if not named and query.order is Order.TOP and query.limit in (None, 1) and before.keys and not query.groups:
        named = [Named(-1, before.keys[0], Kind.PARTNER)]
    return named


def _flag(frame: Frame) -> None:
    partners, groups = frame.ids(Kind.PARTNER), frame.ids(Kind.GROUP)
    flags = {
        "partner": bool(partners),
        "partners2": len(partners) > 1,
        "group": bool(groups),
        "area": bool(partners or groups),
        "areas2": len(partners) + len(groups) > 1,
        "group_first": bool(partners and groups) and frame.names[0].kind is Kind.GROUP,
    }
    frame.features.discard("group_first")
    frame.features.update(name for name, present in flags.items() if present)
