"""The record as it would be: the held tables with the lines of a reading in them.

A held line stays, with its source, when every figure of the new one agrees with it as far as both are exact, and when
the new one holds less (the unfinished year of an older file). Lines that the reading does not have stay too, except
the years to date that are complete now.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tradebot.knowledge.record import WORLD
from tradebot.refresh.lines import Fresh
from tradebot.refresh.tables import AGGREGATED, ANNUAL, TO_DATE, Key, Line, Table, Tables, decimals, key_of, last_month

_SLACK = 1e-7
_ROUNDINGS = {ANNUAL: 13, AGGREGATED[ANNUAL]: 13, TO_DATE: 13}
"""Roundings between two vintages of a figure: a year may be the sum of twelve rounded months. One where not listed."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line of one file as it is held (None: not yet) and as it would be. `tolerance` is what rounding explains."""

    file: str
    before: Line | None
    after: Line
    tolerance: float

    def figures(self) -> Iterator[tuple[int, float, float]]:
        """(column, held, new) of the figures that differ by more than rounding; NaN for not held."""
        olds = self.before.numbers if self.before else (math.nan,) * len(self.after.numbers)
        for column, (old, new) in enumerate(zip(olds, self.after.numbers, strict=True)):
            if not _same(new, old, self.tolerance):
                yield column, old, new


@dataclass(frozen=True, slots=True)
class Proposal:
    """`held` tables, `tables` as they would be, the `changes` that lead there; `fresh` is every line that was read."""

    held: Tables
    tables: Tables
    changes: tuple[Change, ...]
    fresh: Fresh


def propose(held: Tables, fresh: Fresh) -> Proposal:
    """The held record with the fresh lines in it."""
    finished = max(finished_year(held[ANNUAL].lines.values()), finished_year(fresh.get(ANNUAL, {}).values()))
    unfinished = {key: line for key, line in fresh.get(TO_DATE, {}).items() if line.year > finished}
    wanted = {**fresh, TO_DATE: unfinished}
    changes = tuple(change for name, table in held.items() for change in _changes(table, wanted.get(name, {})))
    lines = {name: dict(table.lines) for name, table in held.items()}
    for change in changes:
        lines[change.file][key_of(change.file, change.after)] = change.after
    lines[TO_DATE] = {key: line for key, line in lines[TO_DATE].items() if line.year > finished}
    return Proposal(held, {name: replace(table, lines=lines[name]) for name, table in held.items()}, changes, fresh)


def compared(held: Tables, tables: Tables) -> Proposal:
    """Two records beside each other: as a proposal whose fresh lines are those of the last year and of every year in which
    they differ."""
    changes = tuple(change for name, table in tables.items() for change in _differing(held[name], table))
    return Proposal(held, tables, changes, of_years(tables, {change.after.year for change in changes}))


def unchanged(proposal: Proposal) -> Proposal:
    """The held record in the same years, for what is wrong with it already."""
    return Proposal(proposal.held, proposal.held, (), of_years(proposal.held, {change.after.year for change in proposal.changes}))


def of_years(tables: Tables, years: Collection[int]) -> Fresh:
    """The lines of these years and of the last one."""
    wanted = {*years, last_month(tables) // 12}
    return {name: {key: line for key, line in table.lines.items() if line.year in wanted} for name, table in tables.items()}


def _differing(held: Table, table: Table) -> Iterator[Change]:
    for key, line in table.lines.items():
        before = held.lines.get(key)
        if before is None or before.text() != line.text():  # as text, because a figure that is not held is no equal of itself
            yield Change(table.name, before, line, _SLACK)


def finished_year(lines: Iterable[Line]) -> int:
    """The last year that has a line for the world; 0 without any."""
    return max((line.year for line in lines if line.area == WORLD), default=0)


def _changes(table: Table, fresh: Mapping[Key, Line]) -> Iterator[Change]:
    known, exact = _exactness(table.lines.values()), _exactness(fresh.values())
    for key, after in fresh.items():
        before = table.lines.get(key)
        places = exact[after.source, after.year]
        if before is not None:
            places = min(places, known[before.source, before.year])
        tolerance = 10.0**-places / 2 * _ROUNDINGS.get(table.name, 1) + _SLACK
        if before is None or not (_holds_less(after, before) or _agrees(after, before, tolerance)):
            yield Change(table.name, before, after, tolerance)


def _exactness(lines: Iterable[Line]) -> dict[tuple[str, int], int]:
    """The decimals of each source and year: workbooks have one, two or six, by year."""
    found: dict[tuple[str, int], int] = {}
    for line in lines:
        key = (line.source, line.year)
        if found.get(key, 0) < 6:
            found[key] = max(found.get(key, 0), decimals(line.numbers))
    return found


def _agrees(after: Line, before: Line, tolerance: float) -> bool:
    """Whether all figures are the same within the tolerance, and the same ones are held."""
    pairs = zip(after.numbers, before.numbers, strict=True)
    return after.cells == before.cells and all(_same(new, old, tolerance) for new, old in pairs)


def _holds_less(after: Line, before: Line) -> bool:
    """Whether a month, or months of a year to date, would be lost. A chapter may go: it is revised to nothing."""
    if len(after.numbers) > 12:
        return False
    if after.cells[2:] != before.cells[2:]:
        return int(after.cells[2]) < int(before.cells[2])
    return any(math.isnan(new) and not math.isnan(old) for new, old in zip(after.numbers, before.numbers, strict=True))


def _same(new: float, old: float, tolerance: float) -> bool:
    if math.isnan(new) or math.isnan(old):
        return math.isnan(new) and math.isnan(old)
    return abs(new - old) <= tolerance
