"""Which shards run here, as an operator says it."""

from __future__ import annotations

import pytest

from tradebot.operations.shards import Shards, ShardsError


@pytest.mark.parametrize(
    ("count", "ids", "host", "expected"),
    [
        (4, None, "box", (0, 1, 2, 3)),
        (8, "0-3,7", "box", (0, 1, 2, 3, 7)),
        (4, " 1, 2 ", "box", (1, 2)),
        (4, "1,1", "box", (1,)),
        (8, "ordinal:2", "tradebot-3", (6, 7)),
        (2, "ordinal:1", "tradebot-0", (0,)),
    ],
)
def test_ids_are_read(count: int, ids: str | None, host: str, expected: tuple[int, ...]) -> None:
    assert Shards.read(count, ids, host) == Shards(count, expected)


def test_nothing_said_lets_discord_choose() -> None:
    assert Shards.read(None, None, "box") is None


@pytest.mark.parametrize(
    ("count", "ids", "host", "says"),
    [
        (None, "0", "box", "needs --shard-count"),
        (2, "0,2", "box", "ids are 0 to 1"),
        (2, "x", "box", "cannot be read"),
        (2, "3-1", "box", "names no shard"),
        (4, "ordinal:2", "box", "ends in a number"),
        (4, "ordinal:2", "tradebot-2", "Shard 4 does not exist"),
        (0, None, "box", "at least 1"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(count: int | None, ids: str | None, host: str, says: str) -> None:
    with pytest.raises(ShardsError, match=says):
        Shards.read(count, ids, host)
