"""Fragments: what kind of question a few words go on with (“share of Mexico” – “and Canada?”, “top five deficits” – “in Europe?”)."""

from __future__ import annotations

from dataclasses import replace

from tradebot.query import Metric, Query
from tradebot.understanding.frame import Frame
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.named import Named
from tradebot.understanding.sides import Trade

TOPICS = frozenset(
    {
        "deficit",
        "surplus",
        "balance",
        "imports",
        "exports",
        "total_trade",
        "trade",
        "both_flows",
        "supplier",
        "market",
        "partner_word",
        "tariff",
        "why",
        "define",
        "source",
        "products",
        "risk",
        "company",
        "cause",
        "effective_rate",
        "members",
    }
)
"""What a sentence can be about: without one of them it takes that of the question before."""

OF_SEVERAL = frozenset({"trend", "compare", "average", "extremes", "tariff_timeline"})
"""Intents whose answers show several figures, of which a fragment may ask for the largest."""
_ENDS = frozenset({"largest", "smallest"})
_PLACES = frozenset({"limit", "nth", "who", "country_word", "world", "us", "measure", "group"})
_SIDES = frozenset({"deficit", "surplus"})
_OF_A_SPAN = frozenset({"records", "turned"})
"""Lists that are made from a span: “since 2018” is no trend after them."""
LISTS = frozenset({"ranking", "count", "movers"}) | _OF_A_SPAN
_SHAPED = LISTS | {"share", "rank_of", "average", "products", "tariff_product"}
"""Intents that a fragment goes on with when it only changes the measure, the place or the period (“share of Mexico” – “and Canada?”)."""

OF_ONE = frozenset({"extremes", "places", "steps", "growth_rate"})
"""Intents about one partner alone, which a fragment that only names another goes on with, and what shapes their answers."""
SHAPING = frozenset(
    {"peak", "trough", "ever", "first_time", "last_time", "which_year", "which_month", "which_quarter", "how_often", "largest", "smallest"}
    | {"best_of", "worst_of", "since", "growing", "falling", "in_a_row", "growth_a_year", "become", "frequency"}
)

OWN_SHAPE = frozenset(
    {"largest", "smallest", "ranking", "count", "share", "rank", "average", "nth", "limit", "runner_up", "last_place", "products"}
    | {"trend", "change", "compare", "bigger", "smaller", "since", "years_range", "by_month", "peak", "trough", "ever", "both_flows"}
    | {"those", "next_ones", "why", "tariff", "define", "source", "members", "newsletter", "combined", "difference", "duty_free"}
)
MEASURED = frozenset({"deficit", "surplus", "balance", "imports", "exports", "total_trade", "trade", "supplier", "market", "partner_word"})
_TWO = 2
FRAGMENT = 5
"""Marks of a sentence that can be a fragment by how it opens (“for the UK”, “without China”)."""
_OF_A_LIST = 8
"""Marks of a fragment that asks for the share of what was listed (“how much of the total is that”)."""
_ITS_OWN = frozenset({"it", "its"})
_ITS = frozenset({"its", "their"})
_ADDS = frozenset({"add", "include", "plus", "adding", "including"})


def shape(frame: Frame, query: Query) -> str:
    """The intent that a fragment goes on with; empty when it brings a shape of its own or something else is asked."""
    features = frame.features
    if listed := _shape_of_list(frame, query):
        return listed
    if query.nth is not None and frame.marks[0].key in _ITS:
        return ""  # “its deficit” after “the third one”: of that partner
    if "in_percent" in features and not frame.names and len(frame.marks) <= FRAGMENT and query.intent not in LISTS:
        moved = query.intent in ("change", "trend") or query.against is not None
        return "change" if moved else "share" if len(query.partners) + len(query.groups) == 1 else ""
    if query.intent == "count" and not frame.names and len(frame.marks) <= FRAGMENT and features & {"which", "who", "ranking", "what"}:
        return "ranking"
    if query.intent == "combine" and len(query.partners) > 1 and not frame.names and not features & (OWN_SHAPE | _SIDES):
        return "combine" if features & {"period", "imports", "exports"} else ""
    if asks_supplier(frame, query):
        return "products"
    if names_another(frame, query):
        return query.intent
    own = OWN_SHAPE - {"since", "years_range"} if query.intent in _OF_A_SPAN else OWN_SHAPE
    if query.intent not in _SHAPED or features & own or len(frame.marks) > FRAGMENT:
        return ""
    if query.intent not in LISTS:
        return query.intent if features & {"area", "period", "imports", "exports"} and not features & _SIDES else ""
    measured = features & TOPICS
    sides = measured <= _SIDES or query.limit not in (None, 1)
    return query.intent if sides and "partner" not in features and (measured or frame.excluded or features & {"group", "period"}) else ""


def turns_over(frame: Frame, query: Query) -> bool:
    """“since when”, “when did that flip” after a comparison of two: when the one passed the other."""
    return query.intent == "compare" and len(query.partners) == _TWO and not frame.names and "first_time" in frame.features


def names_another(frame: Frame, query: Query) -> bool:
    """“and Korea?” after “when did exports to Japan peak”: the same of another partner."""
    counted = query.limit is not None or query.nth is not None or query.bounds is not None
    bare = frame.features <= {"area", "partner", "assumed_name", "and_also", "question", "what"} and "partner" in frame.features
    return bare and query.intent in OF_ONE and not counted


def _shape_of_list(frame: Frame, query: Query) -> str:
    """What is asked of all that a list or comparison shows: their sum, how each has moved, who passed whom, their part of the whole."""
    if adds_up(frame, query):
        return "combine"
    if turns_over(frame, query):
        return "overtake"
    if moves_of_list(frame, query):
        return "trend"
    share = _listed(query) and frame.features & {"share", "in_percent"} and not frame.names and len(frame.marks) <= _OF_A_LIST
    return "share" if share else ""


def moves_of_list(frame: Frame, query: Query) -> bool:
    """“growth of each since 2020” after a list: how the figure of each of those listed has moved."""
    each = frame.features & {"those", "every_one"} or any(mark.key == "each" for mark in frame.marks)
    return bool(each) and _listed(query) and bool(frame.features & {"change", "trend", "since"}) and not frame.names


def asks_supplier(frame: Frame, query: Query) -> bool:
    """“who is first”, “which country is the largest” after goods of one partner: who sells most of them."""
    who = frame.features & {"who", "country_word"} and frame.features & {"largest", "nth"}
    asks = who or frame.features >= {"limit", "largest"}  # “top 3”
    return bool(asks) and query.intent == "products" and bool(query.sectors) and not frame.names and not frame.features & TOPICS


def adds_up(frame: Frame, query: Query) -> bool:
    """“how much together”, “total of these” after a list: the sum of what it shows."""
    named = any(name.at >= 0 for name in frame.names)  # those of the question before are no new ones
    adds = "combined" in frame.features or {mark.key for mark in frame.marks} - {"and", "the", "in", "?"} in ({"total"}, {"the total"})
    return _listed(query) and adds and not named and frame.features.isdisjoint({"limit", "share"})


def holds_against(frame: Frame, query: Query) -> bool:
    """“is that more than 2024”, “vs June”: another period of the same length beside the one of the answer before."""
    than = bool(frame.features & {"bigger", "smaller"}) and "than" in [mark.key for mark in frame.marks]
    when = frame.whens[0].period if len(frame.whens) == 1 else None
    if when is None or query.period is None or not query.period_said or frame.names or when == query.period:
        return False
    return (than or "compare" in frame.features) and when.length == query.period.length


def of_list(frame: Frame, query: Query) -> Frame:
    """“which of them are in the EU”, “which ones are European” after a list: not who belongs to a group, but who of those listed."""
    inside = "group" in frame.features or "excluded" in frame.features
    asks = _listed(query) and inside and "which" in frame.features | {mark.key.split(" ")[0] for mark in frame.marks[:1]}
    if not asks or frame.features & (TOPICS - {"members"}) or "partner" in frame.features:
        return frame
    return replace(frame, features=(frame.features - {"members", "member_word"}) | {"those"})


def _listed(query: Query) -> bool:
    """Whether the answer before named several partners in order."""
    return query.intent == "ranking" and (query.bounds is not None or (query.limit or 1) > 1)


def place_of_list(frame: Frame, query: Query, keys: tuple[str, ...]) -> Named | None:
    """“why is the first so big” after a list: the partner at that place of it."""
    nth = frame.amounts.nth
    listed = frame.features & {"why", "tariff"} and query.intent == "ranking" and not frame.names and "measure" not in frame.features
    if not listed or nth is None or query.nth is not None or not 1 <= nth <= len(keys):
        return None
    return Named(-1, keys[nth - 1], Kind.PARTNER)


def ends_of(frame: Frame) -> bool:
    """“highest?”, “which is largest” after a series or a comparison: which of what was just shown."""
    places = _PLACES - {"limit"} if frame.amounts.limit == 1 else _PLACES  # “the worst one”
    return bool(frame.features & _ENDS) and not frame.features & places and len(frame.marks) <= FRAGMENT


def turn(merged: Frame, frame: Frame, query: Query) -> None:
    """What a fragment means differently after the question before it."""
    if query.intent in OF_SEVERAL - {"compare"} and ends_of(frame):
        merged.features -= _ENDS | {"limit", "average", "mean_word", "each_time", "a_month", "peak", "trough"}
        merged.amounts = replace(merged.amounts, limit=None)
        merged.features.add("trough" if _looks_low(frame, merged) else "peak")
        merged.features |= {"which_month"} if query.features & {"by_month", "a_month", "which_month"} else set()
    if "products" in frame.features and query.metric is Metric.EXPORTS and not frame.trade.flow and not frame.features & MEASURED:
        merged.trade = Trade(flow="exports")  # “the main products?” after what is sold to a partner
    if query.intent == "compare" and (adds_area(frame, query) or ends_of(frame)):
        merged.features.add("compare")
    if (
        "they" in [mark.key for mark in frame.marks]
        and frame.trade.flow
        and "share" not in frame.features
        and "us" not in frame.features
        and not frame.names
    ):
        merged.trade = Trade(flow="exports" if frame.trade.flow == "imports" else "imports")  # “what do they buy”: from us


def _looks_low(frame: Frame, merged: Frame) -> bool:
    """The smallest is asked for: outright, as the best of deficits, or as the worst of anything else."""
    if not frame.features.isdisjoint({"best_of", "worst_of"}):
        return ("best_of" in frame.features) == ("deficit" in merged.features)
    return "smallest" in frame.features


def leader_of_list(frame: Frame, query: Query, keys: tuple[str, ...]) -> Named | None:
    """“its share” after “which member is the largest”: of the one that was found, not of the group."""
    points = query.intent == "ranking" and query.limit in (None, 1) and any(mark.key in _ITS_OWN for mark in frame.marks)
    return Named(-1, keys[0], Kind.PARTNER) if points and query.groups and keys and not frame.names else None


def adds_area(frame: Frame, query: Query) -> bool:
    """“is it bigger than Italy”, “add Canada”, after a comparison “and Malaysia”: one more area beside those of the question before."""
    names = [name for name in frame.names if name.kind in (Kind.PARTNER, Kind.GROUP)]
    if not names or frame.whens:
        return False
    compared = frame.features & {"bigger", "smaller", "ratio", "difference"} and len(names) == 1
    than = compared and any(mark.key in ("than", "as") for mark in frame.marks[: max(0, names[0].at)])
    if query.intent == "compare" and frame.marks[0].key == "and" and not frame.features & TOPICS:
        return True
    return bool(than) or frame.marks[0].key in _ADDS


def completed(query: Query, last: Query) -> Query:
    """The same kind of question as before: its places, bounds and goods hold on where the fragment brings none."""
    sided = query.metric is Metric.BALANCE and not query.sign
    return replace(
        query,
        metric=query.metric if query.features & MEASURED else last.metric,
        sign=last.sign if sided else query.sign,
        limit=query.limit or last.limit,
        nth=query.nth or last.nth,
        order=query.order or last.order,
        bounds=query.bounds or last.bounds,
        within=query.within or last.within,
        exclude=query.exclude or last.exclude,
        sectors=query.sectors or last.sectors,
        products=query.products or last.products,
    )
