"""curation.yaml: how a repository of knowledge may be edited; its presence says that a folder is such a repository."""

from __future__ import annotations

from tradebot.knowledge.file_model import FileModel
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.yaml_files import as_model
from tradebot.knowledge.yaml_reader import parse_yaml

FILE = "curation.yaml"
SHIPPED = """\
# How this knowledge may be edited from the chat and with `tradebot knowledge`.
# two_person_rule: figures, tariff events and this file need the consent of a second moderator.
two_person_rule: false
"""


class Rules(FileModel):
    """curation.yaml."""

    two_person_rule: bool = False


def parse_rules(text: str) -> Rules:
    """Raises KnowledgeError."""
    problems = Problems()
    node = parse_yaml(text, FILE, problems)
    rules = as_model(node, Rules, problems) if node else None
    problems.raise_if_any()
    return rules or Rules()
