"""Proof: where the figures of the answer before come from (“how do you know?”), each with its source, place or sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.knowledge.figures import Figure, Unit
from tradebot.query import Query

SHOWN = 4
"""Figures proved in one reply: those that the answer said first."""

_OPERANDS = 3
_PROVABLE = frozenset({Unit.MONEY, Unit.PERCENT, Unit.POINTS, Unit.RATIO, Unit.RANK})


def prove(query: Query, spoken: Iterable[Figure]) -> Answer:
    """The statements behind the first figures an answer spoke; `query` is the question that asks for them."""
    proved = list(_first(spoken))
    facts = {"statements": [_statement(figure) for figure in proved]}
    return Answer(replace(query, intent="source"), "proof", facts, keys=tuple(dict.fromkeys(figure.partner for figure in proved)))


def _statement(figure: Figure) -> dict[str, object]:
    """A figure with its first operands, and which way it is told."""
    return {
        "figure": figure,
        "operands": figure.derived_from[:_OPERANDS],
        "more": len(figure.derived_from) > _OPERANDS,
        "is_growth": figure.metric == "change" and figure.unit is Unit.PERCENT,
    }


def _first(spoken: Iterable[Figure]) -> Iterator[Figure]:
    seen: set[str] = set()
    for said in spoken:
        figure = said.derived_from[0] if len(said.derived_from) == 1 and said.derived_from[0].value == said.value else said
        if figure.unit in _PROVABLE and figure.id not in seen and (figure.derived_from or figure.source):
            seen.add(figure.id)
            yield figure
            if len(seen) == SHOWN:
                return
