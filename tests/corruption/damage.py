"""Damage: what happens to files, by accident: bytes, lines, values, types, keys, encodings. Each is a function of (text, random)."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]

_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
_WORD = re.compile(rb"[A-Za-z]{3,}")
_YAML_VALUE = re.compile(rb"(?<=: )[^\n{\[|>]+$", re.MULTILINE)
_YAML_KEY = re.compile(rb"(?:^|[ {,])([a-z_]+)(?=: )", re.MULTILINE)
_TYPES = (
    b"[]",
    b"{}",
    b"null",
    b"true",
    b"12.5",
    b"'7'",
    b"2025-01-01",
    b"[a, b]",
    b"{a: b}",
    b".nan",
    b"1e400",
    b"0123",
    b"NO",
    b"~",
    b"",
)
_NUMBERS = (b"0", b"-1", b"12,5", b"1e9", b"NaN", b"999999999999999999", b"1.2E+05", b"#REF!", b"Jan-25", b"", b" 7", b"0x1F", b"1_000")


def _spot(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def one_byte(data: bytes, chance: random.Random) -> bytes:
    at = _spot(data, chance)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def one_bit(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def inserted_byte(data: bytes, chance: random.Random) -> bytes:
    at = _spot(data, chance)
    return data[:at] + bytes([chance.randrange(256)]) + data[at:]


def lost_bytes(data: bytes, chance: random.Random) -> bytes:
    at = _spot(data, chance)
    return data[:at] + data[at + chance.randrange(1, 40) :]


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: _spot(data, chance)]


def zeros(data: bytes, chance: random.Random) -> bytes:
    at = _spot(data, chance)
    return data[:at] + bytes(min(512, len(data) - at))


def _lines(data: bytes) -> list[bytes]:
    return data.split(b"\n")


def lost_line(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def doubled_line(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"\n".join(lines)


def swapped_lines(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def joined_lines(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    at = chance.randrange(len(lines))
    return b"\n".join([*lines[:at], b" ".join(lines[at : at + 2]), *lines[at + 2 :]])


def moved_right(data: bytes, chance: random.Random) -> bytes:
    lines = _lines(data)
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((b" ", b"  ", b"\t")) + lines[at]
    return b"\n".join(lines)


def conflict(data: bytes, chance: random.Random) -> bytes:
    """What a merge leaves behind."""
    lines = _lines(data)
    at = chance.randrange(len(lines))
    return b"\n".join(
        [*lines[:at], b"<<<<<<< ours", *lines[at : at + 1], b"=======", *lines[at : at + 1], b">>>>>>> theirs", *lines[at + 1 :]]
    )


def _replaced(pattern: re.Pattern[bytes], data: bytes, chance: random.Random, made: Callable[[bytes], bytes]) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return one_byte(data, chance)
    match = chance.choice(found)
    return data[: match.start()] + made(match[0]) + data[match.end() :]


def tenfold(data: bytes, chance: random.Random) -> bytes:
    return _replaced(_NUMBER, data, chance, lambda number: number + b"0")


def other_number(data: bytes, chance: random.Random) -> bytes:
    return _replaced(_NUMBER, data, chance, lambda _: chance.choice(_NUMBERS))


def other_sign(data: bytes, chance: random.Random) -> bytes:
    return _replaced(_NUMBER, data, chance, lambda number: number.removeprefix(b"-") if number.startswith(b"-") else b"-" + number)


def near_number(data: bytes, chance: random.Random) -> bytes:
    return _replaced(_NUMBER, data, chance, lambda number: number[:-1] + str(chance.randrange(10)).encode())


def misspelt(data: bytes, chance: random.Random) -> bytes:
    def swapped(word: bytes) -> bytes:
        at = chance.randrange(len(word) - 1)
        return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]

    return _replaced(_WORD, data, chance, swapped)


def another_word(data: bytes, chance: random.Random) -> bytes:
    word = chance.choice(_WORD.findall(data) or [b"x"])
    return _replaced(_WORD, data, chance, lambda _: word)


def other_type(data: bytes, chance: random.Random) -> bytes:
    return _replaced(_YAML_VALUE, data, chance, lambda _: chance.choice(_TYPES))


def misspelt_key(data: bytes, chance: random.Random) -> bytes:
    return _replaced(_YAML_KEY, data, chance, lambda key: key[:-1] + chance.choice((b"", b"x", key[-1:] * 2)))


def another_key(data: bytes, chance: random.Random) -> bytes:
    keys = _YAML_KEY.findall(data) or [b"id"]
    return _replaced(_YAML_KEY, data, chance, lambda _: b" " + chance.choice(keys))


def other_heading(data: bytes, chance: random.Random) -> bytes:
    head, _, rest = data.partition(b"\n")
    cells = head.split(b",")
    chance.shuffle(cells)
    return b",".join(cells) + b"\n" + rest


def utf16(data: bytes, chance: random.Random) -> bytes:
    return data.decode(errors="replace").encode(chance.choice(("utf-16", "utf-16-le", "utf-32")))


def latin1(data: bytes, chance: random.Random) -> bytes:
    return data.decode(errors="replace").encode(chance.choice(("latin-1", "cp1252", "ascii")), errors="replace")


def mojibake(data: bytes, chance: random.Random) -> bytes:
    return data.decode("latin-1").encode()


def byte_order_mark(data: bytes, chance: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + data


def line_ends(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\r", "\u2028".encode(), b"\x0b")))


def decomposed(data: bytes, chance: random.Random) -> bytes:
    return unicodedata.normalize("NFD", data.decode(errors="replace")).encode()


def typographic(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b'"', "”".encode()).replace(b"'", "’".encode()).replace(b"-", "–".encode(), chance.randrange(1, 4))


KINDS: dict[str, tuple[Damage, ...]] = {
    "bytes": (one_byte, one_bit, inserted_byte, lost_bytes, cut_off, zeros),
    "lines": (lost_line, doubled_line, swapped_lines, joined_lines, moved_right, conflict),
    "values": (tenfold, other_number, other_sign, near_number, misspelt, another_word),
    "types": (other_type,),
    "keys": (misspelt_key, another_key, other_heading),
    "encodings": (utf16, latin1, mojibake, byte_order_mark, line_ends, decomposed, typographic),
}
