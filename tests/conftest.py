"""What every test may ask for."""

from __future__ import annotations

import pytest

from tradebot.desk import Desk
from tradebot.knowledge.problems import Problems


@pytest.fixture(scope="session")
def desk() -> Desk:
    """A desk over the packaged knowledge, opened once."""
    return Desk.open()


@pytest.fixture
def problems() -> Problems:
    return Problems()
