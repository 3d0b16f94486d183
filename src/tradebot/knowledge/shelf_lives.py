"""Shelf lives: how long each kind of fact stays good (shelf_lives.yaml). Whether one is past it is computed from a day, never stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from pydantic import Field

from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.kept import kept
from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.yaml_files import Placed, read_placed

Kind = Literal["annual", "to_date", "month", "chapter", "tariffs", "newsletter", "members", "definition"]
KINDS: tuple[str, ...] = get_args(Kind)
FILE = "shelf_lives.yaml"


class ShelfLife(FileModel):
    """One kind of fact: good for `months` after its date, or after `as_of` where its facts bear none of their own."""

    kind: Kind
    title: Annotated[str, Field(min_length=1)]
    months: Annotated[int, Field(ge=1, le=600)]
    as_of: dt.date | None = None
    why: Annotated[str, Field(pattern=r"\.$")]

    def ends(self, date: dt.date) -> dt.date:
        """The last day on which a fact of a date is good."""
        return later(date, self.months)


class ShelfLivesFile(FileModel):
    """shelf_lives.yaml."""

    shelf_lives: tuple[ShelfLife, ...]


def later(date: dt.date, months: int) -> dt.date:
    """The same day of the month so many months on, or the month's last day where it is shorter."""
    index = date.year * 12 + date.month - 1 + months
    following = dt.date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(dt.date(index // 12, index % 12 + 1, 1) + dt.timedelta(days=date.day - 1), following - dt.timedelta(days=1))


def load_shelf_lives(root: Path, problems: Problems) -> Mapping[str, ShelfLife]:
    """Every kind of fact by its id; one that is given twice or not at all is a problem."""
    placed = read_placed(root / FILE, ShelfLivesFile, problems, root)
    return kept("shelf lives", (placed.value,), lambda found: _shelf_lives(placed, found), problems) if placed else MappingProxyType({})


def _shelf_lives(placed: Placed[ShelfLivesFile], problems: Problems) -> Mapping[str, ShelfLife]:
    found: dict[str, ShelfLife] = {}
    for place, each in enumerate(placed.value.shelf_lives):
        if each.kind in found:
            problems.add(placed.problem(f"“{each.kind}” is given twice", "shelf_lives", place, "kind"))
        found.setdefault(each.kind, each)
    for kind in KINDS:
        if kind not in found:
            problems.add(Problem(FILE, 1, 1, "shelf_lives", f"says nothing of “{kind}”: every kind of fact has a shelf life"))
    return MappingProxyType(found)
