"""Lines of tariff answers: standings turned into what templates can say (rates, laws, dates, exemptions, endings).

A line is a mapping of figures, dates and strings of the record; its keys are the same wherever it appears.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, stack
from tradebot.knowledge.tariff_events import Rate, Role, TariffEvent
from tradebot.knowledge.tariff_record import TariffRecord

Line = dict[str, object]
NOBODY: frozenset[str] = frozenset()
"""The area of no partner in particular: an event is for anybody."""
ENDINGS_SHOWN = 3
"""The latest and the largest that ended; a timeline has them all."""
FEW_PARTNERS = 4
ENDING_AGE = dt.timedelta(days=730)
"""What ended longer ago says nothing about a day any more."""


def area_of(knowledge: Knowledge, partner: str) -> frozenset[str]:
    """A partner's id with those of its groups, a group's own id, nobody for WORLD: what an event's scope is held against."""
    if partner == WORLD:
        return NOBODY
    if partner in knowledge.groups:
        return frozenset({partner})
    return knowledge.remember(_with_groups, partner)


def _with_groups(knowledge: Knowledge, partner: str) -> frozenset[str]:
    return frozenset({partner, *(group.id for group in knowledge.groups.values() if partner in group.members)})


def _spared_in(knowledge: Knowledge, partner: str) -> frozenset[str]:
    """Whose exemptions matter to a partner or a group: a group's members' too (goods from the USMCA partners)."""
    group = knowledge.groups.get(partner)
    return area_of(knowledge, partner) | frozenset(group.members if group else ())


def rate_figure(record: TariffRecord, event: TariffEvent, value: float, partner: str, part: str = "") -> Figure:
    """A rate in per cent, with the event it stands in as its place."""
    return Figure(
        partner,
        "tariff_rate",
        None,
        value,
        Unit.PERCENT,
        record.about.source,
        read_at=f"{event.id}: {event.title}",
        named=f"{partner}.tariff_rate.{event.id}{part}",
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
    area = area_of(knowledge, partner)
    family = record.families[event.family]
    low, high = bounds(record, event, each.rate, partner if each.own else WORLD)
    via = next((found for found in event.scope.order if found != partner and found in area), "")
    spared = _spared_in(knowledge, partner)
    return {
        "id": event.id,
        "rate": each.rate.text,
        "low": low,
        "high": high,
        "range": low is not high,
        "spoken": each.rate.text + (f" on {family.goods}" if family.goods and " on " not in each.rate.text else ""),
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
        "exempt": list(record.exemption_texts(event, spared)),
        "against": list(record.exemption_texts(event, spared, against=True)),
        "via": via,
        "own": each.own,
        "state": each.state.value,
        "status": event.status.value,
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
                named=f"{partner}.tariff_rate.{under.event.id}+{each.event.id}",
            )
        )
    return found


def _single(rate: Rate) -> bool:
    return rate.low is not None and rate.low == rate.high


def endings(knowledge: Knowledge, found: Iterable[Standing], partner: str, charged: Iterable[Standing], day: dt.date) -> list[Line]:
    """What was over on a day, a line per family: its last duty, its first and highest ones, and how it ended."""
    running = {each.event.family for each in charged}
    families: dict[str, list[Standing]] = {}
    for each in found:
        if each.event.charged and each.event.family not in running and each.state in (State.ENDED, State.NEVER):
            families.setdefault(each.event.family, []).append(each)
    over = [_family_end(knowledge, members, partner) for members in families.values()]
    over = [each for each in over if not isinstance(each["end"], dt.date) or each["end"] > day - ENDING_AGE]
    over.sort(key=_weight, reverse=True)
    return over[:ENDINGS_SHOWN]


def _family_end(knowledge: Knowledge, members: list[Standing], partner: str) -> Line:
    held = [each for each in members if each.state is State.ENDED] or members
    last = max(held, key=lambda each: (each.end or dt.date.min, each.own, each.start or dt.date.min, each.event.known or dt.date.min))
    peak = max(held, key=lambda each: (each.rate.high or 0.0, each is last))
    first = min(held, key=lambda each: (each.start or dt.date.max, -(each.rate.high or 0.0)))
    higher = (peak.rate.high or 0.0) > (last.rate.high or 0.0)
    earlier = first is not last and first is not peak and first.rate.text != last.rate.text
    steady = all(each.rate.text == last.rate.text for each in held)
    return {
        **line(knowledge, last, partner),
        **({"since": first.start} if steady else {}),
        "opening": line(knowledge, first, partner) if earlier else None,
        "peak": line(knowledge, peak, partner) if higher else None,
    }


def _weight(over: Line) -> tuple[bool, dt.date, float]:
    """The partner's own first, then the latest, then the highest."""
    end, high = over["end"], over["high"]
    return bool(over["own"]), end if isinstance(end, dt.date) else dt.date.min, high.value if isinstance(high, Figure) else 0.0


def ended_families(knowledge: Knowledge, found: Iterable[Standing]) -> list[Line]:
    """What ended, a line per family: lowest and highest rate there was, first day, partners, how it ended."""
    return _by_family(knowledge, (each for each in found if each.event.role is Role.DUTY and each.state is State.ENDED))


def running_families(knowledge: Knowledge, duties: Iterable[Standing]) -> list[Line]:
    """Duties that are charged, a line per family: lowest and highest rate, on how many partners; the widest first."""
    rows = _by_family(knowledge, duties)
    return sorted(rows, key=lambda row: (not row["everybody"], -_value(row["number"])))


def _value(figure: object) -> float:
    return figure.value if isinstance(figure, Figure) else 0.0


def _by_family(knowledge: Knowledge, found: Iterable[Standing]) -> list[Line]:
    families: dict[str, list[Standing]] = {}
    for each in found:
        families.setdefault(each.event.family, []).append(each)
    return [_family_span(knowledge, members) for members in families.values()]


def _family_span(knowledge: Knowledge, members: list[Standing]) -> Line:
    record = knowledge.tariffs
    last = max(members, key=lambda each: each.end or dt.date.min)
    partners = list(dict.fromkeys(partner for each in members for partner in each.event.scope.order))
    rated = [each for each in members if each.rate.low is not None and each.rate.high is not None]
    low = min(rated, key=lambda each: each.rate.low or 0.0, default=None)
    high = max(rated, key=lambda each: each.rate.high or 0.0, default=None)
    return {
        **line(knowledge, last, WORLD),
        "first": min((each.start for each in members if each.start), default=None),
        "partners": partners if len(partners) <= FEW_PARTNERS else [],
        "low": rate_figure(record, low.event, low.rate.low or 0.0, WORLD, ".low") if low else None,
        "high": rate_figure(record, high.event, high.rate.high or 0.0, WORLD) if high else None,
        "range": bool(low and high and low.rate.low != high.rate.high),
        "everybody": any(each.event.scope.everybody for each in members),
        "number": counted(record, partners, f"partners.{last.event.family}"),
        "plural": len(partners) > 1,
    }


def counted(record: TariffRecord, items: Sequence[object], what: str) -> Figure:
    """How many there are, as the record lists them."""
    return Figure(WORLD, f"count.{what}", None, float(len(items)), Unit.COUNT, record.about.source, formula="counted")


def merged(rows: Iterable[Line]) -> list[Line]:
    """Lines of one family, rate and start put together: their partners in one list."""
    groups: dict[tuple[object, ...], Line] = {}
    for row in rows:
        key = (row["label"], row["rate"], row["since"], bool(row["partners"]))
        groups[key] = {**row, "partners": [*_listed(groups[key]), *_listed(row)]} if key in groups else row
    return list(groups.values())


def _listed(row: Line) -> list[object]:
    partners = row["partners"]
    return partners if isinstance(partners, list) else []


def by_partners(rows: Iterable[Line]) -> list[Line]:
    """Lines on products gathered by whose goods they fall on: `partners` and `items`."""
    groups: dict[tuple[object, ...], list[Line]] = {}
    for row in rows:
        groups.setdefault(tuple(_listed(row)), []).append(row)
    return [{"partners": list(partners), "items": items} for partners, items in groups.items()]


def exemption_groups(duties: Sequence[Line]) -> list[Line]:
    """Exemptions once for all duties that share them: `rates` (empty where all do) and `exempt`."""
    groups: dict[tuple[str, ...], list[Line]] = {}
    for each in duties:
        spared = each["exempt"]
        if isinstance(spared, list) and spared:
            groups.setdefault(tuple(spared), []).append(each)
    alone = len(groups) == 1 and sum(map(len, groups.values())) == len(duties)
    return [{"rates": [] if alone else [each["rate"] for each in members], "exempt": list(spared)} for spared, members in groups.items()]
