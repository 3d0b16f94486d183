"""What the moderators' channel hears: saved files that cannot be used, and that they answer again."""

from __future__ import annotations

import asyncio
import logging

import discord

from tradebot.curation.news import News, Refused
from tradebot.discord_app.moderating import papers

log = logging.getLogger("tradebot.discord")


class Bulletin:
    """Says the news in a channel, as soon as there is a client; without a channel only in the log."""

    def __init__(self, channel: int | None) -> None:
        self._channel = channel
        self._sending: set[asyncio.Task[None]] = set()
        self.client: discord.Client | None = None

    def heard(self, news: News) -> None:
        log.log(logging.WARNING if isinstance(news, Refused) else logging.INFO, "%s", news)
        if self._channel is not None and self.client is not None:
            task = asyncio.create_task(self._say(self.client, self._channel, news))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _say(self, client: discord.Client, channel: int, news: News) -> None:
        try:
            await client.get_partial_messageable(channel).send(papers.pages(str(news).splitlines())[0])
        except discord.HTTPException as refused:
            log.warning("the moderators' channel could not be told: %s", refused)
