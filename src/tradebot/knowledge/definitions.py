"""Definition cards: what a term means, and how people see it where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tradebot.knowledge.models_definitions import DefinitionFile, Example, View
from tradebot.knowledge.problems import Problem, Problems
from tradebot.knowledge.yaml_files import Placed, read_placed


@dataclass(frozen=True, slots=True)
class Definition:
    """One card. `terms` name it wherever they stand, `weak` ones only beside words that ask for a meaning."""

    id: str
    title: str
    terms: tuple[str, ...]
    weak: tuple[str, ...]
    text: str
    views: tuple[View, ...]
    example: Example | None
    see: tuple[str, ...]
    sources: tuple[str, ...]


def load_definitions(root: Path, problems: Problems) -> Mapping[str, Definition]:
    """Every card below a knowledge folder, by id; a term that two cards claim is a problem."""
    cards: dict[str, Definition] = {}
    claimed: dict[str, str] = {}
    for path in sorted((root / "definitions").glob("*.yaml")):
        placed = read_placed(path, DefinitionFile, problems, root)
        if placed is None:
            continue
        for problem in _mistakes(placed, path.stem, claimed):
            problems.add(problem)
        cards[placed.value.id] = _card(placed.value)
    return cards


def _mistakes(placed: Placed[DefinitionFile], stem: str, claimed: dict[str, str]) -> Iterator[Problem]:
    """What only shows beside the file's name and the other cards; takes the card's terms into `claimed`."""
    file, node = placed.value, placed.node
    if file.id != stem:
        yield node.problem(f"is “{file.id}”, but the file is called {stem}.yaml", "id")
    if not file.terms and not file.weak:
        yield node.problem("a card needs at least one name, in terms or weak")
    for field, terms in (("terms", file.terms), ("weak", file.weak)):
        for number, term in enumerate(terms):
            owner = claimed.setdefault(term.casefold(), file.id)
            if owner != file.id:
                yield node.problem(f"“{term}” already names the card {owner}", field, number)


def _card(file: DefinitionFile) -> Definition:
    return Definition(file.id, file.title, file.terms, file.weak, file.text, file.views, file.example, file.see, file.sources)
