"""Tariffs by product: what is charged on it (from a partner or from anybody), what is coming, what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tradebot.answer import Answer
from tradebot.answering.figures.areas import first_named, named
from tradebot.answering.tariffs import lists
from tradebot.answering.tariffs.endings import ahead, word
from tradebot.answering.tariffs.lines import NOBODY, Line, area_of, endings, exemption_groups, line, lines, running_families, sums
from tradebot.answering.tariffs.picture import Moment, moment_of, picture
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.knowledge.tariff_clock import Standing, State, charged, standing, standings
from tradebot.knowledge.tariff_events import How, Role, Status
from tradebot.query import Query

SECTION_232 = "S232"
CHANGES_SHOWN = 3
_WHEN = frozenset({"when", "which_year", "first_time", "tariff_date"})
OTHERS_SHOWN = 4
PAST_SHOWN = 4


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The duties on the first product named, from the first partner named or from anybody."""
    if not query.products:
        return lists.overview(query, knowledge, today)
    moment = moment_of(query, knowledge, today)
    partner = first_named(query)
    product = query.products[0]
    facts = {**moment.facts(), **_facts(knowledge, product, partner, moment), "court": "court" in query.features}
    facts.update(ahead(query, facts["duties"]))
    facts["word"] = word(facts, _word(query, facts))
    facts["why"] = "why" in query.features
    if _WHEN & query.features and facts["rules"]:
        facts["rules"], facts["word"] = _first_rule_last(facts["rules"]), ""
    facts["others"] = _others(query, knowledge, product, partner, moment)
    keys = () if partner == WORLD else (partner,)
    return Answer(query, "tariff_product", facts, keys=keys, sources=(knowledge.tariffs.about.source,))


def _others(query: Query, knowledge: Knowledge, product: str, partner: str, moment: Moment) -> list[Line]:
    """The duties on the product from the other partners named: `partner` and `duties`."""
    rest = [each for each in named(query) if each != partner][:OTHERS_SHOWN]
    return [{"partner": each, "duties": _facts(knowledge, product, each, moment)["duties"]} for each in rest]


def _facts(knowledge: Knowledge, product: str, partner: str, moment: Moment) -> dict[str, Any]:
    record = knowledge.tariffs
    area = area_of(knowledge, partner)
    events = set(record.on_product(product))
    found = [each for each in standings(record, area, moment.last, moment.known_on, product) if each.event in events]
    then = found if moment.now else [each for each in standings(record, area, moment.last, moment.last, product) if each.event in events]
    duties = _duties(found, partner)
    broad = _broad(knowledge, product, partner, moment, duties)
    return {
        "product": record.products[product].name,
        "thin": moment.last < record.about.thin_before,
        "thin_before": record.about.thin_before,
        "tied": record.products[product].tied,
        "partner": partner,
        "duties": lines(knowledge, duties, partner),
        "special": _special(knowledge, found, duties, product, moment) if partner == WORLD else [],
        "terms": _terms(knowledge, [*duties, *(each for each in then if _pending(each))], product) if partner == WORLD else [],
        "changes": _of(knowledge, found, partner, {Role.CHANGE, Role.EXEMPT}, {State.IN_FORCE, State.OPEN})[-CHANGES_SHOWN:],
        "rules": _of(knowledge, found, partner, {Role.RULE}, {State.IN_FORCE, State.ENDED}),
        "unknown": _of(knowledge, then, partner, {Role.DUTY}, {State.UNKNOWN, State.POSTPONED}),
        "coming": _of(knowledge, then, partner, {Role.DUTY, Role.QUOTA}, {State.SET}),
        "probes": _of(knowledge, then, partner, {Role.PROBE, Role.PROPOSAL}, {State.OPEN}),
        "threats": _of(knowledge, then, partner, {Role.THREAT}, {State.OPEN, State.ENDED}),
        "before": _before(knowledge, then, partner, duties),
        "ended": endings(knowledge, then, partner, duties, moment.last),
        "broad": broad,
        "listed": _listed(knowledge, partner, moment),
        "general": _general(knowledge, moment) if partner == WORLD and not duties else [],
        "general_exempt": exemption_groups(broad) if partner != WORLD else [],
        "exempted": _exempted(knowledge, found, broad, partner),
        "broad_ended": _broad_ended(knowledge, product, partner, moment),
        "section_232": record.laws[SECTION_232].name,
        "added": sums(knowledge, duties, partner),
        "unsettled": [each.text for each in record.unsettled(product=product)],
        "deals": _deals_of_ending(knowledge, then),
        "ruling": _ruling(knowledge),
        "ordinary": record.about.ordinary,
    }


def _duties(found: Iterable[Standing], partner: str) -> list[Standing]:
    """The duties in force; from anybody only those that bind all."""
    return charged(each for each in found if partner != WORLD or each.event.scope.everybody)


def _special(knowledge: Knowledge, found: Iterable[Standing], duties: list[Standing], product: str, moment: Moment) -> list[Line]:
    """Duties in force on the product from named partners only, with those partners for whom each still runs."""
    own = [each for each in found if each.state is State.IN_FORCE and each.event.charged and not each.event.scope.everybody]
    rows = [{**line(knowledge, each, WORLD), "partners": _still(knowledge, each, product, moment)} for each in own if each not in duties]
    return [row for row in rows if row["partners"]]


def _still(knowledge: Knowledge, each: Standing, product: str, moment: Moment) -> list[str]:
    """The partners a duty names, without those for whom it ended earlier or another of its family took its place."""
    kept = []
    for partner in each.event.scope.order:
        found = standings(knowledge.tariffs, area_of(knowledge, partner), moment.last, moment.known_on, product)
        if any(one.event is each.event for one in charged(found)):
            kept.append(partner)
    return kept


def _terms(knowledge: Knowledge, duties: Iterable[Standing], product: str) -> list[Line]:
    """Other rates for some partners within the duties: `partners` and `rate`; one for the product before one for all."""
    found = [term for each in duties for term in knowledge.tariffs.terms.get(each.event.id, ()) if term.rate.text and term.scope.named]
    close = {partner for term in found if product in term.products for partner in term.scope.named}
    fits = [term for term in found if product in term.products or (not term.products and not term.scope.named & close)]
    return [{"partners": list(term.scope.order), "rate": term.rate.text} for term in fits]


def _of(knowledge: Knowledge, found: Iterable[Standing], partner: str, roles: set[Role], states: set[State]) -> list[Line]:
    return lines(knowledge, (each for each in found if each.event.role in roles and each.state in states), partner)


def _before(knowledge: Knowledge, found: Iterable[Standing], partner: str, duties: list[Standing]) -> list[Line]:
    """Earlier duties of the families in force."""
    families = {each.event.family for each in duties}
    past = [
        each
        for each in found
        if each.state is State.ENDED
        and each.event.charged
        and each.event.family in families
        and (partner != WORLD or each.event.scope.everybody)
    ]
    return lines(knowledge, past[-PAST_SHOWN:], partner)


def _pending(each: Standing) -> bool:
    return each.event.charged and each.state in (State.SET, State.UNKNOWN, State.POSTPONED)


def _broad(knowledge: Knowledge, product: str, partner: str, moment: Moment, duties: list[Standing]) -> list[Line]:
    """The duties on a partner's goods in general, at the product's rate; `spared` where one leaves out what Section 232 covers."""
    if partner == WORLD:
        return []
    record, area = knowledge.tariffs, area_of(knowledge, partner)
    under_232 = any(SECTION_232 in each.event.authorities for each in duties)
    own = (each for each in picture(knowledge, partner, moment).own if not record.families[each.event.family].goods)
    rated = (replace(each, rate=record.rate(each.event, area, moment.last, product)) for each in own)
    return [{**line(knowledge, each, partner), "spared": under_232 and "s232" in each.event.exempt} for each in rated]


def _general(knowledge: Knowledge, moment: Moment) -> list[Line]:
    """The duties on goods in general that somebody's goods bore, a line per family."""
    families = knowledge.tariffs.families
    found = (each for each in standings(knowledge.tariffs, NOBODY, moment.last, moment.known_on) if each.state is State.IN_FORCE)
    return running_families(knowledge, (each for each in found if each.event.charged and not families[each.event.family].goods))


def _listed(knowledge: Knowledge, partner: str, moment: Moment) -> list[Line]:
    """Duties on lists of a partner's goods (China's under Section 301), of which the record does not say what stands on them."""
    if partner == WORLD:
        return []
    families = knowledge.tariffs.families
    held = [each for each in picture(knowledge, partner, moment).own if families[each.event.family].goods and not each.event.products]
    return lines(knowledge, held, partner)


def _exempted(knowledge: Knowledge, found: Iterable[Standing], broad: list[Line], partner: str) -> list[Line]:
    """Exemptions of the product from the duties on a partner's goods in general, by events of their own."""
    labels = {each["label"] for each in broad}
    held = (each for each in found if each.event.role is Role.EXEMPT and each.state is State.IN_FORCE)
    return [row for row in lines(knowledge, held, partner) if row["label"] in labels]


def _broad_ended(knowledge: Knowledge, product: str, partner: str, moment: Moment) -> list[Line]:
    """Duties on a partner's goods in general that are over and had a rate of their own for the product (oil at 10 %)."""
    if partner == WORLD:
        return []
    record, area = knowledge.tariffs, area_of(knowledge, partner)
    apart = {each for each, terms in record.terms.items() if any(product in term.products and term.scope.bond(area) for term in terms)}
    found = standings(record, area, moment.last, moment.last if not moment.now else moment.known_on, product)
    general = [each for each in found if each.event.id in apart and not each.event.products]
    return endings(knowledge, general, partner, (), moment.last)


def _deals_of_ending(knowledge: Knowledge, found: Iterable[Standing]) -> list[Line]:
    """Deals of the same day as the order that took a duty off."""
    record, deals = knowledge.tariffs, []
    for each in found:
        ender = record.by_id.get(each.ended_by)
        if each.how is not How.REMOVED or ender is None:
            continue
        for event in record.events:
            if event.role is Role.DEAL and event.announced == ender.announced and event.scope.named & each.event.scope.named:
                deal = standing(record, event, NOBODY, ender.announced, ender.announced) if ender.announced else None
                deals.extend([line(knowledge, deal, WORLD)] if deal else [])
    return deals


def _ruling(knowledge: Knowledge) -> dt.date | None:
    """The day of the last final ruling."""
    days = [event.announced for event in knowledge.tariffs.events if event.status.value == "court_final" and event.announced]
    return max(days, default=None)


def _word(query: Query, facts: dict[str, object]) -> str:
    """`yes`, `no` or nothing: an ending asked about turns the answer round, and so does a suspension of duty-free entry."""
    held = bool(facts["duties"] or facts["special"])
    over = bool({"ended", "paused"} & query.features)
    if facts["rules"]:
        return _word_on_rule(facts["rules"], asked=bool({"in_force", "duty_free"} & query.features), over=over)
    if facts["beyond"] or (facts["unknown"] and not held):
        return ""
    if "paused" in query.features and (facts["changes"] or facts["coming"]):
        return ""
    if over or "court" in query.features:
        return "no" if held else ""
    if "in_force" in query.features and not query.features & {"what", "which", "how_much", "how"}:
        return "yes" if held else "no"
    return ""


def _first_rule_last(rules: object) -> list[Line]:
    """The rules with the one in the last place, which the headline is made of, that first ended what was asked about."""
    found = rules if isinstance(rules, list) else []
    began = next((each for each in found if each["status"] == Status.IN_EFFECT.value and (each["own"] or not each["partners"])), None)
    return [*(each for each in found if each is not began), *([began] if began else [])]


def _word_on_rule(rules: object, *, asked: bool, over: bool) -> str:
    """Whether duty-free entry goes on, by the latest rule: one that is in effect suspends it."""
    last = rules[-1] if isinstance(rules, list) else {}
    if last.get("status") != Status.IN_EFFECT.value or not (asked or over):
        return ""
    return "yes" if over else "no"
