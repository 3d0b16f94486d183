"""The tariffs on several partners or a group at a moment: a line for each of a few, many put together by what they bear."""

from __future__ import annotations

from collections.abc import Sequence

from tradebot.answer import Answer
from tradebot.answering.tariffs.lines import Line
from tradebot.answering.tariffs.picture import Moment, Picture, picture
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

SEVERAL, NAMED = 4, 6
"""Up to so many partners get a line of their own, more are put together by what they bear; so many the first sentence still names."""


def answer(query: Query, knowledge: Knowledge, areas: Sequence[str], moment: Moment) -> Answer:
    """A line for each of a few partners; many are put together by the duties they bear."""
    members = _members(knowledge, areas)
    pictures = {each: picture(knowledge, each, moment) for each in members}
    facts: dict[str, object] = {**moment.facts(), "areas": list(areas), "shared": next(iter(pictures.values())).facts()["shared"]}
    if len(members) <= SEVERAL:
        facts["rows"] = [{**pictures[each].facts(), "partner": each} for each in members]
        facts["bundles"] = []
    else:
        facts["rows"], facts["bundles"] = [], _bundles(pictures)
    facts["each_named"] = len(members) <= NAMED
    facts["newsletter"] = [note for each in members[:SEVERAL] for note in pictures[each].newsletter] if query.source else []
    facts["unknown"] = [line for each in members for line in pictures[each].unknown_own] if len(members) > SEVERAL else []
    sources = (knowledge.tariffs.about.source, *((knowledge.article.source,) if facts["newsletter"] else ()))
    return Answer(query, "tariff_several", facts, keys=tuple(members), sources=sources)


def _members(knowledge: Knowledge, areas: Sequence[str]) -> list[str]:
    """The partners behind areas, the US left out; the EU stays one where it is asked beside others."""
    found: list[str] = []
    for area in areas:
        group = knowledge.groups.get(area)
        found.extend([area] if group is None or area == "EU" else group.members)
    return [each for each in dict.fromkeys(found) if each != "US"]


def _bundles(pictures: dict[str, Picture]) -> list[Line]:
    """Partners that bear the same duties of their own, the largest bundle first."""
    bundles: dict[tuple[object, ...], list[str]] = {}
    for partner, found in pictures.items():
        bundles.setdefault(tuple((each["rate"], each["label"]) for each in _broad(found)), []).append(partner)
    ordered = sorted(bundles.values(), key=len, reverse=True)
    return [
        {"partners": partners, "own": _broad(pictures[partners[0]]), "sums": pictures[partners[0]].facts()["sums"]} for partners in ordered
    ]


def _broad(found: Picture) -> list[Line]:
    """The duties on goods in general."""
    return [each for each in found.own_lines if not each["goods"]]
