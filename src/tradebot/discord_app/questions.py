"""Slash options as the plain question they stand for, so that a command and a sentence get the same answer.

Where an option names one thing exactly and a sentence might read its name otherwise (“articles of iron”, “Chad”), the
question carries the query itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tradebot.discord_app.options import Held, Time
from tradebot.query import Metric, Query

RANKED = {
    "deficit": "deficits",
    "surplus": "surpluses",
    "imports": "suppliers",
    "exports": "export markets",
    "total trade": "trading partners",
}

BOARD = Query("coverage", topic="board")
"""How well everything is held."""


class Question(NamedTuple):
    """A question in words, and as a query where that is surer."""

    text: str
    query: Query | None = None


def deficit(country: Held, period: Time | None) -> Question:
    return _asked("deficit with", country.said, _said(period))


def country(country: Held, period: Time | None) -> Question:
    return _asked(country.said, _said(period))


def ranking(measure: str, count: int | None, among: Held | None, period: Time | None) -> Question:
    """“top 5 deficits in ASEAN 2018”."""
    number = str(count) if count else None
    return _asked("top", number, RANKED[measure], f"in {among.said}" if among else None, _said(period))


def compare(countries: Sequence[Held], measure: str, period: Time | None) -> Question:
    """“compare imports from china and mexico 2024”."""
    *first, last = [each.said for each in countries]
    return _asked("compare", measure, _preposition(measure), f"{', '.join(first)} and {last}", _said(period))


def trend(country: Held | None, measure: str, period: Time | None) -> Question:
    """“trend of exports to japan since 2015”; the total without a country."""
    return _asked("trend of", measure, f"{_preposition(measure)} {country.said}" if country else None, _said(period))


def tariff(country: Held, on: str | None) -> Question:
    return _asked("tariffs on", country.said, on and f"on {on}")


def sector(goods: Held, country: Held | None, period: Time | None, direction: str) -> Question:
    """“imports of pharmaceuticals from Ireland 2024”; who sells most of it without a country."""
    words = _asked(f"{direction} of", goods.name, f"{_preposition(direction)} {country.said}" if country else None, _said(period))
    if goods.id is None or (country and country.id is None):
        return words
    area = (country.id,) if country and country.id else ()
    query = Query(
        "products",
        sectors=(goods.id,),
        partners=() if country and country.is_group else area,
        groups=area if country and country.is_group else (),
        metric=Metric(direction),
        period=period.period if period else None,
        period_said=period.said if period else "",
        assumed=() if period else ("period",),
    )
    return words._replace(query=query)


def define(term: Held) -> Question:
    return Question(f"what is {term.name}", Query("definition", terms=(term.id,)) if term.id else None)


def coverage(country: Held) -> Question:
    query = Query("coverage", partners=(country.id,), topic="coverage") if country.id and not country.is_group else None
    return Question(f"what is missing for {country.said}", query)


def _preposition(measure: str) -> str:
    return {"imports": "from", "exports": "to"}.get(measure, "with")


def _said(period: Time | None) -> str | None:
    return period.said if period else None


def _asked(*parts: str | None) -> Question:
    return Question(" ".join(part.strip() for part in parts if part and part.strip()))
