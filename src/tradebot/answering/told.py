"""Told: the newsletter's facts as template variables, and how every answer names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tradebot.knowledge.article import Fact
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

YEAR = Period.year(2024)
"""The year the newsletter reports."""

GOODS: Mapping[str, str] = MappingProxyType(
    {"chip_goods": "chips", "drug_goods": "pharma", "vehicle_goods": "vehicles", "battery_goods": "batteries", "oil_goods": "crude"}
)
"""Cues of goods and the topics of the facts that tell of them."""


def attribution(knowledge: Knowledge) -> dict[str, object]:
    """`called` and `written`: “the newsletter”, “spring 2025”."""
    return {"called": knowledge.article.called, "written": knowledge.article.written}


def spoken(facts: Iterable[Fact]) -> list[dict[str, object]]:
    """Facts as `text`, `careful`, `figure`, `about`, `scope`."""
    return [{"text": fact.text, "careful": fact.careful, "figure": fact.figure, "about": fact.about, "scope": fact.scope} for fact in facts]


def of_goods(query: Query, knowledge: Knowledge, area: str, period: Period) -> list[dict[str, object]]:
    """What the newsletter says, with a number, of the goods asked for from one partner in a year."""
    topics = {topic for cue, topic in GOODS.items() if cue in query.features}
    facts = knowledge.article.facts_for(area, *topics) if topics else ()
    return spoken(fact for fact in facts if fact.figure is not None and fact.period == period and topics & set(fact.topics))
