"""Files from a moderator: to their place, never elsewhere, never too large; the Bureau's workbook through a refresh."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from curation.conftest import ANN
from refresh.bureau import Bureau, small_knowledge
from tradebot.curation.draft import Draft
from tradebot.curation.edits.uploads import upload
from tradebot.curation.faults import CurationError
from tradebot.curation.repository import Repository
from tradebot.knowledge.problems import KnowledgeError
from tradebot.refresh.plan import plan_refresh
from tradebot.refresh.workbook import read_workbook

TODAY = dt.date(2027, 2, 20)


@pytest.fixture(scope="module")
def kept(light: Path, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    return Draft(Repository.open(Path(shutil.copytree(light, tmp_path_factory.mktemp("kept") / "trade", symlinks=True))), ANN)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("../../etc/passwd.yaml", b"", "is no name of a file here"),
        ("/etc/passwd.yaml", b"", "is no name of a file here"),
        ("partners/..%2fx.yaml", b"", "is no name of a file here"),
        ("partners\\norway.yaml", b"", "is no name of a file here"),
        ("partners/nor\nway.yaml", b"", "is no name of a file here"),
        ("partners/*.yaml", b"", "is no name of a file here"),
        (".git/hooks/x.yaml", b"", "is no name of a file here"),
        ("run.py", b"", "is neither YAML, CSV, a template (.j2) nor country.xlsx"),
        ("nowhere/x.yaml", b"", "Where does nowhere/x.yaml belong? No file has that name"),
        ("new.yaml", b"", "Where does new.yaml belong?"),
        ("germany.yaml", b"", "There are 2 of that name"),
        ("norway.yaml", b"x" * 8_000_001, "has 8 MB; files of the knowledge have at most 8"),
        ("country.xlsx", b"x" * 20_000_001, "has 20 MB; that is not the Bureau's country.xlsx"),
        ("country.xlsx", b"<html>", "country.xlsx is not an Excel workbook"),
    ],
)
def test_refused(kept: Draft, name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(CurationError) as caught:
        kept.apply(upload(name, data, TODAY))
    assert sentence in str(caught.value)
    assert kept.edits == []


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("norway.yaml", b"id: [&a x, *a]\n", "knowledge/partners/norway.yaml:1:6:"),
        ("norway.yaml", b"\xff\xfe", "knowledge/partners/norway.yaml:1:1: not UTF-8 text"),
        ("annual.csv", b"area;year\n", "knowledge/record/annual.csv:1:1: the first line must be"),
        ("rank.j2", b"{{ ().__class__ }}", "templates/rank.j2"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_kept(kept: Draft, name: str, data: bytes, problem: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        kept.apply(upload(name, data, TODAY))
    assert str(caught.value).startswith(problem)
    assert kept.edits == []


def test_files_go_to_their_places(draft: Draft) -> None:
    norway = (draft.knowledge / "partners/norway.yaml").read_bytes().replace(b"aliases: [", b"aliases: [Norwegia, ")
    assert draft.apply(upload("norway.yaml", norway, TODAY)) == "knowledge/partners/norway.yaml is replaced"
    card = b"id: swap-line\ntitle: Swap line\nterms: [swap line]\ntext: An agreement between central banks to lend each other money.\n"
    assert draft.apply(upload("definitions/swap-line.yaml", card, TODAY)) == "knowledge/definitions/swap-line.yaml is new"
    sheet = b"\xef\xbb\xbf" + (draft.knowledge / "record/vintages.csv").read_bytes().replace(b"\n", b"\r\n")
    with pytest.raises(CurationError, match="That is how it is already"):  # what the spreadsheet added is taken off again
        draft.apply(upload("vintages.csv", sheet, TODAY))


def test_the_bureaus_workbook_refreshes_the_record(tmp_path: Path) -> None:
    root = small_knowledge(tmp_path / "knowledge")
    plan_refresh(root, read_workbook(Bureau((2026, 9)).workbook(tmp_path / "first.xlsx")), None, TODAY).write()

    def uploaded(bureau: Bureau) -> str:
        return upload("country.xlsx", bureau.workbook(tmp_path / "country.xlsx").read_bytes(), TODAY)(root)

    assert uploaded(Bureau((2026, 10))).startswith("A refresh from census-2026-12: New month: October 2026")
    with pytest.raises(CurationError, match="Nothing changes"):
        uploaded(Bureau((2026, 10)))
