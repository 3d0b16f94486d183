"""A draft: the edits of one moderator, not published yet, on a branch and in a folder of their own.

set, upload, refresh ─▶ apply(edit): files change, are read, and become a commit of the draft ─▶ diff, preview, publish

Every edit is kept at once, so a draft survives a restart; what was half written when the process died is dropped.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tradebot.curation import revisions
from tradebot.curation.faults import CurationError, OvertakenError
from tradebot.curation.git import Git
from tradebot.curation.people import Moderator
from tradebot.curation.repository import Repository
from tradebot.curation.revisions import PUBLISHED
from tradebot.curation.worktree import changed_names
from tradebot.edition import Edition
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.settled import locked
from tradebot.knowledge.snapshot import read

Edit = Callable[[Path], str]
"""Changes files under a knowledge directory and says in a sentence what it did. Raises CurationError where it cannot."""


class Draft:
    """What a moderator changed on top of a published revision."""

    def __init__(self, repository: Repository, owner: Moderator, name: str = "") -> None:
        """The moderator's draft as it was left; a new, empty one where there is none. `name` is the slug unless it is another."""
        self.repository = repository
        self.owner = owner
        self.name = name or owner.slug
        self.folder = repository.top / ".git" / "drafts" / self.name
        self.git = Git(self.folder)
        if not self._is_there():
            with repository.locked():
                self._make()
        with self.locked():
            self._drop_unkept()

    @property
    def branch(self) -> str:
        return f"refs/heads/draft/{self.name}"

    @property
    def knowledge(self) -> Path:
        return self.folder / "knowledge"

    @property
    def base(self) -> str:
        """The published commit that it is an edit of."""
        return self.git("merge-base", PUBLISHED, "HEAD")

    @property
    def tip(self) -> str:
        """The commit of its last edit."""
        return self.git("rev-parse", "HEAD")

    @property
    def changes(self) -> list[str]:
        """The files that it changes, from the top of the repository on."""
        return changed_names(self.git, self.base, "HEAD")

    @property
    def edits(self) -> list[str]:
        """What was done, in sentences, oldest first."""
        said = self.git("log", "--reverse", "--no-merges", "--format=%s", f"{PUBLISHED}..HEAD")
        return said.splitlines()

    @property
    def is_behind(self) -> bool:
        """Whether somebody published since it was begun."""
        return self.base != self.repository.head

    @property
    def settles(self) -> list[str]:
        """What was asked in vain, and will be dealt with once the draft is published."""
        return revisions.settles(self.git, "HEAD")

    def apply(self, edit: Edit, settles: str = "") -> str:
        """Makes one edit and keeps it; what it says. `settles` is what was asked in vain that it deals with.

        Raises CurationError, or KnowledgeError where the files could not be read afterwards: then the draft is as it was before.
        """
        with self.locked():
            try:
                said = edit(self.knowledge)
                self._check_readable()
                self.keep(said, settles)
            except BaseException:
                self._drop_unkept()
                raise
        return said

    def catch_up(self) -> list[str]:
        """Takes in what others published meanwhile; the names of the files that this touched.

        Raises OvertakenError naming the files in which both changed the same lines: the draft is as before.
        """
        if not self.is_behind:
            return []
        theirs = changed_names(self.git, self.base, PUBLISHED)
        merged = self.git.attempt("merge", "--quiet", "--no-edit", PUBLISHED, extra=self.owner.as_author())
        if merged.returncode:
            both = self.git("diff", "--name-only", "--diff-filter=U").splitlines()
            self.git.attempt("merge", "--abort")
            raise OvertakenError(_in_the_way(both, self.repository))
        return theirs

    def discard(self) -> None:
        """Forgets every edit."""
        with self.locked():
            self.reset()

    def reset(self) -> None:
        """As discard, for who holds the lock."""
        self.git("reset", "--quiet", "--hard", PUBLISHED)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else edits the draft, in this process or another, while the block runs."""
        with locked(self.folder):
            yield

    # -- how ----------------------------------------------------------------------------------------------------

    def _check_readable(self) -> None:
        """Raises KnowledgeError: with the mistakes in the files that the edit touched, or those that it caused elsewhere."""
        status = self.git("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all").split("\0")
        names = [entry[3:] for entry in status if entry]
        problems = Problems()
        read(self.knowledge, problems)
        if not len(problems) and (wording := [name.removeprefix("templates/") for name in names if name.endswith(".j2")]):
            edition = Edition.open(self.knowledge)
            problems.extend(edition.template_mistakes(name for name in wording if name in edition.templates))
        own = Problems()
        own.extend(problem for problem in problems if problem.file in names)
        own.raise_if_any()
        problems.raise_if_any()

    def _is_there(self) -> bool:
        return self.folder.is_dir() and self.git.succeeds("rev-parse", "--verify", "--quiet", self.branch)

    def _make(self) -> None:
        """The folder, on the branch as it was left, or on a new one."""
        if self._is_there():  # somebody else was quicker
            return
        git, name = self.repository.git, self.branch.removeprefix("refs/heads/")
        shutil.rmtree(self.folder, ignore_errors=True)
        git("worktree", "prune")
        if not git.succeeds("rev-parse", "--verify", "--quiet", self.branch):
            git("branch", "--no-track", "--", name, PUBLISHED)
        git("worktree", "add", "--quiet", "--", str(self.folder), name)

    def keep(self, said: str, settles: str = "") -> None:
        """Makes a commit of the draft from what its files are now."""
        self.git("add", "--all", "--", ".")
        if self.git.succeeds("diff", "--cached", "--quiet"):
            raise CurationError("That is how it is already; nothing was changed.")
        deals_with = ("--message", f"{revisions.SETTLES}: {settles}") if settles else ()
        self.git("commit", "--quiet", "--message", " ".join(said.split()), *deals_with, extra=self.owner.as_author())

    def _drop_unkept(self) -> None:
        """Back to the last edit that was kept."""
        self.git.attempt("merge", "--abort")
        self.git("reset", "--quiet", "--hard")
        self.git("clean", "--quiet", "-fd")


def _in_the_way(names: list[str], repository: Repository) -> str:
    last = repository.log(1)[0]
    listed = ", ".join(names) or "the same files"
    return (
        f"{last.by} published {last.name} meanwhile (“{last.why}”) and changed the same lines as you in {listed}. "
        "Look at it with log and diff, discard your draft of those files and make the edit again on top."
    )
