"""Group rank: where a group would stand if it were one partner (“is the EU our largest trading partner”).

Reads `groups` (the first), `metric`, `sign`, `period` and the place supposed: `limit`, `nth`, or the cue largest.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import figure, members
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import spans
from tradebot.answering.figures.standing import Standing, place_figure, standing
from tradebot.answering.orders import ranking
from tradebot.answering.premises import claims
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

ROWS = 5


_RANKED = {Metric.IMPORTS: "sources of imports", Metric.EXPORTS: "export markets"}
"""What is ranked within a group: “exports in the EU” could be its members' own."""


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Its figure among those of the partners that are not its members, and whether the place supposed is right."""
    if not query.groups:
        return ranking.answer(query, knowledge, today)
    group, when = query.groups[0], spans(query, knowledge)
    found = figure(knowledge, group, query.metric, when.now)
    if found is None:
        return not_held(query, knowledge, group, query.metric, when.now)
    order = _others(query, knowledge, found, when.now)
    place, supposed = _place(found, order), _supposed(query)
    now = figure(knowledge, group, query.metric, when.to_date) if when.to_date else None
    facts = {
        "group": group,
        "metric": str(query.metric),
        "sign": order.sign,
        "now": found,
        "rank": _rank(found, place),
        "first": place == 1,
        "above": order.places[place - 2] if place > 1 else None,
        "below": order.places[place - 1] if place <= len(order.places) else None,
        "supposed": arithmetic.number(supposed, Unit.RANK, "supposed") if supposed else None,
        "in_first": query.limit is not None,
        "verdict": "" if not supposed or not claims(query) else "yes" if _holds(query, order.sign, place, supposed) else "no",
        "to_date": now,
        "to_date_rank": _rank(now, _place(now, _others(query, knowledge, now, now.period))) if now and now.period else None,
        "running": when.so_far,
    }
    beside = [*order.places[: place - 1], found, *order.places[place - 1 :]][max(0, place - 3) : max(0, place - 3) + ROWS]
    rows: list[tuple[Cell, ...]] = [(wording.short(knowledge, each.partner), each) for each in beside]
    phrase = f"place of {wording.called(knowledge, group)}, counted as one, by US {wording.nouns(order.metric, order.sign)}"
    return Answer(
        query,
        "group_rank",
        facts,
        table=Table(("Partner", when.now.label), tuple(rows), title=wording.title(query.metric, beside)),
        read_as=wording.read_as(query, phrase, when.now),
        suggestions=wording.suggestions(
            f"five largest deficits: {wording.called(knowledge, group)}", f"members of {wording.called(knowledge, group)}"
        ),
        keys=(group,),
    )


def _others(query: Query, knowledge: Knowledge, found: Figure, period: Period) -> Standing:
    """The order of all partners that do not belong to the group, on its side of zero."""
    sign = wording.sign_of([found]) if query.metric is Metric.BALANCE else ""
    return standing(knowledge, query.metric, period, sign, None, members(knowledge, query.groups[:1]))


def _place(found: Figure, order: Standing) -> int:
    return 1 + sum(abs(each.value) > abs(found.value) for each in order.places)


def _rank(found: Figure, place: int) -> Figure:
    return place_figure(found, place, "place among the partners that are not its members", found.metric)


def _supposed(query: Query) -> int | None:
    """The place (or the last place of a list) that the question names."""
    return query.limit or query.nth or (1 if "largest" in query.features else None)


def _holds(query: Query, sign: str, place: int, supposed: int) -> bool:
    """On the side of zero that was said, and at that place."""
    if sign and query.sign and query.sign != sign:
        return False
    return place <= supposed if query.limit else place == supposed
