"""Totals: sums over lists, groups, the first few of a ranking, and the world without some.

Every partner is counted once, whatever lists it stands in; members without a figure are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import Reading, is_group, members, ranks, reading, rest_of_world, total
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans
from tradebot.answering.newsletter import quotes
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

TABLE_ROWS = 10


@dataclass(frozen=True, slots=True)
class Parts:
    """What is added up. `kind`: list, top (the first few of a ranking) or rest (the world without `excluded`)."""

    kind: str
    areas: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    order_sign: str = ""


def summed(knowledge: Knowledge, parts: Parts, metric: Metric, period: Period) -> Reading | None:
    """The sum of the parts in a period, None where it is not held."""
    if parts.kind == "rest":
        found = rest_of_world(knowledge, members(knowledge, parts.excluded), metric, period)
        return Reading(found) if found else None
    partners = members(knowledge, parts.areas)
    gone = set(members(knowledge, parts.excluded))
    counted = sum(len(members(knowledge, [area])) for area in parts.areas)
    if counted == len(partners) and not gone:
        return _of_readings(knowledge, parts.areas, metric, period)
    if not gone:
        return total(knowledge, "+".join(parts.areas), partners, metric, period)
    name = "-".join(("+".join(parts.areas), *parts.excluded))  # no group's own: its published total holds what is left out
    left = total(knowledge, name, tuple(each for each in partners if each not in gone), metric, period)
    return left or _taken_out(knowledge, parts, [each for each in partners if each in gone], name, metric, period)


def _taken_out(knowledge: Knowledge, parts: Parts, gone: Sequence[str], name: str, metric: Metric, period: Period) -> Reading | None:
    """A published total without some partners, where the months of all its members are not held but those of these are."""
    whole = _of_readings(knowledge, parts.areas, metric, period) if len(parts.areas) == 1 else None
    held = [knowledge.record.value(each, metric, period) for each in gone]
    taken = [each for each in held if each is not None]
    if whole is None or len(taken) < len(held):
        return None
    return Reading(arithmetic.without(whole.figure, taken, name), from_published=True)


def _of_readings(knowledge: Knowledge, areas: Sequence[str], metric: Metric, period: Period) -> Reading | None:
    """Areas that share no member: each is read for itself, so that published totals can stand in for months."""
    found = {area: reading(knowledge, area, metric, period) for area in areas}
    held = [each for each in found.values() if each is not None]
    missing = tuple(area for area, each in found.items() if each is None)
    if not held or any(is_group(knowledge, area) for area in missing):
        return None
    figure = arithmetic.total([each.figure for each in held], "+".join(areas), period)
    gaps = (*(area for area in missing if ranks(knowledge, area)), *(partner for each in held for partner in each.missing))
    return Reading(figure, gaps, from_published=any(each.from_published for each in held))


def answer(query: Query, knowledge: Knowledge, parts: Parts, when: Spans) -> Answer:
    """The sum with the year before, the year to date and its parts."""
    found = summed(knowledge, parts, query.metric, when.now)
    if found is None:
        lacking = next((each for each in parts.areas if reading(knowledge, each, query.metric, when.now) is None), WORLD)
        return not_held(query, knowledge, lacking, query.metric, when.now)
    now = found.figure
    facts = {
        **_head(knowledge, parts, query.metric),
        **_compared(knowledge, parts, query.metric, when, now),
        "missing": found.missing,
        "from_published": found.from_published,
        "twice": _twice(knowledge, parts),
        "differs": quotes.disagreement(knowledge, parts.areas, query.metric, now) if parts.areas else None,
        "differs_before": _differs_before(knowledge, parts, query, when),
        "running": when.so_far,
        "largest": _largest(knowledge, parts, query.metric, when.now),
    }
    phrase = _phrase(knowledge, parts, query.metric, wording.sign_of([now]))
    return Answer(
        query,
        "combine",
        facts,
        table=_table(knowledge, parts, query.metric, when),
        read_as=wording.read_as(query, phrase, when.now),
        suggestions=_suggest(knowledge, parts),
        keys=parts.areas or parts.excluded,
    )


def _head(knowledge: Knowledge, parts: Parts, metric: Metric) -> dict[str, object]:
    shown = parts.areas[:TABLE_ROWS]
    return {
        "kind": parts.kind,
        "metric": str(metric),
        "areas": list(shown),
        "more": len(parts.areas) > TABLE_ROWS,
        "excluded": list(parts.excluded),
        "number": arithmetic.count(parts.areas, "parts"),
        "order_sign": parts.order_sign,
        "members": arithmetic.count(members(knowledge, parts.areas), "members"),
    }


def _compared(knowledge: Knowledge, parts: Parts, metric: Metric, when: Spans, now: Figure) -> dict[str, object]:
    before = summed(knowledge, parts, metric, when.before)
    to_date = summed(knowledge, parts, metric, when.to_date) if when.to_date else None
    to_date_before = summed(knowledge, parts, metric, when.to_date_before) if when.to_date_before else None
    then, recent, recent_before = (each.figure if each else None for each in (before, to_date, to_date_before))
    return {
        "now": now,
        "before": then,
        "change": arithmetic.change_percent(now, then) if then else None,
        "to_date": recent,
        "to_date_before": recent_before,
        "to_date_change": arithmetic.change_percent(recent, recent_before) if recent and recent_before else None,
        "to_date_rank": None,
    }


def _twice(knowledge: Knowledge, parts: Parts) -> list[str]:
    """Partners that stand in more than one of the parts."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for area in parts.areas:
        for partner in members(knowledge, [area]):
            if partner in seen:
                twice[partner] = None
            seen.add(partner)
    return list(twice)


def _differs_before(knowledge: Knowledge, parts: Parts, query: Query, when: Spans) -> dict[str, object] | None:
    """Nothing asked about time: the newsletter's sum of the year before may be the one the reader knows."""
    if query.period is not None or not parts.areas:
        return None
    before = summed(knowledge, parts, query.metric, when.before)
    return quotes.disagreement(knowledge, parts.areas, query.metric, before.figure) if before else None


def _largest(knowledge: Knowledge, parts: Parts, metric: Metric, period: Period) -> Figure | None:
    if parts.kind != "list" or len(parts.areas) < 2:
        return None
    held = [each.figure for area in parts.areas if (each := reading(knowledge, area, metric, period))]
    return max(held, key=lambda figure: abs(figure.value), default=None)


def _table(knowledge: Knowledge, parts: Parts, metric: Metric, when: Spans) -> Table | None:
    if not 2 <= len(parts.areas) <= TABLE_ROWS:
        return None
    rows: list[tuple[Cell, ...]] = []
    for area in parts.areas:
        now, before = (reading(knowledge, area, metric, period) for period in (when.now, when.before))
        rows.append((area, now.figure if now else None, before.figure if before else None))
    heading = wording.title(metric, [row[1] for row in rows if isinstance(row[1], Figure)])
    return Table(("Partner", when.now.label, when.before.label), tuple(rows), parts.areas, heading)


def _phrase(knowledge: Knowledge, parts: Parts, metric: Metric, sign: str) -> str:
    if parts.kind == "rest":
        return f"{wording.subject(knowledge, metric, (), sign)} without {wording.listed(knowledge, parts.excluded)}"
    without = f" without {wording.listed(knowledge, parts.excluded)}" if parts.excluded else ""
    return wording.subject(knowledge, metric, parts.areas, sign) + without


def _suggest(knowledge: Knowledge, parts: Parts) -> tuple[str, ...]:
    if parts.kind == "rest":
        return wording.suggestions("how large is the total US goods deficit", "five largest deficits")
    one = wording.called(knowledge, parts.areas[0])
    shown = wording.listed(knowledge, parts.areas[:3])
    first = f"compare {shown}" if len(parts.areas) > 1 else f"five largest deficits: {one}"
    return wording.suggestions(first, f"share of the total deficit: {shown}", f"deficit with {one}")
