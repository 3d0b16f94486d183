"""The answer to every test of every intent: it is drawn without a mistake, or has nothing to draw and says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from pictures.kinds import TODAY
from tradebot.desk import Desk, Reply
from tradebot.pictures import style
from tradebot.pictures.composed import ALT_MOST, Composed
from tradebot.pictures.drawing import compose
from tradebot.presentation.render import unbacked
from tradebot.presentation.voice import Spoken

Drawn = list[tuple[Reply, Composed | None]]


@pytest.fixture(scope="module")
def drawn(desk: Desk) -> Drawn:
    return [(reply, compose(reply, desk.knowledge)) for reply in _replies(desk)]


def test_many_answers_have_a_picture(drawn: Drawn) -> None:
    kinds = Counter(composed.alt.partition(":")[0] for _, composed in drawn if composed)
    assert kinds.keys() == {"Bar chart", "Chart over time", "Timeline"}
    assert min(kinds.values()) >= 3
    assert all(composed is None for reply, composed in drawn if reply.outcome != "answer")


def test_all_of_them_fit(drawn: Drawn) -> None:
    for reply, composed in drawn:
        if composed:
            boxes = [text.box for text in composed.canvas.texts] + composed.canvas.shapes
            inside = [
                left >= 0 and top >= 0 and right <= style.WIDTH and bottom <= composed.canvas.height for left, top, right, bottom in boxes
            ]
            assert all(inside), reply.question
            assert len(composed.alt) <= ALT_MOST, reply.question


def test_all_of_them_say_only_what_is_backed(drawn: Drawn, desk: Desk) -> None:
    revision = Spoken(desk.knowledge.revision, desk.knowledge.revision)
    for reply, composed in drawn:
        if composed:
            backed = (*reply.card.spoken, *composed.spoken, revision)
            assert unbacked(composed.alt, backed) == [], reply.question
            assert unbacked(" ".join(text.words for text in composed.canvas.texts), backed) == [], reply.question


def _replies(desk: Desk) -> Iterator[Reply]:
    for number, test in enumerate(test for intent in desk.knowledge.intents for test in intent.tests):
        conversation = f"picture {number}"
        replies = [desk.ask(turn, conversation, test.today or TODAY) for turn in (test.turns or [test.ask])]
        desk.forget(conversation)
        yield replies[-1]
