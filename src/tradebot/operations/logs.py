"""Logs for whoever reads them: lines on a terminal, JSON for a collector; never a token, never what somebody wrote.

logging (ours, discord.py's) ─▶ fields, an error brief or with its frames ─▶ secrets hidden ─▶ text or JSON ─▶ standard error
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import Any, TextIO, TypeAlias

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


Fields: TypeAlias = dict[str, str]
Draw: TypeAlias = Callable[[Fields], str]

_COLOURS = {"warning": "\033[33m", "error": "\033[31m", "critical": "\033[31m"}
_PLAIN = "\033[0m"


def configure(secrets: Iterable[str] = (), *, stream: TextIO | None = None, as_json: bool | None = None) -> None:
    """Sets the root logger up. `as_json` None: JSON unless the stream is a terminal."""
    out = stream or sys.stderr
    is_terminal = out.isatty()
    plain = is_terminal if as_json is None else not as_json
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines(secrets, (coloured if is_terminal else text) if plain else json.dumps))
    handler.addFilter(lambda record: not record.getMessage().startswith(_NOISY))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)


class Lines(logging.Formatter):
    """What happened as fields, each with its secrets hidden, drawn as one entry."""

    def __init__(self, secrets: Iterable[str], draw: Draw) -> None:
        super().__init__()
        self._secrets = [each for each in secrets if each]
        self._draw = draw

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, tz=dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        fields = {"event": record.getMessage(), "level": record.levelname.lower(), "logger": record.name, "timestamp": at}
        error = record.exc_info[1] if record.exc_info else None
        return self._draw({name: self._clean(value) for name, value in (fields | _told(record.name, error)).items()})

    def _clean(self, value: str) -> str:
        for secret in self._secrets:
            value = value.replace(secret, HIDDEN)
        return value


def text(fields: Fields) -> str:
    """“2026-11-26T11:28:30.538277Z [info     ] connected, in 3 servers        [tradebot.discord]”."""
    told = [f"error={fields['error']!r}"] if "error" in fields else []
    line = " ".join([fields["timestamp"], f"[{fields['level']:<9}]", f"{fields['event']:<30}", f"[{fields['logger']}]", *told])
    return f"{line}\n{fields['exception']}" if "exception" in fields else line


def coloured(fields: Fields) -> str:
    """The same with what is serious in colour."""
    colour = _COLOURS.get(fields["level"])
    return f"{colour}{text(fields)}{_PLAIN}" if colour else text(fields)


def unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What went wrong where nobody waited for it; asyncio's own line repeats the error, and with it what somebody may have written."""
    log.error("%s", str(context["message"]).partition("\n")[0], exc_info=context.get("exception"))


def _told(logger: str, error: BaseException | None) -> Fields:
    """An error of a library as its kind and first line; only our own come with a traceback."""
    if error is None:
        return {}
    return {"exception": frames(error)} if logger.startswith(OURS) else {"error": reason(error)}


def frames(found: BaseException) -> str:
    """A traceback without the errors' own words: those may repeat what somebody wrote."""
    error: BaseException | None = found
    parts = []
    while error is not None:
        parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
        error = error.__cause__ or error.__context__
    return "Traceback (most recent call last):\n" + "\nafter\n".join(parts)
