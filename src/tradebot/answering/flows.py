"""Flows: imports and exports of one area against each other, as a ratio.

Reads `partners` or `groups` (nothing: the world) and `period`.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.beside import about
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, figure
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import spans
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

_FLOWS = (Metric.IMPORTS, Metric.EXPORTS)


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """How many times as large the larger flow is, and the same a year earlier and so far."""
    area, when = (asked(query) or (WORLD,))[0], spans(query, knowledge)
    now = _pair(knowledge, area, when.now)
    if now is None:
        return not_held(query, knowledge, area, Metric.IMPORTS, when.now)
    inward = now[0].value >= now[1].value
    facts = {
        **about(knowledge, area, Metric.TOTAL_TRADE),
        "imports": now[0],
        "exports": now[1],
        "inward": inward,
        "times": _times(now, inward=inward),
        "part": _times(now, inward=not inward),
        "before": _times(_pair(knowledge, area, when.before), inward=inward) if when.like_for_like else None,
        "to_date": _times(_pair(knowledge, area, when.to_date), inward=inward) if when.to_date else None,
        "running": when.so_far,
    }
    of = wording.subject(knowledge, Metric.TOTAL_TRADE, [area])
    names = wording.called(knowledge, area)
    more = (f"deficit with {names}", f"imports from {names} since {wording.decade_ago(knowledge)}") if area != WORLD else ()
    read = wording.read_as(query, f"ratio of imports and exports in the {of}", when.now)
    return Answer(query, "flows", facts, read_as=read, suggestions=wording.suggestions(*more), keys=(area,))


def _pair(knowledge: Knowledge, area: str, period: Period) -> tuple[Figure, Figure] | None:
    imports, exports = (figure(knowledge, area, metric, period) for metric in _FLOWS)
    return (imports, exports) if imports and exports else None


def _times(flows: tuple[Figure, Figure] | None, *, inward: bool) -> Figure | None:
    """How many times the imports are the exports (`inward`), or the exports the imports; None over nothing."""
    if flows is None:
        return None
    imports, exports = flows
    return arithmetic.ratio(imports, exports) if inward else arithmetic.ratio(exports, imports)
