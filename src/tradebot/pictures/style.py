"""The one style of every picture: sizes for a phone, colours that the colour-blind can tell apart, two cuts of one typeface.

Colours are Okabe and Ito's (2008) on a dark ground of our own, so that a picture is the same in a light and a dark chat.
Sizes are pixels of a picture 1,080 wide, which a phone shows at about a third: the smallest text is 9 points there.
The typeface is Inter (SIL Open Font Licence, fonts/OFL.txt), unchanged from the npm package @expo-google-fonts/inter 0.4.2.
"""

from __future__ import annotations

from pathlib import Path

WIDTH = 1080
MARGIN = 48

GROUND = "#18212B"
INK = "#F5F7FA"
QUIET = "#B4BFCC"
RULE = "#3B4856"
LAND = "#333F4C"

SKY, ORANGE, VERMILLION, GREEN, YELLOW = "#56B4E9", "#E69F00", "#E8702A", "#2FB58C", "#F0E442"
"""Vermillion and green a little lighter than the original, for three times the ground's contrast at small sizes."""

DEFICIT, SURPLUS = ORANGE, SKY
IMPORTS, EXPORTS, PLAIN = SKY, YELLOW, GREEN
BESIDE = "#D9E1EA"
"""What stands beside a bar to be compared with: the year before."""

DEFICITS = ("#6B4F1D", "#8F6713", "#C48A0C", "#FFB62E")
SURPLUSES = ("#285878", "#2F719B", "#459CCB", "#86CFFA")
SIZES = ("#1F4D43", "#23755F", "#279F7E", "#4FE0B4")
"""The steps of a map, from small to large."""

TITLE, SUBTITLE, BODY, SMALL = 46, 32, 34, 28
LEADING = 1.28

FONTS = Path(__file__).resolve().parent / "fonts"
REGULAR, BOLD = "Inter-Regular.ttf", "Inter-SemiBold.ttf"


FADED = 0.6
"""How much of a colour is left where something else stands out; all bars keep three times the ground's contrast."""


def faded(colour: str) -> str:
    """The colour mixed with the ground."""
    mixed = (round(FADED * _part(colour, at) + (1 - FADED) * _part(GROUND, at)) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours written as #RRGGBB: 1 for the same, 21 for black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [_part(colour, at) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _part(colour: str, at: int) -> int:
    return int(colour[at : at + 2], 16)
