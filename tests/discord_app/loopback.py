"""A Discord on a loopback socket, just large enough to log in, register commands, become ready, and be left."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import WSMsgType, web

USER = {"id": "1001", "username": "tradebot", "discriminator": "0", "global_name": None, "avatar": None, "bot": True}
APPLICATION = {
    "id": "1000",
    "name": "tradebot",
    "description": "",
    "icon": None,
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "0" * 64,
    "owner": USER,
    "flags": 0,
}
HELLO, IDENTIFY, DISPATCH = 10, 2, 0


def _json(payload: object, status: int = 200) -> web.Response:
    """As Discord sends it: without a charset, or discord.py takes it for text."""
    return web.Response(body=json.dumps(payload).encode(), status=status, content_type="application/json")


class Loopback:
    """REST and gateway. `accepts` says whether it knows the token, `when_ready` runs after READY was sent."""

    def __init__(self, *, accepts: bool, when_ready: Callable[[], None] = lambda: None) -> None:
        self.accepts = accepts
        self.when_ready = when_ready
        self.registered: list[dict[str, Any]] = []
        self.intents = -1
        self.port = 0

    @contextmanager
    def running(self) -> Iterator[Loopback]:
        """Serves from a thread of its own."""
        loop, started = asyncio.new_event_loop(), threading.Event()
        thread = threading.Thread(target=self._serve, args=(loop, started))
        thread.start()
        started.wait(10)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    def _serve(self, loop: asyncio.AbstractEventLoop, started: threading.Event) -> None:
        runner = loop.run_until_complete(self._start())
        started.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/api/users/@me", self._user)
        app.router.add_get("/api/oauth2/applications/@me", self._application)
        app.router.add_put("/api/applications/{id}/commands", self._register)
        app.router.add_get("/gateway", self._gateway)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        return runner

    async def _user(self, _: web.Request) -> web.Response:
        if not self.accepts:
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        return _json(USER)

    async def _application(self, _: web.Request) -> web.Response:
        return _json(APPLICATION)

    async def _register(self, request: web.Request) -> web.Response:
        self.registered = await request.json()
        extra = {"application_id": "1000", "version": "1", "description": ""}
        return _json([{**extra, **each, "id": str(at)} for at, each in enumerate(self.registered, 2000)])

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 40_000}, "s": None, "t": None})
        async for message in socket:
            if message.type is WSMsgType.TEXT and message.json()["op"] == IDENTIFY:
                self.intents = message.json()["d"]["intents"]
                ready = {
                    "v": 10,
                    "user": USER,
                    "guilds": [],
                    "session_id": "s",
                    "resume_gateway_url": "",
                    "application": {"id": "1000", "flags": 0},
                }
                await socket.send_json({"op": DISPATCH, "t": "READY", "s": 1, "d": ready})
                self.when_ready()
        return socket
