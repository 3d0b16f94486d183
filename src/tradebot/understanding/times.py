"""Periods and days in a sentence: “2018”, “since March 2025”, “last 12 months”, “Q2 2026”, “15 March 2025”."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence

from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.understanding import explicit_days, named_times, presidencies, relative_times
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.time_points import NOTHING, Calendar, Scan, When, point, said
from tradebot.understanding.together import together


def calendar(knowledge: Knowledge) -> Calendar:
    """What a snapshot knows of time, before there is a today."""
    record, named = knowledge.record, knowledge.words.days
    spans = {**presidencies.named(knowledge.words), **{name: Period.parse(period) for name, period in knowledge.words.spans.items()}}
    openers = frozenset(" ".join(name.split(" ")[:words]) for name in (*named, *spans) for words in (1, 2))
    opening = frozenset(phrase.partition(" ")[0] for phrase in (*openers, *_OPENERS, *_UNIT_OPENERS, *named_times.OPENING))
    return Calendar(dt.date.min, record.latest_year, record.to_date, record.first_year.first_year, named, spans, openers, opening)


def find(marks: Sequence[Mark], calendar: Calendar, cues: frozenset[str]) -> tuple[list[When], set[int]]:
    """Every period and day in order, and the indices of the marks that said them; `cues` are those of the sentence."""
    scan = Scan(marks, calendar, of_tariffs=not cues.isdisjoint(_OF_TARIFFS))
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
                if index and marks[index - 1].key == "not" and when.kind == "span":
                    when = when._replace(kind="not")  # “not 2025, 2024”
                found.append(when)
                used.update(range(index, index + length))
                break
    return together(found), used


def _may_begin(mark: Mark) -> bool:
    """Whether a period can begin here at all; most marks cannot, and need no reader."""
    return mark.key in _OPENERS or _is_dated(mark)


def _is_dated(mark: Mark) -> bool:
    """Whether it is a number, a month or a day."""
    return not mark.senses.kinds.isdisjoint(_DATED) or bool(mark.day)


_OPENERS = frozenset(
    {
        "since",
        "seit",
        "desde",
        "depuis",
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
        "rolling",
        "trailing",
    }
    | {
        "this",
        "current",
        "next",
        "year",
        "month",
        "a month",
        "mom",
        "the year before",
        "prior",
        "preceding",
        "up",
        "so",
        "fy",
        "cy",
        "q",
        "h",
    }
    | relative_times.TO_DATE
    | relative_times.BY_NAME
)
_OF_TARIFFS = frozenset({"tariff", "effective_rate"})
_TILL, _NOW = (
    frozenset({"till", "until", "to", "through", "thru"}),
    frozenset({"now", "today", "date", "present", "the present", "this day"}),
)
_UNIT_OPENERS = frozenset({"q", "h", "fy", "cy", "year", "fiscal year", "fiscal"})
_ALSO_WORDS = frozenset("may march mar sep dec jan jun jul oct nov apr aug".split())
_BEFORE_A_MONTH = frozenset({*"in of for last during since this vs versus against than".split(), "compared to", "compared with"})
_DATED = frozenset({Kind.MONTH, Kind.NUMBER, Kind.ORDINAL})
_JOINS_YEARS = frozenset({"to", "through", "thru", "and", "s"})


_PREFIXES = {
    "since": "since",
    "seit": "since",
    "desde": "since",
    "depuis": "since",
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
    if word == "up" and scan.key(1) == "to" and (year := scan.year(2)) and not scan.of_tariffs:
        return 3, When("span", said(scan, 3), Period.years(min(scan.calendar.first_year, year), year))
    kind = _PREFIXES.get(word)
    if kind is None:
        return NOTHING
    skip = 1 + (scan.key(1) in ("the", "in", "early", "late"))
    scan.index += skip
    length, when = _span(scan)
    if not length:
        length, when = _month_alone(scan)
    scan.index -= skip
    if not length or when is None or when.period is None or when.kind != "span":
        return NOTHING
    if word == "from" and scan.key(skip + length) in _TILL and scan.key(skip + length + 1) in _NOW:
        return skip + length + 2, When("since", said(scan, skip + length + 2), when.period)
    if word in ("until", "till") and when.period.is_month and not scan.of_tariffs:
        return skip + length, When(kind, said(scan, skip + length), when.period.shift(1))
    if word == "from" and (not when.period.is_year or scan.key(skip + length) not in ("on", "onwards", "onward")):
        return NOTHING
    return skip + length, When(kind, said(scan, skip + length), when.period)


def _around(scan: Scan) -> tuple[int, When | None]:
    """“before and after 2018”, of which tariffs have days instead."""
    if (scan.key(0), scan.key(1), scan.key(2)) != ("before", "and", "after") or scan.of_tariffs:
        return NOTHING
    scan.index += 3
    length, when = _span(scan)
    scan.index -= 3
    return (3 + length, when._replace(kind="around", said=said(scan, 3 + length))) if when else NOTHING


def _named(scan: Scan) -> tuple[int, When | None]:
    """“September 3”, “before liberation day”, “spring 2025”, “mid-2025”."""
    span = named_times.span(scan)
    if span is not None and not scan.of_tariffs:  # “under Biden”: his years for trade, one of his days for tariffs
        return span[0], _span_named(scan, *span)
    if (day := named_times.day(scan)) is not None:
        return day[0], When("day", said(scan, day[0]), day=day[1])
    if span is not None:
        return span[0], _span_named(scan, *span)
    if (season := named_times.season(scan)) is not None:
        return season[0], When("span", said(scan, season[0]), season[1], loose=True)
    return NOTHING


def _span_named(scan: Scan, length: int, period: Period) -> When:
    """A period that goes by a name; “since the pandemic” goes on from it."""
    return When("since" if scan.key(0) == "since" else "span", said(scan, length), period)


def _span(scan: Scan) -> tuple[int, When | None]:
    """One explicit period, or a range of two."""
    length, period = point(scan)
    if not length or period is None:
        return NOTHING
    if scan.key(length) in _TILL and scan.key(length + 1) in _NOW:
        return length + 2, When("since", said(scan, length + 2), period)
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
    return When("span", said(scan, length), period, loose=not period.is_years and not any(scan.year(at) for at in range(length)))


def _decade(scan: Scan) -> tuple[int, When | None]:
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


def _month_alone(scan: Scan) -> tuple[int, When | None]:
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
    return length, When("span", said(scan, length), Period.months(year, month, year, until), loose=beside is None)


def _plain_year(scan: Scan) -> tuple[int, When | None]:
    """A year that nothing beside it can belong to: what is said most, and needs no other reader."""
    year, following = scan.year(0), scan.at(1)
    if not year:
        return NOTHING
    if following is not None and (_may_begin(following) or following.gap or following.key in _JOINS_YEARS):
        return NOTHING
    return 1, When("span", scan.marks[scan.index].said, Period.year(year))


_READERS = (
    _plain_year,
    explicit_days.read,
    _named,
    _prefixed,
    relative_times.phrase,
    _decade,
    _span,
    relative_times.relative,
    _month_alone,
)
_WORD_READERS = (_around, _prefixed, relative_times.phrase, relative_times.relative)
_NAME_READERS = (_named, *_WORD_READERS)


def _readers(mark: Mark, first: str, calendar: Calendar) -> Sequence[Callable[[Scan], tuple[int, When | None]]]:
    """What can read a period that begins with this mark, whose first word is `first`."""
    if mark.key in _UNIT_OPENERS or _is_dated(mark):
        return _READERS
    if first in calendar.openers or first in named_times.OPENING:
        return _NAME_READERS
    return _WORD_READERS if mark.key in _OPENERS else ()
