"""Reads knowledge/tariffs: strict rows and models, ids checked across the files, ends worked out from successors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from tradebot.knowledge.csv_files import Row, read_kept
from tradebot.knowledge.kept import shared
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.tariff_events import DayRate, How, Rate, Role, Scope, Started, Status, TariffEvent, Term
from tradebot.knowledge.tariff_models import (
    Authority,
    AuthorityFile,
    Exemption,
    ExemptionFile,
    ExpectationFile,
    Family,
    FamilyFile,
    Product,
    ProductFile,
    RecordFile,
)
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.knowledge.yaml_files import read_model

EVENT_COLUMNS = (
    "id announced effective end partners products authority family role status rate rate_low rate_high all_in measure "
    "exempt adds_to ended_by how_ended started confidence title url note"
).split()
TERM_COLUMNS = "event partners products from end ended_by how_ended rate rate_low rate_high all_in note".split()
RATE_COLUMNS = "date all section_232 section_301 ieepa_reciprocal ieepa_fentanyl section_122".split()
EVERYBODY = "ALL"


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Model = TypeVar("Model", bound=_Identified)


def load_tariffs(root: Path, problems: Problems) -> TariffRecord | None:
    """All of `root`/tariffs, or None where one of its files is missing or unreadable; every mistake is a problem."""
    folder = root / "tariffs"
    families = read_model(folder / "families.yaml", FamilyFile, problems, root)
    laws = read_model(folder / "authorities.yaml", AuthorityFile, problems, root)
    products = read_model(folder / "products.yaml", ProductFile, problems, root)
    exemptions = read_model(folder / "exemptions.yaml", ExemptionFile, problems, root)
    about = read_model(folder / "record.yaml", RecordFile, problems, root)
    expected = read_model(folder / "expectations.yaml", ExpectationFile, problems, root)
    if families is None or laws is None or products is None or exemptions is None or about is None or expected is None:
        return None
    files = (families, laws, products, exemptions)
    ids = shared("tariff ids", files, lambda: _Ids.of(*files))
    events = read_kept(folder / "events.csv", EVENT_COLUMNS, lambda rows, found: _events(rows, ids, found), files, problems, root)
    known = {event.id for event in events}
    terms = read_kept(folder / "terms.csv", TERM_COLUMNS, lambda rows, found: _terms(rows, known, found), (events,), problems, root)
    rates = read_kept(folder / "effective_rate.csv", RATE_COLUMNS, _day_rates, (), problems, root)

    def made() -> TariffRecord:
        return TariffRecord(
            events=events,
            by_id=MappingProxyType({event.id: event for event in events}),
            families=ids.families,
            products=ids.products,
            laws=ids.laws,
            exemptions=ids.exemptions,
            terms=terms,
            day_rates=rates,
            expectations=expected.expectations,
            about=about,
        )

    return shared("tariffs", (*files, events, terms, rates, expected, about), made)


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids that rows may name."""

    families: Mapping[str, Family]
    laws: Mapping[str, Authority]
    products: Mapping[str, Product]
    exemptions: Mapping[str, Exemption]

    @classmethod
    def of(cls, families: FamilyFile, laws: AuthorityFile, products: ProductFile, exemptions: ExemptionFile) -> _Ids:
        return cls(by_id(families.families), by_id(laws.authorities), by_id(products.products), by_id(exemptions.exemptions))


def by_id(items: Iterable[Model]) -> Mapping[str, Model]:
    return MappingProxyType({item.id: item for item in items})


def _events(rows: Sequence[Row], ids: _Ids, problems: Problems) -> tuple[TariffEvent, ...]:
    """The rows of events.csv; a row with an unknown role or status is left out with its problem."""
    found = [(row, event) for row in rows if (event := _event(row, ids, problems)) is not None]
    known: dict[str, TariffEvent] = {}
    for row, event in found:
        if event.id in known:
            problems.add(row.problem("id", f"“{event.id}” is given twice"))
        known[event.id] = event
    for row, event in found:
        if event.ended_by and event.ended_by not in known:
            problems.add(row.problem("ended_by", f"unknown event “{event.ended_by}”"))
    events = [event for _, event in found]
    return tuple(replace(event, ends=_end(event.end, known.get(event.ended_by), event.role)) for event in events)


def _end(given: dt.date | None, successor: TariffEvent | None, role: Role) -> dt.date | None:
    """The first day on which an event no longer held: as given, or the day of what took its place."""
    if given or successor is None:
        return given
    if role in (Role.PROBE, Role.PROPOSAL):
        return successor.announced or successor.effective
    return successor.effective or successor.announced


def _event(row: Row, ids: _Ids, problems: Problems) -> TariffEvent | None:
    role = row.one_of("role", list(Role), problems)
    status = row.one_of("status", list(Status), problems)
    family = row.one_of("family", ids.families, problems, "family")
    how = row["how_ended"] and row.one_of("how_ended", list(How), problems)
    started = row["started"] and row.one_of("started", list(Started), problems)
    announced, effective = row.date("announced", problems), row.date("effective", problems)
    end = row.date("end", problems)
    _check_order(row, announced, effective, end, problems)
    if role is None or status is None or family is None:
        return None
    return TariffEvent(
        id=row.text("id", problems) or "",
        announced=announced,
        effective=effective,
        end=end,
        scope=read_scope(row["partners"]),
        products=_known(row, "products", ids.products, problems),
        authorities=_known(row, "authority", ids.laws, problems),
        family=family,
        role=Role(role),
        status=Status(status),
        rate=_rate(row, problems),
        measure=row.text("measure", problems) or "",
        exempt=_known(row, "exempt", ids.exemptions, problems),
        adds_to=(row["adds_to"] and row.one_of("adds_to", ids.families, problems, "family")) or "",
        ended_by=row["ended_by"],
        how=How(how) if how else None,
        started=Started(started) if started else Started.YES,
        confidence=row.one_of("confidence", ("high", "medium", "low"), problems) or "",
        title=row["title"],
        url=row["url"],
        note=row["note"],
        line=row.line,
    )


def _check_order(row: Row, announced: dt.date | None, effective: dt.date | None, end: dt.date | None, problems: Problems) -> None:
    if announced is None and effective is None:
        problems.add(row.problem("announced", "neither announced nor effective is given"))
    start = effective or announced
    if start and end and end < start:
        problems.add(row.problem("end", f"lies before the start ({start.isoformat()})"))


def read_scope(cell: str) -> Scope:
    """`ALL`, `ALL except CA MX`, `CA MX`, or nothing where no partner is named."""
    words = cell.split()
    if words[:1] == [EVERYBODY]:
        return Scope(everybody=True, without=frozenset(words[2:]))
    return Scope(named=frozenset(words), order=tuple(words))


def _known(row: Row, column: str, known: Collection[str], problems: Problems) -> tuple[str, ...]:
    words = tuple(row[column].split())
    for word in words:
        if word not in known:
            problems.add(row.problem(column, f"unknown: “{word}”"))
    return tuple(word for word in words if word in known)


def _rate(row: Row, problems: Problems) -> Rate:
    low, high = row.number("rate_low", problems), row.number("rate_high", problems)
    if low is not None and high is not None and low > high:
        problems.add(row.problem("rate_high", "is below rate_low"))
    return Rate(row["rate"], low, high, row["all_in"] == "yes")


def _terms(rows: Sequence[Row], events: Collection[str], problems: Problems) -> Mapping[str, tuple[Term, ...]]:
    """The rows of terms.csv by event."""
    terms: dict[str, tuple[Term, ...]] = {}
    for row in rows:
        event = row.one_of("event", events, problems, "event")
        if event is None:
            continue
        how = row["how_ended"] and row.one_of("how_ended", list(How), problems)
        term = Term(
            event,
            read_scope(row["partners"]),
            tuple(row["products"].split()),
            row.date("from", problems),
            row.date("end", problems),
            row["ended_by"],
            How(how) if how else None,
            _rate(row, problems),
            row["note"],
        )
        terms[event] = (*terms.get(event, ()), term)
    return MappingProxyType(terms)


def _day_rates(rows: Sequence[Row], problems: Problems) -> tuple[DayRate, ...]:
    """The rows of effective_rate.csv, which must be consecutive days."""
    rates: list[DayRate] = []
    for row in rows:
        day, overall = row.date("date", problems), row.number("all", problems)
        if day is None or overall is None:
            continue
        if rates and day != rates[-1].day + dt.timedelta(days=1):
            problems.add(row.problem("date", "is not the day after the one above it"))
        parts = tuple((column, row.number(column, problems) or 0.0) for column in RATE_COLUMNS[2:])
        rates.append(DayRate(day, overall, parts))
    return tuple(rates)
