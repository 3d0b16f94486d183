"""Draws the curve behind UNEXPLAINED_STRONG in understanding/thresholds.py: false answers against refusals.

    python benchmarks/curve.py [more.jsonl …]

Writes results/curve.md and results/curve.png. Further files are rows as `tradebot evaluate` reads them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import draw
from tradebot_side import TODAY

from tradebot.evaluation.curve import curve
from tradebot.evaluation.rows import read
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.snapshot import Knowledge
from tradebot.understanding.reader import Reader

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests"
RESULTS = HERE / "results"


def main() -> None:
    files = [HERE / "questions.jsonl", TESTS / "unrelated.jsonl", *map(Path, sys.argv[1:])]
    asked = [row for row in read(TESTS / "people.jsonl") if "answer" in row.expect.outcomes]  # its refusals are about trade too
    rows = [*asked, *(row for path in files for row in read(path))]
    points = curve(rows, Reader(Knowledge.load(knowledge_dir())), TODAY)
    RESULTS.mkdir(exist_ok=True)
    draw.risk_and_coverage([point.to_json() for point in points], RESULTS / "curve.png")
    lines = [f"| {point.tolerated} | {100 * point.refused:.1f} % | {100 * point.false:.1f} % |" for point in points]
    head = ["# Unexplained words tolerated in a sentence", "", f"{len(rows)} questions.", ""]
    table = ["| tolerated | questions on trade refused | other questions answered |", "| --- | --- | --- |", *lines]
    text = "\n".join([*head, *table, "", "![false answers against refusals](curve.png)", ""])
    (RESULTS / "curve.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
