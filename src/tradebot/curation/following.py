"""Following: every process serves the newest revision within seconds, whoever published it and on which machine.

main here moved, or main at the remote ─▶ does it load? ─▶ the working tree follows ─▶ Edition ─▶ Desk.swap
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from tradebot.curation.faults import CurationError
from tradebot.curation.opening import usable
from tradebot.curation.remote import THEIRS, fetch, has, is_newer
from tradebot.curation.repository import Repository
from tradebot.curation.revisions import PUBLISHED
from tradebot.desk import Desk
from tradebot.edition import Edition
from tradebot.knowledge.problems import KnowledgeError

EVERY_SECONDS = 5.0
LONGEST_WAIT = 300.0
"""Between two looks at a remote that cannot be reached."""


class Follower:
    """Looks for new revisions. Trouble is told once, in a sentence, until it passes; what is served stays."""

    def __init__(self, repository: Repository, desk: Desk, tell: Callable[[str], None], every: float = EVERY_SECONDS) -> None:
        self.repository = repository
        self._desk = desk
        self._tell = tell
        self._every = every
        self._served = repository.head
        self._refused = ""
        self._told = ""

    async def run(self) -> None:
        """Until it is cancelled."""
        wait = self._every
        while True:
            await asyncio.sleep(wait)
            try:
                edition = await asyncio.to_thread(self.look)
            except (CurationError, OSError) as error:
                self._trouble(str(error))
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            except KnowledgeError as error:  # the next revision may mend it
                self._trouble(str(error))
                edition = None
            wait = self._every
            if edition is not None:
                self._desk.swap(edition)

    def look(self) -> Edition | None:
        """The newest edition, if it is not the one that is served. Raises CurationError, KnowledgeError."""
        repository = self.repository
        self._take_over()
        head = repository.head
        if head == self._served:
            return None
        repository.settle()  # another process may have moved main and not be done yet
        known = repository.served == self._desk.knowledge.revision  # this process published it itself
        edition = None if known else usable(repository)
        self._served, self._told = head, ""
        return edition

    def _take_over(self) -> None:
        """Once a commit of the remote could not be read, it is not tried again."""
        try:
            take_over(self.repository, self._refused)
        except KnowledgeError:
            self._refused = self.repository.git("rev-parse", THEIRS)
            raise

    def _trouble(self, said: str) -> None:
        if said != self._told:
            self._tell(said)
        self._told = said


@asynccontextmanager
async def following(desk: Desk, repository: Repository | None, tell: Callable[[str], None]) -> AsyncIterator[None]:
    """While the block runs, the desk follows the repository, if there is one."""
    task = asyncio.create_task(Follower(repository, desk, tell).run()) if repository else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def take_over(repository: Repository, refused: str = "") -> None:
    """Makes what is newer at the remote the newest here, too, if it loads and is not a commit that was `refused` before.

    Raises GitError, CurationError where it is not only newer but another history, KnowledgeError where it cannot be read:
    what is published here stays.
    """
    if not repository.has_remote:
        return
    theirs = fetch(repository.git)
    if theirs in ("", refused) or has(repository.git, theirs):
        return
    if not is_newer(repository.git, theirs):
        raise CurationError(
            "What is published here and what is published at the remote went apart: somebody changed main by hand. "
            "Nothing is taken over or published until the two are merged with git."
        )
    with repository.exported(theirs) as folder:
        Edition.open(folder / "knowledge")
    with repository.locked():
        if is_newer(repository.git, theirs):
            repository.git("update-ref", PUBLISHED, theirs)
    repository.settle()
