"""Puts new texts in the place of files, all of them or none, whatever kills us and whenever."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tradebot.knowledge.settled import JOURNAL, STAGING, finish, journal_of, locked, sync_folder
from tradebot.refresh.faults import RefreshError

Fingerprints = Mapping[str, str]


def fingerprints(root: Path, names: list[str]) -> Fingerprints:
    """What the files hold now, by name from `root` on, to tell later whether somebody changed them."""
    return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}


def finish_interrupted(root: Path) -> None:
    """Completes a refresh that was killed after it had decided, and clears away one that was killed before."""
    if (root / STAGING).exists():
        with locked(root):
            finish(root)


def replace_files(root: Path, texts: Mapping[str, str], read: Fingerprints, check: Callable[[Path], None]) -> list[str]:
    """Writes the texts by name from `root` on; returns the names of the files that changed.

    `check` sees the new files in a directory of their own and may refuse them. Raises RefreshError when one of the
    files is not as it was `read`, or cannot be written.
    """
    try:
        with locked(root):
            finish(root)
            if fingerprints(root, list(read)) != read:
                raise RefreshError("The record was changed by somebody else in the meantime. Nothing was written; run the refresh again.")
            changed = [name for name, text in texts.items() if (root / name).read_bytes() != text.encode()]
            _stage(root, texts)
            check(root / STAGING)
            _decide(root, changed)
            finish(root)
    except OSError as error:
        raise RefreshError(f"{error.filename or root} cannot be written: {(error.strerror or 'unknown reason').lower()}.") from error
    finally:
        if not journal_of(root).exists():
            shutil.rmtree(root / STAGING, ignore_errors=True)
    return changed


def _stage(root: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        staged = root / STAGING / name
        staged.parent.mkdir(parents=True, exist_ok=True)
        _write(staged, text)
        shutil.copymode(root / name, staged)
    for folder in {(root / STAGING / name).parent for name in texts}:
        sync_folder(folder)


def _decide(root: Path, changed: list[str]) -> None:
    """The one step after which the new files count: the journal appears, whole."""
    part = root / STAGING / f"{JOURNAL}.part"
    _write(part, "\n".join(changed))
    part.replace(root / STAGING / JOURNAL)
    sync_folder(root / STAGING)
    sync_folder(root)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
