"""Figures of an older release in the place of newer ones: what is told of them, whoever put them there."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from tradebot.refresh.doubts import Doubt, Kind, Names
from tradebot.refresh.proposal import Change


def going_back(changes: Iterable[Change], names: Names, days: Mapping[str, dt.date | None]) -> list[Doubt]:
    """Partners of whom lines of a newer release would give way to an older one; `days` is when each source was released."""
    lines: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for change in changes:
        before, after = change.before.source if change.before else "", change.after.source
        was, now = days.get(before), days.get(after)
        if was and now and now < was:
            lines[change.after.area, before, after].append(change.after.year)
    return [
        Doubt(Kind.OLDER, f"Older figures: {names.get(area, area)}, {_years(years)}: from {before} back to {after}.")
        for (area, before, after), years in sorted(lines.items())
    ]


def _years(years: Collection[int]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"
