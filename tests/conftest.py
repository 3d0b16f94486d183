"""What every test may ask for."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tradebot.desk import Desk
from tradebot.knowledge.paths import knowledge_dir, templates_beside
from tradebot.knowledge.problems import Problems
from tradebot.presentation.render import Renderer, read_templates
from tradebot.presentation.voice import Named

settings.register_profile("tradebot", deadline=None, derandomize=True)
settings.load_profile("tradebot")


@pytest.fixture(scope="session")
def desk() -> Desk:
    """A desk over the packaged knowledge, opened once."""
    return Desk.open()


@pytest.fixture(scope="session")
def renderer(desk: Desk) -> Renderer:
    """The packaged templates, with every name that they may be asked for."""
    known = desk.knowledge
    names: dict[str, Named] = {**known.partners, **known.groups, **known.chapters, **known.sectors}
    return Renderer(read_templates(templates_beside(knowledge_dir()), Problems()), names)


@pytest.fixture
def problems() -> Problems:
    return Problems()
