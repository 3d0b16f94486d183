"""Which messages rest on which facts, and which of them were corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tradebot.journal.entries import Posting
from tradebot.journal.keeping import CHUNK
from tradebot.journal.tables import Fact, Message


async def using(connection: AsyncConnection, figure_ids: Iterable[str], since: dt.datetime) -> list[Posting]:
    """Messages since then whose answers rest on one of these figures and were not corrected yet, newest first."""
    wanted = list(dict.fromkeys(figure_ids))
    found: dict[int, Posting] = {}
    columns = (Message.message_id, Message.channel_id, Message.guild_id, Message.answer_id, Message.revision, Message.at)
    open_ones = select(*columns, Fact.figure_id, Fact.value).join(Fact).where(Message.at >= since, Message.corrected.is_(None))
    for start in range(0, len(wanted), CHUNK):
        for row in await connection.execute(open_ones.where(Fact.figure_id.in_(wanted[start : start + CHUNK]))):
            new = Posting(row.message_id, row.channel_id, row.guild_id, row.answer_id, row.revision, row.at, facts={})
            found.setdefault(row.message_id, new).facts[row.figure_id] = row.value
    return sorted(found.values(), key=lambda posting: posting.at, reverse=True)


async def corrected(connection: AsyncConnection, message_id: int, revision: str) -> bool:
    """Claims a message for its correction; False where it is claimed already, or gone."""
    claim = update(Message).where(Message.message_id == message_id, Message.corrected.is_(None)).values(corrected=revision)
    return (await connection.execute(claim)).rowcount == 1
