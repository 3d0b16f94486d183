"""A refresh from a Reading to files: what would change, what is doubtful, and the texts to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tradebot.knowledge.csv_files import read_csv
from tradebot.knowledge.models_sources import load_sources
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record_check import check_record
from tradebot.knowledge.record_files import load_record
from tradebot.refresh.codes import Coding, load_coding, names_of, refuse_unknown
from tradebot.refresh.difference import difference
from tradebot.refresh.doubts import Doubt, doubts_of
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.lines import lines_of
from tradebot.refresh.older import going_back
from tradebot.refresh.proposal import Proposal, propose
from tradebot.refresh.readings import Reading
from tradebot.refresh.sources import Vintage, vintage_of, with_source, with_vintage
from tradebot.refresh.tables import CHAPTERS, FILES, read_tables
from tradebot.refresh.writing import Fingerprints, fingerprints, replace_files

SOURCES = "sources.yaml"
VINTAGES = "record/vintages.csv"
AREAS = "record/areas.csv"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh would do. `changes` and `doubts` are lines for a moderator; no changes: nothing to do.

    `goes_back`: some lines would be of an older release than those that they replace.
    """

    root: Path
    vintage: Vintage
    changes: list[str]
    doubts: list[Doubt]
    texts: Mapping[str, str]
    read: Fingerprints
    partners: frozenset[str]
    goes_back: bool

    def write(self) -> list[str]:
        """Puts the new files in place; returns the names of those that changed. Raises RefreshError."""
        return replace_files(self.root, {name: text.encode() for name, text in self.texts.items()}, self.read, self._check)

    def _check(self, staged: Path) -> None:
        """The new files must load like the old ones."""
        problems = Problems()
        record = load_record(staged, problems)
        if not len(problems):
            check_record(staged, record, self.partners, load_sources(staged, problems), problems)
        if len(problems):
            listed = "\n".join(f"  {problem}" for problem in list(problems)[:10])
            raise RefreshError(f"The new record would not pass its own check, so nothing was written:\n{listed}")


def plan_refresh(root: Path, reading: Reading, as_of: dt.date | None, today: dt.date) -> Plan:
    """Compares a reading with the knowledge under `root`. Raises RefreshError, or KnowledgeError for broken files."""
    problems = Problems()
    read = fingerprints(root, [SOURCES, VINTAGES, AREAS, *(f"record/{name}" for name in FILES)])
    coding, names = load_coding(root, reading.origin, problems), names_of(root, problems)
    held, sources = read_tables(root, problems), load_sources(root, problems)
    origins = {row["source"]: row["origin"] for row in read_csv(root / VINTAGES, ("source", "origin"), problems, root)}
    problems.raise_if_any()
    refuse_unknown(reading, coding)
    vintage = vintage_of(reading, held, sources, origins, as_of, today)
    proposal = propose(held, lines_of(reading, coding, vintage.id, held[CHAPTERS].columns))
    if not any(change.after.source == vintage.id for change in proposal.changes):
        vintage = replace(vintage, is_new=False)
    return Plan(
        root=root,
        vintage=vintage,
        changes=difference(proposal, names),
        doubts=doubts_of(proposal, names),
        texts=_texts(root, proposal, coding, vintage, reading),
        read=read,
        goes_back=bool(
            going_back(proposal.changes, names, {**{name: each.as_of for name, each in sources.items()}, vintage.id: vintage.as_of})
        ),
        partners=frozenset(area for code, area in coding.areas.items() if code in coding.places),
    )


def _texts(root: Path, proposal: Proposal, coding: Coding, vintage: Vintage, reading: Reading) -> dict[str, str]:
    """Every file of the record and the sources, as they would be."""
    order = dict.fromkeys(coding.aggregates, 1) | {line.area: 1 for line in proposal.tables["aggregates.csv"].lines.values()}
    sources, vintages, areas = ((root / name).read_text(encoding="utf-8-sig") for name in (SOURCES, VINTAGES, AREAS))
    return {
        SOURCES: with_source(sources, vintage, reading, products=bool(reading.chapters)),
        VINTAGES: with_vintage(vintages, vintage),
        AREAS: areas,
        **{f"record/{name}": table.text(order) for name, table in proposal.tables.items()},
    }
