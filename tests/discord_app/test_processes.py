"""Two real processes of two shards each, one gateway, one PostgreSQL, one git remote.

A publish on one is live on both; one is killed, the other goes on; the first comes back.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from curation.conftest import ANN
from discord_app.living import TOKEN
from loopback import Loopback
from tradebot.curation.draft import Draft
from tradebot.curation.edits.names import add_name
from tradebot.curation.publishing import publish
from tradebot.curation.repository import Repository

QUESTION = "deficit with vietnam 2025"
PATIENCE = 60.0
IDENTIFY_SECONDS = 4.5
"""A little less than the bot's five, so that only turns that were not kept count as crowded."""


@pytest.fixture
def discord_of_four() -> Iterator[Loopback]:
    with Loopback(shards=4, identify_seconds=IDENTIFY_SECONDS, max_concurrency=2).running() as running:
        yield running


@contextmanager
def process(loopback: Loopback, ids: str, journal: str, knowledge: Repository) -> Iterator[subprocess.Popen[bytes]]:
    environ = {
        **os.environ,
        "TRADEBOT_TOKEN": TOKEN,
        "TRADEBOT_STATE": str(knowledge.top.parent / ids),
        "TRADEBOT_KNOWLEDGE": str(knowledge.knowledge),
        "TRADEBOT_JOURNAL": journal,
        "TRADEBOT_DISCORD_API": loopback.api,
        "TRADEBOT_SHARD_COUNT": "4",
        "TRADEBOT_SHARD_IDS": ids,
        "TRADEBOT_QUESTIONS": "1000",
    }
    with (knowledge.top.parent / f"{ids}.log").open("ab") as log:
        running = subprocess.Popen([sys.executable, "-m", "tradebot", "bot"], env=environ, stdout=log, stderr=log)
        try:
            yield running
        finally:
            running.kill()
            running.wait()


def connected(loopback: Loopback) -> set[int]:
    return {session.shard[0] for session in loopback.gateway.sessions.values() if session.wire and not session.wire.socket.closed}


def all_answer(loopback: Loopback, guilds: list[int]) -> None:
    asked = [loopback.say(QUESTION, guild=each) for each in guilds]
    loopback.wait(lambda: all(loopback.answers_to(each) for each in asked), PATIENCE)
    assert [len(loopback.answers_to(each)) for each in asked] == [1] * len(asked)


@pytest.fixture
def knowledge(tmp_path: Path) -> tuple[Repository, Repository]:
    """Of each machine, sharing a remote."""
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    here, there = (Repository.init(tmp_path / name, ANN, remote=str(remote)) for name in ("here", "there"))
    return here, there


def knows_namland(loopback: Loopback, guild: int) -> bool:
    message = loopback.say("deficit with Namland 2025", guild=guild)
    loopback.wait(lambda: loopback.answers_to(message), PATIENCE)
    return "$178.3 bn" in loopback.answers_to(message)[0].text


def test_two_processes_share_one_bot(discord_of_four: Loopback, postgres_url: str, knowledge: tuple[Repository, Repository]) -> None:
    loopback, (here, there) = discord_of_four, knowledge
    with process(loopback, "0-1", postgres_url, here), process(loopback, "2-3", postgres_url, there) as second:
        loopback.wait(lambda: loopback.gateway.begun == 4, PATIENCE)
        assert not any(each.crowded for each in loopback.gateway.identifies)
        all_answer(loopback, [0, 1, 2, 3])

        draft = Draft(here, ANN)
        draft.apply(add_name("Vietnam", "Namland"))
        publish(draft, "a drill")
        loopback.wait(lambda: knows_namland(loopback, 0), PATIENCE)
        loopback.wait(lambda: knows_namland(loopback, 3), PATIENCE)

        second.kill()
        loopback.wait(lambda: connected(loopback) == {0, 1})
        all_answer(loopback, [0, 1])
        with process(loopback, "2-3", postgres_url, there) as back:
            loopback.wait(lambda: loopback.gateway.begun == 6, PATIENCE)
            all_answer(loopback, [0, 1, 2, 3])
            assert knows_namland(loopback, 3)
            back.send_signal(signal.SIGTERM)
            assert back.wait(15) == 0
    assert not any(each.crowded for each in loopback.gateway.identifies)
