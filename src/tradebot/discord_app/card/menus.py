"""What a reader may choose under an answer: another partner, another measure, another period.

Reply ─▶ Menus of a snapshot ─▶ Menu(kind, options) ─▶ value ─▶ changes.changed
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tradebot.discord_app.card.components import Component, option
from tradebot.discord_app.card.limits import CHOICES
from tradebot.knowledge.periods import MONTHS, Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.presentation.reply import Reply
from tradebot.query import Metric, Query

PARTNER, MEASURE, PERIOD = "p", "m", "y"
OTHER = "?"
"""The choice that asks for the rest in words."""
MEASURES = {"balance": "Balance", "imports": "Imports", "exports": "Exports", "total_trade": "Total trade"}
RANKED = {"deficit": "Deficits", "surplus": "Surpluses", **{each: MEASURES[each] for each in ("imports", "exports", "total_trade")}}
GLANCE, TODAY = "glance", "today"

_YEARS, _EARLIEST = 10, (2020, 2015, 2010, 2000, 1990)
_ONE_AREA = ("measure", "summary", "mirror", "trend", "rank")
_SEVERAL = ("ranking", "compare", "combine")
_OVER_YEARS = ("measure", "summary", "trend")
_OF_A_YEAR = (*_ONE_AREA, "share", *_SEVERAL)
_OF_A_DAY = ("tariffs", "tariff_products", "tariff_laws")
_ABOUT_A_PARTNER = (*_ONE_AREA, "combine", "share", "products", "tariffs", "tariff_products", "tariff_timeline", "extremes", "average")
_FIRST_DAYS, _BY_QUARTER_FROM = 2018, 2025
"""Tariffs by day are offered from the first year of the record of them, and by quarter since they change by the month."""


@dataclass(frozen=True, slots=True)
class Menu:
    """One select: what it changes (PARTNER, MEASURE or PERIOD), and its choices, at most 25."""

    kind: str
    hint: str
    options: list[Component]


class Menus:
    """The choices that one snapshot holds, laid out once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        record = knowledge.record
        latest = record.latest_year
        traders = record.ranking(Metric.TOTAL_TRADE, latest)[: CHOICES - 1]
        self._families = {intent.id: intent.family for intent in knowledge.intents}
        self._partners = [option(knowledge.partners[each.partner].name, each.partner) for each in traders]
        years = [record.to_date, *(latest.shift(-12 * back) for back in range(_YEARS))]
        spans = [Period.years(max(first, record.first_year.first_year), latest.first_year) for first in _EARLIEST]
        self._chapter_years = [option(year.label, year.id) for year in reversed(record.chapter_years("imports"))]
        self._days = [option("Today", TODAY), *(option(day_label(day), day.isoformat()) for day in _days(knowledge.tariffs.reviewed))]
        self._years, self._spans = ([option(each.label, each.id) for each in held] for held in (years, spans))

    def of(self, reply: Reply) -> tuple[Menu, ...]:
        """What may be changed about an answer; nothing where the question was of another kind."""
        query = reply.asked
        if query is None or reply.outcome != "answer" or query.source:
            return ()
        family = self._families.get(query.intent, "")
        made = (
            Menu(PARTNER, "Another partner", self._of_partner(query, family)),
            Menu(MEASURE, "Another measure", _of_measure(query, family)),
            Menu(PERIOD, "Another period", self._of_period(query, reply.period, family)),
        )
        return tuple(menu for menu in made if menu.options)

    def _of_partner(self, query: Query, family: str) -> list[Component]:
        """The largest traders, the one at hand among them."""
        areas = (*query.partners, *query.groups)
        if family not in _ABOUT_A_PARTNER or len(areas) != 1 or WORLD in areas or query.exclude:
            return []
        named = self.knowledge.partners.get(areas[0]) or self.knowledge.groups.get(areas[0])
        shown = _with(self._partners, option(named.name if named else areas[0], areas[0]))
        return _choices(shown, areas[0], "Another one …")

    def _of_period(self, query: Query, at_hand: Period | None, family: str) -> list[Component]:
        """The year to date, the last years, and spans that begin earlier, or days of tariffs; the one at hand among them."""
        if family in _OF_A_DAY and not (query.date_to or query.period):
            now = option(day_label(query.date), query.date.isoformat()) if query.date else self._days[0]
            return _choices(_with(self._days, now), now["value"], "Another day …")
        if family == "products" and query.metric is Metric.IMPORTS and not query.against and len(self._chapter_years) > 1:
            return _choices(self._chapter_years, at_hand.id if at_hand else "")
        if family not in _OF_A_YEAR or query.against:
            return []
        shown: Sequence[Component] = [*self._years, *self._spans] if family in _OVER_YEARS else self._years
        if at_hand:
            shown = _with(shown, option(at_hand.label, at_hand.id))
        return _choices(shown, at_hand.id if at_hand else "", "Another period …")


def day_label(day: dt.date) -> str:
    """“5 Apr 2025”."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _days(last: dt.date) -> Iterator[dt.date]:
    """First days of quarters and, further back, of years; the latest first."""
    for year in range(last.year, _FIRST_DAYS - 1, -1):
        months = (10, 7, 4, 1) if year >= _BY_QUARTER_FROM else (1,)
        yield from (day for month in months if (day := dt.date(year, month, 1)) <= last)


def _of_measure(query: Query, family: str) -> list[Component]:
    if family == "ranking":
        at_hand = (query.sign or "deficit") if query.metric is Metric.BALANCE else str(query.metric)
        return _choices([option(label, value) for value, label in RANKED.items()], at_hand)
    if family not in (*_ONE_AREA, *_SEVERAL):
        return []
    shown = [option(label, value) for value, label in MEASURES.items()]
    if family in ("measure", "summary") and query.partners:
        shown.append(option("At a glance", GLANCE))
    return _choices(shown, GLANCE if family == "summary" else str(query.metric))


def _with(shown: Sequence[Component], at_hand: Component) -> Sequence[Component]:
    """The choices with the one at hand in front, where it is not among them; one place is left for OTHER."""
    return shown if at_hand in shown else [at_hand, *shown[: CHOICES - 2]]


def _choices(shown: Sequence[Component], at_hand: str, other: str = "") -> list[Component]:
    """The options with the one at hand chosen; those that are not are the same objects on every card."""
    made = [{**each, "default": True} if each["value"] == at_hand else each for each in shown]
    return [*made, option(other, OTHER)] if other else made
