"""Differences: every value in which two snapshots are not alike, at its place; none where every answer must be the same.

    partners.VN.aliases: ("vietnam",) → ("vietnam", "viet nam")      record.years.VN.imports.values[40]: 193857.8 → 1938578

It looks at the values, not at the files: what a comment or a blank line says changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from pydantic import BaseModel

_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Difference:
    """One value: `before` is None where there was none, `after` where there is none any more."""

    place: str
    before: object
    after: object

    def __str__(self) -> str:
        return f"{self.place}: {_shown(self.before)} → {_shown(self.after)}"


def differences(before: object, after: object, place: str = "") -> Iterator[Difference]:
    """What is not alike, in the order of the parts."""
    if before is after or (isinstance(before, BaseModel) and before == after):
        return
    pairs = _parts(before, after)
    if pairs is None:
        if not _alike(before, after):
            yield Difference(place, before, after)
        return
    for name, old, new in pairs:
        yield from differences(old, new, f"{place}.{name}".removeprefix("."))


def _parts(before: object, after: object) -> list[tuple[str, object, object]] | None:
    """The parts of two values by name; None for values that have none, or that have other parts than each other."""
    if type(before) is not type(after):
        return None
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        shared = [key for key in before if key in after]
        if shared != [key for key in after if key in before]:
            return [("order", list(before), list(after))]  # whoever comes first wins where several fit
        return [(_name(key), before.get(key), after.get(key)) for key in {**before, **after}]
    if isinstance(before, memoryview) and isinstance(after, memoryview):
        if before.tobytes() == after.tobytes():
            return []
        return _numbered(before.tolist(), after.tolist()) if len(before) == len(after) else None
    if isinstance(before, tuple) and isinstance(after, tuple):
        return _listed(before, after)
    names = _field_names(before)
    return None if names is None else [(name, getattr(before, name), getattr(after, name)) for name in names]


def _listed(before: tuple[object, ...], after: tuple[object, ...]) -> list[tuple[str, object, object]] | None:
    """Things with ids by their ids, other lists of one length by number."""
    if before == after:
        return []
    old, new = _by_id(before), _by_id(after)
    if old and new:
        return _parts(old, new)
    return _numbered(before, after) if len(before) == len(after) and len(before) > 8 else None


def _by_id(items: tuple[object, ...]) -> dict[str, object]:
    ids = [getattr(item, "id", None) for item in items]
    return dict(zip(map(str, ids), items, strict=True)) if all(ids) and len(set(ids)) == len(ids) else {}


def _numbered(before: Sequence[object], after: Sequence[object]) -> list[tuple[str, object, object]]:
    return [(str(at), *pair) for at, pair in enumerate(zip(before, after, strict=True))]


def _field_names(value: object) -> list[str] | None:
    if isinstance(value, BaseModel):
        return list(type(value).model_fields)
    if is_dataclass(value):
        return [field.name for field in fields(value) if field.compare]
    return None


def _alike(before: object, after: object) -> bool:
    if isinstance(before, float) and isinstance(after, float) and math.isnan(before) and math.isnan(after):
        return True
    return type(before) is type(after) and before == after


def _name(key: object) -> str:
    return ".".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
