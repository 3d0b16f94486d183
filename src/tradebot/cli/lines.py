"""JSON Lines as they come in: each line is a request, or a reason why it is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

MAX_LINE = 1_000_000
"""Bytes of one line. A question has a limit of its own at the desk; this one keeps a stray file out of memory."""

Id = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Request:
    """A question (or turns, one after the other) with what came along. `line` counts from 1."""

    line: int
    id: Id
    question: str
    turns: tuple[str, ...] = ()
    conversation: str | None = None
    ambient: bool = False


@dataclass(slots=True)
class BadLineError(Exception):
    """A line that is no request. `id` is the line's own where it could be read."""

    line: int
    error: str
    id: Id = field(default=None)

    def to_json(self) -> dict[str, object]:
        return {"id": self.id, "line": self.line, "error": self.error}


def requests(stream: BinaryIO) -> Iterator[Request | BadLineError]:
    """What each line asks for, read one at a time; blank lines are skipped."""
    number = 0
    while raw := stream.readline(MAX_LINE + 1):
        number += 1
        if len(raw) > MAX_LINE:
            _skip_rest(stream, raw)
            yield BadLineError(number, f"the line is longer than {MAX_LINE:,} bytes")
        elif raw.strip():
            try:
                yield parse(raw, number)
            except BadLineError as bad:
                yield bad


def parse(raw: bytes, line: int) -> Request:
    """The request of one line. Raises BadLineError. Fields that are not ours are left alone."""
    found = _object(raw, line)
    id_ = found.get("id")
    if not isinstance(id_, (str, int, float, bool, type(None))):
        raise BadLineError(line, "“id” must be text or a number")
    turns, question, conversation, ambient = (found.get(name) for name in ("turns", "question", "conversation", "ambient"))
    if turns is None and not isinstance(question, str):
        raise BadLineError(line, "“question” is missing" if question is None else "“question” must be text", id_)
    if turns is not None and not (isinstance(turns, list) and turns and all(isinstance(turn, str) for turn in turns)):
        raise BadLineError(line, "“turns” must be a list of texts", id_)
    if conversation is not None and not isinstance(conversation, str):
        raise BadLineError(line, "“conversation” must be text", id_)
    if ambient is not None and not isinstance(ambient, bool):
        raise BadLineError(line, "“ambient” must be true or false", id_)
    return Request(line, id_, str(question), tuple(turns or ()), conversation, bool(ambient))


def _object(raw: bytes, line: int) -> dict[str, object]:
    try:
        found = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise BadLineError(line, f"not UTF-8 text (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise BadLineError(line, f"not JSON: {error.msg.lower()} (column {error.colno})") from None
    except (RecursionError, ValueError):
        raise BadLineError(line, "not JSON that can be read: nested too deep, or a number too long") from None
    if not isinstance(found, dict):
        raise BadLineError(line, "a line must be a JSON object with a “question”")
    return found


def _skip_rest(stream: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(MAX_LINE)
