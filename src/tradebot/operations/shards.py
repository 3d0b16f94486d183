"""Which shards of how many this process runs: given, or worked out from a StatefulSet's ordinal.

“0-3,7” ─▶ (0, 1, 2, 3, 7)      “ordinal:2” on the host “tradebot-3” ─▶ (6, 7)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_ORDINAL = re.compile(r"ordinal:([1-9]\d{0,3})")
_HOST_ORDINAL = re.compile(r"-(\d{1,5})$")


class ShardsError(ValueError):
    """The numbers cannot be used; the text is the one sentence the operator reads."""


@dataclass(frozen=True, slots=True)
class Shards:
    """`ids` are all below `count`, and there is at least one."""

    count: int
    ids: tuple[int, ...]

    @classmethod
    def read(cls, count: int | None, ids: str | None, host: str) -> Shards | None:
        """From the options; None where nothing is said, and Discord may choose. Raises ShardsError."""
        if count is None:
            if ids:
                raise ShardsError("--shard-ids needs --shard-count: how many shards all processes have together.")
            return None
        if count < 1:
            raise ShardsError("--shard-count must be at least 1.")
        chosen = _ids(ids, host) if ids else tuple(range(count))
        wrong = [each for each in chosen if each >= count]
        if wrong:
            raise ShardsError(f"Shard {wrong[0]} does not exist: with --shard-count {count} the ids are 0 to {count - 1}.")
        return cls(count, chosen)

    @property
    def is_all(self) -> bool:
        """Whether this process is the whole bot."""
        return len(self.ids) == self.count


ONE = Shards(1, (0,))


def _ids(said: str, host: str) -> tuple[int, ...]:
    if ordinal := _ORDINAL.fullmatch(said.strip()):
        return _of_ordinal(int(ordinal[1]), host)
    found: dict[int, None] = {}
    for part in said.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise ShardsError(f"--shard-ids {said!r} cannot be read: write 0,1 or 0-3 or ordinal:2.")
        first = int(match[1])
        found.update(dict.fromkeys(range(first, int(match[2] or first) + 1)))
    if not found:
        raise ShardsError(f"--shard-ids {said!r} names no shard.")
    return tuple(found)


def _of_ordinal(each: int, host: str) -> tuple[int, ...]:
    """The shards of the pod whose host name ends in -N, `each` to a pod."""
    match = _HOST_ORDINAL.search(host)
    if match is None:
        raise ShardsError(
            f"--shard-ids ordinal:{each} needs a host name that ends in a number, as a StatefulSet gives; this one is {host!r}."
        )
    first = int(match[1]) * each
    return tuple(range(first, first + each))
