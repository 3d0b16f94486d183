"""The newsletter beside the record: its figure where that is asked for, and both where they differ."""

from __future__ import annotations

from collections.abc import Iterable

from tradebot.answering import arithmetic
from tradebot.answering.areas import members
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query


def figure_of(knowledge: Knowledge, area: str, metric: str, period: Period | None) -> Figure | None:
    """What the newsletter says of a measure, in any period unless one is asked for."""
    fact = knowledge.article.figure_for(area, metric, period)
    return fact.figure if fact else None


def is_asked(query: Query) -> bool:
    return query.source == "newsletter"


def disagreement(knowledge: Knowledge, areas: Iterable[str], metric: str, ours: Figure) -> dict[str, object] | None:
    """Both values and why, as facts for the macro `newsletter_differs`; None where the two agree."""
    if ours.period is None:
        return None
    found = knowledge.article.disagreement(members(knowledge, areas), metric, ours.period)
    if found is None:
        return None
    rows = found.own_rows
    return {
        "theirs": found.theirs,
        "ours": ours,
        "own_sum": arithmetic.total(rows, found.theirs.partner if found.theirs else "", ours.period) if rows else None,
        "why": found.why,
        "other": found.other,
        "other_is": found.other_is,
    }
