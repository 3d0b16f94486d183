"""Entries to note, with everything filled in that a test does not speak of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from tradebot.journal.entries import Asked, Posted, Wrong

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=400)


def asked(text: str, outcome: str = "answer", **more: Any) -> Asked:
    made = Asked(NOW, 1, "mention", text, outcome, "partner_balance", "", "A-234567", "r1", NOW.date(), '{"intent":"partner_balance"}')
    return replace(made, **more)


def posted(message_id: int, facts: dict[str, float], **more: Any) -> Posted:
    return replace(Posted("A-234567", 1, 2, message_id, facts, "r1", NOW), **more)


def wrong(author_id: int, note: str = "old figure", **more: Any) -> Wrong:
    return replace(Wrong("A-234567", "deficit with chile", note, author_id, 1, NOW), **more)
