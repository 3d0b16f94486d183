"""Whether the bot is well, over HTTP: /healthz (it runs), /readyz (it answers), /metrics (how much).

Off unless an address is given, and on loopback unless it says otherwise: there is no password.
"""

from __future__ import annotations

import math
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradebot.operations.metrics import Metrics

if TYPE_CHECKING:
    from aiohttp import web

LOOPBACK = "127.0.0.1"
STALE_SECONDS = 120.0
"""Discord's heartbeats are about 41 s apart: after nearly three the connection is dead."""


class AddressError(ValueError):
    """The address cannot be used; the text is the one sentence the operator reads."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen."""

    host: str
    port: int

    @classmethod
    def read(cls, said: str) -> Address:
        """“9000” or “0.0.0.0:9000”. Raises AddressError."""
        host, _, port = said.strip().rpartition(":")
        if not port.isascii() or not port.isdecimal() or not 0 <= int(port) < 65_536:
            raise AddressError(f"The status address {said!r} cannot be read: write a port (9000), or host:port (0.0.0.0:9000).")
        return cls(host.strip("[]") or LOOPBACK, int(port))


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the bot is now. `heartbeat_age`: seconds, of the oldest shard; `shards` says how many are connected of how many."""

    connected: bool
    heartbeat_age: float
    knowledge: str
    servers: int = 0
    shards: str = ""
    journal_pending: int = 0
    journal_lost: int = 0
    charts_pending: int = 0

    @property
    def is_ready(self) -> bool:
        return self.connected and self.heartbeat_age < STALE_SECONDS

    def report(self) -> dict[str, object]:
        age = round(self.heartbeat_age, 1) if math.isfinite(self.heartbeat_age) else None
        return {"ready": self.is_ready, "gateway": self.connected, "shards": self.shards, "heartbeat_age": age, "knowledge": self.knowledge}


NOT_YET = Pulse(connected=False, heartbeat_age=math.inf, knowledge="")


@asynccontextmanager
async def status_server(address: Address, pulse: Callable[[], Pulse], metrics: Metrics) -> AsyncIterator[int]:
    """Serves until left; gives the port. Raises AddressError where it cannot listen there."""
    from aiohttp import web  # noqa: PLC0415 - two megabytes that most bots can do without

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_: web.Request) -> web.Response:
        now = pulse()
        return web.json_response(now.report(), status=200 if now.is_ready else 503)

    async def measured(_: web.Request) -> web.Response:
        _show(pulse(), metrics)
        return web.Response(body=metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    app = web.Application()
    app.add_routes([web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", measured)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await _listen(web.TCPSite(runner, address.host, address.port), address)
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _listen(site: web.TCPSite, address: Address) -> None:
    try:
        await site.start()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
        raise AddressError(f"The status port cannot be opened at {address.host}:{address.port}: {why.lower()}.") from None


def _show(now: Pulse, metrics: Metrics) -> None:
    metrics.servers.set(now.servers)
    metrics.heartbeat_age.set(now.heartbeat_age)
    metrics.journal_pending.set(now.journal_pending)
    metrics.journal_lost.set(now.journal_lost)
    metrics.charts_pending.set(now.charts_pending)
    metrics.knowledge.clear()
    metrics.knowledge.labels(now.knowledge).set(1)
