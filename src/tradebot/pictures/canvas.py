"""The canvas: shapes and text in pixels, and the PNG they make.

Shapes are drawn at twice the size and reduced, which smooths their edges; text is set afterwards at its own size. Every
text is kept with the box it covers, so that a test can prove that nothing lies outside or on top of something else.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from tradebot.knowledge.periods import MONTHS
from tradebot.pictures import style

_FINER = 2
_STRIP = 128
_COLOURS = 128
_PNG_EFFORT = 6

_MONTHS = {*MONTHS, *(month[:3] for month in MONTHS)}

Box = tuple[float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """Words where they were put, and the box their ink may cover (left, top, right, bottom)."""

    words: str
    at: Point
    size: int
    colour: str
    bold: bool
    box: Box


class Canvas:
    """A picture being drawn. Coordinates are pixels from the upper left corner."""

    def __init__(self, height: int, width: int = style.WIDTH) -> None:
        self.width, self.height = width, height
        self.texts: list[Text] = []
        self.shapes: list[Box] = []
        self._image = Image.new("P", (width * _FINER, height * _FINER), style.GROUND)
        self._draw = ImageDraw.Draw(self._image)

    def bar(self, box: Box, colour: str, round_by: float = 4) -> None:
        """A filled rectangle; one thinner than a pixel is drawn a pixel thick."""
        left, top, right, bottom = min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
        right, bottom = max(right, left + 1.5), max(bottom, top + 1.5)
        radius = min(round_by, (right - left) / 2, (bottom - top) / 2)
        self._draw.rounded_rectangle([each * _FINER for each in (left, top, right - 0.5, bottom - 0.5)], radius * _FINER, fill=colour)
        self.shapes.append((left, top, right, bottom))

    def line(self, points: Sequence[Point], colour: str, width: float = 2) -> None:
        scaled = [(x * _FINER, y * _FINER) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(width * _FINER), joint="curve")
        self.shapes.append(_around(points))

    def dot(self, at: Point, radius: float, colour: str, rim: str = style.GROUND) -> None:
        box = [each * _FINER for each in (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)]
        self._draw.ellipse(box, fill=colour, outline=rim, width=_FINER)
        self.shapes.append((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius))

    def polygon(self, points: Sequence[Point], colour: str, rim: str = "") -> None:
        scaled = [(x * _FINER, y * _FINER) for x, y in points]
        self._draw.polygon(scaled, fill=colour, outline=rim or None)
        self.shapes.append(_around(points))

    def text(self, at: Point, words: str, size: int = style.BODY, colour: str = style.INK, *, bold: bool = False, to: str = "left") -> Box:
        """One line of text; `at` is its upper left corner, upper middle or upper right, as `to` says."""
        length = width_of(words, size, bold=bold)
        left = at[0] - {"left": 0.0, "middle": length / 2, "right": length}[to]
        box = (left, at[1], left + length, at[1] + size * style.LEADING)
        self.texts.append(Text(words, (left, at[1]), size, colour, bold, box))
        return box

    def lines(self, at: Point, words: Iterable[str], size: int, colour: str = style.INK, *, bold: bool = False) -> float:
        """Several lines below each other; returns where the next would begin."""
        top = at[1]
        for line in words:
            self.text((at[0], top), line, size, colour, bold=bold)
            top += size * style.LEADING
        return top

    def png(self) -> bytes:
        """The picture. The same calls give the same bytes."""
        image = self._smoothed()
        draw = ImageDraw.Draw(image)
        for text in self.texts:
            draw.text(text.at, text.words, fill=text.colour, font=font(text.size, bold=text.bold), anchor="la")
        few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        buffer = io.BytesIO()
        few.save(buffer, "PNG", compress_level=_PNG_EFFORT)
        return buffer.getvalue()

    def _smoothed(self) -> Image.Image:
        """The shapes at their own size. Strip by strip, because the fine drawing in full colour would take four times its memory."""
        image = Image.new("RGB", (self.width, self.height))
        for top in range(0, self.height, _STRIP):
            below = min(top + _STRIP, self.height)
            strip = self._image.crop((0, top * _FINER, self.width * _FINER, below * _FINER))
            image.paste(strip.convert("RGB").reduce(_FINER), (0, top))
        return image


@functools.cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The typeface at a size; laid out by Pillow itself, so that it is the same wherever Pillow is."""
    return ImageFont.truetype(style.FONTS / (style.BOLD if bold else style.REGULAR), size, layout_engine=ImageFont.Layout.BASIC)


def width_of(words: str, size: int, *, bold: bool = False) -> float:
    return font(size, bold=bold).getlength(words)


def wrapped(words: str, size: int, width: float, *, bold: bool = False) -> list[str]:
    """The words in lines no wider than `width`; a number stays with its unit, a word alone may be wider."""
    lines: list[str] = []
    for word in _unbroken(words):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(words: str, size: int, width: float, *, bold: bool = False) -> list[str]:
    """The words in as few lines as `wrapped` needs, all about equally long, so that no word is left alone in the last one."""
    lines = wrapped(words, size, width, bold=bold)
    least, most = width / len(lines), width
    while len(lines) > 1 and most - least > 8:
        middle = (least + most) / 2
        narrower = wrapped(words, size, middle, bold=bold)
        if len(narrower) == len(lines) and all(width_of(line, size, bold=bold) <= middle for line in narrower):
            lines, most = narrower, middle
        else:
            least = middle
    return lines


def _unbroken(words: str) -> list[str]:
    """Words between which a line may break: not between a number and its unit, nor within a date."""
    found: list[str] = []
    for word in words.split():
        if found and _belongs(found[-1].rpartition(" ")[2], word):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _belongs(before: str, word: str) -> bool:
    """“178.3 bn”, “44 %”, “22 Aug”, “Aug 2025”."""
    bare = word.rstrip(".,;:)")
    if before[-1:].isdigit() and before[0] in "$0123456789(":
        return bare in ("bn", "mn", "tn", "%") or bare in _MONTHS
    return before.lstrip("(") in _MONTHS and word[:1].isdigit()


def _around(points: Sequence[Point]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)
