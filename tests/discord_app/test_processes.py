"""Two real processes of two shards each, one gateway, one PostgreSQL: one is killed, the other goes on, it comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from discord_app.living import TOKEN
from loopback import Loopback

QUESTION = "deficit with vietnam 2025"
PATIENCE = 60.0
IDENTIFY_SECONDS = 4.5
"""A little less than the bot's five, so that only turns that were not kept count as crowded."""


@pytest.fixture
def discord_of_four() -> Iterator[Loopback]:
    with Loopback(shards=4, identify_seconds=IDENTIFY_SECONDS, max_concurrency=2).running() as running:
        yield running


@contextmanager
def process(loopback: Loopback, ids: str, journal: str, state: Path) -> Iterator[subprocess.Popen[bytes]]:
    environ = {
        **os.environ,
        "TRADEBOT_TOKEN": TOKEN,
        "TRADEBOT_STATE": str(state),
        "TRADEBOT_JOURNAL": journal,
        "TRADEBOT_DISCORD_API": loopback.api,
        "TRADEBOT_SHARD_COUNT": "4",
        "TRADEBOT_SHARD_IDS": ids,
    }
    with (state.parent / f"{ids}.log").open("ab") as log:
        running = subprocess.Popen([sys.executable, "-m", "tradebot", "bot"], env=environ, stderr=log)
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


def test_two_processes_share_one_bot(discord_of_four: Loopback, postgres_url: str, tmp_path: Path) -> None:
    loopback = discord_of_four
    with process(loopback, "0-1", postgres_url, tmp_path / "one"), process(loopback, "2-3", postgres_url, tmp_path / "two") as second:
        loopback.wait(lambda: loopback.gateway.begun == 4, PATIENCE)
        assert not any(each.crowded for each in loopback.gateway.identifies)
        all_answer(loopback, [0, 1, 2, 3])
        second.kill()
        loopback.wait(lambda: connected(loopback) == {0, 1})
        all_answer(loopback, [0, 1])
        with process(loopback, "2-3", postgres_url, tmp_path / "two") as back:
            loopback.wait(lambda: loopback.gateway.begun == 6, PATIENCE)
            all_answer(loopback, [0, 1, 2, 3])
            back.send_signal(signal.SIGTERM)
            assert back.wait(15) == 0
    assert not any(each.crowded for each in loopback.gateway.identifies)
