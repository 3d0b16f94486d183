"""Bytes of a knowledge file to text: size, encoding and stray bytes, before any parser sees them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tradebot.knowledge.limits import MAX_BYTES
from tradebot.knowledge.problems import Problem, Problems

_BOM = b"\xef\xbb\xbf"
# Control characters, the odd line ends of Unicode (YAML breaks lines at them), marks that turn the writing direction.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def read_text(path: Path, name: str, problems: Problems, *, spreadsheet: bool = False, limit: int = MAX_BYTES) -> str | None:
    """The file's text with `\\n` line ends, or None and a problem; `limit` is in bytes."""
    data = read_bytes(path, name, problems, limit)
    return None if data is None else text_of(data, name, problems, spreadsheet=spreadsheet)


def read_bytes(path: Path, name: str, problems: Problems, limit: int = MAX_BYTES) -> bytes | None:
    """The file as it is, or None and a problem."""
    try:
        data = first_bytes(path, limit + 1)
    except OSError as error:
        problems.add(Problem(name, 0, 0, "", f"cannot be read: {(error.strerror or 'unknown reason').lower()}"))
        return None
    if len(data) > limit:
        problems.add(Problem(name, 1, 1, "", f"larger than {limit // 1000:,} kB; split it"))
        return None
    return data


def first_bytes(path: Path | str, count: int) -> bytes:
    """At most so many bytes of a file. Raises OSError.

    It is asked for its size first: room for eight megabytes is half the time of reading six hundred small files.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - of six hundred files
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size + 1, count))
        return data if len(data) <= size else data + file.read(count - len(data))  # it grows, or is a device without a size


def text_of(data: bytes, name: str, problems: Problems, *, spreadsheet: bool = False) -> str | None:
    """The text of a file's bytes, or None and a problem.

    A spreadsheet's byte-order mark and `\\r\\n` are taken as they come; in files written by hand both are refused.
    """
    try:
        if spreadsheet:
            data = data.removeprefix(_BOM).replace(b"\r\n", b"\n")
        _refuse_traces(data)
        text = data.decode("utf-8")
        if stray := _INVISIBLE.search(text):
            offset = len(text[: stray.start()].encode())
            raise _StrayError(text.encode(), offset, f"an invisible character (U+{ord(stray[0]):04X}); remove it")
    except UnicodeDecodeError as error:
        problems.add(
            _at(name, error.object, error.start, f"not UTF-8 text (byte {error.object[error.start]:#04x}); save the file as UTF-8")
        )
    except _StrayError as stray:
        problems.add(_at(name, stray.data, stray.offset, stray.sentence))
    else:
        return text
    return None


def too_long(text: str, name: str, limit: int, problems: Problems) -> bool:
    """Whether a text has more lines than a limit, which then is a problem: nobody has to read on."""
    if text.count("\n", 0, -1) < limit:
        return False
    sentence = f"more than {limit:,} lines, far more than the largest file of this kind has; something stands in it twice"
    problems.add(Problem(name, limit + 1, 1, "", sentence))
    return True


class _StrayError(Exception):
    def __init__(self, data: bytes, offset: int, sentence: str) -> None:
        super().__init__(sentence)
        self.data, self.offset, self.sentence = data, offset, sentence


def _refuse_traces(data: bytes) -> None:
    if data.startswith(_BOM):
        raise _StrayError(data, 0, "begins with a byte-order mark; save the file as UTF-8 without BOM")
    if (offset := data.find(b"\r")) >= 0:
        kind = "a Windows line end" if data[offset + 1 : offset + 2] == b"\n" else "a line end of an old Mac"
        raise _StrayError(data, offset, f"{kind}; save the file with Unix line ends (LF)")


def _at(name: str, data: bytes, offset: int, sentence: str) -> Problem:
    """A problem at a byte offset; columns count characters."""
    start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[start:offset].decode("utf-8", "replace")) + 1
    return Problem(name, data.count(b"\n", 0, offset) + 1, column, "", sentence)
