"""The tariff timeline: the steps of an answer one below the other, day by day, on a line that runs through the picture.

The colour of a dot tells duties and quotas, what puts them off or ends them, and other steps (an investigation, a deal); the
dot is hollow where a step was only announced on that day, or where nobody has recorded what came of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tradebot.answering.tariffs.steps import Step
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.tariff_events import Role
from tradebot.pictures import style
from tradebot.pictures.canvas import Canvas, width_of, wrapped
from tradebot.pictures.composed import Composed, alt_text, foot_of
from tradebot.pictures.frame import Frame, Key, title_of, upfirst
from tradebot.presentation.reply import Reply
from tradebot.presentation.voice import Voice, listening

MOST_STEPS = 9
MOST_LINES = 3
_GAP = 22
_LINE = style.BODY * 1.2
_EASES = (Role.PAUSE, Role.END, Role.RULING)
_CHARGES = (Role.DUTY, Role.QUOTA)
_LEAST_FIRST = ({Role.RULE, Role.HEARING}, {Role.PROBE, Role.REVIEW, Role.THREAT}, {Role.PROPOSAL, Role.CHANGE, Role.EXEMPT}, {Role.DEAL})
_BEGUN, _EASED, _OTHER = style.VERMILLION, style.SKY, style.QUIET


@dataclass(frozen=True, slots=True)
class Stop:
    """One step: its day in words, what happened in lines that fit, and how its dot looks."""

    day: str
    lines: tuple[str, ...]
    colour: str
    hollow: bool

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + _GAP


def compose(reply: Reply, voice: Voice) -> Composed | None:
    """The timeline of a reply's steps, None where it has none. The latest steps are shown where not all fit."""
    steps = reply.answer.facts.get("steps")
    if not isinstance(steps, (list, tuple)) or not steps or not all(isinstance(step, Step) for step in steps):
        return None
    with listening() as heard:
        shown = _chosen(steps)
        days = [voice.day(step.on) for step in shown]
        column = max(width_of(day, style.SMALL) for day in days)
        room = style.WIDTH - 2 * style.MARGIN - column - 76
        stops = [_stop(step, day, room, voice) for step, day in zip(shown, days, strict=True)]
        notes = (_cut(reply, len(shown), voice), "a ring: announced for a later day" if any(stop.hollow for stop in stops) else "")
        frame = Frame(title_of(reply.card.headline, ""), upfirst("; ".join(filter(None, notes))), foot_of(reply.card), _keys(stops))
        told = [f"{stop.day}: {' '.join(stop.lines)}" for stop in stops]
        alt = alt_text("Timeline", frame, told)
    return Composed(_draw(frame, stops, column), frame.title, alt, tuple(heard))


def _chosen(steps: Sequence[Step]) -> list[Step]:
    """As many as fit: rules and investigations go first, then deals, then the oldest."""
    kept = list(steps)
    for roles in _LEAST_FIRST:
        for step in [step for step in kept if step.event.role in roles and step.kind != "unknown"]:
            if len(kept) > MOST_STEPS:
                kept.remove(step)
    return kept[-MOST_STEPS:]


def _stop(step: Step, day: str, room: float, voice: Voice) -> Stop:
    words = step.text
    if step.kind == "set" and step.start:
        words = f"announced for {voice.day(step.start)}: {words}"
    if step.partners and len(step.partners) <= 2 and not any(voice.label(each) in words for each in step.partners):
        words += f" [{voice.join_and(step.partners)}]"
    colour = _BEGUN if step.event.role in _CHARGES else (_EASED if step.event.role in _EASES else _OTHER)
    lines = _fitted(upfirst(words), room)
    voice.prose(" ".join(lines))
    return Stop(day, tuple(lines), colour, step.kind in ("set", "unknown"))


def _fitted(words: str, room: float) -> list[str]:
    """At most three lines: asides in brackets go first, then clauses from the end; never half a clause."""
    lines = wrapped(words, style.BODY, room)
    while len(lines) > MOST_LINES:
        head, _, rest = words.rpartition(" (")
        shorter = head + rest.partition(")")[2] if head and ")" in rest else ""
        shorter = shorter or max((words.rpartition(mark)[0] for mark in (", ", "; ", ": ")), key=len)
        if not shorter:
            return lines
        words = shorter
        lines = wrapped(words, style.BODY, room)
    return lines


def _cut(reply: Reply, shown: int, voice: Voice) -> str:
    count = reply.answer.facts.get("count")
    if not isinstance(count, Figure) or count.value <= shown:
        return ""
    few = Figure("", "drawn", None, float(shown), Unit.COUNT)
    return f"{upfirst(voice.count(few))} of {voice.count(count)} steps, those that matter most"


def _keys(stops: Sequence[Stop]) -> tuple[Key, ...]:
    used = {stop.colour for stop in stops}
    words = ((_BEGUN, "duty or quota"), (_EASED, "put off, ended or struck down"), (_OTHER, "other steps"))
    return tuple(Key(colour, said) for colour, said in words if colour in used)


def _draw(frame: Frame, stops: Sequence[Stop], column: float) -> Canvas:
    canvas = frame.canvas(sum(stop.height for stop in stops))
    line = style.MARGIN + column + 34
    first, last = frame.top + _LINE / 2, frame.top + sum(stop.height for stop in stops) - stops[-1].height + _LINE / 2
    canvas.line([(line, first), (line, max(last, first + 1))], style.RULE, 4)
    top = frame.top
    for stop in stops:
        canvas.text((style.MARGIN + column, top + 4), stop.day, style.SMALL, style.QUIET, to="right")
        canvas.dot((line, top + _LINE / 2), 13, stop.colour)
        if stop.hollow:
            canvas.dot((line, top + _LINE / 2), 7, style.GROUND, style.GROUND)
        below = top
        for words in stop.lines:
            canvas.text((line + 36, below), words)
            below += _LINE
        top += stop.height
    return canvas
