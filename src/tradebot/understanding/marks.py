"""Marks: the tokens of a sentence with everything the lexicon knows about them, longest name first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tradebot.understanding.lexicon import NAMES, NOTHING, THINGS, Kind, Lexicon, Sense, Senses
from tradebot.understanding.mending import Mender, Word
from tradebot.understanding.text import Token

_NO_CODES = NAMES | {Kind.US, Kind.AUTHORITY}
_PARTICLES = frozenset("的对對和与與跟を対のはとがに")
_NUMBER_SUFFIXES = frozenset({"st", "nd", "rd", "th"})


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

    def ids(self, kind: Kind) -> tuple[str, ...]:
        return tuple(sense.id for sense in self.senses if sense.kind is kind) if kind in self.senses.kinds else ()

    def has(self, *kinds: Kind) -> bool:
        return not self.senses.kinds.isdisjoint(kinds)

    def value_of(self, kind: Kind) -> float | None:
        if kind not in self.senses.kinds:
            return None
        return next(sense.value for sense in self.senses if sense.kind is kind)

    @property
    def is_name(self) -> bool:
        return not self.senses.kinds.isdisjoint(NAMES)


class Marker:
    """Turns tokens into marks by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._mender = Mender(lexicon)

    def mark(self, tokens: Sequence[Token]) -> list[Mark]:
        """The marks of a sentence; misspelt words are put right only where something stays unexplained without."""
        words = [Word(token, token.text) for token in tokens]
        if any(token.kind == "cjk" for token in tokens):
            words = [part for word in words for part in self._segmented(word)]
        words = self._mender.counts(words)
        shouting = all(token.raw.isupper() for token in tokens if token.kind == "word" and token.raw.upper() != token.raw.lower())
        codes = not shouting or len(words) == 1
        marks, unexplained = self._marks(words, codes)
        return self._marks(self._mender.mend(words, unexplained), codes)[0] if unexplained else marks

    def _marks(self, words: Sequence[Word], codes: bool) -> tuple[list[Mark], list[int]]:
        """The marks of the words, and the indices of words that nothing explains."""
        marks: list[Mark] = []
        unexplained: list[int] = []
        index = before = 0
        while index < len(words):
            length, mark = self._longest(words, index, codes=codes)
            if not mark.senses and mark.value is None and not mark.day:
                unexplained.append(index)
            elif marks and mark.is_name and marks[-1].is_name:  # “spanish guine”: Guinea's name in Portuguese, but hardly here
                unexplained += [at for at, name in ((before, marks[-1]), (index, mark)) if _is_foreign(name)]
            marks.append(mark)
            before, index = index, index + length
        return marks, unexplained

    def _segmented(self, word: Word) -> Iterable[Word]:
        """Scripts without spaces are cut into the longest names the lexicon knows; the rest is passed over."""
        return (word,) if word.token.kind != "cjk" or word.text in self.lexicon else _cut(word.token, self.lexicon)

    def _longest(self, words: Sequence[Word], index: int, *, codes: bool) -> tuple[int, Mark]:
        word = words[index]
        token = word.token
        if token.kind == "date":
            return _number(words, index)
        reach = self._reach(words, index)
        if token.kind == "number":
            run = words[index : index + reach]
            key = " ".join(part.text for part in run)  # “232 tariffs”: a name that begins with a number
            named = reach > 1 and self.lexicon[key]
            return (reach, Mark(_said(run), key, named, token.gap)) if named else _number(words, index)
        if reach == 1 and not token.stem:
            senses = self.lexicon[word.text]
            if codes or token.kind == "flag":
                senses = self._with_code(senses, token)
            return 1, Mark(token.raw, word.text, senses, token.gap, word.possessive, word.corrected, () if senses else word.near)
        for length in range(reach, 0, -1):
            run = words[index : index + length]
            for key, possessive in _keys(run):
                senses = self.lexicon[key]
                if senses:
                    said = token.raw if length == 1 else _said(run)
                    owns = possessive or any(part.possessive for part in run)
                    corrected = any(part.corrected for part in run)
                    return length, Mark(said, key, self._in_place(senses, run, codes=codes), token.gap, owns, corrected)
        senses = self._with_code(NOTHING, token) if codes or token.kind == "flag" else NOTHING
        return 1, Mark(token.raw, word.text, senses, token.gap, near=word.near)

    def _reach(self, words: Sequence[Word], index: int) -> int:
        """How many words a phrase that begins here may have; two words leave few phrases to try."""
        text = words[index].text
        if index + 1 == len(words) or self.lexicon.longest(text) < 2:
            return 1
        following = words[index + 1]
        reach = self.lexicon.longest(f"{text} {following.text}")
        if following.token.stem:
            reach = max(reach, self.lexicon.longest(f"{text} {following.token.stem}"))
        return min(max(reach, 1), len(words) - index)

    def _in_place(self, senses: Senses, run: Sequence[Word], *, codes: bool) -> Senses:
        """The senses of a run as it is written: a code in capitals, a thing named with what is done with it."""
        if len(run) > 1:
            return self._with_inner(senses, run)
        token = run[0].token
        return self._with_code(senses, token) if codes or token.kind == "flag" else senses

    def _with_inner(self, senses: Senses, run: Sequence[Word]) -> Senses:
        """“car imports” names goods and still speaks of imports: a phrase that is only a thing keeps its words' own senses."""
        if not senses.kinds <= THINGS:
            return senses
        inner = (sense for word in run for sense in self.lexicon[word.text] if sense.kind in (Kind.CUE, Kind.CHAPTER))
        return Senses((*senses, *inner))

    def _with_code(self, senses: Senses, token: Token) -> Senses:
        if token.kind == "flag":
            flag = self.lexicon.flags.get(token.raw)
            return Senses((*senses, Sense(Kind.PARTNER, flag))) if flag else senses
        if not token.is_capitals or token.raw not in self.lexicon.codes or not senses.kinds.isdisjoint(_NO_CODES):
            return senses
        return Senses((Sense(Kind.PARTNER, self.lexicon.codes[token.raw]),))


def _is_foreign(mark: Mark) -> bool:
    return all(sense.foreign for sense in mark.senses)


def _keys(run: Sequence[Word]) -> tuple[tuple[str, bool], ...]:
    """The run as written and without the possessive of its last word (people's republic of china's).

    A single word is tried without it first: “america's” is the US, not the Americas.
    """
    stem = run[-1].token.stem
    if len(run) == 1:
        return ((stem, True), (run[0].text, False)) if stem else ((run[0].text, False),)
    whole = " ".join([word.text for word in run])
    return ((whole, False), (" ".join([*[word.text for word in run[:-1]], stem]), True)) if stem else ((whole, False),)


def _said(run: Sequence[Word]) -> str:
    return " ".join(word.token.raw for word in run if word.token.raw)


def _number(words: Sequence[Word], index: int) -> tuple[int, Mark]:
    token = words[index].token
    if token.kind == "date":
        return 1, Mark(token.raw, token.raw, gap=token.gap, day=token.raw)
    value = float(token.raw.replace(",", ""))
    following = words[index + 1] if index + 1 < len(words) else None
    if following and following.token.raw.lower() in _NUMBER_SUFFIXES and not following.token.gap and value.is_integer():
        said = token.raw + following.token.raw
        return 2, Mark(said, said.lower(), Senses((Sense(Kind.ORDINAL, said, value=value),)), token.gap, value=value)
    return 1, Mark(token.raw, token.raw, Senses((Sense(Kind.NUMBER, token.raw, value=value),)), token.gap, value=value)


def _cut(token: Token, lexicon: Lexicon) -> Iterable[Word]:
    text, index, left = token.text, 0, ""
    while index < len(text):
        length = next((size for size in range(min(12, len(text) - index), 1, -1) if text[index : index + size] in lexicon), 0)
        part = text[index : index + (length or 1)]
        left = left if length else left + part
        index += length or 1
        if left and (length or index == len(text)) and left not in _PARTICLES:
            yield Word(token._replace(text=left, raw=left), left)
        left = "" if length else left
        if length:
            yield Word(token._replace(text=part, raw=part), part)
