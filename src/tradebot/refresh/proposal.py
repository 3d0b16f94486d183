"""The record as it would be: lines made from a Reading, and the held tables with what is new in them.

A held line stays, with its source, when every figure of the new one agrees with it as far as both are exact, and when
the new one holds less (an older file's unfinished year). Lines that the reading does not have stay too.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import FLOWS
from tradebot.refresh.codes import Coding
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.readings import WORLD_CODES, Reading, total
from tradebot.refresh.tables import AGGREGATED, ANNUAL, CHAPTERS, MONTHS, TO_DATE, Key, Line, Table, Tables, by_key, decimals, key_of

_SLACK = 1e-7
_ROUNDED = {ANNUAL: 13, AGGREGATED[ANNUAL]: 13, TO_DATE: 13}
"""How many roundings lie between two vintages of a figure: a year may be the sum of twelve rounded months."""

Fresh = Mapping[str, Mapping[Key, Line]]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of one file as it is held (None: not yet) and as it would be."""

    file: str
    before: Line | None
    after: Line


@dataclass(frozen=True, slots=True)
class Proposal:
    """`tables` as they would be, the `changes` that lead there, and `fresh`: every line of the reading, changed or not."""

    tables: Tables
    changes: tuple[Change, ...]
    fresh: Fresh


def propose(held: Tables, reading: Reading, coding: Coding, source: str) -> Proposal:
    """The held record with the reading in it; lines that it changes carry `source`."""
    fresh = fresh_lines(reading, coding, source, held)
    exact = {name: _exactness(lines.values()) for name, lines in fresh.items()}
    changes: list[Change] = []
    tables: dict[str, Table] = {}
    for name, table in held.items():
        known = _exactness(table.lines.values())
        lines = dict(table.lines)
        for key, after in fresh.get(name, {}).items():
            before = lines.get(key)
            unit = 10.0 ** -min(exact[name][after.source, after.year], known.get((before.source, before.year), 6) if before else 6)
            if before is None or not (holds_less(after, before) or agrees(after, before, unit * _ROUNDED.get(name, 1) / 2)):
                changes.append(Change(name, before, after))
                lines[key] = after
        tables[name] = replace(table, lines=lines)
    return Proposal(_without_finished(tables), tuple(changes), fresh)


def agrees(after: Line, before: Line, tolerance: float) -> bool:
    """Whether all figures are the same within the tolerance, and the same ones are held."""
    if after.cells != before.cells:
        return False
    return all(_same(new, old, tolerance) for new, old in zip(after.numbers, before.numbers, strict=True))


def holds_less(after: Line, before: Line) -> bool:
    """Whether something held is missing in the new line: a month, or months of a year to date. A chapter may go."""
    if len(after.numbers) > 12:
        return False
    if len(before.cells) > 2 and before.cells[2].isdigit() and int(after.cells[2]) < int(before.cells[2]):
        return True
    return any(math.isnan(new) and not math.isnan(old) for new, old in zip(after.numbers, before.numbers, strict=True))


def fresh_lines(reading: Reading, coding: Coding, source: str, held: Tables) -> Fresh:
    """Every line that the reading makes, by file and key."""
    made = [*_codes_together(reading, coding, source, held)]
    known = {WORLD, *coding.last_years, *(line.area for name, line in made if name == ANNUAL)}
    made += [line for line in _world_sums(made, reading, coding, source) if WORLD in known]
    files: dict[str, list[Line]] = defaultdict(list)
    aggregates = set(_aggregates(coding))
    for kind, line in made:
        files[AGGREGATED[kind] if line.area in aggregates else kind].append(line)
    return {name: by_key(name, lines) for name, lines in files.items()}


def _aggregates(coding: Coding) -> Iterator[str]:
    return (area for code, area in coding.areas.items() if area and area != WORLD and code not in coding.places)


def _same(new: float, old: float, tolerance: float) -> bool:
    if math.isnan(new) or math.isnan(old):
        return math.isnan(new) and math.isnan(old)
    return abs(new - old) <= tolerance + _SLACK
