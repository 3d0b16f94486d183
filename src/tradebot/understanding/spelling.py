"""Spelling: what an unknown word or name was meant to be, or nothing where that is not certain.

Only words that are neither known nor ordinary English are corrected, never numbers, never towards a word of four
letters, and only where one candidate is a full edit nearer than every other. Which candidates are looked at at all is
decided by the letters at the ends, so that the cost does not grow with the number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tradebot.understanding import thresholds
from tradebot.understanding.english import english_words
from tradebot.understanding.lexicon import Kind, Lexicon, Sense

_PARTIES = frozenset({Kind.PARTNER, Kind.GROUP, Kind.AMBIGUOUS})


class _Ends:
    """Words by the letters of either end and their length: one or two edits nearly always leave one end alone."""

    def __init__(self, words: Iterable[str], letters: int) -> None:
        self._letters = letters
        self._buckets: dict[str, list[str]] = {}
        for word in words:
            for end in self._ends(word):
                self._buckets.setdefault(f"{end}{len(word)}", []).append(word)

    def near(self, word: str, edits: int) -> dict[str, int]:
        """The words within that many edits (letters swapped count as one), with their distance."""
        found: dict[str, int] = {}
        for end in self._ends(word):
            for length in range(len(word) - edits, len(word) + edits + 1):
                bucket = self._buckets.get(f"{end}{length}")
                if bucket:
                    near = process.extract(word, bucket, scorer=OSA.distance, processor=None, score_cutoff=edits, limit=None)
                    found.update((candidate, int(distance)) for candidate, distance, _ in near)
        return found

    def _ends(self, word: str) -> tuple[str, str]:
        return f"^{word[: self._letters]}", f"${word[-self._letters :]}"


_QUARTERS = frozenset("north south east west northern southern eastern western central middle new".split())
"""First words of names that are a letter or two apart and a world apart (“western”, “eastern”): never put right into each other."""


class NameSpelling:
    """Corrections of whole names, spaces included (“republi cof benin”, “el slavador”, “ger many”)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        names = [phrase for phrase, senses in lexicon.phrases() if senses.named and _is_long_name(phrase)]
        self.words = {word for phrase in names if not self._is_foreign(phrase) for word in phrase.split()}
        self._ends = _Ends(names, letters=2)

    def correct(self, words: Sequence[str]) -> tuple[str, int]:
        """The name that a run of words was meant to be and its distance; empty when none is clearly nearest."""
        said = " ".join(words)
        if len(said) < thresholds.SHORTEST_PHRASE:
            return "", 0
        distances = self._ends.near(said, thresholds.phrase_edits_allowed(len(said)))
        if not distances:
            return "", 0
        nearest = min(distances.values())
        best = [phrase for phrase, distance in distances.items() if distance == nearest]
        best = [phrase for phrase in best if not self._is_foreign(phrase)] or best
        if words[0] == "the" and all(word in english_words() for word in words):
            return "", 0  # “the state” is no misspelt “the stans”
        if said.split(" ", 1)[0] in _QUARTERS and not best[0].startswith(said.split(" ", 1)[0]):
            return "", 0
        meant = {sense.id for phrase in best for sense in self._lexicon[phrase].named}
        if len(meant) > 1 or (nearest > 1 and self._is_foreign(best[0])):
            return "", 0
        return min(best), nearest

    def _is_foreign(self, phrase: str) -> bool:
        return all(sense.foreign for sense in self._lexicon[phrase].named)


def _is_long_name(phrase: str) -> bool:
    return len(phrase) >= thresholds.SHORTEST_PHRASE and phrase.replace(" ", "").isalpha()


class Spelling:
    """Corrections of single words towards the vocabulary of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._numbers = [word for word, senses in lexicon.phrases() if Kind.NUMBER in senses.kinds and word.isalpha()]
        self._domestic = {word for word, senses in lexicon.phrases() if senses.kinds == {Kind.DOMESTIC}}
        own: set[str] = set()
        names: set[str] = set()
        peoples = {word for word, senses in lexicon.phrases() if senses.is_people}  # not worth two edits
        for phrase, senses in lexicon.phrases():
            if senses.is_foreign:
                continue
            own.update(phrase.split())
            if " " not in phrase and any(map(is_party, senses)):
                names.add(phrase)
        self.own = frozenset(own)
        self._words = _Ends(
            (
                word
                for word in lexicon.vocabulary
                if _is_target(word, thresholds.SHORTEST_TARGET if word in own else thresholds.SHORTEST_FOREIGN_TARGET)
            ),
            letters=1,
        )
        self._own_words = _Ends(
            (word for word in own - peoples if _is_target(word) and len(word) >= thresholds.TWO_EDITS_FROM - 2), letters=1
        )
        self._names = _Ends((word for word in names if len(word) >= thresholds.TWO_EDITS_NAME_FROM and word.isalpha()), letters=1)

    def number(self, word: str) -> str:
        """The number word that is meant where only a number can stand (“top tree”), even when it is another word too."""
        if len(word) < thresholds.SHORTEST_TYPO or word in self._numbers:
            return ""
        near = [number for number in self._numbers if OSA.distance(word, number, score_cutoff=1) == 1]
        return near[0] if len(near) == 1 else ""

    def correct(self, word: str, *, named: bool = False) -> tuple[str, ...]:
        """The nearest words; empty when there is no clear nearest.

        `named`: it stands where a partner is named, so that two edits of a shorter name are believed too.
        """
        if len(word) < thresholds.SHORTEST_TYPO or not word.isalpha() or word in english_words():
            return ()
        found = self.close(word)
        if found:
            return found
        if len(word) >= thresholds.TWO_EDITS_FROM:
            distances = self._own_words.near(word, 2)
        elif named and len(word) >= thresholds.TWO_EDITS_NAME_FROM:
            distances = self._names.near(word, 2)
        else:
            return ()
        # a place that does not exist is not a US city two letters away
        return () if self._domestic >= distances.keys() else tuple(sorted(distances))

    def close(self, word: str) -> tuple[str, ...]:
        """The words one edit away."""
        return tuple(sorted(self._words.near(word, 1)))


def is_party(sense: Sense) -> bool:
    """Whether it names somebody that goods are traded with, in English."""
    return sense.kind in _PARTIES and not sense.foreign


def _is_target(word: str, letters: int = thresholds.SHORTEST_TARGET) -> bool:
    return len(word) >= letters and word.isalpha()
