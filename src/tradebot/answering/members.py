"""Members: who belongs to a group, as of the date its file gives.

Reads `groups` (the first) and `partners` (is this one a member?).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import refuse, wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import figure
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, NotUnderstood, Query

NAMED = 60


def answer(query: Query, knowledge: Knowledge, _today: dt.date) -> Answer:
    """The members by name; first of all whether one is among them, where that was asked."""
    if not query.groups:
        return replace(refuse.unanswered(NotUnderstood("clarify", "incomplete"), knowledge), query=query)
    group = knowledge.groups[query.groups[0]]
    latest = knowledge.record.latest_year
    facts = {
        "group": group.id,
        "members": list(group.members[:NAMED]),
        "more": len(group.members) > NAMED,
        "number": arithmetic.count(group.members, "members", None, group.id),
        "as_of": group.as_of,
        "note": group.note or "",
        "candidates": [{"partner": each, "member": each in group.members} for each in query.partners],
        "balance": figure(knowledge, group.id, Metric.BALANCE, latest),
    }
    name = wording.called(knowledge, group.id)
    questions = wording.suggestions(
        f"{name} combined deficit", f"five largest deficits: {name}", f"{name} deficit since {wording.decade_ago(knowledge)}"
    )
    sources = (group.source,) if group.source else ()
    keys = query.partners or tuple(group.members)
    return Answer(query, "members", facts, suggestions=questions, keys=keys, sources=sources)
