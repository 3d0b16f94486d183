"""Periods said outright: one or a range of two, a month without its year, a decade, a season."""

from __future__ import annotations

import itertools

from tradebot.knowledge.periods import Period
from tradebot.understanding import named_times
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.time_points import NOTHING, Scan, When, point, said

TILL = frozenset({"till", "until", "to", "through", "thru"})
NOW = frozenset({"now", "today", "date", "present", "the present", "this day"})
_ONWARDS = frozenset({"onward", "onwards", "forward"})
_ALSO_WORDS = frozenset("may march mar sep dec jan jun jul oct nov apr aug".split())
_BEFORE_A_MONTH = frozenset({*"in of for last during since this vs versus against than".split(), "compared to", "compared with"})


def season(scan: Scan) -> tuple[int, When | None] | None:
    found = named_times.season(scan)
    return (found[0], When("span", said(scan, found[0]), found[1], loose=True)) if found else None


def span(scan: Scan) -> tuple[int, When | None]:
    """One explicit period, or a range of two."""
    length, period = point(scan)
    if not length or period is None:
        return NOTHING
    if scan.key(length) in TILL and scan.key(length + 1) in NOW:
        return length + 2, When("since", said(scan, length + 2), period)
    if scan.key(length) in _ONWARDS:
        return length + 1, When("since", said(scan, length + 1), period)
    joined = scan.joined(length)
    between = scan.index > 0 and scan.marks[scan.index - 1].key in ("between", "from")
    if joined == 0 or (joined == 1 and (between or scan.key(length) != "and")):
        scan.index += length + joined
        more, last = point(scan)
        if not more and joined == 0 and (short := scan.number(0)) is not None and period.is_year and len(scan.key(0)) == 2:
            more, last = 1, Period.year(period.first_year // 100 * 100 + short)
        scan.index -= length + joined
        if more and last and last.last > period.first:
            whole = Period(period.first, last.last)
            return length + joined + more, _when(scan, length + joined + more, whole)
    return length, _when(scan, length, period)


def _when(scan: Scan, length: int, period: Period) -> When:
    """A period that is loose where no year was said (“Q3”)."""
    yearless = not period.is_years and not any(scan.year(at) for at in range(length))
    return When("span", said(scan, length), period, loose=yearless, yearless=yearless)


def decade(scan: Scan) -> tuple[int, When | None]:
    """“the 1990s”, “the 90s”; “the nineties” is left alone."""
    year = scan.year(0)
    short = scan.number(0) if year is None and scan.key(-1) == "the" and len(scan.key(0)) == 2 else None
    if short is not None:
        year = short + (1900 if short >= 50 else 2000)
    if year and year % 10 == 0 and scan.key(1) == "s" and not scan.marks[scan.index + 1].gap.strip("'’"):
        return 2, When("span", said(scan, 2), Period.years(year, year + 9))
    return NOTHING


def _year_beside(scan: Scan) -> int | None:
    """The year of the one month that has one (“August 2025 compared with July”)."""
    dated = {
        int(year.value)
        for month, year in itertools.pairwise(scan.marks)
        if month.value_of(Kind.MONTH) and year.value is not None and year.has(Kind.NUMBER) and len(year.key) == 4
    }
    return next(iter(dated)) if len(dated) == 1 else None


def month_alone(scan: Scan) -> tuple[int, When | None]:
    """A month or a run of months without a year: the latest held. “may”, “march” and “mar” alone need a preposition before them."""
    month = scan.month(0)
    if not month:
        return NOTHING
    joined = -1 if scan.key(1) == "and" and scan.key(-1) != "between" else scan.joined(1)
    until = (scan.month(1 + joined) if joined >= 0 else None) or month
    length = 1 if until == month else 2 + joined
    if until < month or (length == 1 and scan.key(0) in _ALSO_WORDS and scan.key(-1) not in _BEFORE_A_MONTH):
        return NOTHING
    last, beside = scan.calendar.to_date, _year_beside(scan)
    year = beside or (last.last_year if until <= last.last % 12 + 1 else last.last_year - 1)
    period = Period.months(year, month, year, until)
    return length, When("span", said(scan, length), period, loose=beside is None, yearless=beside is None)
