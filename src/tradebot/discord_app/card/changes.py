"""An answered question with one thing changed: the partner, the measure, the period, or the side it is seen from."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from tradebot.discord_app.card.menus import GLANCE, MEASURE, PARTNER, PERIOD, TODAY
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.presentation.reply import Reply
from tradebot.query import Metric, Query

_PLAIN = {
    Metric.BALANCE: "partner_balance",
    Metric.IMPORTS: "partner_imports",
    Metric.EXPORTS: "partner_exports",
    Metric.TOTAL_TRADE: "partner_trade",
}
_AT_A_GLANCE, _MIRROR, _OF_THE_WORLD = "partner_summary", "their_side", "world_total"
_CUES = {
    **{each: frozenset({each, "measure", "domain"}) for each in ("deficit", "surplus", "balance")},
    "imports": frozenset({"imports", "inflow", "measure", "domain"}),
    "exports": frozenset({"exports", "outflow", "measure", "domain"}),
    "total_trade": frozenset({"trade", "measure", "domain"}),
    GLANCE: frozenset[str](),
}
"""What a sentence about a measure says, so that a follow-up (“and Japan?”) goes on from the one that was chosen."""
_ALL_CUES = frozenset({"total_trade", "buy", "sell", "supplier", "flow_verb"}).union(*_CUES.values())
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CENTURY = Period.years(1900, 2100)


def changed(query: Query, kind: str, value: str, knowledge: Knowledge) -> Query:
    """The question with one thing changed. Raises ValueError where the value is no choice."""
    if kind == PARTNER and (value in knowledge.partners or value in knowledge.groups):
        is_group = value in knowledge.groups
        query = _asked_plainly(query, "partner", "group")
        if _family(query, knowledge) == "combine":
            query = replace(query, intent=_PLAIN[query.metric], within=None)
        return replace(query, partners=() if is_group else (value,), groups=(value,) if is_group else ())
    if kind == MEASURE and value in _CUES:
        return _of_measure(_asked_plainly(query, "metric"), value, knowledge)
    if kind == PERIOD and (value == TODAY or _DAY.fullmatch(value)):
        day = None if value == TODAY else dt.date.fromisoformat(value)
        return replace(
            _asked_plainly(query, "period"), date=day, date_to=None, period=None, period_said="", assumed=() if day else ("period",)
        )
    if kind == PERIOD:
        return _of_period(replace(_asked_plainly(query, "period"), against=None), Period.parse(value), knowledge)
    raise ValueError(value)


def has_other_side(reply: Reply) -> bool:
    """Whether an answer can be seen from the partner: one figure, or a glance, of one partner or group; or back from there."""
    query = reply.asked
    if query is None or query.intent == _MIRROR:
        return query is not None
    areas = (*query.partners, *query.groups)
    return reply.answer.template in ("measure", "summary") and not query.source and len(areas) == 1 and WORLD not in areas


def other_side(query: Query) -> Query:
    """The same seen from the partner, or back from there."""
    if query.intent == _MIRROR:
        return replace(query, intent=_PLAIN[query.metric], features=query.features - {"their_side"})
    return replace(_asked_plainly(query), intent=_MIRROR)


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
    return "" if _family(query, knowledge) else query.intent


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


def _of_measure(query: Query, value: str, knowledge: Knowledge) -> Query:
    query = replace(query, features=query.features - _ALL_CUES | _CUES[value], terms=())
    if value in ("deficit", "surplus"):
        return replace(query, metric=Metric.BALANCE, sign=value)
    if value == GLANCE:
        return replace(query, metric=Metric.BALANCE, sign="", intent=_AT_A_GLANCE)
    metric = Metric(value)
    intent = _intent(query, metric) if _family(query, knowledge) in ("measure", "summary") else query.intent
    return replace(query, metric=metric, sign="", intent=intent)


def _of_period(query: Query, period: Period, knowledge: Knowledge) -> Query:
    """A single year of what was asked over years is one figure."""
    if _family(query, knowledge) == "trend" and not (period.is_years and not period.is_year):
        query = replace(query, intent=_intent(query, query.metric))
    return replace(query, period=period, period_said=period.label, years=())


def _intent(query: Query, metric: Metric) -> str:
    """The kind of question that asks for one figure."""
    areas = {*query.partners, *query.groups} - {WORLD}
    return _PLAIN[metric] if areas else _OF_THE_WORLD
