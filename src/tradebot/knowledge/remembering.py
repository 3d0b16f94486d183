"""What was worked out from something that never changes is kept with it, and with whoever shares it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import ClassVar, Self, TypeVar, TypeVarTuple, cast

T = TypeVar("T")
Arguments = TypeVarTuple("Arguments")


_NOTHING = object()


class Remembering:
    """An immutable value; its fields end with a dictionary `_remembered` that is no part of it. Threads may share it.

    `REMEMBERED` things that were worked out from it are kept, a few MB at most; then it begins anew.
    """

    __slots__ = ()
    REMEMBERED: ClassVar[int] = 1_024
    _remembered: dict[Hashable, object]

    def remember(self, work_out: Callable[[Self, *Arguments], T], *arguments: *Arguments) -> T:
        """What a function makes of this value and some hashable arguments: worked out once, as neither ever changes."""
        key = (work_out, *arguments)
        held = self._remembered.get(key, _NOTHING)
        if held is not _NOTHING:
            return cast("T", held)
        found = work_out(self, *arguments)
        if len(self._remembered) >= self.REMEMBERED:
            self._remembered.clear()
        self._remembered[key] = found
        return found
