"""Told: the newsletter's facts as template variables, and how every answer names it."""

from __future__ import annotations

from collections.abc import Iterable

from tradebot.knowledge.article import Fact
from tradebot.knowledge.snapshot import Knowledge


def attribution(knowledge: Knowledge) -> dict[str, object]:
    """`called` and `written`: “the newsletter”, “spring 2025”."""
    return {"called": knowledge.article.called, "written": knowledge.article.written}


def spoken(facts: Iterable[Fact]) -> list[dict[str, object]]:
    """Facts as `text`, `careful`, `figure`, `about`, `scope`."""
    return [{"text": fact.text, "careful": fact.careful, "figure": fact.figure, "about": fact.about, "scope": fact.scope} for fact in facts]
