"""`tradebot ask`: one question, or JSON Lines in and out."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tradebot.answer import AnswerError
from tradebot.cli.lines import BadLineError, Request, requests
from tradebot.curation.opening import open_edition
from tradebot.desk import Desk, Reply
from tradebot.knowledge.collecting import uncollected
from tradebot.knowledge.problems import KnowledgeError

REFUSED = 1


@contextlib.contextmanager
def knowledge_errors() -> Iterator[None]:
    """Turns what is wrong with the knowledge or a template into lines on standard error and exit 1."""
    try:
        yield
    except AnswerError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(REFUSED)
    except KnowledgeError as error:
        for lines in error.problems.grouped().values():
            sys.stderr.writelines(f"{problem}\n" for problem in lines)
        count, files = len(error.problems), len(error.problems.grouped())
        sys.stderr.write(f"{count} {'problem' if count == 1 else 'problems'} in {files} {'file' if files == 1 else 'files'}.\n")
        sys.exit(REFUSED)


def open_desk(knowledge: Path | None) -> Desk:
    """The desk, or every problem of the knowledge on standard error and exit 1."""
    with knowledge_errors(), uncollected():
        return Desk(open_edition(knowledge))


def is_text(text: str) -> bool:
    """Whether it is whole characters: bytes that are not UTF-8 arrive as halves."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def answer_one(desk: Desk, question: str, today: dt.date | None, *, as_json: bool) -> int:
    """Prints the reply; 1 when the question is refused."""
    with knowledge_errors():
        reply = desk.ask(question, today=today)
    if as_json:
        _write(reply.to_json())
    elif sys.stdout.isatty():
        _show(reply)
    else:
        print(reply.text)
    return REFUSED if reply.outcome == "refuse" else 0


def _show(reply: Reply) -> None:
    from rich.console import Console  # noqa: PLC0415  a pipe does not pay for it

    from tradebot.presentation import terminal  # noqa: PLC0415

    terminal.show(reply.card, Console())


def answer_lines(desk: Desk, today: dt.date | None) -> None:
    """One object for each line of standard input, in order, each written before the next line is read."""
    for request in requests(sys.stdin.buffer):
        if isinstance(request, BadLineError):
            _write(request.to_json())
            continue
        try:
            _write({"id": request.id, **_reply(desk, request, today).to_json()})
        except AnswerError as error:
            _write(BadLineError(request.line, str(error), request.id).to_json())


def _reply(desk: Desk, request: Request, today: dt.date | None) -> Reply:
    """The reply to a line's question, or to the last of its turns, which share a conversation of their own."""
    if not request.turns:
        return desk.ask(request.question, request.conversation, today, ambient=request.ambient)
    own = f"turns of line {request.line}\n"
    *_, last = [desk.ask(turn, own, today, ambient=request.ambient) for turn in request.turns]
    desk.forget(own)
    return last


def _write(value: dict[str, object]) -> None:
    """One line of JSON in UTF-8, whatever the terminal's encoding; half characters leave as JSON escapes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
