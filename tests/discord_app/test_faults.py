"""What breaks on the wire: each question is answered once, whatever happens to the connection meanwhile."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from discord_app.living import alive
from loopback import Loopback, payloads
from tradebot.desk import Desk
from tradebot.discord_app.app import Running
from tradebot.discord_app.line.steady import LONGEST_PAUSE, Pauses

QUESTION = "deficit with vietnam 2025"


@pytest.fixture
async def bot(desk: Desk, loopback: Loopback, tmp_path: Path) -> AsyncIterator[Running]:
    async with alive(desk, loopback, tmp_path) as running:
        yield running


async def answered_once(loopback: Loopback, message_id: str, *, seconds: float = 15.0) -> None:
    await loopback.until(lambda: loopback.answers_to(message_id), seconds)
    await asyncio.sleep(0.1)
    (post,) = loopback.answers_to(message_id)
    assert "$178.3 bn" in post.text


async def test_a_question_is_answered_over_real_sockets(bot: Running, loopback: Loopback) -> None:
    await answered_once(loopback, loopback.say(QUESTION))
    assert not loopback.answers_to(loopback.say("not for the bot", to_bot=False))


async def test_a_slash_command_and_a_button_are_answered(bot: Running, loopback: Loopback) -> None:
    command = loopback.use("deficit", country="Vietnam", period="2025")
    tap = loopback.tap(f"ask:{payloads.ALICE}:r1:{QUESTION}")
    await loopback.until(lambda: command.callbacks and tap.callbacks)
    assert "$178.3 bn" in command.text
    assert "$178.3 bn" in tap.text


async def test_the_same_event_twice_is_answered_once(bot: Running, loopback: Loopback) -> None:
    command = loopback.use("deficit", country="Vietnam", times=3)
    await answered_once(loopback, loopback.say(QUESTION, times=3))
    await loopback.until(lambda: command.callbacks)
    assert (len(command.callbacks), command.refused, len(command.follow_ups)) == (1, 0, 0)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_an_answer_outlasts_a_server_error(bot: Running, loopback: Loopback, status: int) -> None:
    loopback.fail(status, "/messages", times=2)
    await answered_once(loopback, loopback.say(QUESTION))


@pytest.mark.parametrize("status", [502, 503])
async def test_an_answer_whose_receipt_is_lost_is_not_sent_twice(bot: Running, loopback: Loopback, status: int) -> None:
    loopback.fail(status, "/messages", afterwards=True)
    await answered_once(loopback, loopback.say(QUESTION))


@pytest.mark.parametrize("afterwards", [False, True])
async def test_a_connection_that_breaks_in_the_middle_of_an_answer(bot: Running, loopback: Loopback, *, afterwards: bool) -> None:
    loopback.fail(where="/messages", drop=True, afterwards=afterwards)
    await answered_once(loopback, loopback.say(QUESTION))


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_long_rate_limit_is_waited_for(bot: Running, loopback: Loopback, *, everywhere: bool) -> None:
    loopback.fail(429, "/messages", retry_after=1.5, everywhere=everywhere)
    await answered_once(loopback, loopback.say(QUESTION))


async def test_a_command_is_answered_in_time_after_a_server_error(bot: Running, loopback: Loopback) -> None:
    loopback.fail(503, "/callback")
    command = loopback.use("deficit", country="Vietnam")
    await loopback.until(lambda: command.callbacks, 3)


async def test_a_command_whose_receipt_is_lost_gets_one_answer(bot: Running, loopback: Loopback) -> None:
    loopback.fail(502, "/callback", afterwards=True)
    command = loopback.use("deficit", country="Vietnam")
    await loopback.until(lambda: command.refused)
    assert len(command.callbacks) == 1
    assert "went wrong" not in command.text


@pytest.mark.parametrize("age", [4.0, 16 * 60.0])
async def test_a_command_that_comes_too_late_ends_quietly(bot: Running, loopback: Loopback, age: float) -> None:
    late = loopback.use("deficit", country="Vietnam", age=age)
    await loopback.until(lambda: late.refused)
    await answered_once(loopback, loopback.say(QUESTION))
    assert not late.is_hanging


async def test_what_was_said_while_the_connection_was_down_is_answered_after_resume(bot: Running, loopback: Loopback) -> None:
    loopback.do(loopback.gateway.drop())
    await answered_once(loopback, loopback.say(QUESTION))
    assert loopback.gateway.resumes == 1


async def test_a_session_outlives_a_handshake_that_fails(bot: Running, loopback: Loopback) -> None:
    loopback.gateway.refuse = 1
    loopback.do(loopback.gateway.drop())
    await answered_once(loopback, loopback.say(QUESTION))
    assert (loopback.gateway.resumes, len(loopback.gateway.identifies)) == (1, 1)


async def test_a_shard_that_cannot_be_connected_holds_up_no_other(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback(shards=2).running() as loopback:
        monkeypatch.setattr(Pauses, "delay", lambda _: 3600.0)
        async with alive(desk, loopback, tmp_path, shards=2):
            await loopback.until(lambda: loopback.gateway.begun == 2)
            loopback.gateway.refuse = 1
            loopback.do(loopback.gateway.drop(0))
            await loopback.until(lambda: not loopback.gateway.refuse)
            loopback.do(loopback.gateway.drop(1))
            await answered_once(loopback, loopback.say(QUESTION, guild=1))


def test_no_pause_between_two_attempts_is_longer_than_half_a_minute() -> None:
    pauses = Pauses()
    assert LONGEST_PAUSE / 2 < max(pauses.delay() for _ in range(1_000)) <= LONGEST_PAUSE


async def test_discord_asks_to_reconnect(bot: Running, loopback: Loopback) -> None:
    loopback.do(loopback.gateway.ask_to_reconnect())
    await answered_once(loopback, loopback.say(QUESTION))
    assert (loopback.gateway.resumes, len(loopback.gateway.identifies)) == (1, 1)


async def test_an_invalid_session_that_can_be_resumed(bot: Running, loopback: Loopback) -> None:
    loopback.do(loopback.gateway.invalidate(resumable=True))
    await answered_once(loopback, loopback.say(QUESTION))
    assert loopback.gateway.resumes == 1


async def test_an_invalid_session_begins_a_new_one(bot: Running, loopback: Loopback) -> None:
    loopback.do(loopback.gateway.invalidate(resumable=False))
    await loopback.until(lambda: loopback.gateway.begun == 2)
    await answered_once(loopback, loopback.say(QUESTION))


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009])
async def test_a_close_that_can_be_mended_is_mended(bot: Running, loopback: Loopback, code: int) -> None:
    loopback.do(loopback.gateway.close(code))
    await answered_once(loopback, loopback.say(QUESTION))


BROKEN = [
    json.dumps({"op": 0, "t": "MESSAGE_CREATE", "s": None, "d": {"id": "1", "content": 5}}),
    json.dumps({"op": 0, "t": "MESSAGE_CREATE", "s": None, "d": None}),
    json.dumps({"op": 0, "t": "GUILD_CREATE", "s": None, "d": []}),
    json.dumps({"op": 0, "t": "INTERACTION_CREATE", "s": None, "d": {"id": "7"}}),
    json.dumps({"op": 99, "t": None, "s": None, "d": {}}),
]


@pytest.mark.parametrize("text", BROKEN)
async def test_a_malformed_event_is_skipped(bot: Running, loopback: Loopback, text: str) -> None:
    loopback.do(loopback.gateway.send_raw(text))
    await answered_once(loopback, loopback.say(QUESTION))
    assert len(loopback.gateway.identifies) == 1


async def test_the_log_does_not_repeat_what_a_malformed_event_says(
    bot: Running, loopback: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.do(loopback.gateway.send_raw(json.dumps({"op": 0, "t": "MESSAGE_CREATE", "s": None, "d": {"id": "my secret question"}})))
    await answered_once(loopback, loopback.say(QUESTION))
    assert "could not be read and was skipped" in caplog.text
    assert "my secret question" not in caplog.text


async def test_a_frame_that_is_no_json_begins_another_life(bot: Running, loopback: Loopback) -> None:
    loopback.do(loopback.gateway.send_raw("{"))
    await loopback.until(lambda: loopback.gateway.begun == 2)
    await answered_once(loopback, loopback.say(QUESTION))


async def test_a_server_that_vanishes_and_comes_back(bot: Running, loopback: Loopback) -> None:
    guild = loopback.guilds[0]
    loopback.dispatch("GUILD_DELETE", {"id": guild, "guild_id": guild, "unavailable": True})
    loopback.say("nothing for anybody", to_bot=False)
    loopback.dispatch("GUILD_CREATE", {**payloads.guild(guild), "guild_id": guild})
    await answered_once(loopback, loopback.say(QUESTION))
    assert len(loopback.posts) == 1


async def test_events_in_another_order_are_all_answered(bot: Running, loopback: Loopback) -> None:
    """Messages of a server that the bot has not heard of yet, or no more."""
    guild = loopback.guilds[0]
    loopback.dispatch("GUILD_DELETE", {"id": guild, "guild_id": guild})
    early = loopback.say(QUESTION)
    loopback.say("not for the bot", to_bot=False)
    await answered_once(loopback, early)
    assert len(loopback.posts) == 1
