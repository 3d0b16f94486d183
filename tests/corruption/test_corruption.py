"""Damaged files: each ends in a clean load with the differences told, or in errors with file and line; never in a traceback."""

from __future__ import annotations

from pathlib import Path

from corruption.bench import Bench

RUNS = 200
THOROUGHLY = 50
"""Every so many runs what was loaded is checked and asked as well, which takes twenty times as long."""


def test_no_damage_goes_unnoticed(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    fates = [bench.run(seed, thoroughly=seed % THOROUGHLY == 0) for seed in range(RUNS)]
    assert [fate for fate in fates if fate.fault] == []
    assert {fate.kind for fate in fates} >= {"refused", "changed", "same"}
    assert all(fate.told for fate in fates if fate.kind in ("refused", "changed"))
