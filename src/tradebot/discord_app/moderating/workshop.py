"""The workshop: the repository behind the desk, as the chat uses it: one piece of work at a time, never on the event loop."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

from tradebot.curation.draft import Draft, Edit
from tradebot.curation.edits.accepted import accept
from tradebot.curation.people import Moderator
from tradebot.curation.preview import Preview, preview_of
from tradebot.curation.publishing import Published, publish, roll_back
from tradebot.curation.repository import Repository
from tradebot.desk import Desk
from tradebot.discord_app.moderating.library import Library, problems_of
from tradebot.discord_app.moderating.rights import Moderators
from tradebot.edition import Edition
from tradebot.journal.journal import Journal
from tradebot.knowledge.problems import Problems

PREVIEWS_KEPT = 4
"""Previews of which somebody turns the pages; another one is made in seconds."""


class Workshop(Library):
    """What moderators do with a repository. `swap` hears of each new revision, on the event loop."""

    def __init__(self, repository: Repository, moderators: Moderators, swap: Callable[[Edition], None]) -> None:
        super().__init__(repository.knowledge, moderators)
        self.repository = repository
        self._swap = swap
        self._previews: OrderedDict[tuple[str, str], Preview] = OrderedDict()

    def draft(self, who: Moderator) -> Draft:
        """For pieces of work."""
        return Draft(self.repository, who)

    async def apply(self, who: Moderator, edit: Edit, settles: str = "") -> str:
        """Makes an edit in somebody's draft; what it says. Raises CurationError, KnowledgeError."""
        return await self.work(lambda: self.draft(who).apply(edit, settles))

    async def accept(self, who: Moderator, asked: Sequence[str]) -> str:
        """Lets tests say the figures that the draft answers."""
        return await self.work(lambda: self.draft(who).apply(accept(self._preview(who, asked))))

    async def check(self, who: Moderator) -> Problems:
        """What is wrong with a draft, or with what is published where the draft is empty."""
        return await self.work(lambda: problems_of(self.draft(who).knowledge))

    async def drafted(self) -> frozenset[str]:
        return await self.work(lambda: frozenset(self.repository.in_drafts()))

    async def preview(self, who: Moderator, asked: Sequence[str]) -> Preview:
        """Every answer that a draft changes; `asked` are questions beside the tests."""
        return await self.work(lambda: self._preview(who, asked))

    async def publish(self, who: Moderator, why: str, typed: str) -> Published:
        """Makes the draft the next revision, which answers from then on."""
        return await self._live(lambda: publish(self.draft(who), why, typed))

    async def roll_back(self, who: Moderator, why: str, revision: str) -> Published:
        return await self._live(lambda: roll_back(self.repository, who, why, revision))

    async def _live(self, piece: Callable[[], Published]) -> Published:
        done = await self.work(piece)
        self._swap(done.edition)
        return done

    def _preview(self, who: Moderator, asked: Sequence[str]) -> Preview:
        draft = self.draft(who)
        key = (draft.base, draft.tip)
        if key not in self._previews:
            self._previews[key] = preview_of(draft, asked)
            while len(self._previews) > PREVIEWS_KEPT:
                self._previews.popitem(last=False)
        return self._previews[key]


class Moderated(Protocol):
    """The client of a moderator's request; without a repository it has no workshop, only a library."""

    desk: Desk
    library: Library | None
    journal: Journal

    @property
    def today(self) -> dt.date: ...

    async def often_asked(self) -> list[str]: ...
