"""Files that somebody uploads to break the bot: each is refused within a second, by its name."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tradebot.knowledge.csv_files import read_csv
from tradebot.knowledge.limits import MAX_BYTES, MAX_LINES, MAX_PROBLEMS
from tradebot.knowledge.models_intents import CueFile
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record_files import load_record
from tradebot.knowledge.yaml_files import read_model
from tradebot.refresh.archive import check_archive
from tradebot.refresh.faults import RefreshError

MILLION = 1_000_000
YAMLS: dict[str, Callable[[], str]] = {
    "50 MB": lambda: "cues: " + "x" * 50 * MILLION,
    "a million anchors": lambda: "cues:\n" + "".join(f"  a{n}: &a{n} [x]\n" for n in range(MILLION // 4)),
    "a million aliases": lambda: "cues: &a [x]\nmore: [" + "*a," * MILLION + "]",
    "the billion laughs": lambda: (
        "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefghijk", "bcdefghijkl", strict=True))
    ),
    "a million brackets": lambda: "cues: " + "[" * MILLION,
    "a million braces": lambda: "cues: " + "{a: " * MILLION,
    "a million steps to the right": lambda: "\n".join(" " * n + "a:" for n in range(2_000)),
    "a million values": lambda: "cues: {a: [" + "x, " * MILLION + "]}",
    "a million fields": lambda: "\n".join(f"a{n}: 1" for n in range(MILLION // 2)),
    "one field, a million times": lambda: "a: 1\n" * MILLION,
    "a million question marks": lambda: "? " * MILLION,
    "a million quotes": lambda: "cues: " + "'" * (MILLION + 1),
    "a million documents": lambda: "---\n" * MILLION,
    "a million comments": lambda: "cues: a " + "#b " * MILLION,
    "a tag that runs Python": lambda: "cues: !!python/object/apply:os.system [id]",
    "a number without end": lambda: "cues: " + "9" * 5 * MILLION,
    "an exponent without end": lambda: "cues: 1e" + "9" * MILLION,
    "a field's name of a million letters": lambda: "x" * MILLION + ": 1",
}


@contextmanager
def within_a_second() -> Iterator[None]:
    """CPU time, and thrice as much before a test fails: the machine may have other work, and what runs away takes minutes."""
    started = time.process_time()
    yield
    assert time.process_time() - started < 3


@pytest.mark.parametrize("case", YAMLS)
def test_hostile_yaml(case: str, tmp_path: Path, problems: Problems) -> None:
    path = tmp_path / "cues.yaml"
    path.write_text(YAMLS[case](), encoding="utf-8")
    with within_a_second():
        assert read_model(path, CueFile, problems, tmp_path) is None
    told = [str(problem) for problem in problems]
    assert 0 < len(told) <= MAX_PROBLEMS + 1
    assert all(f"{tmp_path.name}/cues.yaml:" in each and len(each) < 600 for each in told)


CSVS = {
    "50 MB": "a,b\n" + "x" * 50 * MILLION,
    "a million rows too short": "a,b\n" + "x\n" * MILLION,
    "a million broken cells": "a,b\n" + "#REF!,1\n" * MILLION,
    "a million commas": "a,b\n" + "," * MILLION,
    "a million quotes": "a,b\n" + '"' * (MILLION + 1),
    "a cell of a million letters": "a,b\n" + "x" * MILLION + ",1",
    "a heading of a million columns": "a," * MILLION,
}


@pytest.mark.parametrize("case", CSVS)
def test_hostile_csv(case: str, tmp_path: Path, problems: Problems) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(CSVS[case], encoding="utf-8")
    with within_a_second():
        for row in read_csv(path, ("a", "b"), problems, tmp_path):
            row.one_of("a", ("first", "second"), problems, "thing")
            row.number("b", problems)
    told = [str(problem) for problem in problems]
    assert 0 < len(told) <= MAX_PROBLEMS + 1
    assert all(f"{tmp_path.name}/rows.csv:" in each and len(each) < 600 for each in told)


ALLOWED = MAX_LINES - 1
LINES = {
    "bad": ("VN,20255,a,1,1,1\n", ALLOWED, [2, 3, 4]),
    "the same": ("VN,2025,a,1,1,1\n", ALLOWED, [3, 4, 5]),
    "another partner each": ("A{n},2025,a,1,1,1\n", ALLOWED, [1]),
    "too many": ("A{n},2025,a,1,1,1\n", 400_000, [MAX_LINES + 1]),
}


@pytest.mark.parametrize("case", LINES)
def test_lines_of_the_record(case: str, tmp_path: Path, problems: Problems) -> None:
    line, count, told = LINES[case]
    (tmp_path / "record").mkdir()
    text = "area,year,source,code,imports,exports\n" + "".join(line.format(n=n) for n in range(count))
    (tmp_path / "record/annual.csv").write_text(text[: MAX_BYTES - 1], encoding="utf-8")
    with within_a_second():
        load_record(tmp_path, problems)
    assert [problem.line for problem in problems if problem.file.endswith("annual.csv")][: len(told)] == told


def workbook(path: Path, **sheets: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in sheets.items():
            archive.writestr(f"xl/worksheets/{name}.xml", content)


def bomb(path: Path) -> None:
    workbook(path, **{f"sheet{n}": "0" * 40 * MILLION for n in range(3)})


def many(path: Path) -> None:
    workbook(path, **{f"sheet{n}": "" for n in range(2_000)})


def far(path: Path) -> None:
    workbook(path, sheet='<sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def disguised(path: Path) -> None:
    workbook(path, sheet="<c r = '&#88;FD1'><v>1</v></c>")


def large(path: Path) -> None:
    path.write_bytes(b"PK\3\4" + b"\0" * 50 * MILLION)


def no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/passwd", "root")


def lying(path: Path) -> None:
    """Says that a member of 40 MB has ten bytes."""
    workbook(path, sheet="0" * 40 * MILLION)
    data = path.read_bytes()
    path.write_bytes(data.replace((40 * MILLION).to_bytes(4, "little"), (10).to_bytes(4, "little")))


WORKBOOKS: dict[Callable[[Path], None], str] = {
    bomb: "would unpack to more than 100 MB",
    many: "holds 2,001 files",
    far: "cells far outside",
    disguised: "cells far outside",
    large: "larger than 20 MB",
    no_workbook: "is not an Excel workbook",
    lying: "Download it anew",
}


@pytest.mark.parametrize("make", WORKBOOKS, ids=lambda make: make.__name__)
def test_hostile_workbooks(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "country.xlsx"
    make(path)
    with within_a_second(), pytest.raises(RefreshError, match=WORKBOOKS[make]) as refused:
        check_archive(path)
    assert "country.xlsx" in str(refused.value)
