"""Rank over the years: a partner's place in every year, the highest and the lowest of them.

Reads `partners` (the first), `metric`, `sign`, `within` and `period` (the last ten years unless some are named).
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Table
from tradebot.answering import wording
from tradebot.answering.figures.areas import members
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import years
from tradebot.answering.figures.standing import standing
from tradebot.answering.orders import ranking
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

YEARS_UNASKED = 10


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The first and the latest place, and the best one in between; years in which it had no place are left out."""
    partner, span = query.partners[0], years(query, knowledge, YEARS_UNASKED)
    found = [(rank, figure) for year in span.each_year() for rank, figure in _placed(query, knowledge, partner, year)]
    if len(found) < 2:
        return not_held(query, knowledge, partner, query.metric, span)
    places = [rank for rank, _ in found]
    facts = {
        "metric": str(query.metric),
        "partner": partner,
        "sign": _sign(query, found[-1][1]),
        "within": list(ranking.groups_of(query)),
        "now": places[-1],
        "then": places[0],
        "best": min(places, key=lambda rank: rank.value),
        "worst": max(places, key=lambda rank: rank.value),
        "figure": found[-1][1],
        "periods": [figure.period for _, figure in (found[-1], found[0])],
    }
    rows = tuple((figure.period.label if figure.period else "", rank, figure) for rank, figure in found[-YEARS_UNASKED:])
    nouns = wording.nouns(query.metric, _sign(query, found[-1][1]))
    return Answer(
        query,
        "rank_years",
        facts,
        table=Table(("Year", "Place", wording.short(knowledge, partner)), rows),
        read_as=wording.read_as(query, f"place of {wording.called(knowledge, partner)} by US {nouns}", span),
        suggestions=wording.suggestions(f"top 10 {nouns}"),
        keys=(partner,),
    )


def _placed(query: Query, knowledge: Knowledge, partner: str, year: Period) -> list[tuple[Figure, Figure]]:
    """The place in a year with the figure that has it; empty where there is none."""
    figure = knowledge.record.value(partner, query.metric, year)
    if figure is None:
        return []
    pool = members(knowledge, [query.within]) if query.within else None
    rank = standing(knowledge, query.metric, year, _sign(query, figure), pool, members(knowledge, query.exclude)).rank(partner)
    return [(rank, figure)] if rank else []


def _sign(query: Query, figure: Figure) -> str:
    return query.sign or wording.sign_of([figure])
