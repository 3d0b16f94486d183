"""Definitions: the card of a term, or several side by side; where people differ, their views and no verdict.

Reads `terms` (ids of cards) or, for a question whose words mean one card, `topic`. A card's example is the figure of
the latest year, or of the year asked where the record holds it.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.knowledge.definitions import Definition, Example
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

CARDS_SHOWN = 2
SUGGESTIONS_SHOWN = 3


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The cards asked for; a refusal that offers some where there is none."""
    cards = asked(query, knowledge)
    if not cards:
        return Answer(
            query, "refusals/no_card", {}, outcome="refuse", suggestions=("what is a trade deficit", "what is Section 232", "help")
        )
    facts = {"cards": [_shown(card, query, knowledge) for card in cards]}
    see = dict.fromkeys(question for card in cards for question in card.see)
    sources = tuple(dict.fromkeys(source for card in cards for source in card.sources))
    return Answer(query, "definition", facts, suggestions=tuple(see)[:SUGGESTIONS_SHOWN], sources=sources or ("tradebot",))


def asked(query: Query, knowledge: Knowledge) -> list[Definition]:
    """The cards of a question: the topic's own card alone, else those of its terms in the order named."""
    if query.topic in knowledge.definitions:
        return [knowledge.definitions[query.topic]]
    return [knowledge.definitions[term] for term in dict.fromkeys(query.terms) if term in knowledge.definitions][:CARDS_SHOWN]


def _shown(card: Definition, query: Query, knowledge: Knowledge) -> dict[str, object]:
    figure = _example(card.example, query.period, knowledge) if card.example else None
    return {
        "text": card.text,
        "views": [{"who": view.who, "says": view.says} for view in card.views],
        "example": figure,
        "world": bool(card.example and card.example.partner == WORLD),
        "metric": card.example.metric if card.example else "",
    }


def _example(example: Example, asked_period: Period | None, knowledge: Knowledge) -> Figure | None:
    record = knowledge.record
    usual = record.to_date if example.to_date else record.latest_year
    found = record.value(example.partner, Metric(example.metric), asked_period) if asked_period else None
    return found or record.value(example.partner, Metric(example.metric), usual)
