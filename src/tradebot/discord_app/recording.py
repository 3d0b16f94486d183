"""What happened in Discord as entries of the journal: never who asked."""

from __future__ import annotations

import datetime as dt

import discord

from tradebot.desk import Reply
from tradebot.journal.entries import Asked, Posted


def asked(reply: Reply, surface: str, guild_id: int | None, today: dt.date) -> Asked:
    """A question with what came of it."""
    missed = reply.answer.facts.get("said", "")
    return Asked(
        asked_at=discord.utils.utcnow(),
        guild_id=guild_id,
        surface=surface,
        text=reply.question,
        outcome=reply.outcome,
        intent=reply.intent,
        missed=missed if isinstance(missed, str) else "",
        answer_id=reply.answer_id,
        revision=reply.revision,
        today=today,
        asked_json=reply.asked.to_json() if reply.asked else None,
        reason="" if reply.outcome == "answer" else reply.answer.template,
    )


def posted(reply: Reply, guild_id: int | None, channel_id: int, message_id: int) -> Posted:
    """A message with the figures of the record that its answer rests on: those that were read, not computed."""
    facts = tuple((figure.id, figure.value) for figure in reply.answer.figures() if figure.source and not figure.derived_from)
    return Posted(reply.answer_id, guild_id, channel_id, message_id, facts, reply.revision, discord.utils.utcnow())
