"""What a probe, a scraper and an operator are told."""

from __future__ import annotations

import asyncio
import math
import socket
from dataclasses import replace

import aiohttp
import pytest
from click.testing import CliRunner

from tradebot.cli import commands
from tradebot.operations.health import NOT_YET, STALE_SECONDS, Address, AddressError, Pulse, status_server
from tradebot.operations.metrics import Metrics

WELL = Pulse(connected=True, heartbeat_age=3.0, knowledge="r7", servers=5, shards="2/2", journal_pending=4, journal_lost=1)


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("pulse", "status"),
    [(WELL, 200), (NOT_YET, 503), (replace(WELL, heartbeat_age=STALE_SECONDS), 503), (replace(WELL, heartbeat_age=math.inf), 503)],
)
async def test_it_is_ready_only_while_the_gateway_answers(pulse: Pulse, status: int) -> None:
    async with status_server(Address("127.0.0.1", 0), lambda: pulse, Metrics()) as port:
        assert (await get(port, "/healthz"))[0] == 200
        assert (await get(port, "/readyz"))[0] == status


async def test_readiness_says_which_knowledge_and_which_shards() -> None:
    async with status_server(Address("127.0.0.1", 0), lambda: WELL, Metrics()) as port:
        text = (await get(port, "/readyz"))[1]
    assert '"knowledge": "r7"' in text
    assert '"shards": "2/2"' in text


async def test_metrics_are_counted_and_shown() -> None:
    metrics = Metrics()
    metrics.answered("answer", "partner_balance", 0.002)
    metrics.answered("refuse", None, 0.001)
    async with status_server(Address("127.0.0.1", 0), lambda: WELL, metrics) as port:
        text = (await get(port, "/metrics"))[1]
    assert 'tradebot_questions_total{intent="partner_balance",outcome="answer"} 1.0' in text
    assert "tradebot_misses_total 1.0" in text
    assert "tradebot_journal_pending 4.0" in text
    assert 'tradebot_knowledge{revision="r7"} 1.0' in text


@pytest.mark.parametrize(("said", "expected"), [("9000", ("127.0.0.1", 9000)), ("10.1.2.3:80", ("10.1.2.3", 80)), ("[::1]:9", ("::1", 9))])
def test_an_address_is_loopback_unless_it_says_otherwise(said: str, expected: tuple[str, int]) -> None:
    assert Address.read(said) == Address(*expected)


@pytest.mark.parametrize("said", ["", "x", "host:", "70000", "1.2.3.4:x"])
def test_what_is_no_address_is_said(said: str) -> None:
    with pytest.raises(AddressError, match="cannot be read"):
        Address.read(said)


@pytest.mark.parametrize(("pulse", "code"), [(WELL, 0), (NOT_YET, 1)])
async def test_the_health_command_says_whether_it_answers(pulse: Pulse, code: int) -> None:
    async with status_server(Address("127.0.0.1", 0), lambda: pulse, Metrics()) as port:
        result = await asyncio.to_thread(CliRunner().invoke, commands, ["health", "--status", str(port)])
    assert result.exit_code == code
    assert '"knowledge"' in result.stdout


def test_the_health_command_needs_to_know_where() -> None:
    result = CliRunner().invoke(commands, ["health"], env={"TRADEBOT_STATUS": None})
    assert result.exit_code == 2
    assert "TRADEBOT_STATUS" in result.stderr


def test_the_health_command_says_that_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        result = CliRunner().invoke(commands, ["health", "--status", str(taken.getsockname()[1])])
    assert result.exit_code == 1
    assert "does not answer" in result.stderr
