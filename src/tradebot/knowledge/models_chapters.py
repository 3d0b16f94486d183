"""Chapters of the Harmonized System, and sectors: names that mean several chapters or only a part of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import Field, model_validator

from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.kept import kept, shared
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import Placed, read_placed

ChapterId = Annotated[str, Field(pattern=r"^HS\d\d$")]
Text = Annotated[str, Field(min_length=1)]


class Product(FileModel):
    """What a chapter and a sector have in common.

    The title and `aliases` are enough alone to name it; `weak` names are ordinary words too and need a word of trade
    beside them (a title that is listed as weak is weak).
    """

    title: Text
    aliases: tuple[Text, ...] = ()
    weak: tuple[Text, ...] = ()

    @property
    def name(self) -> str:
        return self.title

    @property
    def strong(self) -> tuple[str, ...]:
        """Every name that is enough alone, the title among them."""
        return tuple(name for name in dict.fromkeys((self.title, *self.aliases)) if name not in self.weak)


class Chapter(Product):
    """One HS chapter: `official` is the wording of the Census Bureau."""

    id: ChapterId
    official: Text

    @property
    def number(self) -> str:
        """`87`, as people write it."""
        return self.id.removeprefix("HS")


class Sector(Product):
    """A name for several chapters, or for less than the chapters hold (`part_of`, which `note` then says)."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9\-]*$")]
    chapters: Annotated[tuple[ChapterId, ...], Field(min_length=1)]
    part_of: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _says_its_scope(self) -> Sector:
        if self.part_of and not self.note:
            raise ValueError("a sector that is part of its chapters needs a note that says so")
        return self


class ChaptersFile(FileModel):
    """chapters.yaml."""

    chapters: tuple[Chapter, ...]
    sectors: tuple[Sector, ...] = ()


Entry = TypeVar("Entry", Chapter, Sector)


def load_chapters(root: Path, problems: Problems) -> Mapping[str, Chapter]:
    """Chapters by id (`HS87`). What is wrong with any entry of the file, a sector's too, is reported here."""
    placed = read_placed(root / "chapters.yaml", ChaptersFile, problems, root)
    return kept("chapters", (placed.value,), lambda found: _chapters(placed, found), problems) if placed else MappingProxyType({})


def _chapters(placed: Placed[ChaptersFile], problems: Problems) -> Mapping[str, Chapter]:
    _check(placed, problems)
    return _by_id(placed.value.chapters)


def load_sectors(root: Path, problems: Problems) -> Mapping[str, Sector]:
    """Sectors by id (`crude-oil`)."""
    placed = read_placed(root / "chapters.yaml", ChaptersFile, problems, root)
    return shared("sectors", (placed.value,), lambda: _by_id(placed.value.sectors)) if placed else MappingProxyType({})


def _by_id(entries: tuple[Entry, ...]) -> Mapping[str, Entry]:
    return MappingProxyType({entry.id: entry for entry in entries})


def _check(placed: Placed[ChaptersFile], problems: Problems) -> None:
    """Ids and names that are given twice, chapters that are not listed."""
    known = {chapter.id for chapter in placed.value.chapters}
    ids: set[str] = set()
    claimed: dict[str, str] = {}
    for place, entry in _entries(placed.value):
        if entry.id in ids:
            problems.add(placed.problem(f"“{entry.id}” is given twice", *place, "id"))
        ids.add(entry.id)
        for chapter in entry.chapters if isinstance(entry, Sector) else ():
            if chapter not in known:
                problems.add(placed.problem(f"there is no chapter {chapter}", *place, "chapters"))
        for name in _names(entry):
            owner = claimed.setdefault(name.casefold(), entry.id)
            if owner != entry.id and not _whole(entry, owner):
                problems.add(placed.problem(f"“{name}” already names {owner}", *place))


def _entries(file: ChaptersFile) -> Iterator[tuple[tuple[str, int], Chapter | Sector]]:
    yield from ((("chapters", place), chapter) for place, chapter in enumerate(file.chapters))
    yield from ((("sectors", place), sector) for place, sector in enumerate(file.sectors))


def _names(entry: Chapter | Sector) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*entry.strong, *entry.weak)))


def _whole(entry: Chapter | Sector, owner: str) -> bool:
    """Whether the entry is a sector that is nothing but the chapter that has the name already."""
    return isinstance(entry, Sector) and entry.chapters == (owner,) and not entry.part_of
