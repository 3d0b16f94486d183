"""Mending: the words of a sentence with misspelt ones put right, where it is certain what they were meant to be.

words ─▶ whole names that are misspelt or cut in the wrong place ─▶ single words ─▶ words
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tradebot.understanding import thresholds
from tradebot.understanding.english import english_words
from tradebot.understanding.lexicon import NAMES, Kind, Lexicon
from tradebot.understanding.spelling import NameSpelling, Spelling, is_party
from tradebot.understanding.text import Token

LONGEST_NAME = 8
"""Words of the longest name that is recognised when misspelt."""

MENDED_WORDS = 4
"""Unknown words of one sentence that are tried as parts of a misspelt name; more of them is no name."""

_BEFORE_COUNTS = frozenset({"top", "bottom"})
_ARTICLES = frozenset({"the", "a"})
_BEFORE_NAMES = frozenset(
    {"with", "wth", "wiht", "whit", "from", "to", "w", "wit", "on", "against", "and", "vs", "versus", "than", "for", "of"}
)
_AFTER_NAMES = frozenset({"deficit", "surplus", "balance", "imports", "exports", "total_trade", "trade", "tariff"})
_ASKING = frozenset({Kind.CUE, Kind.NUMBER, Kind.ORDINAL, Kind.MONTH, Kind.SCALE, Kind.US, Kind.FILLER, Kind.INTENT})
_UNCORRECTED = 9
"""Edits counted for a word that no single correction explains."""


class Mender:
    """Corrections of one lexicon's words and names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._spelling = Spelling(lexicon)
        self._names = NameSpelling(lexicon)

    def counts(self, words: list[Token]) -> list[Token]:
        """“top tree”: where only a number can stand, the number that is meant."""
        if _BEFORE_COUNTS.isdisjoint([word.text for word in words]):
            return words
        for index in range(1, len(words)):
            if words[index - 1].text in _BEFORE_COUNTS and (number := self._spelling.number(words[index].text)):
                words[index] = words[index]._replace(text=number, corrected=True)
        return words

    def mend(self, words: Sequence[Token], unexplained: Collection[int]) -> list[Token]:
        """The words with those at the indices in `unexplained` put right where that is certain."""
        single = [self._corrected(word, index, words) for index, word in enumerate(words)]
        whole = self._whole_name(words, single, unexplained)
        if whole is None:
            return single
        first, last, phrase = whole
        return [*single[:first], *_as_said(words[first : last + 1], phrase), *single[last + 1 :]]

    def _whole_name(self, words: Sequence[Token], single: Sequence[Token], unexplained: Collection[int]) -> tuple[int, int, str] | None:
        """The first and last word of a misspelt name and the name: the most words explained by the fewest edits."""
        strange = [index for index in sorted(unexplained) if words[index].kind == "word"]
        best = self._cut_in_two(words, strange)
        for at in strange[:MENDED_WORDS]:
            for first, last in self._runs(words, at):
                said = [*(word.text for word in words[first:last]), words[last].stem or words[last].text]
                phrase, distance = self._names.correct(said)
                covered = [index for index in strange if first <= index <= last]
                if phrase == " ".join(words[index].text for index in range(first, last + 1) if index not in covered):
                    continue  # “Japan Q”: a name beside a word that it does not explain
                if not phrase or distance > sum(_edits(words[index], single[index]) for index in covered):
                    continue
                key = (len(covered), -distance, last - first)
                if best is None or key > best[0]:
                    best = key, first, last, phrase
        return best[1:] if best else None

    def _cut_in_two(self, words: Sequence[Token], strange: Sequence[int]) -> tuple[tuple[int, int, int], int, int, str] | None:
        """“ger many”: two words that are a name without the space between them."""
        for first in sorted({near for at in strange for near in (at - 1, at) if 0 <= near < len(words) - 1}):
            joined = words[first].text + words[first + 1].text
            if len(joined) >= thresholds.SHORTEST_TARGET and self._is_party(joined):
                return (1, -1, 1), first, first + 1, joined
        return None

    def _runs(self, words: Sequence[Token], at: int) -> list[tuple[int, int]]:
        """The runs of two words and more around `at` that a name may fill: no word of a question stands inside a name."""
        low = high = at
        while low and at - low < LONGEST_NAME and self._may_belong(words[low - 1]):
            low -= 1
        while high + 1 < len(words) and high - at < LONGEST_NAME and self._may_belong(words[high + 1]):
            high += 1
        return [
            (first, last) for first in range(low, at + 1) for last in range(max(at, first + 1), min(high, first + LONGEST_NAME - 1) + 1)
        ]

    def _may_belong(self, word: Token) -> bool:
        """Whether it may be part of a name: short words may be a misspelt “and”, long ones that ask something may not."""
        if word.kind != "word":
            return False
        if len(word.text) < thresholds.SHORTEST_TYPO or word.text in self._names.words:
            return True
        return not any(sense.kind in _ASKING for sense in self._lexicon[word.text])

    def _corrected(self, word: Token, index: int, words: Sequence[Token]) -> Token:
        if word.kind != "word" or word.corrected or self._is_known(word.text) or (word.stem and self._is_known(word.stem)):
            return word
        if word.stem in english_words() or (word.text in english_words() and self._is_plain(word.text[:-1])):
            return word  # “Karen's” is no misspelt Korean, and “rights” are more than a word that says nothing
        if word.text.endswith("s") and word.text[:-1] in self._lexicon:
            return word._replace(text=word.text[:-1], possessive=self._is_name(word.text[:-1]))
        named = self._may_be_named(words, index)
        found = self._spelling.correct(word.text, named=named)
        if not found and word.stem:
            found = self._spelling.correct(word.stem, named=named)
        if not found and len(word.text) > 5 and word.text.endswith("s"):
            found = self._parties(self._spelling.correct(word.text[:-1]))
        if not found and named and word.text in english_words():
            found = self._spelling.close(word.text)
            return word._replace(near=self._parties(found))
        if not found:
            return word
        chosen = self._choose(found, index, words)
        return word._replace(text=chosen, corrected=True) if chosen else word._replace(near=self._parties(found))

    def _may_be_named(self, words: Sequence[Token], index: int) -> bool:
        """Whether a partner is named here, by the words beside it (“with …”, “… deficit”)."""
        before = index - 1
        while before >= 0 and words[before].text in _ARTICLES:
            before -= 1
        if before >= 0 and words[before].text in _BEFORE_NAMES:
            return True
        following = words[index + 1].text if index + 1 < len(words) else ""
        return any(sense.kind is Kind.CUE and sense.id in _AFTER_NAMES for sense in self._lexicon[following])

    def _choose(self, found: tuple[str, ...], index: int, words: Sequence[Token]) -> str:
        """The one candidate, or the one that completes a longer name with its neighbours, or none: a tie asks."""
        whole = tuple(name for name in found if name in self._lexicon)
        whole = tuple(name for name in whole if name in self._spelling.own) or whole
        if len(whole or found) == 1:
            return (whole or found)[0]
        before = words[index - 1].text if index else ""
        after = words[index + 1].text if index + 1 < len(words) else ""
        if before in _BEFORE_NAMES:
            names = tuple(name for name in whole if self._is_name(name))
            if len(names) == 1:
                return names[0]
        fitting = [name for name in found if f"{before} {name}" in self._lexicon or f"{name} {after}" in self._lexicon]
        if len(fitting) == 1:
            return fitting[0]
        return _alike(words[index].text, whole, self._lexicon)

    def _is_known(self, word: str) -> bool:
        """Whether it needs no correction; a part of a name in another language is not much to go by."""
        return word in self._spelling.own or word in self._lexicon

    def _is_plain(self, word: str) -> bool:
        """Whether it has no other sense than that of a word that carries no content."""
        senses = self._lexicon[word]
        return bool(senses) and all(sense.kind is Kind.FILLER for sense in senses)

    def _parties(self, found: Sequence[str]) -> tuple[str, ...]:
        """The partners and groups among the candidates: what can be asked back."""
        return tuple(name for name in found if self._is_party(name))

    def _is_party(self, word: str) -> bool:
        return any(is_party(sense) for sense in self._lexicon[word])

    def _is_name(self, word: str) -> bool:
        return any(sense.kind in NAMES for sense in self._lexicon[word])


def _edits(said: Token, corrected: Token) -> int:
    """Edits by which a single correction explains a word that nothing explains as it stands."""
    if not corrected.corrected:
        return _UNCORRECTED if corrected.text == said.text else 1
    return 2 if len(said.text) >= thresholds.TWO_EDITS_NAME_FROM else 1


def _as_said(run: Sequence[Token], phrase: str) -> list[Token]:
    """The words of a name in place of a run, which stays what was said."""
    said = " ".join(word.raw for word in run)
    parts = phrase.split()
    ends, last = bool(run[-1].stem), len(parts) - 1
    return [
        Token(part, "" if at else said, "word", gap=run[0].gap, possessive=ends and at == last, corrected=True)
        for at, part in enumerate(parts)
    ]


def _alike(word: str, found: tuple[str, ...], lexicon: Lexicon) -> str:
    """The candidate to take from a tie: only where all mean the same, or where one cue word merely lacks a letter."""
    meanings = [{(sense.kind, sense.id) for sense in lexicon[name]} for name in found]
    if not meanings:
        return ""
    if set.intersection(*meanings):
        return min(found, key=lambda name: (abs(len(name) - len(word)), name))
    if any(kind in NAMES for meaning in meanings for kind, _ in meaning):
        return ""
    lacking = [name for name in found if len(name) == len(word) + 1]
    return lacking[0] if len(lacking) == 1 else ""
