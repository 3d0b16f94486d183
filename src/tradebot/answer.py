"""Answers: typed statements with their figures, before anybody has put them into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.query import Query

Cell = Figure | Period | dt.date | str | None

OPERANDS_SHOWN = 30
"""Operands up to which a figure brings them along; a count over all partners only names them."""

_PLAIN = frozenset({str, bool, type(None)})
"""Kinds of facts in which no figure can be."""


class AnswerError(Exception):
    """A question that was understood, but whose answer could not be computed or worded; says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Table:
    """At most one per answer. `columns` are headings; a cell is a figure, a period, a date, a name, or nothing held.

    `keys` are the partners (or periods) of the rows, for follow-ups such as “top 3 of those”.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is so, as values a template can speak of.

    `facts` are the template's variables: Figures, Periods, partners and groups, dates, strings of the knowledge,
    booleans and lists of these; never a bare number. `template` is a path under templates/ without its ending.
    `aged` names the kinds of facts that were past their shelf life on the day of the answer: templates speak of them in the
    past. `read_as` says how the question was read where something was assumed. `keys` are the partners a follow-up may
    point back to. `sources` adds source ids that no figure names (a definition's, a tariff event's).
    """

    query: Query
    template: str
    facts: Mapping[str, object]
    table: Table | None = None
    outcome: str = "answer"
    read_as: str = ""
    suggestions: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    series: tuple[Figure, ...] = field(default=())
    aged: frozenset[str] = frozenset()
    _cited: list[str] = field(default_factory=list, init=False, compare=False, repr=False)
    _figures: list[Figure] = field(default_factory=list, init=False, compare=False, repr=False)

    def figures(self) -> list[Figure]:
        """Every figure of the answer once: the spoken ones, then the operands they were computed from; looked up once."""
        if not self._figures:
            found: dict[str, Figure] = {}
            for figure in self._reached():
                found.setdefault(figure.id, figure)
            self._figures.extend(found.values())
        return self._figures

    def source_ids(self) -> tuple[str, ...]:
        """The sources of every figure and statement, each once; looked up once, as both card and reply name them."""
        if not self._cited:
            reached = self._reached()
            named = dict.fromkeys([figure.source for figure in reached])
            for figure in reached:
                if len(figure.derived_from) > OPERANDS_SHOWN:  # too many to be brought along, but not to be named
                    named.update(dict.fromkeys([operand.source for operand in figure.derived_from]))
            named.update(dict.fromkeys(self.sources))
            self._cited.extend(source for source in named if source)
        return tuple(self._cited)

    def _reached(self) -> list[Figure]:
        """Every figure object once, from the spoken ones to their operands."""
        found: dict[int, Figure] = {}
        opened: set[int] = set()
        queue: list[object] = [*self.facts.values(), *self.series]
        if self.table:
            queue.extend(cell for row in self.table.rows for cell in row)
        for item in queue:  # which grows as it is gone through
            if type(item) in _PLAIN or id(item) in opened:
                continue
            if isinstance(item, Figure):
                if id(item) not in found:
                    found[id(item)] = item
                    if len(item.derived_from) <= OPERANDS_SHOWN:
                        queue += item.derived_from
            elif isinstance(item, (list, tuple, dict)):
                opened.add(id(item))  # the lines of tariffs stand under several names
                queue += item.values() if isinstance(item, dict) else item
        return list(found.values())
