"""Why: causes by the newsletter's account, once the question's own premise holds: what did not grow has no cause of its growth.

query ─▶ trend, measure or rank, where the question says which way the figure went, on which side or in which place it stands, and it
         does not ─▶ else newsletter.observations
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import measure, rank, trend
from tradebot.answering.figures.areas import asked
from tradebot.answering.newsletter import observations
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The causes that are told, or the correction of the premise."""
    if len(asked(query)) > 1 or query.carried:
        return observations.answer(query, knowledge, today)
    corrected = _direction(query, knowledge, today) or _side(query, knowledge, today) or _first_place(query, knowledge, today)
    return corrected or observations.answer(query, knowledge, today)


def _direction(query: Query, knowledge: Knowledge, today: dt.date) -> Answer | None:
    """“why did imports fall”, “why did they double”: what did not has no cause."""
    if query.premise is None or query.premise.kind not in ("direction", "times", "moved"):
        return None
    moved = trend.answer(replace(query, topic="change"), knowledge, today)
    return moved if moved.facts.get("verdict") in ("no", "unsteady") else None


def _side(query: Query, knowledge: Knowledge, today: dt.date) -> Answer | None:
    """“why do we have a deficit with the UK”: where there is a surplus."""
    if query.metric is not Metric.BALANCE or not query.sign:
        return None
    found = measure.answer(query, knowledge, today)
    return found if found.facts.get("correction") == "wrong_sign" else None


def _first_place(query: Query, knowledge: Knowledge, today: dt.date) -> Answer | None:
    """“why is Vietnam our largest deficit”: where another is."""
    if query.premise is None or query.premise.kind != "largest" or not query.partners:
        return None
    found = rank.answer(query, knowledge, today)
    return found if found.template == "rank" else None
