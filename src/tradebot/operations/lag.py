"""How long the event loop is busy with one thing: a clock that should tick every so often, and how late it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Protocol

TICK = 0.25


class Observer(Protocol):
    """Takes seconds; a Prometheus histogram is one."""

    def observe(self, amount: float, /) -> None: ...


@asynccontextmanager
async def measured(lag: Observer, tick: float = TICK) -> AsyncIterator[None]:
    """While inside, tells `lag` at each tick how many seconds late it was."""
    ticking = asyncio.create_task(_tick(lag, tick), name="loop-lag")
    try:
        yield
    finally:
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking


async def _tick(lag: Observer, tick: float) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + tick
        await asyncio.sleep(tick)
        lag.observe(max(loop.time() - due, 0.0))
