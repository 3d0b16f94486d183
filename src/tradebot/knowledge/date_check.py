"""Lints of dates: nothing is from the future, and no event was announced after the tariff record was last reviewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from tradebot.knowledge.models_sources import Source, SourcesFile
from tradebot.knowledge.problems import Problem, Problems, name_of
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.knowledge.yaml_files import read_placed


def late_dates(root: Path, tariffs: TariffRecord, sources: Mapping[str, Source], today: dt.date) -> Iterator[Problem]:
    """A date that cannot be yet; an event may of course take effect later."""
    events = name_of(root / "tariffs" / "events.csv", root)
    for event in tariffs.events:
        if event.announced and event.announced > tariffs.reviewed:
            sentence = f"announced after the record was last reviewed ({tariffs.reviewed.isoformat()}, in tariffs/record.yaml)"
            yield Problem(events, event.line, 1, "announced", sentence)
    if tariffs.reviewed > today:
        yield Problem(name_of(root / "tariffs" / "record.yaml", root), 1, 1, "reviewed", f"{tariffs.reviewed.isoformat()} is in the future")
    if any(source.as_of and source.as_of > today for source in sources.values()):
        placed = read_placed(root / "sources.yaml", SourcesFile, Problems(), root)
        for number, source in enumerate(placed.value.sources if placed else ()):
            if placed and source.as_of and source.as_of > today:
                yield placed.problem(f"{source.as_of.isoformat()} is in the future", "sources", number, "as_of")
