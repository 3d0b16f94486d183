"""Entries into rows, and rows out again when they are old."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from tradebot.journal.entries import MISSED, Asked, Deleted, Entry, Posted, Wrong
from tradebot.journal.tables import Complaint, Message, Question

CLUSTER = 200
"""Characters of a cluster: an index of PostgreSQL takes 2,704 bytes."""
CHUNK = 500
"""How many values one statement names; databases take some thirty thousand at most."""


async def keep(connection: AsyncConnection, entries: Sequence[Entry]) -> None:
    """Writes a batch, one statement for each kind; what was deleted in the same batch comes last."""
    if asked := [_question(entry) for entry in entries if isinstance(entry, Asked)]:
        await connection.execute(insert(Question), asked)
    if wrong := [_row(entry) for entry in entries if isinstance(entry, Wrong)]:
        await connection.execute(insert(Complaint), wrong)
    if posted := {entry.message_id: entry for entry in entries if isinstance(entry, Posted)}:
        await _post(connection, list(posted.values()))
    if deleted := [entry.message_id for entry in entries if isinstance(entry, Deleted)]:
        await _unpost(connection, deleted)


async def prune(connection: AsyncConnection, before: dt.datetime) -> int:
    """Deletes what is older; returns how many rows."""
    gone = 0
    for table, moment in ((Question, Question.asked_at), (Complaint, Complaint.at), (Message, Message.at)):
        gone += (await connection.execute(delete(table).where(moment < before))).rowcount
    return gone


def cluster(text: str) -> str:
    """What questions that miss the same thing have in common."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())[:CLUSTER]


def _question(entry: Asked) -> dict[str, Any]:
    missed = cluster(entry.missed or entry.text) if entry.outcome in MISSED else ""
    return {**_row(entry), "missed": missed}


def _row(entry: Asked | Posted | Wrong) -> dict[str, Any]:
    """Its fields by name; `asdict` would copy each of them, and take more time than the database."""
    return {name: getattr(entry, name) for name in entry.__slots__}


async def _post(connection: AsyncConnection, entries: Sequence[Posted]) -> None:
    """A message that was edited is a new row under the same id, not corrected yet."""
    await _unpost(connection, [entry.message_id for entry in entries])
    await connection.execute(insert(Message), [_row(entry) for entry in entries])


async def _unpost(connection: AsyncConnection, messages: Sequence[int]) -> None:
    for start in range(0, len(messages), CHUNK):
        await connection.execute(delete(Message).where(Message.message_id.in_(messages[start : start + CHUNK])))
