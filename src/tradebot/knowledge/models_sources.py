"""Sources: who published what, as of when, and which later changes it misses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.kept import kept
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import Placed, read_placed

Kind = Literal["official", "newsletter", "legal", "research", "reference"]


class Source(FileModel):
    """One entry of sources.yaml.

    `short` is how the foot of an answer cites it. `as_of` is the day its content is from, the first of the month where
    `precision` is month, None where it is not known. `vintage` says what later changes the figures miss.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9\-]*$")]
    kind: Kind
    title: Annotated[str, Field(min_length=1)]
    short: Annotated[str, Field(min_length=1)]
    publisher: Annotated[str, Field(min_length=1)]
    url: Annotated[str, Field(pattern=r"^(https://\S+)?$")] = ""
    as_of: dt.date | None = None
    precision: Literal["day", "month"] = "day"
    vintage: str = ""
    used_for: Annotated[str, Field(min_length=1)]

    @property
    def name(self) -> str:
        return self.short

    @property
    def as_of_id(self) -> str:
        """`2026-10-01`, `2025-10` where only the month is known, or nothing."""
        if self.as_of is None:
            return ""
        return self.as_of.isoformat()[: 7 if self.precision == "month" else 10]


class SourcesFile(FileModel):
    """sources.yaml."""

    sources: tuple[Source, ...]


def load_sources(root: Path, problems: Problems) -> Mapping[str, Source]:
    """Every source by id, in the order of the file; an id given twice is a problem."""
    placed = read_placed(root / "sources.yaml", SourcesFile, problems, root)
    return kept("sources", (placed.value,), lambda found: _sources(placed, found), problems) if placed else MappingProxyType({})


def _sources(placed: Placed[SourcesFile], problems: Problems) -> Mapping[str, Source]:
    found: dict[str, Source] = {}
    for place, source in enumerate(placed.value.sources):
        if source.id in found:
            problems.add(placed.problem(f"“{source.id}” is given twice", "sources", place, "id"))
        found.setdefault(source.id, source)
    return MappingProxyType(found)
