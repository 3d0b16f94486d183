"""Leaders: who was first in which years, who came after whom.

Reads `metric`, `sign`, `period` (the years to look at; nothing: all that are held), `within`, `exclude` and `partners` (one whose first
place is asked about).

sizes of every year ─▶ the first of each ─▶ years in a row as one reign ─▶ the reign asked for, and the one after it
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import NamedTuple

from tradebot.answer import Answer, Table
from tradebot.answering import wording
from tradebot.answering.figures.areas import members
from tradebot.answering.figures.standing import sizes
from tradebot.answering.orders import passed, ranking
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

ROWS = 10


class Reign(NamedTuple):
    """A partner and the years in a row in which it was first."""

    partner: str
    span: Period


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Who is first and since when, who was before; of a partner that was asked about, who came after it."""
    if query.period is not None and (query.period.is_year or not query.period.is_years):
        return ranking.answer(query, knowledge, today)
    sign = ranking.side(query)
    found = _reigns(query, knowledge, sign)
    about = query.partners[0] if query.partners else ""
    if about and about not in {reign.partner for reign in found}:
        return passed.answer(query, knowledge, today)
    return _answer(query, knowledge, found, about, sign) if found else ranking.answer(query, knowledge, today)


def _reigns(query: Query, knowledge: Knowledge, sign: str) -> list[Reign]:
    record = knowledge.record
    held = Period(record.first_year.first, record.latest_year.last)
    span = Period(max(held.first, query.period.first), min(held.last, query.period.last)) if query.period else held
    inside = ranking.groups_of(query)
    pool = members(knowledge, inside) if inside else None
    exclude = members(knowledge, query.exclude)
    leaders = []
    for year in span.each_year():
        among = sizes(knowledge, query.metric, year, sign, pool, exclude)
        leaders += [(max(among, key=lambda area: (among[area], area)), year)] if among else []
    runs = (tuple(run) for _, run in itertools.groupby(leaders, key=lambda each: each[0]))
    return [Reign(run[0][0], Period(run[0][1].first, run[-1][1].last)) for run in runs]


def _answer(query: Query, knowledge: Knowledge, found: list[Reign], about: str, sign: str) -> Answer:
    metric, plural = query.metric, wording.nouns(query.metric, sign)
    at = max((at for at, reign in enumerate(found) if reign.partner == about), default=len(found) - 1)
    now, turn = found[-1], min(at + 1, len(found) - 1)
    change = _change(knowledge, metric, found, turn) if turn else []
    facts = {
        "metric": str(metric),
        "sign": sign,
        "within": list(ranking.groups_of(query)),
        "excluded": list(query.exclude),
        "now": now.partner,
        "since": Period.year(now.span.first_year),
        "about": about,
        "lost": bool(about) and about != now.partner,
        "after": found[turn].partner,
        "in_year": Period.year(found[turn].span.first_year),
        "change": change,
        "before": found[turn - 1].partner if turn else None,
        "before_span": found[turn - 1].span if turn else None,
        "own": [reign.span for reign in found if reign.partner == about],
        "latest": _last(knowledge, metric, now),
        "whole": Period(found[0].span.first, now.span.last),
    }
    rows = tuple((_row(knowledge, reign), _last(knowledge, metric, reign)) for reign in found[::-1][:ROWS])
    return Answer(
        query,
        "leaders",
        facts,
        table=Table(("First", "In the last year"), rows, title=f"First by US {plural}"),
        read_as=wording.read_as(query, f"who was first by US {plural}", Period(found[0].span.first, now.span.last)),
        suggestions=wording.suggestions(f"top 10 {plural}", *_races(knowledge, found, plural)),
        keys=tuple(dict.fromkeys(reign.partner for reign in found[::-1])),
    )


def _change(knowledge: Knowledge, metric: Metric, found: list[Reign], turn: int) -> list[Figure]:
    """What the new first and the old one had in the year of the change."""
    year = Period.year(found[turn].span.first_year)
    both = (knowledge.record.value(reign.partner, metric, year) for reign in (found[turn], found[turn - 1]))
    return [figure for figure in both if figure]


def _last(knowledge: Knowledge, metric: Metric, reign: Reign) -> Figure | None:
    return knowledge.record.value(reign.partner, metric, Period.year(reign.span.last_year))


def _row(knowledge: Knowledge, reign: Reign) -> str:
    """“China, 2009–2022”."""
    return f"{wording.short(knowledge, reign.partner)}, {reign.span.label}"


def _races(knowledge: Knowledge, found: list[Reign], plural: str) -> list[str]:
    """A question about the last change."""
    if len(found) < 2:
        return []
    after, before = (wording.called(knowledge, reign.partner) for reign in (found[-1], found[-2]))
    return [f"when did {after} overtake {before} in {plural}"]
