"""Suggesting periods and days for what somebody has typed so far, from what the record holds.

“mar 25” ─▶ every period held whose words begin so: “March 2025” · else what the sentence reader makes of it
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.understanding.text import phrase_key
from tradebot.understanding.time_points import When

TO_DATE = "year to date"
_MOST_YEARS, _MOST_MONTHS = 20, 36
_FIRST_OFFERED = ("last 12 months", "last 5 years", "last 10 years", "since 2015", "since 2018")


class _Said(NamedTuple):
    """A period or a day in words."""

    text: str
    words: list[str]

    @classmethod
    def of(cls, text: str) -> _Said:
        return cls(text, phrase_key(text).split())

    def goes_on_from(self, typed: Sequence[str]) -> bool:
        """Whether every word typed begins one of its words, in order; “25” is 2025 too."""
        rest = iter(self.words)
        return all(any(word.startswith(part) or (word.isdigit() and word[2:] == part) for word in rest) for part in typed)


class TimeSuggester:
    """Completions of periods and of days of tariffs from one knowledge snapshot, the latest first.

    `read` is the sentence reader's: the period or day that a text names and nothing else.
    """

    def __init__(self, knowledge: Knowledge, read: Callable[[str, dt.date], When | None]) -> None:
        self._read = read
        self._periods = [_Said.of(text) for text in dict.fromkeys(_periods(knowledge))]
        self._days = {day: _Said.of(_day(day)) for day in sorted(_days(knowledge), reverse=True)}

    def periods(self, typed: str, today: dt.date, limit: int = 25) -> list[str]:
        """“2018”, “March 2025”, “last 12 months”."""
        found = _completed(typed, self._periods, limit)
        when = self._read(typed, today)
        if when and when.period and typed.lower() not in map(str.lower, found):
            found.insert(0, when.period.label)
        return list(dict.fromkeys(found))[:limit]

    def days(self, typed: str, today: dt.date, limit: int = 25) -> list[str]:
        """Days on which some tariff began or changed: “24 July 2026”; any other day as it is typed."""
        found = _completed(typed, [said for day, said in self._days.items() if day <= today], limit)
        when = None if found else self._read(typed, today)
        return [_day(when.day)] if when and when.day else found


def _completed(typed: str, held: Sequence[_Said], limit: int) -> list[str]:
    """The texts that go on from what was typed; first those that begin with it word for word."""
    words = phrase_key(typed).split()
    found = [said for said in held if said.goes_on_from(words)]
    found.sort(key=lambda said: said.words[: len(words)] != words)
    return [said.text for said in found[:limit]]


def _periods(knowledge: Knowledge) -> Iterator[str]:
    """What is asked most, then years, months and quarters backwards, then spans."""
    record = knowledge.record
    years = range(record.latest_year.first_year, record.first_year.first_year - 1, -1)
    held = record.months(WORLD) or record.latest_year
    months = [Period(month, month) for month in range(record.to_date.last, held.first - 1, -1)]
    yield from (str(years[0]), TO_DATE, months[0].label, *_FIRST_OFFERED)
    yield from map(str, years)
    yield from (month.label for month in months)
    yield from (Period(month.first - 2, month.first).label for month in months if month.first % 3 == 2)
    yield from (f"since {year}" for year in years)
    yield from (f"last {number} years" for number in range(2, _MOST_YEARS + 1))
    yield from (f"last {number} months" for number in range(2, _MOST_MONTHS + 1))


def _days(knowledge: Knowledge) -> set[dt.date]:
    return {event.effective for event in knowledge.tariffs.events if event.effective}


def _day(day: dt.date) -> str:
    return f"{day.day} {Period.month(day.year, day.month).label}"
