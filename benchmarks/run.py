"""Speed, accuracy and growth of tradebot beside public matchers, in one run over the same names and questions.

    make bench          (or: python benchmarks/run.py [--questions more.jsonl …] [--fast])

Writes results/benchmark.md and results/benchmark.png. Every matcher answers the same questions in the same process. A
question is read once, which is the first reading, and then some times more; its time is the best of those, in time of
the processor, so that what else the machine does counts for little, and the table has medians over the questions. What a
matcher keeps from reading to reading (tradebot: single words, and which rules hold for a set of features, never a
question) helps all readings but the first.
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
ROUNDS = 7
ENOUGH_SECONDS = 8.0
"""A matcher that takes longer is measured in fewer rounds, and on as many questions as fit in."""


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
    first: float
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


@dataclass(frozen=True, slots=True)
class Times:
    """Microseconds per text: of the first reading, and of the best of the later ones, sorted."""

    first: list[float]
    best: list[float]

    def at(self, share: float) -> float:
        return self.best[min(len(self.best) - 1, int(share * len(self.best)))]


def micros(read: Callable[[str], object], texts: Sequence[str]) -> Times:
    ends = time.perf_counter() + ENOUGH_SECONDS
    rounds = [_round(read, texts, ends)]
    while len(rounds) <= ROUNDS and (len(rounds) == 1 or time.perf_counter() < ends):
        rounds.append(_round(read, texts[: len(rounds[0])], ends + ENOUGH_SECONDS))
    later = [each for each in rounds[1:] if len(each) == len(rounds[1])]
    return Times(sorted(rounds[0]), sorted(map(min, zip(*later, strict=True))))


def _round(read: Callable[[str], object], texts: Sequence[str], ends: float) -> list[float]:
    found: list[float] = []
    for text in texts:
        before = time.process_time()
        read(text)
        found.append((time.process_time() - before) * 1e6)
        if time.perf_counter() > ends:
            break
    return found


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
        few, more = (micros(build(knowledge, count), texts) for count in (FEW_EXAMPLES, MANY_EXAMPLES))
        grown = [many.at(0.5) / times.at(0.5), more.at(0.5) / few.at(0.5)]
    print(f"{name}: {times.at(0.5):.0f} µs", file=sys.stderr)
    return Row(
        name,
        statistics.median(times.first),
        times.at(0.5),
        times.at(0.99),
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
    ask = micros(lambda text: desk.ask(text, today=TODAY).text, list(texts))
    message = ("We argued about it all evening, and nobody had a number at hand. " * 40)[:1_950] + " What is our deficit with Vietnam?"
    long = micros(lambda text: desk.ask(text, today=TODAY).text, [message])
    return [
        ("`Desk.ask`, median (understand, compute, render)", f"{ask.at(0.5):,.0f} µs"),
        ("`Desk.ask`, 99th percentile", f"{ask.at(0.99):,.0f} µs"),
        ("`Desk.ask`, first time a question is asked, median", f"{statistics.median(ask.first):,.0f} µs"),
        ("a message of 2,000 characters", f"{long.at(0.5) / 1e3:,.2f} ms"),
        ("loading (`Desk.open`), processor time, best of 3", f"{min(_fresh('load') for _ in range(3)):,.2f} s"),
        ("the first unknown word of a process, processor time, best of 3", f"{min(_fresh('word') for _ in range(3)):,.2f} s"),
        ("memory of a loaded desk, English words and all, above bare Python", f"{_fresh('memory') - _fresh('bare'):,.0f} MB"),
    ]


_TIMED = "import time; {}; t = time.process_time(); {}; print(time.process_time() - t)"
_MEMORY = "print(int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6)"  # resident, in MB; on Linux
_SCRIPTS = {
    "bare": _MEMORY,
    "memory": f"from tradebot.desk import Desk; d = Desk.open(); d.ask('deficit with Vietnm'); {_MEMORY}",
    "word": _TIMED.format("from tradebot.understanding.english import english_words", "english_words()"),
    "load": _TIMED.format("from tradebot.desk import Desk", "Desk.open()"),
}


def _fresh(what: str) -> float:
    """A number that a script prints in a Python of its own."""
    return float(subprocess.run([sys.executable, "-c", _SCRIPTS[what]], capture_output=True, text=True, check=True).stdout)  # noqa: S603


def markdown(rows: Sequence[Row], lines: Sequence[tuple[str, str]], asked: Sequence[Question]) -> str:
    ours = sum(question.is_ours for question in asked)
    columns = ("matcher", "short p50 µs", "p99 µs", "first reading p50 µs", "right, short", "right, long", "false answers", *GROWN)
    head = f"| {' | '.join(columns)} |"
    table = [head, "| --- " * len(columns) + "|"]
    table += [f"| {' | '.join(_cells(row))} |" for row in rows]
    desk = ["| tradebot alone | |", "| --- | --- |", *(f"| {what} | {value} |" for what, value in lines)]
    about = f"{ours} questions on trade, {len(asked) - ours} on anything else; Python {platform.python_version()}, {platform.machine()}."
    return "\n".join(["# Benchmark", "", about, "", *table, "", *desk, "", "![speed and accuracy](benchmark.png)", ""])


def _cells(row: Row) -> list[str]:
    times = [f"{each:,.0f}" for each in (row.p50, row.p99, row.first)]
    shares = [f"{row.right_short:.0f} %", f"{row.right_long:.0f} %", f"{row.false:.1f} %"]
    return [row.name, *times, *shares, _factor(row.names_growth), _factor(row.examples_growth)]


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
