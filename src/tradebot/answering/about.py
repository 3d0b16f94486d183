"""About: the bot itself, its sources, how fresh they are and how far they reach; help, greetings, thanks.

Reads `topic`: source, tariff_source, freshness, coverage, board, official, maker, help, greet, thanks, bye, wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from tradebot.answer import Answer, Cell, Table
from tradebot.answering import coverage, wording
from tradebot.answering.coverage import MEASURES, Status
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import RANKED_KINDS
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

MOST = 0.5
_OUTCOMES = {"help": "help", "greet": "greet", "thanks": "greet", "bye": "greet", "wrong": "help", "maker": "answer"}
_OWN_TEMPLATES = ("help", "greet")
_SUGGESTIONS = {
    "help": ("top 10 deficits", "deficit with Vietnam", "tariffs on Canada", "what do we import from Germany", "what is a trade deficit"),
    "greet": ("top 10 deficits", "deficit with Vietnam", "help"),
    "source": ("how fresh is the data", "what years do you have", "source of the tariff dates"),
    "tariff_source": ("tariffs on Canada", "what is Section 232", "what's your source"),
    "freshness": ("what years do you have", "total deficit year to date", "what's your source"),
    "coverage": ("how fresh is the data", "what's your source", "help"),
    "official": ("what's your source", "how fresh is the data", "help"),
    "maker": ("what's your source", "help"),
    "wrong": ("what's your source", "help"),
}


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The answer to a question about the bot."""
    topic = query.topic or "help"
    if topic == "coverage" and query.partners:
        return _partner_coverage(query, knowledge, query.partners[0], today)
    if topic == "board":
        return replace(answer(replace(query, topic="coverage"), knowledge, today), query=query, table=_counts(knowledge, today))
    facts = {**_dates(knowledge), **_EXTRA.get(topic, _nothing)(knowledge, today)}
    sources = (
        tuple(source.id for source in knowledge.sources.values() if source.kind == "official")[:3]
        if topic in ("source", "freshness")
        else ()
    )
    template = topic if topic in _OWN_TEMPLATES else f"about_{topic}"
    return Answer(query, template, facts, outcome=_OUTCOMES.get(topic, "answer"), suggestions=_SUGGESTIONS.get(topic, ()), sources=sources)


def _dates(knowledge: Knowledge) -> dict[str, object]:
    """What most of these answers name: the first and latest year, the year to date, the day tariffs were reviewed."""
    record = knowledge.record
    return {
        "first": record.first_year,
        "latest": record.latest_year,
        "to_date": record.to_date,
        "last_month": Period(record.to_date.last, record.to_date.last),
        "reviewed": knowledge.tariffs.reviewed,
        "written": knowledge.article.written,
        "called": knowledge.article.called,
    }


def _sources(knowledge: Knowledge, _today: dt.date) -> Mapping[str, object]:
    shown = [
        source for source in knowledge.sources.values() if source.kind == "newsletter" or (source.as_of and source.kind != "reference")
    ]
    return {"sources": [{"title": source.title, "used_for": source.used_for} for source in shown]}


def _tariff_source(knowledge: Knowledge, _today: dt.date) -> Mapping[str, object]:
    events = arithmetic.count(knowledge.tariffs.events, "tariff events")
    return {"events": events, "thin_before": knowledge.tariffs.about.thin_before}


def _freshness(knowledge: Knowledge, _today: dt.date) -> Mapping[str, object]:
    vintages = [source.vintage for source in knowledge.sources.values() if source.id in knowledge.record.origins and source.vintage]
    return {"vintages": vintages}


def _coverage(knowledge: Knowledge, today: dt.date) -> Mapping[str, object]:
    partners = [partner for partner in knowledge.partners.values() if partner.kind in RANKED_KINDS]
    years = knowledge.record.chapter_years("imports")
    return {
        "partners": arithmetic.count(partners, "partners"),
        "groups": arithmetic.count(tuple(knowledge.groups), "groups"),
        "cards": arithmetic.count(tuple(knowledge.definitions), "definitions"),
        "chapter_years": years,
        "months_until": _months_until(knowledge),
        "exports_by_chapter": bool(knowledge.record.chapter_years("exports")),
        "stale": [shelf.title for shelf in coverage.shelves(knowledge, today) if shelf.stale],
    }


def _months_until(knowledge: Knowledge) -> Period | None:
    """The last year whose December is held of most partners."""
    record = knowledge.record
    for back in range(record.latest_year.first_year - record.first_year.first_year):
        year = record.latest_year.shift(-12 * back)
        if len(record.partners_in(Period(year.last, year.last))) > MOST * len(record.partners_in(year)):
            return year
    return None


def _nothing(_knowledge: Knowledge, _today: dt.date) -> Mapping[str, object]:
    return {}


_EXTRA: Mapping[str, Callable[[Knowledge, dt.date], Mapping[str, object]]] = {
    "source": _sources,
    "tariff_source": _tariff_source,
    "freshness": _freshness,
    "coverage": _coverage,
}


def _partner_coverage(query: Query, knowledge: Knowledge, partner: str, today: dt.date) -> Answer:
    """What is held of one partner, and what of it is missing, disputed or past its shelf life."""
    record = knowledge.record
    span = record.span(partner, Metric.BALANCE)
    cells = coverage.row(knowledge, partner, today).cells
    facts = {
        **_dates(knowledge),
        "partner": partner,
        "years": Period.years(span[0].first_year, span[1].first_year) if span else None,
        "has_to_date": record.has(partner, record.to_date),
        **{str(status): _measures(cells, status) for status in (Status.MISSING, Status.DISPUTED, Status.STALE)},
    }
    name = wording.called(knowledge, partner)
    return Answer(
        query,
        "about_partner",
        facts,
        table=_board(cells),
        suggestions=(f"deficit with {name}", f"what do we import from {name}", f"tariffs on {name}"),
        keys=(partner,),
    )


def _measures(cells: Mapping[str, coverage.Cell], status: Status) -> list[str]:
    """The measures of a status, as they are called within a sentence."""
    return [MEASURES[name][0].lower() + MEASURES[name][1:] for name, cell in cells.items() if cell.status is status]


def _counts(knowledge: Knowledge, today: dt.date) -> Table:
    """Of how many partners each measure is held, stale, disputed or missing; takes some 40 ms, for every cell of the board is looked at."""
    found = coverage.board(knowledge, today)
    rows: list[tuple[Cell, ...]] = []
    for name, title in MEASURES.items():
        having = [[row.partner for row in found.rows if row.cells[name].status in shown] for shown in _SHOWN.values()]
        rows.append((title, *(arithmetic.count(each, f"{name} {said.lower()}") for said, each in zip(_SHOWN, having, strict=True))))
    return Table(("Measure", *_SHOWN), tuple(rows), title="Areas by how well they are held")


_SHOWN = {
    "Held": (Status.KNOWN, Status.DERIVED),
    "Stale": (Status.STALE,),
    "Disputed": (Status.DISPUTED,),
    "Missing": (Status.MISSING,),
}


def _board(cells: Mapping[str, coverage.Cell]) -> Table:
    rows = tuple((MEASURES[name], str(cell.status), cell.until) for name, cell in cells.items())
    return Table(("Measure", "Status", "Held up to"), rows)
