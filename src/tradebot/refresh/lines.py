"""A Reading to lines of the record: codes become areas, and the codes of one partner are added up."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import FLOWS
from tradebot.refresh.codes import Coding
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.readings import Numbers, Reading, total
from tradebot.refresh.tables import AGGREGATED, ANNUAL, CHAPTERS, MONTHS, TO_DATE, Key, Line, by_key

PARTNERS = "partners"
"""The code of a world total that is the sum of the partner rows."""

Fresh = Mapping[str, Mapping[Key, Line]]
Filed = tuple[str, Line]


def lines_of(reading: Reading, coding: Coding, source: str, chapters: tuple[str, ...]) -> Fresh:
    """Every line that the reading makes, by file and key. `chapters` are the chapter columns of the record."""
    made = list(_made(reading, coding, source, chapters))
    made += _worlds(made, coding.aggregates)
    files: dict[str, list[Line]] = defaultdict(list)
    for kind, line in made:
        files[AGGREGATED[kind] if line.area in coding.aggregates else kind].append(line)
    return {name: by_key(name, lines) for name, lines in files.items()}


def _made(reading: Reading, coding: Coding, source: str, chapters: tuple[str, ...]) -> Iterator[Filed]:
    for (area, year), codes in _grouped(reading.years, coding).items():
        sums = _added(reading.years[code, year] for code in codes)
        if year > coding.last_years.get(area, year) and not any(value > 0 for value in sums):
            continue  # the Bureau goes on listing some former countries, with zeros
        code = "+".join(codes)
        yield _whole(reading, area, year, source, code, sums)
        for flow in FLOWS:
            months = _added(reading.months[each, year, flow] for each in codes if (each, year, flow) in reading.months)
            yield MONTHS, Line((area, str(year), flow), source, code, months)
            if found := [reading.chapters[each, year, flow] for each in codes if (each, year, flow) in reading.chapters]:
                yield CHAPTERS, Line((area, str(year), flow), source, code, _by_chapter(found, chapters))


def _whole(reading: Reading, area: str, year: int, source: str, code: str, sums: Numbers) -> Filed:
    """The year, or the year to date."""
    if reading.is_complete(year):
        return ANNUAL, Line((area, str(year)), source, code, sums)
    return TO_DATE, Line((area, str(year), str(reading.until - year * 12 + 1)), source, code, sums)


def _grouped(years: Iterable[tuple[str, int]], coding: Coding) -> dict[tuple[str, int], list[str]]:
    """The codes of each area and year, a partner's current code first."""
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    for code, year in years:
        if area := coding.areas[code]:
            groups[area, year].append(code)
    for codes in groups.values():
        codes.sort(key=lambda code: coding.places.get(code, 0))
    return groups


def _added(rows: Iterable[Numbers]) -> Numbers:
    return tuple(total(column) for column in zip(*rows, strict=True))


def _by_chapter(rows: Sequence[Mapping[str, float]], chapters: tuple[str, ...]) -> Numbers:
    if stray := sorted({chapter for row in rows for chapter in row} - set(chapters)):
        raise RefreshError(
            f"The API has the chapter{'s' if len(stray) > 1 else ''} {', '.join(stray)}, for which the record has no column. "
            "Add the column to chapters.csv and aggregate_chapters.csv in knowledge/record, and the title to knowledge/chapters.yaml."
        )
    return tuple(total(row.get(chapter, math.nan) for row in rows) for chapter in chapters)


def _worlds(made: Sequence[Filed], aggregates: Collection[str]) -> list[Filed]:
    """The sums of the partner rows, for the years in which the Bureau has no row for the world."""
    held = {line.year for _, line in made if line.area == WORLD}
    groups: dict[tuple[str, Key], list[Line]] = defaultdict(list)
    for kind, line in made:
        if line.year not in held and line.area not in aggregates:
            groups[kind, line.cells[1:]].append(line)
    return [(kind, _world(rest, lines)) for (kind, rest), lines in groups.items()]


def _world(cells: Key, lines: Sequence[Line]) -> Line:
    return Line((WORLD, *cells), lines[0].source, PARTNERS, _added(line.numbers for line in lines))
