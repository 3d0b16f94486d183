"""Rank: the place of a partner in an order.

Reads `partners` (of several: the places of all), `metric`, `sign`, `period`, `within`; `limit` asks whether it is among the first so
many; the cues `next_after` and `next_before` (or `topic` after, before) ask who stands beside it; `premise` of kind rank or largest.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members, ranks
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans, spans, years
from tradebot.answering.figures.standing import Standing, standing
from tradebot.answering.newsletter import observations
from tradebot.answering.orders import rank_several, rank_years, ranking
from tradebot.answering.premises import claims
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

NEIGHBOURS = 2


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Where the partner stands, with its neighbours."""
    if not query.partners:
        return ranking.answer(query, knowledge, today)
    if "trend" in query.features and "why" not in query.features:
        return rank_years.answer(query, knowledge, today)
    query = _still(query, knowledge)
    when = _between(query, knowledge)
    if len(query.partners) > 1 and not _asks_neighbour(query):
        return rank_several.answer(query, knowledge, today, when)
    partner = query.partners[0]
    found = knowledge.record.value(partner, query.metric, when.now)
    if found is None:
        return not_held(query, knowledge, partner, query.metric, when.now)
    order = _order(query, knowledge, when.now, found)
    if "why" in query.features and _asked(query, order.place(partner), order)["holds"]:
        return observations.answer(query, knowledge, today)  # it is so: then the question is why
    return _answer(query, knowledge, when, order, found)


def _still(query: Query, knowledge: Knowledge) -> Query:
    """“Is China still our largest deficit”: by the latest months, where its place is another one there than in the last year."""
    record, partner = knowledge.record, query.partners[0]
    periods = (record.latest_year, record.to_date)
    found = [record.value(partner, query.metric, period) for period in periods]
    if "still" not in query.features or "why" in query.features or query.period is not None or None in found:
        return query
    held = zip(periods, filter(None, found), strict=True)
    places = {_order(query, knowledge, period, figure).index.get(partner) for period, figure in held}
    return replace(query, period=record.to_date) if len(places) > 1 else query


def _between(query: Query, knowledge: Knowledge) -> Spans:
    """The two periods; of several years the last and the first (“how has its rank changed since 2010”)."""
    if query.period is None or query.against is not None or not query.period.is_years or query.period.is_year:
        return spans(query, knowledge)
    asked = years(query, knowledge, 1)
    return Spans(Period.year(asked.last_year), Period.year(asked.first_year))


def _order(query: Query, knowledge: Knowledge, period: Period, found: Figure) -> Standing:
    """The order asked for; without a side named, deficits where a place is supposed, else the side the partner is on."""
    sign = query.sign or ("deficit" if _supposed(query) else wording.sign_of([found]))
    pool = members(knowledge, [query.within]) if query.within else None
    return standing(knowledge, query.metric, period, sign, pool, members(knowledge, query.exclude))


def _answer(query: Query, knowledge: Knowledge, when: Spans, order: Standing, found: Figure) -> Answer:
    partner = found.partner
    place = order.place(partner)
    at = order.index.get(partner)
    then = knowledge.record.value(partner, query.metric, when.before)
    facts = {
        **ranking.head(query, knowledge, order),
        "partner": partner,
        "now": found,
        "rank": order.rank(partner),
        "of": arithmetic.count(order.places, "ranked", when.now),
        "ranks": ranks(knowledge, partner),
        "leader": order.places[0] if order.places else None,
        "above": order.places[at - 1] if at else None,
        "below": order.places[at + 1] if at is not None and at + 1 < len(order.places) else None,
        "before_rank": _order(query, knowledge, when.before, then).rank(partner) if then else None,
        "before": when.before,
        "to_date_rank": _to_date_rank(query, knowledge, when, partner),
        "to_date": when.to_date,
        "close": list(order.close_pairs([partner])),
        "running": when.so_far,
        **_asked(query, place, order),
        "holds_so_far": _holds_so_far(query, knowledge, when, partner),
    }
    return Answer(
        query,
        _template(query),
        facts,
        table=_table(query, knowledge, order, at, when),
        read_as=_read_as(query, knowledge, order, partner, when),
        suggestions=_suggest(knowledge, partner, order),
        keys=_keys(query, partner, facts),
    )


def _template(query: Query) -> str:
    return "rank_neighbour" if _asks_neighbour(query) else "rank"


def _asks_neighbour(query: Query) -> bool:
    return bool(query.features & {"next_after", "next_before"}) or query.topic in ("after", "before")


def _goes_up(query: Query) -> bool:
    return query.topic == "before" or "next_before" in query.features


def _asked(query: Query, place: int | None, order: Standing) -> dict[str, object]:
    """What the question supposes: among the first so many, at a place, the largest; and whether that is so."""
    supposed = _supposed(query)
    among = query.limit is not None
    holds = supposed is not None and place is not None and (place <= supposed if among else place == supposed)
    at_place = order.places[supposed - 1] if supposed and 1 <= supposed <= len(order.places) else None
    number = arithmetic.number(supposed, Unit.COUNT if among else Unit.RANK, "supposed") if supposed else None
    return {
        "supposed": number,
        "supposed_first": supposed == 1,
        "in_first": among,
        "holds": holds,
        "at_place": at_place,
        "went_up": _goes_up(query),
    }


def _supposed(query: Query) -> int | None:
    """The place (or the last place of a list) that the question names."""
    premise = query.premise
    if query.limit:
        return query.limit
    if premise is not None and premise.kind == "rank" and premise.said.isdigit():
        return int(premise.said)
    if query.nth is not None:
        return query.nth
    largest = claims(query) and "largest" in query.features
    return 1 if largest or (premise is not None and premise.kind == "largest") else None


def _holds_so_far(query: Query, knowledge: Knowledge, when: Spans, partner: str) -> bool:
    """Whether what the question supposes is so in the year to date."""
    found = _to_date_rank(query, knowledge, when, partner)
    supposed = _supposed(query)
    if found is None or supposed is None:
        return False
    return found.value <= supposed if query.limit else found.value == supposed


def _to_date_rank(query: Query, knowledge: Knowledge, when: Spans, partner: str) -> Figure | None:
    found = knowledge.record.value(partner, query.metric, when.to_date) if when.to_date else None
    if found is None or when.to_date is None:
        return None
    return _order(query, knowledge, when.to_date, found).rank(partner)


def _table(query: Query, knowledge: Knowledge, order: Standing, at: int | None, when: Spans) -> Table | None:
    """The partner among its neighbours."""
    if at is None or len(order.places) < 2:
        return None
    return ranking.table(query, knowledge, order, order.places[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1], when)


def _keys(query: Query, partner: str, facts: dict[str, object]) -> tuple[str, ...]:
    if not _asks_neighbour(query):
        return (partner,)
    beside = facts["above"] if _goes_up(query) else facts["below"]
    return (beside.partner,) if isinstance(beside, Figure) else (partner,)


def _read_as(query: Query, knowledge: Knowledge, order: Standing, partner: str, when: Spans) -> str:
    where = f" in {wording.called(knowledge, query.within)}" if query.within else ""
    return wording.read_as(
        query, f"place of {wording.called(knowledge, partner)} by US {wording.nouns(order.metric, order.sign)}{where}", when.now
    )


def _suggest(knowledge: Knowledge, partner: str, order: Standing) -> tuple[str, ...]:
    return wording.suggestions(
        f"top 10 {wording.nouns(order.metric, order.sign)}",
        f"{wording.subject(knowledge, order.metric, [partner], order.sign)} over time",
        f"tariffs on {wording.called(knowledge, partner)}",
    )
