"""Several files of the knowledge replaced as if they were one: a reader sees all of the old or all of the new.

    .refresh/record/annual.csv, …    the new files, complete and on the disk
    .refresh/journal                 their names, one a line: from the moment it is there, the new files are the knowledge

A name that begins with “../” lies beside the knowledge (the templates); “-” before a name: that file goes. Whoever finds
a journal finishes the work: moves the files to their places and removes `.refresh`. Files without a journal are what a
killed writer left before it had decided anything. Readers share a lock that writers hold alone; the system gives it back
when a process dies.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tradebot.knowledge.problems import Problem, Problems, name_of

STAGING = ".refresh"
JOURNAL = "journal"
GOES = "-"


@contextmanager
def settled(root: Path, problems: Problems) -> Iterator[None]:
    """While the block reads the knowledge under `root`, nobody replaces its files; an unfinished refresh is finished before."""
    while True:
        with locked(root, shared=True):
            if not journal_of(root).exists() or not _can_finish(root, problems):
                yield
                return
        with locked(root):
            finish(root)


@contextmanager
def locked(root: Path, *, shared: bool = False) -> Iterator[None]:
    """Holds the lock of a directory. Where there are no such locks (Windows, some network drives) it holds none."""
    handle = _lock(root, shared)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def journal_of(root: Path) -> Path:
    return root / STAGING / JOURNAL


def staged(root: Path, name: str) -> Path:
    """Where the new file for a name waits."""
    return root / STAGING / name.replace("../", "beside/")


def finish(root: Path) -> None:
    """Moves what a journal names to its place; without a journal, removes what was staged. The lock must be held.

    Can be interrupted and called again at any point.
    """
    journal = journal_of(root)
    if journal.exists():
        names = journal.read_text(encoding="utf-8").splitlines()
        for name in names:
            _settle(root, name)
        for folder in {(root / name.removeprefix(GOES)).parent for name in names}:
            sync_folder(folder)
        journal.unlink()
        sync_folder(root / STAGING)
    shutil.rmtree(root / STAGING, ignore_errors=True)


def _settle(root: Path, name: str) -> None:
    if name.startswith(GOES):
        (root / name.removeprefix(GOES)).unlink(missing_ok=True)
    elif (waiting := staged(root, name)).exists():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        waiting.replace(root / name)


def sync_folder(folder: Path) -> None:
    """Makes renames in a directory last through a power cut, where directories can be opened."""
    if sys.platform == "win32" or not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _can_finish(root: Path, problems: Problems) -> bool:
    if os.access(root, os.W_OK):
        return True
    sentence = "a refresh was interrupted while it moved its files; run tradebot check where this directory can be written to"
    problems.add(Problem(name_of(journal_of(root), root), 0, 0, "", sentence))
    return False


def _lock(root: Path, shared: bool) -> int | None:
    if sys.platform == "win32":
        return None
    import fcntl  # noqa: PLC0415  not on Windows

    try:
        handle = os.open(root, os.O_RDONLY)
    except OSError:
        return None  # the reader says what is wrong with the directory
    try:
        fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    except OSError:
        os.close(handle)
        return None
    return handle
