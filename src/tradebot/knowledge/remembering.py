"""What was worked out from something that never changes is kept with it, and with whoever shares it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Self, TypeVar, TypeVarTuple, cast

REMEMBERED = 1_024
"""Things worked out from one value that are kept, a few MB at most; then it begins anew."""

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")


class Remembering:
    """An immutable value; its fields end with a dictionary `_remembered` that is no part of it."""

    __slots__ = ()
    _remembered: dict[Hashable, object]

    def remember(self, work_out: Callable[[Self, *Arguments], T], *arguments: *Arguments) -> T:
        """What a function makes of this value and some hashable arguments: worked out once, as neither ever changes."""
        key = (work_out, *arguments)
        if key in self._remembered:
            return cast("T", self._remembered[key])
        found = work_out(self, *arguments)
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = found
        return found
