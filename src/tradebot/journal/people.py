"""What the journal keeps about one person, and how it is forgotten: only complaints name anybody."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tradebot.journal.entries import Wrong
from tradebot.journal.tables import Complaint


async def shown(connection: AsyncConnection, author_id: int) -> list[Wrong]:
    """Everything kept with this person's id, oldest first."""
    columns = (Complaint.answer_id, Complaint.text, Complaint.note, Complaint.author_id, Complaint.guild_id, Complaint.at)
    kept = await connection.execute(select(*columns).where(Complaint.author_id == author_id).order_by(Complaint.id))
    return [Wrong(*row) for row in kept]


async def forget(connection: AsyncConnection, author_id: int) -> int:
    """Deletes all of it; how many there were."""
    return (await connection.execute(delete(Complaint).where(Complaint.author_id == author_id))).rowcount
