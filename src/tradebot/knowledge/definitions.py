"""Definition cards: what a term means, and how people see it where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.kept import kept
from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.yaml_files import Placed, read_folder, values


def _ends(text: str) -> str:
    if not text.rstrip().endswith((".", "?")):
        raise ValueError("is made of whole sentences: end it with a full stop")
    return " ".join(text.split())


class View(FileModel):
    """What somebody holds, where opinions differ: “{who} hold that {says}”, so `says` is a clause."""

    who: str
    says: str


class Example(FileModel):
    """A figure of the record that makes a card concrete: the latest year's, or the year to date's."""

    partner: str
    metric: Literal["balance", "imports", "exports", "total_trade"]
    to_date: bool = False


class Definition(FileModel):
    """One card: a file of definitions/.

    `terms` name the card wherever they stand; `weak` names are ordinary trade words that mean the card only where somebody asks
    for a meaning (“what is a tariff”). `text` answers in its first sentence; `see` are questions to go on with.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9\-]*$")]
    title: str
    terms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    text: Annotated[str, Field(min_length=40), AfterValidator(_ends)]
    views: tuple[View, ...] = ()
    example: Example | None = None
    see: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def load_definitions(root: Path, problems: Problems) -> Mapping[str, Definition]:
    """Every card below a knowledge folder, by id; a term that two cards claim is a problem."""
    read = read_folder(root / "definitions", Definition, problems, root)
    return kept("definitions", values(read), lambda found: _cards(read, found), problems)


def _cards(read: Sequence[Placed[Definition]], problems: Problems) -> Mapping[str, Definition]:
    claimed: dict[str, str] = {}
    for placed in read:
        problems.extend(_mistakes(placed, claimed))
    return MappingProxyType({placed.value.id: placed.value for placed in read})


def _mistakes(placed: Placed[Definition], claimed: dict[str, str]) -> Iterator[Problem]:
    """What only shows beside the file's name and the other cards; takes the card's terms into `claimed`."""
    card = placed.value
    if card.id != placed.stem:
        yield placed.problem(f"is “{card.id}”, but the file is called {placed.stem}.yaml", "id")
    if not card.terms and not card.weak:
        yield placed.problem("a card needs at least one name, in terms or weak")
    for field, terms in (("terms", card.terms), ("weak", card.weak)):
        for number, term in enumerate(terms):
            owner = claimed.setdefault(term.casefold(), card.id)
            if owner != card.id:
                yield placed.problem(f"“{term}” already names the card {owner}", field, number)
