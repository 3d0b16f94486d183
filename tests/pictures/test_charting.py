"""`tradebot chart`: the file, the alt text it prints, and a sentence for whatever is in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tradebot.cli import commands

PNG = b"\x89PNG\r\n\x1a\n"


def chart(*args: object) -> Result:
    return CliRunner().invoke(commands, ["chart", "--today", "2026-11-23", *map(str, args)])


def test_a_question_becomes_a_file(tmp_path: Path) -> None:
    target = tmp_path / "deficits.png"
    done = chart("top 10 deficits", "-o", target)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Bar chart: The 10 largest US goods deficits in 2025")
    assert target.read_bytes().startswith(PNG)


def test_a_question_in_several_words_and_a_name_in_capitals(tmp_path: Path) -> None:
    target = tmp_path / "VIETNAM.PNG"
    assert chart("deficit", "vietnam", "--output", target).exit_code == 0
    assert target.read_bytes().startswith(PNG)


def test_a_map(tmp_path: Path) -> None:
    target = tmp_path / "map.png"
    done = chart("--map", "balance", "--period", "2025", "-o", target)
    assert done.exit_code == 0
    assert done.stdout.startswith("World map: The US ran goods deficits with")
    assert target.read_bytes().startswith(PNG)
    assert chart("--map", "imports", "-o", target).exit_code == 0, "without a period the latest complete year"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [("members of the EU", "nothing to draw"), ("best laptop under 500", "US trade"), ("deficit 2027", "2027"), ("", "no question")],
)
def test_nothing_to_draw_is_one_sentence_and_exit_1(question: str, sentence: str, tmp_path: Path) -> None:
    target = tmp_path / "nothing.png"
    done = chart(question, "-o", target)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert not target.exists()


def test_a_map_of_what_is_not_held(tmp_path: Path) -> None:
    done = chart("--map", "balance", "--period", "1950", "-o", tmp_path / "map.png")
    assert done.exit_code == 1
    assert done.stderr == "The record holds no partners for 1950: it runs from 1985 to January–July 2026.\n"


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["top 10 deficits"], "Missing option '-o'"),
        (["top 10 deficits", "-o", "deficits.jpg"], "'deficits.jpg' is not the name of a PNG: end it in .png"),
        (["top 10 deficits", "-o", "deficits"], "end it in .png"),
        (["-o", "a.png"], "What shall be drawn?"),
        (["top 10 deficits", "--period", "2025", "-o", "a.png"], "What shall be drawn?"),
        (["--map", "weather", "-o", "a.png"], "--map takes one of balance, imports, exports, total_trade"),
        (["deficits", "--map", "balance", "-o", "a.png"], "no QUESTION beside it"),
        (["--map", "balance", "--period", "next year", "-o", "a.png"], "not a period: 'next year'"),
    ],
)
def test_wrong_usage_is_exit_2(args: list[str], sentence: str) -> None:
    done = chart(*args)
    assert done.exit_code == 2
    assert sentence in done.stderr


@pytest.mark.parametrize("name", ["missing/deficits.png", "folder.png"])
def test_a_file_that_cannot_be_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    done = chart("top 10 deficits", "-o", tmp_path / name)
    assert done.exit_code == 1
    assert "cannot be written: " in done.stderr
    assert done.stderr.count("\n") == 1
