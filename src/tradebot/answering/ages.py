"""Ages: which kinds of facts are past their shelf life on a day. Computed from the day, never stored.

    Knowledge + today ─▶ past ─▶ Answer.aged ─▶ templates

“So far in 2026 Vietnam leads” becomes “In January–July 2026, the latest months held, Vietnam led”.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.knowledge.models_partners import Group
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.record_figures import IMPORTS
from tradebot.knowledge.snapshot import Knowledge

_CHAPTERS = "product"
"""How the templates that speak of goods by chapter begin."""


def date_of(knowledge: Knowledge, kind: str) -> dt.date | None:
    """The day that the latest facts of a kind speak of: the end of their period, or their review; None where none are held.

    Groups have a date each, see `is_old_list`; the oldest of them stands for all.
    """
    record = knowledge.record
    if kind == "annual":
        return record.latest_year.end_date()
    if kind == "to_date":
        return record.to_date.end_date()
    if kind == "month":
        months = record.months(WORLD)
        return months.end_date() if months else None
    if kind == "chapter":
        years = record.chapter_years(IMPORTS)
        return years[-1].end_date() if years else None
    if kind == "tariffs":
        return knowledge.tariffs.reviewed
    if kind == "members":
        return min((group.as_of for group in knowledge.groups.values() if group.kind != "region"), default=None)
    return knowledge.shelf_lives[kind].as_of


def is_past(knowledge: Knowledge, kind: str, date: dt.date, today: dt.date) -> bool:
    """Whether facts of a kind and date are past their shelf life; a year to date is, too, once its year is over."""
    if kind == "to_date" and today.year > date.year:
        return True
    return today > knowledge.shelf_lives[kind].ends(date)


def is_old_list(knowledge: Knowledge, group: Group, today: dt.date) -> bool:
    """Whether a list of members is past its shelf life; regions of the world do not change."""
    return group.kind != "region" and is_past(knowledge, "members", group.as_of, today)


def past(answer: Answer, knowledge: Knowledge, today: dt.date) -> frozenset[str]:
    """The kinds an answer speaks of that are past their shelf life on a day: yearly figures or chapters, the year to date, members."""
    kinds = ("chapter" if answer.template.startswith(_CHAPTERS) else "annual", "to_date")
    found = {kind for kind in kinds if knowledge.remember(_latest_is_past, kind, today)}
    if any(is_old_list(knowledge, knowledge.groups[each], today) for each in answer.query.groups):
        found.add("members")
    return frozenset(found)


def _latest_is_past(knowledge: Knowledge, kind: str, today: dt.date) -> bool:
    date = date_of(knowledge, kind)
    return date is not None and is_past(knowledge, kind, date, today)


def dated(answer: Answer, knowledge: Knowledge, today: dt.date) -> Answer:
    """An answer that knows which of its facts are past their shelf life."""
    aged = past(answer, knowledge, today)
    return replace(answer, aged=aged, read_as=_read_as(answer, aged)) if aged else answer


def _read_as(answer: Answer, aged: frozenset[str]) -> str:
    """“…, 2025, the latest held” where a period was assumed that should have been followed by another."""
    late = "annual" in aged or "chapter" in aged
    return f"{answer.read_as}, the latest held" if late and answer.read_as and answer.query.period is None else answer.read_as
