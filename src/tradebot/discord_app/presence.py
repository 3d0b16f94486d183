"""What stands under the bot's name: how fresh its record is."""

from __future__ import annotations

import discord

from tradebot.knowledge.snapshot import Knowledge


def activity(knowledge: Knowledge) -> discord.CustomActivity:
    """“Record to Jul 2026 · r1”."""
    newest = knowledge.record.to_date.end_date()
    return discord.CustomActivity(f"Record to {newest:%b %Y} · {knowledge.revision}")
