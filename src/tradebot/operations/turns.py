"""Turns at IDENTIFY: Discord lets so many shards (max_concurrency) begin in five seconds, all processes together.

    shard ─▶ place = shard % max_concurrency ─▶ Turns.wait(place) ─▶ IDENTIFY

One process keeps count by itself; processes on one machine share locked files, on many an advisory lock in the
journal's PostgreSQL. A lock is held for the five seconds after the turn was given, and falls with its process.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

log = logging.getLogger("tradebot.operations")

SECONDS = 5.0
_GLANCE = 0.1
_LOCK_SPACE = 0x7261_6465  # so that these advisory locks are nobody else's


class Turns:
    """The turns of one process. `seconds` is how long a place stays taken."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[int, float] = {}

    async def wait(self, place: int) -> None:
        """Returns when a shard of this place may IDENTIFY."""
        async with self._locks[place]:
            await asyncio.sleep(max(self._free_at.get(place, 0.0) - time.monotonic(), 0.0))
            self._free_at[place] = time.monotonic() + self.seconds


class SharedTurns(Turns):
    """Turns that several processes take; each process alone where the lock cannot be had."""

    def __init__(self, seconds: float = SECONDS) -> None:
        super().__init__(seconds)
        self._holding: set[asyncio.Task[None]] = set()

    def lock(self, place: int) -> AbstractAsyncContextManager[None]:
        """Held by one process at a time."""
        raise NotImplementedError

    async def wait(self, place: int) -> None:
        given = asyncio.Event()
        holding = asyncio.create_task(self._hold(place, given))
        self._holding.add(holding)
        holding.add_done_callback(self._holding.discard)
        waiting = asyncio.create_task(given.wait())
        await asyncio.wait({holding, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if not given.is_set():
            await super().wait(place)

    async def _hold(self, place: int, given: asyncio.Event) -> None:
        try:
            async with self.lock(place):
                given.set()
                await asyncio.sleep(self.seconds)
        except Exception as error:  # noqa: BLE001 - a lost database or a full disk must not keep the bot from starting
            log.warning("turns at IDENTIFY are not shared with other processes: %s", type(error).__name__)


class FileTurns(SharedTurns):
    """By a locked file for each place, in a folder that the processes of one machine share."""

    def __init__(self, folder: Path, seconds: float = SECONDS) -> None:
        super().__init__(seconds)
        self._folder = folder

    @asynccontextmanager
    async def lock(self, place: int) -> AsyncIterator[None]:
        import fcntl  # noqa: PLC0415 - not on Windows, where this raises and each process is alone

        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"identify-{place}.lock").open("a") as file:
            while True:
                with suppress(BlockingIOError):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                await asyncio.sleep(_GLANCE)
            yield


class PostgresTurns(SharedTurns):
    """By an advisory lock of a transaction, which also works behind a connection pooler."""

    def __init__(self, url: URL, seconds: float = SECONDS) -> None:
        super().__init__(seconds)
        self._engine = create_async_engine(url, poolclass=NullPool)

    @asynccontextmanager
    async def lock(self, place: int) -> AsyncIterator[None]:
        async with self._engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:space, :place)"), {"space": _LOCK_SPACE, "place": place})
            yield
