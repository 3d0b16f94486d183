"""One shard's session: what was dispatched to it, numbered, kept for RESUME; and the socket it is on, if any."""

from __future__ import annotations

import json
import zlib
from collections import deque

from aiohttp import web

from loopback.payloads import Json, snowflake

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
KEPT = 5_000


class Wire:
    """One connection, with the compression that the bot asked for."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self._transport = request.transport
        self._deflate = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None

    async def send(self, text: str) -> None:
        """Silently nothing where the connection is gone."""
        if self.socket.closed:
            return
        try:
            if self._deflate is None:
                await self.socket.send_str(text)
            else:
                await self.socket.send_bytes(self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH))
        except ConnectionError:
            self.drop()

    async def op(self, op: int, data: object = None) -> None:
        await self.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def drop(self) -> None:
        """As a cable that is pulled."""
        if self._transport:
            self._transport.abort()


class Session:
    """`shard` is (id, count)."""

    def __init__(self, shard: tuple[int, int], intents: int) -> None:
        self.id = snowflake()
        self.shard = shard
        self.intents = intents
        self.wire: Wire | None = None
        self._sequence = 0
        self._kept: deque[tuple[int, str]] = deque(maxlen=KEPT)

    async def dispatch(self, event: str, data: Json, *, times: int = 1) -> None:
        """Numbers the event, keeps it for RESUME, and sends it; `times` more than one sends the same event again."""
        self._sequence += 1
        text = json.dumps({"op": DISPATCH, "d": data, "s": self._sequence, "t": event})
        self._kept.append((self._sequence, text))
        for _ in range(times):
            if self.wire:
                await self.wire.send(text)

    async def resume(self, wire: Wire, sequence: int) -> None:
        """Sends all that came after `sequence`, then RESUMED."""
        self.wire = wire
        for number, text in list(self._kept):
            if number > sequence:
                await wire.send(text)
        await self.dispatch("RESUMED", {})

    def owns(self, guild_id: str | None) -> bool:
        """Whether the events of a server (None: a direct message) belong here."""
        return (int(guild_id) >> 22) % self.shard[1] == self.shard[0] if guild_id else self.shard[0] == 0
