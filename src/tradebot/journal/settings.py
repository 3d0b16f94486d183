"""What a server may set about the bot; the defaults need no set-up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

SURFACES = ("cards", "embed", "text")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the bot behaves in one server.

    `answer_channels`: ids of channels where questions need no mention · `mentions`: whether it answers mentions elsewhere ·
    `charts`: whether an answer shows its chart at once · `surface`: one of SURFACES · `numbers`: the locale of numbers
    and dates (None: the reader's) · `quiet_from` to `quiet_to` in `time_zone` (an IANA name): silent, slash commands
    answered privately · `corrections`: how many of its own answers a publish may correct in a day (0: none).
    """

    answer_channels: tuple[int, ...] = ()
    mentions: bool = True
    charts: bool = False
    surface: str = "cards"
    numbers: str | None = None
    quiet_from: dt.time | None = None
    quiet_to: dt.time | None = None
    time_zone: str = "UTC"
    corrections: int = 10

    def is_quiet(self, now: dt.datetime) -> bool:
        """Whether an aware moment falls into the quiet hours; they may span midnight."""
        if self.quiet_from is None or self.quiet_to is None:
            return False
        clock = now.astimezone(ZoneInfo(self.time_zone)).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= clock < self.quiet_to
        return clock >= self.quiet_from or clock < self.quiet_to


DEFAULTS = ServerSettings()
