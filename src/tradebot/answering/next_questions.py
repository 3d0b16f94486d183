"""What to ask next where a kind of answer offers fewer than two questions of its own.

Answer ─▶ its own questions, then those of another kind about the same partner, or about all of them ─▶ Answer
"""

from __future__ import annotations

from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

ENOUGH = 2
_OF_ONE = {
    "tariff_status": "tariffs on {name}",
    "tariff_timeline": "tariff timeline {name}",
    "partner_balance": "deficit with {name}",
}
_OF_TARIFFS = {
    "tariff_timeline": "tariff timeline",
    "effective_rate": "what is the effective tariff rate",
    "tariff_status": "tariffs on China",
}
_OF_TRADE = {"ranking": "top 10 deficits", "partner_balance": "deficit with Vietnam", "tariff_status": "tariffs on China"}
"""Kind of question → the question."""


def with_next(answer: Answer, knowledge: Knowledge) -> Answer:
    """The answer with two questions to go on with, or more where it has them."""
    if answer.outcome != "answer" or len(answer.suggestions) >= ENOUGH:
        return answer
    more = [question for intent, question in _questions(answer.query, knowledge).items() if intent != answer.query.intent]
    return replace(answer, suggestions=tuple(dict.fromkeys((*answer.suggestions, *more)))[:ENOUGH])


def _questions(query: Query, knowledge: Knowledge) -> dict[str, str]:
    area = next((each for each in (*query.partners, *query.groups) if each != WORLD), "")
    if area:
        return {intent: question.format(name=wording.called(knowledge, area)) for intent, question in _OF_ONE.items()}
    return _OF_TARIFFS if "tariff" in query.intent or query.intent == "effective_rate" else _OF_TRADE
