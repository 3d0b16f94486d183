"""Regions: the world by region, as the Census Bureau draws them (“deficit by continent”).

Reads `metric`, `sign`, `order`, `limit`, `nth` and `period`: the regions stand side by side, the largest first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import compare, wording
from tradebot.answering.figures.areas import figure
from tradebot.answering.figures.spans import spans
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

_DRAWN_BY = "census"
"""How the ids of the sources begin that draw regions which share no partner."""


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """All regions compared; where the largest deficit or surplus is asked for, those on that side of zero."""
    regions = [group.id for group in knowledge.groups.values() if group.kind == "region" and (group.source or "").startswith(_DRAWN_BY)]
    if query.sign and query.order is not None:
        held = {each: figure(knowledge, each, query.metric, spans(query, knowledge).now) for each in regions}
        regions = [each for each in regions if wording.sign_of([held[each]]) == query.sign]
    return compare.answer(replace(query, partners=(), groups=tuple(regions), within=None), knowledge, today)
