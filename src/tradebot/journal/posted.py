"""Which messages rest on which facts, and which of them were corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy import JSON, ColumnElement, Row, desc, exists, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tradebot.journal.entries import Posting
from tradebot.journal.tables import Message

A_DAY = dt.timedelta(days=1)
"""A server's limit of corrections is for so long."""


async def using(connection: AsyncConnection, figure_ids: Iterable[str], since: dt.datetime) -> list[Posting]:
    """Messages since then whose answers rest on one of these figures and were not corrected yet, newest first."""
    wanted = dict.fromkeys(figure_ids)
    columns = (Message.message_id, Message.channel_id, Message.guild_id, Message.answer_id, Message.revision, Message.at, Message.facts)
    open_ones = select(*columns).where(Message.at >= since, Message.corrected.is_(None), _rests_on(wanted))
    found = await connection.execute(open_ones.order_by(desc(Message.at)))
    return [_posting(row, wanted) for row in found]


def _posting(row: Row[int, int, int | None, str, str, dt.datetime, dict[str, float]], wanted: Mapping[str, None]) -> Posting:
    """With those of its facts that were looked for."""
    held = {name: value for name, value in row.facts.items() if name in wanted}
    return Posting(row.message_id, row.channel_id, row.guild_id, row.answer_id, row.revision, row.at, held)


async def corrected(connection: AsyncConnection, message: Posting, revision: str, limit: int, now: dt.datetime) -> bool:
    """Claims a message for its correction; False where it is claimed already, or gone, or its place has had enough for a day."""
    lately = select(func.count()).select_from(Message).where(_same_place(message), Message.corrected_at > now - A_DAY)
    if (await connection.scalar(lately) or 0) >= limit:
        return False
    open_one = update(Message).where(Message.message_id == message.message_id, Message.corrected.is_(None))
    return (await connection.execute(open_one.values(corrected=revision, corrected_at=now))).rowcount == 1


async def revisions(connection: AsyncConnection, since: dt.datetime) -> list[str]:
    """The revisions of the messages since then that were not corrected yet, the latest first."""
    open_ones = select(Message.revision).where(Message.at >= since, Message.corrected.is_(None))
    return list((await connection.scalars(open_ones.group_by(Message.revision).order_by(desc(func.max(Message.at))))).all())


def _rests_on(wanted: Mapping[str, None]) -> ColumnElement[bool]:
    """Both databases give the names in a JSON object as rows; so thousands of ids are one value."""
    held, sought = (func.json_each(each).table_valued("key") for each in (Message.facts, literal(wanted, JSON)))
    return exists().where(held.c.key.in_(select(sought.c.key)))


def _same_place(message: Posting) -> ColumnElement[bool]:
    """The server; of direct messages the one conversation."""
    if message.guild_id is None:
        return Message.channel_id == message.channel_id
    return Message.guild_id == message.guild_id
