"""How people ask, in numbers: questions of every kind in many voices, turns of a conversation, and talk that is about something else.

`people.jsonl` and `unrelated.jsonl` are rows for `tradebot evaluate`, which lists what fails by kind.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from tradebot.desk import Desk
from tradebot.evaluation.judging import Judge, Kind
from tradebot.evaluation.rows import read

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("name", ["people.jsonl", "unrelated.jsonl"])
def test_every_row_is_answered_as_expected(desk: Desk, name: str) -> None:
    judge = Judge(desk, TODAY)
    verdicts = [judge.judge(row) for row in read(HERE / name)]
    failed = [f"{verdict.row.place} {verdict.row.asked}: {verdict.why}" for verdict in verdicts if verdict.kind is not Kind.RIGHT]
    assert failed == []
    assert Counter(verdict.intent_agrees for verdict in verdicts)[False] == 0
