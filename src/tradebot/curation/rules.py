"""curation.yaml: how a repository of knowledge may be edited; its presence says that a folder is such a repository."""

from __future__ import annotations

from pathlib import Path

from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import read_model

FILE = "curation.yaml"
SHIPPED = """\
# How this knowledge may be edited from the chat and with `tradebot knowledge`.
# two_person_rule: figures, tariff events and this file need the consent of a second moderator.
two_person_rule: false
"""


class Rules(FileModel):
    """curation.yaml."""

    two_person_rule: bool = False


def read_rules(top: Path) -> Rules:
    """The rules of the repository at `top`. Raises KnowledgeError."""
    problems = Problems()
    rules = read_model(top / FILE, Rules, problems, top)
    problems.raise_if_any()
    return rules or Rules()
