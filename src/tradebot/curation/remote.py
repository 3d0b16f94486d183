"""The remote that several machines share: what others published there, and what we publish. Never forced."""

from __future__ import annotations

from tradebot.curation.faults import GitError, MovedError
from tradebot.curation.git import REMOTE_SECONDS, Git
from tradebot.curation.revisions import PUBLISHED

THEIRS = "refs/remotes/origin/main"


def fetch(git: Git) -> str:
    """The commit that the remote has published; empty where nobody published there yet. Raises GitError."""
    git("fetch", "--quiet", "--no-tags", "--prune", "origin", seconds=REMOTE_SECONDS)
    return git.attempt("rev-parse", "--verify", "--quiet", THEIRS).stdout.decode().strip()


def push(git: Git, commit: str) -> None:
    """Publishes a commit there. Raises MovedError where somebody else was quicker, GitError where it cannot be reached."""
    done = git.attempt("push", "--quiet", "--porcelain", "origin", f"{commit}:{PUBLISHED}", seconds=REMOTE_SECONDS)
    if done.returncode == 0:
        return
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    if "[rejected]" in said or "fetch first" in said or "non-fast-forward" in said or "cannot lock ref" in said:
        raise MovedError("Somebody else published at the remote in the same moment.")
    raise GitError(
        f"The remote did not take it, so nothing was published: {said.strip().splitlines()[-1] if said.strip() else 'no reason given'}"
    )


def has(git: Git, commit: str) -> bool:
    """Whether a commit is, or is part of, what is published here."""
    return git.succeeds("merge-base", "--is-ancestor", commit, PUBLISHED)


def is_newer(git: Git, commit: str) -> bool:
    """Whether a commit only adds to what is published here."""
    return commit != git("rev-parse", PUBLISHED) and git.succeeds("merge-base", "--is-ancestor", PUBLISHED, commit)
