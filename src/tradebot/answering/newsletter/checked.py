"""Newsletter says: its own words on a partner, a measure or a topic, hedged as it hedges, with the record beside them.

A measure that it does not give is answered from the record, and said so. Two of its figures are ranked only where
their bounds allow it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer, Table
from tradebot.answering import wording
from tradebot.answering.figures import arithmetic
from tradebot.answering.figures.areas import asked, figure, members
from tradebot.answering.figures.arithmetic import Order
from tradebot.answering.newsletter import observations, observed_world
from tradebot.answering.newsletter.quotes import disagreement, figure_of
from tradebot.answering.told import GOODS, YEAR, attribution, spoken
from tradebot.knowledge.article import Fact
from tradebot.knowledge.figures import Figure
from tradebot.knowledge.periods import Period
from tradebot.knowledge.record import WORLD
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Metric, Query

FACTS_SAID = 7
GROWTH = "change"
"""The measure of the newsletter's facts on how a deficit grew."""
_MEASURE_CUES = frozenset({"deficit", "surplus", "balance", "imports", "exports", "total_trade", "measure"})
_LIST_CUES = frozenset({"ranking", "largest", "limit", "rank", "top_list"})


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The newsletter's figure where a measure is asked, its list, else what it tells."""
    areas = asked(query)
    topical = query.topic or any(
        cue in query.features for cue in ("why", "risk", "company", "products", "role", "tariff", "goal", "talks", "policy")
    )
    if "count" in query.features and "deficit" in query.features and not areas:
        return observed_world.deficit_partners(query, knowledge)
    if "peak" in query.features and not areas:
        return observed_world.record_year(query, knowledge)
    if query.features & _LIST_CUES and not query.partners:
        return _list(query, knowledge)
    if query.features & {"buy", "sell"} and "how_much" not in query.features and not topical:
        return observations.answer(replace(query, topic="goods"), knowledge, today)
    if query.features & GOODS.keys() and query.partners and not topical:
        return observations.answer(replace(query, topic="goods"), knowledge, today)
    of_group = bool(areas) and all(area in knowledge.groups for area in areas)
    if "change" in query.features and len(areas) == 1 and areas[0] in knowledge.partners:
        grew = figure_of(knowledge, areas[0], GROWTH, query.period)
        return _measure(query, knowledge, areas, GROWTH) if grew else _partner(query, knowledge, areas[0])
    if (query.features & _MEASURE_CUES or of_group) and not topical:
        return _measure(query, knowledge, areas or (WORLD,))
    if "tariff" in query.features:
        return _tariffs(query, knowledge, query.partners)
    if len(areas) == 1 and not topical and areas[0] in knowledge.partners:
        return _partner(query, knowledge, areas[0])
    return observations.answer(query, knowledge, today) if areas or topical else _whole(query, knowledge)


def _measure(query: Query, knowledge: Knowledge, areas: tuple[str, ...], metric: str = "") -> Answer:
    metric = metric or query.metric
    lines = [_line(query, knowledge, area, metric) for area in areas]
    first, second = (lines[0]["theirs"], lines[1]["theirs"]) if len(lines) == 2 else (None, None)
    unclear = isinstance(first, Figure) and isinstance(second, Figure) and arithmetic.compare_sizes(first, second) is Order.UNKNOWN
    together = _together(lines) if "combined" in query.features else None
    unclear = unclear and together is None
    larger = _larger(lines) if unclear else None
    facts = {
        **attribution(knowledge),
        "lines": lines,
        "noun": wording.noun(query.metric),
        "metric": str(metric),
        "unclear": unclear,
        "larger": larger,
        "together": together,
    }
    questions = tuple(wording.subject(knowledge, query.metric, [area]) for area in areas)
    return Answer(query, "newsletter_measure", facts, suggestions=questions[:3], keys=areas, sources=(knowledge.article.source,))


def _line(query: Query, knowledge: Knowledge, area: str, metric: str) -> dict[str, object]:
    """One area's figure in the newsletter and in the record, for the same period."""
    theirs = figure_of(knowledge, area, metric, query.period) or _of_group(knowledge, area, metric)
    period = theirs.period if theirs and theirs.period else query.period or YEAR
    ours = _growth(knowledge, area, period) if metric == GROWTH else figure(knowledge, area, query.metric, period)
    fact = _fact_of(knowledge, theirs)
    return {
        "area": area,
        "world": area == WORLD,
        "theirs": theirs,
        "ours": ours,
        "period": period,
        "careful": fact.careful if fact else "",
        "differs": disagreement(knowledge, [area], metric, ours) if ours and theirs else None,
    }


def _growth(knowledge: Knowledge, area: str, period: Period) -> Figure | None:
    now, then = (figure(knowledge, area, Metric.BALANCE, each) for each in (period, period.before))
    return arithmetic.change_percent(now, then) if now and then else None


def _of_group(knowledge: Knowledge, area: str, metric: str) -> Figure | None:
    """A figure of several partners together that is the group asked for."""
    if area not in knowledge.groups:
        return None
    inside = set(members(knowledge, [area]))
    return next(
        (
            fact.figure
            for fact in knowledge.article.facts
            if fact.figure and fact.metric == metric and len(fact.partners) > 1 and set(fact.partners) == inside
        ),
        None,
    )


def _fact_of(knowledge: Knowledge, said: Figure | None) -> Fact | None:
    return next((fact for fact in knowledge.article.facts if said and fact.figure is said), None)


def _together(lines: list[dict[str, object]]) -> Figure | None:
    """Its figures added up, bounds as bounds; None where it does not have two."""
    held = [theirs for line in lines if isinstance(theirs := line["theirs"], Figure) and theirs.period == YEAR]
    return arithmetic.total(held, "+".join(figure.partner for figure in held)) if len(held) == len(lines) > 1 else None


def _larger(lines: list[dict[str, object]]) -> dict[str, object] | None:
    """The line whose figure in the record is larger; None where one is missing."""
    held = [(abs(ours.value), line) for line in lines if isinstance(ours := line["ours"], Figure)]
    return max(held, key=lambda each: each[0])[1] if len(held) == len(lines) else None


def _list(query: Query, knowledge: Knowledge) -> Answer:
    """Its ten, each beside the record's figure of the same year."""
    ten = next((fact for fact in knowledge.article.facts_for(WORLD, "top_ten")), None)
    partners = ten.partners[: query.limit or len(ten.partners)] if ten else ()
    rows = tuple(
        (partner, figure_of(knowledge, partner, Metric.BALANCE, YEAR), figure(knowledge, partner, Metric.BALANCE, YEAR))
        for partner in partners
    )
    table = Table(("partner", "newsletter", "record"), rows, keys=partners, title="US goods deficit")
    facts = {**attribution(knowledge), "partners": partners, "year": YEAR, "first": rows[0][1] if rows else None}
    return Answer(
        query,
        "newsletter_list",
        facts,
        table=table,
        suggestions=("ten largest deficits", "what does the newsletter say about Ireland"),
        keys=partners,
        sources=(knowledge.article.source,),
    )


def _tariffs(query: Query, knowledge: Knowledge, partners: tuple[str, ...]) -> Answer:
    told = [fact for partner in partners or (WORLD,) for fact in knowledge.article.facts_for(partner, "tariff", deprecated=True)]
    told = told or [fact for fact in knowledge.article.facts_for(WORLD, "tariff") if set(partners) & set(fact.partners)]
    if not told and partners:
        return observations.not_told(query, knowledge, partners[0])
    facts = {
        **attribution(knowledge),
        "facts": spoken(told[:FACTS_SAID]),
        "reviewed": knowledge.tariffs.reviewed,
        "now": True,
        "partner": "",
    }
    questions = tuple(f"tariffs on {wording.called(knowledge, partner)}" for partner in partners or ("CA", "MX", "CN"))
    return Answer(query, "newsletter_tells", facts, suggestions=questions[:3], keys=partners, sources=(knowledge.article.source,))


def _partner(query: Query, knowledge: Knowledge, partner: str) -> Answer:
    told = [fact for fact in knowledge.article.facts_for(partner) if "rank" not in fact.topics]
    if not told:
        return observations.not_told(query, knowledge, partner)
    facts = {
        **attribution(knowledge),
        "facts": spoken(told[:FACTS_SAID]),
        "reviewed": knowledge.tariffs.reviewed,
        "now": False,
        "partner": partner,
    }
    name = wording.called(knowledge, partner)
    return Answer(
        query,
        "newsletter_tells",
        facts,
        suggestions=(f"deficit with {name}", f"why {name}", f"tariffs on {name}"),
        keys=(partner,),
        sources=(knowledge.article.source,),
    )


def _whole(query: Query, knowledge: Knowledge) -> Answer:
    told = knowledge.article.facts_for(WORLD, "balance", "top_ten", "cause", "concentration")
    facts = {
        **attribution(knowledge),
        "facts": spoken(told[:FACTS_SAID]),
        "reviewed": knowledge.tariffs.reviewed,
        "now": False,
        "partner": "",
    }
    questions = ("what does the newsletter say about Vietnam", "the newsletter's top ten", "what's your source")
    return Answer(query, "newsletter_tells", facts, suggestions=questions, sources=(knowledge.article.source,))
