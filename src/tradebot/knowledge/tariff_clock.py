"""Two clocks: what an event was on one day, by what was known on another.

    SET ─▶ IN_FORCE ─▶ ENDED          announced for later · charged · over
     └─▶ POSTPONED ─▶ NEVER           put off · put off or overtaken, and never charged
     └─▶ UNKNOWN                      its start lies beyond the last review, or no source tells
    OPEN ─▶ ENDED                     deals, investigations, proposals, powers: nothing is charged

A duty is charged from its effective day up to, not including, its end. An end that a later event brought about is not
known before that event was announced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tradebot.knowledge.tariff_events import How, Rate, Role, Started, TariffEvent
from tradebot.knowledge.tariff_record import Bond, TariffRecord

_TIMELESS = frozenset({Role.DEAL, Role.PROBE, Role.PROPOSAL, Role.THREAT, Role.RULING, Role.HEARING, Role.REVIEW})
_NO_END: tuple[None, None, str] = (None, None, "")


class State(StrEnum):
    """What an event is on a day."""

    SET = "set"
    POSTPONED = "postponed"
    IN_FORCE = "in_force"
    UNKNOWN = "unknown"
    ENDED = "ended"
    NEVER = "never"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """An event on a day for a partner. `start` and `end` are the days that count for that partner, as known."""

    event: TariffEvent
    state: State
    start: dt.date | None
    end: dt.date | None
    how: How | None
    ended_by: str
    rate: Rate
    own: bool
    put_off_from: dt.date | None = None


def standing(
    record: TariffRecord, event: TariffEvent, area: frozenset[str], day: dt.date, known_on: dt.date, product: str = ""
) -> Standing | None:
    """What an event is for a partner (its id and those of its groups; an empty area: for anybody).

    None where it does not bind the partner or was not known yet.
    """
    bond = record.bonds(area).get(event.id)
    return None if bond is None or bond.known > known_on else _standing(record, bond, day, known_on, product)


def _standing(record: TariffRecord, bond: Bond, day: dt.date, known_on: dt.date, product: str) -> Standing:
    event = bond.event
    end, how, ended_by = (bond.end, bond.how, bond.ended_by) if bond.told is None or bond.told <= known_on else _NO_END
    pause = next((each for each in bond.pauses if each.known and each.known <= known_on), None) if bond.pauses else None
    start = pause.ends if pause and pause.ends else event.effective or event.announced
    state = _state(record, event, start, end, day, pause)
    put_off = event.effective if pause else None
    return Standing(event, state, start, end, how, ended_by, bond.rate(day, product), bond.own, put_off)


def _state(
    record: TariffRecord, event: TariffEvent, start: dt.date | None, end: dt.date | None, day: dt.date, pause: TariffEvent | None
) -> State:
    if event.role in _TIMELESS or start is None:
        return State.ENDED if end and end <= day else State.OPEN
    if event.started is Started.NO:
        return _never_state(start, end, day, pause)
    if day < start:
        return State.POSTPONED if pause and pause.known and pause.known <= day else State.SET
    if event.started is Started.UNKNOWN or start > record.reviewed:
        return State.UNKNOWN
    return State.ENDED if end and end <= day else State.IN_FORCE


def _never_state(start: dt.date, end: dt.date | None, day: dt.date, pause: TariffEvent | None) -> State:
    if pause and pause.known and pause.known <= day:
        return State.POSTPONED if day < start else State.NEVER
    if day < start and (end is None or day < end):
        return State.SET
    return State.NEVER


def standings(record: TariffRecord, area: frozenset[str], day: dt.date, known_on: dt.date, product: str = "") -> Sequence[Standing]:
    """Every event that binds a partner and was known, in the order of the file; rates as they are for the product."""
    return record.remember(_standings, area, day, known_on, product)


def _standings(record: TariffRecord, area: frozenset[str], day: dt.date, known_on: dt.date, product: str) -> tuple[Standing, ...]:
    bonds = record.bonds(area).values()
    return tuple([_standing(record, bond, day, known_on, product) for bond in bonds if bond.known <= known_on])


def charged(found: Iterable[Standing]) -> list[Standing]:
    """The duties and quotas in force, one per family: the partner's own before one for all, then the latest."""
    best: dict[str, Standing] = {}
    for each in found:
        if each.state is State.IN_FORCE and each.event.charged:
            family = each.event.family
            best[family] = max(best[family], each, key=_precedence) if family in best else each
    return sorted(best.values(), key=lambda each: (not each.own, bool(each.event.products), each.start or dt.date.min, each.event.id))


def _precedence(each: Standing) -> tuple[bool, dt.date, dt.date]:
    return each.own, each.start or dt.date.min, each.event.known or dt.date.min


def stack(each: Standing, others: Iterable[Standing]) -> Standing | None:
    """The duty that another comes on top of, where the record says that they add up."""
    return next((other for other in others if each.event.adds_to and other.event.family == each.event.adds_to), None)
