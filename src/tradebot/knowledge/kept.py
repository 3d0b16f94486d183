"""What the last load made of each file is kept: while its bytes are the same, revisions share it, and nothing is made twice.

A value is kept with all that it was made of, and only where nothing was wrong. So it can be handed on to whoever has the
same ingredients, in any folder: it must be immutable, and hang on nothing else. One value is kept of each place, so that their
number is that of the files; older ones live as long as the revisions that hold them.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from tradebot.knowledge.problems import Problems

PLACES_KEPT = 4_096
"""The packaged knowledge has some 600 files."""

T = TypeVar("T")
_PLAIN = (bytes, str)

_kept: OrderedDict[Hashable, tuple[tuple[object, ...], object]] = OrderedDict()


def kept(place: Hashable, of: tuple[object, ...], make: Callable[[Problems], T], problems: Problems) -> T:
    """What `make` makes of the ingredients `of`, or made of them when this place was last asked for.

    Ingredients are the same where they are one object, equal bytes or text, or tuples of the same. A value with problems
    is made anew each time.
    """
    held = _kept.get(place)
    if held is not None and _same(held[0], of):
        return cast("T", held[1])
    found = Problems()
    value = make(found)
    problems.extend(found)
    if not found:
        _keep(place, (of, value))
    return value


def shared(place: Hashable, of: tuple[object, ...], make: Callable[[], T]) -> T:
    """As kept, of what cannot be wrong."""
    return kept(place, of, lambda _: make(), Problems())


def digest_of(data: bytes) -> bytes:
    """Stands for the bytes of a file among the ingredients."""
    return hashlib.blake2b(data, digest_size=16).digest()


def _keep(place: Hashable, entry: tuple[tuple[object, ...], object]) -> None:
    _kept[place] = entry
    while len(_kept) > PLACES_KEPT:
        _kept.popitem(last=False)


def _same(before: object, now: object) -> bool:
    if before is now:
        return True
    if isinstance(before, tuple) and isinstance(now, tuple):
        return len(before) == len(now) and all(map(_same, before, now))
    return type(before) in _PLAIN and before == now
