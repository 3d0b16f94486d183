"""The one background writer: entries in, batches out, and whatever cannot be kept is counted.

note ─▶ queue (bounded) ─▶ batch ─▶ write ──failed──▶ wait, longer each time ─▶ write …
          └─ full: lost += 1          └─ an entry no database takes: lost += 1
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from tradebot.journal.database import FAULTS, is_unfit, reason
from tradebot.journal.entries import Entry

log = logging.getLogger("tradebot.journal")

QUEUE = 10_000
BATCH = 500
GATHER_SECONDS = 2.0
"""How long the first entry of a batch waits for others, unless somebody asks for it: one transaction costs the same for one as for many."""
WRITE_SECONDS = 15.0
LONGEST_WAIT = 30.0


class Writer:
    """Keeps entries by `write`, which takes a batch and raises where it could not keep all of it."""

    def __init__(
        self, write: Callable[[Sequence[Entry]], Awaitable[None]], *, room: int = QUEUE, longest_wait: float = LONGEST_WAIT
    ) -> None:
        self.lost = 0
        self._write = write
        self._room = room
        self._longest_wait = longest_wait
        self._queue: deque[Entry] = deque()
        self._batch: list[Entry] = []
        self._some = asyncio.Event()
        self._wanted = asyncio.Event()
        self._waiting = 0
        self._all_written = asyncio.Event()
        self._all_written.set()
        self._task: asyncio.Task[None] | None = None
        self._failing = False

    @property
    def pending(self) -> int:
        return len(self._queue) + len(self._batch)

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="journal-writer")

    def note(self, entry: Entry) -> None:
        """Takes an entry, or counts it as lost where there is no room or nobody to write it."""
        if self._task is None or len(self._queue) >= self._room:
            self.lost += 1
            return
        self._queue.append(entry)
        self._some.set()
        self._all_written.clear()

    async def flush(self, seconds: float) -> bool:
        """Waits until everything noted so far is written; False where that takes longer."""
        self._waiting += 1
        self._wanted.set()
        try:
            async with asyncio.timeout(seconds):
                await self._all_written.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._wanted.clear()
        return not self.pending

    async def close(self, seconds: float) -> None:
        """Writes what is left; what cannot be written in that time is lost."""
        if self._task is None:
            return
        await self.flush(seconds)
        task, self._task = self._task, None
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        if self.pending:
            self.lost += self.pending
            log.warning("the journal is closed with %d entries that could not be kept", self.pending)
        self._queue.clear()
        self._batch.clear()

    async def _run(self) -> None:
        while True:
            await self._some.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(GATHER_SECONDS):
                    await self._wanted.wait()
            await self._write_waiting()
            if not self._queue:
                self._some.clear()
                self._all_written.set()

    async def _write_waiting(self) -> None:
        """What is there now; what comes meanwhile is gathered anew, else a steady stream would be written a few at a time."""
        for _ in range(0, len(self._queue), BATCH):
            self._batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
            await self._keep(self._batch)
            self._batch = []

    async def _keep(self, batch: Sequence[Entry]) -> None:
        """Writes a batch, however long the database is away; where one entry spoils it, the others are kept alone."""
        try:
            await self._insist(batch)
        except Exception as error:
            if not is_unfit(error):
                raise
            if len(batch) == 1:
                self.lost += 1
                log.warning("an entry of the journal could not be kept: %s", reason(error))
                return
            for entry in batch:
                await self._keep([entry])

    async def _insist(self, batch: Sequence[Entry]) -> None:
        waits = wait_random_exponential(multiplier=0.5, max=self._longest_wait)
        trying = AsyncRetrying(wait=waits, retry=retry_if_exception(_is_passing), before_sleep=self._say_lost)
        async for attempt in trying:
            with attempt:
                async with asyncio.timeout(WRITE_SECONDS):
                    await self._write(batch)
        if self._failing:
            self._failing = False
            log.warning("the journal is back; %d entries were lost in all", self.lost)

    def _say_lost(self, state: RetryCallState) -> None:
        """Once for each time it goes away."""
        error = state.outcome.exception() if state.outcome else None
        if not self._failing and error is not None:
            self._failing = True
            log.warning("the journal cannot be written and is tried again; answers go on without it: %s", reason(error))


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, FAULTS) and not is_unfit(error)
