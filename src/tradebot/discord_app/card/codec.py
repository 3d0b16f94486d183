"""A question as the custom_id of a button: all that a tap needs to know, in at most 100 characters.

    c1 │ verb │ page │ picture │ base85( asker, deflate(revision, query as JSON) )

Deflate begins with a dictionary of the words that queries are made of (codec_1.txt), so that most queries take forty
characters. The dictionary may not change while messages that were written with it can be tapped: another one is `c2`.
A query too long for an id is named by the number of its answer, which the journal remembers.
"""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import orjson

from tradebot.discord_app.card.limits import CUSTOM_ID
from tradebot.pictures import Kind
from tradebot.query import Query

VERSION = "c1"
TEMPLATE = rf"{VERSION}(?P<verb>[a-z])(?P<page>[0-9a-z])(?P<picture>[+m-])(?P<packed>[!-~]{{8,95}})"
PAGES = "0123456789abcdefghijklmnopqrstuvwxyz"

_MARKS = {None: "-", Kind.CHART: "+", Kind.MAP: "m"}
_KINDS = {mark: kind for kind, mark in _MARKS.items()}
_HEAD = len("c1vp+")
_ASKER_BYTES = 8
_QUESTION = _HEAD + _ASKER_BYTES // 4 * 5
"""Where the question begins: base85 writes four bytes as five characters, whatever follows."""
_LONGEST = 4_000
_RAW, _SMALL, _LITTLE = -15, -13, 6
"""Deflate without a head: the window that every reader has, and what a writer needs, windows in powers of two."""
_NUMBERED = re.compile(r"A-[A-Z0-9]{2,12}")


class CodecError(ValueError):
    """An id that none of our cards can carry."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """What a custom_id says. `about` is the query, or the number of the answer that had it."""

    verb: str
    asker: int
    revision: str
    about: Query | str
    page: int = 0
    picture: Kind | None = None


def pack(asker: int, revision: str, about: Query | str) -> str | None:
    """The part of an id that all items of a card share; None where it is too long for one."""
    packed = _asker(asker) + base64.b85encode(_deflated(revision, about)).decode()
    return packed if _HEAD + len(packed) <= CUSTOM_ID else None


def custom_id(verb: str, packed: str, page: int = 0, picture: Kind | None = None) -> str:
    """The id of one item."""
    return f"{VERSION}{verb}{PAGES[page]}{_MARKS[picture]}{packed}"


def owned(name: str, asker: int) -> str:
    """The id of the same item, for somebody else."""
    return name[:_HEAD] + _asker(asker) + name[_QUESTION:]


def unpack(text: str) -> Tapped:
    """What an id says. Raises CodecError where it is none of ours."""
    match = re.fullmatch(TEMPLATE, text)
    if match is None:
        raise CodecError(text)
    try:
        raw = base64.b85decode(match["packed"])
        said = zlib.decompressobj(_RAW, _words()).decompress(raw[_ASKER_BYTES:], _LONGEST).decode()
        revision, _, about = said.partition(" ")
        held = about if _NUMBERED.fullmatch(about) else Query.from_json("{" + about + "}")
    except (ValueError, zlib.error) as error:
        raise CodecError(text) from error
    return Tapped(
        match["verb"], int.from_bytes(raw[:_ASKER_BYTES], "big"), revision, held, PAGES.index(match["page"]), _KINDS[match["picture"]]
    )


@lru_cache(maxsize=200)
def _asker(asker: int) -> str:
    return base64.b85encode(asker.to_bytes(_ASKER_BYTES, "big")).decode()


def _deflated(revision: str, about: Query | str) -> bytes:
    text = f"{revision} {about if isinstance(about, str) else _text(about)}"
    deflating = _deflating().copy()
    return deflating.compress(text.encode()) + deflating.flush()


def _text(query: Query) -> str:
    """Its JSON in one order, whatever the process, without the outer braces."""
    fields = orjson.loads(query.to_json())
    if "features" in fields:
        fields["features"].sort()
    return orjson.dumps(fields).decode()[1:-1]


@cache
def _deflating() -> zlib._Compress:
    """One that has read the dictionary, to be copied: as small as holds it, since twice the work of an id is to make it."""
    return zlib.compressobj(9, zlib.DEFLATED, _SMALL, _LITTLE, zdict=_words())


@cache
def _words() -> bytes:
    return files(__package__).joinpath("codec_1.txt").read_bytes().replace(b"\n", b"")
