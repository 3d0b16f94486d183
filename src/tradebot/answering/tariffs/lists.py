"""Lists of the tariff record: deals, pauses, investigations, what was struck down, what is to come, who got which rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from tradebot.answer import Answer
from tradebot.answering.figures.areas import named
from tradebot.answering.tariffs import endings, heights
from tradebot.answering.tariffs.lines import (
    NOBODY,
    Line,
    area_of,
    by_partners,
    counted,
    ended_families,
    line,
    lines,
    merged,
    running_families,
)
from tradebot.answering.tariffs.picture import Moment, moment_of
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, standings
from tradebot.knowledge.tariff_events import How, Role
from tradebot.query import Query

FAMILY_OF_RATES = "forced-labour"
"""The action whose rates by economy people ask for; another is used where the question names it."""
NAMED = 20
"""More partners than these are counted, not named, in an overview."""
MOST = 10
"""Partners named most often that a list of targets shows."""
MANY_RATES = 5
"""More rates than these are summed up in the headline."""


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The list that `topic` names (see TOPICS); without one what is in force on everybody."""
    moment = moment_of(query, knowledge, today)
    topic = _topic(query, moment)
    build = TOPICS.get(topic, _overview)
    facts = {**moment.facts(), "topic": topic if topic in TOPICS else "overview", **build(query, knowledge, moment)}
    items = facts.get("items")
    if isinstance(items, list):
        facts["count"] = counted(knowledge.tariffs, items, f"tariff_{facts['topic']}")
    partners = facts.get("partners")
    keys = tuple(partners) if isinstance(partners, list) else ()
    return Answer(query, "tariff_list", facts, keys=keys, sources=(knowledge.tariffs.about.source,))


def _topic(query: Query, moment: Moment) -> str:
    """What ended in a year that is ahead is what will end then, by the dates in the record."""
    return "ending" if query.topic == "ended" and moment.beyond is not None else query.topic


def overview(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """What is in force on anybody."""
    moment = moment_of(query, knowledge, today)
    facts = {**moment.facts(), "topic": "overview", **_overview(query, knowledge, moment)}
    return Answer(query, "tariff_list", facts, sources=(knowledge.tariffs.about.source,))


def _area(knowledge: Knowledge, partner: str) -> frozenset[str]:
    """A partner with its groups; a group with its members and the groups that lie within it."""
    group = knowledge.groups.get(partner)
    if group is None:
        return area_of(knowledge, partner)
    members = frozenset(group.members)
    return members | {each.id for each in knowledge.groups.values() if members.issuperset(each.members)}


def _found(query: Query, knowledge: Knowledge, moment: Moment) -> Sequence[Standing]:
    """Everything known at the moment, of the partners named or of anybody."""
    area = frozenset(each for partner in named(query) for each in _area(knowledge, partner))
    return standings(knowledge.tariffs, area, moment.last, moment.known_on)


def _within(query: Query, found: Iterable[Standing], moment: Moment) -> Sequence[Standing]:
    """Those announced within the span asked, if one was."""
    if moment.now:
        return list(found)
    until = dt.date.max if "since" in query.features else moment.last
    return [each for each in found if each.event.known and moment.first <= each.event.known <= until]


def _deals(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    everything = Moment(moment.first, moment.reviewed, moment.known_on, now=False, reviewed=moment.reviewed)
    found = [each for each in _found(query, knowledge, everything if not moment.now else moment) if each.event.role is Role.DEAL]
    chosen = _within(query, found, moment)
    partners = dict.fromkeys(partner for each in chosen for partner in each.event.scope.order)
    return {"items": lines(knowledge, chosen, WORLD), "partners": list(partners), "since": "since" in query.features}


def _paused(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    found = _within(query, _found(query, knowledge, moment), moment)
    paused = [each for each in found if each.event.role is Role.PAUSE]
    items = lines(knowledge, paused, WORLD)
    notes = [note.text for each in ("CA", "MX") for note in knowledge.tariffs.newsletter(each)] if not query.partners else []
    partners = dict.fromkeys(partner for each in paused for partner in each.event.scope.order)
    return {"items": items, "newsletter": notes, "partners": list(partners)}


def _investigations(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    found = [each for each in _found(query, knowledge, moment) if each.event.role in (Role.PROBE, Role.PROPOSAL)]
    found = [each for each in found if _known(each, moment)]
    items = lines(knowledge, (each for each in found if each.state is State.OPEN), WORLD)
    done = lines(knowledge, (each for each in found if each.state is State.ENDED and each.how is How.CONCLUDED), WORLD)
    return {"items": items, "done": done}


def _struck(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    found = _found(query, knowledge, moment)
    void = {each.event.family for each in found if each.how is How.STRUCK_DOWN}
    rulings = [each for each in found if each.event.role is Role.RULING and _known(each, moment)]
    return {
        "items": ended_families(knowledge, (each for each in found if each.event.family in void)),
        "rulings": lines(knowledge, rulings, WORLD),
    }


def _known(each: Standing, moment: Moment) -> bool:
    return each.event.known is not None and each.event.known <= moment.last


def _coming(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    found = _found(query, knowledge, moment)
    states = (State.SET, State.UNKNOWN, State.POSTPONED)
    pending = [each for each in found if each.event.charged and each.state in states and _known(each, moment)]
    pending.sort(key=lambda each: each.start or dt.date.max)
    return {
        "items": lines(knowledge, (each for each in pending if each.state is State.SET), WORLD),
        "unknown": lines(knowledge, (each for each in pending if each.state is not State.SET), WORLD),
    }


def _targets(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """Partners that an event names, those with most events first."""
    counts: dict[str, int] = {}
    for each in _within(query, _found(query, knowledge, moment), moment):
        if each.event.role not in (Role.DEAL, Role.PROBE):
            for partner in each.event.scope.order:
                counts[partner] = counts.get(partner, 0) + 1
    partners = sorted(counts, key=lambda each: (-counts[each], each))
    notes = [note.text for note in knowledge.tariffs.newsletter(WORLD)]
    return {"partners": partners[:MOST], "number": counted(knowledge.tariffs, partners, "tariff_partners"), "newsletter": notes}


def _rates(query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """Who got which rate in an action, each partner's latest: a line per rate; only the one said, if one was."""
    record = knowledge.tariffs
    family = next((each for each in query.authorities if each in record.families), FAMILY_OF_RATES)
    said = float(query.premise.said) if query.premise and query.premise.kind == "rate" and query.premise.said else None
    latest: dict[str, Standing] = {}
    for each in sorted(standings(record, NOBODY, moment.last, moment.known_on), key=lambda each: each.start or dt.date.max):
        if each.event.family == family and each.event.role is Role.DUTY and each.state is not State.NEVER:
            latest.update(dict.fromkeys(each.event.scope.order or (WORLD,), each))
    bundles: dict[tuple[str, str], list[str]] = {}
    for partner, each in latest.items():
        if said is None or each.rate.high == said:
            bundles.setdefault((each.rate.text, each.state.value), []).append(partner)
    items = [_rate_line(knowledge, latest[partners[0]], partners) for partners in bundles.values()]
    items.sort(key=lambda item: -_height(item))
    asked = Figure(WORLD, "asked.rate", None, said, Unit.PERCENT, formula="as asked") if said is not None else None
    spans = running_families(knowledge, latest.values())
    return {
        "items": items,
        "label": record.families[family].label,
        "said": asked,
        "many": len(items) > MANY_RATES,
        "span": spans[0] if spans else None,
    }


def _rate_line(knowledge: Knowledge, each: Standing, partners: list[str]) -> Line:
    number = counted(knowledge.tariffs, partners, f"partners.{each.event.id}")
    everybody = partners == [WORLD]
    return {**line(knowledge, each, WORLD), "partners": [] if everybody else partners, "number": number, "everybody": everybody}


def _height(item: Line) -> float:
    high = item["high"]
    return high.value if isinstance(high, Figure) else 0.0


def _many(knowledge: Knowledge, row: Line) -> Figure | None:
    """How many partners, where they are too many to name."""
    partners = row["partners"]
    if not isinstance(partners, list) or len(partners) <= NAMED:
        return None
    return counted(knowledge.tariffs, partners, f"partners.{row['id']}")


def _in_force(_query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """The kinds of duties that are charged, the widest first."""
    found = standings(knowledge.tariffs, NOBODY, moment.last, moment.known_on)
    charged = (each for each in found if each.event.charged and each.state is State.IN_FORCE and each.rate.high != 0)
    return {"items": running_families(knowledge, charged), "ordinary": knowledge.tariffs.about.ordinary}


def _overview(_query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """Everything in force: on goods in general by partner, on products for all, on products of single partners."""
    record = knowledge.tariffs
    found = [each for each in standings(record, NOBODY, moment.last, moment.known_on) if each.event.charged]
    held: dict[tuple[str, tuple[str, ...]], Standing] = {}
    for each in found:
        if each.state is State.IN_FORCE:
            held[(each.event.family, each.event.scope.order)] = each
    rows = merged(lines(knowledge, held.values(), WORLD))
    broad = [each for each in held.values() if not record.families[each.event.family].goods]
    pending = [each for each in found if _known(each, moment)]
    return {
        "spans": running_families(knowledge, broad),
        "broad": [{**row, "number": _many(knowledge, row)} for row in rows if not row["goods"]],
        "shared": [row for row in rows if row["goods"] and not row["partners"]],
        "bundles": by_partners(row for row in rows if row["goods"] and row["partners"]),
        "unknown": lines(
            knowledge, (each for each in pending if each.state in (State.UNKNOWN, State.POSTPONED) and each.event.scope.order), WORLD
        ),
        "coming": [
            row for row in lines(knowledge, (each for each in pending if each.state in (State.SET, State.UNKNOWN)), WORLD) if row["goods"]
        ],
        "ordinary": record.about.ordinary,
    }


TOPICS: Mapping[str, Callable[[Query, Knowledge, Moment], dict[str, object]]] = MappingProxyType(
    {
        "deals": _deals,
        "paused": _paused,
        "investigations": _investigations,
        "struck": _struck,
        "coming": _coming,
        "targets": _targets,
        "heights": heights.heights,
        "goods_heights": heights.goods_heights,
        "rates": _rates,
        "ended": endings.ended,
        "never": endings.never,
        "ending": endings.ending,
        "exempt": endings.exempt,
        "in_force": _in_force,
    }
)
