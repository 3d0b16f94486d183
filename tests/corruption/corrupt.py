"""`make corrupt`: damages the packaged knowledge ten thousand times, on all cores, and tells what became of it.

python tests/corruption/corrupt.py [RUNS] [FIRST SEED]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from corruption.bench import Bench, Fate

THOROUGHLY = 20
BATCH = 250
"""Seeds of one task: a bench takes a second to be set up."""


def batch(first: int, runs: int) -> list[tuple[int, Fate]]:
    """What becomes of the files that so many seeds damage, on a bench of its own."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        return [(seed, bench.run(seed, thoroughly=seed % THOROUGHLY == 0)) for seed in range(first, first + runs)]


def fates(first: int, runs: int) -> Iterator[tuple[int, Fate]]:
    """As batch, in several processes: batches as they are done."""
    with ProcessPoolExecutor(max(1, os.cpu_count() or 1)) as pool:
        starts = range(first, first + runs, BATCH)
        tasks = [pool.submit(batch, start, min(BATCH, first + runs - start)) for start in starts]
        for task in as_completed(tasks):
            yield from task.result()


def main() -> int:
    """Zero where nothing went wrong."""
    runs, first = (*(int(word) for word in sys.argv[1:]), *(10_000, 0)[len(sys.argv) - 1 :])
    counts: Counter[tuple[str, str]] = Counter()
    faults, started = 0, time.perf_counter()
    for seed, fate in fates(first, runs):
        counts[fate.damage, fate.kind] += 1
        if fate.fault:
            faults += 1
            print(f"{seed}: {fate.file}: {fate.what}: {fate.fault} {fate.told[:2]}", flush=True)
    kinds = sorted({kind for _, kind in counts})
    print(f"{'':10}", *(f"{kind:>20}" for kind in kinds))
    for damage in sorted({damage for damage, _ in counts}):
        print(f"{damage:10}", *(f"{counts[damage, kind]:>20,}" for kind in kinds))
    print(f"{sum(counts.values()):,} damaged files in {time.perf_counter() - started:,.0f} s: {faults} went wrong.")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
