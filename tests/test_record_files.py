"""The files of the record: what they may hold, and where a problem is said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradebot.knowledge.periods import Period
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record import WORLD, Record
from tradebot.knowledge.record_check import check_record, year_gaps
from tradebot.knowledge.record_files import MONTH_COLUMNS, load_record

_SMALL = {
    "vintages.csv": "source,origin\ncensus-2030-01,country.xlsx\n",
    "areas.csv": "id,name,codes,note\nEU,European Union,0003,\n",
    "annual.csv": "area,year,source,code,imports,exports\nWORLD,2029,census-2030-01,15,30,20\nVN,2029,census-2030-01,5520,12.5,\n",
    "months.csv": f"area,year,flow,source,code,{','.join(MONTH_COLUMNS)}\nVN,2029,imports,census-2030-01,5520,1,2,3,,,,,,,,,\n",
    "to_date.csv": "area,year,months,source,code,imports,exports\nVN,2030,2,census-2030-01,5520,3,1.5\n",
    "chapters.csv": "area,year,flow,source,code,HS01,HS02\nVN,2029,exports,census-2030-01,5520,,0.5\n",
    "aggregates.csv": "area,year,source,code,imports,exports\nEU,2029,census-2030-01,0003,5,4\n",
    "aggregate_months.csv": f"area,year,flow,source,code,{','.join(MONTH_COLUMNS)}\n",
    "aggregate_chapters.csv": "area,year,flow,source,code,HS01,HS02\n",
}


def _load(root: Path) -> Record:
    problems = Problems()
    loaded = load_record(root, problems)
    assert list(problems) == []
    return loaded


def _value(record: Record, area: str, metric: str, period: Period) -> float:
    figure = record.value(area, metric, period)
    assert figure is not None, (area, metric, period.id)
    return figure.value


def _write(root: Path, **changed: str) -> Path:
    folder = root / "knowledge" / "record"
    folder.mkdir(parents=True)
    for name, text in _SMALL.items():
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), text), encoding="utf-8", newline="")
    return folder.parent


def test_a_small_record(tmp_path: Path) -> None:
    small = _load(_write(tmp_path))
    assert small.partner_ids == ("VN",)
    assert small.value(WORLD, "imports", Period.year(2029)) is not None
    assert small.value("VN", "exports", Period.year(2029)) is None
    assert _value(small, "VN", "imports", Period.quarter(2029, 1)) == 6
    assert _value(small, "VN", "balance", Period.months(2030, 1, 2030, 2)) == -1.5
    exported = small.chapter("VN", "HS02", "exports", Period.year(2029))
    assert exported is not None
    assert exported.value == 0.5
    total = small.value(WORLD, "imports", Period.year(2029))
    assert total is not None
    assert total.place == "code 0015, IYR 2029"


def test_what_a_spreadsheet_adds_is_taken_as_it_comes(tmp_path: Path) -> None:
    text = "\ufeff" + _SMALL["annual.csv"].replace("\n", "\r\n")
    assert _value(_load(_write(tmp_path, annual=text)), "VN", "imports", Period.year(2029)) == 12.5


_LINE = "VN,2029,census-2030-01,5520"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{_LINE},12.5.1,3", '3:29: imports: not a plain number: "12.5.1"'),
        (f"{_LINE},12,1e5", '3:32: exports: not a plain number: "1e5"'),
        (f"{_LINE},-12,3", '3:29: imports: never negative: "-12"'),
        (f"{_LINE},nan,3", '3:29: imports: not a plain number: "nan"'),
        (f"{_LINE},12,5,3", "3:1: has 7 cells, not 6 (decimals are written with a point: 12.5)"),
        ("VN,29,census-2030-01,5520,1,1", '3:4: year: not a year: "29"'),
        ("vn,2029,census-2030-01,5520,1,1", '3:1: area: not an id such as VN or WORLD: "vn"'),
        ("VN,2029,Census,5520,1,1", '3:9: source: not a source id: "Census"'),
        ("WORLD,2029,census-2030-01,15,30,20", "3:1: area: is given twice for this year"),
    ],
)
def test_bad_lines_are_problems_at_their_place(tmp_path: Path, line: str, expected: str) -> None:
    head = _SMALL["annual.csv"].splitlines()[:2]
    problems = Problems()
    load_record(_write(tmp_path, annual="\n".join([*head, line, ""])), problems)
    assert [str(problem) for problem in problems] == [f"knowledge/record/annual.csv:{expected}"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("annual", "area;year\n", "annual.csv:1:1: the first line must be area,year,source,code,imports,exports"),
        (
            "annual",
            _SMALL["annual.csv"].replace("WORLD,2029,census-2030-01,15,30,20\n", ""),
            "annual.csv:1:1: imports: WORLD has none, and every total and every share needs them",
        ),
        (
            "annual",
            _SMALL["annual.csv"].replace("30,20", "30,"),
            "annual.csv:1:1: exports: WORLD has none, and every total and every share needs them",
        ),
        ("chapters", "area,year,flow,source,code,01\n", "chapters.csv:1:1: the first line must be area,year,flow,source,code,HS01,…"),
        (
            "aggregate_chapters",
            "area,year,flow,source,code,HS03\n",
            "aggregate_chapters.csv:1:1: has other chapter columns than chapters.csv",
        ),
        ("to_date", _SMALL["to_date.csv"].replace(",2,", ",12,"), "to_date.csv:2:1: months: must be 1 to 11: January up to which month"),
        ("months", _SMALL["months.csv"].replace("imports", "import"), 'months.csv:2:9: flow: must be imports or exports: "import"'),
    ],
)
def test_bad_files_are_problems_at_their_place(tmp_path: Path, name: str, text: str, expected: str) -> None:
    problems = Problems()
    load_record(_write(tmp_path, **{name: text}), problems)
    assert [str(problem) for problem in problems] == [f"knowledge/record/{expected}"]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    root = _write(tmp_path)
    (root / "record/months.csv").unlink()
    problems = Problems()
    load_record(root, problems)
    assert [str(problem) for problem in problems] == ["knowledge/record/months.csv: cannot be read: no such file or directory"]


def test_ids_that_no_other_file_knows(tmp_path: Path) -> None:
    annual = _SMALL["annual.csv"] + "VT,2031,census-2030-02,5520,1,1\n"
    root = _write(tmp_path, annual=annual, areas="id,name,codes,note\n")
    problems = Problems()
    check_record(root, _load(root), {"VN"}, {"census-2030-1"}, problems)
    assert [str(problem) for problem in problems] == [
        "knowledge/record/aggregates.csv:2:1: area: “EU” is not listed in areas.csv",
        "knowledge/record/annual.csv:4:1: area: unknown partner “VT”",
        "knowledge/record/annual.csv:4:1: year: “VT” has years that the world does not have",
        "knowledge/record/vintages.csv:1:1: source: “census-2030-02” is used in the record but not listed",
        "knowledge/record/vintages.csv:2:1: source: unknown source “census-2030-01”; did you mean “census-2030-1”?",
    ]


def test_months_that_do_not_add_up_are_a_warning(tmp_path: Path) -> None:
    months_line = "VN,2029,imports,census-2030-01,5520,1,2,3,1,1,1,1,1,1,1,1,1"
    months = _SMALL["months.csv"].splitlines()[0] + "\n" + months_line + "\n"
    small = _load(_write(tmp_path, months=months))
    told = [str(problem) for problem in year_gaps(tmp_path / "knowledge", small)]
    assert told == ["knowledge/record/months.csv:2:1: VN imports 2029: the months add up to 15.0, the year is 12.5 (USD million)"]


def test_a_year_that_is_only_had_by_its_months_has_its_place_among_the_sizes(tmp_path: Path) -> None:
    lines = [f"VN,2028,{flow},census-2030-01,5520,{','.join([value] * 12)}" for flow, value in (("imports", "2"), ("exports", "0.5"))]
    lines.append(f"CN,2028,imports,census-2030-01,5700,{','.join(['1'] * 11)},")
    annual = _SMALL["annual.csv"] + "WORLD,2028,census-2030-01,15,25,7\n"
    small = _load(_write(tmp_path, annual=annual, months="\n".join([_SMALL["months.csv"].splitlines()[0], *lines, ""])))
    assert small.sizes("imports", Period.year(2028)) == {"VN": 24.0}
    assert small.sizes("balance", Period.year(2028)) == {"VN": -18.0}
    assert small.sizes("balance", Period.year(2029)) == {}
