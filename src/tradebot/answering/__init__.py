"""Answering: a Query becomes an Answer. One module per family of answers, each with `answer(query, knowledge, today)`.

    FAMILIES["measure"](query, knowledge, today) → Answer

A module is imported when its family is first asked for, so that a cold start pays for one family and not for all.

    areas, spans, standing, series, goods      what a question is about, as figures of the record
    arithmetic                                 figures from figures
    ages                                       which facts are past their shelf life
    beside, held, premises, newsletter, told   what goes with an answer, or stands in its place
    wording                                    “Read as …”, titles, what to ask next
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from tradebot.answer import Answer
from tradebot.answering.ages import dated
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

Family = Callable[[Query, Knowledge, dt.date], Answer]

_MODULES = (
    *("about", "average", "combine", "compare", "count", "cumulative", "definitions", "effective_rate", "extremes"),
    *("measure", "members", "mirror", "movers"),
    *("newsletter_says", "observations", "products", "rank", "ranking", "refuse", "share", "summary", "trend"),
    *("tariff_laws", "tariff_lists", "tariff_products", "tariff_rates", "tariff_timeline", "tariffs"),
)
"""The modules here that are families; the others are what families share."""


def _dated(family: Family, query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """What a family answers, with what of it is past its shelf life."""
    return dated(family(query, knowledge, today), knowledge, today)


class _Families(Mapping[str, Family]):
    """Name of a family → its module's `answer`."""

    def __getitem__(self, name: str) -> Family:
        if name not in _MODULES:
            raise KeyError(name)
        return partial(_dated, importlib.import_module(f"{__name__}.{name}").answer)

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


FAMILIES: Mapping[str, Family] = _Families()
