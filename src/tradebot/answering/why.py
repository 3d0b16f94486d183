"""Why: causes by the newsletter's account, once the question's own premise holds: what did not grow has no cause of its growth.

query ─▶ trend, measure or rank, where the question says which way the figure went, on which side or in which place it stands, and it
         does not ─▶ else newsletter.observations
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import measure
from tradebot.answering.courses import trend
from tradebot.answering.figures.areas import asked
from tradebot.answering.newsletter import observations
from tradebot.answering.orders import rank
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
    if moved.facts.get("verdict") not in ("no", "unsteady"):
        return None
    return moved if query.period is not None else _over_years(query, knowledge, today) or moved


def _over_years(query: Query, knowledge: Knowledge, today: dt.date) -> Answer | None:
    """“why has trade with Russia collapsed”: it rose in the last year, but over ten years it halved (or doubled, for a rise)."""
    long = trend.answer(replace(query, topic="", features=query.features | {"due_to"}), knowledge, today)
    first, last = (abs(long.series[at].value) for at in (0, -1)) if len(long.series) > 1 else (0.0, 0.0)
    return long if long.facts.get("verdict") in ("yes", "") and first and not 0.5 < last / first < 2 else None


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
