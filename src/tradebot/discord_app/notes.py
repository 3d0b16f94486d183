"""What the journal is told of an answer, and asked about an older one; nothing here waits for it except a reader who must."""

from __future__ import annotations

import datetime as dt

from tradebot.desk import Reply
from tradebot.discord_app.desk_client import DeskClient
from tradebot.journal.entries import MISSED, Asked, Posted, Wrong
from tradebot.query import Query

PROOF = "source"
THANKS = "Thank you. The moderators will read your note on {number}."
NOT_KEPT = "I keep no notes at the moment; please tell a moderator what is wrong with {number}."


def asked(client: DeskClient, reply: Reply, surface: str, guild: int | None) -> None:
    """Keeps what was asked and how it was read; never who asked. A proof belongs to the answer it proves, whose number it has."""
    if reply.intent == PROOF:
        return
    missed = reply.outcome in MISSED
    client.journal.note(
        Asked(
            asked_at=_now(),
            guild_id=guild,
            surface=surface,
            text=reply.question,
            outcome=reply.outcome,
            intent=reply.intent,
            missed=str(reply.answer.facts.get("said") or "") if missed else "",
            answer_id=reply.answer_id,
            revision=reply.revision,
            today=client.today,
            asked_json=reply.asked.to_json() if reply.asked else None,
            reason=reply.answer.template.rpartition("/")[2] if missed else "",
        )
    )


def posted(client: DeskClient, reply: Reply, guild: int | None, channel: int, message: int) -> None:
    """Keeps where an answer stands, and the figures that it rests on."""
    if reply.outcome == "answer":
        facts = {figure.id: figure.value for figure in reply.answer.figures()}
        client.journal.note(Posted(reply.answer_id, guild, channel, message, facts, reply.revision, _now()))


async def query_of(client: DeskClient, number: str) -> Query | None:
    """The question of an answer, by the answer's number; None where it is not known (any more)."""
    kept = await client.journal.answer(number)
    try:
        return Query.from_json(kept.asked_json) if kept and kept.asked_json else None
    except ValueError:  # kept by a version whose queries had other fields
        return None


async def wrong(client: DeskClient, number: str, note: str, author: int, guild: int | None) -> str:
    """Keeps what somebody says is wrong; the sentence that answers them."""
    if not client.journal.keeps:
        return NOT_KEPT.format(number=number)
    kept = await client.journal.answer(number)
    client.journal.note(Wrong(number, kept.text if kept else "", note, author, guild, _now()))
    return THANKS.format(number=number)


def _now() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC)
