"""Tariffs by legal authority, or by a family that has a name of its own: what rests on it, what ended and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tradebot.answer import Answer
from tradebot.answering.figures.areas import first_named
from tradebot.answering.tariffs import lists, several
from tradebot.answering.tariffs.endings import ahead, word
from tradebot.answering.tariffs.lines import (
    ENDING_AGE,
    Line,
    area_of,
    by_partners,
    ended_families,
    endings,
    exemption_groups,
    lines,
    merged,
    running_families,
)
from tradebot.answering.tariffs.picture import Moment, moment_of
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, charged, standings
from tradebot.knowledge.tariff_events import Role
from tradebot.query import Query

OTHERS_SHOWN = 4
_STARTS = frozenset({"begun", "year_start", "first_time", "tariff_date"})
_AHEAD = (State.SET, State.POSTPONED)
"""States that a later document may have changed: taken as they were known on the day."""
_BESIDE = frozenset({Role.CHANGE, Role.EXEMPT, Role.RULE, Role.THREAT, Role.REVIEW})


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The duties under the first authority named; with a partner only those on its goods."""
    if not query.authorities:
        return lists.overview(query, knowledge, today)
    moment = moment_of(query, knowledge, today)
    partner = first_named(query)
    found = _found(query, knowledge, partner, moment)
    duties = _in_force(found, partner)
    if partner in knowledge.groups and not found:  # what binds its members one by one
        return several.answer(query, knowledge, [partner], moment)
    facts = {
        **moment.facts(),
        "partner": partner,
        "why": bool({"why", "replaced"} & query.features),
        "court": "court" in query.features,
        "started": _started(found) if not _STARTS.isdisjoint(query.features) and "ended" not in query.features else None,
        **_law(knowledge, _asked(query, knowledge), moment),
        **_held(knowledge, duties, partner),
        **_open(knowledge, found, partner),
        **_over(knowledge, found, duties, partner),
    }
    facts.update(ahead(query, lines(knowledge, duties, partner)))
    facts["word"] = word(facts, _word(query, facts))
    keys = (partner,) if partner != WORLD else _hit(facts)
    return Answer(query, "tariff_law", facts, keys=keys, sources=(knowledge.tariffs.about.source,))


def _asked(query: Query, knowledge: Knowledge) -> str:
    """The family named (“list 3”), for it is narrower than a law named beside it; else the first law."""
    return next((each for each in query.authorities if each in knowledge.tariffs.families), query.authorities[0])


def _found(query: Query, knowledge: Knowledge, partner: str, moment: Moment) -> list[Standing]:
    """The events under the authority; what was not known at a past moment is left out, but for what reaches back to it."""
    record = knowledge.tariffs
    area = area_of(knowledge, partner)
    under = {event.id for event in record.under(_asked(query, knowledge))}
    truth = [each for each in standings(record, area, moment.last, moment.known_on) if each.event.id in under]
    if moment.now:
        return truth
    held = [each for each in truth if each.state not in _AHEAD and (_known(each, moment.last) or each.event.charged)]
    ahead = [each for each in standings(record, area, moment.last, moment.last) if each.event.id in under and each.state in _AHEAD]
    return [*held, *ahead]


def _known(each: Standing, day: dt.date) -> bool:
    return each.event.known is not None and each.event.known <= day


def _law(knowledge: Knowledge, authority: str, moment: Moment) -> dict[str, object]:
    """Its name, what it is and what became of it: for a family the words of the one law it rests on."""
    record = knowledge.tariffs
    events = list(record.under(authority))
    laws = {each for event in events for each in event.authorities}
    law = record.laws.get(authority) or (record.laws[next(iter(laws))] if len(laws) == 1 else None)
    unsettled = [each.text for each in record.unsettled(families=frozenset(event.family for event in events))]
    return {
        "name": record.authorities[authority].name,
        "law": law.name if law else "",
        "about": law.about if law else "",
        "outcome": law.outcome if law and moment.now else "",
        "unsettled": unsettled if moment.now else [],
    }


def _held(knowledge: Knowledge, duties: Sequence[Standing], partner: str) -> dict[str, object]:
    """What is charged: on goods in general (`broad`), on products of named partners, on products of all."""
    rows = merged(lines(knowledge, duties, partner))
    general = [each for each in rows if not each["goods"]]
    return {
        "held": bool(duties),
        "broad": general,
        "exempt": exemption_groups(general),
        "bundles": by_partners(each for each in rows if each["goods"] and each["partners"]),
        "by_product": [each for each in rows if each["goods"] and not each["partners"]],
        "spans": running_families(knowledge, duties),
    }


def _open(knowledge: Knowledge, found: Iterable[Standing], partner: str) -> dict[str, object]:
    """What is announced, not known, or under investigation."""
    known = list(found)
    pending = [each for each in known if each.event.charged]
    return {
        "unknown": lines(knowledge, (each for each in pending if each.state in (State.UNKNOWN, State.POSTPONED)), partner),
        "coming": merged(lines(knowledge, (each for each in pending if each.state is State.SET), partner)),
        "probes": lines(
            knowledge, (each for each in known if each.state is State.OPEN and each.event.role in (Role.PROBE, Role.PROPOSAL)), partner
        ),
        "others": lines(knowledge, [each for each in known if each.event.role in _BESIDE][-OTHERS_SHOWN:], partner),
    }


def _over(knowledge: Knowledge, found: Sequence[Standing], duties: Sequence[Standing], partner: str) -> dict[str, object]:
    """What ended, and the rulings."""
    running = {each.event.family for each in duties}
    past = [each for each in found if each.event.family not in running]
    return {
        "ended": endings(knowledge, past, partner, (), dt.date.min + ENDING_AGE),
        "families": ended_families(knowledge, past) if partner == WORLD else [],
        "rulings": lines(knowledge, (each for each in found if each.event.role is Role.RULING), WORLD),
    }


def _in_force(found: Iterable[Standing], partner: str) -> list[Standing]:
    """For a partner one duty per family; for anybody all that are charged, of each partner's the latest."""
    if partner != WORLD:
        return charged(found)
    latest: dict[tuple[str, tuple[str, ...]], Standing] = {}
    for each in found:
        if each.state is State.IN_FORCE and each.event.charged:
            latest[(each.event.family, each.event.scope.order)] = each
    return list(latest.values())


def _started(found: Iterable[Standing]) -> dt.date | None:
    """The first day on which anything of it was charged."""
    charged_once = (each for each in found if each.event.charged and each.state in (State.IN_FORCE, State.ENDED))
    return min((each.start for each in charged_once if each.start), default=None)


def _hit(facts: dict[str, object]) -> tuple[str, ...]:
    """The one partner whose goods an authority is about, if it is one."""
    rows = [row for part in ("broad", "unknown") for row in _rows(facts[part])]
    partners = {str(partner) for row in rows for partner in _rows(row["partners"])}
    return tuple(partners) if len(partners) == 1 else ()


def _rows(value: object) -> list[Line]:
    return value if isinstance(value, list) else []


def _word(query: Query, facts: dict[str, object]) -> str:
    """`yes`, `no` or nothing."""
    if "why" in query.features:
        return ""
    asked_court = {"court", "yes_no"} <= query.features
    if facts["held"] and asked_court:
        return "no"
    if asked_court and any(each["how"] == "struck_down" for each in _rows(facts["ended"])):
        return "yes"
    if facts["held"]:
        return "no" if "ended" in query.features else "yes" if "in_force" in query.features else ""
    asked_now = "in_force" in query.features and "past_tense" not in query.features
    return "no" if asked_now and not facts["unknown"] else ""
