"""Tariff status: what was charged on a partner's goods on a day, what was announced, what is not known, what is over.

Query ─▶ moment (now, a day, a span) ─▶ picture per partner ─▶ Answer
         rate premise ▶ tariff_rates    product ▶ tariff_products    authority ▶ tariff_laws    span ▶ tariff_timeline
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tradebot.answer import Answer
from tradebot.answering import wording
from tradebot.answering.figures.areas import named
from tradebot.answering.tariffs import endings, laws, lists, products, rates, several, timeline
from tradebot.answering.tariffs.picture import Moment, Picture, moment_of, picture
from tradebot.knowledge.snapshot import Knowledge
from tradebot.query import Query

GOODS_NAMED = 3
LONGEST_SPAN = 62
"""Days; a longer span asked for is told as a timeline."""


def answer(query: Query, knowledge: Knowledge, today: dt.date) -> Answer:
    """The tariff status of a partner, several, a group or everybody; goes on to the module that fits what was named."""
    areas = named(query)
    alone = len(areas) == 1 and (areas[0] == "EU" or areas[0] not in knowledge.groups)
    bounded = query.features & {"rate_above", "rate_below"} and not query.products  # “above 10 %?”: what they are
    if query.premise and query.premise.kind == "rate" and not bounded and not query.authorities and (alone or not areas or query.products):
        return rates.answer(query, knowledge, today)
    if query.products:
        return products.answer(query, knowledge, today)
    if query.authorities:
        return laws.answer(query, knowledge, today)
    moment = moment_of(query, knowledge, today)
    if moment.days > LONGEST_SPAN and (alone or not areas):
        return timeline.answer(query, knowledge, today)
    if moment.days > LONGEST_SPAN:
        moment = replace(moment, first=moment.last, period=None)
    if not areas:
        return lists.overview(query, knowledge, today)
    if alone:
        return one(query, knowledge, areas[0], moment)
    return several.answer(query, knowledge, areas, moment)


def one(query: Query, knowledge: Knowledge, partner: str, moment: Moment) -> Answer:
    """The status of one partner (or of the EU as one)."""
    found = picture(knowledge, partner, moment)
    facts: dict[str, object] = {**moment.facts(), **found.facts(), "partner": partner}
    about = knowledge.tariffs.about
    facts["goods"] = _goods(query, knowledge)
    facts.update(endings.ahead(query, found.own_lines))
    facts["word"] = endings.word(facts, _word(query, found))
    facts.update(thin=moment.last < about.thin_before, reach=about.reach)
    template = "tariff_status" if moment.now else "tariff_past"
    if moment.now and query.source and found.newsletter:
        template = "tariff_newsletter"
    name = wording.short(knowledge, partner)
    suggestions = (f"tariff timeline {name}", f"tariffs on {name} on 1 Sep 2025")
    return Answer(query, template, facts, keys=(partner,), suggestions=suggestions, sources=_sources(knowledge, found))


def _goods(query: Query, knowledge: Knowledge) -> list[str]:
    """Goods of the question that no measure of the record is about (“chairs”): an answer must not seem to speak of them."""
    known = {**knowledge.chapters, **knowledge.sectors}
    return [known[each].title for each in query.sectors[:GOODS_NAMED] if each in known]


def _word(query: Query, found: Picture) -> str:
    """The first word of a yes-or-no answer: `yes`, `some`, `shared` (only what binds all), `no` or nothing."""
    if {"why", "how", "when", "which_year", "which", "what"} & query.features:
        return ""
    asked_over = "ended" in query.features or {"paused", "yes_no"} <= query.features
    if asked_over and "past_tense" in query.features:
        return ""
    if asked_over and found.own:
        return "no"
    if "in_force" not in query.features and "ended" not in query.features:
        return ""
    if not found.own:
        return "shared"
    return "some" if found.unknown_own or found.ended else "yes"


def _sources(knowledge: Knowledge, found: Picture) -> tuple[str, ...]:
    source = knowledge.tariffs.about.source
    return (source, knowledge.article.source) if found.newsletter else (source,)
