"""Periods and days in a sentence: “2018”, “since March 2025”, “last 12 months”, “Q2 2026”, “15 March 2025”."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.understanding import named_times
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.time_points import Calendar, Scan, point


class When(NamedTuple):
    """A period as said. kind: span, since, before, after, decade, day, to_date, last_years, last_months, year_ago."""

    kind: str
    said: str
    period: Period | None = None
    day: dt.date | None = None
    length: int = 0


def calendar(knowledge: Knowledge) -> Calendar:
    """What a snapshot knows of time, before there is a today."""
    record, named = knowledge.record, knowledge.words.days
    spans = {name: Period.parse(period) for name, period in knowledge.words.spans.items()}
    openers = frozenset(" ".join(name.split(" ")[:words]) for name in (*named, *spans) for words in (1, 2))
    opening = frozenset(phrase.partition(" ")[0] for phrase in (*openers, *_OPENERS, *_UNIT_OPENERS, *named_times.OPENING))
    return Calendar(dt.date.min, record.latest_year, record.to_date, record.first_year.first_year, named, spans, openers, opening)


def find(marks: Sequence[Mark], calendar: Calendar, cues: frozenset[str]) -> tuple[list[When], set[int]]:
    """Every period and day in order, and the indices of the marks that said them; `cues` are those of the sentence."""
    scan = Scan(marks, calendar, of_tariffs="tariff" in cues)
    found: list[When] = []
    used: set[int] = set()
    for index, mark in enumerate(marks):
        first = mark.key.partition(" ")[0]
        if (first not in calendar.opening and mark.senses.kinds.isdisjoint(_DATED) and not mark.day) or index in used:
            continue
        scan.index = index
        for read in _readers(mark, first, calendar):
            length, when = read(scan)
            if length and when:
                found.append(when)
                used.update(range(index, index + length))
                break
    return found, used


def _may_begin(mark: Mark) -> bool:
    """Whether a period can begin here at all; most marks cannot, and need no reader."""
    return mark.key in _OPENERS or _is_dated(mark)


def _is_dated(mark: Mark) -> bool:
    """Whether it is a number, a month or a day."""
    return not mark.senses.kinds.isdisjoint(_DATED) or bool(mark.day)


def _said(scan: Scan, length: int) -> str:
    return " ".join(mark.said for mark in scan.marks[scan.index : scan.index + length])


_TO_DATE = frozenset({"ytd", "year to date", "so far this year"})
_OPENERS = frozenset(
    {
        "since",
        "starting",
        "from",
        "before",
        "until",
        "till",
        "pre",
        "after",
        "post",
        "the",
        "last",
        "past",
        "previous",
        "recent",
        "latest",
        "over",
    }
    | {"this", "current", "next", "year", "so", "fy", "cy", "q", "h"}
    | _TO_DATE
)
_UNIT_OPENERS = frozenset({"q", "h", "fy", "cy", "year", "fiscal year"})
_ALSO_WORDS = frozenset("may march mar sep dec jan jun jul oct nov apr aug".split())
_BEFORE_A_MONTH = frozenset("in of for last during since this".split())
_DATED = frozenset({Kind.MONTH, Kind.NUMBER, Kind.ORDINAL})
_JOINS_YEARS = frozenset({"to", "through", "thru", "and", "s"})
_NOTHING: tuple[int, When | None] = (0, None)


_PREFIXES = {
    "since": "since",
    "starting": "since",
    "from": "since",
    "before": "before",
    "until": "before",
    "till": "before",
    "pre": "before",
    "after": "after",
    "post": "after",
}


def _prefixed(scan: Scan) -> tuple[int, When | None]:
    """“since 2018”, “before March 2025”, “after 2020”, “until 2024”."""
    word = scan.key(0)
    kind = _PREFIXES.get(word)
    if kind is None:
        return _NOTHING
    skip = 1 + (scan.key(1) in ("the", "in", "early", "late"))
    scan.index += skip
    length, when = _span(scan)
    if not length:
        length, when = _month_alone(scan)
    scan.index -= skip
    if not length or when is None or when.period is None or when.kind != "span":
        return _NOTHING
    if word == "from" and (not when.period.is_year or scan.key(skip + length) not in ("on", "onwards", "onward")):
        return _NOTHING
    return skip + length, When(kind, _said(scan, skip + length), when.period)


def _explicit_day(scan: Scan) -> tuple[int, When | None]:
    mark = scan.at(0)
    if mark is not None and mark.day:
        day = _parse_day(mark.day)
        return (1, When("day", mark.said, day=day)) if day else _NOTHING
    for length, year, month, day_number in (
        (3, scan.year(2), scan.month(0), scan.day(1)),
        (3, scan.year(2), scan.month(1), scan.day(0)),
        (4, scan.year(3), scan.month(2), scan.day(0) if scan.key(1) == "of" else None),
        (3, scan.year(0), scan.month(1), scan.day(2)),
    ):
        if year and month and day_number:
            try:
                return length, When("day", _said(scan, length), day=dt.date(year, month, day_number))
            except ValueError:
                return _NOTHING
    return _NOTHING


def _named(scan: Scan) -> tuple[int, When | None]:
    """“September 3”, “before liberation day”, “spring 2025”, “mid-2025”."""
    span = named_times.span(scan)
    if span is not None and not scan.of_tariffs:  # “under Biden”: his years for trade, one of his days for tariffs
        return span[0], _span_named(scan, *span)
    if (day := named_times.day(scan)) is not None:
        return day[0], When("day", _said(scan, day[0]), day=day[1])
    if span is not None:
        return span[0], _span_named(scan, *span)
    if (season := named_times.season(scan)) is not None:
        return season[0], When("span", _said(scan, season[0]), season[1])
    return _NOTHING


def _span_named(scan: Scan, length: int, period: Period) -> When:
    """A period that goes by a name; “since the pandemic” goes on from it."""
    return When("since" if scan.key(0) == "since" else "span", _said(scan, length), period)


def _parse_day(text: str) -> dt.date | None:
    numbers = [int(part) for part in re.split(r"[-/.]", text)]
    year, month, day = numbers if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    if month > 12 >= day:
        month, day = day, month
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _span(scan: Scan) -> tuple[int, When | None]:
    """One explicit period, or a range of two."""
    length, period = point(scan)
    if not length or period is None:
        return _NOTHING
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
            return length + joined + more, When("span", _said(scan, length + joined + more), whole)
    return length, When("span", _said(scan, length), period)


def _decade(scan: Scan) -> tuple[int, When | None]:
    """“the 1990s”, “the 90s”; “the nineties” is left alone."""
    year = scan.year(0)
    short = scan.number(0) if year is None and scan.key(-1) == "the" and len(scan.key(0)) == 2 else None
    if short is not None:
        year = short + (1900 if short >= 50 else 2000)
    if year and year % 10 == 0 and scan.key(1) == "s" and not scan.marks[scan.index + 1].gap.strip("'’"):
        return 2, When("span", _said(scan, 2), Period.years(year, year + 9))
    return _NOTHING


_UNITS = {"year": 12, "years": 12, "yr": 12, "yrs": 12, "months": 1, "month": 1, "quarters": 3, "quarter": 3, "decade": 120, "decades": 120}


def _relative(scan: Scan) -> tuple[int, When | None]:
    """“last year”, “this year”, “last 12 months”, “past decade”, “year to date”, “so far this year”."""
    calendar = scan.calendar
    start = 1 if scan.key(0) == "the" else 0
    word, unit = scan.key(start), scan.key(start + 1)
    if word in ("last", "past", "previous", "recent", "latest", "over"):
        number = scan.number(start + 1)
        if number and scan.key(start + 2) in _UNITS and number * _UNITS[scan.key(start + 2)] <= 1200:
            return _lasting(scan, start + 3, number * _UNITS[scan.key(start + 2)])
        if word == "over":
            return _NOTHING
        if unit == "decade":
            return _lasting(scan, start + 2, 120)
        if unit in ("year", "yr"):
            return start + 2, When("span", _said(scan, start + 2), Period.year(calendar.today.year - 1))
        if unit == "month":
            return start + 2, When("span", _said(scan, start + 2), Period(calendar.to_date.last, calendar.to_date.last))
        if unit == "quarter":
            first = (calendar.to_date.last + 1) // 3 * 3 - 3
            return start + 2, When("span", _said(scan, start + 2), Period(first, first + 2))
    if word in ("this", "current") and unit in ("year", "yr", "month"):
        return _running(scan, start + 2, unit)
    if word == "next" and unit in ("year", "month", "quarter", "decade"):
        return start + 2, When("future", _said(scan, start + 2), Period.year(calendar.today.year + 1))
    return _NOTHING


def _running(scan: Scan, length: int, unit: str) -> tuple[int, When | None]:
    """“this year” up to the last month held; “this month”, which is not held yet."""
    today = scan.calendar.today
    if unit == "month":
        return length, When("span", _said(scan, length), Period.month(today.year, today.month))
    return length, When("to_date", _said(scan, length), scan.calendar.to_date)


def _lasting(scan: Scan, length: int, months: int) -> tuple[int, When | None]:
    calendar = scan.calendar
    if months % 12 == 0 and months > 12:
        last = calendar.latest_year.last_year
        return length, When("span", _said(scan, length), Period.years(last - months // 12 + 1, last))
    if months == 12 and scan.key(length - 1) in ("year", "years"):
        return length, When("span", _said(scan, length), calendar.latest_year)
    return length, When("span", _said(scan, length), Period(calendar.to_date.last - months + 1, calendar.to_date.last))


def _phrase(scan: Scan) -> tuple[int, When | None]:
    if scan.key(0) in _TO_DATE:
        return _to_date(scan, 1)
    if scan.key(0) == "year" and scan.key(1) == "to" and scan.key(2) == "date":
        return _to_date(scan, 3)
    if scan.key(0) == "so" and scan.key(1) == "far":
        length = 2
        while scan.key(length) in ("this", "year", "in", "for") or (scan.year(length) == scan.calendar.to_date.last_year):
            length += 1
        return _to_date(scan, length)
    return _NOTHING


def _to_date(scan: Scan, length: int) -> tuple[int, When | None]:
    return length, When("to_date", _said(scan, length), scan.calendar.to_date)


def _month_alone(scan: Scan) -> tuple[int, When | None]:
    """A month or a run of months without a year: the latest held. “may”, “march” and “mar” alone need a preposition before them."""
    month = scan.month(0)
    if not month:
        return _NOTHING
    joined = -1 if scan.key(1) == "and" else scan.joined(1)
    until = (scan.month(1 + joined) if joined >= 0 else None) or month
    length = 1 if until == month else 2 + joined
    if until < month or (length == 1 and scan.key(0) in _ALSO_WORDS and scan.key(-1) not in _BEFORE_A_MONTH):
        return _NOTHING
    last = scan.calendar.to_date
    year = last.last_year if until <= last.last % 12 + 1 else last.last_year - 1
    return length, When("span", _said(scan, length), Period.months(year, month, year, until))


def _plain_year(scan: Scan) -> tuple[int, When | None]:
    """A year that nothing beside it can belong to: what is said most, and needs no other reader."""
    year, following = scan.year(0), scan.at(1)
    if not year:
        return _NOTHING
    if following is not None and (_may_begin(following) or following.gap or following.key in _JOINS_YEARS):
        return _NOTHING
    return 1, When("span", scan.marks[scan.index].said, Period.year(year))


_READERS = (_plain_year, _explicit_day, _named, _prefixed, _phrase, _decade, _span, _relative, _month_alone)
_WORD_READERS = (_prefixed, _phrase, _relative)
_NAME_READERS = (_named, *_WORD_READERS)


def _readers(mark: Mark, first: str, calendar: Calendar) -> Sequence[Callable[[Scan], tuple[int, When | None]]]:
    """What can read a period that begins with this mark, whose first word is `first`."""
    if mark.key in _UNIT_OPENERS or _is_dated(mark):
        return _READERS
    if first in calendar.openers or first in named_times.OPENING:
        return _NAME_READERS
    return _WORD_READERS if mark.key in _OPENERS else ()
