"""Refuse: questions that have no answer here, with the nearest figure and the nearest questions that have one.

`answer` reads `topic`, the id of a template under templates/refusals (forecasts, advice, opinions, services, …);
`unanswered` words a message that did not even become a question.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.figures.areas import asked, figure
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Choice, Metric, NotUnderstood, Query


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The refusal of a topic, with the figure that is held of what was named, of the period asked where there is one."""
    area = next(iter(asked(query)), WORLD)
    measure = query.metric if query.topic == "forecast" else Metric.BALANCE
    held = (query.period and figure(knowledge, area, measure, query.period)) or figure(
        knowledge, area, measure, knowledge.record.latest_year
    )
    facts = {**_facts(knowledge, held, query.partners), "area": area, "world": area == WORLD}
    return Answer(
        query, f"refusals/{query.topic}", facts, outcome="refuse", suggestions=_nearest(query, knowledge, area), keys=query.partners
    )


def unanswered(reason: NotUnderstood, knowledge: Knowledge) -> Answer:
    """Why there is no query, with the choices that lead on; of another country's trade, our own balance with it."""
    record = knowledge.record
    ours = reason.partners and reason.reason == "other_country"
    held = record.value(reason.partners[0], Metric.BALANCE, record.latest_year) if ours else None
    facts = _facts(knowledge, held, reason.partners, reason.said, reason.choices)
    suggestions = tuple(choice.question for choice in reason.choices)
    return Answer(Query(intent=""), f"refusals/{reason.reason}", facts, outcome=reason.outcome, suggestions=suggestions)


def _facts(
    knowledge: Knowledge, held: Figure | None, partners: tuple[str, ...], said: str = "", choices: tuple[Choice, ...] = ()
) -> dict[str, object]:
    """What every template under templates/refusals may name."""
    record = knowledge.record
    return {
        "said": said,
        "partners": partners,
        "choices": choices,
        "f": held,
        "latest": record.latest_year,
        "to_date": record.to_date,
        "first": record.first_year,
        "reviewed": knowledge.tariffs.reviewed,
    }


def _nearest(query: Query, knowledge: Knowledge, area: str) -> tuple[str, ...]:
    """Questions that can be answered, about the same partner."""
    since = f"since {wording.decade_ago(knowledge)}"
    if area == WORLD:
        return (
            ("total US goods deficit", f"total deficit {since}", "tariffs on China")
            if query.topic != "opinion"
            else ("is a trade deficit good or bad", "who pays a tariff", "total US goods deficit")
        )
    name = wording.called(knowledge, area)
    return (f"deficit with {name}", f"deficit with {name} {since}", f"tariffs on {name}")
