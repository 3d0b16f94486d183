"""The library: the files behind the desk, as moderators read them from the chat; where they are no repository that is all they can do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tradebot.checks import check_edition
from tradebot.curation.people import Moderator
from tradebot.discord_app.moderating.rights import Moderators
from tradebot.edition import Edition
from tradebot.knowledge.problems import KnowledgeError, Problems

T = TypeVar("T")


class Library:
    """What moderators read of the files under `knowledge`: one piece of work at a time, never on the event loop."""

    def __init__(self, knowledge: Path, moderators: Moderators) -> None:
        self.knowledge = knowledge
        self.moderators = moderators
        self._one_at_a_time = asyncio.Lock()

    async def work(self, piece: Callable[[], T]) -> T:
        """Runs a piece of work in a thread, after those before it. Raises what it raises."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(piece)

    async def check(self, _: Moderator) -> Problems:
        """What is wrong with the files as they are now."""
        return await self.work(lambda: problems_of(self.knowledge))

    async def drafted(self) -> frozenset[str]:
        """What was asked in vain and is dealt with in somebody's draft: there are none."""
        return frozenset()


def problems_of(root: Path) -> Problems:
    """Everything that is wrong with a knowledge directory."""
    try:
        return check_edition(root, Edition.open(root))
    except KnowledgeError as error:
        return error.problems
