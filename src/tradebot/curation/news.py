"""What is told of saved files: that they answer now and what changed, or what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tradebot.curation.differences import differences
from tradebot.edition import Edition
from tradebot.knowledge.differences import Difference
from tradebot.knowledge.problems import Problems

_WORDLESS = ("record", "templates", "places", "words")
"""Parts of an edition of which `differences` does not tell, or not all."""
_WORDED = ("places.ambiguous", "words.cues")


@dataclass(frozen=True, slots=True)
class Live:
    """A revision that answers from now on, and how it differs from the one before, a line for each difference."""

    revision: str
    changes: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((f"{self.revision} is live.", *(f"- {change}" for change in self.changes)))


@dataclass(frozen=True, slots=True)
class Refused:
    """Files that cannot be used, and the revision that keeps serving."""

    revision: str
    problems: Problems

    def __str__(self) -> str:
        return "\n".join((f"The saved files cannot be used; {self.revision} keeps answering.", *map(str, self.problems)))


News = Live | Refused


def in_words(before: Edition, after: Edition) -> Iterator[str]:
    """Every difference; figures of the record and other values without words by where they stand."""
    yield from differences(before.knowledge, after.knowledge)
    found = [each for each in after.differences_from(before) if each.place.startswith(_WORDLESS) and not each.place.startswith(_WORDED)]
    for where, count in Counter(map(_where, found)).items():
        yield f"{where}: {count} {'value' if count == 1 else 'values'} changed"


def _where(change: Difference) -> str:
    """`record, VN` of the figures of an area, `templates, measure.j2`, `words, months`."""
    part, _, rest = change.place.partition(".")
    if part == "templates":
        return f"{part}, {rest}"
    names = rest.split(".")
    return f"{part}, {names[1] if part == 'record' and len(names) > 1 else names[0]}"
