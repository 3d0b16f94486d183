"""What a refresh would change, as a moderator reads it.

New month: August 2026 (imports $… bn, exports $… bn; 230 partners).
Revised: 312 figures of years, 1,204 figures of months. The largest:
  China, imports, 2024: $438.7 bn → $439.1 bn (+0.1 %)
New partners: … · No longer listed: …
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import FLOWS
from tradebot.presentation.numerals import money
from tradebot.refresh.doubts import Names, what
from tradebot.refresh.proposal import Change, Proposal
from tradebot.refresh.tables import AGGREGATED, ANNUAL, CHAPTERS, MONTHS, TO_DATE, Line, Tables, last_month

SHOWN = 10
YEARS = (ANNUAL, AGGREGATED[ANNUAL])
MONTHLY = (MONTHS, AGGREGATED[MONTHS])


@dataclass(frozen=True, slots=True)
class Revision:
    """A held figure that would be another one, USD million."""

    area: str
    said: str
    old: float
    new: float

    @property
    def size(self) -> float:
        return abs(self.new - self.old)


def difference(proposal: Proposal, names: Names) -> list[str]:
    """Lines of text; empty when nothing changes."""
    if not proposal.changes and not _finished(proposal):
        return []
    return [
        *_new_months(proposal),
        *_new_years(proposal),
        *_new_chapters(proposal),
        *_filled(proposal, names),
        *_revised(proposal, names),
        *_came_and_went(proposal, names),
        *_files(proposal),
    ]


def _new_months(proposal: Proposal) -> Iterator[str]:
    """Months after the last one held, each with the world's figures."""
    first, last = last_month(proposal.held) + 1, last_month(proposal.tables)
    for month in range(first, last + 1):
        year, column = str(month // 12), month % 12
        lines = [line for line in proposal.tables[MONTHS].lines.values() if line.cells[1] == year]
        partners = {line.area for line in lines if not math.isnan(line.numbers[column])} - {WORLD}
        world = {line.cells[2]: line.numbers[column] for line in lines if line.area == WORLD}
        flows = ", ".join(f"{flow} {money(world[flow])}" for flow in FLOWS if flow in world)
        yield f"New month: {Period(month, month).label} ({flows}; {len(partners)} partners)."


def _new_years(proposal: Proposal) -> Iterator[str]:
    held = {line.year for line in proposal.held[ANNUAL].lines.values()}
    for line in proposal.tables[ANNUAL].lines.values():
        if line.area == WORLD and line.year not in held:
            flows = ", ".join(f"{flow} {money(value)}" for flow, value in zip(FLOWS, line.numbers, strict=True))
            yield f"New year, complete: {line.year} ({flows})."


def _new_chapters(proposal: Proposal) -> Iterator[str]:
    """Years that had no figures by HS chapter."""
    held, found = (_chapter_years(tables) for tables in (proposal.held, proposal.tables))
    for flow, year in sorted(found.keys() - held.keys()):
        yield f"New: {flow} of {year} by HS chapter, {found[flow, year]} partners."


def _chapter_years(tables: Tables) -> Mapping[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for line in tables[CHAPTERS].lines.values():
        key = (line.cells[2], line.cells[1])
        counts[key] = counts.get(key, 0) + (line.area != WORLD)
    return counts


def _filled(proposal: Proposal, names: Names) -> Iterator[str]:
    """Lines and months of times that the record covers but did not hold."""
    held = last_month(proposal.held)
    months = {
        (change.after.area, change.after.year)
        for change in proposal.changes
        if change.file in MONTHLY
        for column, old, _ in change.figures()
        if math.isnan(old) and change.after.year * 12 + column <= held
    }
    if months:
        areas = {area for area, _ in months}
        yield f"Filled in: months of {_span({year for _, year in months})} that were not held, {_listed(areas, names)}."
    years = {change.after.area: change.after.year for change in proposal.changes if change.file in YEARS and change.before is None}
    known = {line.year for line in proposal.held[ANNUAL].lines.values()}
    if late := {area for area, year in years.items() if year in known}:
        yield f"Filled in: years that were not held, {_listed(late, names)}."


def _revised(proposal: Proposal, names: Names) -> Iterator[str]:
    """How many figures are revised, and by partner the largest: of years, and of months where the year stays."""
    found = sorted(_revisions(proposal), key=lambda revision: -revision.size)
    if counts := _counted(proposal):
        yield f"Revised: {counts}.{' The largest:' if found else ''}"
    for revision in found[:SHOWN]:
        share = f" ({(revision.new / revision.old - 1) * 100:+.1f} %)" if revision.old else ""
        area = names.get(revision.area, revision.area)
        yield f"  {area}, {revision.said}: {money(revision.old)} → {money(revision.new)}{share.replace('-', '−')}"
    if len(found) > SHOWN:
        yield f"  and {len(found) - SHOWN:,} smaller ones"


def _counted(proposal: Proposal) -> str:
    """`898 figures of years, 7,822 figures of months`."""
    kinds = {"of years": (*YEARS, TO_DATE), "of months": MONTHLY, "by HS chapter": (CHAPTERS, AGGREGATED[CHAPTERS])}
    counts = {unit: sum(1 for change in _revising(proposal, files) for _ in _both(change)) for unit, files in kinds.items()}
    return ", ".join(f"{count:,} {'figure' if count == 1 else 'figures'} {unit}" for unit, count in counts.items() if count)


def _revisions(proposal: Proposal) -> Iterator[Revision]:
    years = [*_revising(proposal, (*YEARS, TO_DATE))]
    told = {(change.after.area, change.after.year) for change in years for _ in _both(change)}
    months = [change for change in _revising(proposal, MONTHLY) if (change.after.area, change.after.year) not in told]
    for change in (*years, *months):
        for column, old, new in _both(change):
            yield Revision(change.after.area, what(change.file, change.after, column), old, new)


def _revising(proposal: Proposal, files: Collection[str]) -> Iterator[Change]:
    """Changes of lines that were held; a year to date with more months is no revision of the shorter one."""
    for change in proposal.changes:
        if change.file in files and change.before is not None and change.before.cells == change.after.cells:
            yield change


def _both(change: Change) -> Iterator[tuple[int, float, float]]:
    return (each for each in change.figures() if not math.isnan(each[1] + each[2]))


def _came_and_went(proposal: Proposal, names: Names) -> Iterator[str]:
    """Partners that are new, those that the source no longer lists, and those with another code, since the last year held."""
    held, found = _codes(proposal.held), {line.area: line.code for _, line in _latest(proposal)}
    latest = {area: code for area, (year, code) in held.items() if year >= last_month(proposal.held) // 12 - 1}
    if new := found.keys() - held.keys():
        yield f"New partners: {_listed(new, names)}."
    covered = bool(found) and max(line.year for _, line in _latest(proposal)) >= last_month(proposal.held) // 12
    if covered and (gone := latest.keys() - found.keys()):
        yield f"No longer listed: {_listed(gone, names)}. What is held of them stays."
    for area in sorted(found.keys() & latest.keys()):
        if area != WORLD and not set(found[area].split("+")) & set(latest[area].split("+")):
            yield f"Another code: {names.get(area, area)}, {latest[area]} before, {found[area]} now."


def _codes(tables: Tables) -> dict[str, tuple[int, str]]:
    """The last year and code of each partner held."""
    found: dict[str, tuple[int, str]] = {}
    aggregates = {line.area for line in tables[AGGREGATED[ANNUAL]].lines.values()}
    for kind in (ANNUAL, TO_DATE):
        for line in tables[kind].lines.values():
            if line.area not in aggregates and line.year >= found.get(line.area, (0, ""))[0]:
                found[line.area] = (line.year, line.code)
    return found


def _latest(proposal: Proposal) -> list[tuple[str, Line]]:
    """The partner lines of the last year read."""
    aggregates = {line.area for line in proposal.tables[AGGREGATED[ANNUAL]].lines.values()}
    lines = [(kind, line) for kind in (ANNUAL, TO_DATE) for line in proposal.fresh.get(kind, {}).values() if line.area not in aggregates]
    last = max((line.year for _, line in lines), default=0)
    return [(kind, line) for kind, line in lines if line.year >= last - 1]


def _finished(proposal: Proposal) -> bool:
    return proposal.held[TO_DATE].lines.keys() != proposal.tables[TO_DATE].lines.keys()


def _files(proposal: Proposal) -> Iterator[str]:
    counts: dict[str, int] = {}
    for change in proposal.changes:
        counts[change.file] = counts.get(change.file, 0) + 1
    yield "Lines: " + ", ".join(f"{name} {count:,}" for name, count in counts.items()) + "."


def _listed(areas: set[str], names: Names) -> str:
    """Up to eight names, then how many more."""
    called = sorted(names.get(area, area) for area in areas)
    return ", ".join(called) if len(called) <= 8 else f"{', '.join(called[:6])} and {len(called) - 6} more"


def _span(years: set[int]) -> str:
    return str(min(years)) if len(years) == 1 else f"{min(years)}–{max(years)}"
