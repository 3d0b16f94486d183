"""Always: the partners with which the US has been on one side of zero in every year (“with whom did we have a deficit every year”).

Reads `sign` (deficits unless surpluses are asked for), `period` (the years; nothing: all that are held), `within` and `exclude`.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import years
from tradebot.answering.orders import ranking
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

NAMED = 10


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """How many, and those with the largest balance in the last of the years."""
    span = years(query, knowledge, 1) if query.period else Period(knowledge.record.first_year.first, knowledge.record.latest_year.last)
    orders = [ranking.sizes_in(query, knowledge, year) for year in span.each_year()]
    if not all(orders):
        return not_held(query, knowledge, WORLD, Metric.BALANCE, span)
    last = ranking.unbounded(query, knowledge, Period.year(span.last_year))
    found: list[Figure] = [each for each in last.places if all(each.partner in order for order in orders)]
    facts = {
        **ranking.head(query, knowledge, last),
        "number": arithmetic.count(found, "always", span),
        "years": arithmetic.count(orders, "years", span),
        "span": span,
        "shown": found[:NAMED],
        "more": len(found) > NAMED,
    }
    phrase = f"partners with US {wording.nouns(Metric.BALANCE, last.sign)} in every year"
    keys = tuple(each.partner for each in found[:NAMED])
    return Answer(query, "always", facts, read_as=wording.read_as(query, phrase, span), keys=keys)
