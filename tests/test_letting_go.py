"""A revision that was replaced leaves the memory at once: what is loaded is kept from the garbage collector."""

from __future__ import annotations

import datetime as dt
import gc
import weakref

from tradebot.desk import Desk
from tradebot.edition import Edition


def test_an_edition_goes_with_its_last_reference() -> None:
    desk = Desk(Edition.open())
    desk.ask("deficit with vietnam", today=dt.date(2026, 8, 22))
    assert desk.suggest("viet")
    edition = desk.edition
    parts = [weakref.ref(part) for part in (edition, edition._reader, edition._reader.marker, edition._reader.chooser)]
    del edition
    gc.disable()
    try:
        desk.swap(Edition.open())
        assert [part() for part in parts] == [None] * len(parts)
    finally:
        gc.enable()
