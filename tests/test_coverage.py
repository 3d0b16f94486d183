"""Ages and coverage: what is past its shelf life on a day, how answers speak of it, and the board that lists it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tradebot.answering.coverage import MEASURES, Status, board, row
from tradebot.cli import commands
from tradebot.desk import Desk
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.shelf_lives import KINDS, later, load_shelf_lives

TODAY = dt.date(2026, 11, 23)
GOOD, OVER = dt.date(2027, 1, 1) - dt.timedelta(days=1), dt.date(2027, 4, 1)


@pytest.mark.parametrize(
    ("date", "months", "end"),
    [
        (dt.date(2026, 7, 31), 6, dt.date(2027, 1, 31)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2025, 12, 31), 15, dt.date(2027, 3, 31)),
        (dt.date(2026, 8, 22), 3, dt.date(2026, 11, 22)),
        (dt.date(2024, 1, 30), 1, dt.date(2024, 2, 29)),
    ],
)
def test_a_shelf_life_ends_on_the_same_day_or_the_last_of_a_shorter_month(date: dt.date, months: int, end: dt.date) -> None:
    assert later(date, months) == end


def test_every_kind_has_a_shelf_life_and_a_missing_or_doubled_one_is_named(tmp_path: Path, problems: Problems) -> None:
    assert set(load_shelf_lives(knowledge_dir(), problems)) == set(KINDS)
    assert len(problems) == 0
    text = (knowledge_dir() / "shelf_lives.yaml").read_text(encoding="utf-8")
    (tmp_path / "shelf_lives.yaml").write_text(text.replace("kind: month\n", "kind: annual\n"), encoding="utf-8")
    load_shelf_lives(tmp_path, problems)
    said = "\n".join(map(str, problems))
    assert "“annual” is given twice" in said
    assert "says nothing of “month”" in said


@pytest.mark.parametrize(
    ("question", "good", "over"),
    [
        ("deficit with Vietnam", "in the same months of 2025 (up 42 %), now its largest", "the latest months held: $138.9 bn"),
        ("deficit with Vietnam", "now its largest", "then its largest"),
        ("top 10 deficits", "So far in 2026 (January–July) Vietnam leads", "In January–July 2026, the latest months held, Vietnam led"),
        ("rank of Japan", "So far in 2026 (January–July) it is eleventh", "In January–July 2026, the latest months held, it was eleventh"),
        ("Canada's share of imports", "So far in 2026 (January–July) it is", "In January–July 2026, the latest months held, it was"),
        ("deficit in 2026", "The year is not over", "The record holds no more of that year"),
        (
            "deficit with Vietnam",
            "Read as: goods deficit with Vietnam, 2025.",
            "Read as: goods deficit with Vietnam, 2025, the latest held.",
        ),
    ],
)
def test_past_its_shelf_life_a_figure_is_spoken_of_in_the_past(desk: Desk, question: str, good: str, over: str) -> None:
    before, after = desk.ask(question, today=TODAY).text, desk.ask(question, today=OVER).text
    assert good in before
    assert over not in before
    assert over in after
    assert good not in after


def test_a_year_to_date_is_past_once_its_year_is_over(desk: Desk) -> None:
    assert "Vietnam leads" in desk.ask("top 10 deficits", today=GOOD).text
    assert "Vietnam led" in desk.ask("top 10 deficits", today=dt.date(2027, 1, 1)).text


def test_an_old_list_of_members_bears_its_date(desk: Desk) -> None:
    group = desk.knowledge.groups["ASEAN"]
    assert "members are those of" not in desk.ask("ASEAN deficit", today=group.as_of).text
    assert "Its members are those of 26 Oct 2025." in desk.ask("ASEAN deficit", today=TODAY).text
    assert "members are those of" not in desk.ask("Asia deficit", today=TODAY).text, "a region of the world does not age"


def test_one_partner_by_measure(desk: Desk) -> None:
    held = {name: cell.status for name, cell in row(desk.knowledge, "VN", TODAY).cells.items()}
    assert held["imports"] is Status.KNOWN
    assert held["balance"] is Status.DERIVED
    assert held["import_chapters"] is Status.DISPUTED
    assert held["export_chapters"] is Status.MISSING
    assert held["tariffs"] is Status.STALE
    assert row(desk.knowledge, "CN", TODAY).cells["imports"].status is Status.DISPUTED
    assert row(desk.knowledge, "NO", TODAY).cells["months"].status is Status.STALE


def test_what_is_fresh_today_is_stale_in_a_year_and_nothing_becomes_fresh(desk: Desk) -> None:
    now, then = (board(desk.knowledge, day).counts() for day in (TODAY, TODAY.replace(year=2028)))
    for measure in MEASURES:
        assert now[measure].total() == then[measure].total() == len(board(desk.knowledge, TODAY).rows)
        assert now[measure][Status.MISSING] == then[measure][Status.MISSING]
        assert now[measure][Status.STALE] <= then[measure][Status.STALE]
    assert then["imports"][Status.KNOWN] == 0


def test_the_board_has_the_world_first_and_every_country_and_territory_once(desk: Desk) -> None:
    partners = [each.partner for each in board(desk.knowledge, TODAY).rows]
    assert partners[0] == WORLD
    assert len(partners) == len(set(partners))
    assert "SUHH" not in partners, "a former country is not waited for"


@pytest.mark.parametrize("question", ["what's missing for Vietnam", "coverage of Vietnam"])
def test_a_question_gets_the_row_of_its_partner(desk: Desk, question: str) -> None:
    reply = desk.ask(question, today=TODAY)
    assert reply.intent == "coverage"
    assert "Missing: exports by chapter." in reply.text
    assert "Past their shelf life: tariffs and newsletter facts." in reply.text
    assert reply.card.sheet is not None
    assert ("Year to date", "known", "January–July 2026") in reply.card.sheet.rows
    assert ("Tariffs", "stale", "22 Aug 2026") in reply.card.sheet.rows


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["coverage", "--today", "2026-11-23", *args])
    return result.exit_code, result.output


def test_the_command_counts_lists_and_ages() -> None:
    code, text = run("--plain")
    assert code == 0
    assert text.startswith("Coverage of ")
    assert "By partner: K known, D derived, S stale, X disputed, - missing" in text
    assert "goods by HS chapter       31 Dec 2024  31 Mar 2026  yes" in text


@pytest.mark.parametrize("name", ["VN", "vietnam", "Viet Nam"])
def test_the_command_shows_one_partner_by_any_of_its_names(name: str) -> None:
    code, text = run("--partner", name)
    assert code == 0
    assert text.startswith("Vietnam on 23 Nov 2026")
    assert "Exports by chapter  missing   –" in text


def test_the_command_speaks_json() -> None:
    code, text = run("--json", "--partner", "CN")
    found = json.loads(text)
    assert code == 0
    assert found["partners"][0]["measures"]["imports"] == {"status": "disputed", "until": "2025"}
    assert found["counts"]["export_chapters"] == {"missing": 1}
    assert {each["kind"] for each in found["ages"]} == set(KINDS)


def test_an_unknown_partner_is_a_usage_error_that_names_the_nearest() -> None:
    code, text = run("--partner", "veitnam")
    assert code == 2
    assert "did you mean “vietnam”?" in text
