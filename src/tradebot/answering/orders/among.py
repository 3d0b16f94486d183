"""Among: the mean or median of a group's members, or of several areas (“median deficit of the EU countries”).

Reads `partners`, `groups` (one alone: its members), `metric`, `sign` (of members only those on that side of zero), `period` and
the cue median.
"""

from __future__ import annotations

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import figure, members
from tradebot.answering.figures.held import not_held
from tradebot.answering.figures.spans import Spans
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query


def answer(query: Query, knowledge: Knowledge, areas: tuple[str, ...], when: Spans) -> Answer:
    """The middle of the members on the side asked for, how many those are, and the middle of all of them."""
    area, several = areas[0], len(areas) > 1
    found = (figure(knowledge, each, query.metric, when.now) for each in (areas if several else members(knowledge, areas)))
    held = [each for each in found if each]
    chosen = [each for each in held if several or _on_side(each, query.sign)]
    if not chosen:
        return not_held(query, knowledge, area, query.metric, when.now)
    middle = "median" in query.features
    mean = arithmetic.average(chosen, area, when.now, middle=middle)
    by_size = sorted(chosen, key=lambda each: -abs(each.value))
    facts = {
        "area": area,
        "areas": list(areas) if several else [],
        "missing": [each for each in areas if several and each not in {one.partner for one in held}],
        "metric": str(query.metric),
        "middle": middle,
        "mean": mean,
        "number": arithmetic.count(chosen, "chosen", when.now, area),
        "all": arithmetic.count(held, "held", when.now, area),
        "whole": arithmetic.average(held, f"{area}-all", when.now, middle=middle) if len(chosen) < len(held) else None,
        "largest": by_size[0],
        "smallest": by_size[-1],
        "sign": query.sign,
        "running": when.so_far,
    }
    of = wording.subject(knowledge, query.metric, areas, query.sign)
    phrase = f"{'median' if middle else 'average'} {of}{'' if several else ', among its members'}"
    return Answer(query, "among", facts, read_as=wording.read_as(query, phrase, when.now), suggestions=wording.suggestions(of), keys=areas)


def _on_side(found: Figure, sign: str) -> bool:
    return not sign or (found.value < 0 if sign == "deficit" else found.value > 0)
