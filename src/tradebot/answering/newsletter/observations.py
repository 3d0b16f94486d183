"""Observations: what the newsletter tells about a partner or about US trade as a whole, always as its view.

    query.topic and cues ─▶ topics ─▶ facts of the newsletter ─▶ said first, with what the record has beside them

Causes, risks, companies, goods and roles are somebody's account and are attributed; a partner the newsletter does not
treat gets a refusal that says what is held of it. The questions about all of US trade are in `observed_world`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.beside import rank_figure
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import is_group, members
from tradebot.answering.goods.parts import title_of
from tradebot.answering.newsletter import observed_world
from tradebot.answering.tariffs.picture import Moment, picture
from tradebot.answering.told import GOODS, attribution, spoken
from tradebot.knowledge.article import Fact
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

FACTS_SAID = 6
"""A reply with more observations than this is a newsletter of its own."""

FIRST_YEAR_TOLD = 2018
"""The newsletter speaks of 2024, of the deficit with China since 2018 and of January 2025: of nothing earlier."""

LAST_YEAR_TOLD = 2025
"""Of a rise or fall after that year it cannot have known the cause."""

CHAPTERS_NAMED = 3
PARTNERS_SAID = 4
_SPOKEN_OF = ("cause", "role", "goods", "risk", "vulnerability", "company")
_OWN = ("devices", "related_party", "textile_inputs", "vehicles", "goal", "usmca", "env_tariff")
"""Topics so narrow that a question which names one is about nothing else."""

_CUES = {
    "why": ("cause",),
    "risk": ("risk", "vulnerability"),
    "vulnerability": ("vulnerability",),
    "company": ("company",),
    "products": ("goods",),
    "role": ("role",),
    "strategy": ("china_plus_one", "nearshoring", "risk"),
    "plus_one": ("china_plus_one",),
    "devices": ("devices",),
    "related_party": ("related_party",),
    "tax_structure": ("cause", "related_party"),
    "textile_inputs": ("textile_inputs",),
    "counted": ("vehicles",),
    "concentration": ("concentration",),
    "duty_free": ("usmca",),
    "env_tariff": ("env_tariff",),
    "goal": ("goal",),
    "talks": ("talks",),
    "policy": ("policy", "talks"),
    **{cue: (topic,) for cue, topic in GOODS.items()},
}


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """What the newsletter says on the topics asked, of each partner asked or of all of US trade."""
    partners = [each for each in _asked(query, knowledge) if each != WORLD]
    topics = topics_of(query)
    if topics == ("usmca",) and partners:
        return _duty_free(query, knowledge, list(query.partners) or partners, today)
    if query.period and query.period.last_year < FIRST_YEAR_TOLD:
        return not_told(query, knowledge, partners[0] if partners else WORLD)
    if query.period and query.period.first_year > LAST_YEAR_TOLD and "change" in query.features:
        return not_told(query, knowledge, partners[0] if partners else WORLD)
    if not partners or observed_world.tells(query):
        return observed_world.answer(query, knowledge, topics)
    if len(partners) > 1:
        return _several(query, knowledge, partners, topics)
    facts = select(knowledge, partners[0], topics)
    if not facts:
        return not_told(query, knowledge, partners[0])
    return _one(query, knowledge, partners[0], facts, topics)


def topics_of(query: Query) -> tuple[str, ...]:
    """The topics of the newsletter that a question is about: its intent's own first, then those its words name."""
    named = dict.fromkeys(topic for cue, topics in _CUES.items() if cue in query.features for topic in topics)
    narrow = [topic for topic in named if topic in _OWN]
    found = dict.fromkeys([query.topic, *(narrow or named)] if query.topic else narrow or named)
    return tuple(found) or _SPOKEN_OF


def select(knowledge: Knowledge, partner: str, topics: Iterable[str]) -> tuple[Fact, ...]:
    """The facts on the topics, in the order of the topics; a fact counts for the first topic that it has."""
    found: dict[str, Fact] = {}
    for topic in topics:
        for fact in knowledge.article.facts_for(partner, topic):
            found.setdefault(fact.id, fact)
    return tuple(found.values())[:FACTS_SAID]


def balance_of(knowledge: Knowledge, partner: str, period: Period | None = None) -> dict[str, object]:
    """The record beside what is told: the balance of the latest year (or the period asked), its change and its places."""
    record = knowledge.record
    when = period if period and record.value(partner, Metric.BALANCE, period) else record.latest_year
    now, before = record.value(partner, Metric.BALANCE, when), record.value(partner, Metric.BALANCE, when.before)
    to_date = record.value(partner, Metric.BALANCE, record.to_date) if period is None else None
    return {
        "partner": partner,
        "now": now,
        "before": before,
        "change": arithmetic.change_percent(now, before) if now and before else None,
        "rank": rank_figure(knowledge, Metric.BALANCE, now) if now else None,
        "to_date": to_date,
        "to_date_rank": rank_figure(knowledge, Metric.BALANCE, to_date) if to_date else None,
    }


def not_told(query: Query, knowledge: Knowledge, partner: str) -> Answer:
    """A refusal for a partner or topic the newsletter does not treat, with what is held of that partner."""
    record = knowledge.record
    years = (query.period,) if query.period else _years_back(record.latest_year)
    year = next((year for year in years if record.chapters_of(partner, year)), None)
    largest = record.chapters_of(partner, year)[:CHAPTERS_NAMED] if year else []
    facts = {
        **attribution(knowledge),
        **balance_of(knowledge, partner, query.period),
        "world": partner == WORLD,
        "told": bool(knowledge.article.facts_for(partner)),
        "earlier": query.period if query.period and query.period.last_year < FIRST_YEAR_TOLD else None,
        "chapters": [{"name": title_of(knowledge, figure), "figure": figure} for figure in largest],
        "chapters_year": year,
    }
    name = wording.called(knowledge, partner)
    questions = (
        ("total US goods deficit", "what causes a trade deficit")
        if partner == WORLD
        else (f"deficit with {name}", f"what do we import from {name}", f"tariffs on {name}")
    )
    return Answer(query, "refusals/not_told", facts, outcome="refuse", suggestions=questions, keys=(partner,))


def _one(query: Query, knowledge: Knowledge, partner: str, facts: tuple[Fact, ...], topics: tuple[str, ...]) -> Answer:
    both_ways = "goal" in topics
    total = knowledge.record.value(partner, Metric.TOTAL_TRADE, knowledge.record.latest_year) if both_ways else None
    goal = next((fact.figure for fact in facts if "goal" in fact.topics), None)
    found: dict[str, object] = {
        **attribution(knowledge),
        "narrow": all(topic in _OWN for topic in topics),
        **balance_of(knowledge, partner, query.period if query.period and query.period.last <= knowledge.record.to_date.last else None),
        "facts": spoken(facts),
        "total": total,
        "times": arithmetic.ratio(goal, total) if goal and total else None,
        "cause": "cause" in topics,
    }
    name = wording.called(knowledge, partner)
    questions = (f"what do we import from {name}", f"tariffs on {name}", f"deficit with {name} since {wording.decade_ago(knowledge)}")
    return Answer(
        query,
        "observation",
        found,
        suggestions=questions,
        keys=(partner,),
        sources=(knowledge.article.source,),
        read_as=_read_as(query, name),
    )


def _several(query: Query, knowledge: Knowledge, partners: list[str], topics: tuple[str, ...]) -> Answer:
    parts = [{"partner": each, "facts": spoken(select(knowledge, each, topics)[:2])} for each in partners]
    told = [part for part in parts if part["facts"]]
    if not told:
        return not_told(query, knowledge, partners[0])
    if len(told) == 1:
        partner = str(told[0]["partner"])
        return _one(query, knowledge, partner, select(knowledge, partner, topics), topics)
    silent = [part["partner"] for part in parts if not part["facts"]]
    facts = {**attribution(knowledge), "parts": told, "silent": silent}
    return Answer(query, "observation_several", facts, keys=tuple(partners), sources=(knowledge.article.source,))


def _duty_free(query: Query, knowledge: Knowledge, partners: list[str], today: dt.date) -> Answer:
    """Whether trade is free of duty: what the tariff record has on goods in general, and what the newsletter says of USMCA."""
    moment = Moment(today, today, today, now=True, reviewed=knowledge.tariffs.reviewed)
    rows: list[dict[str, object]] = []
    shared: object = []
    for partner in partners[:PARTNERS_SAID]:
        held = picture(knowledge, partner, moment).facts()
        broad = held["broad"] if isinstance(held["broad"], list) else []
        free = any("USMCA" in text for each in broad for text in each["exempt"])
        told = spoken(select(knowledge, partner, ("usmca",)))
        rows.append({"partner": partner, "broad": broad, "usmca": free, "facts": told})
        shared = held["shared"]
    facts = {**attribution(knowledge), **moment.facts(), "rows": rows, "shared": shared, "ordinary": knowledge.tariffs.about.ordinary}
    sources = (knowledge.tariffs.about.source, knowledge.article.source)
    return Answer(query, "observation_duty_free", facts, keys=tuple(partners), sources=sources)


def _asked(query: Query, knowledge: Knowledge) -> tuple[str, ...]:
    """The partners asked; of a group, those the newsletter tells something about."""
    groups = [each for each in query.groups if is_group(knowledge, each)]
    inside = [each for each in members(knowledge, groups) if knowledge.article.facts_for(each)] if groups else []
    return tuple(dict.fromkeys((*query.partners, *inside)))


def _read_as(query: Query, name: str) -> str:
    return f"what the newsletter says about {name} (from your last question)" if query.carried else ""


def _years_back(latest: Period) -> Iterable[Period]:
    return (latest.shift(-12 * back) for back in range(5))
