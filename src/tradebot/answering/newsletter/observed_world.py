"""Observations on US trade as a whole: causes, the January 2025 spike, product groups, policy, China plus one, counts.

Called by `observations` for questions that name no partner (and for the ones whose point is several partners).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.standing import standing
from tradebot.answering.told import GOODS, YEAR, attribution, spoken
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

SPIKE = Period.month(2025, 1)
PLUS_ONE_FROM = Period.year(2018)
"""The deficit with China was largest in 2018: the year from which the newsletter dates its retreat."""

PLUS_ONE = ("CN", "VN")

Teller = Callable[[Query, Knowledge], Answer]


def tells(query: Query) -> bool:
    """Whether the topic of a question is answered here even where partners are named."""
    return query.topic in ("china_plus_one_visible", "count_partners")


def answer(query: Query, knowledge: Knowledge, topics: tuple[str, ...]) -> Answer:
    """The newsletter on US trade as a whole, by the first topic that has an answer of its own."""
    for topic, tell in _TELLERS.items():
        if topic in topics and not (topic == "spike" and query.period and SPIKE not in query.period):
            return tell(query, knowledge)
    goods = [topic for topic in topics if topic in GOODS.values()]
    if goods:
        return _goods(query, knowledge, goods)
    return _general(query, knowledge, topics)


def spike(query: Query, knowledge: Knowledge) -> Answer:
    """January 2025: one month, its figure in the record, the year before, and the adjusted one where that is held."""
    record = knowledge.record
    now, before = record.value(WORLD, Metric.BALANCE, SPIKE), record.value(WORLD, Metric.BALANCE, SPIKE.before)
    differs = knowledge.article.disagreement(WORLD, Metric.BALANCE, SPIKE)
    facts = {
        **attribution(knowledge),
        "facts": spoken(knowledge.article.facts_for(WORLD, "spike")),
        "cause": spoken(fact for fact in knowledge.article.facts_for(WORLD, "cause") if "spike" in fact.topics),
        "month": SPIKE,
        "now": now,
        "before": before,
        "change": arithmetic.change_percent(now, before) if now and before else None,
        "other": differs.other if differs else None,
        "other_is": differs.other_is if differs else "",
    }
    return _answer(query, knowledge, "observation_spike", facts, ("total deficit by month in 2025", "what is front-loading"))


def deficit_partners(query: Query, knowledge: Knowledge) -> Answer:
    """How many partners the US has a deficit with: by the record in the latest year and in 2024, by the newsletter."""
    latest = knowledge.record.latest_year
    told = knowledge.article.facts_for(WORLD, "count_partners")
    facts = {
        **attribution(knowledge),
        "now": _count(knowledge, latest),
        "then": _count(knowledge, YEAR),
        "told": told[0].figure if told else None,
    }
    return _answer(query, knowledge, "observation_count", facts, ("largest deficits", "largest surpluses"))


def sectors(query: Query, knowledge: Knowledge) -> Answer:
    """Product groups with the largest deficits or surpluses: an order without dollars."""
    surplus = query.topic == "sector_surplus" or (query.topic != "sector_deficit" and "surplus" in query.features)
    told = knowledge.article.facts_for(WORLD, "sector_surplus" if surplus else "sector_deficit")
    listed = [{"goods": fact.goods[0], "place": fact.figure} for fact in told if fact.goods]
    facts = {
        **attribution(knowledge),
        "surplus": surplus,
        "listed": listed,
        "more": spoken(fact for fact in told if not fact.goods),
        "careful": next((fact.careful for fact in told if fact.careful), ""),
    }
    return _answer(query, knowledge, "observation_sectors", facts, ("what does the US import most", "largest surpluses"))


def policy(query: Query, knowledge: Knowledge) -> Answer:
    """What the US does about the deficit: the newsletter's account, and how far the tariff record goes."""
    facts = {
        **attribution(knowledge),
        "facts": spoken(knowledge.article.facts_for(WORLD, "policy")),
        "reviewed": knowledge.tariffs.reviewed,
    }
    questions = ("tariffs on China", "tariffs on Canada", "tariffs on Mexico")
    return _answer(query, knowledge, "observation_policy", facts, questions, sources=(knowledge.tariffs.about.source,))


def plus_one(query: Query, knowledge: Knowledge) -> Answer:
    """Whether China plus one shows in the numbers: the deficits with China and Vietnam since 2018."""
    record = knowledge.record
    rows = []
    for partner in PLUS_ONE:
        then, now = record.value(partner, Metric.BALANCE, PLUS_ONE_FROM), record.value(partner, Metric.BALANCE, record.latest_year)
        rows.append(
            {"partner": partner, "then": then, "now": now, "change": arithmetic.change_percent(now, then) if now and then else None}
        )
    told = knowledge.article.facts_for("VN", "china_plus_one")
    facts = {**attribution(knowledge), "china": rows[0], "vietnam": rows[1], "facts": spoken(told)}
    questions = ("deficit with Vietnam since 2018", "deficit with China since 2018", "what is China plus one")
    asked = replace(query, partners=tuple(reversed(PLUS_ONE)))
    return _answer(asked, knowledge, "observation_plus_one", facts, questions, keys=asked.partners)


def record_year(query: Query, knowledge: Knowledge) -> Answer:
    """Whether 2024 was a record, by the newsletter and since."""
    record = knowledge.record
    facts = {
        **attribution(knowledge),
        "facts": spoken(knowledge.article.facts_for(WORLD, "record")),
        "then": record.value(WORLD, Metric.BALANCE, YEAR),
        "now": record.value(WORLD, Metric.BALANCE, record.latest_year),
    }
    return _answer(query, knowledge, "observation_record", facts, ("which year had the largest deficit", "total deficit since 2015"))


def _goods(query: Query, knowledge: Knowledge, topics: Iterable[str]) -> Answer:
    wanted = set(topics)
    told = [fact for fact in knowledge.article.facts if fact.figure and fact.is_current and wanted & set(fact.topics)]
    facts = {**attribution(knowledge), "facts": spoken(told), "mixed": len({fact.scope for fact in told}) > 1}
    return _answer(
        query,
        knowledge,
        "observation_goods",
        facts,
        ("what do we import most", "who sells us the most cars"),
        keys=[fact.about for fact in told],
    )


def _general(query: Query, knowledge: Knowledge, topics: tuple[str, ...]) -> Answer:
    told = [fact for topic in topics for fact in knowledge.article.facts_for(WORLD, topic) if "spike" not in fact.topics]
    said = list(dict.fromkeys(told)) or list(knowledge.article.facts_for(WORLD, "cause", "concentration"))
    record = knowledge.record
    now = record.value(WORLD, Metric.BALANCE, record.latest_year)
    before = record.value(WORLD, Metric.BALANCE, record.latest_year.before)
    change = arithmetic.change_percent(now, before) if now and before else None
    facts = {**attribution(knowledge), "facts": spoken(said[:4]), "now": now, "before": before, "change": change}
    return _answer(
        query, knowledge, "observation_world", facts, ("what causes a trade deficit", "largest deficits", "is a trade deficit good or bad")
    )


def _answer(
    query: Query,
    knowledge: Knowledge,
    template: str,
    facts: dict[str, object],
    suggestions: tuple[str, ...],
    keys: Iterable[str] = (),
    sources: tuple[str, ...] = (),
) -> Answer:
    return Answer(
        query, template, facts, suggestions=suggestions, keys=tuple(dict.fromkeys(keys)), sources=(knowledge.article.source, *sources)
    )


def _count(knowledge: Knowledge, period: Period) -> Figure:
    places = standing(knowledge, Metric.BALANCE, period, "deficit").places
    return arithmetic.count(places, "deficits", period)


_TELLERS: dict[str, Teller] = {
    "spike": spike,
    "count_partners": deficit_partners,
    "sector_deficit": sectors,
    "sector_surplus": sectors,
    "china_plus_one_visible": plus_one,
    "policy": policy,
    "record": record_year,
}
