"""Loading without the garbage collector: it would walk the half-loaded snapshot again and again, a fifth of the time.

What was loaded is then kept out of its sight (gc.freeze): it lives as long as its revision, and one walk through all
of it would stop every answer for 200 ms. It goes when the last reference goes, so nothing in it may refer in a circle.
Whatever else is there at that moment is kept out of sight with it; so before a later load what has become rubbish is
thrown away (some 10 ms, as what was loaded before is not walked), or it would stay for as long as the process.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

_loaded = Event()
"""Something was kept out of sight; the collector itself would count all of it (10 ms) to say so."""

CYCLES = 50_000
"""Objects made and not yet let go after which a process that answers for weeks looks for circles: an answer makes a thousand and
almost none, while each look stops everything."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Whatever is made inside the block is made to stay."""
    was_on = gc.isenabled()
    if was_on and _loaded.is_set():
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            _loaded.set()
            gc.enable()


def seldom_collected() -> None:
    """From now on the garbage collector looks less often: for processes that answer many people."""
    gc.set_threshold(CYCLES, *gc.get_threshold()[1:])
