"""The repository: knowledge/ and templates/ under git; every commit of its main branch is a revision.

    DIR/curation.yaml            the rules of editing
    DIR/knowledge DIR/templates  the working tree: what is served, and what people edit by hand
    DIR/.git                     main, the drafts of moderators, and how far the working tree is (refs/tradebot/held)

a publish moves main (one atomic step of git's) ─▶ settle(): the working tree follows, all files at once ─▶ Edition

Whatever kills us between the two, the next one who opens the repository lets the working tree follow.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tradebot.curation import revisions
from tradebot.curation.faults import CurationError
from tradebot.curation.git import Git
from tradebot.curation.people import Moderator
from tradebot.curation.revisions import PUBLISHED, Revision
from tradebot.curation.rules import FILE as RULES
from tradebot.curation.rules import SHIPPED, Rules, parse_rules
from tradebot.curation.worktree import bring_up, content_of
from tradebot.edition import Edition
from tradebot.knowledge.collecting import uncollected
from tradebot.knowledge.paths import packaged
from tradebot.knowledge.settled import STAGING, locked

EDITIONS_KEPT = 2
"""Old revisions kept ready for `/answer`; each takes about 60 MB."""
STALE_LOCK_SECONDS = 600
"""git's own lock files are younger than this while the git that made them runs; older ones a power cut left behind."""
IGNORED = f"{STAGING}/\n*.swp\n*~\n"


class Repository:
    """A directory of knowledge under git."""

    def __init__(self, top: Path) -> None:
        """`top` holds `.git`; `open`, `init` and `of` make sure of that."""
        self.top = top
        self.git = Git(top)
        self._editions: OrderedDict[str, Edition] = OrderedDict()
        self._opening = threading.Lock()

    @classmethod
    def of(cls, knowledge: Path) -> Repository | None:
        """The repository that a knowledge directory belongs to; None where it cannot be edited from the chat."""
        top = knowledge.resolve().parent
        if not ((top / RULES).is_file() and (top / ".git").exists() and shutil.which("git")):
            return None
        return cls.open(top)

    @classmethod
    def open(cls, top: Path) -> Repository:
        """The repository at `top` (the folder that holds knowledge/), settled. Raises CurationError."""
        top = top.resolve()
        if not ((top / RULES).is_file() and (top / ".git").exists()):
            raise CurationError(f"{top} is no repository of knowledge: make one with tradebot knowledge init {top.name}")
        repository = cls(top)
        repository._clear_stale_locks()
        repository.settle()
        return repository

    @classmethod
    def init(cls, top: Path, by: Moderator, remote: str = "") -> Repository:
        """A new repository at `top` with the packaged knowledge, or a clone of `remote` where that has one already."""
        if top.exists() and any(top.iterdir()):
            raise CurationError(f"{top} is not empty; name a new directory.")
        top.mkdir(parents=True, exist_ok=True)
        try:
            _begin(Git(top.resolve()), by, remote)
        except CurationError:
            _emptied(top)  # so that the same can be tried again
            raise
        return cls.open(top)

    # -- what is published --------------------------------------------------------------------------------------

    @property
    def knowledge(self) -> Path:
        return self.top / "knowledge"

    @property
    def rules(self) -> Rules:
        """As published: nobody lifts a rule with the edit that it would stop. Raises KnowledgeError where the file is broken."""
        return parse_rules((content_of(self.git, PUBLISHED, RULES) or b"").decode("utf-8", "replace"))

    @property
    def head(self) -> str:
        """The published commit."""
        return self.git("rev-parse", "--verify", PUBLISHED)

    @property
    def revision(self) -> str:
        """`r37`: how many publishes there were."""
        return f"r{revisions.count(self.git)}"

    @property
    def served(self) -> str:
        """The revision of the working tree: `r37`, or `r37+4f2a` where files were edited by hand since."""
        edited = self.edited()
        if not edited:
            return self.revision
        digest = hashlib.sha256()
        for name in edited:
            path = self.top / name
            digest.update(name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"") + b"\0")
        return f"{self.revision}+{digest.hexdigest()[:4]}"

    @property
    def has_remote(self) -> bool:
        return "origin" in self.git("remote").split()

    def edited(self) -> list[str]:
        """The files edited by hand and not published, by their names from the top on."""
        said = self.git("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", "knowledge", "templates", RULES)
        return sorted(entry[3:] for entry in said.split("\0") if entry)

    def log(self, limit: int = 20) -> list[Revision]:
        """The last revisions, newest first."""
        return list(revisions.log(self.git, limit))

    def in_drafts(self) -> set[str]:
        """What was asked in vain, and is dealt with in somebody's draft."""
        return set(revisions.settles(self.git, "--branches=draft/*"))

    # -- editions -----------------------------------------------------------------------------------------------

    def current(self) -> Edition:
        """The edition of the working tree. Raises KnowledgeError."""
        return Edition.open(self.knowledge, self.served)

    def edition(self, revision: str) -> Edition:
        """Any revision, ready to answer. Raises CurationError where there is none, KnowledgeError where it is of a time
        whose files this program no longer reads."""
        commit = revisions.commit_of(self.git, revision)
        with self._opening:
            found = self._editions.pop(commit, None) or self._opened(commit, revision.strip().lower())
            self._editions[commit] = found
            while len(self._editions) > EDITIONS_KEPT:
                self._editions.popitem(last=False)
        return found

    def _opened(self, commit: str, revision: str) -> Edition:
        with self.exported(commit) as folder, uncollected():
            return Edition.open(folder / "knowledge", revision)

    @contextmanager
    def exported(self, commit: str) -> Iterator[Path]:
        """The files of a commit in a folder of their own, while the block runs."""
        with tempfile.TemporaryDirectory(prefix="tradebot-") as folder:
            index = {"GIT_INDEX_FILE": f"{folder}/index"}
            self.git("read-tree", commit, extra=index)
            self.git("checkout-index", "--all", f"--prefix={folder}/files/", extra=index)
            yield Path(folder) / "files"

    # -- the working tree ---------------------------------------------------------------------------------------

    def settle(self) -> list[str]:
        """Lets the working tree follow main; the names of files left alone, because they were edited by hand."""
        with self.locked():
            return bring_up(self.git, self.knowledge)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process changes what is published."""
        with locked(self.top / ".git"):
            yield

    def _clear_stale_locks(self) -> None:
        for pattern in ("*.lock", "refs/**/*.lock", "worktrees/*/*.lock"):
            for lock in (self.top / ".git").glob(pattern):
                if time.time() - lock.stat().st_mtime > STALE_LOCK_SECONDS:
                    lock.unlink(missing_ok=True)


def _begin(git: Git, by: Moderator, remote: str) -> None:
    """What the remote has, or else the packaged knowledge, there too. Raises GitError."""
    git("init", "--quiet", "--initial-branch=main")
    if remote:
        git("remote", "add", "--", "origin", remote)
        if git.succeeds("fetch", "--quiet", "origin", "main"):
            git("reset", "--quiet", "--hard", "FETCH_HEAD")
            return
    _fill(git, by)
    if remote:
        git("push", "--quiet", "origin", "main:main")


def _emptied(folder: Path) -> None:
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()


def _fill(git: Git, by: Moderator) -> None:
    """The packaged knowledge as the first revision."""
    for name in ("knowledge", "templates"):
        shutil.copytree(packaged() / name, git.folder / name, ignore=shutil.ignore_patterns(STAGING))
    (git.folder / RULES).write_text(SHIPPED, encoding="utf-8")
    (git.folder / ".gitignore").write_text(IGNORED, encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "The knowledge that came with tradebot", extra=by.as_author())
