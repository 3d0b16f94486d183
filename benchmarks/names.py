"""Counts how names are read when mistyped, and every partner × measure × phrasing × noise: the whole of what tests sample.

    python benchmarks/names.py [--edits-only]

Writes results/names.md.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from noise import Outcome, aliases, counted, edited, generated  # noqa: E402 - the tests' own noise, which lies beside
from tradebot.knowledge.paths import knowledge_dir  # noqa: E402
from tradebot.knowledge.snapshot import Knowledge  # noqa: E402
from tradebot.understanding.reader import Reader  # noqa: E402

ROUNDS = 10
FRAMES = ("deficit with {name}", "us imports from {name} in 2024", "{name} deficit", "tariffs on {name}")


def rows(reader: Reader, *, edits_only: bool) -> list[tuple[str, list[tuple[str, ...]]]]:
    """What is counted: a name for it, and the questions."""
    names = aliases(reader.knowledge)
    found: list[tuple[str, list[tuple[str, ...]]]] = []
    for edits in (0, 1, 2):
        asked = [
            (FRAMES[at % len(FRAMES)].format(name=edited(name, edits, seed=at)), partner)
            for at in range(len(FRAMES) if not edits else ROUNDS)
            for name, partner in names
        ]
        found.append((f"names of five letters and more, {edits} random edits", asked))
    if not edits_only:
        found.append(("every partner × measure × 20 phrasings × noise", [*generated(reader.knowledge)]))
    return found


def main() -> None:
    reader = Reader(Knowledge.load(knowledge_dir()))
    lines = ["# Names and noise", "", "| asked | questions | right | asked back or refused | wrong |", "| --- | --- | --- | --- | --- |"]
    for what, asked in rows(reader, edits_only="--edits-only" in sys.argv):
        started = time.perf_counter()
        counts, others = counted(reader, asked)
        shares = " | ".join(f"{100 * counts[outcome] / len(asked):.2f} %" for outcome in (Outcome.RIGHT, Outcome.ASKED, Outcome.WRONG))
        lines.append(f"| {what} | {len(asked):,} | {shares} |")
        print(f"{what}: {time.perf_counter() - started:.0f} s; not right, for example: {others[:25]}", file=sys.stderr)
    text = "\n".join([*lines, ""])
    (HERE / "results").mkdir(exist_ok=True)
    (HERE / "results" / "names.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
