"""Confirming what may be a slip, by typing it: each number, or how many there are of a kind where those are many.

A jump: imports, 2025, Andorra: …   ◀─ “97.0”          143 jumps, all of them in diff   ◀─ “143 jumps”
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from tradebot.refresh.doubts import Doubt, Kind

FEW = 8
"""So many doubts of one kind are typed one by one."""
_NUMBER = re.compile(r"[-−]?[\d,]*\d(?:\.\d+)?")
_COUNT = re.compile(rf"(?<![\d.,−-])(?P<count>[\d,]+) (?P<kind>{'|'.join(Kind)})\b", re.IGNORECASE)
_MANY: Mapping[Kind, str] = {
    Kind.OLDER: "Older figures would take the place of newer ones, of {count} {partners}.",
    Kind.SUMS: "{count} sums do not add up.",
    Kind.JUMPS: "{count} figures jump.",
    Kind.SIGNS: "{count} figures turn their sign.",
}


def left_to_confirm(doubts: Collection[Doubt], typed: str) -> Iterator[str]:
    """A sentence for everything that has not been typed, with what to type."""
    counts = {(match["kind"].lower(), int(match["count"].replace(",", "") or 0)) for match in _COUNT.finditer(typed)}
    for kind, found in _by_kind(doubts).items():
        left = unconfirmed(found, _COUNT.sub(" ", typed))
        if not left or (kind, len(found)) in counts:
            continue
        if len(found) > FEW or kind is Kind.OLDER:
            said = _MANY[kind].format(count=f"{len(found):,}", partners="partner" if len(found) == 1 else "partners")
            yield f"{said} diff lists every one; type “{len(found)} {kind}” to confirm them all."
        else:
            yield from (f"{doubt} Type {to_type(doubt)} to confirm it." for doubt in left)


def unconfirmed(doubts: Collection[Doubt], typed: str) -> list[Doubt]:
    """The doubts whose number is not among those typed, or that have none. It may be typed in USD million or billion, to one decimal."""
    numbers = [float(each.replace(",", "").replace("−", "-")) for each in _NUMBER.findall(typed)]
    return [doubt for doubt in doubts if doubt.number is None or not any(_is(doubt.number, number) for number in numbers)]


def to_type(doubt: Doubt) -> str:
    """How the number of a doubt is typed: `194.5`."""
    if doubt.number is None:
        return ""
    return f"{doubt.number / 1000:.1f}" if abs(doubt.number) >= 1000 else f"{doubt.number:.1f}"


def _is(number: float, typed: float) -> bool:
    return abs(typed - number) < 0.051 or abs(typed - number / 1000) < 0.051 * (abs(number) >= 1000)


def _by_kind(doubts: Collection[Doubt]) -> Mapping[Kind, Sequence[Doubt]]:
    found: dict[Kind, list[Doubt]] = {}
    for doubt in doubts:
        found.setdefault(doubt.kind, []).append(doubt)
    return found
