"""Every kind of picture: it fits, it can be read, it says only what the answer's figures back, and it looks as it did.

The stored likenesses are 180 pixels wide, in few colours. After a change that is meant to be seen, look at the pictures, then
write them anew with TRADEBOT_NEW_LIKENESSES=1.
"""

from __future__ import annotations

import io
import itertools
import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from pixelmatch.contrib.PIL import pixelmatch

from pictures.kinds import HERE, KINDS, TODAY, Shown
from tradebot.desk import Desk
from tradebot.pictures import style
from tradebot.pictures.composed import ALT_MOST
from tradebot.pictures.drawing import compose, draw
from tradebot.pictures.frame import MOST_TITLE_LINES
from tradebot.presentation.render import unbacked

MOST_BYTES = 300 * 1024
SMALLEST = 28
LIKENESS, COLOURS = 180, 32
FAR = 0.02
"""Share of pixels that an eye tells apart (pixelmatch) from which two likenesses differ: another title makes 0.03, another picture 0.16."""
FOLDER = HERE / "likenesses"

every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind["name"] for kind in KINDS])
Make = Callable[[str], Shown]


@every_kind
def test_it_says_what_it_shows(kind: dict[str, Any], shown: Make) -> None:
    composed = shown(kind["name"]).composed
    assert composed.alt.startswith(f"{kind['kind']}: {composed.title.rstrip('.')}")
    assert [each for each in kind["says"] if each not in composed.alt] == []
    assert [each for each in kind.get("not_says", []) if each in composed.alt] == []
    assert len(composed.alt) <= ALT_MOST
    assert "Source: " in composed.alt
    assert not re.search(r"[-−]\$|\$[-−]", composed.alt), "a deficit is said in words"


@every_kind
def test_every_number_is_backed(kind: dict[str, Any], shown: Make) -> None:
    made = shown(kind["name"])
    assert unbacked(made.composed.alt, made.backed) == []
    assert unbacked(" ".join(text.words for text in made.composed.canvas.texts), made.backed) == []


@every_kind
def test_nothing_lies_outside_or_on_top_of_each_other(kind: dict[str, Any], shown: Make) -> None:
    canvas = shown(kind["name"]).composed.canvas
    for left, top, right, bottom in [text.box for text in canvas.texts] + canvas.shapes:
        assert left >= 0
        assert top >= 0
        assert right <= canvas.width
        assert bottom <= canvas.height
    for one, other in itertools.combinations(canvas.texts, 2):
        across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
        down = min(one.box[1] + one.size, other.box[1] + other.size) - max(one.box[1], other.box[1])
        assert across <= 0 or down <= 0, f"{one.words!r} on {other.words!r}"


@every_kind
def test_it_can_be_read_on_a_phone(kind: dict[str, Any], shown: Make) -> None:
    canvas = shown(kind["name"]).composed.canvas
    assert min(text.size for text in canvas.texts) >= SMALLEST
    assert canvas.width == style.WIDTH
    assert canvas.height <= 1.45 * canvas.width
    assert sum(text.size == style.TITLE for text in canvas.texts) <= MOST_TITLE_LINES


@every_kind
def test_the_source_stands_in_the_picture(kind: dict[str, Any], shown: Make, desk: Desk) -> None:
    texts = [text for text in shown(kind["name"]).composed.canvas.texts if text.size == style.SMALL]
    assert any(source.short and source.short in text.words for source in desk.knowledge.sources.values() for text in texts)


@pytest.mark.parametrize(("question", "figure"), [("vietnam march 2025", "$13.6 bn"), ("imports from china 2018", "$538.5 bn")])
def test_the_one_figure_that_was_asked_for_stands_out(question: str, figure: str, desk: Desk) -> None:
    composed = compose(desk.ask(question, today=TODAY), desk.knowledge)
    assert composed
    assert figure in [text.words for text in composed.canvas.texts]
    assert figure in composed.alt


@every_kind
def test_it_is_small_and_looks_as_it_did(kind: dict[str, Any], shown: Make) -> None:
    composed = shown(kind["name"]).composed
    png = composed.picture().png
    assert png == composed.canvas.png(), "the same calls give the same bytes"
    assert len(png) <= MOST_BYTES
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", (composed.canvas.width, composed.canvas.height))
    stored = FOLDER / f"{kind['name']}.png"
    if os.environ.get("TRADEBOT_NEW_LIKENESSES"):
        _likeness(image, image.height * LIKENESS // image.width).save(stored, optimize=True)
    before = Image.open(stored)
    assert _difference(_likeness(image, before.height), before) < FAR


@pytest.mark.parametrize(
    ("one", "other"), [("ranking", "partner"), ("partner", "partner-month"), ("timeline", "timeline-all"), ("map-imports", "map-month")]
)
def test_likenesses_tell_pictures_apart(one: str, other: str) -> None:
    before, after = (Image.open(FOLDER / f"{name}.png") for name in (one, other))
    assert _difference(before, after.convert("RGB").resize(before.size)) > FAR


@pytest.mark.parametrize("question", ["members of the EU", "what is a trade deficit", "best laptop under 500", "deficit", "hello", ""])
def test_what_has_no_picture(question: str, desk: Desk) -> None:
    assert draw(desk.ask(question, today=TODAY), desk.knowledge) is None or question == "deficit"


def test_a_drawing_is_the_same_from_a_fresh_reply(desk: Desk) -> None:
    first, second = (draw(desk.ask("top 10 deficits", today=TODAY), desk.knowledge) for _ in range(2))
    assert first == second


def _likeness(image: Image.Image, height: int) -> Image.Image:
    small = image.convert("RGB").resize((LIKENESS, height), Image.Resampling.BOX)
    return small.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def _difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that look different; edges that are only smoothed otherwise do not."""
    return pixelmatch(one.convert("RGB"), other.convert("RGB")) / (one.width * one.height)
