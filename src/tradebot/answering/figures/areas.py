"""Areas: partners, groups and the world as something that has a figure.

A partner and the world are read from the record. A group is the sum of its members, each counted once, checked
against the total that the record publishes for it; where the members' months are not held, that published total is
the figure, and the reading says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tradebot.answering.figures import arithmetic
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

RANKED_KINDS = ("country", "territory")
PUBLISHED_TOLERANCE = 0.01
"""Sums of members and published totals agree within 0.3 % in every year checked; beyond 1 % the reader is told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of an area with what a reader must know about it.

    `missing` are members of today without a row in the period (former countries are not missed). `published` is set
    where the record's own total differs from the sum by more than the tolerance, `from_published` where the figure is
    that total, for want of members' months.
    """

    figure: Figure
    missing: tuple[str, ...] = ()
    published: Figure | None = None
    from_published: bool = False


def asked(query: Query) -> tuple[str, ...]:
    """The areas of a question, each once: partners and groups in the order asked, and first those of the kind that was named first."""
    groups_first = "group_first" in query.features
    return tuple(dict.fromkeys((*query.groups, *query.partners) if groups_first else (*query.partners, *query.groups)))


def named(query: Query) -> tuple[str, ...]:
    """As asked, but without the world: the partners and groups that have names of their own."""
    return tuple(area for area in asked(query) if area != WORLD)


def first_named(query: Query) -> str:
    """The first of them, WORLD where none is named."""
    return next(iter(named(query)), WORLD)


def members(knowledge: Knowledge, areas: Iterable[str]) -> tuple[str, ...]:
    """The partners behind areas, each once."""
    found: dict[str, None] = {}
    for area in areas:
        group = knowledge.groups.get(area)
        found.update(dict.fromkeys(group.members if group else (area,)))
    return tuple(found)


def note_of(knowledge: Knowledge, area: str) -> str:
    """The sentence that goes with answers about a partner; a group's goes with its members."""
    partner = knowledge.partners.get(area)
    return partner.note if partner else ""


def is_group(knowledge: Knowledge, area: str) -> bool:
    return area in knowledge.groups


def ranks(knowledge: Knowledge, partner: str) -> bool:
    """Whether a partner takes part in rankings: organisations, unidentified and former countries do not."""
    found = knowledge.partners.get(partner)
    return found is not None and found.kind in RANKED_KINDS


def figure(knowledge: Knowledge, area: str, metric: Metric, period: Period) -> Figure | None:
    """The figure of an area, or None where it is not held."""
    found = reading(knowledge, area, metric, period)
    return found.figure if found else None


def reading(knowledge: Knowledge, area: str, metric: Metric, period: Period) -> Reading | None:
    """The figure of an area with its caveats, or None where it is not held."""
    if not is_group(knowledge, area):
        found = knowledge.record.value(area, metric, period)
        return Reading(found) if found else None
    return total(knowledge, area, members(knowledge, [area]), metric, period)


def total(knowledge: Knowledge, name: str, partners: tuple[str, ...], metric: Metric, period: Period) -> Reading | None:
    """The sum over partners under a name (a group's id gets the check against its published total)."""
    record = knowledge.record
    found = {each: record.value(each, metric, period) for each in partners}
    held = [each for each in found.values() if each is not None]
    absent = tuple(each for each, value in found.items() if value is None)
    published = record.value(name, metric, period) if is_group(knowledge, name) else None
    if any(_traded(knowledge, each, period) for each in absent):
        return Reading(published, from_published=True) if published else None
    if not held:
        return None
    summed = arithmetic.total(held, name, period)
    absent = tuple(each for each in absent if ranks(knowledge, each))
    return Reading(summed, absent, published if published and _differs(summed, published) else None)


def rest_of_world(knowledge: Knowledge, partners: tuple[str, ...], metric: Metric, period: Period) -> Figure | None:
    """The world without some partners; None where one of them traded then, and its figure is not held."""
    whole = knowledge.record.value(WORLD, metric, period)
    parts = {each: knowledge.record.value(each, metric, period) for each in partners}
    if whole is None or any(part is None and _traded(knowledge, each, period) for each, part in parts.items()):
        return None
    held = [part for part in parts.values() if part is not None]
    return arithmetic.without(whole, held, f"{WORLD}-{'-'.join(partners)}")


def _traded(knowledge: Knowledge, partner: str, period: Period) -> bool:
    """Whether a partner has a row for a year of the period: then its months are missing, not the partner."""
    latest = knowledge.record.latest_year
    if period.first > latest.last:
        return knowledge.record.value(partner, Metric.IMPORTS, knowledge.record.to_date) is not None
    last = min(period.last_year, latest.first_year)
    return any(knowledge.record.value(partner, Metric.IMPORTS, Period.year(year)) for year in range(period.first_year, last + 1))


def _differs(summed: Figure, published: Figure) -> bool:
    return abs(summed.value - published.value) > PUBLISHED_TOLERANCE * max(abs(published.value), 1.0)
