"""Hedging: the hedge of a result from those of its operands.

A hedge speaks of the size of a number, so that of a deficit bounds it from the other side, and a bound of what is taken away or
divided by turns round. Bounds of different kinds leave only an estimate.
"""

from __future__ import annotations

from collections.abc import Sequence

from tradebot.knowledge.figures import Figure, Hedge

_OPPOSITE = {Hedge.AT_MOST: Hedge.AT_LEAST, Hedge.AT_LEAST: Hedge.AT_MOST}


def of_sum(value: float, terms: Sequence[tuple[Figure, int]]) -> Hedge:
    """The hedge of a result from the figures added (1) and taken away (−1), whose bounds hold for their sizes."""
    hedged = [(figure, sign) for figure, sign in terms if figure.hedge is not Hedge.EXACT]
    if not hedged:
        return Hedge.EXACT
    return _of_size(value, _mixed({_turned(_direction(figure.hedge), sign * _side(figure.value)) for figure, sign in hedged}))


def of_sizes(value: float, one: Figure, other: Figure) -> Hedge:
    """The hedge of a difference or quotient of two sizes: a bound of what is taken away or divided by turns round."""
    if one.hedge is other.hedge is Hedge.EXACT:
        return Hedge.EXACT
    return _of_size(value, _mixed({_direction(one.hedge), _turned(_direction(other.hedge), -1)}))


def alike(figures: Sequence[Figure]) -> bool:
    """Whether all are rounded alike: whole billions and tenths of them do not add up to tenths."""
    return len({figure.step for figure in figures}) == 1


def _of_size(value: float, hedge: Hedge) -> Hedge:
    """A bound of a number as one of its size, which is what is said: at most −30 is a fall of at least 30."""
    return _turned(hedge, _side(value))


def _side(value: float) -> int:
    return -1 if value < 0 else 1


def _turned(hedge: Hedge, sign: int) -> Hedge:
    return _OPPOSITE.get(hedge, hedge) if sign < 0 else hedge


def _direction(hedge: Hedge) -> Hedge:
    return Hedge.AT_MOST if hedge.bounds_above else hedge


def _mixed(kinds: set[Hedge]) -> Hedge:
    """Bounds of the same kind stay; different ones leave only an estimate."""
    bounds = kinds - {Hedge.EXACT}
    return Hedge.ABOUT if len(bounds) > 1 else next(iter(bounds), Hedge.EXACT)
