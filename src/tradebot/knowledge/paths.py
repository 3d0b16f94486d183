"""Where the knowledge and the templates lie: in the checkout, inside an installed package, or where we are told."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT = "TRADEBOT_KNOWLEDGE"
_PACKAGE = Path(__file__).resolve().parent.parent


def packaged() -> Path:
    """The directory that holds `knowledge/` and `templates/`: `_data` of a wheel, the top of a checkout."""
    data = _PACKAGE / "_data"
    return data if data.is_dir() else _PACKAGE.parent.parent


def knowledge_dir() -> Path:
    """The knowledge to use when none is named: what TRADEBOT_KNOWLEDGE says, else the packaged one."""
    told = os.environ.get(ENVIRONMENT, "")
    return Path(told) if told else packaged() / "knowledge"


def templates_beside(knowledge: Path) -> Path:
    """The templates that go with a knowledge directory: `templates/` beside it, else the packaged ones."""
    beside = knowledge.resolve().parent / "templates"
    return beside if beside.is_dir() else packaged() / "templates"
