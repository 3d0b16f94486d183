"""A drawn picture, as it is handed out; importing this loads no imaging library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What may be drawn of a reply: the chart of what it says, or a map of all partners."""

    CHART = "chart"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. `alt` says in words what it shows (at most 1,000 characters), `title` is what stands on top of it."""

    png: bytes
    alt: str
    title: str
