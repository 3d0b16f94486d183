"""What servers have set, remembered for a minute so that an answer does not wait for the database."""

from __future__ import annotations

import datetime as dt
import time
from collections import OrderedDict
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from tradebot.journal.settings import DEFAULTS, ServerSettings
from tradebot.journal.tables import Server

FRESH_SECONDS = 60.0
"""How long another process's change may go unnoticed."""
REMEMBERED = 10_000
_COLUMNS = [getattr(Server, field.name) for field in fields(ServerSettings)]


async def load(connection: AsyncConnection, guild_id: int) -> ServerSettings:
    row = (await connection.execute(select(*_COLUMNS).where(Server.guild_id == guild_id))).mappings().first()
    return ServerSettings(**{**row, "answer_channels": tuple(row["answer_channels"])}) if row else DEFAULTS


async def save(connection: AsyncConnection, guild_id: int, settings: ServerSettings) -> None:
    await _put(connection, guild_id, _values(settings))


async def greet(connection: AsyncConnection, guild_id: int, now: dt.datetime) -> bool:
    """Claims the one greeting of a server; False where it was greeted before."""
    await _begin(connection, guild_id)
    claim = update(Server).where(Server.guild_id == guild_id, Server.greeted_at.is_(None)).values(greeted_at=now)
    return (await connection.execute(claim)).rowcount == 1


async def _put(connection: AsyncConnection, guild_id: int, values: dict[str, Any]) -> None:
    await _begin(connection, guild_id)
    await connection.execute(update(Server).where(Server.guild_id == guild_id).values(**values))


async def _begin(connection: AsyncConnection, guild_id: int) -> None:
    """Makes the row of a server, unless another process was faster."""
    if (await connection.execute(select(Server.guild_id).where(Server.guild_id == guild_id))).first():
        return
    try:
        async with connection.begin_nested():
            await connection.execute(insert(Server).values(guild_id=guild_id, **_values(DEFAULTS)))
    except IntegrityError:
        pass


def _values(settings: ServerSettings) -> dict[str, Any]:
    return {**asdict(settings), "answer_channels": list(settings.answer_channels)}


class Remembered:
    """Settings by server, each with when it was read."""

    def __init__(self) -> None:
        self._by_guild: OrderedDict[int, tuple[float, ServerSettings]] = OrderedDict()

    def get(self, guild_id: int) -> tuple[ServerSettings | None, bool]:
        """What is remembered, and whether it is still fresh."""
        at, settings = self._by_guild.get(guild_id, (0.0, None))
        return settings, settings is not None and time.monotonic() - at < FRESH_SECONDS

    def put(self, guild_id: int, settings: ServerSettings) -> None:
        self._by_guild[guild_id] = (time.monotonic(), settings)
        self._by_guild.move_to_end(guild_id)
        while len(self._by_guild) > REMEMBERED:
            self._by_guild.popitem(last=False)
