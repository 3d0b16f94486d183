"""Live files: what is saved under knowledge/ or templates/ answers within a second, or is told to be wrong and answers nothing.

    a file is saved ─▶ quiet for QUIET_MS ─▶ load and check, off the event loop ─┬▶ Desk.swap, Live
                                                                                └▶ Refused (the old revision keeps serving)

What was saved by halves is waited out: a load during which files changed does not count, and errors are told only
where the files stay as they are.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from io import FileIO
from pathlib import Path

from watchfiles import Change, awatch
from watchfiles._rust_notify import WatchfilesRustInternalError

from tradebot.checks import check_edition, check_figures, failures_of
from tradebot.curation.faults import CurationError
from tradebot.curation.news import Live, News, Refused, in_words
from tradebot.curation.repository import Repository
from tradebot.desk import Desk
from tradebot.edition import Edition
from tradebot.knowledge.limits import MAX_BYTES
from tradebot.knowledge.paths import knowledge_dir, templates_beside
from tradebot.knowledge.problems import KnowledgeError, Problems
from tradebot.knowledge.settled import STAGING

log = logging.getLogger("tradebot.curation")

QUIET_MS = 25
"""A save is over when nothing changed for so long; editors that empty a file and write it anew need a fifth of that."""
PATIENCE_SECONDS = 0.4
"""How long files that cannot be used must stay as they are before anybody hears of it: somebody may still be copying."""
LOOK_AGAIN_MS = 5_000
"""Changes that nobody was told of, as on network drives and before the watch began, are found this much later."""
SETTLED_NS = 10_000_000_000
"""Files that changed later than so long before a look may change again within a tick of the file system's clock."""
PIECE = 64 * 1024
_ENDINGS = (".yaml", ".csv", ".j2")


class Watch:
    """Keeps a desk at what the files under `root`, and the templates beside it, hold.

    `told` hears each piece of news on the event loop; it must not wait. `revision` names what the files hold now; without
    it that is the desk's first revision, with the beginning of the files' digest where they changed since. `edited` says
    that somebody will edit them: then the first save is live as soon as every other, for 15 MB from the start on.
    """

    def __init__(
        self, desk: Desk, root: Path, told: Callable[[News], None], revision: Callable[[], str] | None = None, *, edited: bool = False
    ) -> None:
        self._desk, self._root, self._told, self._edited = desk, root, told, edited
        self._folders = (root, templates_beside(root))
        self._seen = ""
        self._stood: dict[str, tuple[int, int, int]] = {}
        self._first = (desk.knowledge.revision, self._digest())
        self._revision = revision
        self._refused = False

    async def run(self) -> None:
        """Until it is cancelled."""
        try:
            await self.look()  # the desk may have been opened on what is published, because the files cannot be used
            await self._warm(self._desk.edition)
            await self._follow()
        except (OSError, WatchfilesRustInternalError) as error:  # no watches left, a file system without any
            log.warning("Changes of files are found by looking every %d s: %s", LOOK_AGAIN_MS // 1000, error)
            while True:
                await self.look()
                await asyncio.sleep(LOOK_AGAIN_MS / 1000)

    async def _warm(self, edition: Edition) -> None:
        """Compiles and adds up what a revision shares with the next one, and where they are edited what its tests ask for."""
        await asyncio.to_thread(list, edition.template_mistakes())
        await asyncio.to_thread(check_figures, self._root, edition.knowledge)
        desk = Desk(edition)
        for intent in edition.knowledge.intents if self._edited else ():  # one at a time, so that a bot can stop meanwhile
            await asyncio.to_thread(list, failures_of(intent, desk))

    async def _follow(self) -> None:
        changes = awatch(*self._folders, watch_filter=_is_knowledge, step=QUIET_MS, rust_timeout=LOOK_AGAIN_MS, yield_on_timeout=True)
        async for said in changes:
            moved = await asyncio.to_thread(self._moved)
            if said or moved:
                await self.look()

    def _moved(self) -> bool:
        """Whether a file is not as it was the last time, by its name, place, size and time; reading them all takes ten times as long."""
        now = {}
        for path in self._files():
            with suppress(OSError):
                held = os.stat(path)  # noqa: PTH116 - of six hundred files
                now[path] = (held.st_ino, held.st_size, held.st_mtime_ns)
        before, self._stood = self._stood, now
        return now != before or max((at for _, _, at in now.values()), default=0) > time.time_ns() - SETTLED_NS

    async def look(self) -> None:
        """Takes over what the files hold now, unless that is what was looked at last."""
        digest = await asyncio.to_thread(self._digest)
        if digest == self._seen:
            return
        try:
            found = await asyncio.to_thread(self._found, digest)
        except CurationError as error:  # git is busy; the next look will tell
            log.warning("The saved files could not be looked at: %s", error)
            return
        before = self._desk.edition
        if isinstance(found, Problems):
            self._told(Refused(before.knowledge.revision, found))
        elif found is not before or self._refused:
            self._desk.swap(found)
            self._told(Live(found.knowledge.revision, await asyncio.to_thread(lambda: tuple(in_words(before, found)))))
        self._refused = isinstance(found, Problems)

    def _found(self, digest: str) -> Edition | Problems:
        """What the files hold once nobody changes them any more; `digest` is theirs now."""
        while True:
            found: Edition | Problems
            try:
                found = self._load(digest)
            except KnowledgeError as error:
                found = error.problems
                time.sleep(PATIENCE_SECONDS)
            before, digest = digest, self._digest()
            if digest == before:
                self._seen = digest
                return found

    def _load(self, digest: str) -> Edition:
        """The edition of the files, checked; the desk's own where they hold nothing else. Raises KnowledgeError."""
        revision = self._revision() if self._revision else self._by_digest(digest)
        if revision == self._desk.knowledge.revision:
            return self._desk.edition
        edition = Edition.open(self._root, revision)
        check_edition(self._root, edition).raise_if_any()
        return edition

    def _by_digest(self, digest: str) -> str:
        first, seen = self._first
        return first if digest == seen else f"{first}+{digest[:4]}"

    def _digest(self) -> str:
        """Of the names and bytes of all files; one that goes away meanwhile has none."""
        digest = hashlib.blake2b(digest_size=16)
        for path in sorted(self._files()):
            with suppress(OSError), open(path, "rb", buffering=0) as file:  # noqa: PTH123 - of six hundred files
                digest.update(f"\0{path}\0".encode(errors="surrogateescape"))
                for piece in _pieces(file):
                    digest.update(piece)
        return digest.hexdigest()

    def _files(self) -> Iterator[str]:
        return (path for folder in self._folders for path in _files(folder))


def _pieces(file: FileIO) -> Iterator[bytes]:
    """What a file holds, as far as anybody reads it; the largest at once would take megabytes that the process then keeps."""
    for _ in range(MAX_BYTES // PIECE + 1):
        if not (piece := file.read(PIECE)):
            return
        yield piece


def _files(folder: Path) -> Iterator[str]:
    """The paths of all files of a folder that knowledge can be in."""
    for where, _, names in os.walk(folder):
        yield from (os.path.join(where, name) for name in names if name.endswith(_ENDINGS))  # noqa: PTH118 - of six hundred files


@asynccontextmanager
async def live(desk: Desk, knowledge: Path | None, repository: Repository | None, told: Callable[[News], None]) -> AsyncIterator[None]:
    """While the block runs, the desk answers by what the files of its knowledge hold; a repository names the revisions.

    A knowledge directory of one's own is there to be edited, the packaged one is not.
    """
    revision = (lambda: repository.served) if repository else None
    watch = Watch(desk, knowledge or knowledge_dir(), told, revision, edited=bool(knowledge or repository))
    task = asyncio.create_task(watch.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """The watch in a thread of its own while the block runs, for programs without an event loop; `told` is called there."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(watch.run())

    def serve() -> None:
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)

    thread = threading.Thread(target=serve, name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()


def _is_knowledge(_: Change, name: str) -> bool:
    return name.endswith(_ENDINGS) and STAGING not in Path(name).parts
