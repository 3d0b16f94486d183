"""Steps of a timeline: when an event was announced and when it started, told once each, gathered and cut to what fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tradebot.answering.tariffs.lines import law_names, rate_figure
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.tariff_events import Role, Started, TariffEvent
from tradebot.knowledge.tariff_record import TariffRecord

ROOM = 1_600
"""Characters for the steps of a timeline; what matters least is left out until they fit."""
BUNDLE = 4
"""From so many on, partners that get a rate of one family on one day are told in one line."""
_BULLET, _MEMBER = 22, 17
"""About the characters that a bullet takes besides its text, and a member of a bundle."""
_LEAST_FIRST = (
    frozenset({Role.RULE, Role.HEARING, Role.CHANGE}),
    frozenset({Role.PROBE, Role.PROPOSAL, Role.REVIEW, Role.THREAT}),
    frozenset({Role.DEAL, Role.RULING, Role.UMBRELLA}),
    frozenset({Role.PAUSE}),
)
_SAME_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a timeline.

    kind: `set` (announced for a later day `start`), `start` (began), `unknown` (set to begin beyond the last review) or
    `step` (anything that happens on one day). `bundle` holds the steps that this one stands for.
    """

    event: TariffEvent
    on: dt.date
    kind: str
    text: str
    law: str
    partners: tuple[str, ...]
    rate: Figure | None = None
    bundle: tuple[Step, ...] = ()

    @property
    def start(self) -> dt.date | None:
        return self.event.effective

    @property
    def said(self) -> str:
        return self.event.rate.text

    @property
    def height(self) -> float:
        return self.rate.value if self.rate else 0.0

    @property
    def length(self) -> int:
        """About the characters it takes."""
        return len(self.text) + len(self.law) + _BULLET + _MEMBER * len(self.bundle)


def steps_of(record: TariffRecord, event: TariffEvent, partner: str) -> list[Step]:
    """The steps of one event, in order."""
    rate = rate_figure(record, event, event.rate.high, partner) if event.rate.high is not None else None
    partners = event.scope.order if partner == WORLD else ()
    step = Step(event, dt.date.min, "step", event.measure, law_names(record, event), partners, rate)
    announced, start = event.announced, event.effective
    if announced is None:
        return [replace(step, on=start, kind="start")] if start else []
    if event.started is Started.NO and start:
        return [replace(step, on=announced, kind="set")]
    if start is None or start <= announced + _SAME_DAY:
        return [replace(step, on=max(announced, start or announced))]
    late = start > record.reviewed or event.started is Started.UNKNOWN
    return [replace(step, on=announced, kind="set"), replace(step, on=start, kind="unknown" if late else "start")]


def told_once(steps: Sequence[Step]) -> list[Step]:
    """Steps in order of days; an announcement whose start follows within them is left out."""
    begun = {step.event.id for step in steps if step.kind in ("start", "unknown")}
    kept = [step for step in steps if not (step.kind == "set" and step.event.id in begun)]
    return sorted(kept, key=lambda step: (step.on, step.kind == "start"))


def gathered(record: TariffRecord, steps: Iterable[Step]) -> list[Step]:
    """Steps of one family and day that each name a single partner put into one, where there are many."""
    groups: dict[tuple[object, ...], list[Step]] = {}
    for step in steps:
        alone = len(step.partners) == 1
        key = (step.on, step.kind, step.event.family, step.event.role) if alone else (step.event.id, step.kind)
        groups.setdefault(key, []).append(step)
    found: list[Step] = []
    for members in groups.values():
        found.extend([_bundle(record, members)] if len(members) >= BUNDLE else members)
    return sorted(found, key=lambda step: step.on)


def _bundle(record: TariffRecord, members: list[Step]) -> Step:
    ordered = sorted(members, key=lambda step: -step.height)
    return replace(members[0], text=record.families[members[0].event.family].label, partners=(), bundle=tuple(ordered))


def that_fit(steps: Sequence[Step]) -> list[Step]:
    """Rules and hearings go first, then investigations, deals and pauses, then the oldest."""
    kept = list(steps)
    for roles in _LEAST_FIRST:
        if _length(kept) <= ROOM:
            return kept
        kept = [step for step in kept if step.event.role not in roles or step.kind == "unknown"]
    while len(kept) > 1 and _length(kept) > ROOM:
        kept.pop(0)
    return kept


def _length(steps: Iterable[Step]) -> int:
    return sum(step.length for step in steps)
