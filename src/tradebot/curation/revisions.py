"""Revisions: the commits of the published branch, counted from the first; the log is the audit trail."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tradebot.curation.faults import CurationError
from tradebot.curation.git import Git

PUBLISHED = "refs/heads/main"
APPROVED = "Approved-by"
SETTLES = "Settles"
"""What a commit of a draft deals with of that which people asked in vain; `git log` tells it by this name."""
_FORMAT = f"%H%x1f%an%x1f%aI%x1f%s%x1f%b%x1f%(trailers:key={APPROVED},valueonly,separator=%x2C)%x1e"
_NAME = re.compile(r"r([1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class Revision:
    """One publish: `r37`, when (with its time zone), by whom, why, and who agreed to it."""

    number: int
    commit: str
    by: str
    at: dt.datetime
    why: str
    more: str = ""
    approved_by: str = ""

    @property
    def name(self) -> str:
        return f"r{self.number}"


def count(git: Git, commit: str = PUBLISHED) -> int:
    """How many publishes led to a commit. A merge made by hand counts as one."""
    return int(git("rev-list", "--count", "--first-parent", commit, "--"))


def commit_of(git: Git, name: str) -> str:
    """The commit of a revision such as `r12`. Raises CurationError where there is none."""
    match = _NAME.fullmatch(name.strip().lower())
    last = count(git)
    if match is None or int(match[1]) > last:
        raise CurationError(f"There is no revision “{name[:40]}”; they are r1 to r{last}.")
    return git("rev-list", "--first-parent", "--max-count=1", f"--skip={last - int(match[1])}", PUBLISHED, "--")


def log(git: Git, limit: int) -> Iterator[Revision]:
    """The last revisions, newest first."""
    number = count(git)
    said = git("log", "--first-parent", f"--max-count={limit}", f"--format={_FORMAT}", PUBLISHED, "--")
    for entry in said.split("\x1e")[:-1]:
        commit, by, at, why, body, approved = entry.strip("\n").split("\x1f", 5)
        yield Revision(number, commit, by, dt.datetime.fromisoformat(at), why, _body(body), approved.strip())
        number -= 1


def settles(git: Git, *among: str) -> list[str]:
    """What the commits among those that `git log` is asked for deal with."""
    said = git("log", f"--format=%(trailers:key={SETTLES},valueonly)", *among, "--not", PUBLISHED)
    return list(dict.fromkeys(line for line in said.splitlines() if line))


def _body(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(f"{APPROVED}:")).strip()
