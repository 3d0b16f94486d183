"""What the times of a sentence mean together: “before and after 2018”, “month on month”, “June and the month before”."""

from __future__ import annotations

from collections.abc import Sequence

from tradebot.knowledge.periods import Period
from tradebot.understanding.time_points import When

_TWOFOLD = frozenset({"around", "over"})
_MONTHS_APART = frozenset({"month_before", "month_on_month"})


def together(said: Sequence[When]) -> list[When]:
    """The periods and days meant by what was said of time, in order, each once."""
    if not said or (len(said) == 1 and said[0].kind == "span"):
        return list(said)
    found = [one for when in said for one in (_both(when) if when.kind in _TWOFOLD else (when,))]
    if any(when.kind in _MONTHS_APART for when in found):
        found = _months_before(found)
    if len(found) == 1:
        return [when._replace(kind="span") if when.kind == "not" else when for when in found]
    return _once([when for when in found if when.kind != "not"] or found)  # “not 2025, 2024”


def in_context(said: Sequence[When], before: Period | None) -> list[When]:
    """“Q1”, “and in June” after a question about 2024 or a part of it: of that year, unless it is the year of today's latest figures."""
    year = before.first_year if before is not None and before.first_year == before.last_year else None
    return [when._replace(period=_of(year, when.period)) if year and when.yearless and when.period else when for when in said]


def _of(year: int, period: Period) -> Period:
    return period.shift(12 * min(0, year - period.first_year))


def _both(when: When) -> list[When]:
    """The two periods of a length that are held against each other: on either side (around), or the one and the next (over)."""
    if when.period is None:
        return []
    before, after = -when.period.length, when.period.length if when.kind == "around" else 0
    return [when._replace(kind="span", period=when.period.shift(by)) for by in (before, after)]


def _months_before(found: list[When]) -> list[When]:
    """“July 2026 vs the month before”: the one before the month that is named; with none named, the latest held.

    “Month on month”: both of them.
    """
    named = next((when.period for when in found if when.kind == "span" and when.period and when.period.is_month), None)
    others = [when for when in found if when.kind not in _MONTHS_APART]
    for when in found:
        if when.kind in _MONTHS_APART and when.period:
            both = when.kind == "month_on_month" and named is None
            month = named or when.period
            others += [when._replace(kind="span", period=month)] if both or named is None else []
            others += [when._replace(kind="span", period=month.shift(-1))] if both or named is not None else []
    return others


def _once(found: list[When]) -> list[When]:
    """“This year so far”, “ten-year change, 2015 to 2025” say the same twice; “2026 year to date” names no whole year beside its months."""
    kept = {(when.kind, when.kind == "to_date" or when.period or when.day): when for when in reversed(found)}
    so_far = [when.period for when in found if when.kind == "to_date" and when.period]
    return [
        when
        for when in reversed(kept.values())
        if not (when.kind == "span" and when.period and when.period.is_year and any(months in when.period for months in so_far))
    ]
