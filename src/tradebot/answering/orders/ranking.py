"""Ranking: partners in order of size.

Reads `metric`, `sign` (balances: deficits unless surpluses are asked for), `order`, `limit`, `nth`, `offset`, `bounds`,
`within` (a group or continent), `partners` (two or more: only those), `exclude`, `period`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans
from tradebot.answering.figures.standing import Standing, only_some_held, sizes, standing
from tradebot.answering.premises import judged
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import OTHER_SIDE, Metric, Order, Query

SHOWN_UNASKED = 5
MOST_ROWS = 25
TABLE_ROWS = 10
NEIGHBOURS = 1


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a standing that was asked for: figures in the order to be said, and where the first one stands."""

    figures: tuple[Figure, ...]
    first: int
    named: int


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The asked part of the order with the year before beside it, and who leads in the year to date."""
    when = spans(query, knowledge)
    query = judged(_last_of_top(query))
    order = of(query, knowledge, when.now)
    if not order.places:
        return _nobody(query, knowledge, when)
    shown = part(query, order)
    if not shown.figures:
        return _nobody(query, knowledge, when, arithmetic.count(order.places, "ranked", when.now))
    return _answer(query, knowledge, when, order, shown)


def _last_of_top(query: Query) -> Query:
    """“The smallest of the top ten” is the tenth."""
    if query.limit and query.nth is None and query.features >= {"largest", "smallest"}:
        return replace(query, order=Order.TOP, nth=query.limit, limit=None)
    return query


def of(query: Query, knowledge: Knowledge, period: Period) -> Standing:
    """The order that a question is about: its pool, without the excluded, and within its bounds."""
    found = _first_places(query, knowledge, unbounded(query, knowledge, period))
    if query.bounds is None:
        return found
    low, high = query.bounds.low or 0.0, query.bounds.high
    kept = tuple(each for each in found.places if abs(each.value) > low and (high is None or abs(each.value) < high))
    return Standing(found.metric, found.period, found.sign, kept)


def _first_places(query: Query, knowledge: Knowledge, order: Standing) -> Standing:
    """The part of an order that lies in the first places of the whole world's (“the EU members in the top ten”)."""
    if query.of_top is None:
        return order
    world = standing(knowledge, order.metric, order.period, order.sign)
    first = {each.partner for each in world.places[: query.of_top]}
    return Standing(order.metric, order.period, order.sign, tuple(each for each in order.places if each.partner in first))


def side(query: Query) -> str:
    """The side of zero that is ranked: deficits unless surpluses are asked for; none for imports, exports and trade.

    The partners' surpluses with the US (“who has the largest surplus with us”) are the deficits of the US.
    """
    said = query.sign or ("deficit" if query.metric is Metric.BALANCE else "")
    return OTHER_SIDE.get(said, said) if _seen_from_there(query) else said


def _seen_from_there(query: Query) -> bool:
    return query.premise is not None and query.premise.kind == "side" and query.premise.said == "surplus" and not query.partners


def groups_of(query: Query) -> tuple[str, ...]:
    """The groups that a ranking is confined to."""
    return tuple(dict.fromkeys([*([query.within] if query.within else []), *query.groups]))


def pool(query: Query, knowledge: Knowledge) -> tuple[str, ...] | None:
    """The partners a ranking is confined to, None for all."""
    inside = members(knowledge, groups_of(query)) if groups_of(query) else None
    if len(query.partners) < 2:
        return inside
    return tuple(each for each in members(knowledge, query.partners) if inside is None or each in inside)


def part(query: Query, order: Standing) -> Slice:
    """The figures asked for, the first one first."""
    places = order.places
    if query.order is Order.BOTTOM:
        places = places[::-1]
    if query.nth is not None:
        return _around(places, query.nth)
    whole = query.bounds is not None or lists_all(query) or (query.of_top is not None and query.order is not Order.BOTTOM)
    limit = query.limit or (len(places) if whole else SHOWN_UNASKED)
    chosen = places[query.offset : query.offset + limit]
    return Slice(chosen, query.offset + 1, len(chosen) if query.limit or whole else 1)


def lists_all(query: Query) -> bool:
    """“All EU countries with a deficit”: everybody of a group that has it, not the first few."""
    asked_apart = (query.bounds, query.order, query.limit, query.of_top) != (None,) * 4
    return "holders" in query.features and bool(groups_of(query)) and not asked_apart


def _around(places: tuple[Figure, ...], nth: int) -> Slice:
    if not 1 <= nth <= len(places):
        return Slice((), nth, 0)
    return Slice((places[nth - 1],), nth, 1)


def _answer(query: Query, knowledge: Knowledge, when: Spans, order: Standing, shown: Slice) -> Answer:
    before = unbounded(query, knowledge, when.before)
    then = before.figure(shown.figures[0].partner) if when.like_for_like else None
    holder = _holder_before(query, before, shown)
    listed = _rows(query, order, shown)
    facts = {
        **head(query, knowledge, order),
        "shown": list(shown.figures[: TABLE_ROWS if len(shown.figures) <= TABLE_ROWS else SHOWN_UNASKED]),
        "rest": len(shown.figures) > TABLE_ROWS,
        "named": shown.named == 1,
        "listed": lists_all(query),
        "asked": arithmetic.number(shown.named, Unit.COUNT, "limit"),
        "place": arithmetic.number(shown.first, Unit.RANK, "nth"),
        "offset": query.offset > 0,
        "nth": query.nth is not None,
        "above": _at(order, query, shown.first - 2) if query.nth else None,
        "below": _at(order, query, shown.first) if query.nth else None,
        "followers": list(shown.figures[1:3]) if shown.named == 1 else [],
        "then": then,
        "then_change": arithmetic.change_percent(shown.figures[0], then) if then else None,
        "then_period": when.before,
        "then_holder": holder,
        "fewer": bool(query.limit and len(shown.figures) < query.limit),
        "of": arithmetic.count(order.places, "ranked", when.now),
        "bounds": bounds_of(query),
        "close": list(order.close_pairs([each.partner for each in shown.figures])),
        "leader": _leader(query, knowledge, when, shown.figures[0].partner),
        "running": when.so_far,
    }
    return Answer(
        query,
        "ranking",
        facts,
        table=table(query, knowledge, unbounded(query, knowledge, when.now), listed, when) if len(listed) > 1 else None,
        read_as=_read_as(query, knowledge, order, when),
        suggestions=_suggest(knowledge, order, shown),
        keys=tuple(each.partner for each in (*shown.figures, *([holder] if holder else []))),
    )


def head(query: Query, knowledge: Knowledge, order: Standing) -> dict[str, object]:
    """What a template about an order may name: measure, side, period, pool, who was left out, how few are held."""
    few = only_some_held(knowledge, order.period)
    return {
        "metric": str(order.metric),
        "sign": order.sign,
        "plural": wording.nouns(order.metric, order.sign),
        "period": order.period,
        "within": list(groups_of(query)),
        "among": list(query.partners) if len(query.partners) > 1 else [],
        "excluded": list(query.exclude),
        "bottom": query.order is Order.BOTTOM,
        "theirs": _seen_from_there(query) and order.sign == "deficit",
        "of_top": arithmetic.number(query.of_top, Unit.COUNT, "of_top") if query.of_top else None,
        "few": arithmetic.number(few, Unit.COUNT, "held") if few else None,
    }


def unbounded(query: Query, knowledge: Knowledge, period: Period) -> Standing:
    """The same order in any period without the bounds: where the ones shown really stand."""
    return standing(knowledge, query.metric, period, side(query), pool(query, knowledge), members(knowledge, query.exclude))


def sizes_in(query: Query, knowledge: Knowledge, year: Period) -> Mapping[str, float]:
    """How large each one's figure of a year is in that order, USD million, without making the figures."""
    return sizes(knowledge, query.metric, year, side(query), pool(query, knowledge), members(knowledge, query.exclude))


def _holder_before(query: Query, before: Standing, shown: Slice) -> Figure | None:
    """Who held the place a year earlier, where it was somebody else and no period was asked for."""
    if query.period is not None or shown.named != 1 or query.bounds is not None or query.order is Order.BOTTOM:
        return None
    found = _at(before, query, shown.first - 1)
    return found if found and found.partner != shown.figures[0].partner else None


def _rows(query: Query, order: Standing, shown: Slice) -> tuple[Figure, ...]:
    if query.nth is None:
        return shown.figures[: min(len(shown.figures), MOST_ROWS if query.limit or lists_all(query) else TABLE_ROWS)]
    places = order.places[::-1] if query.order is Order.BOTTOM else order.places
    return places[max(0, query.nth - 1 - NEIGHBOURS) : query.nth + NEIGHBOURS]


def _at(order: Standing, query: Query, index: int) -> Figure | None:
    places = order.places[::-1] if query.order is Order.BOTTOM else order.places
    return places[index] if 0 <= index < len(places) else None


def table(query: Query, knowledge: Knowledge, order: Standing, listed: Sequence[Figure], when: Spans) -> Table:
    """Some places of an order, each with its rank there and the figure of the period before."""
    rows: list[tuple[Cell, ...]] = []
    for figure in listed:
        then = (knowledge.record.value(figure.partner, query.metric, when.before),) if when.like_for_like else ()
        rows.append((order.rank(figure.partner), figure.partner, figure, *then))
    heading = wording.title(query.metric, listed)
    columns = ("", "Partner", when.now.label, *([when.before.label] if when.like_for_like else []))
    return Table(columns, tuple(rows), keys=tuple(each.partner for each in listed), title=heading)


def bounds_of(query: Query) -> dict[str, object] | None:
    if query.bounds is None:
        return None
    low, high = query.bounds.low, query.bounds.high
    return {
        "low": arithmetic.number(low, Unit.MONEY, "low") if low is not None else None,
        "high": arithmetic.number(high, Unit.MONEY, "high") if high is not None else None,
    }


def _leader(query: Query, knowledge: Knowledge, when: Spans, first: str) -> dict[str, object] | None:
    """Who is first in the year to date, and where the first of the year stands now."""
    if when.to_date is None or query.order is Order.BOTTOM or query.bounds:
        return None
    order = unbounded(query, knowledge, when.to_date)
    if not order.places:
        return None
    leads = order.places[0]
    return {"figure": leads, "same": leads.partner == first, "first": first, "first_rank": order.rank(first)}


def _nobody(query: Query, knowledge: Knowledge, when: Spans, held: Figure | None = None) -> Answer:
    """Nobody fits the question, or nothing is held for the period at all."""
    if knowledge.record.value(WORLD, query.metric, when.now) is None:
        return not_held(query, knowledge, WORLD, query.metric, when.now)
    nobody = Standing(query.metric, when.now, side(query), ())
    facts = {
        **head(query, knowledge, nobody),
        "bounds": bounds_of(query),
        "held": held,
        "total": None if groups_of(query) or query.exclude or query.partners else knowledge.record.value(WORLD, query.metric, when.now),
        "place": _place(query),
        "nth": query.nth is not None,
    }
    return Answer(query, "ranking_nobody", facts, read_as=_read_as(query, knowledge, nobody, when), suggestions=("five largest deficits",))


def _place(query: Query) -> Figure | None:
    return arithmetic.number(query.nth, Unit.RANK, "nth") if query.nth is not None else None


def _read_as(query: Query, knowledge: Knowledge, order: Standing, when: Spans) -> str:
    size = "smallest" if query.order is Order.BOTTOM else "largest"
    where = f" in {wording.listed(knowledge, groups_of(query))}" if groups_of(query) else ""
    without = f" without {wording.listed(knowledge, query.exclude)}" if query.exclude else ""
    return wording.read_as(query, f"{size} US {wording.nouns(order.metric, order.sign)}{where}{without}", when.now)


def _suggest(knowledge: Knowledge, order: Standing, shown: Slice) -> tuple[str, ...]:
    first = wording.subject(knowledge, order.metric, [shown.figures[0].partner], order.sign)
    other = "five largest surpluses" if order.sign == "deficit" else "five largest deficits"
    more = f"top {TABLE_ROWS} {wording.nouns(order.metric, order.sign)}" if len(shown.figures) < TABLE_ROWS else ""
    return wording.suggestions(f"{first} over time", more, other)
