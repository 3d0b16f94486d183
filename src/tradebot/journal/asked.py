"""What the journal knows of questions: one answer again, what was missed most, what is asked most."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Row, desc, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tradebot.journal.entries import Kept, Miss
from tradebot.journal.keeping import cluster
from tradebot.journal.tables import Complaint, Question

TEXTS = 5
"""How many of a cluster's questions are shown."""


async def answer(connection: AsyncConnection, answer_id: str) -> Kept | None:
    """The latest question that got this answer; one in words before one that only a control of a card changed."""
    wanted = select(
        Question.answer_id,
        Question.text,
        Question.asked_json,
        Question.before_json,
        Question.revision,
        Question.today,
        Question.asked_at,
    )
    found = await connection.execute(
        wanted.where(Question.answer_id == answer_id).order_by(desc(Question.text != ""), desc(Question.id)).limit(1)
    )
    row = found.first()
    return Kept(*row) if row else None


async def most_asked(connection: AsyncConnection, limit: int, at_least: int = 1) -> list[str]:
    """Questions with an answer, most asked first; those that carry something over from another do not stand alone."""
    same = func.lower(Question.text)
    alone = (Question.before_json.is_(None), Question.asked_json.not_like('%"carried":%'))
    asked = select(func.max(Question.text)).where(Question.outcome == "answer", Question.text != "", *alone)
    return list(
        (
            await connection.scalars(asked.group_by(same).having(func.count() >= at_least).order_by(desc(func.count()), same).limit(limit))
        ).all()
    )


async def misses(connection: AsyncConnection, since: dt.datetime, limit: int) -> list[Miss]:
    """What was refused, asked back or marked wrong and is not settled, most often first."""
    found = [*await _unanswered(connection, since, limit), *await _complaints(connection, since, limit)]
    return sorted(found, key=lambda miss: (-miss.count, miss.missed))[:limit]


async def settle(connection: AsyncConnection, missed: str, now: dt.datetime) -> None:
    """A moderator has dealt with a cluster."""
    questions = update(Question).where(Question.missed == missed, Question.settled_at.is_(None))
    await connection.execute(questions.values(settled_at=now))
    open_complaints = await connection.execute(select(Complaint.id, Complaint.text).where(Complaint.settled_at.is_(None)))
    alike = [row.id for row in open_complaints if cluster(row.text) == missed]
    await connection.execute(update(Complaint).where(Complaint.id.in_(alike)).values(settled_at=now))


async def _unanswered(connection: AsyncConnection, since: dt.datetime, limit: int) -> list[Miss]:
    unsettled = (Question.missed != "", Question.asked_at >= since, Question.settled_at.is_(None))
    counts = (func.max(Question.reason), func.count(), func.min(Question.asked_at), func.max(Question.asked_at))
    grouped = select(Question.missed, func.max(Question.outcome), *counts).where(*unsettled).group_by(Question.missed)
    clusters = (await connection.execute(grouped.order_by(desc(func.count()), Question.missed).limit(limit))).all()
    latest = func.max(Question.asked_at)
    texts = select(Question.missed, Question.text).where(*unsettled, Question.missed.in_([row[0] for row in clusters]))
    by_cluster: dict[str, list[str]] = defaultdict(list)
    for missed, text in await connection.execute(texts.group_by(Question.missed, Question.text).order_by(desc(latest))):
        by_cluster[missed].append(text)
    return [Miss(*row, tuple(by_cluster[row[0]][:TEXTS])) for row in clusters]


async def _complaints(connection: AsyncConnection, since: dt.datetime, limit: int) -> list[Miss]:
    marked = select(Complaint.text, Complaint.note, Complaint.at).where(Complaint.at >= since, Complaint.settled_at.is_(None))
    by_cluster: dict[str, list[Row[str, str, dt.datetime]]] = defaultdict(list)
    for row in await connection.execute(marked.order_by(desc(Complaint.at)).limit(limit * 100)):
        by_cluster[cluster(row.text)].append(row)
    return [_complaint(missed, rows) for missed, rows in by_cluster.items()]


def _complaint(missed: str, rows: Sequence[Row[str, str, dt.datetime]]) -> Miss:
    texts = tuple(dict.fromkeys(row.text for row in rows))[:TEXTS]
    notes = tuple(dict.fromkeys(row.note for row in rows if row.note))[:TEXTS]
    return Miss(missed, "wrong", "", len(rows), rows[-1].at, rows[0].at, texts, notes)
