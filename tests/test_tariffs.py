"""The tariff record: dated expectations, the two clocks, and files with mistakes in them."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.tariff_clock import State, charged, standing, standings
from tradebot.knowledge.tariff_events import Role
from tradebot.knowledge.tariff_expectations import check_expectations
from tradebot.knowledge.tariff_models import Expectation
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.knowledge.tariffs import EVENT_COLUMNS, load_tariffs

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2027, 12, 31))


def read(root: Path) -> TariffRecord:
    problems = Problems()
    record = load_tariffs(root, problems)
    assert list(problems) == []
    assert record is not None
    return record


RECORD = read(knowledge_dir())
AREAS = st.sampled_from(sorted({partner for event in RECORD.events for partner in event.scope.named}))


def test_every_row_is_held_once() -> None:
    assert len(RECORD.events) == len(RECORD.by_id) == 209


def test_expectations_hold() -> None:
    assert len(RECORD.expectations) > 40
    assert list(check_expectations(knowledge_dir(), RECORD)) == []


def test_an_expectation_that_fails_is_told_in_words(tmp_path: Path) -> None:
    shutil.copytree(knowledge_dir() / "tariffs", tmp_path / "tariffs")
    wrong = "expectations:\n  - {on: 2025-04-09, partner: VN, rates: {reciprocal: 20}, none: [IEEPA], states: {E036: set}}\n"
    (tmp_path / "tariffs" / "expectations.yaml").write_text(wrong, encoding="utf-8")
    problems = list(check_expectations(tmp_path, read(tmp_path)))
    assert {(problem.line, problem.column) for problem in problems} == {(2, 42), (2, 66), (2, 83)}
    sentences = [problem.sentence for problem in problems]
    assert "reciprocal should be at 20 %, but E036 has “46 %” (on 2025-04-09, VN)" in sentences
    assert "no duty under IEEPA should be in force, but E036 is (on 2025-04-09, VN)" in sentences
    assert "E036 should be “set”, but is “in_force” (on 2025-04-09, VN)" in sentences


@given(AREAS, DAYS)
def test_one_duty_of_a_family_at_a_time_and_only_within_its_days(partner: str, day: dt.date) -> None:
    area = frozenset({partner})
    held = charged(standings(RECORD, area, day, TODAY))
    assert len({each.event.family for each in held}) == len(held)
    for each in held:
        assert each.event.scope.bond(area)
        assert each.start is not None
        assert each.start <= min(day, RECORD.reviewed)
        assert each.end is None or day < each.end


@given(AREAS, DAYS, DAYS)
def test_nothing_is_told_before_it_was_known(partner: str, day: dt.date, known_on: dt.date) -> None:
    for each in standings(RECORD, frozenset({partner}), day, known_on):
        assert each.event.known is not None
        assert each.event.known <= known_on
        cause = RECORD.by_id.get(each.ended_by)
        assert cause is None or cause.known is None or cause.known <= known_on


@given(DAYS.filter(lambda day: day > RECORD.reviewed))
def test_nothing_starts_beyond_the_last_review(day: dt.date) -> None:
    for event in RECORD.events:
        found = standing(RECORD, event, frozenset(), day, TODAY)
        if found and found.event.charged and found.start and found.start > RECORD.reviewed:
            assert found.state in (State.SET, State.UNKNOWN)


def test_ended_duties_say_how() -> None:
    silent = [event.id for event in RECORD.events if event.charged and event.ends and event.how is None]
    assert silent == []


def test_the_rows_of_an_action_agree_with_its_investigation() -> None:
    economies = RECORD.by_id["E088"].scope.named
    rated = [event for event in RECORD.events if event.family == "forced-labour" and event.role is Role.DUTY]
    assert frozenset[str]().union(*(event.scope.named for event in rated)) == economies
    assert sum(len(event.scope.named) for event in rated) == len(economies) == 60


def test_partners_and_groups_are_known(desk: Desk) -> None:
    known = {*desk.knowledge.partners, *desk.knowledge.groups}
    named = {partner for event in RECORD.events for partner in (*event.scope.named, *event.scope.without)}
    named |= {partner for terms in RECORD.terms.values() for term in terms for partner in term.scope.named}
    assert named - known == set()


def test_effective_rate_by_day() -> None:
    first, last = RECORD.day_rates[0], RECORD.day_rates[-1]
    assert (first.day, last.day) == (dt.date(2025, 1, 1), dt.date(2026, 3, 26))
    assert RECORD.day_rate(dt.date(2025, 4, 15)) is not None
    assert RECORD.day_rate(dt.date(2024, 12, 31)) is None
    for each in RECORD.day_rates:
        assert 0 < sum(value for _, value in each.parts) <= each.overall


def rows(text: str, tmp_path: Path) -> list[str]:
    """The problems of events.csv with one more row."""
    shutil.copytree(knowledge_dir() / "tariffs", tmp_path / "tariffs")
    file = tmp_path / "tariffs" / "events.csv"
    file.write_text(file.read_text(encoding="utf-8") + text + "\n", encoding="utf-8")
    problems = Problems()
    load_tariffs(tmp_path, problems)
    return [f"{problem.line}:{problem.field}: {problem.sentence}" for problem in problems]


def row(**cells: str) -> str:
    plain = {"id": "X1", "announced": "2026-01-01", "partners": "ALL", "family": "autos", "role": "duty", "status": "in_effect"}
    given = {**plain, "measure": "a duty", "confidence": "high", **cells}
    return ",".join(given.get(column, "") for column in EVENT_COLUMNS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (row(family="auto"), "unknown family “auto”"),
        (row(role="tax"), "must be one of duty, quota"),
        (row(effective="2026-02-01", end="2026-01-15"), "end: lies before the start (2026-02-01)"),
        (row(announced=""), "announced: neither announced nor effective is given"),
        (row(announced="1 Feb 2026"), 'announced: not a date: "1 Feb 2026"'),
        (row(products="bicycles"), "products: unknown: “bicycles”"),
        (row(rate_low="25", rate_high="10"), "rate_high: is below rate_low"),
        (row(ended_by="E999"), "ended_by: unknown event “E999”"),
        (row(id="E001"), "id: “E001” is given twice"),
    ],
)
def test_a_mistake_is_named_at_its_line(text: str, said: str, tmp_path: Path) -> None:
    found = rows(text, tmp_path)
    assert any(each.startswith("211:") and said in each for each in found), found


def test_a_row_appended_is_in_force(tmp_path: Path) -> None:
    shutil.copytree(knowledge_dir() / "tariffs", tmp_path / "tariffs")
    file = tmp_path / "tariffs" / "events.csv"
    added = row(effective="2026-02-01", partners="CL", family="brazil-301", rate="7 %", rate_low="7", rate_high="7")
    file.write_text(file.read_text(encoding="utf-8") + added + "\n", encoding="utf-8")
    expected = Expectation(on=dt.date(2026, 3, 1), partner="CL", rates={"brazil-301": 7})
    record = read(tmp_path)
    held = charged(standings(record, frozenset({"CL"}), expected.on, TODAY))
    assert any(each.event.id == "X1" and each.rate.high == 7 for each in held)
