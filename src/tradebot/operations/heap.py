"""The C library's heap: by default glibc gives every thread one of its own, of which a few megabytes each are never given back."""

from __future__ import annotations

import ctypes
import platform

_M_ARENA_MAX = -8


def shared_by_all_threads() -> bool:
    """One heap for all threads that begin later: they wait for Python's own lock anyway. False where there is no glibc."""
    if platform.libc_ver()[0] != "glibc":
        return False
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1))
    except (OSError, AttributeError):
        return False
