"""Loading without the garbage collector: it would walk the half-loaded snapshot again and again, a fifth of the time.

What was loaded is then kept out of its sight (gc.freeze): it lives as long as its revision, and one walk through all
of it would stop every answer for 200 ms. It goes when the last reference goes, so nothing in it may refer in a circle.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Whatever is made inside the block is made to stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
