"""Periods and days in a sentence: “2018”, “since March 2025”, “last 12 months”, “Q2 2026”, “15 March 2025”."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.understanding import explicit_days, named_times, periods_said, presidencies, relative_times
from tradebot.understanding.lexicon import Kind
from tradebot.understanding.marks import Mark
from tradebot.understanding.time_points import NOTHING, Calendar, Scan, When, said
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
    scan = Scan(marks, calendar, of_tariffs=not cues.isdisjoint(_OF_TARIFFS), of_change="change" in cues)
    found: list[When] = []
    used: set[int] = set()
    for index, mark in enumerate(marks):
        first = mark.key.partition(" ")[0]
        if (first not in calendar.opening and mark.senses.kinds.isdisjoint(_DATED) and not mark.day) or index in used:
            continue
        if index + 1 < len(marks) and marks[index + 1].key == "dollars" and mark.value is not None:
            continue  # “in 2017 dollars” is no time
        scan.index = index
        for read in _readers(mark, first, calendar):
            length, when = read(scan)
            if length and when:
                when = when._replace(at=index)
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
        "through",
        "thru",
        "to",
        "so",
        "fy",
        "cy",
        "q",
        "h",
    }
    | relative_times.TO_DATE
    | relative_times.BY_NAME
)
_AFTER = frozenset({"after", "following", "post"})
_OF_TARIFFS = frozenset({"tariff", "effective_rate"})
_UNIT_OPENERS = frozenset({"q", "h", "fy", "cy", "year", "fiscal year", "fiscal"})
_DATED = frozenset({Kind.MONTH, Kind.NUMBER, Kind.ORDINAL})
_JOINS_YEARS = frozenset({"to", "through", "thru", "till", "until", "and", "s", "onward", "onwards", "forward", "dollars"})


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
    if not scan.of_tariffs and (ups := 2 if (word, scan.key(1)) == ("up", "to") else int(word in ("through", "thru"))):
        return _up_to(scan, ups)
    kind = _PREFIXES.get(word)
    if kind is None:
        return NOTHING
    skip = 1 + (scan.key(1) in ("the", "in", "early", "late"))
    scan.index += skip
    length, when = periods_said.span(scan)
    if not length:
        length, when = periods_said.month_alone(scan)
    if not length:
        length, when = periods_said.season(scan) or relative_times.relative(scan)
    scan.index -= skip
    if not length or when is None or when.period is None or when.kind != "span":
        return NOTHING
    if word == "from" and scan.key(skip + length) in periods_said.TILL and scan.key(skip + length + 1) in periods_said.NOW:
        return skip + length + 2, When("since", said(scan, skip + length + 2), when.period)
    if word in ("until", "till") and when.period.is_month and not scan.of_tariffs:
        return skip + length, When(kind, said(scan, skip + length), when.period.shift(1))
    onwards = scan.of_change or scan.key(skip + length) in ("on", "onwards", "onward")
    if word == "from" and not (when.period.is_year and onwards):
        return NOTHING
    return skip + length, When(kind, said(scan, skip + length), when.period)


def _up_to(scan: Scan, skip: int) -> tuple[int, When | None]:
    """“up to 2010”: from the first year held; “through July 2026”: from January."""
    scan.index += skip
    length, when = periods_said.span(scan)
    if not length:
        length, when = periods_said.month_alone(scan)
    scan.index -= skip
    if not length or when is None or when.period is None or when.kind != "span":
        return NOTHING
    period = when.period
    first = min(scan.calendar.first_year, period.first_year) * 12 if period.is_year else period.first // 12 * 12
    return skip + length, When("span", said(scan, skip + length), Period(first, period.last))


def _around(scan: Scan) -> tuple[int, When | None]:
    """“before and after 2018”, of which tariffs have days instead."""
    if scan.key(0) != "before" or (scan.key(1), scan.key(2)) != ("and", "after") or scan.of_tariffs:
        return NOTHING
    scan.index += 3
    length, when = periods_said.span(scan)
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
    return periods_said.season(scan) or NOTHING


def _span_named(scan: Scan, length: int, period: Period) -> When:
    """A period that goes by a name; “since the pandemic” and “after Liberation Day”, which is a month, go on from it."""
    return When("since" if scan.key(0) == "since" or (scan.key(0) in _AFTER and period.is_month) else "span", said(scan, length), period)


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
    periods_said.decade,
    periods_said.span,
    relative_times.relative,
    periods_said.month_alone,
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
