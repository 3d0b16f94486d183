"""Who holds which name: no two partners or groups may answer to the same one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from tradebot.knowledge.problems import Located, Problem

_APOSTROPHES = re.compile("['’ʼ`´]")
_WORD = re.compile(r"(?:[^\W_]|[\u0591-\u06ed\u0900-\u0fff])+|&")  # vowel signs from Hebrew to Tibetan are part of the word
_MARKS = re.compile("[\u0300-\u036f]")
_LETTERS_ALONE = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


class Named(Protocol):
    """A partner or a group as far as its names go."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def weak(self) -> tuple[str, ...]: ...
    @property
    def demonyms(self) -> tuple[str, ...]: ...


def fold_name(name: str) -> str:
    """The form in which names are compared: lower case, no accents, no punctuation; an emoji stays as it is.

    Only the accents of the Latin, Greek and Cyrillic scripts are dropped; vowel signs of other scripts tell names apart.
    """
    folded = name.lower()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded.casefold().translate(_LETTERS_ALONE))
        folded = unicodedata.normalize("NFC", _MARKS.sub("", folded))
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", folded).replace(".", ""))) or name


class Claims:
    """Folded name → the id that holds it."""

    def __init__(self, *named: Mapping[str, Named]) -> None:
        self._owners = {fold_name(name): one.id for several in named for one in several.values() for name in names_of(one)}

    def owner(self, name: str) -> str:
        """The id of the partner or group that answers to the name; empty where nobody does."""
        return self._owners.get(fold_name(name), "")

    def take(self, named: Named, placed: Located) -> Iterator[Problem]:
        """Claims all names of a file; yields a problem for each that another already holds or that stands twice."""
        strong = {fold_name(named.name)}
        yield from self._take_one(named, placed, named.name, "name")
        for number, alias in enumerate(named.aliases):
            folded = fold_name(alias)
            if folded in strong:
                yield placed.problem(
                    f"“{alias}” stands here twice (capitals, accents and full stops make no difference)", "aliases", number
                )
            strong.add(folded)
        for field in ("aliases", "weak", "demonyms"):
            for number, name in enumerate(getattr(named, field)):
                yield from self._take_one(named, placed, name, field, number)

    def _take_one(self, named: Named, placed: Located, name: str, *place: str | int) -> Iterator[Problem]:
        owner = self._owners.setdefault(fold_name(name), named.id)
        if owner != named.id:
            yield placed.problem(
                f"“{name}” is already a name of {owner}; a name that several share belongs in words/ambiguous.yaml", *place
            )


def names_of(named: Named) -> Iterable[str]:
    """Every name of a partner or group, strong or weak."""
    return (named.name, *named.aliases, *named.weak, *named.demonyms)


def has_words(phrase: str, names: Iterable[str]) -> bool:
    """Whether one of the names stands in the phrase as whole words."""
    padded = f" {fold_name(phrase)} "
    return any(f" {fold_name(name)} " in padded for name in names)
