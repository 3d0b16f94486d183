"""The migrations make exactly the tables that the models describe, and every column says what it holds."""

from __future__ import annotations

import datetime as dt

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from journal.happenings import NOW, posted
from tradebot.journal.database import MIGRATIONS, NEWEST, Database
from tradebot.journal.entries import JournalError
from tradebot.journal.journal import Journal
from tradebot.journal.tables import Base


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata))


async def test_the_migrations_make_the_tables_of_the_models(url: str) -> None:
    database = Database(url)
    async with database.writing() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_the_journal_of_a_newer_version_is_left_alone(url: str) -> None:
    database = Database(url)
    async with database.writing() as connection:
        await connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    await database.close()
    with pytest.raises(JournalError, match="newer tradebot"):
        await Journal.open(url)


def test_the_newest_step_is_known_without_alembic() -> None:
    config = alembic()
    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST


async def test_the_facts_of_an_older_journal_are_kept(url: str) -> None:
    facts, sought = {"CL.balance.2025": -1.5, "CL.imports.2025": 9.25}, ["CL.balance.2025", "CL.imports.2025"]
    journal = await Journal.open(url)
    journal.note(posted(10, facts))
    journal.note(posted(11, {}))
    await journal.close()
    database = Database(url)
    async with database.writing() as connection:
        await connection.run_sync(lambda plain: command.downgrade(alembic(plain), "0002"))
        assert len((await connection.execute(text("select * from facts"))).all()) == len(facts)
    await database.close()
    journal = await Journal.open(url)
    (found,) = await journal.using(sought, NOW - dt.timedelta(hours=1))
    assert (found.message_id, found.facts) == (10, facts)
    await journal.close()


def alembic(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def test_every_table_and_column_says_what_it_holds() -> None:
    tables = list(Base.metadata.tables.values())
    assert {table.name for table in tables} == {"questions", "messages", "complaints", "servers"}
    assert [table.name for table in tables if not table.comment] == []
    assert [column for table in tables for column in table.columns if not column.comment] == []
