"""Spelling: what an unknown word was meant to be, or nothing where that is not certain.

Only words that are neither known nor ordinary English are corrected, never numbers, never towards a word of four
letters, and only where one candidate is a full edit nearer than every other.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from rapidfuzz.distance import OSA

from tradebot.understanding import thresholds
from tradebot.understanding.lexicon import NAMES, Kind, Lexicon

_COMMON_FREQUENCY = 50
"""Entries of the word list at or below this frequency are mostly noise and misspellings (50,000 words remain)."""


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Common English words, from pyspellchecker's list; read once, when the first unknown word turns up."""
    packed = resources.files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return frozenset(
        word for word, frequency in json.loads(gzip.decompress(packed)).items() if frequency > _COMMON_FREQUENCY and len(word) > 2
    )


class NameSpelling:
    """Corrections of whole names of several words, spaces included (“republi cof benin”, “el slavador”)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._phrases: dict[str, str] = {}
        self._ids: dict[str, frozenset[str]] = {}
        for phrase, senses in lexicon.phrases():
            joined = phrase.replace(" ", "")
            ids = frozenset(sense.id for sense in senses if sense.kind in NAMES and not sense.people)
            if ids and joined.isalpha() and len(joined) >= thresholds.SHORTEST_PHRASE:
                self._phrases[joined] = phrase
                self._ids[joined] = ids
        self._by_end: dict[tuple[str, int], list[str]] = defaultdict(list)
        for joined in self._phrases:
            self._by_end["^" + joined[0], len(joined)].append(joined)
            self._by_end["$" + joined[-1], len(joined)].append(joined)

    def correct(self, words: Sequence[str]) -> tuple[str, int]:
        """The name that a run of words was meant to be and its distance; empty when none is clearly nearest."""
        joined = "".join(words)
        if len(joined) < thresholds.SHORTEST_PHRASE or not joined.isalpha():
            return "", 0
        allowed = thresholds.phrase_edits_allowed(len(joined))
        distances: dict[str, int] = {}
        for length in range(len(joined) - allowed, len(joined) + allowed + 1):
            for candidate in {*self._by_end.get(("^" + joined[0], length), ()), *self._by_end.get(("$" + joined[-1], length), ())}:
                distance = OSA.distance(joined, candidate, score_cutoff=allowed)
                if distance <= allowed:
                    distances[candidate] = distance
        if not distances:
            return "", 0
        nearest = min(distances.values())
        best = [candidate for candidate, distance in distances.items() if distance == nearest]
        if len({self._ids[candidate] for candidate in best}) > 1:
            return "", 0
        return self._phrases[min(best)], nearest


class Spelling:
    """Corrections towards the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_first: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_last: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._numbers = [
            word for word, senses in lexicon.phrases() if any(sense.kind is Kind.NUMBER for sense in senses) and word.isalpha()
        ]
        self._domestic = {word for word, senses in lexicon.phrases() if senses and all(sense.kind is Kind.DOMESTIC for sense in senses)}
        for word in lexicon.vocabulary:
            if len(word) >= thresholds.SHORTEST_TARGET and word.isalpha():
                self._by_first[word[0], len(word)].append(word)
                self._by_last[word[-1], len(word)].append(word)

    def number(self, word: str) -> str:
        """The number word that is meant where only a number can stand (“top tree”), even when it is another word too."""
        if len(word) < thresholds.SHORTEST_TYPO or word in self._numbers:
            return ""
        near = [number for number in self._numbers if OSA.distance(word, number, score_cutoff=1) == 1]
        return near[0] if len(near) == 1 else ""

    def correct(self, word: str) -> tuple[str, ...]:
        """The nearest words at the smallest distance allowed for its length; empty when there is no clear nearest."""
        if len(word) < thresholds.SHORTEST_TYPO or not word.isalpha() or word in english_words():
            return ()
        allowed = thresholds.edits_allowed(len(word))
        distances: dict[str, int] = {}
        for candidate in self._candidates(word, allowed):
            distance = OSA.distance(word, candidate, score_cutoff=allowed)
            if distance <= allowed:
                distances[candidate] = distance
        if not distances:
            return ()
        nearest = min(distances.values())
        if nearest > 1 and (len(word) < thresholds.TWO_EDITS_FROM or self._domestic >= distances.keys()):
            return ()  # a place that does not exist is not a US city two letters away
        return tuple(sorted(candidate for candidate, distance in distances.items() if distance == nearest))

    def _candidates(self, word: str, allowed: int) -> set[str]:
        """Words of nearly the same length that share the first or the last letter (or both ends swapped)."""
        found: set[str] = set()
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            found.update(self._by_first.get((word[0], length), ()))
            found.update(self._by_last.get((word[-1], length), ()))
        return found
