"""The gallery: pictures already drawn, and the way to have one drawn without holding up the event loop.

    reply ─▶ key (revision, what the card says) ─▶ kept? ─▶ picture
                                                  └─▶ one thread draws; whoever asks meanwhile waits for the same picture
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Hashable
from concurrent.futures import Future

from tradebot.knowledge.snapshot import Knowledge
from tradebot.pictures.picture import Picture
from tradebot.presentation.reply import Reply

KEPT = 128
"""Pictures kept: at about 40 KB each some five megabytes."""


class Gallery:
    """Pictures of one knowledge snapshot. Safe to use from several threads and event loops."""

    def __init__(self, knowledge: Knowledge, kept: int = KEPT) -> None:
        self._knowledge = knowledge
        self._kept = kept
        self._pictures: OrderedDict[Hashable, Future[Picture | None]] = OrderedDict()
        self._lock = threading.Lock()
        self._pen = threading.Lock()

    def picture(self, reply: Reply) -> Picture | None:
        """The picture of a reply, drawn at most once; None where there is nothing to draw."""
        key = key_of(reply)
        with self._lock:
            found = self._pictures.get(key)
            mine = found is None
            if found is None:
                found = self._pictures[key] = Future()
            self._pictures.move_to_end(key)
            while len(self._pictures) > self._kept:
                self._pictures.popitem(last=False)
        if mine:
            self._draw(reply, key, found)
        return found.result()

    async def picture_soon(self, reply: Reply) -> Picture | None:
        """The same from an event loop: a kept picture at once, any other from a thread."""
        with self._lock:
            found = self._pictures.get(key_of(reply))
        if found is not None and found.done():
            return found.result()
        return await asyncio.to_thread(self.picture, reply)

    def __len__(self) -> int:
        return len(self._pictures)

    def _draw(self, reply: Reply, key: Hashable, promised: Future[Picture | None]) -> None:
        """Fulfils the promise, one picture after the other; one that fails is not kept."""
        from tradebot.pictures.drawing import draw  # noqa: PLC0415  the imaging library is only loaded for a first picture

        try:
            with self._pen:
                promised.set_result(draw(reply, self._knowledge))
        except BaseException as error:
            promised.set_exception(error)
            with self._lock:
                if self._pictures.get(key) is promised:
                    del self._pictures[key]


def key_of(reply: Reply) -> Hashable:
    """What decides how a picture looks: the revision and all that the card says, except the answer's number."""
    card, answer = reply.card, reply.answer
    partners = reply.query.partners if reply.query else ()
    now = answer.facts.get("now")
    series = tuple(figure.id for figure in answer.series)
    return reply.revision, answer.template, partners, card.headline, card.body, card.sheet, card.read_as, getattr(now, "id", ""), series
