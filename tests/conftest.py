"""What every test may ask for."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tradebot.desk import Desk
from tradebot.knowledge.problems import Problems

settings.register_profile("tradebot", deadline=None, derandomize=True)
settings.load_profile("tradebot")


@pytest.fixture(scope="session")
def desk() -> Desk:
    """A desk over the packaged knowledge, opened once."""
    return Desk.open()


@pytest.fixture
def problems() -> Problems:
    return Problems()
