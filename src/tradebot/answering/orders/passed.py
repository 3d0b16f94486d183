"""Passed: who has passed a partner in an order, and in which year each did for the last time.

Reads `partners` (the first), `metric`, `sign`, `period` (the years of passing; nothing: all that are held), `within`, `exclude`.

sizes of every year ─▶ those ahead in the latest ─▶ the last year in which each came out ahead ─▶ the latest first
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import NamedTuple

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.standing import rank_in, sizes
from tradebot.answering.orders import ranking
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

ROWS = 10


class Passing(NamedTuple):
    """Who came out ahead, in which year for the last time, and what both had then."""

    partner: str
    theirs: Figure
    own: Figure

    @property
    def year(self) -> int:
        return self.own.period.first_year if self.own.period else 0


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The last one to pass the partner, with both figures, and the others that did."""
    if not query.partners:
        return ranking.answer(query, knowledge, today)
    partner, latest = query.partners[0], knowledge.record.latest_year
    sign = query.sign or ("deficit" if query.metric is Metric.BALANCE else "")
    pool = members(knowledge, [query.within]) if query.within else None
    rank = rank_in(knowledge, query.metric, latest, sign, partner, pool, members(knowledge, query.exclude))
    if rank is None:
        return not_held(query, knowledge, partner, query.metric, latest)
    found = _passings(query, knowledge, partner, sign)
    metric, plural = query.metric, wording.nouns(query.metric, sign)
    facts = {
        "metric": str(metric),
        "sign": sign,
        "within": [query.within] if query.within else [],
        "excluded": list(query.exclude),
        "partner": partner,
        "rank": rank,
        "own": rank.derived_from[0],
        "last": [found[0].theirs, found[0].own] if found else [],
        "count": arithmetic.count([each.theirs for each in found], "passed", latest, partner),
        "span": query.period,
    }
    return Answer(
        query,
        "passed",
        facts,
        table=_table(found, knowledge, partner, plural),
        read_as=wording.read_as(query, f"who passed {wording.called(knowledge, partner)} by US {plural}", latest),
        suggestions=wording.suggestions(f"rank of {wording.called(knowledge, partner)} in {plural} over time", f"top 10 {plural}"),
        keys=tuple(each.partner for each in found),
    )


def _passings(query: Query, knowledge: Knowledge, partner: str, sign: str) -> list[Passing]:
    """Of all that are ahead in the latest year and were not always, the latest to pass first."""
    pool = members(knowledge, [query.within]) if query.within else None
    record, exclude = knowledge.record, members(knowledge, query.exclude)
    years = [Period.year(year) for year in range(record.first_year.first_year, record.latest_year.first_year + 1)]
    among = [sizes(knowledge, query.metric, year, sign, pool, exclude) for year in years]
    steps = [step for step in zip(itertools.pairwise(among), years[1:], strict=True) if partner in step[0][0] and partner in step[0][1]]
    found = []
    for other in (area for area, size in among[-1].items() if size > among[-1][partner]):
        year = next((year for (before, now), year in reversed(steps) if _came_ahead(before, now, other, partner)), None)
        theirs, own = (record.value(area, query.metric, year) if year else None for area in (other, partner))
        if year and theirs and own and (query.period is None or year in query.period):
            found.append(Passing(other, theirs, own))
    return sorted(found, key=lambda each: (-each.year, -abs(each.theirs.value)))


def _came_ahead(before: Mapping[str, float], now: Mapping[str, float], other: str, partner: str) -> bool:
    return now.get(other, 0.0) > now[partner] and before.get(other, 0.0) <= before[partner]


def _table(found: list[Passing], knowledge: Knowledge, partner: str, plural: str) -> Table | None:
    rows: list[tuple[Cell, ...]] = [(each.partner, each.own.period, each.theirs, each.own) for each in found[:ROWS]]
    columns = ("Partner", "Passed in", "It", wording.short(knowledge, partner))
    keys = tuple(each.partner for each in found[:ROWS])
    return Table(columns, tuple(rows), keys=keys, title=f"Passed by US {plural}") if rows else None
