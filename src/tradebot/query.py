"""What a question became: a Query, or the reason it did not become one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from pydantic import TypeAdapter

from tradebot.knowledge.periods import Period

OTHER_SIDE = {"deficit": "surplus", "surplus": "deficit"}
"""The other side of zero, which is also the same balance seen from the partner."""


class Order(StrEnum):
    TOP = "top"
    BOTTOM = "bottom"


class Metric(StrEnum):
    BALANCE = "balance"
    IMPORTS = "imports"
    EXPORTS = "exports"
    TOTAL_TRADE = "total_trade"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A threshold on a measure, in USD million of absolute size; None is open."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Premise:
    """Something the question takes for granted and the answer must confirm or correct.

    kind: `sign` (said = "deficit" or "surplus"), `rank` (said = "3"), `side` (the partner was given the US deficit),
    `rate` (said = "46": a tariff rate in per cent), `amount` (said = "295000": a size in USD million), `direction`
    (said = "up", "down" or "flat"), `moved` (said = "down 20": by so many per cent), `times` (said = "2": that it has
    become twice as large), `largest`, `record`. `amount` is a size in USD million that is claimed besides a side.
    """

    kind: str
    said: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A complete question. Empty fields were not asked for; `assumed` names the ones that were filled in.

    `partners` are ISO 3166 alpha-2 codes or WORLD, `groups` and `sectors` ids of the knowledge, in the order asked.
    `exclude` lists partners and groups to leave out, `within` the group and `of_top` the first places that a ranking is
    confined to. `metrics` and `periods` are those of the partners one by one, where each has its own (“imports from X in 2018
    or exports to Y in 2025”).
    `period` is the asked span, `against` a second one to compare it with, `years` three or more single years of it that
    were named one by one; `date` (to `date_to`) asks for
    days of tariffs. `carried` names what came from the turn before, `also` are further questions of the same message,
    left unanswered.
    """

    intent: str
    partners: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    within: str | None = None
    metric: Metric = Metric.BALANCE
    metrics: tuple[Metric, ...] = ()
    sign: str = ""
    period: Period | None = None
    period_said: str = ""
    against: Period | None = None
    years: tuple[Period, ...] = ()
    periods: tuple[Period, ...] = ()
    date: dt.date | None = None
    date_to: dt.date | None = None
    order: Order | None = None
    limit: int | None = None
    of_top: int | None = None
    nth: int | None = None
    offset: int = 0
    bounds: Bounds | None = None
    products: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    topic: str = ""
    terms: tuple[str, ...] = ()
    source: str = ""
    premise: Premise | None = None
    features: frozenset[str] = frozenset()
    assumed: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The query as JSON, from which `from_json` makes an equal one; empty fields are left out."""
        return _json(self)

    @classmethod
    def from_json(cls, text: str) -> Query:
        """Raises ValueError where the text is no query."""
        return _adapter().validate_json(text)


@lru_cache(maxsize=500)
def _json(query: Query) -> str:
    """The journal and every control of a card carry it."""
    return _adapter().dump_json(query, exclude_defaults=True).decode()


@cache
def _adapter() -> TypeAdapter[Query]:
    return TypeAdapter(Query)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way out of an ambiguous question: what to show and the question it stands for."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why there is no query.

    outcome: `clarify`, `refuse`, `help`, `greet` or `silent`. `reason` is the id of a template under
    templates/refusals (for `help` and `greet`: templates/help, templates/greet); `said` is the part of the question
    it speaks of, `choices` the nearest questions that can be answered.
    """

    outcome: str
    reason: str
    said: str = ""
    partners: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


Understood = Query | NotUnderstood
