"""Opening the knowledge at hand: by its revision where it is a repository, and as it lies there where it is not."""

from __future__ import annotations

import logging
from pathlib import Path

from tradebot.curation.faults import CurationError
from tradebot.curation.repository import Repository
from tradebot.edition import Edition
from tradebot.knowledge.paths import knowledge_dir

log = logging.getLogger("tradebot.curation")


def open_edition(knowledge: Path | None = None) -> Edition:
    """The edition of a knowledge directory (default: the one at hand). Raises KnowledgeError."""
    repository = repository_of(knowledge)
    return repository.current() if repository else Edition.open(knowledge)


def repository_of(knowledge: Path | None = None) -> Repository | None:
    """The repository of a knowledge directory; None where it has none, or one that git cannot use just now."""
    try:
        return Repository.of(knowledge or knowledge_dir())
    except CurationError as error:
        log.warning("The knowledge cannot be edited from here: %s", error)
        return None
