"""Tariffs in time: what happened to a partner, a product or everybody, day by day, within a span or altogether."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tradebot.answer import Answer
from tradebot.answering.figures.areas import first_named
from tradebot.answering.tariffs import lists, peaks
from tradebot.answering.tariffs.endings import ended_for
from tradebot.answering.tariffs.lines import area_of, counted
from tradebot.answering.tariffs.picture import Moment, by_calendar, picture
from tradebot.answering.tariffs.steps import Step, gathered, steps_of, that_fit, told_once
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_events import Role, TariffEvent
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.query import Query

_ALWAYS = frozenset({"ieepa-end", "courts"})
"""Families whose end of all duties belongs into every partner's timeline."""


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The steps within the span asked (default: since the start of the thick part of the record)."""
    record = knowledge.tariffs
    query = by_calendar(query, today)
    partner = first_named(query)
    first, last = _span(query, record, today)
    if partner != WORLD and _highest_asked(query):
        asked = query.date is not None or query.period is not None
        highest = peaks.answer(query, knowledge, partner, first if asked else record.about.first, last)
        if highest is not None:
            return highest
    if partner != WORLD and query.period is not None and "ended" in query.features and not query.products:
        return ended_for(query, knowledge, partner, (first, last), today)
    steps = _steps(query, knowledge, partner, first, last)
    if (
        partner == WORLD
        and not steps
        and record.about.first <= last
        and first <= record.reviewed
        and not (query.products or query.authorities)
    ):
        return lists.overview(query, knowledge, today)
    shown = that_fit(steps)
    facts: dict[str, object] = {
        "partner": partner,
        "first": first,
        "last": last,
        "reviewed": record.reviewed,
        "beyond": first > record.reviewed,
        "day": query.date,
        "period": query.period if query.date is None and "since" not in query.features else None,
        "steps": shown,
        "one": len(steps) == 1,
        "begun": _only_begun(query),
        **_earlier(query, knowledge, partner, first),
        "opens": bool(query.features & {"begun", "first_time"}),
        "rates": [one.rate for step in shown for one in (step, *step.bundle) if one.rate],
        "count": counted(record, steps, "tariff_steps"),
        "held": _held(query, knowledge, partner, (first, last), today),
        "at": min(last, record.reviewed),
        "cut": len(shown) < len(steps),
        "thin": first < record.about.thin_before or not (query.date or query.period),
        "reach": record.about.reach,
        "product": record.products[query.products[0]].name if query.products else "",
        "authority": record.authorities[query.authorities[0]].name if query.authorities else "",
    }
    keys = () if partner == WORLD else (partner,)
    return Answer(query, "tariff_timeline", facts, keys=keys, sources=(record.about.source,))


def _highest_asked(query: Query) -> bool:
    """“the highest tariff on China ever”, “when did the tariffs on India peak”: of duties on goods in general."""
    said = "peak" in query.features or query.features >= {"ever", "largest"} or query.features >= {"past_tense", "largest"}
    return said and not query.products and not query.authorities and "timeline" not in query.features


def _earlier(query: Query, knowledge: Knowledge, partner: str, first: dt.date) -> dict[str, object]:
    """What the thin part of the record holds where no days were asked: its first duty on the partner's goods, and how many steps."""
    record = knowledge.tariffs
    if partner == WORLD or query.date is not None or query.period is not None or query.products or query.authorities:
        return {"opening": None, "general": None, "earlier": None}
    every = _steps(query, knowledge, partner, record.about.first, record.reviewed)
    began = [step for step in every if step.event.charged and step.kind != "set"]
    before = [step for step in every if step.on < first]
    general = next((step for step in began if not record.families[step.event.family].goods and not step.event.products), None)
    return {
        "opening": began[0] if began else None,
        "general": general if began and general is not began[0] else None,
        "earlier": counted(record, before, "earlier_steps") if before else None,
    }


def _held(query: Query, knowledge: Knowledge, partner: str, span: tuple[dt.date, dt.date], today: dt.date) -> dict[str, object]:
    """What a partner's goods bore at the end of a span that was asked for, or now where the span lies past the last review."""
    record = knowledge.tariffs
    asked = bool(query.date or query.period) and not query.products and not query.authorities
    if partner == WORLD or not asked or span[1] < record.about.first or "since" in query.features:
        return {}
    if partner in knowledge.groups and partner != "EU":
        return {}
    now = span[0] > record.reviewed
    day = today if now else min(span[1], record.reviewed)
    found = picture(knowledge, partner, Moment(day, day, today, now=now, reviewed=record.reviewed)).facts()
    return {"broad": found["broad"], "narrow": found["narrow"], "sums": found["sums"]}


def _steps(query: Query, knowledge: Knowledge, partner: str, first: dt.date, last: dt.date) -> list[Step]:
    """The steps of a span; what was set to begin beyond the last review only where just that is asked."""
    record = knowledge.tariffs
    found = (step for event in _chosen(query, knowledge, partner) for step in steps_of(record, event, partner))
    wanted = [step for step in found if first <= step.on <= last and (step.kind != "unknown" or first > record.reviewed)]
    if _only_begun(query):
        wanted = [step for step in wanted if step.event.charged and step.kind != "set"]
    steps = told_once(wanted)
    return gathered(record, steps) if partner == WORLD else steps


def _only_begun(query: Query) -> bool:
    """“tariffs that started in 2026”: of the steps of a span those with which a duty began to be charged."""
    return query.period is not None and "begun" in query.features and "ended" not in query.features


def _span(query: Query, record: TariffRecord, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days asked: a day with no end runs on (“since March 2025”), no day at all starts with the thick part of the record."""
    if query.date is not None:
        runs_on = bool({"since", "after"} & query.features)
        return query.date, query.date_to or (max(today, query.date) if runs_on else query.date)
    if query.period is not None:
        end = query.period.end_date()
        return query.period.start_date(), max(today, end) if "since" in query.features else end
    return record.about.thin_before, max(today, record.reviewed)


def _chosen(query: Query, knowledge: Knowledge, partner: str) -> list[TariffEvent]:
    """The events that belong into the timeline."""
    record = knowledge.tariffs
    events: Iterable[TariffEvent] = record.events
    if query.products:
        events = record.on_product(query.products[0])
    elif query.authorities:
        events = record.under(query.authorities[0])
    if partner == WORLD:
        return [event for event in events if event.id not in record.annexed]
    group = knowledge.groups.get(partner)
    area = area_of(knowledge, partner) | frozenset(group.members if group else ())
    own = {(event.family, event.effective) for event in record.events if event.charged and event.scope.named & area}
    chosen = [event for event in events if event.scope.named & area or _matters(record, event, area, goods=bool(query.products))]
    return [
        event for event in chosen if event.role is not Role.UMBRELLA and not (_general(event) and (event.family, event.effective) in own)
    ]


def _general(event: TariffEvent) -> bool:
    return event.charged and event.scope.everybody


def _matters(record: TariffRecord, event: TariffEvent, area: frozenset[str], *, goods: bool) -> bool:
    """Whether an event that binds all belongs into one partner's timeline: duties on goods in general, and their end.

    `goods`: the timeline of a product, into which duties on products belong.
    """
    if not event.scope.bond(area):
        return False
    if event.family in _ALWAYS:
        return event.role in (Role.END, Role.RULING) and event.status.value != "court_stayed"
    if (record.families[event.family].goods and not goods) or event.role not in (Role.DUTY, Role.QUOTA, Role.PAUSE, Role.END):
        return False
    return event.role is not Role.PAUSE or any(
        each.charged and each.family == event.family and each.scope.bond(area) for each in record.events
    )
