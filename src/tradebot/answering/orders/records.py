"""Records: the largest figure that was ever reached with one partner (“which country had the biggest deficit ever”).

Reads `metric`, `sign` (balances: deficits unless surpluses are asked for), `period` (the years to look at; nothing: all that are
held), `within`, `exclude` and `limit`.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import years
from tradebot.answering.orders import ranking
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

SHOWN = 5
MOST = 10


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The largest of all, and the record years of the partners that come next."""
    span = years(query, knowledge, 1) if query.period else Period(knowledge.record.first_year.first, knowledge.record.latest_year.last)
    limit = min(max(query.limit or SHOWN, 1), MOST)
    shown = _largest(query, knowledge, span)[:limit]
    if not shown:
        return not_held(query, knowledge, WORLD, query.metric, span)
    last = ranking.unbounded(query, knowledge, Period.year(span.last_year))
    nouns = wording.nouns(query.metric, last.sign)
    facts = {
        **ranking.head(query, knowledge, last),
        "first": shown[0],
        "others": shown[1:3],
        "now": knowledge.record.value(shown[0].partner, query.metric, last.period),
        "span": span,
    }
    rows: list[tuple[Cell, ...]] = [(each.partner, each.period, each) for each in shown]
    keys = tuple(each.partner for each in shown)
    return Answer(
        query,
        "records",
        facts,
        table=Table(("Partner", "Year", "Size"), tuple(rows), keys, wording.title(query.metric, shown)),
        read_as=wording.read_as(query, f"largest US {nouns} of one partner", span),
        suggestions=wording.suggestions(f"top 10 {nouns}"),
        keys=keys,
    )


def _largest(query: Query, knowledge: Knowledge, span: Period) -> list[Figure]:
    """Each partner's largest figure, the largest first; of equal ones the earliest."""
    best: dict[str, tuple[float, Period]] = {}
    for year in span.each_year():
        for partner, size in ranking.sizes_in(query, knowledge, year).items():
            if partner not in best or size > best[partner][0]:
                best[partner] = (size, year)
    largest = sorted(best.items(), key=lambda each: -each[1][0])[:MOST]
    figures = (knowledge.record.value(partner, query.metric, year) for partner, (_, year) in largest)
    return [figure for figure in figures if figure]
