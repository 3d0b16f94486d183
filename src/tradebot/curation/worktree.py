"""The working tree follows what is published: files that changed between two commits, replaced as if they were one.

refs/tradebot/held ─▶ main: which files differ ─▶ those that nobody edited by hand ─▶ replace_files ─▶ held = main
"""

from __future__ import annotations

from pathlib import Path

from tradebot.curation.faults import CurationError
from tradebot.curation.git import Git
from tradebot.curation.revisions import PUBLISHED
from tradebot.curation.rules import FILE as RULES
from tradebot.refresh.faults import RefreshError
from tradebot.refresh.writing import fingerprints, finish_interrupted, replace_files

HELD = "refs/tradebot/held"
"""The commit whose files the working tree has."""
_KNOWLEDGE = "knowledge/"
_BESIDE = ("templates/", RULES, ".gitignore")


def bring_up(git: Git, knowledge: Path) -> list[str]:
    """Brings the working tree to main; returns the files that were left alone, because they were edited by hand.

    Can be interrupted and called again at any point. The repository must be locked. Raises CurationError.
    """
    finish_interrupted(knowledge)
    head, held = git("rev-parse", PUBLISHED), git.attempt("rev-parse", "--verify", "--quiet", HELD).stdout.decode().strip()
    if head == held:
        return []
    kept = _replace(git, knowledge, held, head) if held else []
    git("read-tree", head)
    git("update-ref", HELD, head)
    return kept


def _replace(git: Git, knowledge: Path, held: str, head: str) -> list[str]:
    names = changed_names(git, held, head)
    before, after = ({name: content_of(git, commit, name) for name in names} for commit in (held, head))
    found = {name: _content(git.folder / name) for name in names}
    kept = [name for name in names if found[name] not in (before[name], after[name])]
    wanted = {_from_knowledge(name): after[name] for name in names if name not in kept}
    try:
        replace_files(knowledge, wanted, fingerprints(knowledge, wanted), lambda _: None)
    except RefreshError as error:
        raise CurationError(f"{error} What was published is safe, but the files here do not show it yet.") from error
    return kept


def changed_names(git: Git, old: str, new: str) -> list[str]:
    """The files that differ between two commits, as far as they are ours."""
    said = git("diff-tree", "-r", "-z", "--no-renames", "--name-only", old, new)
    return [name for name in said.split("\0") if name.startswith((_KNOWLEDGE, *_BESIDE))]


def content_of(git: Git, commit: str, name: str) -> bytes | None:
    """A file as it is in a commit; None where it is not there."""
    found = git.attempt("cat-file", "blob", f"{commit}:{name}")
    return None if found.returncode else found.stdout


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _from_knowledge(name: str) -> str:
    return name.removeprefix(_KNOWLEDGE) if name.startswith(_KNOWLEDGE) else f"../{name}"
