"""Charts for messages: drawn off the event loop, at most 300 KB, and never waited for longer than a person would.

Reply ─▶ Gallery of the current edition ─▶ Picture in time, or None
"""

from __future__ import annotations

import asyncio
import io
import logging
from typing import TypeVar

import discord

from tradebot.desk import Desk
from tradebot.discord_app.card.limits import ALT, PICTURE_BYTES, shorten
from tradebot.pictures import Gallery, Kind, Picture
from tradebot.presentation.reply import Reply

T = TypeVar("T")
log = logging.getLogger("tradebot.discord")

BUDGET = 1.0
"""Seconds that an answer is held back for its chart; Discord gives an interaction three in all."""
PATIENCE = 20.0
"""Seconds after which an answer goes out without its chart."""
FILE = "chart.png"
URL = f"attachment://{FILE}"


class Charts:
    """The pictures of whatever edition the desk answers by."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._knowledge = desk.knowledge
        self._gallery = Gallery(desk.knowledge)
        self._drawing: set[asyncio.Task[Picture | None]] = set()

    @property
    def pending(self) -> int:
        """How many pictures are waited for."""
        return len(self._drawing)

    def begin(self, reply: Reply, kind: Kind = Kind.CHART) -> asyncio.Task[Picture | None]:
        """Starts drawing; another edition gets a gallery of its own."""
        if self._knowledge is not self._desk.knowledge:
            self._knowledge = self._desk.knowledge
            self._gallery = Gallery(self._knowledge)
        drawing = asyncio.create_task(self._drawn(reply, kind))
        self._drawing.add(drawing)
        drawing.add_done_callback(self._drawing.discard)
        return drawing

    async def _drawn(self, reply: Reply, kind: Kind) -> Picture | None:
        """The picture; None where there is none, or where it cannot be shown: an answer never fails for its chart."""
        try:
            picture = await self._gallery.picture_soon(reply, kind)
        except Exception:
            log.exception("the %s of %s could not be drawn", kind, reply.answer_id)
            return None
        if picture and len(picture.png) > PICTURE_BYTES:
            log.error("the %s of %s is too large: %d bytes", kind, reply.answer_id, len(picture.png))
            return None
        return picture


async def within(work: asyncio.Task[T], seconds: float) -> bool:
    """Whether the work is done in time; it goes on if it is not."""
    done, _ = await asyncio.wait({work}, timeout=seconds)
    return bool(done)


def file_of(picture: Picture) -> discord.File:
    """The picture as an upload, with its alt text."""
    return discord.File(io.BytesIO(picture.png), filename=FILE, description=shorten(picture.alt, ALT))
