"""When to hold back: cooldowns, quiet hours, mentions switched off; and which answers still follow their question.

Stated limits: a person has five questions in twenty seconds in one channel (or what the operator says), a channel four
times that among all; who asks more is told once how long to wait. For a minute an answer follows its question: edited
with it, deleted with it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from discord.app_commands import Cooldown

PER_PERSON = 5
PEOPLE = 4
"""How many people may ask as much as they can in one channel."""
SECONDS = 20.0
FOLLOWS = dt.timedelta(minutes=1)
REMEMBERED = 5_000

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Person = tuple[int | None, int]
"""Somebody in a channel."""


class Recent(OrderedDict[K, V], Generic[K, V]):
    """What happened last, up to REMEMBERED of it."""

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > REMEMBERED:
            self.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Followed:
    """A question that was answered in a message: what it said, whether it was only overheard, and where the answer is.

    `is_card` says whether the answer is made of components, which no edit can change.
    """

    question: str
    ambient: bool
    answer: int
    is_card: bool
    until: dt.datetime


class Manners:
    """What one client remembers of the last minutes; nothing is lost with it but patience."""

    def __init__(self, questions: int = PER_PERSON) -> None:
        self.followed: Recent[int, Followed] = Recent()
        self._per_person = questions
        self._per_channel = questions * PEOPLE
        self._people: Recent[Person, Cooldown] = Recent()
        self._channels: Recent[int, Cooldown] = Recent()
        self._told: Recent[Person, dt.datetime] = Recent()

    def wait(self, channel: int | None, person: int, now: dt.datetime) -> int:
        """Seconds to wait before the next question, 0 where it may be asked: then it counts."""
        limits = [_of(self._people, (channel, person), self._per_person)]
        if channel is not None:
            limits.append(_of(self._channels, channel, self._per_channel))
        at = now.timestamp()
        if left := max(limit.get_retry_after(at) for limit in limits):
            return math.ceil(left)
        for limit in limits:
            limit.update_rate_limit(at)
        return 0

    def is_told(self, channel: int | None, person: int, now: dt.datetime, seconds: int) -> bool:
        """Whether the person knows already that they have to wait; from now on they do."""
        known = self._told.get((channel, person), now) > now
        if not known:
            self._told[channel, person] = now + dt.timedelta(seconds=seconds)
        return known


def _of(limits: Recent[K, Cooldown], key: K, questions: int) -> Cooldown:
    if (held := limits.get(key)) is None:
        held = limits[key] = Cooldown(questions, SECONDS)
    return held


def please_wait(seconds: int) -> str:
    return f"That is a lot at once; please ask again in {seconds} second{'s' if seconds > 1 else ''}."
