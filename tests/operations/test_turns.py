"""Turns at IDENTIFY: never two of one place within the seconds, in one process or in several."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tradebot.journal.database import address
from tradebot.operations.turns import FileTurns, PostgresTurns, Turns

SECONDS = 0.4


async def spacing(*taking: tuple[Turns, int]) -> list[float]:
    """When each turn was given, after the first, in seconds."""
    given: list[float] = []

    async def take(turns: Turns, place: int) -> None:
        await turns.wait(place)
        given.append(time.monotonic())

    await asyncio.gather(*(take(*each) for each in taking))
    return [at - given[0] for at in sorted(given)]


async def test_one_process_spaces_its_own_shards() -> None:
    turns = Turns(SECONDS)
    first, second, third = await spacing((turns, 0), (turns, 0), (turns, 0))
    assert first == 0
    assert second >= SECONDS * 0.9
    assert third >= SECONDS * 1.9


async def test_places_do_not_wait_for_each_other() -> None:
    turns = Turns(SECONDS)
    assert max(await spacing((turns, 0), (turns, 1), (turns, 2))) < SECONDS / 2


async def test_processes_on_one_machine_share_their_turns(tmp_path: Path) -> None:
    one, other = FileTurns(tmp_path / "state", SECONDS), FileTurns(tmp_path / "state", SECONDS)
    assert (await spacing((one, 0), (other, 0)))[1] >= SECONDS * 0.9


async def test_processes_on_many_machines_share_their_turns(postgres_url: str) -> None:
    one, other = PostgresTurns(address(postgres_url), SECONDS), PostgresTurns(address(postgres_url), SECONDS)
    assert (await spacing((one, 0), (other, 0)))[1] >= SECONDS * 0.9


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: FileTurns(folder / "file" / "state", SECONDS),
        lambda _: PostgresTurns(address("postgresql://nobody@127.0.0.1:9/none"), SECONDS),
    ],
)
async def test_where_nothing_can_be_shared_a_process_keeps_count_alone(
    make: Callable[[Path], Turns], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    turns = make(tmp_path)
    assert (await spacing((turns, 0), (turns, 0)))[1] >= SECONDS * 0.9
    assert "not shared" in caplog.text
