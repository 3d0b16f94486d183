"""Which events reach discord.py's own parsers."""

from __future__ import annotations

from typing import Any

import pytest

from loopback import payloads
from tradebot.discord_app.line.intake import Intake
from tradebot.operations.metrics import Metrics

PERSON, ROBOT = payloads.user(), payloads.user("3001", "robot", bot=True)


@pytest.mark.parametrize(
    ("event", "data", "heard"),
    [
        ("MESSAGE_CREATE", payloads.message("1", "top 5", author=PERSON), True),
        ("MESSAGE_CREATE", payloads.message("1", "top 5", author=payloads.BOT), False),
        ("MESSAGE_CREATE", payloads.message("1", "top 5", author=ROBOT), False),
        ("MESSAGE_CREATE", payloads.message("1", "top 5", author=PERSON) | {"webhook_id": "7"}, False),
        ("MESSAGE_CREATE", payloads.message("1", "top 5") | {"author": "nobody"}, True),
        ("MESSAGE_CREATE", payloads.message("1", "", author=PERSON, guild_id="9"), False),
        ("MESSAGE_CREATE", payloads.message("1", "top 5", author=PERSON, guild_id="9"), True),
        ("MESSAGE_CREATE", payloads.message("1", "", author=PERSON), True),
        ("MESSAGE_CREATE", ["no message"], True),
        ("MESSAGE_UPDATE", payloads.message("1", "top 5", author=ROBOT), True),
        ("INTERACTION_CREATE", payloads.interaction("5", payloads.slash("help")), True),
    ],
)
def test_what_nobody_is_answered_by_is_not_even_parsed(event: str, data: Any, heard: bool) -> None:
    parsed: list[Any] = []
    parsers = {event: parsed.append}
    Intake(parsers, Metrics())
    parsers[event](data)
    assert parsed == ([data] if heard else [])
