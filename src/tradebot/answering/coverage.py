"""Coverage: a board of partner × measure that says what is known, derived, stale, disputed or missing.

    Knowledge + today ─▶ board ─▶ `tradebot coverage` · “what's missing for Vietnam”

A cell that is several of these shows what needs a moderator most: missing, disputed, stale, derived, known.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tradebot.answering.ages import date_of, is_old_list, is_past
from tradebot.answering.figures.areas import RANKED_KINDS
from tradebot.answering.tariffs.lines import area_of
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import EXPORTS, IMPORTS
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric


class Status(StrEnum):
    """How well something is held, from best to worst but one: what is missing cannot be wrong."""

    KNOWN = "known"
    DERIVED = "derived"
    STALE = "stale"
    DISPUTED = "disputed"
    MISSING = "missing"


MEASURES: Mapping[str, str] = {
    "imports": "Imports",
    "exports": "Exports",
    "balance": "Balance",
    "total_trade": "Trade",
    "to_date": "Year to date",
    "months": "Months",
    "import_chapters": "Imports by chapter",
    "export_chapters": "Exports by chapter",
    "tariffs": "Tariffs",
    "newsletter": "Newsletter facts",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure of one partner. `until` is the period or the day up to which it is held; None where nothing is."""

    status: Status
    until: Period | dt.date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One partner (or the world), by measure."""

    partner: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind of fact: how old the latest of it is, until when it is good, and whether that is past.

    `stale` counts the groups whose lists are past it, for members of groups; 1 or 0 for any other kind.
    """

    kind: str
    title: str
    date: dt.date | None
    ends: dt.date | None
    stale: int


@dataclass(frozen=True, slots=True)
class Board:
    """The whole picture on a day."""

    today: dt.date
    rows: tuple[Row, ...]
    shelves: tuple[Shelf, ...]

    def counts(self) -> Mapping[str, Counter[Status]]:
        """By measure, how many partners have it known, derived, stale, disputed or missing."""
        return {measure: Counter(row.cells[measure].status for row in self.rows) for measure in MEASURES}


def board(knowledge: Knowledge, today: dt.date, partners: Iterable[str] = ()) -> Board:
    """The board of some partners, or of the world and every country and territory."""
    every = (WORLD, *(partner.id for partner in knowledge.partners.values() if partner.kind in RANKED_KINDS))
    return Board(today, tuple(row(knowledge, each, today) for each in partners or every), shelves(knowledge, today))


def row(knowledge: Knowledge, partner: str, today: dt.date) -> Row:
    """What is held of one partner."""
    cells = {
        **{metric: _year(knowledge, partner, Metric(metric), today) for metric in ("imports", "exports", "balance", "total_trade")},
        "to_date": _to_date(knowledge, partner, today),
        "months": _months(knowledge, partner, today),
        "import_chapters": _chapters(knowledge, partner, IMPORTS, today),
        "export_chapters": _chapters(knowledge, partner, EXPORTS, today),
        "tariffs": _tariffs(knowledge, partner, today),
        "newsletter": _newsletter(knowledge, partner, today),
    }
    return Row(partner, cells)


def shelves(knowledge: Knowledge, today: dt.date) -> tuple[Shelf, ...]:
    """Every kind of fact with its age."""
    found: list[Shelf] = []
    for kind, life in knowledge.shelf_lives.items():
        date = date_of(knowledge, kind)
        stale = int(date is not None and is_past(knowledge, kind, date, today))
        if kind == "members":
            stale = sum(is_old_list(knowledge, group, today) for group in knowledge.groups.values())
        found.append(Shelf(kind, life.title, date, life.ends(date) if date else None, stale))
    return tuple(found)


def _year(knowledge: Knowledge, partner: str, metric: Metric, today: dt.date) -> Cell:
    span = knowledge.record.span(partner, metric)
    figure = knowledge.record.value(partner, metric, span[1]) if span else None
    if span is None or figure is None:
        return Cell(Status.MISSING)
    base = Status.DERIVED if figure.derived_from or figure.formula else Status.KNOWN
    return _cell(knowledge, partner, (metric, "change") if metric is Metric.BALANCE else (metric,), "annual", span[1], base, today)


def _to_date(knowledge: Knowledge, partner: str, today: dt.date) -> Cell:
    period = knowledge.record.to_date
    found = knowledge.record.value(partner, Metric.IMPORTS, period)
    if found is None or period == knowledge.record.latest_year:
        return Cell(Status.MISSING)
    base = Status.DERIVED if found.derived_from or found.formula else Status.KNOWN
    return _cell(knowledge, partner, (), "to_date", period, base, today)


def _months(knowledge: Knowledge, partner: str, today: dt.date) -> Cell:
    held = knowledge.record.months(partner)
    return _cell(knowledge, partner, (), "month", Period(held.last, held.last), Status.KNOWN, today) if held else Cell(Status.MISSING)


def _chapters(knowledge: Knowledge, partner: str, flow: str, today: dt.date) -> Cell:
    years = [year for year in knowledge.record.chapter_years(flow) if (partner, flow, year.first_year) in knowledge.record.chapters]
    metrics = ("goods",) if flow == IMPORTS else ()
    return _cell(knowledge, partner, metrics, "chapter", years[-1], Status.KNOWN, today) if years else Cell(Status.MISSING)


def _tariffs(knowledge: Knowledge, partner: str, today: dt.date) -> Cell:
    """Derived where only what binds everybody is held."""
    reviewed, area = knowledge.tariffs.reviewed, area_of(knowledge, partner)
    own = any(event.scope.bond(area) == "named" for event in knowledge.tariffs.events)
    base = Status.KNOWN if own or partner == WORLD else Status.DERIVED
    if _disputed(knowledge, partner, ("tariff",)):
        base = Status.DISPUTED
    elif is_past(knowledge, "tariffs", reviewed, today):
        base = Status.STALE
    return Cell(base, reviewed)


def _newsletter(knowledge: Knowledge, partner: str, today: dt.date) -> Cell:
    date = knowledge.shelf_lives["newsletter"].as_of
    if not knowledge.article.facts_for(partner) or date is None:
        return Cell(Status.MISSING)
    return Cell(Status.STALE if is_past(knowledge, "newsletter", date, today) else Status.KNOWN, date)


def _cell(knowledge: Knowledge, partner: str, metrics: tuple[str, ...], kind: str, until: Period, base: Status, today: dt.date) -> Cell:
    """What is held up to a period: disputed where the newsletter differs, stale past its shelf life, else as it was had."""
    if _disputed(knowledge, partner, metrics):
        return Cell(Status.DISPUTED, until)
    return Cell(Status.STALE if is_past(knowledge, kind, until.end_date(), today) else base, until)


def _disputed(knowledge: Knowledge, partner: str, metrics: tuple[str, ...]) -> bool:
    return any(each.partners == (partner,) and each.metric in metrics for each in knowledge.article.disagreements)
