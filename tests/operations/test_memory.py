"""What was taken for a moment does not stay taken."""

from __future__ import annotations

import asyncio
import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tradebot.operations.memory import given_back

LINES, LENGTH = 100_000, 1_000


def resident() -> float:
    """MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.skipif(sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc keeps what is free")
async def test_free_memory_goes_back_to_the_machine() -> None:
    lines = ["x" * LENGTH + str(line) for line in range(LINES)]
    kept = lines[-1:]
    del lines
    before = resident()
    async with given_back(every=0.01), asyncio.timeout(10):
        while resident() > before - LINES * LENGTH / 2e6:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)
    assert kept


_HEAPS = """
import ctypes, sys, threading
from tradebot.operations.memory import share_heap
if sys.argv[1] == "shared":
    share_heap()
libc, ready = ctypes.CDLL(None), threading.Barrier(5)
libc.malloc.restype = ctypes.c_void_p

def take() -> None:
    libc.malloc(2_000)
    ready.wait()

threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads:
    thread.start()
ready.wait()
libc.stdout = ctypes.c_void_p.in_dll(libc, "stdout")
libc.malloc_info(0, libc.stdout)
libc.fflush(None)
"""


@pytest.mark.skipif(sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "malloc_info"), reason="only glibc has several heaps")
def test_threads_share_one_heap() -> None:
    shared, apart = (
        subprocess.run([sys.executable, "-c", _HEAPS, how], capture_output=True, text=True, check=True).stdout.count("<heap nr=")
        for how in ("shared", "apart")
    )
    assert shared == 1 < apart
