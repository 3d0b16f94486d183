"""Lints of sums: partners against the world, and members against the total that the Census Bureau publishes for their group."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from tradebot.knowledge.models_partners import Group
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problem
from tradebot.knowledge.record import WORLD, Record
from tradebot.knowledge.record_check import ROUNDING, TOLERANCE, record_problem
from tradebot.knowledge.record_figures import FLOWS
from tradebot.knowledge.record_series import exact_sum

Gap = tuple[int, str, str]
"""Year, flow, sentence."""

FULL_SINCE = 1992
"""From this year on the Bureau lists every partner; before, the partners lack up to 4 % of the world."""


def sum_gaps(root: Path, record: Record, groups: Mapping[str, Group]) -> Iterator[Problem]:
    """Totals that differ from their parts by more than 0.1 %: of the world in every full year, of groups in the latest."""
    for year, flow, sentence in record.remember(_of_world):
        yield record_problem(root, "annual.csv", f"{WORLD},{year}", flow, sentence)
    latest = record.latest_year.first_year
    for group in groups.values():
        if group.census and group.id in record.aggregates:
            for year, flow, sentence in _gaps(record, group.id, group.members, latest):
                yield record_problem(root, "aggregates.csv", f"{group.id},{year}", flow, sentence)


def _of_world(record: Record) -> tuple[Gap, ...]:
    years = range(max(FULL_SINCE, record.first_year.first_year), record.latest_year.first_year + 1)
    return tuple(gap for year in years for gap in _gaps(record, WORLD, record.partner_ids, year))


def _gaps(record: Record, area: str, members: Collection[str], year: int) -> Iterator[Gap]:
    for flow in FLOWS:
        whole, sizes = record.value(area, flow, Period.year(year)), record.sizes(flow, Period.year(year))
        found = exact_sum(sizes[member] for member in members if member in sizes)
        if whole and abs(found - whole.value) > max(TOLERANCE * whole.value, ROUNDING):
            sentence = f"the partners add up to {found:,.1f}, {area} has {whole.value:,.1f} in {year} (USD million)"
            yield year, flow, sentence
