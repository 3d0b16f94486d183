"""The bot as a process of its own, and what can be read of it from outside."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from loopback import Loopback

TOKEN = "not-a-real-token." + "x" * 40
START_SECONDS, STOP_SECONDS = 90.0, 20.0
_LOST = re.compile(r"^tradebot_journal_lost (\S+)$", re.MULTILINE)


class Bot:
    """`code` is its exit code, once it was stopped."""

    def __init__(self, environ: dict[str, str], log: Path) -> None:
        self._log = log
        self._port = _free_port()
        self.code = -1
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tradebot", "bot"],
                env={**os.environ, "TRADEBOT_TOKEN": TOKEN, "TRADEBOT_STATUS": str(self._port), **environ},
                stdout=out,
                stderr=out,
            )

    def memory(self) -> float:
        """Resident, in MB."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def dropped(self) -> int:
        """Entries that its journal lost, by its own metrics."""
        found = _LOST.search(self._metrics())
        assert found
        return int(float(found[1]))

    def shows(self, texts: Iterable[str]) -> list[str]:
        """Those that stand in its log or its metrics."""
        public = self._log.read_text(encoding="utf-8") + self._metrics()
        return [text for text in texts if text in public]

    def _metrics(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/metrics", timeout=10) as page:
            return str(page.read().decode())

    def stop(self) -> None:
        self._process.terminate()
        self.code = self._process.wait(STOP_SECONDS)


@contextmanager
def bot(loopback: Loopback, shards: int, environ: dict[str, str], log: Path) -> Iterator[Bot]:
    """From when all shards have begun until it was told to stop."""
    started = Bot({**environ, "TRADEBOT_DISCORD_API": loopback.api, "TRADEBOT_SHARD_COUNT": str(shards)}, log)
    try:
        loopback.wait(lambda: loopback.gateway.begun >= shards, START_SECONDS)
        yield started
    finally:
        started.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
