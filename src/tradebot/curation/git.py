"""git by subprocess, as a program that runs for months needs it: no hooks, no prompts, no settings of others, a time limit.

arguments ─▶ git -c … (clean environment) ─▶ text, or GitError in one sentence
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tradebot.curation.faults import GitError

LOCAL_SECONDS = 60
REMOTE_SECONDS = 120
_SAFE = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",  # a link in somebody's push must not make us read another file
    "core.autocrlf=false",
    "core.quotePath=false",
    "commit.gpgSign=false",
    "gc.auto=0",
    "merge.conflictStyle=merge",
    "protocol.ext.allow=never",
    "safe.directory=*",
)
_KEPT = ("PATH", "HOME", "TMPDIR", "SSH_AUTH_SOCK", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Git:
    """git in one directory."""

    folder: Path

    def __call__(self, *words: str, given: str = "", extra: Mapping[str, str] | None = None, seconds: int = LOCAL_SECONDS) -> str:
        """What git prints, without the last line end. Raises GitError."""
        done = self.attempt(*words, given=given, extra=extra, seconds=seconds)
        if done.returncode:
            raise GitError(f"git {words[0]} failed: {_first_line(done.stderr or done.stdout)}")
        return _text(done.stdout).rstrip("\n")

    def succeeds(self, *words: str) -> bool:
        return self.attempt(*words).returncode == 0

    def attempt(
        self, *words: str, given: str = "", extra: Mapping[str, str] | None = None, seconds: int = LOCAL_SECONDS
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs git whatever comes of it; for files, as the bytes that they are. Raises GitError when it cannot be run or takes too long."""
        settings = [part for setting in _SAFE for part in ("-c", setting)]
        try:
            return subprocess.run(  # noqa: S603 - the words are ours; names of others come after "--" or are checked
                [_program(), *settings, *words],
                cwd=self.folder,
                env=_environment(extra or {}),
                input=given.encode(),
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise GitError(f"git {words[0]} took longer than {seconds} seconds and was stopped.") from error
        except OSError as error:
            raise GitError(f"git cannot be run in {self.folder}: {(error.strerror or 'unknown reason').lower()}.") from error


def _program() -> str:
    found = shutil.which("git")
    if found is None:
        raise GitError("git is not installed, so the knowledge cannot be edited from here. Install git, or edit the files by hand.")
    return found


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Only what git needs: whoever calls us may sit inside a git command (a hook) whose variables point elsewhere."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
        "GIT_SSH_COMMAND": "ssh -oBatchMode=yes -oConnectTimeout=20",
        "GIT_OPTIONAL_LOCKS": "0",
        **extra,
    }


def _text(said: bytes) -> str:
    return said.decode("utf-8", "surrogateescape")


def _first_line(said: bytes) -> str:
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip() and not line.startswith("hint:")]
    return lines[0].removeprefix("fatal: ").removeprefix("error: ") if lines else "it did not say why"
