"""Times told by today: “last year”, “the past 12 months”, “year to date”, “so far this year”."""

from __future__ import annotations

from tradebot.knowledge.periods import Period
from tradebot.understanding.time_points import NOTHING, Scan, When, said

_ONLY_COUNTED = frozenset({"over", "rolling", "trailing"})
_BACK = frozenset({"last", "past", "previous", "recent", "latest"}) | _ONLY_COUNTED
TO_DATE = frozenset({"ytd", "year to date", "so far this year"})
_TWELVE = frozenset({"ttm", "ltm"})
_OVER = {"month over month": 1, "month on month": 1, "quarter over quarter": 3, "quarter on quarter": 3, "qoq": 3}
BY_NAME = _TWELVE | frozenset(_OVER)
_PHRASES = BY_NAME | TO_DATE | {"year", "to", "so"}
_YEAR = 12
_UNITS = {"year": 12, "years": 12, "yr": 12, "yrs": 12, "months": 1, "month": 1, "quarters": 3, "quarter": 3, "decade": 120, "decades": 120}


_PARTS = {"month": 1, "quarter": 3}
_SOME_YEARS, _SOME_MONTHS = 5, 3
_UP_TO = frozenset({"to", "ending", "ended", "through", "until", "till"})
_EARLIER = frozenset({"previous", "prior", "preceding"})
_MONTHS_APART = frozenset({"month_before", "month_on_month"})
_UNITS_FIRST = frozenset({"month", "year", "a month", "one month", "the year before", "year before", "mom"}) | _EARLIER
_WORDS_FIRST = _BACK | {"this", "current", "next", ""}
_AFTERWARDS = frozenset({"before", "earlier", "prior"})


def relative(scan: Scan) -> tuple[int, When | None]:
    """“last year”, “this year”, “last 12 months”, “past decade”, “year to date”, “so far this year”."""
    calendar = scan.calendar
    start = 1 if scan.key(0) == "the" else 0
    word, unit = scan.key(start), scan.key(start + 1)
    for read in _UNIT_FIRST if word in _UNITS_FIRST else () if word in _WORDS_FIRST else _NUMBER_FIRST:
        if (found := read(scan, start)) != NOTHING:
            return found
    if word in _BACK:
        if (vague := _vague(scan, start + 1)) != NOTHING:
            return vague
        number, counted = scan.number(start + 1), scan.key(start + 2)
        if number and counted in _UNITS and number * _UNITS[counted] <= 1200:
            return _lasting(scan, start + 3, number * _UNITS[counted], _PARTS.get(counted.rstrip("s"), _YEAR))
        if word in _ONLY_COUNTED:
            return NOTHING
        return _unit_back(scan, start + 2, unit)
    if word in ("this", "current") and unit in ("year", "yr", "month", "quarter"):
        return _running(scan, start + 2, unit)
    if word == "next" and unit in ("year", "month", "quarter", "decade"):
        return start + 2, When("future", said(scan, start + 2), Period.year(calendar.today.year + 1))
    return NOTHING


def _before_last(scan: Scan, start: int) -> tuple[int, When | None]:
    """“the month before last”, “the year before last”."""
    two = scan.key(start) == "the year before" or scan.key(start) == "year before"
    length = start + 2 if two else start + 3
    unit = "year" if two else scan.key(start) if scan.key(start + 1) == "before" else ""
    if scan.key(length - 1) != "last" or unit not in ("month", "year"):
        return NOTHING
    last = scan.calendar.to_date.last
    period = Period(last - 1, last - 1) if unit == "month" else Period.year(scan.calendar.today.year - 2)
    return length, When("span", said(scan, length), period, loose=unit == "month")


def _months_apart(scan: Scan, start: int) -> tuple[int, When | None]:
    """“the month before”, “month on month”: what `months_named` makes of them hangs on the month that is named beside."""
    latest = Period(scan.calendar.to_date.last, scan.calendar.to_date.last)
    if length := _month_before(scan, start):
        return length, When("month_before", said(scan, length), latest)
    moves = scan.key(0) == "mom" and (_moves(scan, 1) or scan.at(1) is None)
    return (1, When("month_on_month", said(scan, 1), latest, loose=True)) if moves else NOTHING


def _month_before(scan: Scan, start: int) -> int:
    """“the month before”, “the previous month”, “a month earlier”: so many marks, of the month before the one that is named."""
    if scan.key(0) in ("a month", "one month", "month") and scan.key(1) in _AFTERWARDS:
        return 2
    said_before = scan.key(start) in _EARLIER and scan.key(start + 1) == "month"
    return start + 2 if said_before or (scan.key(start) == "month" and scan.key(start + 1) in _AFTERWARDS) else 0


def _vague(scan: Scan, at: int) -> tuple[int, When | None]:
    """“recent years”, “the last few years”, “the past couple of years”: the last five complete years, or so many as are said.

    “Recent months” are the last three.
    """
    at += scan.key(at) in ("few", "several", "some")
    number = scan.number(at) if scan.key(at) == "couple" else None
    at += 0 if number is None else 1 + (scan.key(at + 1) == "of")
    unit, vague = scan.key(at), scan.key(at - 1) in ("few", "several", "some", "recent")
    if unit not in ("years", "months") or (number is None and not vague):
        return NOTHING
    if unit == "months":
        return _lasting(scan, at + 1, number or _SOME_MONTHS, 1)
    last = scan.calendar.latest_year.last_year
    return at + 1, When("span", said(scan, at + 1), Period.years(last - (number or _SOME_YEARS) + 1, last))


def _months_ending(scan: Scan, start: int) -> tuple[int, When | None]:
    """“the twelve months to July 2026”."""
    number = scan.number(start) if scan.key(start + 1) in ("months", "month") and scan.key(start + 2) in _UP_TO else None
    month = scan.month(start + 3)
    length, year = scan.year_after(start + 4) if number and month else (0, 0)
    if not number or not month or not year or number > 120:
        return NOTHING
    last = Period.month(year, month).last
    return length, When("span", said(scan, length), Period(last - number + 1, last))


def _moves(scan: Scan, offset: int) -> bool:
    """Whether growth or a trend is spoken of there, after a number of years where that is two marks on."""
    mark = scan.at(offset)
    return mark is not None and mark.is_("change", "trend") and (offset == 1 or scan.key(1) in ("year", "years", "yr"))


def _years_of_growth(scan: Scan, _start: int) -> tuple[int, When | None]:
    """“ten year growth”: from the year so long before the latest one to it."""
    number, last = scan.number(0), scan.calendar.latest_year.last_year
    if not number or not _moves(scan, 2) or not 1 < number <= last - scan.calendar.first_year:
        return NOTHING
    return 2, When("span", said(scan, 2), Period.years(last - number, last))


_UNIT_FIRST, _NUMBER_FIRST = (_before_last, _months_apart), (_months_ending, _years_of_growth)


def _unit_back(scan: Scan, length: int, unit: str) -> tuple[int, When | None]:
    """“last year”, “past decade”, “last quarter”, “last month of 2023”."""
    calendar = scan.calendar
    if unit == "decade":
        return _lasting(scan, length, 120, _YEAR)
    if unit in ("year", "yr"):
        return length, When("span", said(scan, length), Period.year(calendar.today.year - 1))
    if unit in _PARTS and (found := _last_of(scan, length, _PARTS[unit])) != NOTHING:
        return found
    return _latest_held(scan, length, _PARTS[unit], _PARTS[unit]) if unit in _PARTS else NOTHING


def _latest_held(scan: Scan, length: int, months: int, unit: int) -> tuple[int, When | None]:
    """The latest months (or whole quarters: `unit` 3) that are held; those of the calendar may not be published yet."""
    last = (scan.calendar.to_date.last + 1) // unit * unit - 1
    loose = last != scan.this_month // unit * unit - 1
    return length, When("span", said(scan, length), Period(last - months + 1, last), loose=loose)


def _last_of(scan: Scan, length: int, months: int) -> tuple[int, When | None]:
    """“the last quarter of 2024”, “last month of 2023”: of that year, not of the record."""
    length, year = scan.year_after(length)
    if not year:
        return NOTHING
    last = Period.year(year).last
    return length, When("span", said(scan, length), Period(last - months + 1, last))


def _running(scan: Scan, length: int, unit: str) -> tuple[int, When | None]:
    """“this year” up to the last month held; “this month” and “this quarter”, which are not held yet."""
    if unit in _PARTS:
        first = scan.this_month // _PARTS[unit] * _PARTS[unit]
        return length, When("span", said(scan, length), Period(first, first + _PARTS[unit] - 1))
    return length, When("to_date", said(scan, length), scan.calendar.to_date)


def _lasting(scan: Scan, length: int, months: int, unit: int) -> tuple[int, When | None]:
    """So many whole years, quarters or months up to the latest held."""
    calendar, year = scan.calendar, scan.year(length + 1)
    if year is not None and months < _YEAR and scan.key(length) in ("of", "in"):  # “the last six months of 2025”
        last = Period.year(year).last
        return length + 2, When("span", said(scan, length + 2), Period(last - months + 1, last))
    if unit != _YEAR:
        return _latest_held(scan, length, months, unit)
    last = calendar.latest_year.last_year
    return length, When("span", said(scan, length), Period.years(last - months // _YEAR + 1, last))


def phrase(scan: Scan) -> tuple[int, When | None]:
    """“year to date”, “so far in 2026”, “ttm”, “month over month”."""
    word = scan.key(0)
    if word not in _PHRASES:
        return NOTHING
    if word in _TWELVE:
        return _latest_held(scan, 1, 12, 1)
    if word in _OVER:
        return _over(scan, _OVER[word])
    if word in TO_DATE:
        return _to_date(scan, 1)
    if word == "year" and scan.key(1) == "to" and scan.key(2) == "date":
        return _to_date(scan, 3)
    if word == "to" and scan.key(1) == "date":
        return _to_date(scan, 2)
    if word == "so" and scan.key(1) == "far":
        length = 2
        while scan.key(length) in ("this", "year", "in", "for") or (scan.year(length) == scan.calendar.to_date.last_year):
            length += 1
        return _to_date(scan, length)
    return NOTHING


def _over(scan: Scan, unit: int) -> tuple[int, When | None]:
    """The latest month or quarter and the one before it; beside a month that is named, that month."""
    length, when = _latest_held(scan, 1, unit, unit) if unit == 1 or scan.no_year() else NOTHING
    return (length, when._replace(kind="month_on_month" if unit == 1 else "over", loose=True)) if when else NOTHING


def _to_date(scan: Scan, length: int) -> tuple[int, When | None]:
    return length, When("to_date", said(scan, length), scan.calendar.to_date)
