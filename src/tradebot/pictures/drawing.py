"""Drawing: which picture an answer gets.

steps ─▶ timeline · chapters of a whole ─▶ composition · a series ─▶ lines · one figure of one area ─▶ its history
a table ─▶ bars · anything else ─▶ no picture
"""

from __future__ import annotations

from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.pictures import bars, composition, history, timeline, worldmap
from tradebot.pictures.composed import Composed
from tradebot.pictures.drawable import ABOUT_ONE_FIGURE
from tradebot.pictures.picture import Picture
from tradebot.presentation.reply import Reply
from tradebot.presentation.voice import Named, Voice
from tradebot.query import Metric


def draw(reply: Reply, knowledge: Knowledge) -> Picture | None:
    """The picture of a reply, None where there is nothing to draw."""
    composed = compose(reply, knowledge)
    return composed.picture() if composed else None


def draw_map(knowledge: Knowledge, metric: Metric, period: Period) -> Picture | None:
    """The world map of a measure, None where the record holds nothing for the period."""
    composed = worldmap.compose(knowledge, metric, period, voice_of(knowledge))
    return composed.picture() if composed else None


def draw_map_of(reply: Reply, knowledge: Knowledge) -> Picture | None:
    """The world map of the measure and period that a reply is about."""
    if reply.asked is None or reply.period is None:
        return None
    return draw_map(knowledge, reply.asked.metric, reply.period)


def compose(reply: Reply, knowledge: Knowledge) -> Composed | None:
    """The picture of a reply before it is made into bytes."""
    answer, voice = reply.answer, voice_of(knowledge)
    if answer.outcome != "answer":
        return None
    if "steps" in answer.facts:
        return timeline.compose(reply, voice)
    if answer.template in ABOUT_ONE_FIGURE:
        return history.compose(reply, knowledge, voice)
    if len(answer.series) > 1:
        return history.of_series(reply, answer.series, voice)
    return composition.compose(reply, voice) or bars.compose(reply, voice)


def voice_of(knowledge: Knowledge) -> Voice:
    """The voice that knows every name of a snapshot."""
    names: dict[str, Named] = {**knowledge.partners, **knowledge.groups, **knowledge.chapters, **knowledge.sectors}
    return Voice(names)
