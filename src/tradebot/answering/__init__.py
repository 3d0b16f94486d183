"""Answering: a Query becomes an Answer. One module per family of answers, each with `answer(query, knowledge, today)`.

    FAMILIES["measure"](query, knowledge, today) → Answer

A module is imported when its family is first asked for, so that a cold start pays for one family and not for all.

    figures/                            what a question is about, as figures of the record, and figures from figures
    goods/, newsletter/, tariffs/       rooms of several families and of what they share
    courses/, orders/, shares/          how figures go over time, who stands where, parts of a whole
    ages                                which facts are past their shelf life
    beside, premises, told        what goes with an answer, or stands in its place
    wording                             “Read as …”, titles, questions in words
    next_questions                      what to ask next, where a family offers nothing
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from tradebot.answer import Answer
from tradebot.answering.ages import dated
from tradebot.answering.next_questions import with_next
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

Family = Callable[[Query, Knowledge, dt.date], Answer]

_ROOMS = {
    "": (
        "about combine compare compare_flows compare_periods compare_sum cumulative definitions extremes "
        "flows measure members mirror overtake refuse regions summary why"
    ),
    "courses.": "always average crossing flows_growth growth_rate movers steps trend turned",
    "orders.": "count group_rank leaders passed places rank ranking ranking_years records",
    "shares.": "part_of_change share share_movers",
}
"""Families that are called as their modules are, by the room they stand in."""

_MODULES = {name: f"{room}{name}" for room, names in _ROOMS.items() for name in names.split()} | {
    "products": "goods.products",
    "newsletter_says": "newsletter.checked",
    "observations": "newsletter.observations",
    "effective_rate": "tariffs.effective_rate",
    "tariff_laws": "tariffs.laws",
    "tariff_lists": "tariffs.lists",
    "tariff_products": "tariffs.products",
    "tariff_rates": "tariffs.rates",
    "tariff_timeline": "tariffs.timeline",
    "tariffs": "tariffs.status",
}
"""Family → its module here; the other modules are what families share."""


def _finished(family: Family, query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """What a family answers, with what of it is past its shelf life, and what to ask next."""
    return with_next(dated(family(query, knowledge, today), knowledge, today), knowledge)


@cache
def _family(name: str) -> Family:
    return partial(_finished, importlib.import_module(f"{__name__}.{_MODULES[name]}").answer)


class _Families(Mapping[str, Family]):
    """Name of a family → its module's `answer`."""

    def __getitem__(self, name: str) -> Family:
        return _family(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


FAMILIES: Mapping[str, Family] = _Families()
