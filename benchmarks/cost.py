"""What tradebot costs beside a bare echo bot: CPU a message, memory, and how long its event loop is ever busy.

    make cost          (or: python benchmarks/cost.py [--messages 1000])

Both run as processes of their own on the same discord.py and the same loopback Discord, one after the other, three
times in turn; tradebot as it is after its first start, whose journal is made. CPU is the time of all threads on a
processor, until what was put off (the journal) is done too. Fresh questions are asked once each, the others again and
again. Memory is what each holds after the same load: resident, and of that what is no file that others share. Writes results/cost.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from loopback import Interaction, Loopback  # noqa: E402
from tradebot.desk import Desk  # noqa: E402

ROUNDS = 3
WARM = 200
IN_FLIGHT = 8
TALK = 5
PUT_OFF_SECONDS = 2.5
"""After which the journal has written what was noted."""
CHART_EACH = 40
CHART = "c2c"
"""How the id of a chart's button begins."""
LOAD, IDLE = 2_000, 250.0
PAGE = os.sysconf("SC_PAGE_SIZE")
TOKEN = "not-a-real-token." + "x" * 40
LIMITS = {"fresh": 1.5, "again": 1.5, "ignored": 1.2, "memory": 2.0, "own": 2.0}
PLACES = (
    "Canada", "Mexico", "China", "Japan", "Vietnam", "Germany", "Ireland", "Italy", "France", "India", "Thailand", "Switzerland",
    "South Korea", "Taiwan", "Malaysia", "Indonesia", "Brazil", "Australia", "the Netherlands", "Singapore", "Chile", "Israel",
)  # fmt: skip
ASKED = (
    "deficit with {place} in {year}",
    "what did we import from {place} in {year}?",
    "exports to {place} {year}",
    "how has trade with {place} changed since {year}",
    "where does {place} rank among our deficits in {year}",
    "compare {place} and Spain in {year}",
)
YEARS = range(2000, 2026)


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU a message: a question never asked before, one asked before, one that is ignored; megabytes at the end,
    resident and anonymous."""

    fresh: float
    again: float
    ignored: float
    memory: float
    own: float


def cpu_ms(pid: int) -> float:
    """Time on a processor, of all threads, as the scheduler counts it."""
    found = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(path.read_text(encoding="ascii").split()[0]) for path in found) / 1e6


def memory_mb(pid: int) -> tuple[float, float]:
    """Resident, and without the pages of files."""
    resident, files = (int(pages) * PAGE / 1e6 for pages in Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1:3])
    return resident, resident - files


def echo(loopback: Loopback) -> list[str]:
    return [sys.executable, str(HERE / "echo_bot.py"), loopback.api, loopback.gateway.url]


def tradebot(_: Loopback) -> list[str]:
    return [sys.executable, "-m", "tradebot", "bot"]


Command = Callable[[Loopback], list[str]]


@contextmanager
def running(command: Command, state: str, status: int = 0) -> Iterator[tuple[Loopback, int]]:
    """A bot that is connected, and its process id; `state` is the folder in which it keeps its own."""
    with Loopback().running() as loopback:
        environ = {
            **os.environ,
            "TRADEBOT_TOKEN": TOKEN,
            "TRADEBOT_STATE": state,
            "TRADEBOT_DISCORD_API": loopback.api,
            "TRADEBOT_QUESTIONS": "100000",
        }
        if status:
            environ["TRADEBOT_STATUS"] = str(status)
        process = subprocess.Popen(command(loopback), env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            loopback.wait(lambda: loopback.gateway.begun, 60)
            yield loopback, process.pid
        finally:
            process.terminate()
            process.wait(15)


def fresh_questions(count: int) -> list[str]:
    """As many, no two alike."""
    every = [asked.format(place=place, year=year) for year in YEARS for place in PLACES for asked in ASKED]
    return every[:count] if count <= len(every) else sys.exit(f"At most {len(every)} questions.")


def answer(loopback: Loopback, questions: Sequence[str], count: int) -> None:
    """So many questions, a few in flight at a time, each waited for."""
    for at in range(0, count, IN_FLIGHT):
        done = loopback.rest.sent + IN_FLIGHT
        for each in range(IN_FLIGHT):
            loopback.say(questions[(at + each) % len(questions)])
        loopback.wait(lambda done=done: loopback.rest.sent >= done, 60)  # type: ignore[misc]


def ignore(loopback: Loopback, count: int, questions: Sequence[str]) -> None:
    """So much talk that is not for the bot, then one question, after whose answer all of it has been read."""
    for at in range(count):
        loopback.say(f"we argued about it all evening, part {at}", to_bot=False)
    answer(loopback, questions, IN_FLIGHT)


def measure(command: Command, state: str, questions: Sequence[str], count: int) -> Cost:
    with running(command, state) as (loopback, pid):
        loopback.wait(lambda: spent(pid, 1, lambda: None) < IDLE, 60)  # a start goes on in the background
        fresh = fresh_questions(WARM + count)
        answer(loopback, fresh[:WARM], WARM)
        once = spent(pid, count, lambda: answer(loopback, fresh[WARM:], count))
        answer(loopback, questions, len(questions))
        again = spent(pid, count, lambda: answer(loopback, questions, count))
        talk = count * TALK
        ignored = spent(pid, talk, lambda: ignore(loopback, talk, questions)) - IN_FLIGHT * again / talk
        return Cost(once, again, ignored, *memory_mb(pid))


def spent(pid: int, count: int, work: Callable[[], None]) -> float:
    """Milliseconds of CPU one of so many messages."""
    before = cpu_ms(pid)
    work()
    time.sleep(PUT_OFF_SECONDS)
    return (cpu_ms(pid) - before) / count


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in LIMITS))


def tapped(loopback: Loopback, pid: int, custom_id: str, count: int) -> float:
    """Milliseconds of CPU a tap on a button."""
    tap(loopback, custom_id)
    before = cpu_ms(pid)
    for _ in range(count):
        tap(loopback, custom_id)
    return (cpu_ms(pid) - before) / count


def tap(loopback: Loopback, custom_id: str) -> Interaction:
    """Once, waited for."""
    held = loopback.tap(custom_id)
    loopback.wait(lambda: held.callbacks, 30)
    return held


def chart_cost(state: str, count: int) -> tuple[float, float]:
    """CPU of a tap that shows a picture from the cache, and of one that shows text with an upload of that size added."""
    with running(tradebot, state) as (loopback, pid):
        loopback.say("trend of the deficit with vietnam")
        loopback.wait(lambda: loopback.posts, 30)
        ids, chart, size, text = list(custom_ids(loopback.posts[0].payload)), "", 0, ""
        for each in ids:
            held = tap(loopback, each)
            time.sleep(1)
            chart, size = (each, held.files[0][1]) if held.files else (chart, size)
            text = each if not held.files and held.callbacks[0]["type"] in {4, 7} else text
        charted, plain = tapped(loopback, pid, chart, count), tapped(loopback, pid, text, count)
    with running(echo, state) as (loopback, pid):
        upload = tapped(loopback, pid, str(size), count) - tapped(loopback, pid, "0", count)
    return charted, plain + upload


def custom_ids(node: object) -> Iterator[str]:
    """The ids of all buttons in a message."""
    if isinstance(node, dict):
        if node.get("type") == 2 and node.get("custom_id"):
            yield node["custom_id"]
        for value in node.values():
            yield from custom_ids(value)
    elif isinstance(node, list):
        for each in node:
            yield from custom_ids(each)


def loop_lag(state: str, count: int) -> dict[str, float]:
    """How many ticks of the loop were late by more than a bound (seconds): fresh questions, and charts drawn meanwhile."""
    with running(tradebot, state, status=18_471) as (loopback, _):
        loopback.say("trend of the deficit with vietnam")
        loopback.wait(lambda: loopback.posts, 30)
        before, asked = late_ticks(), fresh_questions(count)
        for at in range(0, count, CHART_EACH):
            for custom_id in custom_ids(loopback.posts[-1].payload):
                if custom_id.startswith(CHART):
                    loopback.tap(custom_id)
            answer(loopback, asked[at : at + CHART_EACH], CHART_EACH)
        return {bound: ticks - before[bound] for bound, ticks in late_ticks().items()}


def late_ticks() -> dict[str, float]:
    """How many ticks were late by at most each bound, since the start."""
    with urllib.request.urlopen("http://127.0.0.1:18471/metrics", timeout=5) as page:
        lines = page.read().decode().splitlines()
    pairs = [line.partition('tradebot_loop_lag_seconds_bucket{le="')[2] for line in lines if "loop_lag_seconds_bucket" in line]
    return {bound: float(rest.rpartition(" ")[2]) for bound, _, rest in (pair.partition('"') for pair in pairs)}


def desk_alone(count: int) -> float:
    """Milliseconds of CPU that the desk takes for a question never asked before."""
    desk, asked = Desk.open(), fresh_questions(WARM + count)
    desk.warm()
    for question in asked[:WARM]:
        desk.ask(question)
    before = time.process_time()
    for question in asked[WARM:]:
        desk.ask(question)
    return (time.process_time() - before) * 1e3 / count


def least_memory() -> float:
    """Megabytes of a process with discord.py, SQLAlchemy and a loaded desk, and nothing else."""
    loading = "import discord, aiosqlite, sqlalchemy.ext.asyncio; from tradebot.desk import Desk; desk = Desk.open(); desk.warm()"
    script = f"{loading}; print(open('/proc/self/statm').read().split()[1])"
    return int(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout) * PAGE / 1e6  # noqa: S603


def markdown(ours: Cost, theirs: Cost, charts: tuple[float, float], lag: dict[str, float], count: int) -> str:
    names = {
        "fresh": "CPU a question never asked before, ms",
        "again": "CPU a question asked before, ms",
        "ignored": "CPU an ignored message, ms",
        "memory": "memory, MB",
        "own": "memory without the pages of files, MB",
    }
    pairs = [(name, getattr(theirs, name), getattr(ours, name), limit) for name, limit in LIMITS.items()]
    rows = [f"| {names[name]} | {theirs_:.2f} | {ours_:.2f} | ×{ours_ / theirs_:.2f} | ×{limit} |" for name, theirs_, ours_, limit in pairs]
    charted, bound = charts
    name = "CPU a chart from the cache, ms (beside it: a text answer and an upload)"
    rows.append(f"| {name} | {bound:.2f} | {charted:.2f} | ×{charted / bound:.2f} | ×1.0 |")
    late = lag["+Inf"] - lag["0.05"]
    about = f"{count} messages each, median of {ROUNDS} rounds; Python {platform.python_version()}, {platform.machine()}."
    head = ["| | echo bot | tradebot | ratio | aim |", "| --- | --- | --- | --- | --- |"]
    asking, held = desk_alone(count), least_memory()
    foot = [
        f"Event loop busy for more than 50 ms with one thing: {late:.0f} of {lag['+Inf']:.0f} looks.",
        "",
        "Where the floor is:",
        "",
        f"- the desk alone takes {asking:.2f} ms for a question never asked before, with the echo ×{1 + asking / theirs.fresh:.2f};",
        f"- discord.py, SQLAlchemy and a loaded desk alone hold {held:.0f} MB, ×{held / theirs.memory:.2f}.",
    ]
    return "\n".join(["# What it costs", "", about, "", *head, *rows, "", *foot, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000)
    count = parser.parse_args().messages
    lines = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [row["question"] for row in map(json.loads, lines) if row.get("length")]
    found: dict[str, list[Cost]] = {"echo": [], "tradebot": []}
    with tempfile.TemporaryDirectory() as state:
        with running(tradebot, state):  # the first start, which makes the journal
            pass
        for _ in range(ROUNDS):
            found["echo"].append(measure(echo, state, questions, count))
            found["tradebot"].append(measure(tradebot, state, questions, count))
        text = markdown(median(found["tradebot"]), median(found["echo"]), chart_cost(state, 200), loop_lag(state, LOAD), count)
    (HERE / "results" / "cost.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
