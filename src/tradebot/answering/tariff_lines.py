"""Lines of tariff answers: standings turned into what templates can say (rates, laws, dates, exemptions, endings).

A line is a mapping of figures, dates and strings of the record; its keys are the same wherever it appears.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, stack
from tradebot.knowledge.tariff_models import Rate, TariffEvent
from tradebot.knowledge.tariff_record import TariffRecord

Line = dict[str, object]
WORLD = "WORLD"
NOBODY: frozenset[str] = frozenset()
ENDINGS_SHOWN = 4
"""The latest and the largest that ended; a timeline has them all."""


def area_of(knowledge: Knowledge, partner: str) -> frozenset[str]:
    """A partner's id with those of its groups, or a group's own id: what an event's scope is held against."""
    if partner in knowledge.groups or partner == WORLD:
        return frozenset({partner})
    return frozenset({partner, *(group.id for group in knowledge.groups.values() if partner in group.members)})


def rate_figure(record: TariffRecord, event: TariffEvent, value: float, partner: str, part: str = "") -> Figure:
    """A rate in per cent, with the event it stands in as its place."""
    return Figure(
        partner,
        "tariff_rate",
        None,
        value,
        Unit.PERCENT,
        record.about.source,
        place=f"{event.id}: {event.title}",
        id=f"{partner}.tariff_rate.{event.id}{part}",
    )


def bounds(record: TariffRecord, event: TariffEvent, rate: Rate, partner: str) -> tuple[Figure | None, Figure | None]:
    """The lowest and the highest rate of an event; the same figure twice for a single one."""
    if rate.low is None or rate.high is None:
        return None, None
    high = rate_figure(record, event, rate.high, partner)
    return (high, high) if rate.low == rate.high else (rate_figure(record, event, rate.low, partner, ".low"), high)


def law_names(record: TariffRecord, event: TariffEvent) -> str:
    """“Section 301”, “IEEPA and Section 232”, or nothing."""
    return " and ".join(record.laws[each].name for each in event.authorities)


def line(knowledge: Knowledge, each: Standing, partner: str) -> Line:
    """One standing for a partner (WORLD: for anybody)."""
    record, event = knowledge.tariffs, each.event
    area = NOBODY if partner == WORLD else area_of(knowledge, partner)
    family = record.families[event.family]
    low, high = bounds(record, event, each.rate, partner if each.own else WORLD)
    via = next((found for found in event.scope.order if found != partner and found in area), "")
    return {
        "id": event.id,
        "rate": each.rate.text,
        "low": low,
        "high": high,
        "range": low is not high,
        "all_in": each.rate.all_in,
        "label": family.label,
        "goods": family.goods,
        "law": law_names(record, event),
        "measure": event.measure,
        "note": event.note,
        "since": each.start,
        "put_off_from": each.put_off_from,
        "announced": event.announced or event.effective,
        "retroactive": bool(event.announced and each.start and event.announced > each.start and each.state is State.IN_FORCE),
        "end": each.end,
        "how": each.how.value if each.how else "",
        "ender": _ender(record, each.ended_by),
        "exempt": list(record.exemption_texts(event, area)),
        "against": list(record.exemption_texts(event, area, against=True)),
        "via": via,
        "own": each.own,
        "state": each.state.value,
        "partners": list(event.scope.order),
    }


def _ender(record: TariffRecord, event_id: str) -> dt.date | None:
    event = record.by_id.get(event_id)
    return (event.effective or event.announced) if event else None


def lines(knowledge: Knowledge, found: Iterable[Standing], partner: str) -> list[Line]:
    return [line(knowledge, each, partner) for each in found]


def sums(knowledge: Knowledge, charged: Sequence[Standing], partner: str) -> list[Figure]:
    """Rates that the record says come on top of one another, added up; only where each is a single percentage."""
    record = knowledge.tariffs
    found = []
    for each in charged:
        under = stack(each, charged)
        if under is None or not (_single(each.rate) and _single(under.rate)) or not each.rate.high or under.rate.high is None:
            continue
        parts = (rate_figure(record, under.event, under.rate.high, partner), rate_figure(record, each.event, each.rate.high, partner))
        found.append(
            Figure(
                partner,
                "tariff_rate",
                None,
                each.rate.high + under.rate.high,
                Unit.PERCENT,
                derived_from=parts,
                formula="the two rates come on top of one another",
                id=f"{partner}.tariff_rate.{under.event.id}+{each.event.id}",
            )
        )
    return found


def _single(rate: Rate) -> bool:
    return rate.low is not None and rate.low == rate.high


def endings(knowledge: Knowledge, found: Iterable[Standing], partner: str, charged: Iterable[Standing]) -> list[Line]:
    """What is over, a line per family: its last duty, its highest one, when the first started and how it ended."""
    running = {each.event.family for each in charged}
    families: dict[str, list[Standing]] = {}
    for each in found:
        if each.event.charged and each.event.family not in running and each.state in (State.ENDED, State.NEVER):
            families.setdefault(each.event.family, []).append(each)
    over = [_family_end(knowledge, members, partner) for members in families.values()]
    over.sort(key=_weight, reverse=True)
    return over[:ENDINGS_SHOWN]


def _family_end(knowledge: Knowledge, members: list[Standing], partner: str) -> Line:
    held = [each for each in members if each.state is State.ENDED] or members
    last = max(held, key=lambda each: (each.end or dt.date.min, each.own, each.start or dt.date.min, each.event.known or dt.date.min))
    peak = max(held, key=lambda each: (each.rate.high or 0.0, each is last))
    start = min((each.start for each in held if each.start), default=None)
    higher = (peak.rate.high or 0.0) > (last.rate.high or 0.0)
    return {**line(knowledge, last, partner), "first": start, "peak": line(knowledge, peak, partner) if higher else None}


def _weight(over: Line) -> tuple[dt.date, float]:
    end, high = over["end"], over["high"]
    return (end if isinstance(end, dt.date) else dt.date.min, high.value if isinstance(high, Figure) else 0.0)
