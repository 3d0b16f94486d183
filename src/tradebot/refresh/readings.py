"""A Reading: what a workbook or the API says, by the codes of its own coding, before anything is compared."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tradebot.knowledge.record_figures import EXPORTS, IMPORTS, WORKBOOK
from tradebot.refresh.faults import RefreshError

API = "census-api"
WORLD_CODES = {WORKBOOK: "0015", API: "-"}
NAN = math.nan

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures in USD million, NaN where nothing is published.

    `months` are twelve numbers by (code, year, flow); `years` are (imports, exports) by (code, year), of an unfinished
    year up to its last month; `chapters` are numbers by chapter id, by (code, year, flow). `until` is the last month
    published, counted as in Period. `published` is the day of the release, None where the file does not say.
    """

    origin: str
    until: int
    months: Mapping[tuple[str, int, str], Numbers]
    years: Mapping[tuple[str, int], Numbers]
    names: Mapping[str, str]
    chapters: Mapping[tuple[str, int, str], Mapping[str, float]] = field(default_factory=dict)
    published: dt.date | None = None

    def is_complete(self, year: int) -> bool:
        return year * 12 + 11 <= self.until


def last_month(months: Mapping[tuple[str, int, str], Numbers], world: str) -> int:
    """The last month in which the world's imports and exports are both more than zero: unpublished months are zeros."""
    found = [
        year * 12 + at
        for (code, year, flow), imports in months.items()
        if code == world and flow == IMPORTS and (code, year, EXPORTS) in months
        for at, (bought, sold) in enumerate(zip(imports, months[code, year, EXPORTS], strict=True))
        if bought > 0 and sold > 0
    ]
    if not found:
        raise RefreshError(f"The world's row (code {world}) has no figures, so nothing says which months are published.")
    return max(found)


def total(values: Iterable[float]) -> float:
    """The sum of what is published; NaN where nothing is."""
    held = [value for value in values if not math.isnan(value)]
    return math.fsum(held) if held else NAN
