"""Pictures of real answers, composed once for all tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from pictures.kinds import KINDS, TODAY, Shown
from tradebot.desk import Desk
from tradebot.knowledge.periods import Period
from tradebot.pictures import drawing, worldmap
from tradebot.presentation.voice import Spoken
from tradebot.query import Metric


@pytest.fixture(scope="session")
def shown(desk: Desk) -> Callable[[str], Shown]:
    """A picture of kinds.yaml by its name."""
    by_name = {kind["name"]: kind for kind in KINDS}
    revision = Spoken(desk.knowledge.revision, desk.knowledge.revision)

    @cache
    def make(name: str) -> Shown:
        kind = by_name[name]
        if "map" in kind:
            composed = worldmap.compose(desk.knowledge, Metric(kind["map"]), Period.parse(kind["period"]), drawing.voice_of(desk.knowledge))
            spoken: tuple[Spoken, ...] = ()
        else:
            reply = desk.ask(kind["ask"], today=TODAY)
            composed, spoken = drawing.compose(reply, desk.knowledge), reply.card.spoken
        assert composed is not None, f"{name}: nothing was drawn"
        return Shown(composed, (*spoken, *composed.spoken, revision))

    return make
