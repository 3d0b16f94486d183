"""Answering: a Query becomes an Answer. One module per family of answers, each with `answer(query, knowledge, today)`.

    FAMILIES["measure"](query, knowledge, today) → Answer

A module is imported when its family is first asked for; what lies in this folder is what there is.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tradebot.answer import Answer
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

Family = Callable[[Query, Knowledge, dt.date], Answer]


class _Families(Mapping[str, Family]):
    """Name of a module here that has an `answer` → that function."""

    def __init__(self, folder: Path) -> None:
        self._names = tuple(sorted(path.stem for path in folder.glob("*.py") if "\ndef answer(" in path.read_text(encoding="utf-8")))

    def __getitem__(self, name: str) -> Family:
        if name not in self._names:
            raise KeyError(name)
        family: Family = importlib.import_module(f"{__name__}.{name}").answer
        return family

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


FAMILIES: Mapping[str, Family] = _Families(Path(__file__).parent)
