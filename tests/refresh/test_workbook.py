"""`tradebot refresh country.xlsx`: what it says, what it writes, what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from refresh.bureau import KNOWLEDGE, PARTNERS, Bureau, contents, dollars, small_knowledge, write_xlsx
from refresh.conftest import Refresh, run_refresh
from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record import Record
from tradebot.knowledge.record_files import load_record


def load(root: Path) -> Record:
    problems = Problems()
    record = load_record(root, problems)
    assert list(problems) == []
    return record


def lines(root: Path, name: str, start: str) -> list[str]:
    return [line for line in (root / "record" / name).read_text(encoding="utf-8").split("\n") if line.startswith(start)]


# -- what it writes -----------------------------------------------------------------------------------------------


def test_a_first_workbook_makes_a_record(root: Path) -> None:
    record = load(root)
    assert (record.latest_year.id, record.to_date.id) == ("2025", "2026-01/2026-09")
    assert record.partner_ids == ("CN", "DE", "UNKNOWN", "VN")
    month = record.value("VN", "imports", Period.month(2026, 9))
    assert month is not None
    assert month.value == dollars("5520", "imports", 2026, 9) / 1e6
    assert (month.source, month.place) == ("census-2026-11", "code 5520, ISEP 2026")
    assert record.value("VN", "imports", Period.month(2026, 10)) is None
    assert lines(root, "aggregates.csv", "ASIA,2025")[0].startswith("ASIA,2025,census-2026-11,0016,")
    assert lines(root, "vintages.csv", "census") == ["census-2026-11,country.xlsx"]


def test_the_source_is_dated_by_the_last_month(root: Path) -> None:
    text = (root / "sources.yaml").read_text(encoding="utf-8")
    entry = text[text.index("  - id: census-2026-11") :].split("\n\n", 1)[0]
    assert "as_of: 2026-11-01" in entry
    assert "precision: month" in entry
    assert "short: Census Bureau, record of November 2026" in entry
    assert text.index("census-2026-11") < text.index("census-2026-10")


def test_the_same_file_again_changes_nothing(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    before = contents(root)
    done = refresh(Bureau((2026, 9)).workbook(tmp_path / "country.xlsx"))
    assert (done.exit_code, done.stdout) == (0, "Nothing changes: the record holds all of this already.\n")
    assert contents(root) == before


def test_a_new_month_and_a_revision(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    revised = dollars("5700", "imports", 2025, 3) + 250_000_000
    bureau = Bureau((2026, 10), changed={("5700", "imports", 2025, 3): revised})
    held = lines(root, "months.csv", "DE,")
    done = refresh(bureau.workbook(tmp_path / "country.xlsx"), "--yes")
    assert done.exit_code == 0, done.output
    assert "New month: October 2026 (imports $63.9 bn, exports $22.3 bn; 4 partners)." in done.stdout
    assert "Revised: 3 figures of years, 3 figures of months. The largest:" in done.stdout
    assert "  China, imports, 2025: $315.8 bn → $316.1 bn (+0.1 %)" in done.stdout
    record = load(root)
    assert record.to_date.id == "2026-01/2026-10"
    assert [figure.source for figure in record.series("CN", "imports")] == ["census-2026-11", "census-2026-12"]
    assert [figure.source for figure in record.series("DE", "imports")] == ["census-2026-11", "census-2026-11"]
    assert [line for line in lines(root, "months.csv", "DE,") if ",2026," not in line] == [line for line in held if ",2026," not in line]
    assert len(lines(root, "to_date.csv", "VN,2026,")) == 1


def test_a_month_of_the_unfinished_year_is_revised(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    revised = {(code, "exports", 2026, 4): dollars(code, "exports", 2026, 4) - 1_500_000_000 for code in ("5700", "4280")}
    done = refresh(Bureau((2026, 10), changed=revised).workbook(tmp_path / "country.xlsx"), "--dry-run")
    told = done.stdout.splitlines()
    assert "Revised: 4 figures of months. The largest:" in told
    at = told.index("Revised: 4 figures of months. The largest:")
    assert told[at + 1] == "  the world, exports, April 2026: $22.2 bn → $19.2 bn (−13.5 %)"
    assert "  Germany, exports, April 2026: $8.6 bn → $7.1 bn (−17.4 %)" in told


def test_partners_come_and_go(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    """Germany gives way to a partner that was unknown so far; what is held of it stays."""
    shutil.copy(KNOWLEDGE / "partners/japan.yaml", root / "partners")
    bureau = Bureau((2027, 1), names={**PARTNERS, "5880": ("Japan", "JAPAN")})
    del bureau.names["4280"]
    done = refresh(bureau.workbook(tmp_path / "country.xlsx"), "--yes", "--accept")
    assert done.exit_code == 0, done.output
    assert "New partners: Japan." in done.stdout
    assert "No longer listed: Germany. What is held of them stays." in done.stdout
    assert load(root).span("DE", "imports") == (Period.year(2024), Period.year(2025))


def test_a_finished_year_is_a_year(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    done = refresh(Bureau((2026, 12)).workbook(tmp_path / "country.xlsx"), "--yes")
    assert "New year, complete: 2026" in done.stdout
    record = load(root)
    assert (record.latest_year.id, record.to_date.id) == ("2026", "2026")
    assert lines(root, "to_date.csv", "VN") == []


def test_figures_rounded_elsewhere_are_no_revisions(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    """Releases give one decimal, three or six; a figure that only lost decimals keeps its line and its source."""
    rows = [[round(cell, 1) if isinstance(cell, float) else cell for cell in row] for row in Bureau((2026, 9)).rows()]
    done = refresh(write_xlsx(tmp_path / "country.xlsx", rows))
    assert (done.exit_code, done.stdout.startswith("Nothing changes")) == (0, True), done.output


def test_codes_and_years_as_numbers_and_other_column_orders(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    rows = [
        [*row[3:], "note", float(str(row[0])) if row[0] != "year" else "Year", _as_number(row[1]), row[2]]
        for row in Bureau((2026, 9)).rows()
    ]
    done = refresh(write_xlsx(tmp_path / "country.xlsx", rows, sheet="Sheet1"))
    assert (done.exit_code, done.stdout.startswith("Nothing changes")) == (0, True), done.output


def _as_number(code: object) -> object:
    return float(str(code)) if str(code).isdigit() else code


def test_without_a_row_for_the_world_the_partners_are_added(tmp_path: Path) -> None:
    root = small_knowledge(tmp_path / "knowledge")
    rows = [row for row in Bureau((2026, 9)).rows() if row[1] != "0015" or row[0] == "2026"]
    assert run_refresh(root, write_xlsx(tmp_path / "country.xlsx", rows), "--yes").exit_code == 0
    total = load(root).value("WORLD", "imports", Period.year(2025))
    assert total is not None
    assert total.formula == "sum of the partner rows"
    assert total.value == pytest.approx(
        sum(dollars(code, "imports", 2025, month) for code in ("5520", "5700", "4280", "8220") for month in range(1, 13)) / 1e6
    )


# -- asking before it writes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "given", "code", "said"),
    [
        (["--dry-run"], None, 0, "Dry run: nothing was written."),
        ([], "n\n", 1, "Nothing was written."),
        ([], "", 1, "Nothing was written."),
        ([], "y\n", 0, "Written: sources.yaml, record/vintages.csv, record/"),
    ],
)
def test_it_asks(root: Path, refresh: Refresh, tmp_path: Path, words: list[str], given: str | None, code: int, said: str) -> None:
    before = contents(root)
    done = refresh(Bureau((2026, 10)).workbook(tmp_path / "country.xlsx"), *words, given=given)
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert (contents(root) != before) == said.startswith("Written")


# -- doubts -------------------------------------------------------------------------------------------------------

_MILLION = 1_000_000


def _months(code: str, flow: str, millions: int) -> dict[tuple[str, str, int, int], int]:
    """Every month of 2024 with the same figure."""
    return {(code, flow, 2024, month): millions * _MILLION for month in range(1, 13)}


@pytest.mark.parametrize(
    ("last", "changed", "said"),
    [
        (8, {("5700", "imports", 2025, 3): 20_500 * _MILLION}, "These figures are older than the record: they end in August 2026"),
        (10, {("W", "imports", 2025, 3): 60_000 * _MILLION}, "The partners do not add up to the world: imports, March 2025"),
        (10, {("5700", "exports", 2025, 13): 99_000 * _MILLION}, "The months do not add up to the year: exports, China, 2025"),
        (10, {("4280", "exports", 2024, 5): 85_000 * _MILLION}, "A jump: exports, May 2024, Germany: $8.5 bn held, $85 bn now."),
        (10, {("4280", "imports", 2026, 10): 400_000 * _MILLION}, "A jump: imports, October 2026, Germany: $400 bn, after $17.2 bn a"),
        (10, _months("4280", "exports", 25_000), "The balance with Germany in 2024 turns from a $101.7 bn deficit to a $96.7 bn surplus."),
    ],
    ids=["older", "world", "year", "jump", "leap", "flip"],
)
def test_doubts_are_refused_until_they_are_accepted(
    root: Path, refresh: Refresh, tmp_path: Path, last: int, changed: dict[tuple[str, str, int, int], int], said: str
) -> None:
    before = contents(root)
    path = Bureau((2026, last), changed=changed).workbook(tmp_path / "country.xlsx")
    done = refresh(path, "--yes")
    assert done.exit_code == 1
    assert f"- {said}" in done.stdout
    assert "Refused: nothing was written." in done.stderr
    assert contents(root) == before
    done = refresh(path, "--yes", "--accept")
    assert done.exit_code == 0, done.output
    assert refresh(path).stdout.startswith("Nothing changes")


def test_an_older_file_takes_no_months_away(root: Path, refresh: Refresh, tmp_path: Path) -> None:
    changed = {("5700", "imports", 2025, 3): 20_500 * _MILLION}
    assert refresh(Bureau((2026, 2), changed=changed).workbook(tmp_path / "country.xlsx"), "--yes", "--accept").exit_code == 0
    record = load(root)
    assert record.to_date.id == "2026-01/2026-09"
    month = record.value("CN", "imports", Period.month(2025, 3))
    assert month is not None
    assert (month.value, month.source) == (20_500, "census-2026-04")


# -- files that are not what they should be -----------------------------------------------------------------------


def _rows(**changes: object) -> list[list[object]]:
    """The workbook with cells of its fourth row (China, 2024) changed, by heading."""
    rows = Bureau((2026, 10)).rows()
    for heading, value in changes.items():
        rows[4][rows[0].index(heading)] = value
    return rows


_UNKNOWN = "have 1 code that nobody here knows:\n  5999  Atlantis\nA country: put the code first under census"
_OTHER = "This workbook is not country.xlsx: no row has the headings year and CTY_CODE (its first row says Country, Deficit)."
_NO_WORLD = "The world's row (code 0015) has no figures"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (_rows(CTY_CODE="5999", CTYNAME="Atlantis"), _UNKNOWN),
        (_rows(CTY_CODE="0029", CTYNAME="Mercosur"), "(country.xlsx,code,area,note), with an empty area to leave it out."),
        (_rows(IMAR="n/a"), "Row 5, column IMAR: “n/a” is not a number."),
        (_rows(EYR=-5.5), "Row 5, column EYR: -5.5 is negative; imports and exports never are."),
        (_rows(year="2024p"), "Row 5: “2024p” is not a year."),
        (_rows(CTY_CODE="57"), "  0057  China"),
        (_rows(CTY_CODE="China"), "Row 5: “China” is not a Census code of four digits."),
        (_rows(CTY_CODE="5520"), "Row 5: code 5520 is given twice for 2024."),
        ([row[:-1] for row in _rows()], "The workbook lacks the column EYR."),
        ([["Country", "Deficit"], ["China", 295]], _OTHER),
        ([row if row[1] != "0015" else [*row[:3], *[0.0] * 26] for row in _rows()], _NO_WORLD),
        ([row for row in _rows() if row[1] != "0015"], _NO_WORLD),
    ],
)
def test_wrong_tables_are_named(root: Path, refresh: Refresh, tmp_path: Path, rows: list[list[object]], said: str) -> None:
    before = contents(root)
    done = refresh(write_xlsx(tmp_path / "country.xlsx", rows), "--yes", "--accept")
    assert done.exit_code == 1
    assert said in done.stderr
    assert contents(root) == before


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_cut, "country.xlsx is incomplete: the end of the workbook is missing. Download it anew."),
        (_flipped, "country.xlsx is"),
        (lambda path: path.write_text("year;CTY_CODE\n"), "country.xlsx is not an Excel workbook (.xlsx)."),
        (lambda path: path.write_text("<!DOCTYPE html>"), "It is a web page."),
        (lambda path: path.unlink(), "cannot be read: no such file or directory."),
    ],
)
def test_damaged_files_are_named(refresh: Refresh, tmp_path: Path, damage: object, said: str) -> None:
    path = Bureau((2026, 10)).workbook(tmp_path / "country.xlsx")
    assert callable(damage)
    damage(path)
    done = refresh(path)
    assert (done.exit_code, said in done.stderr) == (1, True), done.output


def test_usage(refresh: Refresh) -> None:
    for words in ([], ["country.xlsx", "--census-api"]):
        done = refresh(*words)
        assert (done.exit_code, "Name a country.xlsx" in done.stderr) == (2, True)
