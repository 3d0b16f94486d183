"""What commands ask in words is read as what was chosen, for everything that can be chosen."""

from __future__ import annotations

import pytest

from tradebot.answering.figures.areas import RANKED_KINDS
from tradebot.checks import TODAY
from tradebot.desk import Desk
from tradebot.discord_app import questions
from tradebot.discord_app.options import Held, Time
from tradebot.discord_app.questions import RANKED
from tradebot.understanding.suggesting import Sort


@pytest.mark.parametrize("measure", RANKED)
def test_a_ranking_is_read_as_it_was_chosen_within_every_group(desk: Desk, measure: str) -> None:
    metric = {"deficit": "balance", "surplus": "balance", "total trade": "total_trade"}.get(measure, measure)
    for group in desk.knowledge.groups.values():
        if "newsletter" in group.name:
            continue  # what the newsletter ranks is asked of the newsletter
        question = questions.ranking(measure, 3, Held(group.name, group.id, is_group=True, the=group.the), None)
        asked = desk.ask(question.text, today=TODAY).asked
        assert asked, question.text
        assert (asked.intent, asked.within, str(asked.metric), asked.limit) == ("ranking", group.id, metric, 3), question.text


def test_every_held_partner_is_read_as_itself_by_every_command(desk: Desk) -> None:
    china = Held("China", "CN")
    for partner in desk.knowledge.partners.values():
        if desk.knowledge.record.span(partner.id, "balance") is None or partner.id == "CN" or partner.kind not in RANKED_KINDS:
            continue
        held = Held(partner.name, partner.id, the=partner.the)
        for question in (
            questions.deficit(held, None),
            questions.country(held, Time("2018")),
            questions.compare([china, held], "imports", None),
            questions.trend(held, "exports", None),
            questions.tariff(held, None),
        ):
            asked = desk.ask(question.text, today=TODAY).asked
            assert asked, question.text
            assert partner.id in asked.partners, question.text


def test_every_kind_of_goods_is_read_as_itself(desk: Desk) -> None:
    for name, id_ in desk.edition.suggester.suggest("", 1000, Sort.GOODS):
        question = questions.sector(Held(name, id_), None, None, "imports")
        assert question.query
        reply = desk.answer(question.query, question.text, today=TODAY)
        assert reply.outcome == "answer", question.text


def test_every_term_is_defined(desk: Desk) -> None:
    for name, id_ in desk.edition.suggester.suggest("", 1000, Sort.TERM):
        question = questions.define(Held(name, id_))
        assert question.query
        reply = desk.answer(question.query, question.text, today=TODAY)
        assert (reply.outcome, reply.intent) == ("answer", "definition")


def test_coverage_is_told_of_every_partner(desk: Desk) -> None:
    for partner in desk.knowledge.partners.values():
        question = questions.coverage(Held(partner.name, partner.id))
        assert question.query
        assert partner.name in desk.answer(question.query, question.text, today=TODAY).text
