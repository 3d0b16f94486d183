"""Logs for whoever reads them: lines on a terminal, JSON for a collector; never a token, never what somebody wrote.

logging (ours, discord.py's) ─▶ brief ─▶ redact ─▶ text or JSON ─▶ standard error
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from tradebot.operations.supervisor import reason

HIDDEN = "[hidden]"
OURS = "tradebot"
_NOISY = ("Failed to connect for shard_id", "Attempting a reconnect for shard")
"""discord.py says these with a traceback; the supervisor and the metrics say them better."""


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
                structlog.processors.format_exc_info,
                Redactor(secrets),
                renderer,
            ],
        )
    )
    handler.addFilter(lambda record: not str(record.msg).startswith(_NOISY))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)


def _text(*, colours: bool) -> Processor:
    return structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)


def brief(_: object, __: str, event: EventDict) -> EventDict:
    """An error of a library as its kind and first line; only our own come with a traceback."""
    error = event.get("exc_info")
    if error and not str(event.get("logger", "")).startswith(OURS):
        found = sys.exc_info()[1] if error is True else error[1] if isinstance(error, tuple) else error
        event.pop("exc_info")
        event["error"] = reason(found)
    return event


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
