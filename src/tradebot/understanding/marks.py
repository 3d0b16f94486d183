"""Marks: the tokens of a sentence with everything the lexicon knows about them, longest name first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tradebot.understanding.lexicon import NAMES, THINGS, Kind, Lexicon, Sense
from tradebot.understanding.spelling import NameSpelling, Spelling, english_words
from tradebot.understanding.text import Token

LONGEST_NAME = 6
"""Words of the longest name that is recognised when misspelt."""

MENDED_WORDS = 4
"""Unknown words of one sentence that are tried as parts of a misspelt name; more of them is no name."""

_BEFORE_COUNTS = frozenset({"top", "bottom"})
_BEFORE_NAMES = frozenset({"with", "from", "to", "w", "wit", "on", "against", "and", "vs", "versus", "than"})
_NUMBER_SUFFIXES = frozenset({"st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of tokens and its senses (none: nothing explains it).

    `said` is the text as written, `near` the known words it may have been meant for, `gap` the punctuation before it.
    """

    said: str
    key: str
    senses: tuple[Sense, ...] = ()
    gap: str = ""
    possessive: bool = False
    corrected: bool = False
    near: tuple[str, ...] = ()
    value: float | None = None
    day: str = ""

    def is_(self, *cues: str) -> bool:
        """Whether it is one of these cues."""
        return any(sense.kind is Kind.CUE and sense.id in cues for sense in self.senses)

    def ids(self, kind: Kind) -> tuple[str, ...]:
        return tuple(sense.id for sense in self.senses if sense.kind is kind)

    def has(self, *kinds: Kind) -> bool:
        return any(sense.kind in kinds for sense in self.senses)

    def value_of(self, kind: Kind) -> float | None:
        return next((sense.value for sense in self.senses if sense.kind is kind), None)

    @property
    def is_name(self) -> bool:
        return self.has(*NAMES)


class Marker:
    """Turns tokens into marks by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.spelling = Spelling(lexicon)
        self.names = NameSpelling(lexicon)

    def mark(self, tokens: Sequence[Token], *, correct: bool = True) -> list[Mark]:
        shouting = all(token.raw.isupper() for token in tokens if token.kind == "word" and token.raw.upper() != token.raw.lower())
        words = [word for token in tokens for word in self._segmented(token)]
        codes = not shouting or len(words) == 1
        if not correct:
            return self._marks(words, codes)
        spelled = [self._corrected(word, index, words) for index, word in enumerate(words)]
        marks = self._marks(spelled, codes)
        if all(mark.senses or mark.value is not None or mark.day for mark in marks):
            return marks
        mended = self._mended(words, spelled)
        return self._marks(mended, codes) if mended is not None else marks

    def _marks(self, words: Sequence[_Word], codes: bool) -> list[Mark]:
        marks: list[Mark] = []
        index = 0
        while index < len(words):
            length, mark = self._longest(words, index, codes=codes)
            marks.append(mark)
            index += length
        return marks

    def _mended(self, words: Sequence[_Word], spelled: Sequence[_Word]) -> list[_Word] | None:
        """The words with one misspelt name of several words put right, or None. The longest run with the fewest edits wins."""
        strange = [index for index, word in enumerate(spelled) if word.text not in self.lexicon and word.token.kind == "word"][
            :MENDED_WORDS
        ]
        best: tuple[int, int, int, str] | None = None
        for at in strange:
            for first in range(max(0, at - LONGEST_NAME + 1), at + 1):
                for last in range(at, min(len(words), first + LONGEST_NAME)):
                    run = [word.text for word in words[first : last + 1]]
                    if len(run) == 1 and run[0] in english_words():
                        continue
                    phrase, distance = self.names.correct(run)
                    if phrase and (best is None or (-distance, last - first) > (-best[0], best[1] - best[2])):
                        best = (distance, last, first, phrase)
        if best is None:
            return None
        _, last, first, phrase = best
        token = words[first].token
        mended = [_Word(replace(token, text=part, stem="", kind="word"), part, corrected=True) for part in phrase.split()]
        return [*spelled[:first], *mended, *spelled[last + 1 :]]

    def _segmented(self, token: Token) -> Iterable[_Word]:
        """Scripts without spaces are cut into the longest names the lexicon knows; the rest is passed over."""
        if token.kind != "cjk" or token.text in self.lexicon:
            return (_Word(token, token.text),)
        return tuple(_cut(token, self.lexicon))

    def _corrected(self, word: _Word, index: int, words: Sequence[_Word]) -> _Word:
        token = word.token
        if index and words[index - 1].text in _BEFORE_COUNTS and (number := self.spelling.number(word.text)):
            return replace(word, text=number, corrected=True)
        if token.kind != "word" or word.text in self.lexicon.vocabulary or (token.stem and token.stem in self.lexicon.vocabulary):
            return word
        if word.text.endswith("s") and word.text[:-1] in self.lexicon:
            return replace(word, text=word.text[:-1], possessive=self._is_name(word.text[:-1]))
        found = self.spelling.correct(word.text)
        if not found and token.stem:
            found = self.spelling.correct(token.stem)
        if not found and len(word.text) > 5 and word.text.endswith("s"):
            found = tuple(name for name in self.spelling.correct(word.text[:-1]) if self._is_partner(name))
        if not found:
            return word
        chosen = self._choose(found, index, words)
        return replace(word, text=chosen, corrected=True) if chosen else replace(word, near=found)

    def _choose(self, found: tuple[str, ...], index: int, words: Sequence[_Word]) -> str:
        """The one candidate, or the one that completes a longer name with its neighbours, or none: a tie asks."""
        whole = tuple(name for name in found if name in self.lexicon)
        if len(whole or found) == 1:
            return (whole or found)[0]
        before = words[index - 1].text if index else ""
        after = words[index + 1].text if index + 1 < len(words) else ""
        if before in _BEFORE_NAMES:
            names = tuple(name for name in whole if self._is_name(name))
            if len(names) == 1:
                return names[0]
        fitting = [name for name in found if f"{before} {name}" in self.lexicon or f"{name} {after}" in self.lexicon]
        if len(fitting) == 1:
            return fitting[0]
        return _alike(words[index].text, whole, self.lexicon)

    def _is_partner(self, word: str) -> bool:
        return any(sense.kind in (Kind.PARTNER, Kind.GROUP, Kind.AMBIGUOUS) for sense in self.lexicon[word])

    def _is_name(self, word: str) -> bool:
        return any(sense.kind in NAMES for sense in self.lexicon[word])

    def _longest(self, words: Sequence[_Word], index: int, *, codes: bool) -> tuple[int, Mark]:
        word = words[index]
        if word.token.kind in ("number", "date"):
            return _number(words, index)
        for length in range(min(self._reach(word), len(words) - index), 0, -1):
            run = words[index : index + length]
            for key, possessive in _keys(run):
                senses = self.lexicon[key]
                if senses:
                    senses = self._with_inner(senses, run)
                    senses = self._with_code(senses, run, codes)
                    return length, Mark(
                        _said(run),
                        key,
                        senses,
                        word.token.gap,
                        possessive or any(part.possessive for part in run),
                        any(part.corrected for part in run),
                    )
        senses = self._with_code((), words[index : index + 1], codes)
        return 1, Mark(word.token.raw, word.text, senses, word.token.gap, near=word.near)

    def _reach(self, word: _Word) -> int:
        return max(self.lexicon.longest(word.text), self.lexicon.longest(word.token.stem) if word.token.stem else 0)

    def _with_inner(self, senses: tuple[Sense, ...], run: Sequence[_Word]) -> tuple[Sense, ...]:
        """“car imports” names goods and still speaks of imports: a phrase that is only a thing keeps its words' own senses."""
        if len(run) == 1 or any(sense.kind not in THINGS for sense in senses):
            return senses
        inner = (sense for word in run for sense in self.lexicon[word.text] if sense.kind in (Kind.CUE, Kind.CHAPTER))
        return (*senses, *inner)

    def _with_code(self, senses: tuple[Sense, ...], run: Sequence[_Word], codes: bool) -> tuple[Sense, ...]:
        token = run[0].token
        if token.kind == "flag" and token.raw in self.lexicon.flags:
            return (*senses, Sense(Kind.PARTNER, self.lexicon.flags[token.raw]))
        if (
            len(run) == 1
            and codes
            and token.is_capitals
            and token.raw in self.lexicon.codes
            and not any(sense.kind in (*NAMES, Kind.US, Kind.AUTHORITY) for sense in senses)
        ):
            return (Sense(Kind.PARTNER, self.lexicon.codes[token.raw]),)
        return senses


@dataclass(frozen=True, slots=True)
class _Word:
    token: Token
    text: str
    possessive: bool = False
    corrected: bool = False
    near: tuple[str, ...] = ()


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


def _keys(run: Sequence[_Word]) -> Iterable[tuple[str, bool]]:
    """The run as written and without the possessive of its last word (people's republic of china's).

    A single word is tried without it first: “america's” is the US, not the Americas.
    """
    last = run[-1].token
    if len(run) == 1 and last.stem:
        yield last.stem, True
    yield " ".join(word.text for word in run), False
    if last.stem:
        yield " ".join([*(word.text for word in run[:-1]), last.stem]), True


def _said(run: Sequence[_Word]) -> str:
    return " ".join(word.token.raw for word in run)


def _number(words: Sequence[_Word], index: int) -> tuple[int, Mark]:
    token = words[index].token
    if token.kind == "date":
        return 1, Mark(token.raw, token.raw, gap=token.gap, day=token.raw)
    value = float(token.raw.replace(",", ""))
    following = words[index + 1] if index + 1 < len(words) else None
    if following and following.token.raw.lower() in _NUMBER_SUFFIXES and not following.token.gap and value.is_integer():
        said = token.raw + following.token.raw
        return 2, Mark(said, said.lower(), (Sense(Kind.ORDINAL, said, value=value),), token.gap, value=value)
    return 1, Mark(token.raw, token.raw, (Sense(Kind.NUMBER, token.raw, value=value),), token.gap, value=value)


def _cut(token: Token, lexicon: Lexicon) -> Iterable[_Word]:
    text, index = token.text, 0
    while index < len(text):
        length = next((size for size in range(min(12, len(text) - index), 1, -1) if text[index : index + size] in lexicon), 0)
        if length:
            part = text[index : index + length]
            yield _Word(replace(token, text=part, raw=part), part)
        index += length or 1
