"""A rate taken for granted (“is the 145 % still on?”): which measure had it, whether it holds, and what held last."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering.figures.areas import first_named
from tradebot.answering.tariffs.lines import Line, area_of, endings, line, sums
from tradebot.answering.tariffs.picture import moment_of, picture
from tradebot.knowledge.figures import Figure, Unit
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, charged, standings
from tradebot.knowledge.tariff_events import Role
from tradebot.query import Query

_PENDING = (State.SET, State.UNKNOWN, State.POSTPONED)
_HELD_FIRST = (State.IN_FORCE, State.UNKNOWN, State.POSTPONED, State.SET, State.ENDED, State.NEVER, State.OPEN)


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """Yes, no or not known, with the measure that has or had the rate and what is charged on the partner's goods."""
    record = knowledge.tariffs
    moment = moment_of(query, knowledge, today)
    partner = first_named(query)
    said = float(query.premise.said) if query.premise else 0.0
    area = area_of(knowledge, partner)
    found = standings(record, area, moment.last, moment.known_on, *query.products[:1])
    if query.products:
        events = {event.id for each in query.products for event in record.on_product(each)}
        found = [each for each in found if each.event.id in events]
    named = [each for each in found if query.products and partner == WORLD and not each.event.scope.everybody]
    some = _on_some(found, said) if partner == WORLD and not query.products else []
    if partner == WORLD:
        found = [each for each in found if each.event.scope.everybody]
    duties = charged(found)
    match = _best(knowledge, [each for each in found if _has(each, said) and (each in duties or not _superseded(each))], query)
    match = match or _best(knowledge, [each for each in named if _has(each, said)], query)
    if match is None and not some and partner == WORLD and not query.products and (owner := _owner(query, knowledge, said, moment.last)):
        return answer(replace(query, partners=(owner,), assumed=(*query.assumed, "partner")), knowledge, today)
    settled = match is not None and match.state is State.IN_FORCE and not record.families[match.event.family].goods
    together = None if settled else _together(query, knowledge, partner, said, moment.last)
    held = picture(knowledge, partner, moment) if partner != WORLD else None
    facts: dict[str, object] = {
        **moment.facts(),
        "partner": partner,
        "said": Figure(partner, "asked.rate", None, said, Unit.PERCENT, formula="as asked"),
        "some": [line(knowledge, each, partner) for each in some],
        "match": line(knowledge, match, partner) if match else None,
        "then": _then(knowledge, match, partner) if match else "",
        "together": together,
        "verdict": _verdict(match, together, moment.last),
        **_first_words(query),
        "partly": match is not None and not query.products and bool(record.families[match.event.family].goods),
        "earlier": _earlier(knowledge, found, match, said, partner) if query.products else [],
        "broad": held.facts()["broad"] if held else [],
        "exempt": held.facts()["exempt"] if held else [],
        "narrow": [line(knowledge, each, partner) for each in duties if each.event.products] if query.products else [],
        "elsewhere": [line(knowledge, each, partner) for each in duties if _has(each, said) and each is not match and not query.products],
        "ended": endings(knowledge, found, partner, duties, moment.last),
        "coming": [line(knowledge, each, partner) for each in found if query.products and each.event.charged and each.state in _PENDING],
        "product": record.products[query.products[0]].name if query.products else "",
        "told": [] if query.products or match else _told(found, said),
        "sums": held.added if held else [],
        "newsletter": [text for text in held.newsletter if f"{said:g} %" in text] if held else [],
        "unsettled": [text for text in held.unsettled if f"{said:g} %" in text] if held else [],
        "ordinary": held.ordinary if held else record.about.ordinary,
    }
    facts["first"] = _first_day(query, facts["earlier"])
    keys = () if partner == WORLD else (partner,)
    return Answer(query, "tariff_rate", facts, keys=keys, sources=(record.about.source,))


def _on_some(found: Sequence[Standing], said: float) -> Sequence[Standing]:
    """Duties in force on goods in general of some partners, at that rate."""
    return [each for each in charged(found) if not each.event.scope.everybody and not each.event.products and _has(each, said)]


def _owner(query: Query, knowledge: Knowledge, said: float, day: dt.date) -> str:
    """The one partner that ever had a rate, alone or in all (“how long did the 145 % last”); empty for none or several."""
    events = [event for event in knowledge.tariffs.events if event.role is Role.DUTY and not event.products]
    alone = {event.scope.order[0] for event in events if len(event.scope.order) == 1 and said in (event.rate.low, event.rate.high)}
    adding = {partner for event in events if event.adds_to for partner in event.scope.order if partner in knowledge.partners}
    found = alone | {partner for partner in adding if _together(query, knowledge, partner, said, day)}
    return next(iter(found)) if len(found) == 1 else ""


def _has(each: Standing, said: float) -> bool:
    """Whether a measure has the rate: as its own, or as one of its classes."""
    return each.event.role in (Role.DUTY, Role.DEAL, Role.PROPOSAL, Role.THREAT) and said in (each.rate.low, each.rate.high)


def _told(found: Sequence[Standing], said: float) -> list[str]:
    """What notes on duties on goods in general say of the rate (“15 % was announced, but …”)."""
    duties = (each.event for each in found if each.event.charged and not each.event.products)
    return [event.note for event in duties if re.search(rf"(?<![\d.]){said:g} %", event.note)]


def _superseded(each: Standing) -> bool:
    """A duty that runs for others, while the partner has one of its own in the family."""
    return each.event.charged and each.state is State.IN_FORCE


def _best(knowledge: Knowledge, found: Sequence[Standing], query: Query) -> Standing | None:
    """The one to speak of: without a product only duties on goods in general and the partner's own; what runs before what is over."""
    families = knowledge.tariffs.families
    wide = [each for each in found if not families[each.event.family].goods and each.event.role is Role.DUTY]
    chosen = found if query.products else wide or [each for each in found if each.own]
    held = charged(chosen)
    return held[0] if held else max(chosen, key=_nearness, default=None)


def _nearness(each: Standing) -> tuple[bool, int, bool, dt.date, dt.date]:
    order = -_HELD_FIRST.index(each.state)
    return each.event.role is Role.DUTY, order, each.own, each.end or dt.date.min, each.start or dt.date.min


def _together(query: Query, knowledge: Knowledge, partner: str, said: float, day: dt.date) -> Line | None:
    """The span in which rates that come on top of one another made up the one said, and its parts; the latest such span."""
    if partner == WORLD or query.products:
        return None
    record, area = knowledge.tariffs, area_of(knowledge, partner)
    found: Line | None = None
    for start in _starts(knowledge, area, day):
        duties = charged(standings(record, area, start, day))
        total = next((each for each in sums(knowledge, duties, partner) if each.value == said), None)
        if total is None:
            continue
        parts = [
            line(knowledge, each, partner)
            for each in duties
            if any(part.place.startswith(f"{each.event.id}:") for part in total.derived_from)
        ]
        ends = [each["end"] for each in parts if isinstance(each["end"], dt.date)]
        running = found is not None and isinstance(found["end"], dt.date) and found["end"] >= start
        since = found["since"] if found is not None and running else start
        found = {"figure": total, "parts": parts, "since": since, "end": min(ends, default=None)}
    return found


def _starts(knowledge: Knowledge, area: frozenset[str], day: dt.date) -> list[dt.date]:
    """The days on which a partner's duties changed, where rates could come on top of one another."""
    events = knowledge.tariffs.events
    families = {family for event in events if event.adds_to and event.scope.bond(area) for family in (event.family, event.adds_to)}
    days = {event.effective for event in events if event.family in families and event.effective and event.scope.bond(area)}
    return sorted(each for each in days if each <= day)


def _then(knowledge: Knowledge, match: Standing, partner: str) -> str:
    """The rate that took the place of one that was raised, lowered or replaced."""
    event = knowledge.tariffs.by_id.get(match.ended_by)
    if event is None or event.role is not Role.DUTY or match.state is not State.ENDED or match.end is None:
        return ""
    return knowledge.tariffs.rate(event, area_of(knowledge, partner), match.end).text


def _earlier(knowledge: Knowledge, found: Sequence[Standing], match: Standing | None, said: float, partner: str) -> list[Line]:
    """Earlier duties of the same family that had the rate."""
    over = (each for each in found if each.state is State.ENDED and each.event.charged and _has(each, said))
    return [line(knowledge, each, partner) for each in over if match and each.event.family == match.event.family and each is not match]


def _first_day(query: Query, earlier: object) -> dt.date | None:
    """The first day of the rate, where it is asked when it came and was there before the duty that has it now."""
    days = [each["since"] for each in earlier if isinstance(each["since"], dt.date)] if isinstance(earlier, list) else []
    return min(days, default=None) if {"when", "which_year"} & query.features else None


def _first_words(query: Query) -> dict[str, object]:
    """What a question about a rate that holds, and about one that does not, begins with; “is it gone?” turns them round."""
    if {"when", "which_year", "why", "how"} & query.features:
        return {"if_holds": "", "if_over": ""}
    if "past_tense" in query.features and not {"ended", "paused"} & query.features:
        return {"if_holds": "Yes: ", "if_over": ""}
    asked_over = {"ended", "yes_no"} <= query.features
    return {"if_holds": "No: " if asked_over else "Yes: ", "if_over": "Yes: " if asked_over else "No: "}


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
