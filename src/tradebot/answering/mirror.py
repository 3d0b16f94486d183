"""Mirror: the trade of one partner or group as it looks from there: our deficit is its surplus, our imports its exports.

The figures are the United States' own; only the words turn round.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import measure, wording
from tradebot.answering.beside import about, compared, so_far
from tradebot.answering.figures.areas import Reading, asked, reading
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The figure seen from the partner; of several areas, or of several years, what `measure` says."""
    areas, when = asked(query), spans(query, knowledge)
    if len(areas) != 1 or WORLD in areas or (when.now.is_years and not when.now.is_year):
        return measure.answer(query, knowledge, today)
    found = reading(knowledge, areas[0], query.metric, when.now)
    if found is None:
        return not_held(query, knowledge, areas[0], query.metric, when.now)
    return _answer(query, knowledge, areas[0], found, when)


def _answer(query: Query, knowledge: Knowledge, area: str, found: Reading, when: Spans) -> Answer:
    now, metric = found.figure, query.metric
    imports, exports = (reading(knowledge, area, flow, when.now) for flow in (Metric.IMPORTS, Metric.EXPORTS))
    facts = {
        **about(knowledge, area, metric),
        **compared(knowledge, area, metric, now, when.before),
        **so_far(knowledge, area, metric, when),
        "running": when.so_far,
        "imports": imports.figure if imports else None,
        "exports": exports.figure if exports else None,
    }
    name = wording.called(knowledge, area)
    phrase = f"US {wording.subject(knowledge, metric, [area], wording.sign_of([now]))}, seen from there"
    return Answer(
        query,
        "mirror",
        facts,
        read_as=wording.read_as(query, phrase, when.now) or f"{phrase}, {when.now.label}",
        suggestions=wording.suggestions(f"deficit with {name}", f"what do we import from {name}", f"tariffs on {name}"),
        keys=(area,),
    )
