"""Names that need care (knowledge/words/ambiguous.yaml): shared ones, parts of partners, places in the United States."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from tradebot.knowledge.file_model import FileModel, Table
from tradebot.knowledge.kept import kept
from tradebot.knowledge.name_claims import Claims, Named, fold_name, has_words
from tradebot.knowledge.problems import Problem, Problems, did_you_mean
from tradebot.knowledge.yaml_files import Placed, read_placed

Phrase = Annotated[str, Field(min_length=2, max_length=80)]


class Ambiguity(FileModel):
    """A name that several partners could mean, or a partner and something else.

    With a `default` questions are answered with that partner, and `says` goes with the answer; without one the bot
    asks which of `partners` is meant.
    """

    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    names: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    default: str = ""
    partners: Annotated[tuple[str, ...], Field(min_length=1)]
    says: Annotated[str, Field(min_length=10, max_length=200)]


class Domestic(FileModel):
    """Places inside the United States."""

    states: tuple[Phrase, ...]
    territories: tuple[Phrase, ...]
    cities: tuple[Phrase, ...]


class PlacesFile(FileModel):
    """The file as it is written; `blocked` is grouped by the partner or group whose name the phrases contain."""

    ambiguous: tuple[Ambiguity, ...] = ()
    parts: Table[str, str] = Field(default_factory=dict, validate_default=True)
    domestic: Domestic
    blocked: Table[str, tuple[Phrase, ...]] = Field(default_factory=dict, validate_default=True)


class Places(FileModel):
    """`parts` maps a place to the partner it lies in, `domestic` names places that are no foreign partner, `blocked`
    are phrases in which a partner's name means something else."""

    ambiguous: tuple[Ambiguity, ...] = ()
    parts: Table[str, str] = Field(default_factory=dict, validate_default=True)
    domestic: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()


def load_places(
    root: Path,
    problems: Problems,
    partners: Mapping[str, Named] | None = None,
    groups: Mapping[str, Named] | None = None,
) -> Places:
    """The file of names that need care; with partners and groups every id and name in it is checked against them."""
    placed = read_placed(root / "words" / "ambiguous.yaml", PlacesFile, problems, root)
    if placed is None:
        return Places()
    return kept("places", (placed.value, partners, groups), lambda found: _places(placed, found, partners, groups), problems)


def _places(
    placed: Placed[PlacesFile], problems: Problems, partners: Mapping[str, Named] | None, groups: Mapping[str, Named] | None
) -> Places:
    file = placed.value
    if partners is not None:
        problems.extend(_mistakes(placed, partners, groups or {}))
    domestic = (*file.domestic.states, *file.domestic.territories, *file.domestic.cities)
    blocked = tuple(phrase for phrases in file.blocked.values() for phrase in phrases)
    return Places(ambiguous=file.ambiguous, parts=file.parts, domestic=domestic, blocked=blocked)


def _mistakes(placed: Placed[PlacesFile], partners: Mapping[str, Named], groups: Mapping[str, Named]) -> Iterator[Problem]:
    claims, file = Claims(partners, groups), placed.value
    yield from _ambiguous_mistakes(placed, partners, claims)
    for place, of in file.parts.items():
        if of not in partners:
            yield placed.problem(f"unknown partner “{of}”{did_you_mean(of, partners)}", "parts", place)
        if owner := claims.owner(place):
            yield placed.problem(f"“{place}” is a name of {owner}", "parts", place)
    for field, places in file.domestic:
        for number, place in enumerate(places):
            if owner := claims.owner(place):
                yield placed.problem(f"“{place}” is a name of {owner}", "domestic", field, number)
    yield from _blocked_mistakes(placed, {**partners, **groups}, claims)


def _ambiguous_mistakes(placed: Placed[PlacesFile], partners: Mapping[str, Named], claims: Claims) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for number, one in enumerate(placed.value.ambiguous):
        for place, partner in enumerate(one.partners):
            if partner not in partners:
                yield placed.problem(
                    f"unknown partner “{partner}”{did_you_mean(partner, partners)}", "ambiguous", number, "partners", place
                )
        if one.default and one.default not in one.partners:
            yield placed.problem(f"{one.default} is not among the partners of this name", "ambiguous", number, "default")
        for place, name in enumerate(one.names):
            owner = claims.owner(name)
            if owner and owner not in one.partners:
                yield placed.problem(f"“{name}” is a name of {owner}, which is not among the partners", "ambiguous", number, "names", place)
            if taken.setdefault(fold_name(name), one.id) != one.id:
                yield placed.problem(f"“{name}” is already in {taken[fold_name(name)]}", "ambiguous", number, "names", place)


def _blocked_mistakes(placed: Placed[PlacesFile], named: Mapping[str, Named], claims: Claims) -> Iterator[Problem]:
    file = placed.value
    for key, phrases in file.blocked.items():
        one = named.get(key)
        if one is None:
            yield placed.problem(f"unknown partner or group “{key}”{did_you_mean(key, named)}", "blocked", key)
            continue
        shared = [name for ambiguity in file.ambiguous if key in ambiguity.partners for name in ambiguity.names]
        names = [one.name, *one.aliases, *one.weak, *one.demonyms, *shared]
        names += [f"{name}s" for name in names]
        for number, phrase in enumerate(phrases):
            if not has_words(phrase, names):
                yield placed.problem(f"“{phrase}” has no name of {key} in it, so there is nothing to block", "blocked", key, number)
            if claims.owner(phrase):
                yield placed.problem(f"“{phrase}” is itself a name of {claims.owner(phrase)}", "blocked", key, number)
