"""Answering: a Query becomes an Answer. One module per family of answers, each with `answer(query, knowledge, today)`.

    FAMILIES["measure"](query, knowledge, today) → Answer

A module is imported when its family is first asked for, so that a cold start pays for one family and not for all.

    areas, spans, standing, series, goods      what a question is about, as figures of the record
    arithmetic                                 figures from figures
    beside, held, premises, newsletter, told   what goes with an answer, or stands in its place
    wording                                    “Read as …”, titles, what to ask next
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Mapping

from tradebot.answer import Answer
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

Family = Callable[[Query, Knowledge, dt.date], Answer]

_MODULES = (
    *("about", "average", "combine", "compare", "count", "cumulative", "definitions", "effective_rate", "extremes"),
    *("measure", "members", "movers"),
    *("newsletter_says", "observations", "products", "rank", "ranking", "refuse", "share", "summary", "trend"),
    *("tariff_laws", "tariff_lists", "tariff_products", "tariff_rates", "tariff_timeline", "tariffs"),
)
"""The modules here that are families; the others are what families share."""


class _Families(Mapping[str, Family]):
    """Name of a family → its module's `answer`."""

    def __getitem__(self, name: str) -> Family:
        if name not in _MODULES:
            raise KeyError(name)
        family: Family = importlib.import_module(f"{__name__}.{name}").answer
        return family

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


FAMILIES: Mapping[str, Family] = _Families()
