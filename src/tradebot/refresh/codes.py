"""Census codes to areas of the record.

Partners have the same Schedule C codes everywhere and name them in their own files (`census`). Aggregates are numbered
differently by country.xlsx and by the API: 0021 is a NAFTA basket in one and the Latin American republics in the
other. knowledge/record/codes.csv says which is which; a line without an area is left out on purpose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tradebot.knowledge.csv_files import read_csv
from tradebot.knowledge.models_partners import load_partners
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record import WORLD
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.readings import Reading

_COLUMNS = ("origin", "code", "area", "note")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding: the area of each code ("" for codes left out), which areas are aggregates, the place of a code among
    those of its partner, and the last year of partners that are no more."""

    origin: str
    areas: Mapping[str, str]
    aggregates: Collection[str]
    places: Mapping[str, int]
    last_years: Mapping[str, int]

    def unknown(self, codes: Iterable[str]) -> list[str]:
        return [code for code in codes if code not in self.areas]


def load_coding(root: Path, origin: str, problems: Problems) -> Coding:
    """The coding of an origin (`country.xlsx`, `census-api`), from the knowledge under `root`."""
    partners = load_partners(root, problems)
    rows = read_csv(root / "record/codes.csv", _COLUMNS, problems, root)
    totals = {row["code"]: row["area"] for row in rows if row["origin"] == origin}
    return Coding(
        origin=origin,
        areas={code: partner.id for partner in partners.values() for code in partner.census} | totals,
        aggregates=frozenset(totals.values()) - {WORLD, ""},
        places={code: place for partner in partners.values() for place, code in enumerate(partner.census)},
        last_years={partner.id: partner.until for partner in partners.values() if partner.until},
    )


def names_of(root: Path, problems: Problems) -> Mapping[str, str]:
    """What areas are called, by id."""
    partners = load_partners(root, problems)
    areas = read_csv(root / "record/areas.csv", ("id", "name", "codes", "note"), problems, root)
    return {WORLD: "the world"} | {row["id"]: row["name"] for row in areas} | {partner.id: partner.in_text for partner in partners.values()}


def refuse_unknown(reading: Reading, coding: Coding) -> None:
    """Raises RefreshError naming every code that no file of the knowledge has, with what to do about it."""
    unknown = coding.unknown(reading.names)
    if not unknown:
        return
    listed = "\n".join(f"  {code}  {reading.names[code] or '(without a name)'}" for code in unknown[:_SHOWN])
    more = f"\n  and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
    raise RefreshError(
        f"The {reading.origin} figures have {len(unknown)} code{'s' if len(unknown) > 1 else ''} that nobody here knows:\n{listed}{more}\n"
        "A country: put the code first under census in its file in knowledge/partners, or add a file for it.\n"
        "A total of several countries (codes that begin with 00 or end with XXX): add a line to "
        f"knowledge/record/codes.csv ({reading.origin},code,area,note), with an empty area to leave it out."
    )
