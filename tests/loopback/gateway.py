"""The gateway side: handshakes, heartbeats, sessions that can be resumed, and everything that can happen to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from aiohttp import WSMsgType, web

from loopback import payloads
from loopback.payloads import Json
from loopback.responses import answer
from loopback.session import ACK, HEARTBEAT, HELLO, IDENTIFY, INVALID_SESSION, RECONNECT, RESUME, Session, Wire


@dataclass(frozen=True, slots=True)
class Identify:
    """One IDENTIFY: when (monotonic seconds), which shard of how many, whether it came too early after another."""

    at: float
    shard: int
    count: int
    crowded: bool


class Gateway:
    """`refuse` handshakes fail with 503; `verdict` closes every IDENTIFY with that code; `deaf` leaves heartbeats unanswered."""

    def __init__(self, guilds: list[str], *, heartbeat: float, max_concurrency: int, identify_seconds: float) -> None:
        self.guilds = guilds
        self.heartbeat = heartbeat
        self.max_concurrency = max_concurrency
        self.identify_seconds = identify_seconds
        self.sessions: dict[str, Session] = {}
        self.identifies: list[Identify] = []
        self.begun = 0
        self.resumes = 0
        self.beats = 0
        self.handshakes = 0
        self.refuse = 0
        self.verdict: int | None = None
        self.deaf = False
        self.when_ready: Callable[[], None] = lambda: None
        self.url = ""

    async def about(self, _: web.Request) -> web.Response:
        """GET /gateway/bot."""
        start = {"total": 1000, "remaining": 1000 - len(self.identifies), "reset_after": 1, "max_concurrency": self.max_concurrency}
        return answer({"url": self.url, "shards": 1, "session_start_limit": start})

    async def connect(self, request: web.Request) -> web.StreamResponse:
        self.handshakes += 1
        if self.refuse > 0:
            self.refuse -= 1
            return web.Response(status=503, text="no")
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        wire = Wire(socket, request)
        await wire.op(HELLO, {"heartbeat_interval": int(self.heartbeat * 1000)})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._received(wire, message.json())
        return socket

    async def _received(self, wire: Wire, payload: Json) -> None:
        op, data = payload["op"], payload["d"]
        if op == HEARTBEAT and not self.deaf:
            self.beats += 1
            await wire.op(ACK)
        elif op == IDENTIFY:
            await self._identify(wire, data)
        elif op == RESUME:
            await self._resume(wire, data)

    async def _identify(self, wire: Wire, data: Json) -> None:
        shard, count = data.get("shard", (0, 1))
        known = Identify(time.monotonic(), shard, count, self._is_crowded(shard))
        self.identifies.append(known)
        if self.verdict:
            await wire.socket.close(code=self.verdict)
        elif known.crowded:
            await wire.op(INVALID_SESSION, False)
        else:
            await self._begin(wire, Session((shard, count), data["intents"]))

    def _is_crowded(self, shard: int) -> bool:
        """Whether the same place of `max_concurrency` was taken less than `identify_seconds` ago."""
        since = time.monotonic() - self.identify_seconds
        return any(each.at > since and each.shard % self.max_concurrency == shard % self.max_concurrency for each in self.identifies)

    async def _begin(self, wire: Wire, session: Session) -> None:
        for old in [each for each in self.sessions.values() if each.shard == session.shard]:
            del self.sessions[old.id]
        self.sessions[session.id] = session
        session.wire = wire
        mine = [each for each in self.guilds if session.owns(each)]
        ready: Json = {
            "v": 10,
            "user": payloads.BOT,
            "guilds": [{"id": each, "unavailable": True} for each in mine],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": payloads.APPLICATION_ID, "flags": 0},
        }
        await session.dispatch("READY", ready)
        for each in mine:
            await session.dispatch("GUILD_CREATE", payloads.guild(each))
        self.begun += 1
        self.when_ready()

    async def _resume(self, wire: Wire, data: Json) -> None:
        session = self.sessions.get(str(data["session_id"]))
        if session is None:
            await wire.op(INVALID_SESSION, False)
            return
        self.resumes += 1
        await session.resume(wire, data["seq"] or 0)

    async def dispatch(self, event: str, data: Json, *, times: int = 1) -> None:
        """To the shard that owns the event's server."""
        for session in list(self.sessions.values()):
            if session.owns(data.get("guild_id")):
                await session.dispatch(event, data, times=times)

    async def send_raw(self, text: str) -> None:
        """Any text at all, outside the numbering."""
        for wire in self._wires():
            await wire.send(text)

    async def forget(self, shards: Collection[int]) -> None:
        """The sessions of shards whose process is no more: nobody will resume them."""
        for session in [each for each in self.sessions.values() if each.shard[0] in shards]:
            del self.sessions[session.id]

    async def drop(self, shard: int | None = None) -> None:
        """The connection of one shard (None: of all)."""
        for wire in self._wires(shard):
            wire.drop()

    async def close(self, code: int) -> None:
        for wire in self._wires():
            await wire.socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        for wire in self._wires():
            await wire.op(RECONNECT)

    async def invalidate(self, *, resumable: bool) -> None:
        """INVALID_SESSION; what is not resumable is forgotten."""
        wires = self._wires()
        if not resumable:
            self.sessions.clear()
        for wire in wires:
            await wire.op(INVALID_SESSION, resumable)

    def _wires(self, shard: int | None = None) -> list[Wire]:
        mine = [each for each in self.sessions.values() if shard in (None, each.shard[0])]
        return [each.wire for each in mine if each.wire and not each.wire.socket.closed]

    def state(self) -> dict[str, int]:
        """For a report."""
        return {"handshakes": self.handshakes, "identifies": len(self.identifies), "resumes": self.resumes, "heartbeats": self.beats}
