"""What must be accepted before it is written: totals that do not add up, figures that jump, a file older than the record.

Each doubt is one sentence; a refresh with any of them is refused without --accept, a draft until its number was typed, or how many
of its kind there are where those are many.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tradebot.knowledge.group_check import FULL_SINCE
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_check import ROUNDING, TOLERANCE
from tradebot.knowledge.record_figures import EXPORTS, FLOWS, IMPORTS
from tradebot.presentation.numerals import money
from tradebot.refresh.lines import PARTNERS
from tradebot.refresh.proposal import Change, Proposal
from tradebot.refresh.tables import AGGREGATED, ANNUAL, CHAPTERS, MONTHS, TO_DATE, Key, Line, last_month

BEFORE = 0.05
"""How far the partners may be from the world in the years before, as a share."""
MONTHLY = 0.005
"""The same for one month: revisions reach the months of partners and of the world differently, up to 0.3 % in 2022."""
JUMP = 10.0
NOTABLE = 10.0
"""USD million: revisions below it are not looked at, small partners are revised by any factor."""
NOTABLE_MONTH = 100.0
"""USD million, for a new month against the twelve before: of 68,000 months since 2013, 14 would have been asked about."""
SHOWN = 8
_AMOUNT = re.compile(r"\$[\d.,]+(?: [a-z]{2}\b)?")

Names = Mapping[str, str]


class Kind(StrEnum):
    """What is doubtful, in one word, as it is typed."""

    OLDER = "older"
    SUMS = "sums"
    JUMPS = "jumps"
    SIGNS = "signs"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that may be a slip. `number` is the figure in question, in USD million where it is money; None where no single one is."""

    kind: Kind
    sentence: str
    number: float | None = None

    @property
    def about(self) -> str:
        """The sentence without its amounts: the same doubt when the figures have moved."""
        return _AMOUNT.sub("…", self.sentence)

    def __str__(self) -> str:
        return self.sentence


def doubts_of(proposal: Proposal, names: Names) -> list[Doubt]:
    """The doubts, the gravest kind first; of each kind the first few and how many more there are."""
    return [doubt for kind in _kinds(proposal, names) for doubt in _first(kind)]


def every_doubt(proposal: Proposal, names: Names, known: Collection[Doubt] = ()) -> list[Doubt]:
    """As doubts_of, however many there are; `known` ones are left out, whatever their amounts have become."""
    told = {doubt.about for doubt in known}
    return [doubt for kind in _kinds(proposal, names) for doubt in kind if doubt.about not in told]


def _kinds(proposal: Proposal, names: Names) -> tuple[list[Doubt], ...]:
    return (
        list(_older(proposal)),
        list(_world_gaps(proposal)),
        list(_year_gaps(proposal, names)),
        list(_chapter_gaps(proposal, names)),
        [*_jumps(proposal.changes, names), *_leaps(proposal, names)],
        list(_flips(proposal, names)),
    )


def _first(doubts: list[Doubt]) -> list[Doubt]:
    more = len(doubts) - SHOWN
    return doubts if more <= 1 else [*doubts[:SHOWN], Doubt(doubts[0].kind, f"… and {more} more like these.")]


def _older(proposal: Proposal) -> Iterator[Doubt]:
    held, read = last_month(proposal.held), _last_read(proposal)
    if read < held and any(change.before for change in proposal.changes):
        was, now = Period(read, read).label, Period(held, held).label
        yield Doubt(
            Kind.OLDER,
            f"These figures are older than the record: they end in {was}, the record in {now}. "
            "Accepting puts old vintages over newer ones.",
        )


def _last_read(proposal: Proposal) -> int:
    lines = [line for line in proposal.fresh.get(MONTHS, {}).values() if line.area == WORLD]
    ends = [line.year * 12 + at for line in lines for at, value in enumerate(line.numbers) if not math.isnan(value)]
    return max(ends, default=-1)


def _world_gaps(proposal: Proposal) -> Iterator[Doubt]:
    """Partners against the world, for each month and for each year."""
    aggregates = _aggregates(proposal)
    for kind in (ANNUAL, TO_DATE, MONTHS):
        sums: dict[Key, list[tuple[float, ...]]] = defaultdict(list)
        worlds: dict[Key, Line] = {}
        for line in proposal.fresh.get(kind, {}).values():
            if line.area == WORLD:
                worlds[line.cells[1:]] = line
            elif line.area not in aggregates:
                sums[line.cells[1:]].append(line.numbers)
        for cells, world in worlds.items():
            if world.code != PARTNERS and (kind != MONTHS or world.year >= FULL_SINCE):
                yield from _gaps(kind, world, [_sum(column) for column in zip(*sums[cells], strict=True)])


def _gaps(kind: str, world: Line, sums: list[float]) -> Iterator[Doubt]:
    allowed = MONTHLY if kind == MONTHS else TOLERANCE if world.year >= FULL_SINCE else BEFORE
    for column, whole in enumerate(world.numbers):
        found = sums[column] if sums else 0.0
        if not math.isnan(whole) and abs(found - whole) > max(allowed * whole, ROUNDING):
            yield Doubt(
                Kind.SUMS,
                f"The partners do not add up to the world: {what(kind, world, column)}, "
                f"the partners make {money(found)}, the world's row says {money(whole)}.",
                whole,
            )


def _year_gaps(proposal: Proposal, names: Names) -> Iterator[Doubt]:
    """Twelve months against the year, or the months of a year to date against it."""
    for kind, months in ((ANNUAL, MONTHS), (TO_DATE, MONTHS), (AGGREGATED[ANNUAL], AGGREGATED[MONTHS]), (TO_DATE, AGGREGATED[MONTHS])):
        parts = proposal.fresh.get(months, {})
        for line in proposal.fresh.get(kind, {}).values():
            for flow, whole in zip(FLOWS, line.numbers, strict=True):
                part = parts.get((line.area, line.cells[1], flow))
                if part is not None and abs(_sum(part.numbers) - _zero(whole)) > max(TOLERANCE * _zero(whole), ROUNDING):
                    yield Doubt(
                        Kind.SUMS,
                        f"The months do not add up to the year: {flow}, {names.get(line.area, line.area)}, {line.year}: "
                        f"the months make {money(_sum(part.numbers))}, the year's column says {money(_zero(whole))}.",
                        _zero(whole),
                    )


def _chapter_gaps(proposal: Proposal, names: Names) -> Iterator[Doubt]:
    """HS chapters against all imports or exports of the year."""
    for kind, whole in ((CHAPTERS, ANNUAL), (AGGREGATED[CHAPTERS], AGGREGATED[ANNUAL])):
        years = proposal.tables[whole].lines
        for line in proposal.fresh.get(kind, {}).values():
            year = years.get((line.area, line.cells[1]))
            expected = _zero(year.numbers[FLOWS.index(line.cells[2])]) if year else 0.0
            if abs(_sum(line.numbers) - expected) > max(TOLERANCE * expected, ROUNDING):
                yield Doubt(
                    Kind.SUMS,
                    f"The chapters do not add up: {line.cells[2]}, {names.get(line.area, line.area)}, {line.year}: "
                    f"they make {money(_sum(line.numbers))}, all {line.cells[2]} are {money(expected)}.",
                    _sum(line.numbers),
                )


def _jumps(changes: Collection[Change], names: Names) -> Iterator[Doubt]:
    """A held figure that would become ten times as large, or a tenth."""
    for change in changes:
        for column, old, new in change.figures():
            small, large = sorted((old, new))
            if not math.isnan(old + new) and large >= NOTABLE and large >= JUMP * small:
                where = what(change.file, change.after, column)
                area = names.get(change.after.area, change.after.area)
                yield Doubt(Kind.JUMPS, f"A jump: {where}, {area}: {money(old)} held, {money(new)} now.", new)


def _leaps(proposal: Proposal, names: Names) -> Iterator[Doubt]:
    """A new month that is ten times as large as any of the twelve before it, or a tenth of the smallest."""
    held = last_month(proposal.held)
    for change in proposal.changes:
        if change.file not in (MONTHS, AGGREGATED[MONTHS]):
            continue
        lines = proposal.tables[change.file].lines
        area, year, flow = change.after.cells
        before = lines.get((area, str(int(year) - 1), flow))
        run = [*(before.numbers if before else [math.nan] * 12), *change.after.numbers]
        for column, old, new in change.figures():
            window = [value for value in run[column : column + 12] if not math.isnan(value)]
            if int(year) * 12 + column > held and math.isnan(old) and len(window) == 12 and _leaps_from(window, new):
                where, usual = what(change.file, change.after, column), money(_sum(window) / 12)
                said = f"A jump: {where}, {names.get(area, area)}: {money(new)}, after {usual} a month in the year before."
                yield Doubt(Kind.JUMPS, said, new)


def _leaps_from(window: list[float], new: float) -> bool:
    low, high, usual = min(window), max(window), _sum(window) / len(window)
    return (new >= NOTABLE_MONTH and new > JUMP * high) or (usual >= NOTABLE_MONTH and new < low / JUMP)


def _flips(proposal: Proposal, names: Names) -> Iterator[Doubt]:
    """A year's balance that would turn from deficit to surplus or back."""
    for change in proposal.changes:
        if change.before is None or change.file not in (ANNUAL, AGGREGATED[ANNUAL]):
            continue
        old, new = (_balance(line) for line in (change.before, change.after))
        if old * new < 0 and max(abs(old), abs(new)) >= NOTABLE:
            area = names.get(change.after.area, change.after.area)
            yield Doubt(Kind.SIGNS, f"The balance with {area} in {change.after.year} turns from {_gap(old)} to {_gap(new)}.", new)


def _balance(line: Line) -> float:
    return line.numbers[FLOWS.index(EXPORTS)] - line.numbers[FLOWS.index(IMPORTS)]


def _gap(balance: float) -> str:
    return f"a {money(balance)} {'deficit' if balance < 0 else 'surplus'}"


def what(file: str, line: Line, column: int) -> str:
    """`imports, 2024`, `exports, March 2025`, `imports, January–July 2026`, `imports by chapter, 2024`."""
    if file in (MONTHS, AGGREGATED[MONTHS]):
        return f"{line.cells[2]}, {Period.month(line.year, column + 1).label}"
    if file == TO_DATE:
        return f"{FLOWS[column]}, {Period.months(line.year, 1, line.year, int(line.cells[2])).label}"
    if file in (ANNUAL, AGGREGATED[ANNUAL]):
        return f"{FLOWS[column]}, {line.year}"
    return f"{line.cells[2]} by chapter, {line.year}"


def _aggregates(proposal: Proposal) -> set[str]:
    held = {line.area for line in proposal.tables[AGGREGATED[ANNUAL]].lines.values()}
    return held | {line.area for line in proposal.fresh.get(AGGREGATED[MONTHS], {}).values()}


def _sum(values: Collection[float]) -> float:
    return math.fsum(_zero(value) for value in values)


def _zero(value: float) -> float:
    return 0.0 if math.isnan(value) else value
