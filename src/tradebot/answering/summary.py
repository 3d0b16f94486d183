"""Summary: a partner, group or the world at a glance.

Reads `partners` or `groups` (the first; nothing: the world) and `period`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import compare, measure, wording
from tradebot.answering.beside import about, caveats, compared, rank_figure, so_far
from tradebot.answering.courses import trend
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import Reading, asked, figure, is_group, reading
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans
from tradebot.answering.goods.parts import title_of
from tradebot.answering.newsletter import quotes
from tradebot.answering.premises import correction
from tradebot.answering.tariffs.brief import brief
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

CHAPTERS_NAMED = 3
CUSTOMS_UNION = "EU"

Tariffs = dict[str, object] | None


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Balance first, then both flows, the place, the year to date and what is bought most."""
    areas = asked(query) or (WORLD,)
    when = spans(query, knowledge)
    if len(areas) > 1:
        return compare.answer(replace(query, metric=Metric.BALANCE), knowledge, today)
    if when.now.is_years and not when.now.is_year:
        return trend.answer(replace(query, metric=Metric.BALANCE), knowledge, today)
    if query.source:
        return measure.answer(replace(query, metric=Metric.BALANCE), knowledge, today)
    found = reading(knowledge, areas[0], Metric.BALANCE, when.now)
    if found is None:
        return not_held(query, knowledge, areas[0], Metric.BALANCE, when.now)
    return _answer(query, knowledge, areas[0], found, when, _tariffs(query, knowledge, areas[0], today))


def _answer(query: Query, knowledge: Knowledge, area: str, found: Reading, when: Spans, tariffs: Tariffs) -> Answer:
    flows = [_flow(knowledge, area, metric, when) for metric in (Metric.IMPORTS, Metric.EXPORTS, Metric.TOTAL_TRADE)]
    spoken = (found.figure, *(each for flow in flows if isinstance(each := flow["now"], Figure)))
    facts = {
        **about(knowledge, area, Metric.BALANCE),
        **compared(knowledge, area, Metric.BALANCE, found.figure, when.before),
        **so_far(knowledge, area, Metric.BALANCE, when),
        **caveats(knowledge, area, found),
        "rank": rank_figure(knowledge, Metric.BALANCE, found.figure),
        "correction": correction(query, found.figure),
        "differs": quotes.disagreements(knowledge, spoken),
        "running": when.so_far,
        "flows": flows,
        "tariffs": tariffs,
        "chapters": _chapters(knowledge, area, when.now),
    }
    return Answer(
        query,
        "summary",
        facts,
        table=_table(knowledge, area, when),
        read_as=wording.read_as(query, wording.subject(knowledge, Metric.TOTAL_TRADE, [area]), when.now),
        suggestions=_suggest(knowledge, area),
        keys=(area,),
        sources=(knowledge.tariffs.about.source,) if tariffs else (),
    )


def _tariffs(query: Query, knowledge: Knowledge, area: str, today: dt.date) -> Tariffs:
    """What the goods of one partner bore, beside its trade; a group has no tariff, unless it is one customs area."""
    alone = area in knowledge.partners or area == CUSTOMS_UNION
    return brief(query, knowledge, area, today) if alone else None


def _flow(knowledge: Knowledge, area: str, metric: Metric, when: Spans) -> dict[str, object]:
    now, then = figure(knowledge, area, metric, when.now), figure(knowledge, area, metric, when.before)
    change = arithmetic.change_percent(now, then) if now and then else None
    return {
        "metric": str(metric),
        "now": now,
        "before": then,
        "change": change,
        "rank": rank_figure(knowledge, metric, now) if now else None,
    }


def _chapters(knowledge: Knowledge, area: str, now: Period) -> list[dict[str, object]]:
    """What is imported most, of the latest year with products that is not later than the period."""
    years = [year for year in knowledge.record.chapter_years() if year.first <= now.first]
    found = knowledge.record.chapters_of(area, years[-1], first=CHAPTERS_NAMED) if years else []
    return [{"title": title_of(knowledge, each), "figure": each} for each in found]


def _table(knowledge: Knowledge, area: str, when: Spans) -> Table:
    periods = [when.before, when.now, *([when.to_date] if when.to_date else [])]
    rows: list[tuple[Cell, ...]] = []
    for metric, label in ((Metric.IMPORTS, "Imports"), (Metric.EXPORTS, "Exports"), (Metric.BALANCE, "")):
        cells = [figure(knowledge, area, metric, period) for period in periods]
        rows.append((label or wording.sign_of(cells).capitalize() or "Balance", *cells))
    columns = ("", *(_short(period) for period in periods))
    return Table(columns, tuple(rows), title=f"US goods trade: {wording.short(knowledge, area)}")


def _short(period: Period) -> str:
    """Months by three letters, so that a phone shows the column: “Jan–Jul 2026”."""
    return period.label if period.is_year else "–".join(part[:3] for part in period.label.split(" ")[0].split("–")) + period.label[-5:]


def _suggest(knowledge: Knowledge, area: str) -> tuple[str, ...]:
    name = wording.called(knowledge, area)
    if area == WORLD:
        return wording.suggestions("five largest deficits", "five largest surpluses", "total deficit over time")
    if is_group(knowledge, area):
        return wording.suggestions(f"five largest deficits: {name}", f"members of {name}", f"deficit with {name} over time")
    return wording.suggestions(f"what do we import from {name}", f"tariffs on {name}", f"deficit with {name} over time")
