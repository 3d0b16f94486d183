"""How soon a saved file answers: seconds from the save to the news that it is live, and the CPU that the process needs for it.

    make live          (or: python benchmarks/live.py [--rounds 5])

A watch over a copy of the packaged knowledge, as in a bot with a knowledge directory of its own. Each kind of file is saved
in turn, an edit and its reverse; every save loads, checks and runs all tests of all intents. The first save is the first
after the watch is ready. Writes results/live.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tradebot.curation.news import Live, News
from tradebot.curation.watch import Watch
from tradebot.desk import Desk
from tradebot.edition import Edition
from tradebot.knowledge.collecting import seldom_collected
from tradebot.knowledge.paths import knowledge_dir, templates_beside

HERE = Path(__file__).parent
PAGE = os.sysconf("SC_PAGE_SIZE")
EDITS = {
    "an alias of a partner": ("knowledge/partners/norway.yaml", "Kingdom of Norway", "Kingdom of Norway, Fjordland"),
    "a figure of the record": ("knowledge/record/annual.csv", "5520,193879.3,", "5520,193879.4,"),
    "a tariff event": ("knowledge/tariffs/events.csv", ",medium,", ",low,"),
    "a template": ("templates/measure.j2", "The other way round:", "The other way around:"),
    "a test of an intent": ("knowledge/intents/greet.yaml", "tests:\n", "tests:\n  - {ask: hello there, outcome: greet}\n"),
    "a definition": ("knowledge/definitions/tariff.yaml", "title: Tariff\n", "title: A tariff\n"),
}
HELD = 10


class Save(NamedTuple):
    """Seconds until it was live, and seconds of CPU."""

    wall: float
    cpu: float


def rss_mb() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6


def swap(top: Path, name: str, old: str, new: str) -> None:
    """The edit, or its reverse where it has been made."""
    path = top / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(new, old, 1) if new in text else text.replace(old, new, 1), encoding="utf-8")


async def save(edit: Callable[[], None], news: asyncio.Queue[News]) -> Save:
    wall, cpu = time.perf_counter(), time.process_time()
    edit()
    told = await news.get()
    if not isinstance(told, Live):
        raise SystemExit(str(told))
    return Save(time.perf_counter() - wall, time.process_time() - cpu)


async def ready(watch: Watch) -> asyncio.Task[None]:
    """The watch at work: it has nothing left to do."""
    task = asyncio.create_task(watch.run())
    idle = 0
    while idle < 3:
        before = time.process_time()
        await asyncio.sleep(0.3)
        idle = idle + 1 if time.process_time() - before < 0.03 else 0
    return task


async def measure(top: Path, rounds: int) -> tuple[Save, dict[str, list[Save]], float]:
    """The first save, the others by kind, and MB for each of ten revisions that are held at once."""
    news: asyncio.Queue[News] = asyncio.Queue()
    desk = Desk(Edition.open(top / "knowledge"))
    desk.warm()
    task = await ready(Watch(desk, top / "knowledge", news.put_nowait, edited=True))
    found: dict[str, list[Save]] = {kind: [] for kind in EDITS}
    first = await save(lambda: swap(top, *EDITS["an alias of a partner"]), news)
    for kind in [each for each in EDITS for _ in range(2)] * rounds:
        found[kind].append(await save(lambda kind=kind: swap(top, *EDITS[kind]), news))
        await asyncio.sleep(0.1)
    held, before = [desk.edition], rss_mb()
    for _ in range(HELD):
        await save(lambda: swap(top, *EDITS["a tariff event"]), news)
        held.append(desk.edition)
    grown = (rss_mb() - before) / HELD
    task.cancel()
    return first, found, grown


def markdown(first: Save, found: dict[str, list[Save]], grown: float) -> str:
    rows = [("the first: an alias of a partner", [first]), *found.items()]
    return "\n".join(
        [
            "# From a save to an answer",
            "",
            f"Medians of {len(next(iter(found.values())))} saves; Python {platform.python_version()}, {platform.machine()}.",
            "",
            "| saved | seconds until it answers | the slowest | CPU, s |",
            "| --- | --- | --- | --- |",
            *(
                f"| {kind} | {statistics.median(each.wall for each in saves):.2f} | {max(each.wall for each in saves):.2f} "
                f"| {statistics.median(each.cpu for each in saves):.2f} |"
                for kind, saves in rows
            ),
            "",
            f"{HELD} revisions held at once, each with another tariff event: {grown:.1f} MB a revision.",
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    seldom_collected()  # as the bot does
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        shutil.copytree(knowledge_dir(), top / "knowledge")
        shutil.copytree(templates_beside(knowledge_dir()), top / "templates")
        text = markdown(*asyncio.run(measure(top, rounds)))
    (HERE / "results" / "live.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
