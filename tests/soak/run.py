"""`make soak MINUTES=n SEED=m`: runs it and prints the report; exit code 1 where something did not hold."""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loopback import Loopback
from soak.ledger import Ledger
from soak.people import People
from soak.weather import Weather
from tradebot.curation.people import Moderator
from tradebot.curation.repository import Repository

TOKEN = "not-a-real-token." + "x" * 40
SOAKER = Moderator("1", "Soak")
WARM_QUESTIONS = 100
PACE = 0.06
TROUBLE_EVERY = 2.5
SHARDS = 2


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it; memory in MB."""

    minutes: float
    seed: int
    replies: int
    excused: int
    late: int
    lost: int
    duplicates: int
    hanging: int
    memory: tuple[float, float]
    troubles: dict[str, int]
    gateway: dict[str, int]
    exit_code: int
    wrong: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.lost == self.duplicates == self.hanging == self.exit_code == 0

    def __str__(self) -> str:
        start, end = self.memory
        held = "all held" if self.holds else "NOT ALL HELD"
        lines = [
            f"soak of {self.minutes:g} minutes, seed {self.seed}: {held}",
            f"replies {self.replies} · lost {self.lost} · twice {self.duplicates} · hanging {self.hanging}",
            f"not answerable: {self.excused} sent too late or lost with their session, {self.late} learnt of too late",
            f"memory {start:.0f} MB at the start, {end:.0f} MB at the end · exit code {self.exit_code}",
            "troubles: " + ", ".join(f"{name} {count}" for name, count in sorted(self.troubles.items())),
            "gateway: " + ", ".join(f"{name} {count}" for name, count in self.gateway.items()),
        ]
        return "\n".join(lines)


def memory_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def bot(loopback: Loopback, folder: Path, knowledge: Path) -> Iterator[subprocess.Popen[bytes]]:
    environ = {
        **os.environ,
        "TRADEBOT_TOKEN": TOKEN,
        "TRADEBOT_STATE": str(folder),
        "TRADEBOT_DISCORD_API": loopback.api,
        "TRADEBOT_SHARD_COUNT": str(SHARDS),
        "TRADEBOT_KNOWLEDGE": str(knowledge),
        "TRADEBOT_QUESTIONS": "1000",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "tradebot", "bot"], env=environ, stdout=log, stderr=log)
        try:
            loopback.wait(lambda: loopback.gateway.begun >= SHARDS, 90)
            yield process
        finally:
            process.terminate()
            process.wait(20)


def publisher(repository: Repository, seed: int) -> Callable[[], None]:
    """Each call publishes an edit: another name for a partner."""
    names = random.Random(seed + 2)  # noqa: S311 - to be repeated, not to be secret

    path = repository.knowledge / "partners" / "vietnam.yaml"
    before = path.read_text(encoding="utf-8")

    def publish_an_edit() -> None:
        alias = "".join(names.choices("bcdfghjklmnp", k=12))
        path.write_text(before.replace("aliases: [", f"aliases: [{alias}, "), encoding="utf-8")
        repository.git("commit", "--quiet", "--all", "--message", f"Vietnam is also called {alias}", extra=SOAKER.as_author())

    return publish_an_edit


def soak(minutes: float, seed: int, folder: Path) -> Report:
    repository = Repository.init(folder / "trade", SOAKER)
    with Loopback(shards=SHARDS, heartbeat=5.0, limit=40).running() as loopback:
        ledger = Ledger(loopback)
        people = People(loopback, ledger, seed)
        weather = Weather(loopback, ledger, folder / "journal.sqlite", publisher(repository, seed), seed)
        with bot(loopback, folder, repository.knowledge) as process:
            for _ in range(WARM_QUESTIONS):
                people.do_something()
                time.sleep(PACE)
            start = memory_mb(process.pid)
            _live(people, weather, minutes)
            loopback.faults.clear()
            loopback.gateway.refuse = 0
            ledger.settle()
            end = memory_mb(process.pid)
        callbacks = sum(len(each.callbacks) for each in ledger.interactions)
        return Report(
            minutes, seed, len(loopback.posts) + callbacks,
            len(ledger.excused), len(ledger.late()), len(ledger.lost()), len(ledger.duplicates()),
            len(ledger.hanging()), (start, end), weather.brought, loopback.gateway.state(), process.returncode,
            tuple(ledger.lost() + ledger.duplicates() + ledger.hanging()),
        )  # fmt: skip


def _live(people: People, weather: Weather, minutes: float) -> None:
    until, next_trouble = time.monotonic() + minutes * 60, 0.0
    while time.monotonic() < until:
        people.do_something()
        if time.monotonic() >= next_trouble:
            weather.trouble()
            next_trouble = time.monotonic() + TROUBLE_EVERY
        time.sleep(PACE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = soak(args.minutes, args.seed, Path(folder))
        print(report)
        if not report.holds:
            print(*report.wrong, sep="\n")
            print((Path(folder) / "log").read_text(encoding="utf-8")[-5_000:])
    sys.exit(not report.holds)


if __name__ == "__main__":
    main()
