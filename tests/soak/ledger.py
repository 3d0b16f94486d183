"""What was asked, what came of it, and whether that is as it must be."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from loopback import Interaction, Loopback
from tradebot.discord_app.line.steady import LONGEST_PAUSE

SETTLE_SECONDS = LONGEST_PAUSE + 15.0


@dataclass(slots=True)
class Ledger:
    """What was asked in which server; `excused` is what Discord itself lost, or a process that was killed over it."""

    loopback: Loopback
    messages: dict[str, int] = field(default_factory=dict)
    interactions: list[tuple[Interaction, int]] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)

    def asked(self, message_id: str, guild: int) -> None:
        self.messages[message_id] = guild

    def used(self, interaction: Interaction, guild: int) -> None:
        self.interactions.append((interaction, guild))

    def excuse_open(self) -> None:
        """The session is gone, and with it what was not yet answered: Discord does not send it again."""
        self.excused |= {*self.unanswered(), *(each.id for each in self._used() if not each.callbacks)}

    def excuse_killed(self, guilds: Collection[int]) -> None:
        """The process of these servers is gone with all that it was at."""
        self.excused |= {each for each in self.unanswered() if self.messages[each] in guilds}
        self.excused |= {each.id for each, guild in self.interactions if guild in guilds and (not each.callbacks or each.is_hanging)}

    def _used(self) -> Iterator[Interaction]:
        return (each for each, _ in self.interactions)

    def excuse(self, number: str) -> None:
        self.excused.add(number)

    def replies(self) -> int:
        return len(self.loopback.posts) + sum(len(each.callbacks) for each in self._used())

    def charts(self) -> int:
        """Pictures that came with replies."""
        return sum(len(files) for files in (*(each.files for each in self.loopback.posts), *(each.files for each in self._used())))

    def unanswered(self) -> list[str]:
        answered = {post.replies_to for post in self.loopback.posts}
        return [each for each in self.messages if each not in answered]

    def lost(self) -> list[str]:
        silent = [each.id for each in self._used() if not each.callbacks and not each.refused]
        return [each for each in (*self.unanswered(), *silent) if each not in self.excused]

    def late(self) -> list[str]:
        """What the bot would have answered, but got to know of too late: the connection was down when it happened."""
        return [each.id for each in self._used() if each.refused and not each.callbacks]

    def duplicates(self) -> list[str]:
        replies = [post.replies_to for post in self.loopback.posts if post.replies_to]
        twice = [each.id for each in self._used() if len(each.callbacks) > 1]
        return [*{each for each in replies if replies.count(each) > 1}, *twice]

    def hanging(self) -> list[str]:
        return [each.id for each in self._used() if each.is_hanging and each.id not in self.excused]

    def settle(self) -> None:
        """Gives what is under way the time that it may take."""
        until = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < until and (self.lost() or self.hanging()):
            time.sleep(0.2)
