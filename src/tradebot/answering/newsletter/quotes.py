"""The newsletter beside the record: its figure where that is asked for, and both where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import members
from tradebot.knowledge.article import Fact
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
    """Both values, which one is preferred and why, as facts for the macro `newsletter_differs`; None where the two agree."""
    if ours.period is None:
        return None
    found = knowledge.article.disagreement(members(knowledge, areas), metric, ours.period)
    if found is None:
        return None
    rows = found.own_rows
    return {
        "theirs": found.theirs,
        "also": [figure for figure in _figures(found.facts[1:]) if found.theirs and figure.value != found.theirs.value],
        "ours": ours,
        "preferred": found.preferred,
        "own_sum": arithmetic.total(rows, found.theirs.partner if found.theirs else "", ours.period) if rows else None,
        "why": found.why,
        "other": found.other,
        "other_is": found.other_is,
    }


def disagreements(knowledge: Knowledge, figures: Iterable[Figure | None]) -> list[dict[str, object]]:
    """Where the newsletter differs on any of the figures that an answer speaks of, for the macro `newsletter_differs_on`."""
    found = (disagreement(knowledge, [figure.partner], figure.metric, figure) for figure in figures if figure)
    return [each for each in found if each and each["theirs"]]


def _figures(facts: Sequence[Fact]) -> list[Figure]:
    return [fact.figure for fact in facts if fact.figure]
