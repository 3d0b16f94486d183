"""Puts new texts in the place of files, all of them or none, whatever kills us and whenever."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tradebot.knowledge.settled import GOES, JOURNAL, STAGING, finish, journal_of, locked, staged, sync_folder
from tradebot.refresh.faults import RefreshError

Fingerprints = Mapping[str, str]
Contents = Mapping[str, bytes | None]


def fingerprints(root: Path, names: Iterable[str]) -> Fingerprints:
    """What the files hold now, by name from `root` on, to tell later whether somebody changed them; empty for a file that is not there."""
    return {name: hashlib.sha256(held).hexdigest() if (held := _held(root / name)) is not None else "" for name in names}


def finish_interrupted(root: Path) -> None:
    """Completes a refresh that was killed after it had decided, and clears away one that was killed before."""
    if (root / STAGING).exists():
        with locked(root):
            finish(root)


def replace_files(root: Path, contents: Contents, read: Fingerprints, check: Callable[[Path], None]) -> list[str]:
    """Writes the contents by name from `root` on (None: the file goes); returns the names of the files that changed.

    `check` sees the new files in a directory of their own and may refuse them. Raises RefreshError when one of the
    files is not as it was `read`, or cannot be written.
    """
    try:
        with locked(root):
            finish(root)
            if fingerprints(root, list(read)) != read:
                raise RefreshError("The record was changed by somebody else in the meantime. Nothing was written; run the refresh again.")
            changed = [name for name, content in contents.items() if _held(root / name) != content]
            _stage(root, {name: content for name, content in contents.items() if content is not None})
            check(root / STAGING)
            _decide(root, [f"{GOES}{name}" if contents[name] is None else name for name in changed])
            finish(root)
    except OSError as error:
        raise RefreshError(f"{error.filename or root} cannot be written: {(error.strerror or 'unknown reason').lower()}.") from error
    finally:
        if not journal_of(root).exists():
            shutil.rmtree(root / STAGING, ignore_errors=True)
    return changed


def _stage(root: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        waiting = staged(root, name)
        waiting.parent.mkdir(parents=True, exist_ok=True)
        _write(waiting, content)
        if (root / name).exists():
            shutil.copymode(root / name, waiting)
    for folder in {staged(root, name).parent for name in contents}:
        sync_folder(folder)


def _decide(root: Path, changed: list[str]) -> None:
    """The one step after which the new files count: the journal appears, whole."""
    part = root / STAGING / f"{JOURNAL}.part"
    part.parent.mkdir(exist_ok=True)
    _write(part, "\n".join(changed).encode())
    part.replace(root / STAGING / JOURNAL)
    sync_folder(root / STAGING)
    sync_folder(root)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _held(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
