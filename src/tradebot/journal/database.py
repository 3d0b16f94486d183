"""One database, reached through SQLAlchemy: SQLite in a file, or PostgreSQL.

url ─▶ address ─▶ Database ─▶ migrate (Alembic, one process at a time) ─▶ reading / writing: a connection each
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import URL, Connection, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from tradebot.journal.entries import JournalError

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
OPEN_SECONDS = 30.0
BUSY_SECONDS = 1.5
"""How long SQLite waits for another process's lock; whoever waits for a change hears of it in time."""
POOL = {"pool_size": 2, "max_overflow": 3, "pool_use_lifo": True}
"""Every connection to a SQLite file has a thread of its own: two are kept, to write and to read meanwhile, the second only where that
happens."""
PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-500")
"""Half a megabyte of pages, of two: rows are added at the end, and the system remembers pages, too."""
MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0003"
"""The last step under migrations/versions."""
_MIGRATION_LOCK = 0x7472616465  # “trade”: the advisory lock under which one process migrates while the others wait
_CLASS = re.compile(r"^<class '[^']*'>: ")

FAULTS: tuple[type[Exception], ...] = (SQLAlchemyError, OSError, TimeoutError, JournalError)
"""Whatever a lost, locked, full or broken database raises."""
UNFIT: tuple[type[Exception], ...] = (DataError, IntegrityError, OverflowError, ValueError)
"""What an entry raises that no database will ever take."""


def address(url: str) -> URL:
    """The URL with its asynchronous driver. Raises JournalError, which does not repeat it: it may hold a password."""
    try:
        made = make_url(url.strip())
    except (ArgumentError, ValueError):
        made = None
    driver = DRIVERS.get(made.get_backend_name()) if made else None
    if made is None or driver is None:
        raise JournalError(
            "The journal's address is none I can use: write sqlite:////folder/journal.sqlite or postgresql://user@host/name."
        )
    return made.set(drivername=driver)


def is_unfit(error: BaseException | None) -> bool:
    """Whether the entries are at fault, not the database: SQLSTATE classes 22 (data) and 23 (constraints), or no SQL at all."""
    while error is not None:
        if isinstance(error, UNFIT) or str(getattr(error, "sqlstate", "")).startswith(("22", "23")):
            return True
        error = error.__cause__
    return False


def reason(error: BaseException) -> str:
    """What went wrong in the database's own words, without statement, parameters and address."""
    cause = error.orig if isinstance(error, StatementError) and error.orig else error
    words = str(cause).strip().splitlines()
    return _CLASS.sub("", words[0]) if words else type(cause).__name__


class Database:
    """Connections to the journal's database; nothing is connected before the first use."""

    def __init__(self, url: str) -> None:
        self._url = address(url)
        self._ready = False
        self._migrating = asyncio.Lock()
        self._engine = _engine(self._url)
        self._locking = self._engine.execution_options(tradebot_begin="BEGIN IMMEDIATE")

    async def ensure(self) -> None:
        """Migrates unless that is done already; a file that somebody deleted is begun anew. Raises one of FAULTS."""
        async with self._migrating:
            if self._ready and not self._is_gone():
                return
            if self._ready:
                self._ready = False
                await self._engine.dispose()
            async with asyncio.timeout(OPEN_SECONDS):
                await self._migrate()
            self._ready = True

    async def _migrate(self) -> None:
        if (file := _file(self._url)) is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        async with self._locking.begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            await connection.run_sync(_upgrade)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction, committed at the end; a connection that failed is not used again. Raises one of FAULTS."""
        await self.ensure()
        async with self._locking.connect() as connection:
            try:
                async with connection.begin():
                    yield connection
            except SQLAlchemyError:
                await connection.invalidate()
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection to read from. Raises one of FAULTS, at once where the database was not reached yet."""
        if not self._ready:
            raise JournalError("The journal is not open yet.")
        async with self._engine.connect() as connection:
            yield connection

    async def close(self) -> None:
        await self._engine.dispose()

    def _is_gone(self) -> bool:
        file = _file(self._url)
        return file is not None and not file.exists()


def _file(url: URL) -> Path | None:
    """The SQLite file; None for PostgreSQL, memory and URIs."""
    name = url.database or ""
    plain = url.get_backend_name() == "sqlite" and name not in {"", ":memory:"} and not name.startswith("file:")
    return Path(name) if plain else None


def _engine(url: URL) -> AsyncEngine:
    """Statements are logged nowhere and errors hide their parameters: they hold what people wrote."""
    options: dict[str, Any] = {"hide_parameters": True, "json_serializer": _json, "json_deserializer": orjson.loads}
    if url.get_backend_name() == "postgresql":
        return create_async_engine(url, pool_pre_ping=True, connect_args={"timeout": 10}, **options)
    pooled = POOL if _file(url) else {}
    engine = create_async_engine(url, connect_args={"timeout": BUSY_SECONDS}, **pooled, **options)
    event.listen(engine.sync_engine, "connect", _on_connect)
    event.listen(engine.sync_engine, "begin", _on_begin)
    return engine


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _on_connect(connection: Any, _: object) -> None:
    """WAL lets readers read while one process writes; the module's own transactions are off, we begin ours."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:
        connection.close()  # nobody else would, and its thread would wait for ever
        raise


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("tradebot_begin", "BEGIN"))


def _upgrade(connection: Connection) -> None:
    """Runs the steps that this database has not seen yet."""
    if _is_current(connection):
        return
    from alembic import command  # noqa: PLC0415 - a fifth of a second and 12 MB that most starts can do without
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise JournalError("The journal was made by a newer tradebot: update this one, or give it a journal of its own.") from None


def _is_current(connection: Connection) -> bool:
    """Whether it has seen all steps."""
    return inspect(connection).has_table("alembic_version") and connection.scalar(text("select version_num from alembic_version")) == NEWEST
