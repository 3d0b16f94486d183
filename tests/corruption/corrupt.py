"""`make corrupt`: damages the packaged knowledge ten thousand times, and tells what became of it.

python tests/corruption/corrupt.py [RUNS] [FIRST SEED]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from corruption.bench import Bench, unchanged_files_kept

THOROUGHLY = 20


def main() -> int:
    """Zero where nothing went wrong."""
    runs, first = (*(int(word) for word in sys.argv[1:]), *(10_000, 0)[len(sys.argv) - 1 :])
    fates: Counter[tuple[str, str]] = Counter()
    faults, started = 0, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, unchanged_files_kept():
        bench = Bench(Path(folder))
        for seed in range(first, first + runs):
            fate = bench.run(seed, thoroughly=seed % THOROUGHLY == 0)
            fates[fate.damage, fate.kind] += 1
            if fate.fault:
                faults += 1
                print(f"{seed}: {fate.file}: {fate.what}: {fate.fault} {fate.told[:2]}", flush=True)
    kinds = sorted({kind for _, kind in fates})
    print(f"{'':10}", *(f"{kind:>20}" for kind in kinds))
    for damage in sorted({damage for damage, _ in fates}):
        print(f"{damage:10}", *(f"{fates[damage, kind]:>20,}" for kind in kinds))
    print(f"{runs:,} damaged files in {time.perf_counter() - started:,.0f} s: {faults} went wrong.")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
