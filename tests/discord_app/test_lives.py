"""Starting, ending and starting again: hopeless endings have an exit code and a sentence, the others another life."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from discord_app.living import TOKEN, alive
from loopback import Loopback
from tradebot.desk import Desk
from tradebot.discord_app.app import run
from tradebot.discord_app.settings import BotSettings
from tradebot.operations.turns import Turns

QUESTION = "deficit with vietnam 2025"


@pytest.mark.parametrize(
    ("code", "ends", "says"),
    [(4004, 2, "token"), (4010, 4, "shard"), (4011, 4, "shard"), (4012, 5, "update"), (4013, 3, "intents"), (4014, 3, "intents")],
)
def test_a_hopeless_close_is_one_sentence_and_an_exit_code_of_its_own(
    code: int, ends: int, says: str, loopback: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loopback.gateway.verdict = code
    settings = BotSettings.from_environ({"TRADEBOT_TOKEN": TOKEN, "TRADEBOT_STATE": str(tmp_path), "TRADEBOT_DISCORD_API": loopback.api})
    assert run(settings) == ends
    captured = capsys.readouterr().err
    assert says in captured.splitlines()[-1]
    assert "Traceback" not in captured
    assert len(loopback.gateway.identifies) == 1


async def test_a_failed_login_is_tried_again(desk: Desk, loopback: Loopback, tmp_path: Path) -> None:
    loopback.fail(500, "/oauth2/", drop=True, times=2)
    async with alive(desk, loopback, tmp_path):
        message = loopback.say(QUESTION)
        await loopback.until(lambda: loopback.answers_to(message))


async def test_a_failed_first_handshake_is_tried_again(
    desk: Desk, loopback: Loopback, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.gateway.refuse = 1
    async with alive(desk, loopback, tmp_path):
        message = loopback.say(QUESTION)
        await loopback.until(lambda: loopback.answers_to(message))
    assert loopback.gateway.handshakes == 2
    assert "trying again" in caplog.text


async def test_what_is_in_flight_is_finished_before_it_stops(desk: Desk, loopback: Loopback, tmp_path: Path) -> None:
    loopback.fail(429, "/messages", retry_after=1.0)
    async with alive(desk, loopback, tmp_path) as running:
        message = loopback.say(QUESTION)
        await loopback.until(lambda: loopback.rest.faults.is_empty)
        running.stop()
        await asyncio.sleep(0.1)
        late = loopback.say(QUESTION)
    assert len(loopback.answers_to(message)) == 1
    assert not loopback.answers_to(late)


async def test_it_stops_while_a_shard_waits_for_its_turn(desk: Desk, loopback: Loopback, tmp_path: Path) -> None:
    async with alive(desk, loopback, tmp_path, turns=Turns(seconds=30)) as running:
        loopback.do(loopback.gateway.invalidate(resumable=False))
        await asyncio.sleep(0.2)
        running.stop()
        await asyncio.sleep(0)


@pytest.mark.filterwarnings("ignore:Unclosed connection:ResourceWarning")  # of the request that the signal cut off
def test_sigterm_ends_it_with_zero(loopback: Loopback, tmp_path: Path) -> None:
    loopback.gateway.when_ready = lambda: os.kill(os.getpid(), signal.SIGTERM)
    settings = BotSettings.from_environ({"TRADEBOT_TOKEN": TOKEN, "TRADEBOT_STATE": str(tmp_path), "TRADEBOT_DISCORD_API": loopback.api})
    assert run(settings) == 0


async def test_the_status_port_follows_the_client(desk: Desk, loopback: Loopback, tmp_path: Path) -> None:
    async with alive(desk, loopback, tmp_path) as running:
        await loopback.until(lambda: running.pulse().is_ready)
        assert running.pulse().shards == "1/1"
        assert running.pulse().servers == 1
        loopback.gateway.refuse = 1_000
        loopback.do(loopback.gateway.drop())
        await loopback.until(lambda: not running.pulse().is_ready)
        loopback.gateway.refuse = 0
