"""Speed, accuracy and growth of tradebot beside public matchers, in one run over the same names and questions.

    make bench          (or: python benchmarks/run.py [--questions more.jsonl …] [--fast])

Writes results/benchmark.md and results/benchmark.png. Times are medians on whatever else the machine does; every
matcher answers the same questions in the same process, after it has seen them once.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import draw
from peers import PEERS, Names, Read
from tradebot_side import TODAY, names_of, reading, with_partners, with_phrases

from tradebot.desk import Desk
from tradebot.knowledge.snapshot import Knowledge
from tradebot.understanding.reader import Reader

HERE = Path(__file__).parent
RESULTS = HERE / "results"
EXAMPLES = 1_000
FEW_EXAMPLES, MANY_EXAMPLES = 100, 10_000
MANY_PARTNERS = 5_000
GROWN = ("growth, all → 5,000 partners", "growth, 100 → 10,000 examples")
ENOUGH_SECONDS = 8.0
"""A matcher that takes longer for one round is measured on as many questions as fit in."""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    kind: str
    length: str
    partners: frozenset[str]

    @property
    def is_ours(self) -> bool:
        return bool(self.length)


@dataclass(frozen=True, slots=True)
class Row:
    """One matcher: microseconds for short questions, shares in per cent, growth as factors (None: not measured)."""

    name: str
    p50: float
    p99: float
    right_short: float
    right_long: float
    false: float
    names_growth: float | None
    examples_growth: float | None


def questions(paths: Iterable[Path]) -> list[Question]:
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Question(
            row["question"],
            row.get("kind", ""),
            row.get("length", ""),
            frozenset((row["expect"] or {}).get("partners", ())) if row.get("length") else frozenset(),
        )
        for row in rows
        if "question" in row
    ]


def micros(read: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Microseconds per text, sorted; each was read once before."""
    found: list[float] = []
    started = time.perf_counter()
    for text in texts:
        read(text)
        if time.perf_counter() - started > ENOUGH_SECONDS:
            break
    started = time.perf_counter()
    for text in texts:
        before = time.perf_counter()
        read(text)
        found.append((time.perf_counter() - before) * 1e6)
        if time.perf_counter() - started > ENOUGH_SECONDS:
            break
    return sorted(found)


def share(read: Read, asked: Sequence[Question], *, ours: bool) -> float:
    """Per cent of our questions read rightly, or of the others that are answered at all."""
    if not asked:
        return 0.0
    if not ours:
        return 100 * statistics.fmean(read(question.text) is not None for question in asked)
    return 100 * statistics.fmean(_is_right(read(question.text), question) for question in asked)


def _is_right(found: tuple[str, frozenset[str]] | None, question: Question) -> bool:
    return found is not None and found[0] == question.kind and question.partners <= found[1]


def measure(name: str, build: Callable[[Knowledge, int], Read], knowledge: Knowledge, asked: Sequence[Question], *, fast: bool) -> Row:
    ours = [question for question in asked if question.is_ours]
    short = [question for question in ours if question.length == "short"]
    read = build(knowledge, EXAMPLES)
    texts = [question.text for question in short]
    times = micros(read, texts)
    grown: list[float | None] = [None, None]
    if not fast:
        many = micros(build(with_partners(knowledge, MANY_PARTNERS), EXAMPLES), texts)
        few = [statistics.median(micros(build(knowledge, count), texts)) for count in (FEW_EXAMPLES, MANY_EXAMPLES)]
        grown = [statistics.median(many) / statistics.median(times), few[1] / few[0]]
    print(f"{name}: {statistics.median(times):.0f} µs", file=sys.stderr)
    return Row(
        name,
        statistics.median(times),
        times[min(len(times) - 1, int(0.99 * len(times)))],
        share(read, short, ours=True),
        share(read, [question for question in ours if question.length == "long"], ours=True),
        share(read, [question for question in asked if not question.is_ours], ours=False),
        *grown,
    )


def own(knowledge: Knowledge, phrases: int) -> Read:
    """tradebot itself: what others have as example sentences are phrases here."""
    return reading(Reader(with_phrases(knowledge, phrases) if phrases != EXAMPLES else knowledge))


def peer(build: Callable[[Names, int], Read]) -> Callable[[Knowledge, int], Read]:
    return lambda knowledge, count: build(names_of(knowledge), count)


def desk_lines(desk: Desk, texts: Sequence[str]) -> list[tuple[str, str]]:
    """What only tradebot does: whole answers, a long message, loading, memory."""
    ask = micros(lambda text: desk.ask(text, today=TODAY), list(texts))
    message = ("We argued about it all evening, and nobody had a number at hand. " * 40)[:1_950] + " What is our deficit with Vietnam?"
    long = micros(lambda text: desk.ask(text, today=TODAY), [message] * 20)
    return [
        ("`Desk.ask`, median (understand, compute, render)", f"{statistics.median(ask):,.0f} µs"),
        ("`Desk.ask`, 99th percentile", f"{ask[int(0.99 * len(ask))]:,.0f} µs"),
        ("a message of 2,000 characters", f"{statistics.median(long) / 1e3:,.2f} ms"),
        ("loading (`Desk.open`), best of 3", f"{min(_fresh('load') for _ in range(3)):,.2f} s"),
        ("memory of a loaded desk above bare Python", f"{_fresh('memory') - _fresh('bare'):,.0f} MB"),
    ]


_MEMORY = "print(int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6)"  # resident, in MB; on Linux
_SCRIPTS = {
    "bare": _MEMORY,
    "memory": f"from tradebot.desk import Desk; d = Desk.open(); d.ask('deficit with Vietnam'); {_MEMORY}",
    "load": "import time; from tradebot.desk import Desk; t = time.perf_counter(); Desk.open(); print(time.perf_counter() - t)",
}


def _fresh(what: str) -> float:
    """A number that a script prints in a Python of its own."""
    return float(subprocess.run([sys.executable, "-c", _SCRIPTS[what]], capture_output=True, text=True, check=True).stdout)  # noqa: S603


def markdown(rows: Sequence[Row], lines: Sequence[tuple[str, str]], asked: Sequence[Question]) -> str:
    ours = sum(question.is_ours for question in asked)
    columns = ("matcher", "short p50 µs", "p99 µs", "right, short", "right, long", "false answers", *GROWN)
    head = f"| {' | '.join(columns)} |"
    table = [head, "| --- " * 8 + "|"]
    table += [
        f"| {row.name} | {row.p50:,.0f} | {row.p99:,.0f} | {row.right_short:.0f} % | {row.right_long:.0f} % | {row.false:.1f} % "
        f"| {_factor(row.names_growth)} | {_factor(row.examples_growth)} |"
        for row in rows
    ]
    desk = ["| tradebot alone | |", "| --- | --- |", *(f"| {what} | {value} |" for what, value in lines)]
    about = f"{ours} questions on trade, {len(asked) - ours} on anything else; Python {platform.python_version()}, {platform.machine()}."
    return "\n".join(["# Benchmark", "", about, "", *table, "", *desk, "", "![speed and accuracy](benchmark.png)", ""])


def _factor(growth: float | None) -> str:
    return "–" if growth is None else f"×{growth:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--questions", type=Path, nargs="*", default=[], help="more sets, judged as out of domain unless they carry “length”"
    )
    parser.add_argument("--fast", action="store_true", help="without the growth columns")
    parser.add_argument("--only", nargs="*", help="only these matchers")
    args = parser.parse_args()
    asked = questions([HERE / "questions.jsonl", *args.questions])
    desk = Desk.open()
    gc.collect()
    gc.freeze()
    builders: dict[str, Callable[[Knowledge, int], Read]] = {"tradebot": own, **{name: peer(build) for name, build in PEERS.items()}}
    chosen = {name: build for name, build in builders.items() if not args.only or name in args.only}
    rows = [measure(name, build, desk.knowledge, asked, fast=args.fast) for name, build in chosen.items()]
    lines = desk_lines(desk, [question.text for question in asked if question.length == "short"])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "benchmark.md").write_text(markdown(rows, lines, asked), encoding="utf-8")
    draw.speed_and_accuracy(rows, RESULTS / "benchmark.png")
    print((RESULTS / "benchmark.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
