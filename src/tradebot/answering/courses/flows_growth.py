"""Flows growth: whether imports or exports grew faster (“are exports growing faster than imports”).

Reads `partners` or `groups` (the first; nothing: the world), `period` (several years: from the first to the last) and `against`.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.beside import about
from tradebot.answering.courses.movers import between
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, figure
from tradebot.answering.figures.held import not_held
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

_FLOWS = (Metric.EXPORTS, Metric.IMPORTS)
Row = dict[str, Figure]


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The growth of both flows in per cent, the faster first, and the same so far this year."""
    area, when = (asked(query) or (WORLD,))[0], between(query, knowledge)
    rows = _rows(knowledge, area, when.now, when.before)
    if len(rows) < len(_FLOWS):
        return not_held(query, knowledge, area, Metric.EXPORTS, when.now)
    so_far = _rows(knowledge, area, when.to_date, when.to_date.before) if when.to_date else []
    facts = {
        **about(knowledge, area, Metric.TOTAL_TRADE),
        "first": rows[0],
        "second": rows[1],
        "equal": rows[0]["change"].value == rows[1]["change"].value,
        "so_far": so_far if len(so_far) == len(_FLOWS) else [],
        "running": when.so_far,
    }
    phrase = f"growth of {wording.subject(knowledge, Metric.TOTAL_TRADE, [area]).replace('goods trade', 'goods exports and imports')}"
    return Answer(query, "flows_growth", facts, read_as=wording.read_as(query, phrase, when.now, when.before), keys=(area,))


def _rows(knowledge: Knowledge, area: str, now: Period, then: Period) -> list[Row]:
    found: list[Row] = []
    for metric in _FLOWS:
        one, other = (figure(knowledge, area, metric, period) for period in (now, then))
        change = arithmetic.change_percent(one, other) if one and other else None
        if one and other and change:
            found.append({"now": one, "then": other, "change": change})
    return sorted(found, key=lambda row: -row["change"].value)
