"""The kinds of pictures of kinds.yaml, and one of them composed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tradebot.pictures.composed import Composed
from tradebot.presentation.voice import Spoken

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 23)
KINDS: list[dict[str, Any]] = yaml.safe_load((HERE / "kinds.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Shown:
    """A composed picture, and everything that backs the numbers in it."""

    composed: Composed
    backed: tuple[Spoken, ...]
