"""Tariffs in time: what happened to a partner, a product or everybody, day by day, within a span or altogether."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tradebot.answer import Answer
from tradebot.answering.tariff_lines import WORLD, Line, area_of, law_names, rate_figure
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_models import Role, Started, TariffEvent
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.query import Query

BUNDLE = 4
"""From so many on, partners that get a rate of one family on one day are told in one line."""
ROOM = 1_600
"""Characters for the steps of a timeline; what matters least is left out until they fit."""
_LEAST_FIRST = (
    frozenset({Role.RULE, Role.HEARING, Role.CHANGE}),
    frozenset({Role.PROBE, Role.PROPOSAL, Role.REVIEW, Role.THREAT}),
    frozenset({Role.DEAL, Role.RULING, Role.UMBRELLA}),
    frozenset({Role.PAUSE}),
)
_ALWAYS = frozenset({"ieepa-end", "courts"})
_DAY_AFTER = dt.timedelta(days=1)


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The steps within the span asked (default: since the start of the thick part of the record)."""
    record = knowledge.tariffs
    partners = [each for each in dict.fromkeys((*query.partners, *query.groups)) if each != WORLD]
    partner = partners[0] if partners else WORLD
    first, last = _span(query, record, today)
    events = _chosen(query, knowledge, partner)
    found = (step for event in events for step in _steps(record, event, partner))
    wanted = (step for step in found if step["kind"] != "unknown" or first > record.reviewed)
    steps = sorted((step for step in wanted if first <= step["on"] <= last), key=lambda step: (step["on"], step["key"]))
    steps = _bundled(_without_doubles(steps)) if partner == WORLD else _without_doubles(steps)
    shown = _thinned(steps)
    count = Figure(partner, "count.tariff_steps", query.period, float(len(steps)), Unit.COUNT, record.about.source, formula="counted")
    facts: dict[str, object] = {
        "partner": partner,
        "first": first,
        "last": last,
        "reviewed": record.reviewed,
        "beyond": first > record.reviewed,
        "period": query.period if query.date is None and "since" not in query.features else None,
        "steps": shown,
        "count": count,
        "cut": len(shown) < len(steps),
        "thin": first < record.about.thin_before or not (query.date or query.period),
        "reach": record.about.reach,
        "product": record.products[query.products[0]].name if query.products else "",
        "authority": record.authorities[query.authorities[0]].name if query.authorities else "",
    }
    return Answer(query, "tariff_timeline", facts, keys=tuple(partners[:1]), sources=(record.about.source,))


def _span(query: Query, record: TariffRecord, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days asked: a day with no end runs on (“since March 2025”), no day at all starts with the thick part of the record."""
    if query.date is not None:
        return query.date, query.date_to or today
    if query.period is not None:
        return query.period.start_date(), max(today, query.period.end_date()) if "since" in query.features else query.period.end_date()
    return record.about.thin_before, max(today, record.reviewed)


def _chosen(query: Query, knowledge: Knowledge, partner: str) -> list[TariffEvent]:
    record = knowledge.tariffs
    events: Iterable[TariffEvent] = record.events
    if query.products:
        events = list(record.on_product(query.products[0]))
    elif query.authorities:
        events = list(record.under(query.authorities[0]))
    if partner == WORLD:
        return [event for event in events if not _row_of_annex(record, event)]
    area = area_of(knowledge, partner)
    own = {(event.family, event.effective) for event in record.events if event.charged and event.scope.named & area}
    chosen = [event for event in events if event.scope.named & area or _matters(record, event, area)]
    return [
        event for event in chosen if event.role is not Role.UMBRELLA and not (_general(event) and (event.family, event.effective) in own)
    ]


def _general(event: TariffEvent) -> bool:
    return event.charged and event.scope.everybody


def _row_of_annex(record: TariffRecord, event: TariffEvent) -> bool:
    """Rows that an umbrella event stands for."""
    return any(
        each.role is Role.UMBRELLA and each.family == event.family and each.announced == event.announced and each.id != event.id
        for each in record.events
    )


def _matters(record: TariffRecord, event: TariffEvent, area: frozenset[str]) -> bool:
    """Whether an event that binds all belongs into one partner's timeline: duties on goods in general, and their end."""
    if not event.scope.bond(area):
        return False
    if event.family in _ALWAYS:
        return event.role in (Role.END, Role.RULING) and event.status.value != "court_stayed"
    if record.families[event.family].goods or event.role not in (Role.DUTY, Role.QUOTA, Role.PAUSE, Role.END):
        return False
    return event.role is not Role.PAUSE or any(
        each.charged and each.family == event.family and each.scope.bond(area) for each in record.events
    )


def _steps(record: TariffRecord, event: TariffEvent, partner: str) -> list[dict[str, object]]:
    """When an event was announced and, if later, when it started: `on`, `text`, `kind` (announced, set, start, put_off, step)."""
    step: dict[str, object] = {
        "text": event.measure,
        "law": law_names(record, event),
        "partners": list(event.scope.order) if partner == WORLD else [],
        "everybody": event.scope.everybody,
        "rate": rate_figure(record, event, event.rate.high, partner) if event.rate.high is not None else None,
        "id": event.id,
        "role": event.role,
        "family": event.family,
        "label": record.families[event.family].label,
        "said": event.rate.text,
        "bundle": [],
        "own": not event.scope.everybody,
    }
    start = event.effective
    if event.announced is None and start is not None:
        return [{**step, "on": start, "key": 1, "kind": "start", "start": start}]
    announced = event.announced
    if announced is None:
        return []
    if start is None or start <= announced + _DAY_AFTER or event.started is Started.NO:
        kind = "set" if start and event.started is Started.NO else "step"
        return [
            {
                **step,
                "on": announced if event.started is Started.NO else max(announced, start or announced),
                "key": 0,
                "kind": kind,
                "start": start,
            }
        ]
    late = start > record.reviewed or event.started is Started.UNKNOWN
    first = {**step, "on": announced, "key": 0, "kind": "announced" if late else "set", "start": start}
    begun = {**step, "on": start, "key": 1, "kind": "unknown" if late else "start", "start": start}
    return [first, begun]


def _without_doubles(steps: list[dict[str, object]]) -> list[Line]:
    """An announcement followed by its own start within the span is told once, at the start, with the day it was announced."""
    starts = {step["id"]: step for step in steps if step["kind"] == "start"}
    announced = {step["id"]: step["on"] for step in steps if step["kind"] == "set" and step["id"] in starts}
    kept = [step for step in steps if not (step["kind"] == "set" and step["id"] in starts)]
    return [{**step, "announced": announced.get(step["id"])} for step in kept]


def _bundled(steps: list[Line]) -> list[Line]:
    """Steps of one family and day that each name a single partner become one step: `bundle` of partners and rates."""
    groups: dict[tuple[object, ...], list[Line]] = {}
    for step in steps:
        key = (step["on"], step["kind"], step["family"], step["role"]) if len(_names(step)) == 1 else (step["id"], step["kind"])
        groups.setdefault(key, []).append(step)
    return [members[0] if len(members) < BUNDLE else _bundle(members) for members in _split(groups.values())]


def _split(groups: Iterable[list[Line]]) -> Iterable[list[Line]]:
    """Groups too small to be worth a bundle, taken apart again."""
    for members in groups:
        if len(members) < BUNDLE:
            yield from ([step] for step in members)
        else:
            yield members


def _names(step: Line) -> list[object]:
    names = step["partners"]
    return names if isinstance(names, list) else []


def _bundle(members: list[Line]) -> Line:
    ordered = sorted(members, key=_height, reverse=True)
    return {**members[0], "text": members[0]["label"], "bundle": [{"partner": _names(step)[0], "rate": step["said"]} for step in ordered]}


def _height(step: Line) -> float:
    rate = step["rate"]
    return rate.value if isinstance(rate, Figure) else 0.0


def _thinned(steps: list[Line]) -> list[Line]:
    """The steps that fit: rules and hearings go first, then investigations, deals and pauses, then the oldest."""
    kept = list(steps)
    for roles in _LEAST_FIRST:
        if _length(kept) <= ROOM:
            return kept
        kept = [step for step in kept if step["role"] not in roles or step["kind"] == "unknown"]
    while len(kept) > 1 and _length(kept) > ROOM:
        kept.pop(0)
    return kept


def _length(steps: list[Line]) -> int:
    """About the characters that steps take as bullets."""
    return sum(len(str(step["text"])) + len(str(step["law"])) + 22 + 17 * len(step["bundle"]) for step in steps)
