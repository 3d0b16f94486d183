"""Names as people mistype them, in numbers: what is read rightly, what is asked back, and what is never taken for another.

Every edit is drawn with a seed of its own, so that a run can be repeated; the whole of what is sampled here is counted
by `benchmarks/names.py`.
"""

from __future__ import annotations

import pytest

from noise import Outcome, aliases, counted, edited, generated, outcome_of
from tradebot.desk import Desk
from tradebot.knowledge.snapshot import Knowledge
from tradebot.understanding.reader import Reader

FRAMES = ("deficit with {name}", "us imports from {name} in 2024")
SAMPLED = 1_500
"""Of some 90,000 generated questions."""


@pytest.fixture(scope="module")
def knowledge(desk: Desk) -> Knowledge:
    return desk.knowledge


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Reader:
    return Reader(knowledge)


@pytest.mark.parametrize(("edits", "right", "wrong"), [(0, 1.0, 0.0), (1, 0.97, 0.001), (2, 0.85, 0.01)])
def test_mistyped_names_are_read_rightly_or_asked_back(reader: Reader, edits: int, right: float, wrong: float) -> None:
    asked = [
        (frame.format(name=edited(name, edits, seed=at)), partner)
        for at, frame in enumerate(FRAMES)
        for name, partner in aliases(reader.knowledge)
    ]
    counts, mistaken = counted(reader, asked)
    assert counts[Outcome.RIGHT] >= right * len(asked), counts
    assert counts[Outcome.WRONG] <= max(wrong * len(asked), 2 * (edits == 1)), mistaken


def test_no_true_name_is_taken_for_another(reader: Reader) -> None:
    confused = [
        name
        for name, partner in aliases(reader.knowledge, shortest=1)
        if outcome_of(reader, f"deficit with {name}", partner) is Outcome.WRONG
    ]
    assert confused == []


def test_every_partner_and_measure_in_every_phrasing_and_noise(reader: Reader) -> None:
    asked = generated(reader.knowledge, SAMPLED)
    counts, mistaken = counted(reader, asked)
    assert counts[Outcome.RIGHT] >= 0.99 * len(asked), mistaken[:20]


@pytest.mark.parametrize("name", ["Narnia", "Wakanda", "Westeros", "Panem", "Gondor", "Qumar", "Elbonia", "Zamunda", "Genovia"])
def test_a_country_that_does_not_exist_is_no_other(reader: Reader, name: str) -> None:
    for frame in FRAMES:
        assert outcome_of(reader, frame.format(name=name), "") is Outcome.ASKED
