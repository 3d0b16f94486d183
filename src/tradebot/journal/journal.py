"""The journal's one door: entries are noted without waiting, reads come back in time or with a default."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from tradebot.journal import asked, keeping, people, posted, servers
from tradebot.journal.database import FAULTS, Database, reason
from tradebot.journal.entries import Entry, JournalError, Kept, Miss, Posting, Wrong
from tradebot.journal.settings import DEFAULTS, ServerSettings
from tradebot.journal.writer import LONGEST_WAIT, QUEUE, Writer

log = logging.getLogger("tradebot.journal")

READ_SECONDS = 1.0
"""What a person waits for the journal at most; then they get the default."""
CHANGE_SECONDS = 2.0
"""Discord waits three seconds for the answer to a command."""
PRUNE_SECONDS = 300.0
CLOSE_SECONDS = RELEASE_SECONDS = 5.0
KEEP_DAYS = 90
AWAY = "My journal cannot be reached just now; please try again in a minute."
PRUNE_FIRST, PRUNE_EVERY = 60.0, 24 * 3600.0

P = ParamSpec("P")
T = TypeVar("T")
Query = Callable[Concatenate[AsyncConnection, P], Awaitable[T]]


class Journal:
    """What happened, kept in a database; without one, everything is a default and every entry is counted as lost."""

    def __init__(
        self, database: Database | None = None, *, keep_days: int = KEEP_DAYS, room: int = QUEUE, longest_wait: float = LONGEST_WAIT
    ) -> None:
        self.keep_days = keep_days
        self._database = database
        self._writer = Writer(self._keep, room=room, longest_wait=longest_wait)
        self._servers = servers.Remembered()
        self._closing = asyncio.Event()
        self._tasks: set[asyncio.Task[object]] = set()

    @classmethod
    async def open(
        cls, url: str, *, patient: bool = False, keep_days: int = KEEP_DAYS, room: int = QUEUE, longest_wait: float = LONGEST_WAIT
    ) -> Journal:
        """The journal at a URL, its tables brought up to date.

        Raises JournalError, in one sentence. A `patient` one is opened all the same where the database is away, says so
        in the log and tries again with the next entry; it raises only where the URL is none.
        """
        database = Database(url)
        try:
            await database.ensure()
        except FAULTS as error:
            sentence = str(error) if isinstance(error, JournalError) else f"The journal cannot be opened: {reason(error)}."
            if not patient:
                await database.close()
                raise JournalError(sentence) from None
            log.warning("%s Answers go on without it.", sentence)
        journal = cls(database, keep_days=keep_days, room=room, longest_wait=longest_wait)
        journal._writer.start()
        journal._background(journal._prune_daily())
        return journal

    async def close(self) -> None:
        """Writes what is pending, for a few seconds at most, and lets go of the database."""
        self._closing.set()
        await self._writer.close(CLOSE_SECONDS)
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=RELEASE_SECONDS)
            for task in late:
                task.cancel()
        if self._database is not None:
            with suppress(*FAULTS):
                async with asyncio.timeout(RELEASE_SECONDS):
                    await self._database.close()

    def note(self, entry: Entry) -> None:
        """Keeps an entry when there is time; never waits, never raises."""
        self._writer.note(entry)

    @property
    def keeps(self) -> bool:
        """Whether there is a database at all."""
        return self._database is not None

    @property
    def lost(self) -> int:
        """How many entries could not be kept since the start."""
        return self._writer.lost

    @property
    def pending(self) -> int:
        """How many entries wait to be written."""
        return self._writer.pending

    async def flush(self, seconds: float = CHANGE_SECONDS) -> bool:
        """Waits until everything noted is written; False where that takes longer."""
        return await self._writer.flush(seconds)

    async def answer(self, answer_id: str) -> Kept | None:
        """What renders an answer again, also one of just now; None where it is not kept (any more)."""
        await self.flush(READ_SECONDS)
        return await self._read(None, asked.answer, answer_id)

    async def misses(self, since: dt.datetime, limit: int = 25) -> list[Miss]:
        """What was not understood, most often first."""
        return await self._read([], asked.misses, since, limit)

    async def settle(self, missed: str) -> None:
        """Takes a cluster off the list of misses. Raises JournalError."""
        await self._change(asked.settle, missed, _now())

    async def most_asked(self, limit: int, at_least: int = 1) -> list[str]:
        """Questions as people write them, most asked first; those that were asked `at_least` so often."""
        return await self._read([], asked.most_asked, limit, at_least)

    async def using(self, figure_ids: Iterable[str], since: dt.datetime) -> list[Posting]:
        """Messages whose answers rest on one of these figures and were not corrected yet, newest first."""
        return await self._read([], posted.using, figure_ids, since)

    async def corrected(self, message: Posting, revision: str, limit: int) -> bool:
        """Claims a message before it is corrected: True for one caller of all processes, and for `limit` messages of a server
        in a day. Raises JournalError."""
        return await self._change(posted.corrected, message, revision, limit, _now())

    async def revisions(self, since: dt.datetime) -> list[str]:
        """The revisions that answered in messages since then, the latest first; of what is corrected already, none."""
        return await self._read([], posted.revisions, since)

    async def server(self, guild_id: int | None) -> ServerSettings:
        """What a server has set; the defaults for direct messages and while the database is away."""
        if guild_id is None:
            return DEFAULTS
        remembered, fresh = self._servers.get(guild_id)
        if remembered is None:
            return await self._load_server(guild_id)
        if not fresh:
            self._servers.put(guild_id, remembered)
            self._background(self._load_server(guild_id))
        return remembered

    async def save_server(self, guild_id: int, settings: ServerSettings) -> None:
        """Raises JournalError."""
        await self._change(servers.save, guild_id, settings)
        self._servers.put(guild_id, settings)

    async def greet(self, guild_id: int) -> bool:
        """Claims the one greeting of a server: True for one caller, once. Raises JournalError."""
        return await self._change(servers.greet, guild_id, _now())

    async def shown(self, author_id: int) -> list[Wrong]:
        """Everything that is kept with a person's id. Raises JournalError: an empty list would be a promise."""
        await self._flushed()
        return await self._change(people.shown, author_id)

    async def forget(self, author_id: int) -> int:
        """Deletes all of that, also what is not written yet; how many entries there were. Raises JournalError."""
        await self._flushed()
        return await self._change(people.forget, author_id)

    async def prune(self, now: dt.datetime) -> int:
        """Deletes what is older than `keep_days`; how many rows. Raises JournalError."""
        return await self._within(PRUNE_SECONDS, keeping.prune, now - dt.timedelta(days=self.keep_days))

    async def _flushed(self) -> None:
        if not await self.flush():
            raise JournalError(AWAY)

    async def _keep(self, entries: Sequence[Entry]) -> None:
        if self._database is not None:
            async with self._database.writing() as connection:
                await keeping.keep(connection, entries)

    async def _read(self, default: T, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a query finds, in time; else the default."""
        if self._database is None:
            return default
        try:
            async with asyncio.timeout(READ_SECONDS), self._database.reading() as connection:
                return await query(connection, *args, **kwargs)
        except FAULTS as error:
            log.warning("the journal could not be read: %s", reason(error))
            return default

    async def _change(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a query that somebody waits for and must hear of when it fails."""
        return await self._within(CHANGE_SECONDS, query, *args, **kwargs)

    async def _within(self, seconds: float, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._database is None:
            raise JournalError("I keep no journal here: nothing is kept, and nothing can be set.")
        try:
            async with asyncio.timeout(seconds), self._database.writing() as connection:
                return await query(connection, *args, **kwargs)
        except FAULTS as error:
            log.warning("the journal could not be changed: %s", reason(error))
            raise JournalError(AWAY) from None

    async def _load_server(self, guild_id: int) -> ServerSettings:
        """Reads a server's settings; while the database is away, what is remembered goes on."""
        remembered, _ = self._servers.get(guild_id)
        found = await self._read(remembered or DEFAULTS, servers.load, guild_id)
        self._servers.put(guild_id, found)
        return found

    async def _prune_daily(self) -> None:
        wait = PRUNE_FIRST
        while not await self._is_closing(wait):
            with suppress(JournalError):
                if gone := await self.prune(_now()):
                    log.info("the journal forgot %d entries older than %d days", gone, self.keep_days)
            wait = PRUNE_EVERY

    async def _is_closing(self, seconds: float) -> bool:
        """Whether it is being closed within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        return self._closing.is_set()

    def _background(self, work: Awaitable[object]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)
