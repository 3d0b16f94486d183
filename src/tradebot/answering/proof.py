"""Proof: where the figures of the answer before come from (“how do you know?”), each with its source, place or sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from tradebot.answer import Answer
from tradebot.knowledge.figures import Figure, Unit
from tradebot.query import Query

SHOWN, SHOWN_IN_FULL = 4, 12
"""Figures proved in one reply, those that the answer said first: in a conversation, and where all sources are asked for."""

_OPERANDS = 3
_PROVABLE = frozenset({Unit.MONEY, Unit.PERCENT, Unit.POINTS, Unit.RATIO, Unit.RANK})


def prove(query: Query, spoken: Iterable[Figure], shown: int = SHOWN) -> Answer:
    """The statements behind the first figures an answer spoke; `query` is the question that asks for them."""
    proved = list(islice(_provable(spoken), shown))
    facts = {"statements": [_statement(figure) for figure in proved]}
    return Answer(replace(query, intent="source"), "proof", facts, keys=tuple(dict.fromkeys(figure.partner for figure in proved)))


def _statement(figure: Figure) -> dict[str, object]:
    """A figure with its first operands, and which way it is told."""
    return {
        "figure": figure,
        "operands": figure.derived_from[:_OPERANDS],
        "more": len(figure.derived_from) > _OPERANDS,
        "is_growth": figure.metric in ("change", "growth") and figure.unit is Unit.PERCENT,
    }


def _provable(spoken: Iterable[Figure]) -> Iterator[Figure]:
    """Each figure once that has a source or a sum; the source's own figure where the one said is only that."""
    seen: set[str] = set()
    for said in spoken:
        figure = said.derived_from[0] if len(said.derived_from) == 1 and said.derived_from[0].value == said.value else said
        if figure.unit in _PROVABLE and figure.id not in seen and (figure.derived_from or figure.source):
            seen.add(figure.id)
            yield figure
