"""Part of change: how much of a rise or fall of the whole came from one partner or group.

Reads `partners` or `groups` (the first), `metric`, `sign`, `period` (several years: from the first to the last), `against`.
"""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer, Table
from tradebot.answering import refuse, wording
from tradebot.answering.courses.movers import between
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import first_named, members, reading, rest_of_world
from tradebot.answering.figures.held import not_held
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The move of the whole, that of the part, and that of all others together."""
    area, when = first_named(query), between(query, knowledge)
    if area == WORLD:
        return refuse.answer(query, knowledge, today)
    whole, part, rest = (_pair(query, knowledge, each, when.now, when.before) for each in (WORLD, area, ""))
    if not (whole and part and rest):
        return not_held(query, knowledge, area, query.metric, when.now)
    by, its, others = (arithmetic.swing(*each) for each in (whole, part, rest))
    together = by.value * its.value > 0
    facts = {
        "area": area,
        "metric": str(query.metric),
        "sign": wording.sign_of(whole),
        "whole": by,
        "part": its,
        "rest": others,
        "now": whole[0],
        "then": whole[1],
        "together": together,
        "share": arithmetic.share(its, by) if together and abs(its.value) <= abs(by.value) else None,
    }
    phrase = f"part of {wording.subject(knowledge, query.metric, [area])} in the change of the total"
    rows = tuple((wording.short(knowledge, name), now, then) for name, (now, then) in ((WORLD, whole), (area, part)))
    return Answer(
        query,
        "part_of_change",
        facts,
        table=Table(("Partner", when.now.label, when.before.label), rows, title=wording.title(query.metric, [*whole, *part])),
        read_as=wording.read_as(query, phrase, when.now, when.before),
        suggestions=wording.suggestions(f"which {wording.nouns(query.metric, 'deficit').removeprefix('goods ')} grew the most"),
        keys=(area,),
    )


def _pair(query: Query, knowledge: Knowledge, area: str, now: Period, then: Period) -> tuple[Figure, Figure] | None:
    """The figures of both periods; of no area: of all partners but the one asked for."""
    without = members(knowledge, [first_named(query)])
    found = [
        rest_of_world(knowledge, without, query.metric, period) if not area else held.figure if held else None
        for period in (now, then)
        for held in [reading(knowledge, area or WORLD, query.metric, period)]
    ]
    return (found[0], found[1]) if found[0] and found[1] else None
