"""What the README promises about privacy and what the journal keeps are the same."""

from __future__ import annotations

import re
from pathlib import Path

from tradebot.journal.address import DAYS
from tradebot.journal.journal import KEEP_DAYS
from tradebot.journal.tables import Base

README = Path(__file__).resolve().parents[2] / "README.md"
PERSONAL = re.compile(r"author|user|member|name|person|asker")


def section() -> str:
    return re.split(r"^## ", README.read_text(encoding="utf-8"), flags=re.MULTILINE)[_headings().index("Privacy") + 1]


def _headings() -> list[str]:
    return re.findall(r"^## (.*)$", README.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_readme_names_every_table_and_every_column_and_no_other() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section().splitlines() if line.startswith("| `")]
    told = {re.findall(r"`(\w+)`", table)[0]: re.findall(r"`(\w+)`", columns) for table, _, columns in rows}
    kept = {table.name: [column.name for column in table.columns] for table in Base.metadata.tables.values()}
    assert {table: sorted(columns) for table, columns in told.items()} == {table: sorted(columns) for table, columns in kept.items()}


def test_only_feedback_is_kept_with_its_author() -> None:
    named = [
        f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns if PERSONAL.search(column.name)
    ]
    assert named == ["complaints.author_id"]


def test_the_days_are_the_days() -> None:
    assert f"after {KEEP_DAYS} days (`{DAYS}`)" in " ".join(section().split())
