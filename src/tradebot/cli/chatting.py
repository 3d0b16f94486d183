"""`tradebot chat`: a conversation in the terminal, with line editing and history where there is a terminal."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from tradebot.answer import AnswerError
from tradebot.curation.watch import Watch, watching
from tradebot.desk import Desk
from tradebot.presentation import terminal

EXAMPLES = ("deficit with Vietnam", "top five deficits in Asia", "tariffs on Canada")
PROMPT = "you › "
_LEAVE = frozenset({"/quit", "/exit", "/q"})
_HELP = "/quit or Ctrl-D leaves, Ctrl-C drops the line, the arrow keys bring back earlier questions."


def chat(desk: Desk, root: Path, today: dt.date | None, *, plainly: bool) -> None:
    """Asks and answers until the end of the input or /quit. Follow-ups refer to the turn before.

    Where a person types, files that are saved under `root` meanwhile answer the next question, or are said to be wrong.
    """
    console = Console(no_color=plainly, highlight=False)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _converse(desk, today, console, interactive=False, plainly=plainly)
        return
    from prompt_toolkit.patch_stdout import patch_stdout  # noqa: PLC0415

    _greet(console)
    with patch_stdout(raw=True), watching(Watch(desk, root, print)):
        _converse(desk, today, console, interactive=True, plainly=plainly)


def _converse(desk: Desk, today: dt.date | None, console: Console, *, interactive: bool, plainly: bool) -> None:
    for text in _edited_lines() if interactive else _plain_lines():
        if text in _LEAVE:
            break
        if text == "/help" and interactive:
            console.print(Text(_HELP))
        try:
            reply = desk.ask("help", today=today) if text == "/help" else desk.ask(text, "chat", today)
        except AnswerError as error:
            print(error, file=sys.stderr)
            continue
        terminal.show(reply.card, console, plainly)
        console.print()


def _greet(console: Console) -> None:
    console.print(Text("US goods trade, from official figures. Ask for example:"))
    for example in EXAMPLES:
        console.print(Text(f"  {example}"))
    console.print(Text(_HELP, style="dim"))
    console.print()


def _plain_lines() -> Iterator[str]:
    """Lines of a pipe or file; one that is not UTF-8 is told about and passed over."""
    for number, raw in enumerate(sys.stdin.buffer, 1):
        try:
            text = raw.decode().strip()
        except UnicodeDecodeError:
            print(f"Line {number} is not UTF-8 text.", file=sys.stderr)
            continue
        if text:
            yield text


def _edited_lines() -> Iterator[str]:
    """Lines typed by a person; Ctrl-C gives a fresh one, Ctrl-D ends."""
    read = _editor()
    while True:
        try:
            text = read().strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if text:
            yield text


def _editor() -> Callable[[], str]:
    """Line editing with a history that outlives the session, where the disk allows it."""
    from platformdirs import user_state_path  # noqa: PLC0415
    from prompt_toolkit import PromptSession  # noqa: PLC0415
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory  # noqa: PLC0415

    history: History
    try:
        folder = user_state_path("tradebot", appauthor=False)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "history").touch(mode=0o600)
        history = FileHistory(str(folder / "history"))
    except OSError:
        history = InMemoryHistory()
    session: PromptSession[str] = PromptSession(history=history)
    return lambda: session.prompt(PROMPT)
