"""English: the common words that are never “corrected” into a name.

pyspellchecker's list ─▶ the words that are common ─▶ 64-bit hashes in order ─▶ a search by halves

Fifty thousand words as objects would be several megabytes and a third of the time it takes to load everything; as
hashes they are half a megabyte. Two words share a hash once in 300 million million.
"""

from __future__ import annotations

import gzip
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

_COMMON = re.compile(rb'"([^"]{3,})": ?(?:5[1-9]|[6-9]\d|\d{3,})\b')
"""A word of three letters or more and how often it was seen: at 50 and below they are mostly noise and misspellings."""

_AT_ONCE = 1 << 16
"""Bytes of the list that are unpacked at once, so that its three megabytes never are."""


class EnglishWords:
    """A set of words that can only be asked whether it holds one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._hashes = array("q", sorted(map(hash, words)))

    def __contains__(self, word: object) -> bool:
        wanted = hash(word)
        at = bisect_left(self._hashes, wanted)
        return at < len(self._hashes) and self._hashes[at] == wanted

    def __len__(self) -> int:
        return len(self._hashes)


@lru_cache(maxsize=1)
def english_words() -> EnglishWords:
    """The common words; read once, when the first unknown word turns up."""
    return EnglishWords(_common())


def _common() -> Iterator[str]:
    with resources.files("spellchecker").joinpath("resources/en.json.gz").open("rb") as packed, gzip.open(packed) as list_:
        while lines := list_.readlines(_AT_ONCE):
            yield from (match[1].decode() for match in _COMMON.finditer(b"".join(lines)))
