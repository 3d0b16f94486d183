"""What a reader may change about an answered question: the partner, the measure, the period, the side it is seen from.

Reply ─▶ menus (what there is to choose) ─▶ value ─▶ changed(query, …) ─▶ Query
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tradebot.discord_app.limits import CHOICES
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.presentation.reply import Reply
from tradebot.query import Metric, Query

PARTNER, MEASURE, PERIOD = "p", "m", "y"
OTHER = "?"
"""The choice that asks for the rest in words."""

_YEARS, _EARLIEST = 10, (2020, 2015, 2010, 2000, 1990)
_PLAIN = {
    Metric.BALANCE: "partner_balance",
    Metric.IMPORTS: "partner_imports",
    Metric.EXPORTS: "partner_exports",
    Metric.TOTAL_TRADE: "partner_trade",
}
_GLANCE, _MIRROR, _WORLD = "partner_summary", "their_side", "world_total"
_OF_ONE = {"measure": "Balance", "summary": "Balance", "mirror": "Balance", "trend": "Balance", "rank": "Balance"}
_OF_MANY = ("ranking", "compare", "combine")
_OVER_YEARS = ("measure", "summary", "trend")
_OF_A_YEAR = (*_OVER_YEARS, "mirror", "rank", "share", *_OF_MANY)
_ABOUT_A_PARTNER = (*_OF_ONE, "share", "products", "tariffs", "tariff_timeline", "extremes", "average")
_MEASURES = {"balance": "Balance", "imports": "Imports", "exports": "Exports", "total_trade": "Total trade"}
_RANKED = {"deficit": "Deficits", "surplus": "Surpluses", **{each: _MEASURES[each] for each in ("imports", "exports", "total_trade")}}
_CUES = {
    **{each: frozenset({each, "measure", "domain"}) for each in ("deficit", "surplus", "balance")},
    "imports": frozenset({"imports", "inflow", "measure", "domain"}),
    "exports": frozenset({"exports", "outflow", "measure", "domain"}),
    "total_trade": frozenset({"trade", "measure", "domain"}),
    "glance": frozenset[str](),
}
"""What a sentence about a measure says, so that a follow-up (“and Japan?”) goes on from the one that was chosen."""
_ALL_CUES = frozenset({"total_trade", "buy", "sell", "supplier", "flow_verb"}).union(*_CUES.values())
_CENTURY = Period.years(1900, 2100)


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    value: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """One select: what it changes (PARTNER, MEASURE or PERIOD), and its choices, at most 25."""

    kind: str
    hint: str
    options: tuple[Option, ...]


def menus(reply: Reply, knowledge: Knowledge) -> tuple[Menu, ...]:
    """What may be changed about an answer; nothing where the question was of another kind."""
    query = reply.asked
    if query is None or reply.outcome != "answer" or query.source:
        return ()
    family = _family(query, knowledge)
    made = (
        Menu(PARTNER, "Another partner", _partners(query, knowledge) if family in _ABOUT_A_PARTNER else ()),
        Menu(MEASURE, "Another measure", _measures(query, family)),
        Menu(PERIOD, "Another period", _periods(query, reply.period, family, knowledge)),
    )
    return tuple(menu for menu in made if menu.options)


def changed(query: Query, kind: str, value: str, knowledge: Knowledge) -> Query:
    """The question with one thing changed. Raises ValueError where the value is no choice."""
    if kind == PARTNER and (value in knowledge.partners or value in knowledge.groups):
        is_group = value in knowledge.groups
        query = _asked_plainly(query, "partner", "group")
        return replace(query, partners=() if is_group else (value,), groups=(value,) if is_group else ())
    if kind == MEASURE and value in _CUES:
        return _of_measure(_asked_plainly(query, "metric"), value, knowledge)
    if kind == PERIOD:
        return _of_period(replace(_asked_plainly(query, "period"), against=None), Period.parse(value), knowledge)
    raise ValueError(value)


def other_side(query: Query, reply: Reply) -> Query | None:
    """The same seen from the partner, or back from there; None where there is no other side to see it from."""
    if query.intent == _MIRROR:
        return replace(query, intent=_PLAIN[query.metric], features=query.features - {"their_side"})
    areas = (*query.partners, *query.groups)
    plain = reply.answer.template in ("measure", "summary") and not query.source
    if plain and len(areas) == 1 and WORLD not in areas:
        return replace(_asked_plainly(query), intent=_MIRROR)
    return None


def is_mirrored(query: Query) -> bool:
    return query.intent == _MIRROR


def unknown(query: Query, knowledge: Knowledge) -> str:
    """The first thing a query names that the knowledge does not hold (any more); empty where it holds all."""
    areas = (*query.partners, *query.groups, *query.exclude, *([query.within] if query.within else []))
    for area in areas:
        if area != WORLD and area not in knowledge.partners and area not in knowledge.groups:
            return area
    for sector in query.sectors:
        if sector not in knowledge.sectors and sector not in knowledge.chapters:
            return sector
    periods = [each for each in (query.period, query.against) if each]
    if any(each.last < each.first or each not in _CENTURY for each in periods):
        return "that period"
    return "" if any(intent.id == query.intent for intent in knowledge.intents) else query.intent


def _family(query: Query, knowledge: Knowledge) -> str:
    return next((intent.family for intent in knowledge.intents if intent.id == query.intent), "")


def _asked_plainly(query: Query, *stated: str) -> Query:
    """Without what the sentence took for granted; what was chosen is neither assumed nor carried any more."""
    return replace(
        query,
        premise=None,
        also=(),
        features=query.features - {"yes_no", "assumed_name"},
        assumed=tuple(each for each in query.assumed if each not in stated),
        carried=(),
    )


def _partners(query: Query, knowledge: Knowledge) -> tuple[Option, ...]:
    """The largest traders, the one at hand among them."""
    areas = (*query.partners, *query.groups)
    if len(areas) != 1 or WORLD in areas or query.exclude:
        return ()
    largest = [figure.partner for figure in knowledge.record.ranking(Metric.TOTAL_TRADE, knowledge.record.latest_year)]
    shown = largest[: CHOICES - 1]
    if areas[0] not in shown:
        shown = [areas[0], *shown[:-1]]
    names = {**knowledge.partners, **knowledge.groups}
    return (*(Option(names[each].name, each, each == areas[0]) for each in shown), Option("Another one …", OTHER))


def _measures(query: Query, family: str) -> tuple[Option, ...]:
    if family == "ranking":
        at_hand = (query.sign or "deficit") if query.metric is Metric.BALANCE else str(query.metric)
        return tuple(Option(label, value, value == at_hand) for value, label in _RANKED.items())
    if family in (*_OF_ONE, *_OF_MANY):
        glance = (Option("At a glance", "glance", family == "summary"),) if family in ("measure", "summary") and query.partners else ()
        chosen = "" if family == "summary" else str(query.metric)
        return (*(Option(label, value, value == chosen) for value, label in _MEASURES.items()), *glance)
    return ()


def _periods(query: Query, at_hand: Period | None, family: str, knowledge: Knowledge) -> tuple[Option, ...]:
    """The year to date, the last years, and spans that begin earlier; the one at hand among them."""
    if family not in _OF_A_YEAR or query.against:
        return ()
    record = knowledge.record
    latest = record.latest_year
    single = [record.to_date, *(latest.shift(-12 * back) for back in range(_YEARS))]
    spans = [Period.years(max(first, record.first_year.first_year), latest.first_year) for first in _EARLIEST]
    shown = [*single, *(spans if family in _OVER_YEARS else [])]
    if family == "trend" and at_hand is None:
        at_hand = query.period
    if at_hand and at_hand not in shown:
        shown.insert(0, at_hand)
    return (*(Option(each.label, each.id, each == at_hand) for each in shown), Option("Another period …", OTHER))


def _of_measure(query: Query, value: str, knowledge: Knowledge) -> Query:
    query = replace(query, features=query.features - _ALL_CUES | _CUES[value], terms=())
    if value in ("deficit", "surplus"):
        return replace(query, metric=Metric.BALANCE, sign=value)
    if value == "glance":
        return replace(query, metric=Metric.BALANCE, sign="", intent=_GLANCE)
    metric = Metric(value)
    intent = _intent(query, metric) if _family(query, knowledge) in ("measure", "summary") else query.intent
    return replace(query, metric=metric, sign="", intent=intent)


def _of_period(query: Query, period: Period, knowledge: Knowledge) -> Query:
    """A single year of what was asked over years is one figure."""
    if _family(query, knowledge) == "trend" and not (period.is_years and not period.is_year):
        query = replace(query, intent=_intent(query, query.metric))
    return replace(query, period=period, period_said=period.label)


def _intent(query: Query, metric: Metric) -> str:
    """The kind of question that asks for one figure."""
    areas = {*query.partners, *query.groups} - {WORLD}
    return _PLAIN[metric] if areas else _WORLD


def spread(menu: Menu) -> Iterator[str]:
    """The values a person can choose, for tests and for help."""
    return (option.value for option in menu.options if option.value != OTHER)
