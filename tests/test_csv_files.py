"""Strict CSV: rows, cells, and what a spreadsheet does to them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradebot.knowledge.csv_files import parse_csv, read_csv
from tradebot.knowledge.problems import Problems

COLUMNS = ("partner", "value", "on")


def said_about(content: str | bytes, folder: Path) -> list[str]:
    """Every problem of a file, its cells read as id, number and date."""
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    problems = Problems()
    for row in read_csv(path, COLUMNS, problems, root=folder):
        row.one_of("partner", ("VN", "JP", "a, b"), problems, "partner")
        row.number("value", problems)
        row.date("on", problems)
    return [str(problem).removeprefix(f"{folder.name}/table.csv:") for problem in problems]


def test_rows_know_their_line_and_cells(tmp_path: Path, problems: Problems) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b'\xef\xbb\xbfpartner,value,on\r\nVN,-1234.50,2026-07-24\r\n\r\n"a, ""b""",,\r\n')
    first, second = read_csv(path, COLUMNS, problems)
    assert (first.line, first["partner"], first.number("value", problems)) == (2, "VN", -1234.5)
    assert first.date("on", problems) == dt.date(2026, 7, 24)
    assert (second.line, second["partner"]) == (4, 'a, "b"')
    assert (second.number("value", problems), second.integer("value", problems), second.date("on", problems)) == (None, None, None)
    assert len(problems) == 0, "an empty cell holds nothing, which is no mistake"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ["1:1: the file is empty; its first line must be partner,value,on"]),
        ("partner,value\nVN,1\n", ["1:1: the first line must be partner,value,on"]),
        ("partner;value;on\n", ["1:1: the columns are not separated by commas; save the sheet as comma-separated values"]),
        ("partner,value,on\nVN,12,5,\n", ["2:1: has 4 cells instead of 3; a decimal comma? write 12.5"]),
        ("partner,value,on\nVN\nJP,1,\n", ["2:1: has 1 cell instead of 3"]),
        (
            'partner,value,on\n"a, b","1.234,5",\n',
            ['2:8: value: not a number: "1.234,5"; write a decimal point and no thousands separators'],
        ),
        ("partner,value,on\nVN,007,\n", ['2:4: value: not a number: "007"']),
        ("partner,value,on\nVN, 1,\n", ['2:4: value: not a number: " 1"; there is a space around it']),
        ("partner,value,on\nVN,nan,\n", ['2:4: value: not a number: "nan"']),
        ("partner,value,on\nVN,1,2025-02-30\n", ['2:6: on: not a date: "2025-02-30"; write it as 2026-07-24']),
        ("partner,value,on\nVM,1,\n", ["2:1: partner: unknown partner “VM”"]),
        (
            "partner,value,on\nVN,1,Jan-25\n",
            [
                "2:6: on: a spreadsheet changed this: “Jan-25”; format the column as text",
                '2:6: on: not a date: "Jan-25"; write it as 2026-07-24',
            ],
        ),
        (
            "partner,value,on\nVN,1.2E+05,\n",
            ["2:4: value: a spreadsheet changed this: “1.2E+05”; format the column as text", '2:4: value: not a number: "1.2E+05"'],
        ),
        (
            "partner,value,on\n#REF!,1,\n",
            ["2:1: partner: a spreadsheet changed this: “#REF!”; format the column as text", "2:1: partner: unknown partner “#REF!”"],
        ),
        ('partner,value,on\n"VN,1,\nJP,1,\n', ["2:1: quotes that do not fit, or a line break inside a cell"]),
        ('partner,value,on\n"V"N,1,\n', ["2:1: quotes that do not fit, or a line break inside a cell"]),
        (b"partner,value,on\nVN\xff,1,\n", ["2:3: not UTF-8 text (byte 0xff); save the file as UTF-8"]),
        (b"partner,value,on\rVN,1,\r", ["1:17: a line end of an old Mac; save the file with Unix line ends (LF)"]),
        (b"partner,value,on\nVN,\0,\n", ["2:4: an invisible character (U+0000); remove it"]),
    ],
)
def test_mistakes_are_told_at_their_cell(content: str | bytes, said: list[str], tmp_path: Path) -> None:
    assert said_about(content, tmp_path) == said


def test_cells_that_must_hold_something(problems: Problems) -> None:
    (row,) = parse_csv("partner,value,on\n,1.5,x", COLUMNS, "t.csv", problems)
    assert row.text("partner", problems) is None
    assert row.text("on", problems) == "x"
    assert row.integer("value", problems) is None
    assert row.one_of("on", ("in force", "ended"), problems) is None
    assert [str(problem) for problem in problems] == [
        "t.csv:2:1: partner: is empty",
        't.csv:2:2: value: not a whole number: "1.5"',
        "t.csv:2:6: on: must be one of in force, ended, not “x”",
    ]


@given(st.text("ab,\"\n'#-1.E+", max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    problems = Problems()
    for row in parse_csv("partner,value,on\n" + text, COLUMNS, "any.csv", problems):
        assert len(row.cells) == len(COLUMNS)
        assert row.problem("on", "x").column >= 1
