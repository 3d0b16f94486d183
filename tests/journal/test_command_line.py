"""`tradebot journal` as an operator types it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from journal.happenings import asked
from tradebot.cli import commands
from tradebot.journal.journal import Journal

NOW = dt.datetime.now(tz=dt.UTC)
Type = Callable[..., Result]


@pytest.fixture
def type_(sqlite_url: str) -> Type:
    return lambda *words, **environ: CliRunner(env={"TRADEBOT_JOURNAL": sqlite_url, **environ}).invoke(commands, ["journal", *words])


@pytest.fixture
def furnished(sqlite_url: str) -> None:
    """Two misses of today and one of long ago."""

    async def note() -> None:
        journal = await Journal.open(sqlite_url, keep_days=3650)
        for days in (0, 0, 200):
            journal.note(asked("deficit with\nFreedonia", "refuse", missed="Freedonia", asked_at=NOW - dt.timedelta(days=days)))
        await journal.close()

    asyncio.run(note())


def test_migrate_makes_the_tables(type_: Type, file: Path) -> None:
    for _ in range(2):
        done = type_("migrate")
        assert (done.exit_code, done.output) == (0, "The journal is up to date.\n")
    assert file.exists()


@pytest.mark.usefixtures("furnished")
def test_misses(type_: Type) -> None:
    assert type_("misses").output == "    2  refuse    freedonia\n                 deficit with Freedonia\n"
    assert "    3" in type_("misses", "--days", "365", TRADEBOT_JOURNAL_DAYS="3650").output


@pytest.mark.usefixtures("furnished")
def test_prune(type_: Type) -> None:
    assert type_("prune", TRADEBOT_JOURNAL_DAYS="3650").output == "Deleted 0 entries older than 3650 days.\n"
    assert type_("prune", "--days", "90").output == "Deleted 1 entry older than 90 days.\n"
    assert type_("misses", "--days", "365").output.startswith("    2")


def test_nothing_missed(type_: Type) -> None:
    assert type_("misses").output == "Nothing was missed in the last 30 days.\n"


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [({"TRADEBOT_JOURNAL": "mysql://x"}, "address is none I can use"), ({"TRADEBOT_JOURNAL_DAYS": "many"}, "is a number of days")],
)
def test_what_is_wrong_is_a_sentence(type_: Type, environ: dict[str, str], sentence: str) -> None:
    done = type_("migrate", **environ)
    assert done.exit_code in {1, 2}
    assert sentence in done.output
    assert "Traceback" not in done.output
