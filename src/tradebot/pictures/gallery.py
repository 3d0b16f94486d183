"""The gallery: pictures already drawn, and the way to have one drawn without holding up the event loop.

reply ─▶ key (revision, what the card says) ─▶ kept? ─▶ picture
                                              └─▶ one thread draws; whoever asks meanwhile waits for the same picture
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Hashable
from concurrent.futures import Future, ThreadPoolExecutor

from tradebot.knowledge.snapshot import Knowledge
from tradebot.pictures.picture import Kind, Picture
from tradebot.presentation.reply import Reply

KEPT = 128
"""Pictures kept: at about 40 KB each some five megabytes."""


class Gallery:
    """Pictures of one knowledge snapshot, drawn one after the other. Safe to use from several threads and event loops."""

    def __init__(self, knowledge: Knowledge, kept: int = KEPT) -> None:
        self._knowledge = knowledge
        self._kept = kept
        self._pictures: OrderedDict[Hashable, Future[Picture | None]] = OrderedDict()
        self._lock = threading.Lock()
        self._pen = ThreadPoolExecutor(1, thread_name_prefix="tradebot-pictures")

    def picture(self, reply: Reply, kind: Kind = Kind.CHART) -> Picture | None:
        """The picture of a reply, drawn at most once; None where there is nothing to draw."""
        return self._promise(reply, kind).result()

    async def picture_soon(self, reply: Reply, kind: Kind = Kind.CHART) -> Picture | None:
        """The same from an event loop, which goes on meanwhile; who stops waiting takes it from nobody else."""
        promise = self._promise(reply, kind)
        return promise.result() if promise.done() else await asyncio.shield(asyncio.wrap_future(promise))

    def __len__(self) -> int:
        return len(self._pictures)

    def _promise(self, reply: Reply, kind: Kind) -> Future[Picture | None]:
        """The picture as it is, will be, or is now begun; one that failed is begun again."""
        key = key_of(reply) if kind is Kind.CHART else map_key_of(reply)
        with self._lock:
            found = self._pictures.get(key)
            if found is None or (found.done() and found.exception() is not None):
                found = self._pictures[key] = self._pen.submit(self._drawn, reply, kind)
            self._pictures.move_to_end(key)
            while len(self._pictures) > self._kept:
                self._pictures.popitem(last=False)
        return found

    def _drawn(self, reply: Reply, kind: Kind) -> Picture | None:
        from tradebot.pictures import drawing  # noqa: PLC0415  the imaging library is only loaded for a first picture

        return (drawing.draw if kind is Kind.CHART else drawing.draw_map_of)(reply, self._knowledge)


def map_key_of(reply: Reply) -> Hashable:
    """A map shows all partners, so how many of them were asked for does not matter."""
    return reply.revision, Kind.MAP, reply.asked.metric if reply.asked else None, reply.period


def key_of(reply: Reply) -> Hashable:
    """What decides how a picture looks: the revision and all that the card says, except the answer's number."""
    card, answer = reply.card, reply.answer
    partners = reply.query.partners if reply.query else ()
    now = answer.facts.get("now")
    series = tuple(figure.id for figure in answer.series)
    return reply.revision, answer.template, partners, card.headline, card.body, card.sheet, card.read_as, getattr(now, "id", ""), series
