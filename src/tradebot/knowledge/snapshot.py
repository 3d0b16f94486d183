"""The snapshot: everything the bot knows, read once, checked, and never changed afterwards."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tradebot.knowledge.article import Article, load_article
from tradebot.knowledge.collecting import uncollected
from tradebot.knowledge.definitions import Definition, load_definitions
from tradebot.knowledge.gaps import Gap, load_gaps
from tradebot.knowledge.models_chapters import Chapter, Sector, load_chapters, load_sectors
from tradebot.knowledge.models_intents import Intent
from tradebot.knowledge.models_partners import Group, Partner, load_groups, load_names, load_partners
from tradebot.knowledge.models_sources import Source, load_sources
from tradebot.knowledge.places import Places, load_places
from tradebot.knowledge.problems import KnowledgeError, Problems
from tradebot.knowledge.record import Record
from tradebot.knowledge.record_files import load_record
from tradebot.knowledge.remembering import Remembering
from tradebot.knowledge.settled import settled
from tradebot.knowledge.shelf_lives import ShelfLife, load_shelf_lives
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.knowledge.tariffs import load_tariffs
from tradebot.knowledge.words import Words, load_intents, load_words

_ID = re.compile(r"^id: *[\"']?(\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Knowledge(Remembering):
    """One revision of the knowledge files.

    `names` are (name, partner or group id) pairs in other languages; `revision` is said in every answer (`r1`).
    """

    partners: Mapping[str, Partner]
    groups: Mapping[str, Group]
    places: Places
    names: tuple[tuple[str, str], ...]
    chapters: Mapping[str, Chapter]
    sectors: Mapping[str, Sector]
    sources: Mapping[str, Source]
    record: Record
    article: Article
    tariffs: TariffRecord
    definitions: Mapping[str, Definition]
    words: Words
    intents: tuple[Intent, ...]
    shelf_lives: Mapping[str, ShelfLife]
    gaps: tuple[Gap, ...] = ()
    revision: str = "r1"
    _remembered: dict[Hashable, object] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def load(cls, root: Path, revision: str = "r1") -> Knowledge:
        """The knowledge under `root`. Raises KnowledgeError with every problem of every file."""
        problems = Problems()
        knowledge = read(root, problems, revision)
        problems.raise_if_any()
        if knowledge is None:  # every reason for it is a problem, so this is only for the type checker
            raise KnowledgeError(problems)
        return knowledge


def read(root: Path, problems: Problems, revision: str = "r1") -> Knowledge | None:
    """As Knowledge.load, but collecting; None when a part without which nothing works could not be read."""
    with settled(root, problems), uncollected():
        return _read(root, problems, revision)


def _read(root: Path, problems: Problems, revision: str) -> Knowledge | None:
    partners = load_partners(root, problems)
    broken = _broken_ids(root, partners) if len(problems) else set()
    crossing = Problems()
    groups = load_groups(root, crossing, partners)
    places = load_places(root, crossing, partners, groups)
    names = load_names(root, crossing, {**partners, **groups})
    problems.extend(problem for problem in crossing if not broken & set(re.findall(r"\w+", problem.sentence)))
    article, words, tariffs = load_article(root, problems), load_words(root, problems), load_tariffs(root, problems)
    chapters, sectors, sources = load_chapters(root, problems), load_sectors(root, problems), load_sources(root, problems)
    record, definitions, intents = load_record(root, problems), load_definitions(root, problems), load_intents(root, problems)
    if article is None or words is None or tariffs is None:
        return None
    return Knowledge(
        partners=partners,
        groups=groups,
        places=places,
        names=names,
        chapters=chapters,
        sectors=sectors,
        sources=sources,
        record=record,
        article=article,
        tariffs=tariffs,
        definitions=definitions,
        words=words,
        intents=intents,
        shelf_lives=load_shelf_lives(root, problems),
        gaps=load_gaps(root, problems),
        revision=revision,
    )


def _broken_ids(root: Path, partners: Mapping[str, Partner]) -> set[str]:
    """Ids of partners whose files could not be read: what else names them is not to blame for that."""
    claimed = (_ID.search(path.read_text(encoding="utf-8", errors="replace")) for path in (root / "partners").glob("*.yaml"))
    return {match[1] for match in claimed if match} - partners.keys()
