"""Journals over real databases: a SQLite file and a PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tradebot.journal import journal as room
from tradebot.journal.journal import Journal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite"


@pytest.fixture
def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def journal(url: str) -> AsyncIterator[Journal]:
    opened = await Journal.open(url)
    yield opened
    await opened.close()


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second for a journal to close whose database is away."""
    monkeypatch.setattr(room, "CLOSE_SECONDS", 0.5)
