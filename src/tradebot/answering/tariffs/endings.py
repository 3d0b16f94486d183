"""Lists of what is over in the tariff record: what ended, what never began, what has an end ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tradebot.answer import Answer
from tradebot.answering.tariffs.lines import NOBODY, Line, area_of, counted, ended_families, lines
from tradebot.answering.tariffs.picture import Moment
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, standing, standings
from tradebot.knowledge.tariff_events import How, Role
from tradebot.query import Query

_FOR_GOOD = frozenset({How.EXPIRED, How.REMOVED, How.STRUCK_DOWN})
"""Ways of ending after which nothing of the kind took a duty's place."""
SINCE = dt.timedelta(days=730)
"""What ended longer ago is history; a timeline has it."""


def ahead(query: Query, duties: Sequence[Line]) -> dict[str, object]:
    """Where it is asked when duties in force will end: those with a last day in the record, and whether there are others."""
    asks = not query.features.isdisjoint({"lasts", "how_long"}) or {"when", "ended"} <= query.features
    dated = [each for each in duties if each["end"]] if asks else []
    return {"ends": dated, "endless": asks and len(dated) < len(duties)}


def word(facts: dict[str, object], otherwise: str) -> str:
    """The first word of an answer to that: none where there is a last day, `endless` where the record has none for any."""
    if facts["ends"]:
        return ""
    return "endless" if facts["endless"] else otherwise


def _found(knowledge: Knowledge, moment: Moment) -> Sequence[Standing]:
    return standings(knowledge.tariffs, NOBODY, moment.last, moment.known_on)


def ended(_query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """The families of duties of which nothing is charged any more, the latest ending first: lately, or within the span asked.

    `parts` are single duties that went for good within that span while others of their family went on.
    """
    found = _found(knowledge, moment)
    running = {each.event.family for each in found if each.event.charged and each.state is State.IN_FORCE}
    since = moment.last - SINCE if moment.now else moment.first - dt.timedelta(days=1)
    over = ended_families(knowledge, (each for each in found if each.event.family not in running))
    recent = [row for row in over if isinstance(row["end"], dt.date) and row["end"] > since]
    recent.sort(key=lambda row: str(row["end"]), reverse=True)
    threats = [each for each in found if each.event.role is Role.THREAT and each.state is State.ENDED]
    if not moment.now:
        threats = [each for each in threats if each.end and each.end > since]
    return {
        "items": recent,
        "lately": moment.now,
        "parts": [] if moment.now else _parts(knowledge, moment, running, since),
        "threats": lines(knowledge, threats, WORLD),
    }


def _parts(knowledge: Knowledge, moment: Moment, running: set[str], since: dt.date) -> list[Line]:
    """Single duties that went for good while others of their family go on, each with the partners that it left."""
    record, rows = knowledge.tariffs, []
    for event in record.events:
        if event.role is not Role.DUTY or event.family not in running:
            continue
        areas = [frozenset((partner,)) for partner in event.scope.order] or [NOBODY]
        held = [(area, standing(record, event, area, moment.last, moment.known_on)) for area in areas]
        over = [(area, each) for area, each in held if each and each.state is State.ENDED and each.how in _FOR_GOOD]
        left = [(area, each) for area, each in over if each.end and each.end > since]
        if left:
            partners = [partner for area, _ in left for partner in area]
            rows.append({**lines(knowledge, [left[0][1]], WORLD)[0], "partners": partners})
    return rows


def ended_for(query: Query, knowledge: Knowledge, partner: str, span: tuple[dt.date, dt.date], today: dt.date) -> Answer:
    """The duties on a partner's goods that were over within a span, in order: for good, or because another took their place."""
    record, area = knowledge.tariffs, area_of(knowledge, partner)
    last = min(span[1], record.reviewed)
    held = [
        each
        for each in standings(record, area, last, min(today, record.reviewed))
        if each.event.role is Role.DUTY and each.state is State.ENDED and each.end and span[0] <= each.end <= span[1]
        if each.own or not record.families[each.event.family].goods
    ]
    held.sort(key=lambda each: (each.end or last, each.event.id))
    gone = [each for each in held if each.how in _FOR_GOOD]
    facts: dict[str, object] = {
        "partner": partner,
        "period": query.period,
        "first": span[0],
        "last": last,
        "reviewed": record.reviewed,
        "gone": lines(knowledge, gone, partner),
        "replaced": lines(knowledge, (each for each in held if each not in gone), partner),
        "number": counted(record, gone, "ended"),
        "reach": record.about.reach,
        "thin": span[0] < record.about.thin_before,
    }
    named = {**knowledge.partners, **knowledge.groups}[partner].name
    return Answer(query, "tariff_over", facts, keys=(partner,), suggestions=(f"tariffs on {named}",), sources=(record.about.source,))


def never(_query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """Duties that were announced and never charged, and powers that were not used."""
    found = _found(knowledge, moment)
    duties = [each for each in found if each.event.charged and each.state is State.NEVER]
    threats = [each for each in found if each.event.role is Role.THREAT]
    return {"items": lines(knowledge, duties, WORLD), "threats": lines(knowledge, threats, WORLD)}


def exempt(_query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """What the duties in force leave out, a line per measure; `broad` are those on goods in general."""
    record = knowledge.tariffs
    running = [each for each in _found(knowledge, moment) if each.event.charged and each.state is State.IN_FORCE]
    rows: dict[str, Line] = {}
    for each in running:
        spared = record.exemption_texts(each.event, NOBODY)
        row = rows.setdefault(each.event.family, {**lines(knowledge, [each], WORLD)[0], "exempt": []})
        told = row["exempt"] if isinstance(row["exempt"], list) else []
        row["exempt"] = list(dict.fromkeys((*told, *spared)))
    named = [row for row in rows.values() if row["exempt"]]
    return {"items": sorted(named, key=lambda row: bool(row["goods"])), "ordinary": record.about.ordinary}


def ending(_query: Query, knowledge: Knowledge, moment: Moment) -> dict[str, object]:
    """What runs and has a last day in the record, the next first; only the last days within a span that was asked for."""
    found = standings(knowledge.tariffs, NOBODY, moment.reviewed, moment.reviewed)
    ahead = [each for each in found if each.end and each.end > moment.reviewed and each.state in (State.IN_FORCE, State.OPEN)]
    if moment.beyond is not None:
        ahead = [each for each in ahead if each.end and moment.beyond <= each.end <= moment.last]
    ahead.sort(key=lambda each: each.end or dt.date.max)
    items: list[Line] = lines(knowledge, ahead, WORLD)
    return {"items": items}
