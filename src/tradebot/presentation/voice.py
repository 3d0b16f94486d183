"""Voice: the one place that turns numbers, periods, dates and names into words.

Every filter takes a value that knows what it is (a Figure, a Period, a date, a partner) and returns text; while a
reply is being rendered, `listening()` collects what was said and what backs it, so that nothing can be said unbacked.

    178254.3 USD million → “$178.3 bn” · 0.444 share → “44 %” · 2025-03 → “March 2025” · rank 3 → “third largest”
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, Protocol

from tradebot.knowledge.figures import Figure, Hedge, Unit
from tradebot.knowledge.periods import MONTHS, Period
from tradebot.knowledge.record import WORLD
from tradebot.presentation.numerals import cardinal, money, ordinal, percent, plain_number, ratio

HEDGES = {
    Hedge.EXACT: "",
    Hedge.ABOUT: "about ",
    Hedge.AT_LEAST: "more than ",
    Hedge.AT_MOST: "at most ",
    Hedge.NEARLY: "nearly ",
    Hedge.UP_TO: "up to ",
}
WORLD_NAME = "the world"
FACTOR_FROM = 1000.0
"""Growth in per cent from which it is said as a factor: “up 19,404 %” is a number that nobody can picture."""
_FILTERS = (
    *("money", "millions", "percent", "points", "ratio", "ordinal", "rank", "count", "year", "plain", "cell"),
    *("gap", "change", "change_from", "when", "of_year", "months", "day"),
    *("name", "inside", "label", "join_and", "join_or", "measure", "prose", "upfirst"),
)
_SPEAKERS = {
    Unit.MONEY: "money",
    Unit.PERCENT: "percent",
    Unit.POINTS: "points",
    Unit.RATIO: "ratio",
    Unit.RANK: "ordinal",
    Unit.COUNT: "count",
    Unit.YEAR: "year",
}
LISTS = ("partners", "countries", "members", "economies", "ten", "five")
"""How the names of groups end that are lists of partners and not places."""


class Named(Protocol):
    """A partner, group, chapter or source: whatever is called by a name."""

    @property
    def name(self) -> str: ...


Backing = Figure | Period | dt.date | str
"""What stands behind spoken words: a figure, a period, a date, or text of the knowledge itself."""


class Spoken(NamedTuple):
    """Some words of a reply and the value that backs the numbers in them."""

    text: str
    backing: Backing


_listener: ContextVar[list[Spoken] | None] = ContextVar("listener", default=None)


@contextmanager
def listening() -> Iterator[list[Spoken]]:
    """Collects everything that any Voice says inside the block."""
    heard: list[Spoken] = []
    token = _listener.set(heard)
    try:
        yield heard
    finally:
        _listener.reset(token)


def _say(text: str, backing: Backing) -> str:
    heard = _listener.get()
    if heard is not None:
        heard.append(Spoken(text, backing))
    return text


class Voice:
    """The filters of the templates, over the names of one knowledge snapshot."""

    def __init__(self, names: Mapping[str, Named]) -> None:
        self._names = names

    def filters(self) -> dict[str, Callable[..., str]]:
        """Name in templates → filter."""
        return {name: getattr(self, name) for name in _FILTERS}

    def money(self, figure: Figure) -> str:
        """“$178.3 bn”, “nearly $500 bn”: the size, without a sign; `gap` says which side."""
        return _say(HEDGES[figure.hedge] + money(figure.value), figure)

    def millions(self, figure: Figure) -> str:
        """“$123,463.0 mn”, for who asks for millions."""
        return _say(f"{HEDGES[figure.hedge]}${abs(figure.value):,.1f} mn", figure)

    def percent(self, figure: Figure) -> str:
        """“44 %”, “7.2 %”; shares and rates of growth keep one decimal so that they can be added up, a source's own rate all of its."""
        stated = not figure.derived_from or figure.metric == "tariff_rate"
        return _say(HEDGES[figure.hedge] + percent(figure.value, fine=_keeps_a_decimal(figure), stated=stated), figure)

    def points(self, figure: Figure) -> str:
        return _say(f"{HEDGES[figure.hedge]}{abs(figure.value):.1f} percentage points", figure)

    def ratio(self, figure: Figure) -> str:
        """“6.4 times”."""
        return _say(HEDGES[figure.hedge] + ratio(figure.value), figure)

    def ordinal(self, figure: Figure) -> str:
        """“third”, “16th”."""
        return _say(ordinal(round(figure.value)), figure)

    def rank(self, figure: Figure, word: str = "largest") -> str:
        """“third largest”; the first is simply “largest”."""
        place = round(figure.value)
        return _say(word if place == 1 else f"{ordinal(place)} {word}", figure)

    def count(self, figure: Figure) -> str:
        """“three”, “16”."""
        return _say(HEDGES[figure.hedge] + cardinal(round(figure.value)), figure)

    def year(self, figure: Figure | Period) -> str:
        if isinstance(figure, Period):
            return self.when(figure)
        return _say(str(round(figure.value)), figure)

    def plain(self, figure: Figure) -> str:
        """The figure in its own unit, whatever that is."""
        return self._by_unit(figure)(figure)

    def cell(self, value: Figure | Period | dt.date | str | None) -> str:
        """A table cell: short; which side a balance is on is said by the table's title or, where rows differ, by the card."""
        if value is None:
            return "–"
        if isinstance(value, Period):
            return self.when(value)
        if isinstance(value, dt.date):
            return self.day(value)
        if isinstance(value, str):
            return self.label(value)
        if value.unit in (Unit.RANK, Unit.COUNT):
            return _say(f"{round(value.value):,}", value)
        if _is_factor(value):
            return self._factor(value, "")
        if value.unit is Unit.PERCENT and value.metric in ("change", "growth"):
            return _say(_signed(value.value) + percent(value.value, fine=_keeps_a_decimal(value)), value)
        return self.plain(value)

    def when(self, period: Period) -> str:
        """“2025”, “March 2025”, “January–July 2026”."""
        return _say(period.label, period)

    def of_year(self, period: Period) -> str:
        """The year of a span within one: “2026” of January–July 2026."""
        return _say(str(period.last_year), period)

    def months(self, period: Period) -> str:
        """The months of a span within one year, without it: “January–July”."""
        return _say(period.label.rsplit(" ", 1)[0], period)

    def day(self, date: dt.date) -> str:
        """“24 Jul 2026”."""
        return _say(f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}", date)

    def name(self, what: str | Named) -> str:
        """In running text: “Vietnam”, “the Netherlands”."""
        found = self._named(what)
        if isinstance(found, str):
            return self.prose(found)
        article = "the " if getattr(found, "the", False) else ""
        return self.prose(article + found.name)

    def inside(self, group: str | Named) -> str:
        """“in the European Union”, “among the USMCA partners”."""
        said = self.name(group)
        return f"{'among' if said.endswith(LISTS) else 'in'} {said}"

    def label(self, what: str | Named) -> str:
        """In tables and titles: “Netherlands”."""
        found = self._named(what)
        return self.prose(found if isinstance(found, str) else found.name)

    def join_and(self, items: Iterable[str | Named]) -> str:
        """“China, Mexico and Vietnam”."""
        return self._joined(items, "and")

    def join_or(self, items: Iterable[str | Named]) -> str:
        return self._joined(items, "or")

    def gap(self, figure: Figure) -> str:
        """“deficit” or “surplus”, by the sign of a balance."""
        if figure.value == 0:
            return "balance"
        return "deficit" if figure.is_deficit else "surplus"

    def change(self, figure: Figure) -> str:
        """“up 44 %”, “down $3.1 bn”, “unchanged”; a growth beyond ten times as “about 195 times as much”."""
        if _is_factor(figure):
            return self._factor(figure, " as much")
        said = self.plain(figure)
        if not any(digit in said for digit in "123456789"):
            return "unchanged"
        return f"{'down' if figure.value < 0 else 'up'} {said}"

    def change_from(self, figure: Figure) -> str:
        """The same before the figure it changed from: “up 44 % from”, “about 195 times as much as”."""
        return f"{self.change(figure)} {'as' if _is_factor(figure) else 'from'}"

    def _factor(self, figure: Figure, as_much: str) -> str:
        hedge = HEDGES[figure.hedge] or HEDGES[Hedge.ABOUT]
        return _say(f"{hedge}{1 + figure.value / 100:,.0f} times{as_much}", figure)

    def prose(self, text: str) -> str:
        """Text of the knowledge; its numbers are backed by the file it stands in."""
        return _say(text, text)

    def upfirst(self, text: str) -> str:
        """The first letter large: for a number or a name that begins a sentence."""
        return text[:1].upper() + text[1:]

    def measure(self, metric: str) -> str:
        """A measure in words: “imports”, “trade”."""
        return "trade" if metric == "total_trade" else metric

    def _named(self, what: str | Named) -> str | Named:
        if not isinstance(what, str):
            return what
        if what == WORLD:
            return WORLD_NAME
        return self._names.get(what, what)

    def _joined(self, items: Iterable[str | Named], word: str) -> str:
        said = [self.name(item) for item in items]
        if len(said) < 2:
            return "".join(said)
        return f"{', '.join(said[:-1])} {word} {said[-1]}"

    def _by_unit(self, figure: Figure) -> Callable[[Figure], str]:
        speaker: Callable[[Figure], str] = getattr(self, _SPEAKERS.get(figure.unit, "_with_unit"))
        return speaker

    def _with_unit(self, figure: Figure) -> str:
        return _say(f"{HEDGES[figure.hedge]}{plain_number(figure.value)} {figure.unit}", figure)


def _is_factor(figure: Figure) -> bool:
    """Whether a growth is so large that per cent say less than a factor."""
    return figure.unit is Unit.PERCENT and figure.metric == "change" and figure.value >= FACTOR_FROM


def _keeps_a_decimal(figure: Figure) -> bool:
    return figure.metric.startswith(("share", "growth"))


def _signed(value: float) -> str:
    return "−" if value < 0 else "+"
