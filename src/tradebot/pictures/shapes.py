"""Shapes: the countries of the world on paper, from knowledge/map/world.json (Natural Earth, public domain).

    degrees ─▶ equal_earth ─▶ 0 … 1 across the sheet; a place keeps its true share of the area

The projection is Equal Earth (Šavrič, Patterson and Jenny, 2018): a country looks as large as it is.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tradebot.knowledge.paths import packaged

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_WIDEST = 2.7066
_NORTH, _SOUTH = 83.7, -56.0
_TENTHS = 10

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class World:
    """Outlines and, for places too small for one, points, by partner id; both axes in widths of the sheet, down the page."""

    shapes: Mapping[str, tuple[tuple[Point, ...], ...]]
    points: Mapping[str, Point]
    height: float


def equal_earth(longitude: float, latitude: float) -> Point:
    """Degrees to Equal Earth's own units."""
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = angle * angle
    sixth = square**3
    across = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(angle)
    across /= 3 * (9 * _A4 * square * sixth + 7 * _A3 * sixth + 3 * _A2 * square + _A1)
    return across, angle * (_A4 * square * sixth + _A3 * sixth + _A2 * square + _A1)


@functools.cache
def world() -> World:
    """The shapes that the package carries, read once."""
    return read(packaged() / "knowledge" / "map" / "world.json")


def read(path: Path) -> World:
    """The shapes of a file. Raises OSError, ValueError or KeyError for one that is not as tools/world_map.py writes it."""
    held = json.loads(path.read_text(encoding="utf-8"))
    shapes = {name: tuple(_outline(ring) for ring in rings) for name, rings in held["shapes"].items()}
    points = {name: _outline(place)[0] for name, place in held["points"].items()}
    return World(shapes, points, _down(_SOUTH))


def _outline(numbers: list[int]) -> tuple[Point, ...]:
    places = zip(numbers[::2], numbers[1::2], strict=True)
    return tuple(_on_sheet(longitude / _TENTHS, latitude / _TENTHS) for longitude, latitude in places)


def _on_sheet(longitude: float, latitude: float) -> Point:
    across, _ = equal_earth(longitude, latitude)
    return (across + _WIDEST) / (2 * _WIDEST), _down(latitude)


def _down(latitude: float) -> float:
    return (equal_earth(0, _NORTH)[1] - equal_earth(0, latitude)[1]) / (2 * _WIDEST)
