"""What the bot did, as the server saw it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from loopback.payloads import Json

LATE_SECONDS, TOKEN_SECONDS = 3.0, 15 * 60.0


@dataclass(slots=True)
class Post:
    """A message that the bot sent. `replies_to` is the message it answers; `files` are (name, size in bytes)."""

    id: str
    channel_id: str
    payload: Json
    files: tuple[tuple[str, int], ...] = ()
    at: float = field(default_factory=time.monotonic)
    edits: list[Json] = field(default_factory=list)
    deleted: bool = False

    @property
    def replies_to(self) -> str | None:
        reference = self.payload.get("message_reference")
        return str(reference["message_id"]) if reference else None

    @property
    def text(self) -> str:
        """All that a person reads: the content, the embeds, the text of every component."""
        return "\n".join(_texts(self.payload))


def _texts(node: object) -> Iterable[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key in {"content", "description", "text", "title", "label", "value", "name"}:
                yield value
            else:
                yield from _texts(value)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)


@dataclass(slots=True)
class Interaction:
    """A command or a tap and everything the bot answered to it. `age` is added to how long ago it happened, seconds; `files` as in Post."""

    id: str
    token: str
    age: float = 0.0
    at: float = field(default_factory=time.monotonic)
    callbacks: list[Json] = field(default_factory=list)
    refused: int = 0
    edits: list[Json] = field(default_factory=list)
    follow_ups: list[Json] = field(default_factory=list)
    files: tuple[tuple[str, int], ...] = ()
    deleted: bool = False

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.at + self.age

    @property
    def text(self) -> str:
        """All that the person reads."""
        return "\n".join(text for each in (*self.callbacks, *self.edits, *self.follow_ups) for text in _texts(each))

    @property
    def is_hanging(self) -> bool:
        """Whether the person still looks at “thinking …”: deferred, and nothing came after it."""
        deferred = any(each["type"] in {5, 6} for each in self.callbacks)
        return deferred and not self.edits and not self.follow_ups and not self.deleted

    def refusal(self) -> int | None:
        """Discord's error code for a first answer now: 10062 too late, 40060 answered already."""
        if self.callbacks:
            return 40060
        return 10062 if self.seconds > LATE_SECONDS else None
