"""What a drawing hands on: the picture with its words, and the proof that every number in them was backed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tradebot.pictures.canvas import Canvas
from tradebot.pictures.frame import Frame
from tradebot.pictures.picture import Picture
from tradebot.presentation.card import Card
from tradebot.presentation.voice import Spoken

ALT_MOST = 1_000
"""Characters of an alt text; Discord takes 1,024."""
SOURCES = " · "


@dataclass(frozen=True, slots=True)
class Composed:
    """A picture before it is made into bytes; `spoken` backs the numbers that the card does not."""

    canvas: Canvas
    title: str
    alt: str
    spoken: tuple[Spoken, ...] = field(default=())

    def backed_by(self, spoken: tuple[Spoken, ...]) -> Composed:
        return replace(self, spoken=(*self.spoken, *spoken))

    def picture(self) -> Picture:
        return Picture(self.canvas.png(), self.alt, self.title)


def foot_of(card: Card) -> tuple[str, ...]:
    """The sources of a card's foot and the revision, without the answer's number: the same picture serves many answers."""
    return tuple(part for part in card.foot if not part.startswith("A-"))


def alt_text(kind: str, frame: Frame, rows: Sequence[str], more: str = "") -> str:
    """“Bar chart: title. Row; row; and others. Source: …”, in ALT_MOST characters: rows are left out from the end, and it says so."""
    source = f" Source: {SOURCES.join(frame.foot)}." if frame.foot else ""
    drawn = f" {frame.subtitle.rstrip('.')}." if frame.subtitle else ""
    start = f"{kind}: {frame.title.rstrip('.')}.{drawn}"
    for kept in range(len(rows), 0, -1):
        rest = more if kept == len(rows) else "and others"
        text = f"{start} {'; '.join([*rows[:kept], *([rest] if rest else [])])}.{source}"
        if len(text) <= ALT_MOST:
            return text
    return f"{start}{source}"
