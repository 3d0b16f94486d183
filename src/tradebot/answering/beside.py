"""Beside a figure: the one before it, the year to date, its place, and what a reader must know about its area."""

from __future__ import annotations

from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import Reading, is_group, note_of, reading
from tradebot.answering.figures.spans import Spans
from tradebot.answering.figures.standing import standing
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import SUM_OF_PARTNERS
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric

LAST_RANK_SAID = 25
"""Beyond the 25th place a rank tells a reader nothing."""


def about(knowledge: Knowledge, area: str, metric: Metric) -> dict[str, object]:
    """What every template about one area may name."""
    return {
        "area": area,
        "world": area == WORLD,
        "group": is_group(knowledge, area),
        "metric": str(metric),
        "note": note_of(knowledge, area),
    }


def compared(knowledge: Knowledge, area: str, metric: Metric, now: Figure, before: Period) -> dict[str, object]:
    """`now`, and `before` with the `change` from it, None where it is not held."""
    held = reading(knowledge, area, metric, before)
    then = held.figure if held else None
    return {"now": now, "before": then, "change": arithmetic.change_percent(now, then) if then else None}


def so_far(knowledge: Knowledge, area: str, metric: Metric, when: Spans) -> dict[str, object]:
    """The year to date with the same months of the year before, and its place."""
    held = reading(knowledge, area, metric, when.to_date) if when.to_date else None
    before = reading(knowledge, area, metric, when.to_date_before) if held and when.to_date_before else None
    now = held.figure if held else None
    then = before.figure if before else None
    change = arithmetic.change_percent(now, then) if now and then else None
    rank = rank_figure(knowledge, metric, now) if now else None
    return {"to_date": now, "to_date_before": then, "to_date_change": change, "to_date_rank": rank}


def caveats(knowledge: Knowledge, area: str, found: Reading) -> dict[str, object]:
    """Members without figures, a published total that differs, membership of today applied to the past."""
    group = knowledge.groups.get(area)
    period = found.figure.period
    old = bool(group and group.kind != "region" and period and period.last_year < group.as_of.year)
    return {
        "missing": found.missing,
        "published": found.published,
        "from_published": found.from_published,
        "members": arithmetic.count(group.members, "members", period, area) if group else None,
        "members_today": old,
        "members_as_of": group.as_of if group and group.kind != "region" else None,
        "partner_rows": area == WORLD and SUM_OF_PARTNERS in {each.formula for each in (found.figure, *found.figure.derived_from)},
    }


def rank_figure(knowledge: Knowledge, metric: Metric, figure: Figure) -> Figure | None:
    """The place of a partner's figure among all, where it is high enough to be worth a word and rounding could not change it."""
    if figure.period is None or figure.partner not in knowledge.partners:
        return None
    return knowledge.remember(_sure_rank, figure.partner, metric, figure.period, wording.sign_of([figure]))


def _sure_rank(knowledge: Knowledge, partner: str, metric: Metric, period: Period, sign: str) -> Figure | None:
    order = standing(knowledge, metric, period, sign)
    found = order.rank(partner)
    return found if found and found.value <= LAST_RANK_SAID and not order.could_swap(partner) else None
