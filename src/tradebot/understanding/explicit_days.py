"""Days said outright: “15 March 2025”, “2025-03-15”, “March 15, 2025”."""

from __future__ import annotations

import datetime as dt
import re

from tradebot.understanding.time_points import NOTHING, Scan, When, said


def read(scan: Scan) -> tuple[int, When | None]:
    """The day that is there, and how many marks say it."""
    mark = scan.at(0)
    if mark is not None and mark.day:
        day = _parse_day(mark.day)
        return (1, When("day", mark.said, day=day)) if day else NOTHING
    for length, year, month, day_number in (
        (3, scan.year(2), scan.month(0), scan.day(1)),
        (3, scan.year(2), scan.month(1), scan.day(0)),
        (4, scan.year(3), scan.month(2), scan.day(0) if scan.key(1) == "of" else None),
        (3, scan.year(0), scan.month(1), scan.day(2)),
    ):
        if year and month and day_number:
            try:
                return length, When("day", said(scan, length), day=dt.date(year, month, day_number))
            except ValueError:
                return NOTHING
    return NOTHING


def _parse_day(text: str) -> dt.date | None:
    numbers = [int(part) for part in re.split(r"[-/.]", text)]
    year, month, day = numbers if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    if month > 12 >= day:
        month, day = day, month
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
