"""What comes in from the gateway: each event once, a malformed one skipped, none any more once the bot is to stop.

    gateway ─▶ ConnectionState.parsers[event] ─▶ Intake ─▶ discord.py's own parser ─▶ tasks

discord.py ends the whole connection when one event cannot be parsed, and hears the same message twice when Discord
sends it twice. What nobody is answered by is not even parsed: what people say to each other, which arrives without its text, and
what programs say, this bot above all, whose cards have twenty components that would each become an object.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from tradebot.operations.metrics import Metrics

log = logging.getLogger("tradebot.discord")

ONCE = frozenset({"MESSAGE_CREATE", "INTERACTION_CREATE"})
REMEMBERED = 2_000
"""What Discord sends twice, it sends again within moments."""
IN_FLIGHT = ("discord.py: on_", "CommandTree-invoker", "discord-ui-")
"""How discord.py names the tasks in which it handles what came in."""

Parser = Callable[[Any], Any]


class Intake:
    """Stands before the parsers of one client."""

    def __init__(self, parsers: dict[str, Parser], metrics: Metrics) -> None:
        self.is_open = True
        self._metrics = metrics
        self._seen: OrderedDict[str, None] = OrderedDict()
        for event, parser in list(parsers.items()):
            parsers[event] = self._guarded(event, parser)

    def _guarded(self, event: str, parser: Parser) -> Parser:
        def parse(data: Any) -> None:
            if event in ONCE and (_is_for_others(event, data) or not self._is_new(event, data)):
                return
            try:
                parser(data)
            except Exception as error:  # noqa: BLE001 - Discord's data, discord.py's parser: one event is lost, not all
                self._metrics.malformed.inc()
                log.warning("a %s event could not be read and was skipped: %s", event, type(error).__name__)

        return parse

    def _is_new(self, event: str, data: Any) -> bool:
        """Whether the bot may react to it: it is not stopping, and did not have this one before."""
        number = f"{event}:{data.get('id')}" if isinstance(data, dict) else event
        if not self.is_open or number in self._seen:
            return False
        self._seen[number] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def drain(self, seconds: float) -> int:
        """Takes nothing new and waits for what is in flight; returns how many tasks are still at it after so long."""
        self.is_open = False
        deadline = asyncio.get_running_loop().time() + seconds
        while busy := in_flight():
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return len(busy)
            await asyncio.wait(busy, timeout=left)
        return 0


def _is_for_others(event: str, data: Any) -> bool:
    """Whether a message is a bot's or a webhook's, or one of a server whose text Discord keeps back, as it was not for the bot."""
    if event != "MESSAGE_CREATE" or not isinstance(data, dict):
        return False
    author = data.get("author")
    is_of_a_program = data.get("webhook_id") or (isinstance(author, dict) and author.get("bot"))
    return bool(is_of_a_program or (data.get("guild_id") and not data.get("content")))


def in_flight() -> set[asyncio.Task[Any]]:
    """The tasks that are handling something somebody did."""
    return {task for task in asyncio.all_tasks() if task.get_name().startswith(IN_FLIGHT)}
