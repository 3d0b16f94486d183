"""Times that go by a name: a day without its year (“3 September”), a season, the middle of a year, a day of the news."""

from __future__ import annotations

import datetime as dt
import re

from tradebot.knowledge.periods import Period
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.time_points import Scan

SOON = dt.timedelta(days=60)
"""A day without a year is the next one where that is this near, and the last one otherwise."""
_LONGEST_NAME = 5
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_ENDS = {
    "early": (1, 3),
    "beginning": (1, 3),
    "beginning of": (1, 3),
    "start": (1, 3),
    "start of": (1, 3),
    "late": (10, 12),
    "end": (10, 12),
}
"""Quarters of a year by the words for its ends."""
_BY_THE_END = frozenset({"by", "until", "till", "since", "before"})
_BEFORE_A_SEASON = frozenset({"in", "the", "of", "last", "this", "during", "late", "early"})
_BEFORE_A_DAY = frozenset({"on", "by", "of", "until", "till", "before", "since", "after", "from", "for", "at"})
_ALSO_WORDS = frozenset({"may", "march", "mar"})
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
OPENING = frozenset({"mid", "middle", "yesterday", *_COUNTS, *_SEASONS, *_ENDS})
"""What such a time can begin with, besides the names that the knowledge gives."""
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_YEARS = {"year": 1, "years": 1, "yr": 1, "yrs": 1, "decade": 10, "decades": 10}
_MONTHS = {"month": 1, "months": 1, "quarter": 3, "quarters": 3}
_AGO = re.compile(rf"(\d+|{'|'.join(_COUNTS)}) (day|week|month|year)s? ago")
_ORDINAL = frozenset({"st", "nd", "rd", "th"})


def day(scan: Scan) -> tuple[int, dt.date] | None:
    """A day with a name of its own, or a day and a month without a year."""
    begins = " ".join(f"{scan.key(0)} {scan.key(1)}".split(" ", 2)[:2])
    for length in range(_LONGEST_NAME if begins in scan.calendar.openers else 1, 0, -1):
        found = scan.calendar.days.get(" ".join(mark.key for mark in scan.marks[scan.index : scan.index + length]))
        if found and scan.at(length - 1) is not None:
            return length, found
    return _ago(scan) or _without_year(scan)


def span(scan: Scan) -> tuple[int, Period] | None:
    """A period with a name of its own: “before the tariffs”, “before the pandemic”."""
    begins = " ".join(f"{scan.key(0)} {scan.key(1)}".split(" ", 2)[:2])
    for length in range(_LONGEST_NAME if begins in scan.calendar.openers else 0, 0, -1):
        found = scan.calendar.spans.get(" ".join(mark.key for mark in scan.marks[scan.index : scan.index + length]))
        if found and scan.at(length - 1) is not None:
            return length, found
    return _years_ago(scan)


def _years_ago(scan: Scan) -> tuple[int, Period] | None:
    """“two years ago”, “three months ago”, “a quarter ago”: the calendar year, month or quarter that long before this one."""
    if scan.key(0) in ("a month", "one month") and scan.key(1) == "ago":
        return 2, Period(scan.this_month - 1, scan.this_month - 1)
    count = 1 if scan.key(0) in ("a", "an") else scan.number(0)
    unit = scan.key(1)
    if not count or scan.key(2) != "ago" or count > 1200:
        return None
    if unit in _MONTHS:
        first = scan.this_month // _MONTHS[unit] * _MONTHS[unit] - count * _MONTHS[unit]
        return 3, Period(first, first + _MONTHS[unit] - 1)
    if unit not in _YEARS or count * _YEARS[unit] > 100:
        return None
    return 3, Period.year(scan.calendar.today.year - count * _YEARS[unit])


def _ago(scan: Scan) -> tuple[int, dt.date] | None:
    """“A year ago”, “two months ago”, “yesterday”: a day only beside a tariff word; for trade they are periods."""
    if not scan.of_tariffs:
        return None
    said = ""
    for length, mark in enumerate(scan.marks[scan.index : scan.index + 3], 1):
        said = f"{said} {mark.key}".strip()
        if said == "yesterday":
            return length, scan.calendar.today - dt.timedelta(days=1)
        found = _AGO.fullmatch(said)
        if found:
            count = int(found[1]) if found[1].isdigit() else _COUNTS[found[1]]
            return length, scan.calendar.today - dt.timedelta(days=round(min(count, 100) * _DAYS[found[2]]))
    return None


def _without_year(scan: Scan) -> tuple[int, dt.date] | None:
    """“September 3”, “4th of March”; “march” and “may” need a preposition or an ordinal."""
    middle = 1 if scan.key(1) == "of" else 0
    for length, month, number, named in ((2, scan.month(0), scan.day(1), 0), (2 + middle, scan.month(1 + middle), scan.day(0), 1 + middle)):
        if not month or not number or scan.year(length) or _measured(scan, length):
            continue
        sure = scan.key(-1) in _BEFORE_A_DAY or _is_ordinal(scan, 1 if named == 0 else 0) or (named == 0 and scan.at(length) is None)
        if scan.key(named) in _ALSO_WORDS and not sure:
            continue
        found = _nearest(scan.calendar.today, month, number)
        return (length, found) if found else None
    return None


def _measured(scan: Scan, offset: int) -> bool:
    """Whether the number goes on as an amount (“March 5 bn”)."""
    mark = scan.at(offset)
    return mark is not None and (mark.has(Kind.SCALE) or mark.said.startswith("%"))


def _is_ordinal(scan: Scan, offset: int) -> bool:
    mark = scan.at(offset)
    return mark is not None and (mark.has(Kind.ORDINAL) or mark.said[-2:].lower() in _ORDINAL)


def _nearest(today: dt.date, month: int, number: int) -> dt.date | None:
    try:
        found = [dt.date(year, month, number) for year in (today.year - 1, today.year, today.year + 1)]
    except ValueError:
        return None
    return max(each for each in found if each <= today + SOON)


def _end_of_year(scan: Scan) -> tuple[int, Period] | None:
    """“early 2025”, “at the end of 2024”, “the start of last year”; “by the end of 2024” is the whole year."""
    length, year = scan.year_after(1)
    before = scan.key(-2) if scan.key(-1) == "the" else scan.key(-1)
    if not year or before in _BY_THE_END:
        return None
    first, last = _ENDS[scan.key(0)]
    return length, Period.months(year, first, year, last)


def season(scan: Scan) -> tuple[int, Period] | None:
    """“spring 2025”, “last summer”, “the summer months of 2025”, “mid-2025”, “early 2025”: months that the words leave somewhat open."""
    skip = 1 + (scan.key(1) in ("month", "months"))
    skip += scan.key(skip) in ("of", "in")
    if scan.key(0) in ("mid", "middle"):
        year = scan.year(skip)
        return (skip + 1, Period.months(year, 6, year, 7)) if year else None
    if scan.key(0) in _ENDS:
        return _end_of_year(scan)
    months = _SEASONS.get(scan.key(0))
    if months is None or (scan.key(0) == "fall" and scan.key(-1) not in _BEFORE_A_SEASON):
        return None
    year = scan.year(skip)
    if year:
        return skip + 1, Period.months(year, months[0], year, months[1])
    if scan.key(-1) not in ("last", "this"):
        return None
    today = scan.calendar.today
    latest = today.year if (today.month, today.day) >= (months[0], 1) else today.year - 1
    return 1, Period.months(latest, months[0], latest, months[1])
