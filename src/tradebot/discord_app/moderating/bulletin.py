"""What the moderators' channel hears: saved files that cannot be used, that they answer again, trouble with the remote.

news ─▶ log
    └─▶ unsaid, until a client is ready ─▶ one message in the channel
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque

import discord

from tradebot.curation.news import News, Refused
from tradebot.discord_app.moderating import papers

log = logging.getLogger("tradebot.discord")

KEPT = 10
"""News that wait for a client; who was away longer reads the log."""


class Bulletin:
    """Says the news in a channel, as soon as there is a client; without a channel only in the log."""

    def __init__(self, channel: int | None) -> None:
        self._channel = channel
        self._unsaid: deque[str] = deque(maxlen=KEPT)
        self._saying: set[asyncio.Task[None]] = set()
        self._client: discord.Client | None = None

    def heard(self, news: News) -> None:
        self._tell(str(news), logging.WARNING if isinstance(news, Refused) else logging.INFO)

    def warned(self, sentence: str) -> None:
        self._tell(sentence, logging.WARNING)

    def speak_through(self, client: discord.Client) -> None:
        """From now on, until there is another one; to be called on the event loop."""
        self._client = client
        self._go_on()

    def _tell(self, text: str, level: int) -> None:
        log.log(level, "%s", text)
        if self._channel is not None:
            self._unsaid.append(text)
            self._go_on()

    def _go_on(self) -> None:
        if self._client is not None and self._channel is not None and self._unsaid:
            task = asyncio.create_task(self._say(self._client, self._channel))
            self._saying.add(task)
            task.add_done_callback(self._saying.discard)

    async def _say(self, client: discord.Client, channel: int) -> None:
        await client.wait_until_ready()
        while self._unsaid and not client.is_closed():
            try:
                await client.get_partial_messageable(channel).send(_one_message(self._unsaid.popleft()))
            except discord.HTTPException as refused:
                log.warning("the moderators' channel could not be told: %s", refused)


def _one_message(text: str) -> str:
    """As much as fits, and how much does not."""
    first, *more = papers.pages(text.splitlines())
    left = sum(page.count("\n") + 1 for page in more)
    return f"{first}\n-# … and {left} more; `tradebot check` lists them all." if left else first
