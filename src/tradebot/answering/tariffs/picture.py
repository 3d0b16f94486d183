"""A partner's tariffs at a moment: the moment asked for, and everything the record has to say about it then."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

from tradebot.answering.figures import arithmetic
from tradebot.answering.tariffs.lines import Line, area_of, endings, exemption_groups, line, lines, sums
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, charged, standings
from tradebot.knowledge.tariff_events import How, Role
from tradebot.knowledge.tariff_record import TariffRecord
from tradebot.query import Query

DEALS_SHOWN = 1
SHARED_SAID = 5
ANNOUNCED_SAID = 2
"""Duties on the products of all partners, and announced ones, that are said one by one beside a partner's own."""
_FOR_CODE = frozenset({"partner", "own", "own_lines", "added"})
"""Parts of a picture that templates get in another form."""
MONTHS = frozenset(name.lower() for each in range(1, 13) for name in (calendar.month_name[each], calendar.month_abbr[each])) | {"sept"}


@dataclass(frozen=True, slots=True)
class Moment:
    """The day (or days) a question is about, and the day on which things are taken as known.

    `now`: no day was asked, or one past the last review. `beyond` holds the day asked where it lies past it.
    """

    first: dt.date
    last: dt.date
    known_on: dt.date
    now: bool
    reviewed: dt.date
    period: Period | None = None
    beyond: dt.date | None = None
    future: bool = False
    asked: Period | None = None
    """The month or year asked for where it lies past the last review."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def facts(self) -> dict[str, object]:
        """What templates may say of it."""
        return {
            "reviewed": self.reviewed,
            "day": self.last,
            "period": self.period,
            "span": self.first != self.last,
            "first_day": self.first,
            "beyond": self.beyond,
            "beyond_period": self.asked,
            "future": self.future,
        }


def by_calendar(query: Query, today: dt.date) -> Query:
    """“This year”, “last month” and a month without a year by the calendar: tariffs are not tied to the months of the trade figures."""
    said = query.period_said.lower().removeprefix("the ")
    if query.period is None or query.date is not None:
        return query
    if said == "this year":
        return replace(query, period=Period.year(today.year))
    if said in ("last month", "previous month", "past month"):
        return replace(query, period=Period.month(today.year, today.month).shift(-1))
    if said in MONTHS and query.period.is_month:
        month = query.period.last % 12 + 1
        late = month > today.month + 1
        return replace(query, period=Period.month(today.year - late, month))
    return query


def moment_of(query: Query, knowledge: Knowledge, today: dt.date) -> Moment:
    """The moment of a question; without a day it is today."""
    query = by_calendar(query, today)
    reviewed = knowledge.tariffs.reviewed
    first, last = query.date, query.date_to or query.date
    if first is None and query.period is not None:
        first, last = query.period.start_date(), query.period.end_date()
    if first is None or last is None:
        return Moment(today, today, today, now=True, reviewed=reviewed)
    if first > reviewed:
        asked = query.period if query.date is None else None
        return Moment(last, last, today, now=True, reviewed=reviewed, beyond=first, future=first > today, asked=asked)
    period = query.period if query.date is None else None
    known_on = min(last, today) if "known_then" in query.features else today
    return Moment(first, min(last, reviewed), known_on, now=False, reviewed=reviewed, period=period)


@dataclass(frozen=True, slots=True)
class Picture:
    """One partner at a moment, each part as lines for a template."""

    partner: str
    own: tuple[Standing, ...]
    own_lines: list[Line]
    shared: list[Line]
    unknown_own: list[Line]
    unknown: list[Line]
    coming: list[Line]
    ended: list[Line]
    probes: list[Line]
    deals: list[Line]
    changes: list[Line]
    known_then: list[Line]
    spared: list[Line]
    pauses: list[Line]
    suspended: list[Line]
    added: list[Figure]
    unsettled: list[str]
    newsletter: list[str]
    ordinary: str
    via: str

    def facts(self) -> dict[str, object]:
        """The variables of a template."""
        parts = {part.name: getattr(self, part.name) for part in fields(self) if part.name not in _FOR_CODE}
        broad = [each for each in self.own_lines if not each["goods"]]
        narrow = [each for each in self.own_lines if each["goods"]]
        groups = exemption_groups(broad)
        announced = sorted((*self.unknown, *self.coming), key=lambda each: str(each["since"]))
        others = [each for each in announced if not each["own"]]
        return {
            **parts,
            "broad": broad,
            "narrow": narrow,
            "exempt": groups,
            "announced": others,
            "announced_said": _shortened(others, ANNOUNCED_SAID),
            "shared_said": _shortened(self.shared, SHARED_SAID),
            "coming_own": [each for each in self.coming if each["own"]],
            "sums": self.added,
        }


def _shortened(items: list[Line], said: int) -> dict[str, object]:
    """The first few `items` and how many `more` there are; a single one more is said rather than counted."""
    if len(items) <= said + 1:
        return {"items": items, "more": None}
    return {"items": items[:said], "more": arithmetic.count(items[said:], "duties")}


def picture(knowledge: Knowledge, partner: str, moment: Moment) -> Picture:
    """Everything about a partner at a moment (at the end of a span; `changes` holds what moved within it)."""
    return knowledge.remember(_picture, partner, moment)


def _picture(knowledge: Knowledge, partner: str, moment: Moment) -> Picture:
    record, area = knowledge.tariffs, area_of(knowledge, partner)
    truth = standings(record, area, moment.last, moment.known_on)
    then = truth if moment.now else standings(record, area, moment.last, moment.last)
    duties = charged(truth)
    own = [each for each in duties if each.own or not record.families[each.event.family].goods]
    own_lines = lines(knowledge, own, partner)
    open_own = [each for each in then if each.state in (State.UNKNOWN, State.POSTPONED) and each.event.charged]
    return Picture(
        partner=partner,
        own=tuple(own),
        own_lines=own_lines,
        shared=sorted(lines(knowledge, (each for each in duties if each not in own), partner), key=_by_family(record)),
        unknown_own=lines(knowledge, (each for each in open_own if each.own), partner),
        unknown=lines(knowledge, (each for each in open_own if not each.own), partner),
        coming=lines(knowledge, (each for each in then if each.state is State.SET and each.event.charged), partner),
        ended=endings(knowledge, then, partner, duties, moment.last),
        probes=lines(
            knowledge,
            (each for each in then if each.own and each.state is State.OPEN and each.event.role in (Role.PROBE, Role.PROPOSAL)),
            partner,
        ),
        deals=_deals(knowledge, then, partner),
        changes=[] if moment.first == moment.last else changes(knowledge, partner, moment),
        known_then=[] if moment.now else _known_then(knowledge, partner, moment, own),
        spared=_spared(knowledge, truth, own, partner),
        pauses=lines(knowledge, (each for each in _pauses(then) if each.start and each.start <= moment.first), partner),
        suspended=_suspended(knowledge, then, partner),
        added=sums(knowledge, own, partner),
        unsettled=[each.text for each in record.unsettled(partners=area)] if moment.now else [],
        newsletter=[each.text for each in record.newsletter(partner)] if moment.now else [],
        ordinary=record.about.ordinary_all_in if any(each.rate.all_in for each in own) else record.about.ordinary,
        via=next((str(each["via"]) for each in own_lines if each["via"]), ""),
    )


def _by_family(record: TariffRecord) -> Callable[[Line], int]:
    """The order of the families' file: metals, cars and so on, what most people ask about first."""
    place = {family.goods: at for at, family in enumerate(record.families.values())}
    return lambda each: place.get(str(each["goods"]), len(place))


def _in_force(each: Standing, role: Role) -> bool:
    return each.event.role is role and each.state is State.IN_FORCE


def _pauses(found: Sequence[Standing]) -> Sequence[Standing]:
    """The latest suspension that runs, per family."""
    running = {each.event.family: each for each in found if _in_force(each, Role.PAUSE)}
    return list(running.values())


def _suspended(knowledge: Knowledge, found: Sequence[Standing], partner: str) -> list[Line]:
    """Rates of the partner's own that a suspension ended, while it runs."""
    running = {each.event.family for each in _pauses(found)}
    held = [each for each in found if each.own and each.state is State.ENDED and each.how is How.SUSPENDED and each.event.family in running]
    return lines(knowledge, held, partner)


def _spared(knowledge: Knowledge, found: Sequence[Standing], own: Sequence[Standing], partner: str) -> list[Line]:
    """Exemptions that came later by an event of their own, where the duty itself does not name them."""
    named = {each.event.family: set(each.event.exempt) for each in own}
    held = [each for each in found if _in_force(each, Role.EXEMPT) and each.event.family in named]
    return lines(knowledge, (each for each in held if not set(each.event.exempt) <= named[each.event.family]), partner)


def _deals(knowledge: Knowledge, found: Sequence[Standing], partner: str) -> list[Line]:
    """The latest deal with a partner."""
    deals = [each for each in found if each.own and each.event.role is Role.DEAL]
    return lines(knowledge, deals[-DEALS_SHOWN:], partner)


def changes(knowledge: Knowledge, partner: str, moment: Moment) -> list[Line]:
    """What started or ended for a partner within a span, by day: lines with `on` and `what` (start or end)."""
    record, area = knowledge.tariffs, area_of(knowledge, partner)
    moved: list[Line] = []
    for each in standings(record, area, moment.last, moment.known_on):
        if not _moves(record, each) or each.state in (State.NEVER, State.SET):
            continue
        if each.start and moment.first <= each.start <= moment.last:
            moved.append({**line(knowledge, each, partner), "on": each.start, "what": "start"})
        if each.end and moment.first < each.end <= moment.last and each.how and each.how.value in ("struck_down", "expired", "removed"):
            moved.append({**line(knowledge, each, partner), "on": each.end, "what": "end"})
    return sorted(moved, key=lambda each: str(each["on"]))


def _moves(record: TariffRecord, each: Standing) -> bool:
    """Whether an event's start or end changes what a partner's goods bear."""
    if each.event.role not in (Role.DUTY, Role.QUOTA, Role.EXEMPT, Role.PAUSE):
        return False
    return each.own or not each.event.products or bool(record.families[each.event.family].goods)


def _known_then(knowledge: Knowledge, partner: str, moment: Moment, own: Sequence[Standing]) -> list[Line]:
    """Duties of a partner as they looked on the day itself, where a later document changed them with effect back to it."""
    then = charged(standings(knowledge.tariffs, area_of(knowledge, partner), moment.last, moment.last))
    rates = {(each.event.family, each.rate.text) for each in own}
    families = {each.event.family for each in own}
    other = [each for each in then if each.event.family in families and (each.event.family, each.rate.text) not in rates]
    return lines(knowledge, other, partner)
