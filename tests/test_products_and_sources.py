"""Chapters, sectors and sources: complete, unambiguous, and refused at their place when they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradebot.knowledge.models_chapters import Chapter, Sector, load_chapters, load_sectors
from tradebot.knowledge.models_sources import Source, load_sources
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record_files import load_record

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"


def _own() -> tuple[dict[str, Chapter], dict[str, Sector], dict[str, Source]]:
    problems = Problems()
    read = dict(load_chapters(KNOWLEDGE, problems)), dict(load_sectors(KNOWLEDGE, problems)), dict(load_sources(KNOWLEDGE, problems))
    assert list(problems) == []
    return read


CHAPTERS, SECTORS, SOURCES = _own()
ENTRIES: tuple[Chapter | Sector, ...] = (*CHAPTERS.values(), *SECTORS.values())
NAMED = {name.casefold(): entry for entry in ENTRIES for name in entry.strong}


def test_chapters_are_those_of_the_record() -> None:
    record = load_record(KNOWLEDGE, Problems())
    assert tuple(CHAPTERS) == record.chapter_ids
    assert all(chapter.number == known[2:] for known, chapter in CHAPTERS.items())


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("vehicles", "HS87"),
        ("cars", "cars"),
        ("electronics", "HS85"),
        ("semiconductors", "semiconductors"),
        ("machinery", "HS84"),
        ("pharma", "HS30"),
        ("oil", "HS27"),
        ("crude oil", "crude-oil"),
        ("coffee", "coffee"),
        ("clothes", "apparel"),
        ("steel", "steel"),
        ("aluminium", "HS76"),
        ("shoes", "HS64"),
        ("cheese", "dairy"),
        ("chocolate", "cocoa"),
    ],
)
def test_names_people_type(name: str, entry: str) -> None:
    assert NAMED[name].id == entry


def test_ordinary_words_are_weak_names() -> None:
    assert NAMED.keys().isdisjoint({"lead", "tin", "arms", "gas", "energy", "chips", "drugs", "power", "games", "art", "books", "servers"})
    assert CHAPTERS["HS78"].strong == ("lead metal", "lead articles")


def test_a_sector_that_is_a_part_says_so() -> None:
    for sector in SECTORS.values():
        named = [CHAPTERS[each].number for each in sector.chapters]
        assert not sector.part_of or all(number.lstrip("0") in sector.note for number in named), sector.id
    assert not SECTORS["apparel"].part_of
    assert SECTORS["apparel"].chapters == ("HS61", "HS62")


def test_dates_of_sources() -> None:
    assert (SOURCES["census-2026-10"].as_of_id, SOURCES["census-2025-10"].as_of_id, SOURCES["crossdock-2025"].as_of_id) == (
        "2026-10-01",
        "2025-10",
        "",
    )
    assert SOURCES["census-2026-10"].name == "Census Bureau, record of 1 Oct 2026"


_CHAPTERS = """chapters:
  - id: HS09
    title: coffee, tea and spices
    official: Coffee, tea, mate and spices
    aliases: [coffee]
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (_CHAPTERS + "  - {id: HS09, title: tea, official: Tea}\n", "6:10: chapters[1].id: “HS09” is given twice"),
        (_CHAPTERS + "  - {id: HS10, title: Coffee, official: Cereals}\n", "6:5: chapters[1]: “Coffee” already names HS09"),
        (_CHAPTERS + "sectors:\n  - {id: tea, title: tea, chapters: [HS10]}\n", "7:37: sectors[0].chapters: there is no chapter HS10"),
        (_CHAPTERS + "sectors:\n  - {id: cafe, title: coffee, chapters: [HS09]}\n", ""),
    ],
)
def test_wrong_chapters_are_problems_at_their_place(tmp_path: Path, text: str, expected: str) -> None:
    root = tmp_path / "knowledge"
    root.mkdir()
    (root / "chapters.yaml").write_text(text, encoding="utf-8")
    problems = Problems()
    load_chapters(root, problems)
    assert [str(problem) for problem in problems] == ([f"knowledge/chapters.yaml:{expected}"] if expected else [])


def test_a_part_without_a_note_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "knowledge"
    root.mkdir()
    (root / "chapters.yaml").write_text(
        _CHAPTERS + "sectors:\n  - {id: tea, title: tea, chapters: [HS09], part_of: true}\n", encoding="utf-8"
    )
    problems = Problems()
    assert load_sectors(root, problems) == {}
    assert "needs a note" in str(next(iter(problems)))


def test_a_source_given_twice_is_a_problem(tmp_path: Path) -> None:
    entry = "  - {id: own, kind: reference, title: Own, short: own, publisher: us, used_for: Tests.}\n"
    root = tmp_path / "knowledge"
    root.mkdir()
    (root / "sources.yaml").write_text("sources:\n" + entry + entry, encoding="utf-8")
    problems = Problems()
    assert list(load_sources(root, problems)) == ["own"]
    assert [str(problem) for problem in problems] == ["knowledge/sources.yaml:3:10: sources[1].id: “own” is given twice"]
