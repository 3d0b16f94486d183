"""Lints: what every single file allows and the whole of them does not. Each case edits one file; `told` is what check says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tradebot.checks import check
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.problems import KnowledgeError

CASES = {
    "an alias that is an English word": (
        ("partners/vietnam.yaml", "aliases: [", "aliases: [Trade, "),
        "knowledge/partners/vietnam.yaml:7:11: aliases[0]: “Trade” is also a word that the bot reads otherwise",
    ),
    "another": (
        ("groups/eu.yaml", "aliases: [", "aliases: [Bakery, "),
        "“Bakery” is also an English word: put it into weak, so that it needs a word of trade beside it",
    ),
    "an alias that two claim": (
        ("partners/vietnam.yaml", "aliases: [", "aliases: [Nippon, "),
        "“Nippon” is already a name of",
    ),
    "a year ten times as large": (
        ("record/annual.csv", "VN,2025,census-2026-10,5520,193879.3", "VN,2025,census-2026-10,5520,1938793"),
        "knowledge/record/months.csv:15852:1: VN imports 2025: the months add up to 193,879.4, the year is 1,938,793.0 (USD million)",
    ),
    "a world that is not its partners": (
        ("record/annual.csv", "WORLD,2020,census-2025-10,-,2331477.181", "WORLD,2020,census-2025-10,-,3331477.181"),
        "annual.csv:37:1: imports: the partners add up to",
    ),
    "a group that is not its members": (
        ("groups/usmca.yaml", "members: [CA, MX]", "members: [CA, GT]"),
        "knowledge/record/aggregates.csv:",
    ),
    "a balance in per cent": (
        ("article/vietnam.yaml", "unit: USD bn", "unit: percent"),
        "balance is counted in USD bn, not in percent",
    ),
    "an event of tomorrow": (
        ("tariffs/record.yaml", "reviewed: 2026-08-22", "reviewed: 2026-08-01"),
        "announced after the record was last reviewed (2026-08-01, in tariffs/record.yaml)",
    ),
    "a review of tomorrow": (
        ("tariffs/record.yaml", "reviewed: 2026-08-22", "reviewed: 2999-01-01"),
        "knowledge/tariffs/record.yaml:1:1: reviewed: 2999-01-01 is in the future",
    ),
    "a source of tomorrow": (
        ("sources.yaml", "as_of: 2026-10-01", "as_of: 2999-10-01"),
        "sources[0].as_of: 2999-10-01 is in the future",
    ),
    "an event that ends before it begins": (
        ("tariffs/events.csv", "E005,,2018-09-24,", "E005,,2018-09-24,2018-09-01"),
        "lies before the start",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_lint_says_what_is_wrong_and_where(case: str, tmp_path: Path) -> None:
    (name, old, new), told = CASES[case]
    root = Path(shutil.copytree(knowledge_dir(), tmp_path / "knowledge"))
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        problems = check(root)
    except KnowledgeError as error:
        problems = error.problems
    assert any(told in str(problem) for problem in problems), list(map(str, problems))[:10]
    assert all(problem.line for problem in problems)
