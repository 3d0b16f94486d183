"""A rate taken for granted (“is the 145 % still on?”): which measure had it, whether it holds, and what held last."""

from __future__ import annotations

import datetime as dt

from tradebot.answer import Answer
from tradebot.answering.tariff_lines import NOBODY, WORLD, Line, area_of, endings, line, sums
from tradebot.answering.tariff_picture import moment_of, picture
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, charged, standings
from tradebot.knowledge.tariff_models import Role
from tradebot.query import Query

_HELD_FIRST = (State.IN_FORCE, State.UNKNOWN, State.POSTPONED, State.SET, State.ENDED, State.NEVER, State.OPEN)


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Yes, no or not known, with the measure that has or had the rate and what is charged on the partner's goods."""
    record = knowledge.tariffs
    moment = moment_of(query, knowledge, today)
    partner = next((each for each in (*query.partners, *query.groups) if each != WORLD), WORLD)
    said = float(query.premise.said) if query.premise else 0.0
    area = NOBODY if partner == WORLD else area_of(knowledge, partner)
    found = standings(record, area, moment.last, moment.known_on)
    if query.products:
        events = {event.id for each in query.products for event in record.on_product(each)}
        found = [each for each in found if each.event.id in events]
    if partner == WORLD and not query.products:
        found = [each for each in found if each.event.scope.everybody]
    match = _best(knowledge, [each for each in found if _has(each, said)], general=not query.products)
    settled = match is not None and match.state is State.IN_FORCE and not record.families[match.event.family].goods
    together = None if settled else _together(query, knowledge, partner, said, moment.last)
    held = picture(knowledge, partner, moment) if partner != WORLD else None
    duties = charged(found)
    facts: dict[str, object] = {
        **moment.facts(),
        "partner": partner,
        "said": Figure(partner, "asked.rate", None, said, Unit.PERCENT, formula="as asked"),
        "match": line(knowledge, match, partner) if match else None,
        "then": _then(knowledge, match, partner) if match else "",
        "together": together,
        "verdict": _verdict(match, together, moment.last),
        "broad": held.facts()["broad"] if held else [],
        "exempt": held.facts()["exempt"] if held else [],
        "narrow": [line(knowledge, each, partner) for each in duties if each.event.products] if query.products else [],
        "elsewhere": [line(knowledge, each, partner) for each in duties if _has(each, said) and each is not match and not query.products],
        "ended": endings(knowledge, found, partner, duties, moment.last),
        "sums": held.added if held else [],
        "newsletter": [text for text in held.newsletter if f"{said:g} %" in text] if held else [],
        "unsettled": [text for text in held.unsettled if f"{said:g} %" in text] if held else [],
        "ordinary": held.ordinary if held else record.about.ordinary,
    }
    keys = () if partner == WORLD else (partner,)
    return Answer(query, "tariff_rate", facts, keys=keys, sources=(record.about.source,))


def _has(each: Standing, said: float) -> bool:
    """Whether a measure has the rate: as its own, or as one of its classes."""
    return each.event.role in (Role.DUTY, Role.DEAL, Role.PROPOSAL, Role.THREAT) and said in (each.rate.low, each.rate.high)


def _best(knowledge: Knowledge, found: list[Standing], *, general: bool) -> Standing | None:
    """The one to speak of: a duty on goods in general where no product was named; what runs before what is over; the latest."""
    families = knowledge.tariffs.families
    wide = [each for each in found if not families[each.event.family].goods and each.event.role is Role.DUTY]
    chosen = wide if general and wide else found
    held = charged(chosen)
    if held:
        return held[0]
    return max(chosen, key=_nearness, default=None)


def _nearness(each: Standing) -> tuple[bool, int, bool, dt.date, dt.date]:
    order = -_HELD_FIRST.index(each.state)
    return each.event.role is Role.DUTY, order, each.own, each.end or dt.date.min, each.start or dt.date.min


def _together(query: Query, knowledge: Knowledge, partner: str, said: float, day: dt.date) -> Line | None:
    """The span in which rates that come on top of one another made up the one said, and its parts."""
    if partner == WORLD or query.products:
        return None
    record, area = knowledge.tariffs, area_of(knowledge, partner)
    for event in record.events:
        start = event.effective
        if not event.adds_to or not event.scope.bond(area) or start is None or start > day:
            continue
        duties = charged(standings(record, area, start, day))
        total = next((each for each in sums(knowledge, duties, partner) if each.value == said and event.id in each.id), None)
        if total is None:
            continue
        parts = [line(knowledge, each, partner) for each in duties if any(each.event.id in part.id for part in total.derived_from)]
        ends = [each["end"] for each in parts if isinstance(each["end"], dt.date)]
        return {"figure": total, "parts": parts, "since": start, "end": min(ends, default=None)}
    return None


def _then(knowledge: Knowledge, match: Standing, partner: str) -> str:
    """The rate that took the place of one that was raised, lowered or replaced."""
    event = knowledge.tariffs.by_id.get(match.ended_by)
    if event is None or event.role is not Role.DUTY or match.state is not State.ENDED or match.end is None:
        return ""
    return knowledge.tariffs.rate(event, NOBODY if partner == WORLD else area_of(knowledge, partner), match.end).text


def _verdict(match: Standing | None, together: Line | None, day: dt.date) -> str:
    """`yes`, `no` or `unknown` (nothing recorded: `never`)."""
    if together is not None:
        end = together["end"]
        if not isinstance(end, dt.date) or end > day:
            return "yes"
        return "no"
    if match is None:
        return "never"
    if match.state is State.IN_FORCE:
        return "yes"
    return "unknown" if match.state in (State.UNKNOWN, State.POSTPONED) else "no"
