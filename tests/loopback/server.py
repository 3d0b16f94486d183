"""The server that tests hold: people who say and tap things, faults on demand, and what the bot answered."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

from loopback import payloads
from loopback.faults import Fault, Faults
from loopback.gateway import Gateway
from loopback.limits import Limits
from loopback.payloads import BOT_ID, Json
from loopback.records import Interaction, Post
from loopback.rest import Rest

PATIENCE = 15.0


class Loopback:
    """REST and gateway on one port. All methods are for the outside, from whichever thread."""

    def __init__(
        self,
        *,
        shards: int = 1,
        heartbeat: float = 40.0,
        max_concurrency: int = 1,
        identify_seconds: float = 0.0,
        limit: int | None = None,
        limit_seconds: float = 1.0,
    ) -> None:
        self.guilds = [payloads.snowflake(shard=each, shards=shards) for each in range(shards)]
        self.gateway = Gateway(self.guilds, heartbeat=heartbeat, max_concurrency=max_concurrency, identify_seconds=identify_seconds)
        self.faults = Faults()
        self.rest = Rest(self.faults, Limits(limit, limit_seconds), self._was_sent)
        self.echo = True
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()

    @contextmanager
    def running(self) -> Iterator[Loopback]:
        """Serves from a thread of its own."""
        started = threading.Event()
        thread = threading.Thread(target=self._serve, args=(started,), name="loopback")
        thread.start()
        started.wait(10)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()

    def _serve(self, started: threading.Event) -> None:
        runner = self._loop.run_until_complete(self._start())
        started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application(middlewares=[self.rest.guard], client_max_size=20_000_000)
        app.add_routes([web.get("/api/gateway/bot", self.gateway.about), web.get("/gateway", self.gateway.connect), *self.rest.routes()])
        runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.gateway.url = f"ws://127.0.0.1:{runner.addresses[0][1]}/gateway"
        return runner

    @property
    def api(self) -> str:
        """The base of the REST routes."""
        return self.gateway.url.replace("ws://", "http://").replace("/gateway", "/api")

    # what people do

    def say(self, text: str, *, guild: int = 0, to_bot: bool = True, times: int = 1) -> str:
        """A message in a server's channel that mentions the bot; without its text, as Discord sends it, unless `to_bot`. Returns its id."""
        guild_id = self.guilds[guild]
        content = f"<@{BOT_ID}> {text}" if to_bot else ""
        held = payloads.message(payloads.channel_of(guild_id), content, guild_id=guild_id)
        self.dispatch("MESSAGE_CREATE", held, times=times)
        return str(held["id"])

    def use(self, name: str, *, guild: int = 0, age: float = 0.0, times: int = 1, **options: str) -> Interaction:
        """A slash command; `age` says how many seconds ago the person sent it."""
        return self._interact(payloads.interaction(self.guilds[guild], payloads.slash(name, **options)), age, times)

    def tap(self, custom_id: str, *, guild: int = 0, age: float = 0.0, times: int = 1) -> Interaction:
        """A tap on a button under a message of the bot."""
        guild_id = self.guilds[guild]
        on = payloads.message(payloads.channel_of(guild_id), "an answer", author=payloads.BOT) | {"components": [payloads.row(custom_id)]}
        return self._interact(payloads.interaction(guild_id, payloads.button(custom_id), kind=payloads.COMPONENT, on=on), age, times)

    def _interact(self, payload: Json, age: float, times: int) -> Interaction:
        held = Interaction(payload["id"], payload["token"], age)
        self.rest.interactions[held.token] = held
        self.dispatch("INTERACTION_CREATE", payload, times=times)
        return held

    def dispatch(self, event: str, data: Json, *, times: int = 1) -> None:
        self.do(self.gateway.dispatch(event, data, times=times))

    def fail(self, status: int = 503, where: str = "", **how: Any) -> None:
        """The next requests that fit fail; see Fault."""
        self.faults.add(Fault(status, where, **how))

    def do(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Lets the server do something to its connections, and waits until it is done."""
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)

    def is_heard(self, guild: int = 0) -> bool:
        """Whether there is a session for the events of a server: without one, Discord keeps them from the bot for good."""
        return any(each.owns(self.guilds[guild]) for each in list(self.gateway.sessions.values()))

    # what came of it

    @property
    def posts(self) -> list[Post]:
        return list(self.rest.posts.values())

    def answers_to(self, message_id: str) -> list[Post]:
        return [each for each in self.posts if each.replies_to == message_id]

    def wait(self, what: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Until something holds; for tests that are not coroutines. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while not what():
            if time.monotonic() > until:
                raise TimeoutError("it did not happen")
            time.sleep(0.01)

    async def until(self, what: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Until something holds; for coroutines. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not what():  # noqa: ASYNC110 - it happens in another thread
                await asyncio.sleep(0.01)

    def _was_sent(self, message: Json) -> None:
        """Discord tells the bot of its own messages too."""
        if not self.echo:
            return
        guild = next((each for each in self.guilds if payloads.channel_of(each) == message["channel_id"]), None)
        task = self._loop.create_task(self.gateway.dispatch("MESSAGE_CREATE", {**message, **({"guild_id": guild} if guild else {})}))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
