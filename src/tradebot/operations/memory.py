"""Memory that is free goes back to the machine: a load or a picture takes some megabytes for a moment, and by itself glibc keeps them,
in a heap for each thread.

Where the C library is another one, nothing is done.
"""

from __future__ import annotations

import asyncio
import ctypes
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

EVERY_SECONDS = 60.0
_M_ARENA_MAX = -8


def share_heap() -> None:
    """One heap for all threads that begin from now on: they wait for Python's own lock anyway."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # no glibc
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Once; takes some milliseconds, and holds up no other thread's Python."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # no glibc
            ctypes.CDLL(None).malloc_trim(0)


@asynccontextmanager
async def given_back(every: float = EVERY_SECONDS) -> AsyncIterator[None]:
    """While inside, once in so many seconds, off the event loop."""
    giving = asyncio.create_task(_give(every), name="memory")
    try:
        yield
    finally:
        giving.cancel()
        with suppress(asyncio.CancelledError):
            await giving


async def _give(every: float) -> None:
    while True:
        await asyncio.sleep(every)
        await asyncio.to_thread(give_back)
