"""A question as the custom_id of a button: all that a tap needs to know, in at most 100 characters.

    c2 │ verb │ page │ picture │ base85( asker, deflate(revision, cues, query as JSON) )

A cue takes a byte, its place in cues_2.txt, and deflate begins with a dictionary of what else queries are made of
(codec_2.txt), so that most take forty characters. Neither may change while messages that were written with it can be
tapped: others are `c3`, and ids of the earlier ones (c1 had its cues in the JSON) are read as long as their files lie here.
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

VERSION, WRITTEN = "c2", "[12]"
TEMPLATE = rf"c(?P<version>{WRITTEN})(?P<verb>[a-z])(?P<page>[0-9a-z])(?P<picture>[+m-])(?P<packed>[!-~]{{8,95}})"
PAGES = "0123456789abcdefghijklmnopqrstuvwxyz"

_MARKS = {None: "-", Kind.CHART: "+", Kind.MAP: "m"}
_KINDS = {mark: kind for kind, mark in _MARKS.items()}
_HEAD = len("c2vp+")
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
        said = zlib.decompressobj(_RAW, _words(match["version"])).decompress(raw[_ASKER_BYTES:], _LONGEST)
        revision, _, about = said.partition(b" ")
        held = _held(about, cued=match["version"] == VERSION[1])
    except (ValueError, IndexError, zlib.error) as error:
        raise CodecError(text) from error
    asker = int.from_bytes(raw[:_ASKER_BYTES], "big")
    return Tapped(match["verb"], asker, revision.decode(), held, PAGES.index(match["page"]), _KINDS[match["picture"]])


@lru_cache(maxsize=200)
def _asker(asker: int) -> str:
    return base64.b85encode(asker.to_bytes(_ASKER_BYTES, "big")).decode()


def _deflated(revision: str, about: Query | str) -> bytes:
    said = f"{revision} ".encode() + (_written(about) if isinstance(about, Query) else b"\0" + about.encode())
    deflating = _deflating().copy()
    return deflating.compress(said) + deflating.flush()


def _written(query: Query) -> bytes:
    """How many cues, their places, and the rest as JSON without the outer braces: in one order, whatever the process."""
    fields = orjson.loads(query.to_json())
    places, others = [], []
    for cue in sorted(fields.pop("features", ())):
        place = _places().get(cue)
        others.append(cue) if place is None else places.append(place)
    if others:  # younger than the list
        fields["features"] = others
    return bytes([len(places), *places]) + orjson.dumps(fields)[1:-1]


def _held(about: bytes, *, cued: bool) -> Query | str:
    """The query, or the number of an answer. Raises ValueError or IndexError where it is neither."""
    count = about[0] if cued else 0
    text = about[cued + count :].decode()
    if not count and _NUMBERED.fullmatch(text):
        return text
    fields = orjson.loads("{" + text + "}")
    if count:
        fields["features"] = [*fields.get("features", ()), *(_cues()[place] for place in about[1 : 1 + count])]
    return Query.from_json(orjson.dumps(fields).decode())


@cache
def _cues() -> tuple[str, ...]:
    return tuple(files(__package__).joinpath("cues_2.txt").read_text(encoding="ascii").split())


@cache
def _places() -> dict[str, int]:
    return {cue: place for place, cue in enumerate(_cues())}


@cache
def _deflating() -> zlib._Compress:
    """One that has read the dictionary, to be copied: as small as holds it, since twice the work of an id is to make it."""
    return zlib.compressobj(9, zlib.DEFLATED, _SMALL, _LITTLE, zdict=_words(VERSION[1]))


@cache
def _words(version: str) -> bytes:
    return files(__package__).joinpath(f"codec_{version}.txt").read_bytes().replace(b"\n", b"")
