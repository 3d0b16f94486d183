"""Logs for whoever reads them: lines on a terminal, JSON for a collector; never a token, never what somebody wrote.

logging (ours, discord.py's) ─▶ brief ─▶ frames ─▶ redact ─▶ text or JSON ─▶ standard error
"""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from collections.abc import Iterable
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, ExcInfo, Processor

from tradebot.operations.supervisor import reason

log = logging.getLogger("tradebot.loop")

HIDDEN = "[hidden]"
OURS = "tradebot"
_NOISY = (
    "Failed to connect for shard_id",
    "logging in using static token",
    "PyNaCl is not installed",
    "davey is not installed",
    "setup plugin alembic",
    "Context impl",
    "Will assume",
)
"""How lines of discord.py and alembic begin that tell an operator nothing, or what the supervisor and the metrics say better."""


def configure(secrets: Iterable[str] = (), *, stream: TextIO | None = None, as_json: bool | None = None) -> None:
    """Sets the root logger up. `as_json` None: JSON unless the stream is a terminal."""
    out = stream or sys.stderr
    plain = out.isatty() if as_json is None else not as_json
    renderer = _text(colours=out.isatty()) if plain else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                brief,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(frames),
                Redactor(secrets),
                renderer,
            ],
        )
    )
    handler.addFilter(lambda record: not record.getMessage().startswith(_NOISY))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)


def _text(*, colours: bool) -> Processor:
    return structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)


def unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What went wrong where nobody waited for it; asyncio's own line repeats the error, and with it what somebody may have written."""
    log.error("%s", str(context["message"]).partition("\n")[0], exc_info=context.get("exception"))


def brief(_: object, __: str, event: EventDict) -> EventDict:
    """An error of a library as its kind and first line; only our own come with a traceback."""
    error = event.get("exc_info")
    if error and not str(event.get("logger", "")).startswith(OURS):
        found = sys.exc_info()[1] if error is True else error[1] if isinstance(error, tuple) else error
        event.pop("exc_info")
        event["error"] = reason(found)
    return event


def frames(exc_info: ExcInfo) -> str:
    """A traceback without the errors' own words: those may repeat what somebody wrote."""
    error: BaseException | None = exc_info[1]
    parts = []
    while error is not None:
        parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or error.__context__
    return "Traceback (most recent call last):\n" + "\nafter\n".join(parts)


class Redactor:
    """Puts “[hidden]” where a secret would stand."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = [each for each in secrets if each]

    def __call__(self, _: object, __: str, event: EventDict) -> EventDict:
        return {key: self._clean(value) for key, value in event.items()}

    def _clean(self, value: Any) -> Any:
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, HIDDEN)
        return value
