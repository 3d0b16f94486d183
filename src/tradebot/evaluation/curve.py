"""What answering costs: how many questions are answered, and how many of those falsely, as more unknown words are tolerated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tradebot.evaluation.rows import Row
from tradebot.query import NotUnderstood
from tradebot.understanding.reader import Reader

MOST = 4
"""Unexplained words up to which the curve is drawn; beyond, nearly everything with a trade word is answered."""


@dataclass(frozen=True, slots=True)
class Point:
    """With `tolerated` unexplained words: shares of the questions to answer that are refused, of the others that are answered."""

    tolerated: int
    refused: float
    false: float

    def to_json(self) -> dict[str, float]:
        return {"tolerated": self.tolerated, "refused": self.refused, "false": self.false}


def curve(rows: Iterable[Row], reader: Reader, today: dt.date) -> list[Point]:
    """One point for each number of tolerated words, from none. Rows with turns are left out."""
    single = [row for row in rows if not row.turns and not row.ambient]
    asked = [row.question for row in single if "answer" in row.expect.outcomes]
    others = [row.question for row in single if "answer" not in row.expect.outcomes]
    return [
        Point(tolerated, 1 - _share(asked, reader, today, tolerated), _share(others, reader, today, tolerated))
        for tolerated in range(MOST + 1)
    ]


def _share(questions: Iterable[str], reader: Reader, today: dt.date, tolerated: int) -> float:
    """The share that is answered with figures or a card: intents that word a refusal do not count."""
    refusing = {intent.id for intent in reader.knowledge.intents if intent.family == "refuse"}
    read = [reader.read(question, today=today, tolerated=tolerated) for question in questions]
    answered = [one for one in read if not isinstance(one, NotUnderstood) and one.intent not in refusing]
    return len(answered) / len(read) if read else 0.0
