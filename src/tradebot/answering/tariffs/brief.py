"""Tariffs in one line, for answers about trade: what goods of a partner bore in general, as last reviewed or on a past day."""

from __future__ import annotations

import datetime as dt

from tradebot.answering.tariffs.lines import area_of, exemption_groups, lines, sums
from tradebot.answering.tariffs.picture import moment_of
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import State, charged, standings
from tradebot.query import Query

_OPEN = (State.UNKNOWN, State.POSTPONED)


def brief(query: Query, knowledge: Knowledge, partner: str, today: dt.date) -> dict[str, object] | None:
    """The duties on a partner's goods in general at the end of the period asked for, or now; None before the record is thick enough.

    Facts for the macro `tariffs_in_brief`: what is charged, on top of one another, exempt, and of its own but not known.
    """
    record = knowledge.tariffs
    moment = moment_of(query, knowledge, today)
    if moment.last < record.about.thin_before:
        return None
    found = standings(record, area_of(knowledge, partner), moment.last, moment.known_on)
    duties = [each for each in charged(found) if not record.families[each.event.family].goods]
    broad = lines(knowledge, duties, partner)
    open_own = [each for each in found if moment.now and each.own and each.event.charged and each.state in _OPEN]
    return {
        "day": moment.last,
        "now": moment.now,
        "reviewed": moment.reviewed,
        "broad": broad,
        "sums": sums(knowledge, duties, partner),
        "exempt": exemption_groups(broad),
        "unknown": lines(knowledge, open_own, partner),
    }
