"""The bot as processes of their own, and what can be read of them from outside."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from loopback import Loopback

TOKEN = "not-a-real-token." + "x" * 40
START_SECONDS, STOP_SECONDS = 90.0, 20.0
_LOST = re.compile(r"^tradebot_journal_lost (\S+)$", re.MULTILINE)


class Bot:
    """One process of the bot, with some of its shards. `code` is its exit code, once it was stopped."""

    def __init__(self, shards: str, environ: Mapping[str, str], log: Path) -> None:
        self._log = log
        self._port = _free_port()
        self._environ = {
            **os.environ,
            "TRADEBOT_TOKEN": TOKEN,
            "TRADEBOT_STATUS": str(self._port),
            "TRADEBOT_SHARD_IDS": shards,
            **environ,
        }
        self.code = -1
        self._process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as out:
            return subprocess.Popen([sys.executable, "-m", "tradebot", "bot"], env=self._environ, stdout=out, stderr=out)

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

    def kill(self) -> None:
        """As a machine that loses its power."""
        self._process.kill()
        self._process.wait()

    def restart(self) -> None:
        self._process = self._started()

    def stop(self) -> None:
        self._process.terminate()
        self.code = self._process.wait(STOP_SECONDS)


@contextmanager
def bots(loopback: Loopback, shards: Sequence[str], environ: Mapping[str, str], folder: Path) -> Iterator[list[Bot]]:
    """A process for each run of shards (“0-1”), from when all have begun until they were told to stop; the log of each is in `folder`."""
    count = len(loopback.guilds)
    common = {**environ, "TRADEBOT_DISCORD_API": loopback.api, "TRADEBOT_SHARD_COUNT": str(count)}
    started = [Bot(each, common, folder / f"{each}.log") for each in shards]
    try:
        loopback.wait(lambda: loopback.gateway.begun >= count, START_SECONDS)
        yield started
    finally:
        for each in started:
            each.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
