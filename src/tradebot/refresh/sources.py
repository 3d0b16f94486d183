"""The source of what is read: an entry of sources.yaml and a line of vintages.csv, made when a release is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tradebot.knowledge.models_sources import Source
from tradebot.knowledge.periods import MONTHS, Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import WORKBOOK
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.readings import Reading
from tradebot.refresh.tables import ANNUAL, TO_DATE, Tables, last_month

_LAG = 2
"""Months after which a month is published: January in March."""
_PAGES = {WORKBOOK: "https://www.census.gov/foreign-trade/balance/country.xlsx"}
_API_PAGE = "https://www.census.gov/data/developers/data-sets/international-trade.html"
_HEADING = "\nsources:\n"


@dataclass(frozen=True, slots=True)
class Vintage:
    """One release: `id` of the source; `is_new` when sources.yaml does not have it yet."""

    id: str
    origin: str
    as_of: dt.date
    precise: bool
    is_new: bool


def vintage_of(
    reading: Reading, held: Tables, sources: Mapping[str, Source], origins: Mapping[str, str], as_of: dt.date | None, today: dt.date
) -> Vintage:
    """The release that a reading is.

    Its day is the one given, else the one published with it. A workbook without either is the release already held
    when both end with the same month (each release adds one), else that of two months after its last month, which is
    never after today.
    """
    day = as_of or reading.published
    if day is None:
        same = _newest(held) if last_month(held) == reading.until else ""
        if same in sources and origins.get(same) == reading.origin:
            return _known(sources[same], reading.origin)
        day = min(Period(reading.until + _LAG, reading.until + _LAG).start_date(), today.replace(day=1))
        return _dated(reading.origin, day, False, sources, origins)
    return _dated(reading.origin, day, True, sources, origins)


def _newest(held: Tables) -> str:
    """The source of the world's last figures."""
    lines = [line for kind in (ANNUAL, TO_DATE) for line in held[kind].lines.values() if line.area == WORLD]
    return max(lines, key=lambda line: line.year).source if lines else ""


def _known(source: Source, origin: str) -> Vintage:
    return Vintage(source.id, origin, source.as_of or dt.date.min, source.precision == "day", is_new=False)


def _dated(origin: str, day: dt.date, precise: bool, sources: Mapping[str, Source], origins: Mapping[str, str]) -> Vintage:
    """`census-2026-11`, `census-2026-11-api`; with the day, then with a letter, where another release has that id.

    Ids sort by date.
    """
    ending = "" if origin == WORKBOOK else "-api"
    stems = [f"census-{day:%Y-%m}", f"census-{day:%Y-%m-%d}", *(f"census-{day:%Y-%m-%d}{letter}" for letter in "bcdefgh")]
    for name in (f"{stem}{ending}" for stem in stems):
        found = sources.get(name)
        if found is None:
            return Vintage(name, origin, day, precise, is_new=True)
        if origins.get(name) == origin and found.as_of == day and (found.precision == "day") == precise:
            return _known(found, origin)
    raise RefreshError(f"There are too many releases of {day.isoformat()}; say which day this one is of with --as-of.")


def with_source(text: str, vintage: Vintage, reading: Reading, *, products: bool) -> str:
    """sources.yaml with an entry for the release on top; everything else as it was, comments too."""
    if not vintage.is_new:
        return text
    at = text.find(_HEADING)
    if at < 0:
        raise RefreshError("knowledge/sources.yaml has no line that says only “sources:”; the new source cannot be added.")
    at += len(_HEADING)
    return text[:at] + _entry(vintage, reading, products) + "\n" + text[at:]


def with_vintage(text: str, vintage: Vintage) -> str:
    """vintages.csv with the release."""
    return f"{text.rstrip()}\n{vintage.id},{vintage.origin}\n" if vintage.is_new else text


def _entry(vintage: Vintage, reading: Reading, products: bool) -> str:
    workbook = vintage.origin == WORKBOOK
    day = vintage.as_of
    when = f"{day.day} {MONTHS[day.month - 1]} {day.year}" if vintage.precise else f"{MONTHS[day.month - 1]} {day.year}"
    short = f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if vintage.precise else when
    until = Period(reading.until, reading.until).label
    title = f"Foreign Trade, country.xlsx of {when}" if workbook else f"International Trade API, retrieved on {when}"
    what = "Imports and exports by partner and HS chapter" if products else "Imports and exports by partner"
    fields = {
        "kind": "official",
        "title": f"US Census Bureau, {title}",
        "short": f"Census Bureau, {'record' if workbook else 'API'} of {short}",
        "publisher": "US Census Bureau",
        "url": _PAGES.get(vintage.origin, _API_PAGE),
        "as_of": day.isoformat(),
        **({} if vintage.precise else {"precision": "month"}),
        "vintage": f"As published when {until} was the latest month; later revisions are not in it.",
        "used_for": f"{what}, up to {until}.",
    }
    lines = (f"    {name}: {value}" for name, value in fields.items())
    return "\n".join([f"  - id: {vintage.id}", *lines, ""])
