"""Opening the knowledge at hand: by its revision where it is a repository, and as it lies there where it is not.

open_edition: exactly the files, or what is wrong with them · open_to_serve: files edited by hand only if they can be used
"""

from __future__ import annotations

import logging
from pathlib import Path

from tradebot.checks import check_edition
from tradebot.curation.faults import CurationError
from tradebot.curation.repository import Repository
from tradebot.edition import Edition
from tradebot.knowledge.paths import knowledge_dir
from tradebot.knowledge.problems import KnowledgeError

log = logging.getLogger("tradebot.curation")


def open_edition(knowledge: Path | None = None) -> Edition:
    """The edition of a knowledge directory (default: the one at hand). Raises KnowledgeError."""
    repository = repository_of(knowledge)
    return repository.current() if repository else Edition.open(knowledge)


def open_to_serve(knowledge: Path | None = None) -> Edition:
    """As open_edition, but of a repository whatever was saved in it by hand. Raises KnowledgeError."""
    repository = repository_of(knowledge)
    return usable(repository) if repository else Edition.open(knowledge)


def usable(repository: Repository) -> Edition:
    """What the files hold; what is published where some were edited by hand and do not pass the checks: the watch tells of them.

    Raises KnowledgeError where not even what is published can be read.
    """
    if not repository.edited():
        return repository.current()
    try:
        edition = repository.current()
        check_edition(repository.knowledge, edition).raise_if_any()
    except KnowledgeError:
        return repository.edition(repository.revision)
    return edition


def repository_of(knowledge: Path | None = None) -> Repository | None:
    """The repository of a knowledge directory; None where it has none, or one that git cannot use just now."""
    try:
        return Repository.of(knowledge or knowledge_dir())
    except CurationError as error:
        log.warning("The knowledge cannot be edited from here: %s", error)
        return None
