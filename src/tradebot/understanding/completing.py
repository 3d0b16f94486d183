"""Completing: what a query takes from the one before it once it is filled: the partners listed, the window moved on, what was left out."""

from __future__ import annotations

from dataclasses import replace

from tradebot.query import Query
from tradebot.understanding import fragments
from tradebot.understanding.followup import Turn
from tradebot.understanding.frame import Frame
from tradebot.understanding.lexicon import Kind

_OWN_MEASURE = fragments.MEASURED | {"inflow", "outflow"}


def complete(query: Query, frame: Frame, before: Turn | None) -> Query:
    """Lists that point back: “the next five” moves the window, “top three of those” stays inside the list."""
    if before is not None and frame.excluded and frame.marks[0].is_("and_also"):
        query = replace(query, exclude=tuple(dict.fromkeys((*before.query.exclude, *query.exclude))))
    if before is not None and before.keys and "shape" in query.carried and fragments.adds_up(frame, before.query):
        last = before.query
        return replace(query, partners=before.keys, metric=last.metric, sign=last.sign, groups=(), within=None, exclude=())
    if before is not None and before.keys and "shape" in query.carried and fragments.moves_of_list(frame, before.query):
        last = before.query
        return replace(query, partners=before.keys, metric=last.metric, sign=last.sign, groups=(), within=None, limit=None)
    if before is not None and "shape" in query.carried:
        return fragments.completed(query, before.query)
    if before is None or "list" not in query.carried:
        return query
    last = before.query
    if not last.partners and last.groups and last.intent == "combine":
        return replace(query, partners=(), groups=last.groups, within=last.groups[0], metric=last.metric, sign=last.sign)
    if "next_ones" in frame.features:
        shown = last.limit or len(before.keys) or 5
        return replace(
            query,
            partners=(),
            offset=last.offset + shown,
            limit=query.limit or shown,
            metric=last.metric,
            sign=last.sign,
            order=last.order,
            within=last.within,
            groups=last.groups,
            period=last.period,
            period_said=last.period_said,
        )
    inside = frame.ids(Kind.GROUP) if frame.features & {"those"} else ()  # “which of those are in Asia”: all that lie there
    own = "metric" not in query.carried and not query.features.isdisjoint(_OWN_MEASURE)
    metric, sign = (query.metric, query.sign) if own else (last.metric, last.sign)
    return replace(
        query,
        partners=before.keys,
        metric=metric,
        sign=sign,
        period=query.period or last.period,
        groups=inside,
        within=inside[0] if inside else None,
        limit=query.limit or (last.limit if inside or "excluded" in frame.features else None),
    )
