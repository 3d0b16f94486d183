"""Discord's limits, and the rule by which a card is shortened to them.

Nothing is ever cut inside a word. Rows of the table go first, down to three, then lines of the text from the end (a
paragraph is one line, a list is many), then the table, then sentences of the first line, then its words. What was
left out is said.

    Parts(paragraphs, title, table, closing) ──▶ fit(parts, room) ──▶ text of at most `room` characters
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CONTENT = 2_000
EMBED_DESCRIPTION = 4_096
EMBED_FOOTER = 2_048
EMBED_TOTAL = 6_000
CARD_TEXT = 4_000
CARD_COMPONENTS = 40
VIEW_ROWS = 5
ALT = 1_024
PICTURE_BYTES = 300_000
CUSTOM_ID = 100
BUTTON_LABEL = 80
CHOICE = 100
CHOICES = 25

MORE = "… more in `/ask`"
_FEWEST_ROWS = 3
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text is made of. `table` holds the heading and one string a row; `closing` is never left out whole."""

    paragraphs: tuple[str, ...] = ()
    title: str = ""
    table: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The lines of the paragraphs, with empty ones between them."""
        return "\n\n".join(self.paragraphs).split("\n") if self.paragraphs else []

    @property
    def rows(self) -> int:
        return max(len(self.table) - 1, 0)

    def text(self, lines: int, rows: int) -> str:
        """The text with only so many lines and rows, saying so where some are missing."""
        held = self.lines
        kept = "\n".join(held[:lines]).rstrip()
        block = "\n".join(["```", *self.table[: rows + 1], "```"])
        table = [f"{self.title}\n{block}" if self.title else block] if rows else []
        more = [MORE] if lines < len(held) or rows < self.rows else []
        return "\n\n".join([*([kept] if kept else []), *table, *more, *self.closing])


def fit(parts: Parts, room: int) -> str:
    """The parts as one text within `room` characters."""
    lines = parts.lines
    for kept, rows in _plans(len(lines), parts.rows):
        text = parts.text(kept, rows)
        if len(text) <= room:
            return text
    rest = parts.text(0, 0)
    first = shorten(lines[0], room - len(rest) - 2) if lines else ""
    return shorten(f"{first}\n\n{rest}" if first else rest, room)


def _plans(lines: int, rows: int) -> Iterator[tuple[int, int]]:
    """(lines, rows) to keep, the fullest first."""
    fewest = min(rows, _FEWEST_ROWS)
    for kept in range(rows, fewest - 1, -1):
        yield lines, kept
    for kept in range(lines - 1, 0, -1):
        yield kept, fewest
    yield min(lines, 1), 0


def shorten(text: str, room: int) -> str:
    """`text` within `room` characters, ended after a sentence where one fits, else after a word, with “…”."""
    if len(text) <= room:
        return text
    return _whole(_SENTENCE_END.split(text), room) or _whole(text.split(), room)


def _whole(pieces: Sequence[str], room: int) -> str:
    """As many of the pieces as fit with “ …” behind them; empty if not even one does."""
    kept = ""
    for piece in pieces:
        longer = f"{kept} {piece}" if kept else piece
        if len(longer) + 2 > room:
            break
        kept = longer
    return f"{kept} …" if kept else ""
