"""The style: contrast as WCAG computes it, colours that stay apart for the colour-blind, a typeface that has every name."""

from __future__ import annotations

import itertools

import pytest
from PIL import ImageFont

from tradebot.desk import Desk
from tradebot.pictures import style
from tradebot.pictures.canvas import balanced, width_of, wrapped
from tradebot.pictures.frame import fits, title_of
from tradebot.pictures.scale import Scale, spread

TEXT, MARKS = 7.0, 3.0
DISCORD = ("#FFFFFF", "#F2F3F5", "#313338", "#2B2D31")
"""The chat's ground, light and dark."""
TOGETHER = [
    (style.DEFICIT, style.SURPLUS),
    (style.IMPORTS, style.EXPORTS),
    (style.IMPORTS, style.DEFICIT),
    (style.EXPORTS, style.GREEN),
    (style.IMPORTS, style.GREEN),
    (style.DEFICIT, style.GREEN),
    (style.VERMILLION, style.SKY),
    (style.DEFICITS[-1], style.SURPLUSES[-1]),
    (style.DEFICITS[0], style.SURPLUSES[0]),
]
# Machado, Oliveira and Fernandes (2009), full severity, on linear light
BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
MEXICO = "The US imported $534.3 bn of goods from Mexico in 2025"
FIRST = "Yes: counted as one, the European Union is the largest trading partner of the US"
TURNED = "A US goods deficit in 2024 turned into a surplus in 2025 with 15 partners"
APART = 25
"""Distance in 0–255 RGB that an eye tells apart in areas of this size."""


def test_contrast_is_wcags() -> None:
    assert style.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert style.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_words_and_marks_stand_out_from_the_ground() -> None:
    assert (
        min(style.contrast(colour, style.GROUND) for colour in (style.INK, style.QUIET, style.DEFICIT, style.IMPORTS, style.EXPORTS))
        >= TEXT
    )
    assert min(style.contrast(colour, style.GROUND) for colour in (style.VERMILLION, style.GREEN, style.BESIDE)) >= MARKS


def test_the_steps_of_a_map_are_steps() -> None:
    for steps in (style.DEFICITS, style.SURPLUSES, style.SIZES):
        rising = [style.contrast(step, style.GROUND) for step in steps]
        assert rising == sorted(rising)
        assert all(later / earlier >= 1.3 for earlier, later in itertools.pairwise(rising))


def test_the_ground_is_our_own_in_light_and_dark() -> None:
    """Nothing of the chat shows through, so its theme changes no contrast within; in a light one the card itself stands out."""
    assert max(style.contrast(style.GROUND, chat) for chat in DISCORD) > MARKS
    assert style.contrast(style.INK, style.GROUND) > 15


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_colours_stay_apart_for_the_colour_blind(blindness: str) -> None:
    for one, other in TOGETHER:
        seen = [_seen(each, BLINDNESS[blindness]) for each in (one, other)]
        assert sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5 >= APART, (one, other)


def test_the_typeface_has_every_character(desk: Desk) -> None:
    known = desk.knowledge
    names = [each.name for each in (*known.partners.values(), *known.groups.values())]
    words = {
        *"".join([*names, *(chapter.title for chapter in known.chapters.values()), *(event.measure for event in known.tariffs.events)])
    }
    for file in (style.REGULAR, style.BOLD):
        font = ImageFont.truetype(style.FONTS / file, style.BODY)
        missing = bytes(font.getmask("\uffff"))
        assert [letter for letter in sorted(words) if letter.strip() and bytes(font.getmask(letter)) == missing] == []


def test_no_name_is_wider_than_its_column(desk: Desk) -> None:
    for name in [*(each.name for each in desk.knowledge.partners.values()), *(each.title for each in desk.knowledge.chapters.values())]:
        assert max((width_of(line, style.BODY, bold=True) for line in wrapped(name, style.BODY, 330, bold=True)), default=0) <= 330, name


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("China has the largest US goods deficit: $202.7 bn in 2025.", "China has the largest US goods deficit: $202.7 bn in 2025"),
        ("The largest " + "US goods deficits " * 3 + "in 2025: China ($202.7 bn), Mexico ($197.0 bn), Vietnam ($178.3 bn).", None),
        (
            f"{MEXICO}, the largest of the three; then come Canada ($381.9 bn) and China ($308.7 bn).",
            f"{MEXICO}, the largest of the three",
        ),
        (
            f"{FIRST}, $1,045.4 bn in 2025, before Mexico ($871.6 bn).",
            FIRST,
        ),
        (
            f"{TURNED}: Turkey ($3.9 bn, after $1.4 bn), Nigeria ($1.8 bn, after $1.5 bn) and Lithuania ($691.4 mn, after $5.4 mn).",
            TURNED,
        ),
        ("word " * 60, "What is drawn"),
    ],
)
def test_a_title_is_the_headline_or_a_true_part_of_it(headline: str, title: str | None) -> None:
    found = title_of(headline, "what is drawn")
    assert fits(found)
    assert found == (title or "The largest " + "US goods deficits " * 3 + "in 2025: China ($202.7 bn) and others")


def test_a_number_keeps_its_unit() -> None:
    lines = wrapped("the deficit of $178.3 bn in August 2025 rose by 44 % from 1 Aug 2024", style.BODY, 200)
    assert not any(line.startswith(("bn", "%", "2025", "Aug ", "2024")) for line in lines)


def test_scales_hold_zero_and_all_values() -> None:
    for values in ([-1234.5], [5, 17, 93], [-0.02, 0.5], [1e6, 3e6], [0]):
        scale = Scale.over(values, 0, 100)
        assert scale.low <= min(0, *values)
        assert scale.high >= max(0, *values)
        assert 2 <= len(scale.ticks) <= 7
        assert 0 in scale.ticks
    assert spread([10, 11, 12], 5, 0, 100) == [10, 15, 20]
    assert spread([98, 99], 5, 0, 100) == [95, 100]


def _seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> list[float]:
    light = [((int(colour[at : at + 2], 16) / 255 + 0.055) / 1.055) ** 2.4 for at in (1, 3, 5)]
    mixed = [min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, light, strict=True)))) for row in matrix]
    return [255 * (1.055 * part ** (1 / 2.4) - 0.055) for part in mixed]


def test_faded_bars_can_still_be_told_from_the_ground_and_from_the_one_that_stands_out() -> None:
    for colour in (style.DEFICIT, style.SURPLUS, style.GREEN):
        assert style.contrast(style.faded(colour), style.GROUND) >= MARKS
        assert style.contrast(colour, style.GROUND) > 1.5 * style.contrast(style.faded(colour), style.GROUND)


def test_a_title_leaves_no_word_alone() -> None:
    title = "The US ran a $1,234.6 bn goods deficit in 2025, up 2.5 % from $1,204.7 bn in 2024 and so"
    greedy, even = (lay(title, style.TITLE, 984, bold=True) for lay in (wrapped, balanced))
    assert len(even) == len(greedy)
    assert " ".join(even) == title
    widths = [width_of(line, style.TITLE, bold=True) for line in even]
    assert min(widths) > 0.6 * max(widths)
    assert max(widths) <= 984
