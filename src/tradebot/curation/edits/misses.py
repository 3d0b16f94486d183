"""A question that was missed becomes knowledge: one choice writes what was lacking, and a test that keeps it.

another_spelling: an alias · asks_for: a phrase of an intent · not_held: a known gap
"""

from __future__ import annotations

from pathlib import Path

from tradebot import checks
from tradebot.curation.draft import Edit
from tradebot.curation.edits.asking import add_phrase, add_test
from tradebot.curation.edits.gaps import add_gap
from tradebot.curation.edits.names import add_name
from tradebot.curation.edits.naming import area_of
from tradebot.curation.faults import CurationError
from tradebot.desk import Reply
from tradebot.edition import Edition

NOT_HELD = "not_in_record"
"""The intent whose tests hold what is refused for a known gap."""


def another_spelling(asked: str, name: str, area: str) -> Edit:
    """In the question, `name` is another name of a partner or group."""

    def edit(root: Path) -> str:
        said = add_name(area, name)(root)
        named = area_of(root, area)
        slot = "groups" if named.file.parent.name == "groups" else "partners"
        for question in (asked, f"deficit with {name}"):
            reply = _reply(root, question)
            if reply.outcome == "answer" and reply.query and reply.intent and named.id in getattr(reply.query, slot):
                add_test(reply.intent, question, slots={slot: list(getattr(reply.query, slot))})(root)
                return f"{said}, and a test: “{question}”"
        raise CurationError(f"Even so “{name}” is not read as {named.called}; another reading of it comes first.")

    return edit


def asks_for(asked: str, phrase: str, intent: str) -> Edit:
    """Whoever says the phrase, which stands in the question, asks for the intent."""

    def edit(root: Path) -> str:
        said = add_phrase(intent, phrase)(root)
        reply = _reply(root, asked)
        if reply.intent != intent:
            read_as = f"read as {reply.intent}" if reply.intent else f"not understood ({reply.card.headline})"
            raise CurationError(f"Even so “{asked}” is {read_as}; try more of its words as the phrase.")
        add_test(intent, asked, outcome=reply.outcome)(root)
        return f"{said}, and a test: “{asked}”"

    return edit


def not_held(asked: str, term: str, says: str) -> Edit:
    """The term, which stands in the question, is something that nobody has here; `says` tells people so."""

    def edit(root: Path) -> str:
        said = add_gap(term, says)(root)
        reply = _reply(root, asked)
        if reply.outcome != "refuse" or " ".join(says.split()) not in reply.text:
            raise CurationError(f"Even so “{asked}” is told: {reply.card.headline} The term must stand in the question as it is.")
        add_test(NOT_HELD, asked, outcome="refuse", says=" ".join(says.split()))(root)
        return f"{said}, and a test: “{asked}”"

    return edit


def _reply(root: Path, asked: str) -> Reply:
    """What the draft answers now. Raises KnowledgeError."""
    edition = Edition.open(root)
    return edition.reply(asked, edition.understand(asked, None, checks.TODAY), checks.TODAY)
