"""Tariffs by legal authority, or by a family that has a name of its own: what rests on it, what ended and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tradebot.answer import Answer
from tradebot.answering.tariff_lines import ENDING_AGE, NOBODY, WORLD, Line, area_of, endings, family_lines, line, lines
from tradebot.answering.tariff_picture import Moment, moment_of
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, charged, standings
from tradebot.knowledge.tariff_models import Authority, Role
from tradebot.query import Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The duties under the first authority named; with a partner only those on its goods."""
    moment = moment_of(query, knowledge, today)
    partner = next((each for each in (*query.partners, *query.groups) if each != WORLD), WORLD)
    authority = query.authorities[0]
    facts = {**moment.facts(), **_facts(knowledge, authority, partner, moment)}
    facts["word"] = _word(query, facts)
    facts["why"] = bool({"why", "replaced"} & query.features)
    facts["court"] = "court" in query.features
    hit = [each for found in (facts["duties"], facts["unknown"]) for item in found for each in item["partners"]]
    keys = (partner,) if partner != WORLD else tuple(dict.fromkeys(hit)) if len(set(hit)) == 1 else ()
    return Answer(query, "tariff_law", facts, keys=keys, sources=(knowledge.tariffs.about.source,))


def _facts(knowledge: Knowledge, authority: str, partner: str, moment: Moment) -> dict[str, list[Line]]:
    record = knowledge.tariffs
    area = NOBODY if partner == WORLD else area_of(knowledge, partner)
    under = {event.id for event in record.under(authority)}
    found = [each for each in standings(record, area, moment.last, moment.known_on) if each.event.id in under]
    then = found if moment.now else [each for each in standings(record, area, moment.last, moment.last) if each.event.id in under]
    duties = _in_force(found, partner)
    law = record.authorities[authority]
    families = frozenset(record.by_id[each].family for each in under)
    return {
        "name": law.name,
        "law": law,
        "about": law.about if isinstance(law, Authority) else "",
        "outcome": law.outcome if isinstance(law, Authority) else "",
        "partner": partner,
        "duties": _merged(knowledge, duties, partner),
        "by_product": [each for each in lines(knowledge, duties, partner) if each["goods"] and not each["partners"]],
        "unknown": _of(knowledge, then, partner, {State.UNKNOWN, State.POSTPONED}),
        "coming": _of(knowledge, then, partner, {State.SET}),
        "ended": endings(knowledge, then, partner, duties, dt.date.min + ENDING_AGE),
        "families": family_lines(knowledge, _over(then, duties)) if partner == WORLD else [],
        "probes": lines(
            knowledge, (each for each in then if each.state is State.OPEN and each.event.role in (Role.PROBE, Role.PROPOSAL)), partner
        ),
        "rulings": lines(knowledge, (each for each in then if each.event.role is Role.RULING), WORLD),
        "unsettled": [each.text for each in record.unsettled(families=families)],
    }


def _in_force(found: Iterable[Standing], partner: str) -> list[Standing]:
    """For a partner one duty per family; for anybody all that are charged, a row for every rate."""
    if partner != WORLD:
        return charged(found)
    held = [each for each in found if each.state is State.IN_FORCE and each.event.charged]
    latest: dict[tuple[str, tuple[str, ...]], Standing] = {}
    for each in held:
        latest[(each.event.family, each.event.scope.order)] = each
    return list(latest.values())


def _over(found: Iterable[Standing], duties: Iterable[Standing]) -> list[Standing]:
    running = {each.event.family for each in duties}
    return [each for each in found if each.event.family not in running]


def _merged(knowledge: Knowledge, duties: Iterable[Standing], partner: str) -> list[Line]:
    """Lines of the duties that name their partners or fall on goods in general."""
    found = (line(knowledge, each, partner) for each in duties)
    return [each for each in found if each["partners"] or not each["goods"]]


def _of(knowledge: Knowledge, found: Iterable[Standing], partner: str, states: set[State]) -> list[Line]:
    return lines(knowledge, (each for each in found if each.event.charged and each.state in states), partner)


def _word(query: Query, facts: dict[str, list[Line]]) -> str:
    held = bool(facts["duties"] or facts["by_product"])
    if {"in_force", "ended", "court"} & query.features:
        if held:
            return "no" if "ended" in query.features else "yes" if "in_force" in query.features else ""
        return "" if facts["unknown"] or "ended" in query.features else "no" if "in_force" in query.features else ""
    return ""
