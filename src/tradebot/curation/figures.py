"""Figures that two revisions have differently: in words, and those that may be a slip.

record/*.csv of both ─▶ Proposal ─▶ lines (“Vietnam 2025 balance −178.3 → −178.9, revised”), doubts

The same reading of the record and the same doubts as a refresh has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tradebot.knowledge.models_sources import load_sources
from tradebot.knowledge.problems import Problems
from tradebot.presentation.numerals import money
from tradebot.refresh.codes import names_of
from tradebot.refresh.difference import difference
from tradebot.refresh.doubts import Doubt, Names, every_doubt, what
from tradebot.refresh.older import going_back
from tradebot.refresh.proposal import Change, Proposal, compared, unchanged
from tradebot.refresh.tables import AGGREGATED, ANNUAL, TO_DATE, read_tables

SHOWN = 24
"""Figures listed one by one; a refresh changes thousands and is summed up instead."""
_WITH_BALANCE = (ANNUAL, AGGREGATED[ANNUAL], TO_DATE)


@dataclass(frozen=True, slots=True)
class Figures:
    """`lines` in words; `doubts` that must be confirmed before a publish."""

    lines: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def compare_figures(old: Path, new: Path) -> Figures:
    """The record under two knowledge directories."""
    held, tables = read_tables(old, Problems()), read_tables(new, Problems())
    proposal, names = compared(held, tables), names_of(new, Problems())
    if not proposal.changes:
        return Figures(tuple(_gone(proposal, names)), ())
    lines = [line for change in proposal.changes for line in _told(change, tables[change.file].columns, names)]
    if len(lines) > SHOWN:
        lines = difference(proposal, names)
    days = {name: source.as_of for name, source in load_sources(new, Problems()).items()}
    doubts = [*going_back(proposal.changes, names, days), *every_doubt(proposal, names, every_doubt(unchanged(proposal), names))]
    return Figures((*lines, *_gone(proposal, names)), tuple(doubts))


def _told(change: Change, columns: Sequence[str], names: Names) -> Iterator[str]:
    """Each figure of a line that differs, and the balance where it follows from both."""
    line, area = change.after, names.get(change.after.area, change.after.area)
    if change.before and change.before.source != line.source:
        yield f"{area} {line.year}: from {line.source} now, from {change.before.source} before"
    for column, old, new in change.figures():
        of = what(change.file, line, column).replace("by chapter", f"of {columns[column]}")
        yield _worded(f"{area} {of}", old, new)
    if change.file in _WITH_BALANCE and change.before:
        old, new = (each.numbers[1] - each.numbers[0] for each in (change.before, line))
        if not math.isnan(old + new) and old != new:
            yield _worded(f"{area} {what(change.file, line, 0).replace('imports', 'balance')}", old, new)


def _worded(of: str, old: float, new: float) -> str:
    """“Vietnam imports, 2025: $193.9 bn → $194.5 bn, revised”."""
    if math.isnan(old):
        return f"{of}: {signed(new)}, new"
    if math.isnan(new):
        return f"{of}: {signed(old)} → not held"
    return f"{of}: {moved(old, new)}, revised"


def moved(old: float, new: float) -> str:
    """“−$178.3 bn → −$178.9 bn”; in millions where that would say the same twice."""
    if signed(old) != signed(new):
        return f"{signed(old)} → {signed(new)}"
    return " → ".join(f"{'−' if each < 0 else ''}${abs(each):,.6f}".rstrip("0").rstrip(".") + " mn" for each in (old, new))


def signed(millions: float) -> str:
    return f"{'−' if millions < 0 else ''}{money(millions)}"


def _gone(proposal: Proposal, names: Names) -> Iterator[str]:
    for name, table in proposal.held.items():
        for key in table.lines.keys() - proposal.tables[name].lines.keys():
            yield f"{names.get(key[0], key[0])} {key[1]}: no longer held ({name})"
