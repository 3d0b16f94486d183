"""The average effective tariff rate by day: of all imports, with its parts by authority; the series has no partners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from tradebot.answer import Answer, Table
from tradebot.answering.figures.areas import named
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_events import DayRate
from tradebot.query import Query

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "section_232": "Section 232",
        "section_301": "Section 301",
        "ieepa_reciprocal": "IEEPA, reciprocal",
        "ieepa_fentanyl": "IEEPA, fentanyl",
        "section_122": "Section 122",
    }
)


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The rate of the day asked, of the ends of a span, or the latest with the first and the highest beside it."""
    record = knowledge.tariffs
    days = record.day_rates
    facts: dict[str, object] = {"first": days[0].day, "last": days[-1].day, "partner": _partner(query)}
    facts["latest"], facts["start"] = _rate(knowledge, days[-1]), _rate(knowledge, days[0])
    if facts["partner"]:
        return Answer(query, "effective_rate", {**facts, "kind": "partner"}, outcome="refuse", sources=(record.about.rate_source,))
    first, last = _asked(query)
    held = [each for each in days if first is None or last is None or first <= each.day <= last]
    if not held:
        outside = {"kind": "outside", "asked": query.period, "day": query.date, "future": bool(first and first > today)}
        return Answer(query, "effective_rate", {**facts, **outside}, outcome="refuse", sources=(record.about.rate_source,))
    shown = held[-1]
    peak = max(held, key=lambda each: each.overall)
    facts.update(
        kind=_kind(query, first, last),
        shown=shown.day,
        rate=_rate(knowledge, shown),
        parts=[{"name": PARTS[name], "rate": _rate(knowledge, shown, name, value)} for name, value in shown.parts if value],
        opening=_rate(knowledge, held[0]),
        opening_day=held[0].day,
        peak=_rate(knowledge, peak),
        peak_day=peak.day,
        beside=first is not None and bool(query.features & {"compare", "latest", "change", "difference"}),
        cut=bool(last and last > days[-1].day) or bool(first and first < days[0].day),
    )
    return Answer(query, "effective_rate", facts, table=_table(knowledge, held), sources=(record.about.rate_source,))


def _partner(query: Query) -> str:
    return next(iter(named(query)), "")


def _asked(query: Query) -> tuple[dt.date | None, dt.date | None]:
    if query.date is not None:
        return query.date, query.date_to or query.date
    if query.period is not None:
        return query.period.start_date(), query.period.end_date()
    return None, None


def _kind(query: Query, first: dt.date | None, last: dt.date | None) -> str:
    """What the headline speaks of: `peak`, one `day`, a `span`, or the `latest`."""
    if {"largest", "peak"} & query.features:
        return "peak"
    if first is None:
        return "latest"
    return "day" if first == last else "span"


def _rate(knowledge: Knowledge, day: DayRate, part: str = "all", value: float | None = None) -> Figure:
    """A day's rate in per cent, to one decimal."""
    month = Period.month(day.day.year, day.day.month)
    number = round(day.overall if value is None else value, 1)
    place = f"{day.day.isoformat()}, {part}"
    return Figure(
        WORLD,
        f"effective_rate.{part}",
        month,
        number,
        Unit.PERCENT,
        knowledge.tariffs.about.rate_source,
        read_at=place,
        named=f"effective_rate.{part}.{day.day}",
    )


def _table(knowledge: Knowledge, held: list[DayRate]) -> Table | None:
    """The last day of each month of a span of several months."""
    ends = [
        each for each, following in zip(held, [*held[1:], None], strict=True) if following is None or following.day.month != each.day.month
    ]
    if len(ends) < 3:
        return None
    rows = tuple((Period.month(each.day.year, each.day.month).label, _rate(knowledge, each)) for each in ends[-10:])
    return Table(("End of", "Rate"), rows, title="Average effective rate")
