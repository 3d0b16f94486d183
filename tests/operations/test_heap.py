"""One heap for all threads, where the C library knows how."""

from __future__ import annotations

import platform

import pytest

from tradebot.operations import heap


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_glibc_takes_it() -> None:
    assert heap.shared_by_all_threads()


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    assert not heap.shared_by_all_threads()
