"""Columns: which parts of a table can be drawn; known without loading the imaging library."""

from __future__ import annotations

from dataclasses import dataclass

from tradebot.answer import Table
from tradebot.knowledge.figures import Figure, Unit

_DRAWN = (Unit.MONEY, Unit.PERCENT)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold the name, the figure, the one beside it and the place (-1: none)."""

    name: int
    main: int
    beside: int = -1
    place: int = -1


def columns_of(table: Table) -> Columns | None:
    """The latest column of figures of the first unit that can be drawn, and another one of that unit beside it."""
    across = range(len(table.columns))
    names = [at for at in across if all(isinstance(row[at], str) for row in table.rows)]
    units = [_unit(table, at) for at in across]
    unit = next((each for each in units if each in _DRAWN), None)
    if not names or unit is None:
        return None
    alike = sorted((at for at in across if units[at] is unit), key=lambda at: -_last_month(table, at))
    places = [at for at in across if units[at] is Unit.RANK]
    return Columns(names[0], alike[0], alike[1] if len(alike) > 1 else -1, places[0] if places else -1)


def _unit(table: Table, at: int) -> Unit | None:
    """The unit of a column's figures, None where it has none."""
    return next((cell.unit for row in table.rows if isinstance(cell := row[at], Figure)), None)


def _last_month(table: Table, at: int) -> int:
    periods = [cell.period.last for row in table.rows if isinstance(cell := row[at], Figure) and cell.period]
    return max(periods, default=0)
