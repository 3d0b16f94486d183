"""Refuse: questions that are understood and still have no answer here (forecasts, advice, opinions, services, …).

Reads `topic`, the id of a template under templates/refusals; the nearest figure is said with it where there is one.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.areas import WORLD, asked, figure
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The refusal of a topic, with the figure that is held of what was named, of the period asked where there is one."""
    area = next(iter(asked(query)), WORLD)
    record = knowledge.record
    measure = query.metric if query.topic == "forecast" else Metric.BALANCE
    facts = {
        "said": "",
        "partners": query.partners,
        "choices": (),
        "area": area,
        "world": area == WORLD,
        "f": (query.period and figure(knowledge, area, measure, query.period)) or figure(knowledge, area, measure, record.latest_year),
        "latest": record.latest_year,
        "to_date": record.to_date,
        "first": record.first_year,
        "reviewed": knowledge.tariffs.reviewed,
    }
    return Answer(
        query, f"refusals/{query.topic}", facts, outcome="refuse", suggestions=_nearest(query, knowledge, area), keys=query.partners
    )


def _nearest(query: Query, knowledge: Knowledge, area: str) -> tuple[str, ...]:
    """Questions that can be answered, about the same partner."""
    since = f"since {record_start(knowledge)}"
    if area == WORLD:
        return (
            ("total US goods deficit", f"total deficit {since}", "tariffs on China")
            if query.topic != "opinion"
            else ("is a trade deficit good or bad", "who pays a tariff", "total US goods deficit")
        )
    name = wording.called(knowledge, area)
    return (f"deficit with {name}", f"deficit with {name} {since}", f"tariffs on {name}")


def record_start(knowledge: Knowledge) -> str:
    """The year that “since …” suggestions begin with: ten years before the latest."""
    return str(knowledge.record.latest_year.first_year - 10)
