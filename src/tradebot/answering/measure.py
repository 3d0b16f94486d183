"""Measure: one figure of one area (balance, imports, exports, total trade).

Reads `partners` or `groups` (nothing: the world), `metric`, `period`, `against`, `premise`, `source`. Several years
are a trend, several areas a comparison.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import compare, totals, wording
from tradebot.answering.beside import about, caveats, compared, rank_figure, so_far
from tradebot.answering.courses import trend
from tradebot.answering.figures.areas import Reading, asked, is_group, reading
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans
from tradebot.answering.newsletter import quotes
from tradebot.answering.premises import asks_yes_no, correction
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The figure, the one before it, and the year to date where no period was asked."""
    areas = asked(query) or (WORLD,)
    query = _still(query, knowledge, areas[0])
    when = spans(query, knowledge)
    if len(areas) > 1:
        return compare.answer(query, knowledge, today)
    if query.exclude:
        kind = "list" if asked(query) else "rest"
        return totals.answer(query, knowledge, totals.Parts(kind, asked(query), query.exclude), when)
    if when.now.is_years and not when.now.is_year:
        return trend.answer(query, knowledge, today)
    if quotes.is_asked(query):
        said = quotes.figure_of(knowledge, areas[0], query.metric, query.period)
        if said:
            return _from_newsletter(query, knowledge, areas[0], said)
    found = reading(knowledge, areas[0], query.metric, when.now)
    if found is None:
        return not_held(query, knowledge, areas[0], query.metric, when.now)
    return _answer(query, knowledge, areas[0], found, when)


def _still(query: Query, knowledge: Knowledge, area: str) -> Query:
    """“Do we still have a deficit with …”: by the latest months, where they lie on the other side of zero than the last year."""
    if "still" not in query.features or query.period is not None or query.metric is not Metric.BALANCE:
        return query
    latest, to_date = knowledge.record.latest_year, knowledge.record.to_date
    year, months = (reading(knowledge, area, query.metric, period) for period in (latest, to_date))
    turned = year and months and year.figure.is_deficit != months.figure.is_deficit
    return replace(query, period=to_date) if turned else query


def _answer(query: Query, knowledge: Knowledge, area: str, found: Reading, when: Spans) -> Answer:
    now, metric = found.figure, query.metric
    facts = {
        **about(knowledge, area, metric),
        **compared(knowledge, area, metric, now, when.before),
        **so_far(knowledge, area, metric, when),
        **caveats(knowledge, area, found),
        "rank": rank_figure(knowledge, metric, now),
        "correction": correction(query, now),
        "yes_no": asks_yes_no(query),
        "in_millions": "in_millions" in query.features,
        "differs": _differs(query, knowledge, area, now, when),
        "running": when.so_far,
        "imports": None if metric is Metric.IMPORTS else knowledge.record.value(area, Metric.IMPORTS, when.now),
        "exports": None if metric is Metric.EXPORTS else knowledge.record.value(area, Metric.EXPORTS, when.now),
    }
    phrase = wording.subject(knowledge, metric, [area], wording.sign_of([now]))
    return Answer(
        query,
        "measure",
        facts,
        read_as=wording.read_as(query, phrase, when.now),
        suggestions=_suggest(knowledge, area, metric, wording.sign_of([now])),
        keys=(area,),
    )


def _differs(query: Query, knowledge: Knowledge, area: str, now: Figure, when: Spans) -> dict[str, object] | None:
    """Where the newsletter says otherwise; of a group, of which people know its figure, also for the year beside."""
    found = quotes.disagreement(knowledge, [area], query.metric, now)
    if found or query.period is not None or not is_group(knowledge, area):
        return found
    before = reading(knowledge, area, query.metric, when.before)
    return quotes.disagreement(knowledge, [area], query.metric, before.figure) if before else None


def _from_newsletter(query: Query, knowledge: Knowledge, area: str, said: Figure) -> Answer:
    period = said.period
    ours = reading(knowledge, area, query.metric, period) if period else None
    differs = quotes.disagreements(knowledge, [ours.figure]) if ours else []
    facts = {**about(knowledge, area, query.metric), "said": said, "ours": ours.figure if ours else None, "differs": differs}
    return Answer(
        query, "measure_newsletter", facts, suggestions=_suggest(knowledge, area, query.metric, wording.sign_of([said])), keys=(area,)
    )


def _suggest(knowledge: Knowledge, area: str, metric: Metric, sign: str) -> tuple[str, ...]:
    name = wording.called(knowledge, area)
    since = Period.year(knowledge.record.latest_year.first_year - 10).label
    if area == WORLD:
        return wording.suggestions("five largest deficits", f"total deficit since {since}", "which year had the largest deficit")
    trend_question = f"{wording.subject(knowledge, metric, [area], sign)} since {since}"
    if is_group(knowledge, area):
        return wording.suggestions(f"five largest deficits: {name}", f"members of {name}", trend_question)
    return wording.suggestions(f"what do we import from {name}", f"tariffs on {name}", trend_question)
