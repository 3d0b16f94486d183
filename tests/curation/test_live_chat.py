"""`tradebot chat` in a terminal: a file that is saved meanwhile answers the next question, or is said to be wrong."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tradebot.knowledge.paths import knowledge_dir

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


class Terminal:
    """A terminal with `tradebot chat` in it."""

    def __init__(self, root: Path) -> None:
        self._side, other = pty.openpty()
        os.set_blocking(self._side, False)
        environ = {**os.environ, "TERM": "xterm", "XDG_STATE_HOME": str(root.parent)}
        command = [sys.executable, "-m", "tradebot", "chat", "--plain", "--knowledge", str(root)]
        self.process = subprocess.Popen(command, stdin=other, stdout=other, stderr=other, env=environ, start_new_session=True)
        os.close(other)
        self.seen = ""

    def type(self, line: str) -> None:
        os.write(self._side, f"{line}\r".encode())

    def wait_for(self, text: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.seen:
            assert time.monotonic() < deadline, self.seen
            try:
                self.seen += os.read(self._side, 65_536).decode(errors="replace")
            except BlockingIOError:
                time.sleep(0.02)
            if "\x1b[6n" in self.seen:  # it asks where the cursor is
                self.seen = self.seen.replace("\x1b[6n", "")
                os.write(self._side, b"\x1b[1;1R")
        self.seen = self.seen.split(text, 1)[1]


def test_chat_says_what_was_saved(tmp_path: Path) -> None:
    root = shutil.copytree(knowledge_dir(), tmp_path / "knowledge")
    terminal = Terminal(root)
    terminal.wait_for("you")
    path = root / "partners/vietnam.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("kind: country", "kind: land"), encoding="utf-8")
    terminal.wait_for("The saved files cannot be used; r1 keeps answering.")
    terminal.wait_for("knowledge/partners/vietnam.yaml:5:7: kind: must be one of country")
    path.write_text(whole.replace("aliases: [", "aliases: [Vietland, "), encoding="utf-8")
    terminal.wait_for("is live.")
    terminal.type("deficit with vietland")
    terminal.wait_for("$178.3 bn")
    terminal.type("/quit")
    assert terminal.process.wait(30) == 0
