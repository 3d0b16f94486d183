"""Why: causes by the newsletter's account, once the question's own premise holds: what did not grow has no cause of its growth.

query ─▶ trend, where the question says which way the figure went and it did not ─▶ else newsletter.observations
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import trend
from tradebot.answering.figures.areas import asked
from tradebot.answering.newsletter import observations
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The causes that are told, or the correction of the premise."""
    said = query.premise is not None and query.premise.kind == "direction"
    if said and len(asked(query)) <= 1 and not query.carried:
        moved = trend.answer(replace(query, topic="change"), knowledge, today)
        if moved.facts.get("verdict") == "no":
            return moved
    return observations.answer(query, knowledge, today)
