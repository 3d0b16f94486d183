"""Marks: the tokens of a sentence with everything the lexicon knows about them, longest name first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple
from weakref import proxy

from tradebot.knowledge.kept import shared
from tradebot.understanding.lexicon import GOODS, NAMES, NOTHING, Kind, Lexicon, Sense, Senses
from tradebot.understanding.mending import Mender
from tradebot.understanding.text import Token
from tradebot.understanding.vocabulary import Vocabulary

_NO_CODES = NAMES | {Kind.US, Kind.AUTHORITY}
_PARTICLES = frozenset("的对對和与與跟を対のはとがに")
_NUMBER_SUFFIXES = frozenset({"st", "nd", "rd", "th"})

_PAIR = 2
NUMERALS_KEPT = 1_024
"""Most numbers that people write are years."""
MARKS_KEPT = 4_096
"""Single words are looked up once while they are in use."""


class Mark(NamedTuple):
    """A run of tokens and its senses (none: nothing explains it).

    `said` is the text as written, `near` the known words it may have been meant for, `gap` the punctuation before it.
    """

    said: str
    key: str
    senses: Senses = NOTHING
    gap: str = ""
    possessive: bool = False
    corrected: bool = False
    near: tuple[str, ...] = ()
    value: float | None = None
    day: str = ""

    def is_(self, *cues: str) -> bool:
        """Whether it is one of these cues."""
        return not self.senses.cues.isdisjoint(cues)

    def has(self, *kinds: Kind) -> bool:
        return not self.senses.kinds.isdisjoint(kinds)

    def sense_of(self, kind: Kind) -> Sense | None:
        """The first sense of that kind."""
        return next(sense for sense in self.senses if sense.kind is kind) if kind in self.senses.kinds else None

    def value_of(self, kind: Kind) -> float | None:
        sense = self.sense_of(kind)
        return sense.value if sense else None

    @property
    def is_name(self) -> bool:
        return not self.senses.kinds.isdisjoint(NAMES)


_OTHER_SENSES = frozenset({"other_tariff", "other_sense"})
"""What a word means alone and not within the name of a thing: electric power has tariffs, electric vehicles are goods."""
_MONTH_ON_MONTH = (["month", "over", "month"], ["month", "on", "month"])
_SUPERLATIVES = frozenset({"largest", "smallest"})


class Marker:
    """Turns tokens into marks by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._mender = Mender(lexicon)
        self._alone = lru_cache(maxsize=MARKS_KEPT)(
            partial(Marker._of_word, proxy(self))
        )  # its own method would be a circle, and stay for ever

    def mark(self, tokens: Sequence[Token]) -> list[Mark]:
        """The marks of a sentence; misspelt words are put right only where something stays unexplained without."""
        words = list(tokens)
        if "cjk" in [token.kind for token in tokens]:
            words = [part for token in tokens for part in self._segmented(token)]
        words = self._mender.counts(words)
        shouting = all(token.raw.isupper() for token in tokens if token.kind == "word" and token.raw.upper() != token.raw.lower())
        codes = not shouting or len(words) == 1
        marks, unexplained = self._marks(words, codes)
        return self._marks(self._mender.mend(words, unexplained), codes)[0] if unexplained else marks

    def _marks(self, words: Sequence[Token], codes: bool) -> tuple[list[Mark], list[int]]:
        """The marks of the words, and the indices of words that nothing explains."""
        marks: list[Mark] = []
        unexplained: list[int] = []
        index = before = 0
        follows_name = False
        while index < len(words):
            length, mark = self._longest(words, index, codes)
            is_name = not mark.senses.kinds.isdisjoint(NAMES)
            if not mark.senses and not mark.day:
                unexplained.append(index)
            elif is_name and follows_name:  # “spanish guine”: Guinea's name in Portuguese, but hardly here
                unexplained += [at for at, name in ((before, marks[-1]), (index, mark)) if name.senses.is_foreign]
            marks.append(mark)
            follows_name = is_name
            before, index = index, index + length
        return marks, unexplained

    def _segmented(self, word: Token) -> Iterable[Token]:
        """Scripts without spaces are cut into the longest names the lexicon knows; the rest is passed over."""
        return (word,) if word.kind != "cjk" or word.text in self.lexicon else _cut(word, self.lexicon)

    def _longest(self, words: Sequence[Token], index: int, codes: bool) -> tuple[int, Mark]:
        """How many words the longest phrase at `index` has, and its mark."""
        word = words[index]
        if word.stem or (word.text in self.lexicon.beginnings and index + 1 < len(words) and self._goes_on(word, words[index + 1])):
            length, key, possessive = self._phrase(words, index)
            if length == _PAIR and words[index + 1].text == "year" and self._phrase(words, index + 1)[0] > _PAIR:
                return 1, self._alone(word, codes)  # “deficit | year to date”, not “deficit year | to date”
            if length == _PAIR and [each.text for each in words[index + 1 : index + 4]] in _MONTH_ON_MONTH:
                return 1, self._alone(word, codes)  # “deficit | month on month”
            if length > 1 and self._counts_on(words, index + length):
                return 1, self._alone(word, codes)  # “the ten largest”: any ten, not “the ten” of the newsletter
            if length > 1 or (length and word.stem):
                run = words[index : index + length]
                owns = possessive or True in [part.possessive for part in run]
                senses = self._in_place(self.lexicon[key], run, codes)
                return length, Mark(_said(run), key, senses, word.gap, owns, True in [part.corrected for part in run])
        return _number(words, index) if word.kind == "number" else (1, self._alone(word, codes))

    def _counts_on(self, words: Sequence[Token], end: int) -> bool:
        """Whether a phrase ends with a number that counts the largest or smallest of what follows."""
        if end >= len(words) or Kind.NUMBER not in self.lexicon[words[end - 1].text].kinds:
            return False
        return not self.lexicon[words[end].text].cues.isdisjoint(_SUPERLATIVES)

    def _goes_on(self, word: Token, following: Token) -> bool:
        """Whether a phrase begins with the two words: most that begin with the first do not."""
        known, beginnings, pair = self.lexicon.senses, self.lexicon.beginnings, f"{word.text} {following.text}"
        return pair in beginnings or pair in known or (following.stem != "" and f"{word.text} {following.stem}" in known)

    def _phrase(self, words: Sequence[Token], index: int) -> tuple[int, str, bool]:
        """How many words the longest phrase has that begins here, its key, and whether it is one without a possessive ending.

        “people's republic of china's” loses only the last one; a single word is tried without it first: “america's” is the US,
        not the Americas.
        """
        key, stem, known = words[index].text, words[index].stem, self.lexicon.senses
        found = (1, stem, True) if stem in known else (1, key, False) if key in known else (0, "", False)
        for length, word in enumerate(itertools.islice(words, index + 1, None), 2):
            if key not in self.lexicon.beginnings:
                break
            if word.stem and (owner := f"{key} {word.stem}") in known:
                found = length, owner, True
            key = f"{key} {word.text}"
            if key in known:
                found = length, key, False
        return found

    def _of_word(self, word: Token, codes: bool) -> Mark:
        if word.kind == "date":
            return Mark(word.raw, word.raw, gap=word.gap, day=word.raw)
        senses = self._with_code(self.lexicon[word.text], word, codes)
        return Mark(word.raw, word.text, senses, word.gap, word.possessive, word.corrected, () if senses else word.near)

    def _in_place(self, senses: Senses, run: Sequence[Token], codes: bool) -> Senses:
        """The senses of a run as it is written: a code in capitals, a thing named with what is done with it."""
        return self._with_inner(senses, run) if len(run) > 1 else self._with_code(senses, run[0], codes)

    def _with_inner(self, senses: Senses, run: Sequence[Token]) -> Senses:
        """“car imports” names goods and still speaks of imports: a phrase that is only a thing keeps its words' own senses."""
        if not senses.kinds <= GOODS:
            return senses
        inner = (sense for word in run for sense in self.lexicon[word.text] if sense.kind in (Kind.CUE, Kind.CHAPTER, Kind.PRODUCT))
        return Senses((*senses, *(sense for sense in inner if sense.id not in _OTHER_SENSES)))

    def _with_code(self, senses: Senses, word: Token, codes: bool) -> Senses:
        if word.raw == word.text:  # what is written small is no code
            flag = self.lexicon.flags.get(word.raw) if word.kind == "flag" else None
            return Senses((*senses, Sense(Kind.PARTNER, flag))) if flag else senses
        code = self.lexicon.codes.get(word.raw) if codes else None
        if code and len(word.raw) > 2 and Kind.CUE in senses.kinds:
            return senses  # “VAT” is a tax
        return Senses((Sense(Kind.PARTNER, code),)) if code and senses.kinds.isdisjoint(_NO_CODES) else senses


def marker(known: Vocabulary) -> Marker:
    """The marker of a vocabulary, shared by all revisions that have the same."""
    return shared("marker", known, lambda: Marker(Lexicon(known)))


def _said(run: Sequence[Token]) -> str:
    return " ".join(word.raw for word in run if word.raw)


def _number(words: Sequence[Token], index: int) -> tuple[int, Mark]:
    word = words[index]
    value = float(word.raw.replace(",", ""))
    following = words[index + 1] if index + 1 < len(words) else None
    if following and following.raw.lower() in _NUMBER_SUFFIXES and not following.gap and value.is_integer():
        said = word.raw + following.raw
        return 2, Mark(said, said.lower(), _numeral(Kind.ORDINAL, said, value), word.gap, value=value)
    return 1, Mark(word.raw, word.raw, _numeral(Kind.NUMBER, word.raw, value), word.gap, value=value)


@lru_cache(maxsize=NUMERALS_KEPT)
def _numeral(kind: Kind, said: str, value: float) -> Senses:
    return Senses((Sense(kind, said, value=value),))


def _cut(token: Token, lexicon: Lexicon) -> Iterable[Token]:
    text, index, left = token.text, 0, ""
    while index < len(text):
        length = next((size for size in range(min(12, len(text) - index), 1, -1) if text[index : index + size] in lexicon), 0)
        part = text[index : index + (length or 1)]
        left = left if length else left + part
        index += length or 1
        if left and (length or index == len(text)) and not _PARTICLES.issuperset(left):
            yield token._replace(text=left, raw=left)
        left = "" if length else left
        if length:
            yield token._replace(text=part, raw=part)
