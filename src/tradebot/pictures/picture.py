"""A drawn picture, as it is handed out; importing this loads no imaging library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. `alt` says in words what it shows (at most 1,000 characters), `title` is what stands on top of it."""

    png: bytes
    alt: str
    title: str
