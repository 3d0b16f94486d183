"""Overtake: when one partner's figure passed another's, and whether it is still ahead.

Reads `partners` or `groups` (the first two), `metric`, `sign` and `period` (the years to look at; nothing: all that are held).

year_run × 2 ─▶ years both are held ─▶ the last year in which the first came out ahead, and the year it fell back
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from tradebot.answer import Answer
from tradebot.answering import compare, wording
from tradebot.answering.figures.areas import asked, figure
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.series import year_run
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

Pair = tuple[Figure, Figure]


@dataclass(frozen=True, slots=True)
class Race:
    """Two runs of years side by side. `passed` are the years in which the first came out ahead, `lost` those in which it fell back."""

    pairs: tuple[Pair, ...]
    passed: tuple[Pair, ...]
    lost: tuple[Pair, ...]


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The year of passing with both figures, and where the two stand in the latest year and so far."""
    areas = asked(query)
    if len(areas) < 2:
        return compare.answer(query, knowledge, today)
    first, second = areas[:2]
    sign = query.sign or ("deficit" if query.metric is Metric.BALANCE else "")
    race = _race(knowledge, first, second, query, sign)
    if race.lost and not race.passed and "overtake" not in query.features:  # “when did that flip”: whoever it was
        first, second = second, first
        race = _race(knowledge, first, second, query, sign)
    if not race.pairs:
        return not_held(query, knowledge, first, query.metric, query.period or knowledge.record.latest_year)
    return _answer(query, knowledge, (first, second), race, sign)


def _race(knowledge: Knowledge, first: str, second: str, query: Query, sign: str) -> Race:
    period = query.period if query.period is not None and query.period.is_years and not query.period.is_year else None
    other = {each.period: each for each in year_run(knowledge, second, query.metric, period).figures}
    run = year_run(knowledge, first, query.metric, period).figures
    pairs = tuple((each, other[each.period]) for each in run if each.period in other)
    steps = [(before, now) for before, now in itertools.pairwise(pairs) if _ahead(before, sign) != _ahead(now, sign)]
    passed = tuple(now for _, now in steps if _ahead(now, sign))
    return Race(pairs, passed, tuple(now for _, now in steps if not _ahead(now, sign)))


def _ahead(pair: Pair, sign: str) -> bool:
    """Whether the first of the two is larger: for balances, the larger deficit (or surplus)."""
    first, second = (-each.value if sign == "deficit" else each.value for each in pair)
    return first > second


def _answer(query: Query, knowledge: Knowledge, areas: tuple[str, str], race: Race, sign: str) -> Answer:
    latest, record = race.pairs[-1], knowledge.record
    found = race.passed[-1] if race.passed else None
    running = _pair(knowledge, areas, query.metric, record.to_date)
    span = Period(_when(race.pairs[0]).first, _when(latest).last)
    facts = {
        "first": areas[0],
        "second": areas[1],
        "metric": str(query.metric),
        "noun": wording.noun(query.metric, sign),
        "found": list(found) if found else [],
        "earlier": race.passed[0][0].period if len(race.passed) > 1 else None,
        "lost": next((pair[0].period for pair in race.lost if found and _later(pair, found)), None),
        "latest": list(latest),
        "ahead": _ahead(latest, sign),
        "running_asked": running is not None and query.period is not None and query.period.last > record.latest_year.last,
        "running": list(running) if running else [],
        "running_ahead": running is not None and _ahead(running, sign),
        "span": span,
    }
    names = [wording.called(knowledge, area) for area in areas]
    of = wording.nouns(query.metric, sign)
    return Answer(
        query,
        "overtake",
        facts,
        read_as=wording.read_as(query, f"when {names[0]} passed {names[1]} by US {of}", span),
        suggestions=wording.suggestions(f"{names[0]} vs {names[1]} {of}", f"imports: when did {names[0]} overtake {names[1]}"),
        keys=areas,
        series=tuple(each for pair in race.pairs for each in pair),
    )


def _pair(knowledge: Knowledge, areas: tuple[str, str], metric: Metric, period: Period) -> Pair | None:
    first, second = (figure(knowledge, area, metric, period) for area in areas)
    return (first, second) if first and second else None


def _later(pair: Pair, than: Pair) -> bool:
    return _when(pair).first > _when(than).first


def _when(pair: Pair) -> Period:
    period = pair[0].period
    if period is None:
        raise ValueError(f"a figure of a year without a year: {pair[0].id}")
    return period
