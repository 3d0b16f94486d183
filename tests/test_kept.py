"""What revisions share: what was made of files that did not change, and nothing else."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import BaseModel

from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.edition import Edition
from tradebot.knowledge import kept, record
from tradebot.knowledge.differences import differences
from tradebot.knowledge.paths import knowledge_dir, templates_beside
from tradebot.knowledge.problems import KnowledgeError, Problem, Problems
from tradebot.knowledge.record import Record
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.understanding.vocabulary import Vocabulary

FORGETFUL = ("revision", "_remembered")
EDITS = [
    ("partners/norway.yaml", "aliases: [", "aliases: [Fjordland, ", {"partners", "groups", "places"}, True),
    ("groups/eu.yaml", "aliases: [", "aliases: [Eurocrats, ", {"groups", "places"}, True),
    ("record/annual.csv", "5520,193879.3,", "5520,193879.4,", {"record"}, False),
    ("record/months.csv", "VN,2025,imports,census-2026-10,5520,", "VN,2025,imports,census-2026-10,5520,9", {"record"}, False),
    ("tariffs/events.csv", ",medium,", ",low,", {"tariffs"}, False),
    ("tariffs/expectations.yaml", "expectations:", "expectations: # all", {"tariffs"}, False),
    ("definitions/tariff.yaml", "title: Tariff\n", "title: A tariff\n", {"definitions"}, False),
    ("definitions/tariff.yaml", "weak: [", "weak: [impost, ", {"definitions"}, True),
    ("words/grammar.yaml", "fillers:\n  [", "fillers:\n  [yadda, ", {"words"}, True),
    ("intents/greet.yaml", "tests:\n", "tests:\n  - {ask: hello there, outcome: greet}\n", {"intents"}, False),
    ("article/china.yaml", "\nfacts:", "\n# said in spring\nfacts:", {"article"}, False),
    ("sources.yaml", "used_for: ", "used_for: mostly ", {"sources"}, False),
    ("chapters.yaml", "aliases: [", "aliases: [zebroids, ", {"chapters", "sectors"}, True),
    ("names.csv", "\n", "\nNO,xx,Fjordlandia\n", {"names"}, True),
]


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("kept")
    shutil.copytree(templates_beside(knowledge_dir()), top / "templates")
    return Path(shutil.copytree(knowledge_dir(), top / "knowledge"))


def changed(before: Knowledge, after: Knowledge) -> set[str]:
    """The parts that are not one and the same object."""
    names = (each.name for each in fields(Knowledge) if each.name not in FORGETFUL)
    return {name for name in names if getattr(before, name) is not getattr(after, name)}


@pytest.mark.parametrize(("name", "old", "new", "parts", "renamed"), EDITS, ids=[f"{edit[0]}-{at}" for at, edit in enumerate(EDITS)])
def test_an_edit_makes_anew_what_hangs_on_it_and_shares_the_rest(
    packaged: Path, name: str, old: str, new: str, parts: set[str], renamed: bool
) -> None:
    before, path = Edition.open(packaged), packaged / name
    whole = path.read_bytes()
    assert old.encode() in whole
    path.write_bytes(whole.replace(old.encode(), new.encode(), 1))
    try:
        after = Edition.open(packaged)
        assert changed(before.knowledge, after.knowledge) == parts
        assert (after._reader.lexicon is not before._reader.lexicon) is renamed
        kept._kept.clear()
        alone = Edition.open(packaged)
        assert not list(differences(alone.knowledge, after.knowledge)), "as if nothing had been kept"
        assert alone._reader.lexicon.senses == after._reader.lexicon.senses
        assert alone._reader.lexicon.vocabulary == after._reader.lexicon.vocabulary
    finally:
        path.write_bytes(whole)
    assert not list(differences(before.knowledge, Edition.open(packaged).knowledge))


def test_a_file_of_the_same_size_and_time_is_read_again(packaged: Path) -> None:
    path = packaged / "record/annual.csv"
    whole, stamp = path.read_bytes(), path.stat()
    before = Edition.open(packaged).knowledge.record
    path.write_bytes(whole.replace(b"5520,193879.3,", b"5520,193879.4,"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    try:
        assert Edition.open(packaged).knowledge.record is not before
    finally:
        path.write_bytes(whole)


def test_mistakes_are_told_each_time(packaged: Path) -> None:
    path = packaged / "partners/norway.yaml"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"kind: ", b"kind: un"))
    try:
        told = []
        for _ in range(2):
            with pytest.raises(KnowledgeError) as caught:
                Edition.open(packaged)
            told.append(str(caught.value))
        assert told[0] == told[1] != ""
    finally:
        path.write_bytes(whole)


def test_a_value_with_problems_is_not_kept() -> None:
    made = iter(range(9))
    faulty = Problem("f", 1, 1, "", "wrong")

    def make(problems: Problems) -> int:
        problems.add(faulty)
        return next(made)

    for wanted in (0, 1):
        problems = Problems()
        assert kept.kept("test", (b"same",), make, problems) == wanted
        assert list(problems) == [faulty]


def test_ingredients_are_the_same_as_objects_bytes_and_text_and_nothing_else() -> None:
    made = iter(range(9))
    one = [1]
    for ingredients, wanted in (
        ((one, b"a", "t", ("x", (one,))), 0),
        ((one, bytes([97]), "T".lower(), ("x", (one,))), 0),
        (([1], b"a", "t", ("x", (one,))), 1),
        (([1], b"a", "t"), 2),
    ):
        assert kept.shared("test of sameness", ingredients, lambda: next(made)) == wanted


def test_no_more_places_than_a_bound_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PLACES_KEPT", 3)
    monkeypatch.setattr(kept, "_kept", type(kept._kept)())
    for place in range(9):
        kept.shared(place, (), int)
    assert list(kept._kept) == [6, 7, 8]


def test_what_is_shared_cannot_be_changed(packaged: Path) -> None:
    """Every container that can be reached from a snapshot is a tuple, a frozen set or a read-only mapping."""
    knowledge = Edition.open(packaged).knowledge
    assert not [*_mutable(knowledge, "knowledge", set())]
    assert not [*_mutable(tuple(Vocabulary.of(knowledge)), "vocabulary", set())]


QUESTIONS = (
    "top 5 deficits",
    "tariffs on China",
    "tariffs on steel",
    "has India ever been in the top five deficits",
    "deficit with Japan in 2024",
)


def said(edition: Edition) -> list[str]:
    """The answers without revision and number."""
    return [Desk(edition).ask(question, today=TODAY).text.rsplit(" · ", 2)[0] for question in QUESTIONS]


def test_threads_that_share_what_is_remembered_are_not_in_each_others_way(packaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save is checked in a thread while people are answered by the revision before it."""
    editions = [Edition.open(packaged, revision) for revision in ("r1", "r2", "r3")]
    assert editions[0].knowledge.record is editions[1].knowledge.record
    wanted = said(editions[0])
    for each in (TariffRecord, Knowledge, Record):
        monkeypatch.setattr(each, "REMEMBERED", 1)
    monkeypatch.setattr(record, "_FIGURES_KEPT", 1)
    monkeypatch.setattr(record, "_RANKINGS_KEPT", 1)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(len(editions)) as pool:
            assert [*pool.map(said, editions)] == [wanted] * len(editions)
    finally:
        sys.setswitchinterval(interval)


def _mutable(value: object, place: str, seen: set[int]) -> list[str]:
    if id(value) in seen or place.endswith(("_remembered", "_kept", "_rankings", ".slots")):
        return []
    seen.add(id(value))
    found = [place] if isinstance(value, list | dict | set | bytearray) else []
    if isinstance(value, BaseModel):
        found += [] if type(value).model_config.get("frozen") else [place]
        parts = [(name, getattr(value, name)) for name in type(value).model_fields]
    elif hasattr(value, "__dataclass_fields__"):
        parts = [(each.name, getattr(value, each.name)) for each in fields(value)]  # type: ignore[arg-type]
    elif isinstance(value, Mapping):
        parts = [(str(key), part) for key, part in value.items()]
    elif isinstance(value, tuple):
        parts = [(str(at), part) for at, part in enumerate(value)]
    else:
        return found
    return found + [each for name, part in parts for each in _mutable(part, f"{place}.{name}", seen)]
