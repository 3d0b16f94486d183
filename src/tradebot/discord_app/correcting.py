"""Corrections: after a publish the bot mends its own answers of the last days that rest on what changed, and says what changed.

Desk.swap, or what was published while nobody was here ─▶ (old, new) ─▶ curation.corrections ─▶ claimed in the journal, within
the server's limit ─▶ edited, or replied to

A message is corrected once: who claims it in the journal does it, of all processes. Each process sees to its own servers.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from typing import Any

import discord

from tradebot.curation.corrections import Correction, corrections
from tradebot.discord_app.card.codec import CodecError, unpack
from tradebot.discord_app.card.controls import Shown
from tradebot.discord_app.card.message import editable, surface_of
from tradebot.discord_app.desk_client import DeskClient
from tradebot.edition import Edition
from tradebot.journal.entries import JournalError
from tradebot.journal.settings import ServerSettings

log = logging.getLogger("tradebot.discord")

DAYS = 7
"""Older answers stay as they are: nobody reads them any more, and each says its revision."""
REVISIONS = 5
"""How many earlier revisions a start looks back to; each takes a second or two to read."""


class Corrector:
    """Follows the editions of a client's desk."""

    def __init__(self, client: DeskClient) -> None:
        self._client = client
        self._served = client.desk.edition
        self._has_caught_up = False
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def swapped(self) -> None:
        """Another edition took over; corrections begin, and nobody waits for them."""
        old, self._served = self._served, self._client.desk.edition
        self._begin(self._correct(old, self._served))

    def started(self) -> None:
        """The servers are known; what was published since the last answers was perhaps published while nobody was here."""
        if not self._has_caught_up:
            self._has_caught_up = True
            self._begin(self._catch_up())

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _catch_up(self) -> None:
        new = self._served
        answered = await self._client.journal.revisions(_since())
        for revision in [each for each in answered if each != new.knowledge.revision][:REVISIONS]:
            if old := await self._client.edition(revision):
                await self._correct(old, new)

    async def _correct(self, old: Edition, new: Edition) -> None:
        async with self._one_at_a_time:
            async for found in corrections(self._client.journal, old, new, _since()):
                try:
                    if await self._is_ours(found):
                        await self._mend(found)
                except (JournalError, discord.HTTPException) as error:
                    log.warning("an answer could not be corrected: %s", error)

    async def _is_ours(self, found: Correction) -> bool:
        """Whether this process serves the place, the server wants it, and nobody else was quicker."""
        guild = found.posting.guild_id
        if guild is not None and self._client.get_guild(guild) is None:
            return False
        server = await self._client.journal.server(guild)
        return await self._client.journal.corrected(found.posting, found.reply.revision, server.corrections)

    async def _mend(self, found: Correction) -> None:
        """Changes the message; where that is not to be had, says it in a reply."""
        server = await self._client.journal.server(found.posting.guild_id)
        channel = self._client.get_partial_messageable(found.posting.channel_id, guild_id=found.posting.guild_id)
        message = channel.get_partial_message(found.posting.message_id)
        try:
            await self._edit(await message.fetch(), found, server)
        except discord.NotFound:
            return
        except discord.HTTPException:
            await message.reply(f"{found.note}\n{found.reply.card.headline}", mention_author=False)

    async def _edit(self, message: discord.Message, found: Correction, server: ServerSettings) -> None:
        shown = Shown(found.reply, asker_of(message), note=found.note, kept=self._client.journal.keeps, numbers=server.numbers)
        await message.edit(**editable(shown, surface_of(message), self._client.menus))


def _since() -> dt.datetime:
    return dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=DAYS)


def asker_of(message: discord.Message) -> int:
    """Who may change the card: its items say so; 0, which is nobody, where it has none."""
    for custom_id in _ids(message.components):
        with suppress(CodecError):
            return unpack(custom_id).asker
    return 0


def _ids(components: Any) -> Iterator[str]:
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _ids(getattr(component, "children", ()))
