"""`tradebot evaluate`: what counts as right, what a bad line says, and what changed since an earlier run."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tradebot.cli import commands
from tradebot.desk import Desk
from tradebot.evaluation.curve import curve
from tradebot.evaluation.judging import Judge, Kind
from tradebot.evaluation.rows import RowError, read
from tradebot.understanding.reader import Reader

TODAY = dt.date(2026, 11, 23)
ANSWER = {"behaviour": "answer"}
ROWS: list[tuple[dict[str, Any], Kind]] = [
    ({"question": "deficit with Vietnam", "expect": "answer"}, Kind.RIGHT),
    ({"question": "deficit with Vietnam", "expect": {**ANSWER, "partners": ["Viet Nam"], "surprise": 1}, "more": {}}, Kind.RIGHT),
    ({"question": "deficit with Vietnam", "expect": {**ANSWER, "partners": ["Japan"]}}, Kind.PARTNER),
    ({"question": "deficit with Vietnam", "expect": {**ANSWER, "partners": ["Atlantis"]}}, Kind.RIGHT),
    ({"question": "deficit with Vietnam", "expect": "refuse"}, Kind.FALSE_ANSWER),
    ({"question": "best pho in town", "expect": "refuse"}, Kind.RIGHT),
    ({"question": "best pho in town", "expect": ANSWER}, Kind.OUTCOME),
    ({"question": "deficit with Vietnam?", "ambient": True, "expect": "silent"}, Kind.FALSE_REPLY),
    ({"question": "lol", "ambient": True, "expect": "silent"}, Kind.RIGHT),
    ({"question": "China's deficit with India", "about_us_trade": False}, Kind.RIGHT),
    ({"question": "deficit with India", "about_us_trade": True, "slots": {"partners": ["India"]}}, Kind.RIGHT),
    ({"turns": ["deficit with Vietnam", "and Japan?"], "expect": {**ANSWER, "partners": ["JP"]}}, Kind.RIGHT),
    ({"question": "imports from Paraguay 1850", "expect": {"accept": ["refuse", "clarify", "answer"]}}, Kind.RIGHT),
    ({"question": "deficit with Vietnam", "expect": {**ANSWER, "must": ["deficit"], "must_not": ["surplus with Vietnam"]}}, Kind.RIGHT),
    ({"question": "deficit with Vietnam", "expect": {**ANSWER, "must": ["in the sea"]}}, Kind.WORDS),
    ({"question": "deficit with Vietnam", "expect": {**ANSWER, "must_not": ["Vietnam"]}}, Kind.WORDS),
    ({"question": "deficit with Vietnam", "expect": {**ANSWER, "values": [{"value": 1.0, "unit": "USD bn", "tol": 0.1}]}}, Kind.FIGURE),
]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(("row", "kind"), ROWS, ids=[f"{at}: {kind}" for at, (_, kind) in enumerate(ROWS)])
def test_every_kind_of_verdict(desk: Desk, tmp_path: Path, row: dict[str, Any], kind: Kind) -> None:
    (found,) = read(written(tmp_path / "rows.jsonl", [row]))
    assert Judge(desk, TODAY).judge(found).kind is kind


def test_a_value_is_looked_for_in_its_own_unit(desk: Desk, tmp_path: Path) -> None:
    figure = next(each for each in desk.ask("imports from Kenya in 2020", today=TODAY).answer.figures() if each.id == "KE.imports.2020")
    rows: list[dict[str, Any]] = [
        {"question": "imports from Kenya in 2020", "expect": {**ANSWER, "values": [{"value": value, "unit": unit, "tol": 1e-6}]}}
        for value, unit in ((figure.value, "USD million"), (figure.value / 1e3, "USD bn"), (figure.value, "percent"))
    ]
    judge = Judge(desk, TODAY)
    assert [judge.judge(row).kind for row in read(written(tmp_path / "rows.jsonl", rows))] == [Kind.RIGHT, Kind.RIGHT, Kind.FIGURE]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{bad", "rows.jsonl:2: not JSON"),
        ("[]", "rows.jsonl:2: a line must be a JSON object"),
        ('{"question": "x"}', "rows.jsonl:2: says neither “expect” nor “about_us_trade”"),
        ('{"expect": "refuse"}', "rows.jsonl:2: has neither “question” nor “turns”"),
        ('{"question": "x", "expect": "sing"}', "there is no outcome 'sing'"),
        ('{"question": "x", "expect": {"intent": "y"}}', "says neither behaviour nor accept"),
        ('{"question": "x", "expect": {"behaviour": "answer", "must": ["("]}}', "is not a pattern"),
        ('{"question": "x", "expect": {"behaviour": "answer", "values": [{"value": "much"}]}}', "expect.values.0.value"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{{"question": "x", "expect": "refuse"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(RowError, match=r"rows\.jsonl:2") as raised:
        list(read(path))
    assert says in str(raised.value)


def test_the_command_prints_a_table_and_compares_with_an_earlier_run(tmp_path: Path) -> None:
    before: list[dict[str, Any]] = [
        {"id": "a", "question": "best pho in town", "expect": ANSWER},
        {"id": "b", "question": "deficit with Peru", "expect": ANSWER},
    ]
    after: list[dict[str, Any]] = [
        {"id": "a", "question": "deficit with Chile", "expect": ANSWER},
        {"id": "b", "question": "deficit with Peru", "expect": "refuse"},
    ]
    saved, runner = tmp_path / "run.json", CliRunner()
    first = runner.invoke(commands, ["evaluate", str(written(tmp_path / "rows.jsonl", before)), "--save", str(saved)])
    assert first.exit_code == 1
    assert "wrong outcome (1)" in first.output
    second = runner.invoke(commands, ["evaluate", str(written(tmp_path / "rows.jsonl", after)), "--compare", str(saved)])
    assert "1 came right, 1 went wrong, 0 as before" in second.output
    assert "- rows.jsonl#b “deficit with Peru”: right → false answer" in second.output
    assert runner.invoke(commands, ["evaluate", str(tmp_path / "rows.jsonl"), "--compare", str(tmp_path / "rows.jsonl")]).exit_code == 1


def test_the_curve_rises_with_every_word_that_is_tolerated(desk: Desk, tmp_path: Path) -> None:
    rows = [
        {"question": "deficit with Peru", "expect": "answer"},
        {"question": "deficit with the purple Peru", "expect": "refuse"},
        {"question": "deficit with the purple wooden Peru", "expect": "refuse"},
    ]
    points = curve(read(written(tmp_path / "rows.jsonl", rows)), Reader(desk.knowledge), TODAY)
    assert [point.false for point in points][:3] == [0.0, 0.5, 1.0]
    assert points[0].refused == 0.0
