"""Peaks: how high the duties on a partner's goods in general were at most, from when to when, and how they got there and back.

days on which such a duty began or ended ─▶ what was charged on each, added up where the record says so ─▶ spans of one height
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tradebot.answer import Answer
from tradebot.answering.tariffs.heights import height
from tradebot.answering.tariffs.lines import area_of, exemption_groups, lines
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, charged, standings
from tradebot.query import Query

SPANS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which goods in general bore the same, `until` the last one exclusive (None: as far as the record goes)."""

    since: dt.date
    until: dt.date | None
    height: Figure
    duties: Sequence[Standing]

    @property
    def rates(self) -> Sequence[str]:
        """The rates one by one where several were charged and the record does not say that they add up."""
        return [each.rate.text for each in self.duties] if len(self.duties) > 1 and not self.height.derived_from else []


def answer(query: Query, knowledge: Knowledge, partner: str, first: dt.date, last: dt.date) -> Answer | None:
    """The highest of the duties within the days, with every other height; None where nothing was charged."""
    found = [span for span in _spans(knowledge, partner) if span.since <= last and (span.until is None or span.until > first)]
    if not found:
        return None
    top = max(found, key=lambda span: span.height.value)
    parts = lines(knowledge, (each for each in top.duties if _makes_up(each, top.height)), partner)
    record = knowledge.tariffs
    facts: dict[str, object] = {
        "partner": partner,
        "reviewed": record.reviewed,
        "reach": record.about.reach,
        "height": top.height,
        "since": top.since,
        "until": top.until,
        "parts": parts,
        "exempt": exemption_groups(parts),
        "spans": found[-SPANS_SHOWN:],
    }
    return Answer(query, "tariff_peak", facts, keys=(partner,), suggestions=_suggest(knowledge, partner), sources=(record.about.source,))


def _spans(knowledge: Knowledge, partner: str) -> list[Span]:
    """Runs of days with one height, in order; days on which nothing general was charged are left out."""
    record, area = knowledge.tariffs, area_of(knowledge, partner)
    spans: list[Span] = []
    for day in _days(knowledge, area):
        duties = [each for each in charged(standings(record, area, day, record.reviewed)) if not record.families[each.event.family].goods]
        found = height(knowledge, duties, partner, lines(knowledge, duties, partner))
        if found is not None and spans and spans[-1].until is None and _same(spans[-1], Span(day, None, found, duties)):
            continue
        if spans and spans[-1].until is None:
            spans[-1] = Span(spans[-1].since, day, spans[-1].height, spans[-1].duties)
        if found is not None:
            spans.append(Span(day, None, found, duties))
    return spans


def _same(one: Span, other: Span) -> bool:
    """Whether goods bore the same, under whatever law."""
    return one.height.value == other.height.value and one.rates == other.rates


def _days(knowledge: Knowledge, area: frozenset[str]) -> list[dt.date]:
    """The days on which a duty on goods in general began or ended."""
    record = knowledge.tariffs
    bonds = [each for each in record.bonds(area).values() if each.event.charged and not record.families[each.event.family].goods]
    days = {day for each in bonds for day in (each.event.effective, each.end) if day is not None}
    return sorted(day for day in days if day <= record.reviewed)


def _makes_up(each: Standing, height: Figure) -> bool:
    """Whether a duty is the height, or one of the parts that were added up."""
    parts = height.derived_from or (height,)
    return any(part.place.startswith(f"{each.event.id}:") for part in parts)


def _suggest(knowledge: Knowledge, partner: str) -> tuple[str, ...]:
    named = {**knowledge.partners, **knowledge.groups}[partner].name
    return (f"tariff timeline {named}", f"tariffs on {named}")
