"""Corrections: which facts a publish changed, which of the bot's own messages rest on them, and what to say there.

(old Edition, new Edition) ─▶ changed_ids ─▶ journal.using ─▶ each Posting with its Kept ─▶ Correction, or None

An answer is given again by the new edition on its own day, so that only the knowledge can make a difference. What reads
the same in words is not corrected.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import math
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass

from tradebot.answer import AnswerError
from tradebot.curation.figures import signed
from tradebot.desk import Reply
from tradebot.edition import Edition
from tradebot.journal.entries import Kept, Posting
from tradebot.journal.journal import Journal
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD, Record
from tradebot.knowledge.record_figures import BALANCE, TOTAL_TRADE
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

_RATE = ".tariff_rate."
TOLD = 3
"""Changes that a correction names; the new answer shows the rest."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a message of the bot should say now. `lines` are the changes in words, the first figure of the answer first."""

    posting: Posting
    reply: Reply
    lines: tuple[str, ...]

    @property
    def note(self) -> str:
        """“Corrected (r38): Vietnam, balance, 2025: −$178.3 bn → −$178.9 bn.”"""
        more = f" and {len(self.lines) - TOLD} more" if len(self.lines) > TOLD else ""
        return f"Corrected ({self.reply.revision}): {'; '.join(self.lines[:TOLD])}{more}."


async def corrections(journal: Journal, old: Edition, new: Edition, since: dt.datetime) -> AsyncIterator[Correction]:
    """Of the messages since then, those that say something else by the new edition, newest first.

    Claim each with `journal.corrected` before it is corrected: another process may be at it, too, and a server has its limit.
    """
    changed = await asyncio.to_thread(changed_ids, old, new)
    for posting in await journal.using(changed, since) if changed else ():
        kept = await journal.answer(posting.answer_id)
        found = await asyncio.to_thread(correction, posting, kept, new) if kept else None
        if found is not None:
            yield found


def correction(posting: Posting, kept: Kept, new: Edition) -> Correction | None:
    """The correction of one message; None where its answer says the same now, or cannot be given again."""
    try:
        query = Query.from_json(kept.asked_json or "")
        reply = new.reply(kept.text, query, kept.today)
    except (ValueError, AnswerError):  # kept by another version of the program
        return None
    lines = tuple(moved(posting.facts, reply, new.knowledge))
    return Correction(posting, reply, lines) if lines else None


def moved(facts: Mapping[str, float], reply: Reply, knowledge: Knowledge) -> Iterator[str]:
    """In words, the figures that a reply speaks and that had other values before; `facts` are those, by figure id."""
    spoken = {said.backing.id for said in reply.card.spoken if isinstance(said.backing, Figure)}
    held = {figure.id: figure for figure in reply.answer.figures()}
    for name, figure in held.items():
        if name in facts and (name in spoken or _RATE in name):  # rates are spoken as they are worded, not as figures
            was, now = _value(figure, facts[name]), _value(figure, figure.value)
            if was != now:
                yield f"{_called(figure, knowledge)}: {was} → {now}"
    if any(_RATE in name and name not in held for name in facts):
        yield "a tariff that it named no longer holds"


def changed_ids(old: Edition, new: Edition) -> set[str]:
    """The ids of all figures that the two do not have alike, and of those that follow directly from one."""
    before, after = old.knowledge, new.knowledge
    return {*_of_record(before.record, after.record), *_of_newsletter(before, after), *_of_tariffs(before, after)}


def _of_record(before: Record, after: Record) -> Iterator[str]:
    for area, flow, period in {*_differing(before, after), *_differing(after, before)}:
        for metric in (flow, BALANCE, TOTAL_TRADE) if "." not in flow else (flow,):
            yield f"{area}.{metric}.{period.id}"


def _differing(record: Record, other: Record) -> Iterator[tuple[str, str, Period]]:
    for columns, others, span in (
        (record.years, other.years, Period.year),
        (record.months_held, other.months_held, lambda month: Period(month, month)),
    ):
        for (area, flow), column in columns.items():
            beside = others.get((area, flow))
            if beside is not None and beside.values.tobytes() == column.values.tobytes() and beside.first == column.first:
                continue
            yield from ((area, flow, span(at)) for at in column.held() if beside is None or beside.get(at) != column.get(at))
    for (area, flow), spans in record.stored.items():
        held = {period: row.values[0] for period, row in other.stored.get((area, flow), ())}
        yield from ((area, flow, period) for period, row in spans if held.get(period) != row.values[0])
    yield from _chapters(record, other)


def _chapters(record: Record, other: Record) -> Iterator[tuple[str, str, Period]]:
    for (area, flow, year), row in record.chapters.items():
        beside = other.chapters.get((area, flow, year))
        held = dict(zip(other.chapter_ids, beside.values, strict=True)) if beside else {}
        for chapter, value in zip(record.chapter_ids, row.values, strict=True):
            if not math.isnan(value) and held.get(chapter) != value:
                yield area, f"{flow}.{chapter}", Period.year(year)


def _of_newsletter(before: Knowledge, after: Knowledge) -> Iterator[str]:
    held = {fact.id: fact for fact in before.article.facts}
    for fact in after.article.facts:
        was = held.get(fact.id)
        if was is not None and was != fact:
            yield from (each.figure.id for each in (was, fact) if each.figure)


def _of_tariffs(before: Knowledge, after: Knowledge) -> Iterator[str]:
    old, new = ({name: (event, known.terms.get(name)) for name, event in known.by_id.items()} for known in (before.tariffs, after.tariffs))
    for name in old.keys() | new.keys():
        if old.get(name) != new.get(name):
            scopes = [held[name][0].scope for held in (old, new) if name in held]
            for area in {WORLD, *(area for scope in scopes for area in scope.named)}:
                yield from (f"{area}{_RATE}{name}", f"{area}{_RATE}{name}.low")


def _called(figure: Figure, knowledge: Knowledge) -> str:
    known = {**knowledge.partners, **knowledge.groups}
    area = known[figure.partner].name if figure.partner in known else "the world" if figure.partner == WORLD else figure.partner
    metric = figure.metric.partition(".")[0].replace("_", " ")
    return f"{area}, {metric}, {figure.period.label}" if figure.period else f"{area}, {metric}"


def _value(figure: Figure, value: float) -> str:
    if figure.unit is Unit.MONEY:
        return signed(value)
    if figure.unit in (Unit.PERCENT, Unit.POINTS):
        return f"{value:.1f} %".replace("-", "−")
    return f"{value:g}"
