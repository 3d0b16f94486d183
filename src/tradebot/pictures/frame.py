"""The frame: what every picture shares. Title, a line that says what is drawn, and the sources at its foot.

A frame is measured before the canvas is made, because the title's lines decide how high the picture is:

    Frame(title, subtitle, foot) ─▶ .top (where the drawing begins) ─▶ .canvas(height of the drawing) ─▶ draw
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tradebot.pictures import style
from tradebot.pictures.canvas import Canvas, balanced, width_of, wrapped

MOST_TITLE_LINES = 3
_ROOM = style.WIDTH - 2 * style.MARGIN
_GAP = 26
_TRAILING = re.compile(r"^(.*)(?:, (?:(?:up|down|unchanged|against|its|the|which|last reviewed)\b|[\d$]).*|[;:] .*)$")
"""Clauses that a sentence can lose from its end and stay true: comparisons, places, lists after a colon."""
_LIST = {", ": 3, "; ": 2}
"""Parts after a colon that make a list, by what stands between them."""
_OUTSIDE = r"(?![^()]*\))"
"""Not within parentheses."""
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a colour and what it stands for. `mark` is drawn as a thin stroke instead of a square."""

    colour: str
    words: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Title and subtitle above, sources below. `keys` is the legend, under the subtitle."""

    title: str
    subtitle: str
    foot: tuple[str, ...]
    keys: tuple[Key, ...] = ()

    @property
    def _title_lines(self) -> list[str]:
        return balanced(self.title, style.TITLE, _ROOM, bold=True)

    @property
    def _subtitle_lines(self) -> list[str]:
        return wrapped(self.subtitle, style.SUBTITLE, _ROOM) if self.subtitle else []

    @property
    def _foot_lines(self) -> list[str]:
        """The sources, a line broken between two of them where that does."""
        lines: list[str] = []
        for part in self.foot:
            longer = f"{lines[-1]}{_SEPARATOR}{part}" if lines else part
            if lines and width_of(longer, style.SMALL) <= _ROOM:
                lines[-1] = longer
            else:
                lines.append(part)
        return [short for line in lines for short in wrapped(line, style.SMALL, _ROOM)]

    @property
    def top(self) -> float:
        """Where the drawing may begin."""
        heads = len(self._title_lines) * style.TITLE * style.LEADING + len(self._subtitle_lines) * style.SUBTITLE * style.LEADING
        legend = len(self._key_rows) * style.SMALL * 1.6
        return style.MARGIN + heads + legend + _GAP + (10 if self.subtitle else 0)

    def canvas(self, height: float) -> Canvas:
        """A canvas with room for a drawing of some height, the frame drawn already."""
        foot = len(self._foot_lines) * style.SMALL * style.LEADING
        canvas = Canvas(round(self.top + height + _GAP + foot + style.MARGIN * 0.75))
        below = canvas.lines((style.MARGIN, style.MARGIN), self._title_lines, style.TITLE, bold=True)
        if self.subtitle:
            below = canvas.lines((style.MARGIN, below + 10), self._subtitle_lines, style.SUBTITLE, style.QUIET)
        self._legend(canvas, below + 6)
        canvas.lines((style.MARGIN, self.top + height + _GAP), self._foot_lines, style.SMALL, style.QUIET)
        return canvas

    @property
    def _key_rows(self) -> list[list[Key]]:
        """The legend in rows that fit."""
        rows: list[list[Key]] = []
        used = 0.0
        for key in self.keys:
            wide = _key_width(key)
            if not rows or used + wide > _ROOM:
                rows.append([])
                used = 0.0
            rows[-1].append(key)
            used += wide
        return rows

    def _legend(self, canvas: Canvas, top: float) -> None:
        for row in self._key_rows:
            left = float(style.MARGIN)
            for key in row:
                middle = top + style.SMALL * 0.68
                half = 15 if key.mark else 11
                across = (left + 8, left + 13) if key.mark else (left, left + 22)
                canvas.bar((across[0], middle - half, across[1], middle + half), key.colour)
                canvas.text((left + 34, top), key.words, style.SMALL, style.QUIET)
                left += _key_width(key)
            top += style.SMALL * 1.6


def _key_width(key: Key) -> float:
    return 34 + width_of(key.words, style.SMALL) + 40


def title_of(headline: str, otherwise: str) -> str:
    """The headline where it fits into three lines; else without its trailing clauses; else the plain words for what is drawn."""
    return _shortened(headline, otherwise).removesuffix(".")


def _shortened(headline: str, otherwise: str) -> str:
    said = headline if fits(headline) else _list_cut(headline)
    while not fits(said):
        found = _TRAILING.match(said)
        if found is None:
            return upfirst(otherwise) if otherwise else headline
        said = f"{found[1]}."
    return said


def _list_cut(said: str) -> str:
    """“The largest: China ($202.7 bn), Mexico ($197.0 bn) and others”: as much of a list after a colon as fits, or none of it."""
    head, colon, listed = said.removesuffix(".").partition(": ")
    mark = "; " if "; " in listed else ", "
    items = re.split(mark + _OUTSIDE, listed.removesuffix(" and others"))
    if not colon or len(items) < _LIST[mark] or (mark == ", " and not all(each.endswith(")") for each in items[:-1])):
        return said  # “Yes: counted as one, the EU is …” lists nothing
    kept = next((kept for kept in range(len(items) - 2, 0, -1) if fits(_some(head, items, kept, mark))), 0)
    return _some(head, items, kept, mark) if kept else f"{head}."


def _some(head: str, items: list[str], kept: int, mark: str) -> str:
    return f"{head}: {mark.join(items[:kept])} and others."


def fits(title: str) -> bool:
    return len(wrapped(title, style.TITLE, _ROOM, bold=True)) <= MOST_TITLE_LINES


def upfirst(words: str) -> str:
    return words[:1].upper() + words[1:]
