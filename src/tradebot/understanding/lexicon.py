"""Everything a message can name: one look-up from phrase to senses, built once per vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from tradebot.knowledge.models_chapters import Chapter, Sector
from tradebot.knowledge.models_partners import Group, Partner
from tradebot.knowledge.tariff_record import named_authorities
from tradebot.understanding.text import phrase_key
from tradebot.understanding.vocabulary import Vocabulary

JOINED_LETTERS = 8
"""Names of several words are also known without their spaces when they are at least this long (southkorea)."""


class Kind(StrEnum):
    PARTNER = "partner"
    GROUP = "group"
    AMBIGUOUS = "ambiguous"
    DOMESTIC = "domestic"
    PART = "part"
    BLOCKED = "blocked"
    US = "us"
    CUE = "cue"
    TERM = "term"
    WEAK_TERM = "weak_term"
    PRODUCT = "product"
    AUTHORITY = "authority"
    CHAPTER = "chapter"
    INTENT = "intent"
    NUMBER = "number"
    ORDINAL = "ordinal"
    MONTH = "month"
    SCALE = "scale"
    FILLER = "filler"
    SOFT = "soft"


class Sense(NamedTuple):
    """One thing a phrase can mean.

    `weak` names need a trade word beside them; `people` marks a demonym (Vietnamese), `foreign` a name in another
    language. `value` holds the number of a number word, the factor of a scale or the month.
    """

    kind: Kind
    id: str
    weak: bool = False
    people: bool = False
    foreign: bool = False
    value: float = 0.0


class Senses(tuple[Sense, ...]):  # noqa: SLOT001 - what is worked out once is kept on it
    """The senses of a phrase, shared by all that mean the same; what is asked of them for every word is worked out once."""

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(sense.kind for sense in self)

    @cached_property
    def cues(self) -> frozenset[str]:
        return frozenset(sense.id for sense in self if sense.kind is Kind.CUE)

    @cached_property
    def places(self) -> tuple[Sense, ...]:
        """The first sense of each kind of place that it may name, the kind to be preferred first."""
        held = {sense.kind: sense for sense in reversed(self)}
        return tuple(held[kind] for kind in _PLACES if kind in held)

    @cached_property
    def uses(self) -> frozenset[str]:
        """The cues and slots that explain it: one of them must be what the question's intent can use."""
        if Kind.BLOCKED in self.kinds:
            return frozenset()
        return self.cues.union(THINGS[kind] for kind in self.kinds if kind in THINGS)

    @cached_property
    def things(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The slots of its own that it fills, each with the ids it may stand for there."""
        return tuple((slot, self.ids(kind)) for kind, slot in THINGS.items() if kind in self.kinds)

    def ids(self, kind: Kind) -> tuple[str, ...]:
        """The ids of that kind, each once."""
        return tuple(dict.fromkeys(sense.id for sense in self if sense.kind is kind)) if kind in self.kinds else ()

    @cached_property
    def is_foreign(self) -> bool:
        """Whether nobody calls anything so in English; of nothing it is true."""
        return all(sense.foreign for sense in self)

    @cached_property
    def is_people(self) -> bool:
        """Whether it names peoples and nothing else."""
        return bool(self) and all(sense.people for sense in self)

    @cached_property
    def named(self) -> tuple[Sense, ...]:
        """The places among them; a people is none."""
        return tuple(sense for sense in self if sense.kind in NAMES and not sense.people)

    @cached_property
    def is_plain(self) -> bool:
        """Whether it needs no explanation."""
        return Kind.BLOCKED not in self.kinds and not self.kinds.isdisjoint(_PLAIN)


PHRASES_KEPT = 20_000
"""The packaged knowledge has 14,000: revisions share the keys of those that they have in common."""
_key = lru_cache(maxsize=PHRASES_KEPT)(phrase_key)
NOTHING = Senses()
_PLACES = (Kind.AMBIGUOUS, Kind.PARTNER, Kind.GROUP, Kind.PART, Kind.DOMESTIC)
GOODS = frozenset({Kind.PRODUCT, Kind.CHAPTER})
THINGS = {Kind.TERM: "term", Kind.WEAK_TERM: "weak_term", Kind.PRODUCT: "product", Kind.AUTHORITY: "authority", Kind.CHAPTER: "chapter"}
"""Kinds that fill a slot of their own, and its name."""
_PLAIN = frozenset({Kind.FILLER, Kind.US, Kind.INTENT})
NAMES = frozenset({Kind.PARTNER, Kind.GROUP, Kind.AMBIGUOUS, Kind.DOMESTIC, Kind.PART})


class Lexicon:
    """phrase → senses (`senses`), with what longer phrases begin with (`beginnings`: the first words of one, however many).

    `codes` maps ISO codes (two and three letters) to partners; they are only looked up in capitals or where a
    command takes nothing but a country. `vocabulary` is every single word that occurs in a phrase.
    """

    def __init__(self, known: Vocabulary) -> None:
        self.senses: dict[str, Senses] = {}
        self.beginnings: set[str] = set()
        self.codes = {
            code: partner.id for partner in known.partners.values() for code in (partner.id, partner.iso3) if code and 2 <= len(code) <= 3
        }
        self.flags = {partner.flag: partner.id for partner in known.partners.values() if partner.flag}
        self._shared: dict[tuple[Sense, ...], Senses] = {}
        for phrase, sense in _phrases(known):
            self._add(_key(phrase), sense)
        self.vocabulary = frozenset(word for phrase in self.senses for word in phrase.split())

    def __getitem__(self, phrase: str) -> Senses:
        return self.senses.get(phrase, NOTHING)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self.senses

    def phrases(self) -> Iterable[tuple[str, Senses]]:
        return self.senses.items()

    def _add(self, phrase: str, sense: Sense) -> None:
        if not phrase:
            return
        self._put(phrase, sense)
        joined = phrase.replace(" ", "")
        if sense.kind in NAMES and " " in phrase and len(joined) >= JOINED_LETTERS and joined.isalpha():
            self._put(joined, sense)

    def _put(self, phrase: str, sense: Sense) -> None:
        held = self.senses.get(phrase, NOTHING)
        if held and any(other.kind is sense.kind and other.id == sense.id for other in held):
            return
        both = (*held, sense)
        self.senses[phrase] = self._shared.get(both) or self._shared.setdefault(both, Senses(both))
        while " " in phrase and (phrase := phrase.rpartition(" ")[0]) not in self.beginnings:
            self.beginnings.add(phrase)


def _phrases(known: Vocabulary) -> Iterator[tuple[str, Sense]]:
    yield from _partner_phrases(known)
    yield from _place_phrases(known)
    yield from _thing_phrases(known)
    yield from _word_phrases(known)


def _partner_phrases(known: Vocabulary) -> Iterator[tuple[str, Sense]]:
    for partner in known.partners.values():
        yield from _names(Kind.PARTNER, partner, partner.demonym_forms)
    for group in known.groups.values():
        yield from _names(Kind.GROUP, group, group.demonyms)
    for name, area in known.names:
        if not name.isdigit():
            yield name, Sense(Kind.GROUP if area in known.groups else Kind.PARTNER, area, foreign=True)


def _names(kind: Kind, one: Partner | Group, demonyms: Iterable[str]) -> Iterator[tuple[str, Sense]]:
    yield from ((name, Sense(kind, one.id, weak=name in one.weak)) for name in (one.name, *one.aliases, *one.weak))
    yield from ((name, Sense(kind, one.id, weak=True, people=True)) for name in demonyms)


def _place_phrases(known: Vocabulary) -> Iterator[tuple[str, Sense]]:
    for ambiguity in known.places.ambiguous:
        for name in ambiguity.names:
            yield name, Sense(Kind.AMBIGUOUS, ambiguity.id)
    for name in known.places.domestic:
        yield name, Sense(Kind.DOMESTIC, name)
    for name, of in known.places.parts.items():
        yield name, Sense(Kind.PART, of)
    for name in known.places.blocked:
        yield name, Sense(Kind.BLOCKED, name)


def _thing_phrases(known: Vocabulary) -> Iterator[tuple[str, Sense]]:
    for card, terms, weak in known.definitions:
        yield from ((term, Sense(Kind.TERM, card)) for term in terms)
        yield from ((term, Sense(Kind.WEAK_TERM, card)) for term in weak)
    for key, product in known.products.items():
        yield from ((alias, Sense(Kind.PRODUCT, key)) for alias in (product.name, *product.aliases))
    for key, authority in named_authorities(known.laws, known.families).items():
        yield from ((alias, Sense(Kind.AUTHORITY, key)) for alias in (authority.name, *authority.aliases))
    everything: tuple[Chapter | Sector, ...] = (*known.chapters.values(), *known.sectors.values())
    for goods in everything:
        yield from (
            (alias, Sense(Kind.CHAPTER, goods.id, weak=alias in goods.weak)) for alias in (goods.title, *goods.aliases, *goods.weak)
        )
    for intent, phrases in known.intents:
        yield from ((phrase, Sense(Kind.INTENT, intent)) for phrase in phrases)


def _word_phrases(known: Vocabulary) -> Iterator[tuple[str, Sense]]:
    words = known.words
    for cue, phrases in words.cues.items():
        for phrase in phrases:
            yield phrase, Sense(Kind.CUE, cue)
    yield from ((word, Sense(Kind.US, "US")) for word in words.us)
    yield from ((word, Sense(Kind.FILLER, "")) for word in words.fillers)
    yield from ((word, Sense(Kind.SOFT, "")) for word in words.soft)
    yield from _valued(words.numbers, Kind.NUMBER)
    yield from _valued(words.ordinals, Kind.ORDINAL)
    yield from _valued(words.months, Kind.MONTH)
    yield from _valued(words.scales, Kind.SCALE)


def _valued(words: Mapping[str, float], kind: Kind) -> Iterator[tuple[str, Sense]]:
    return ((word, Sense(kind, word, value=value)) for word, value in words.items())
