"""A missed question becomes an alias, a phrase or a known gap, with a test; what does not help is not kept."""

from __future__ import annotations

import datetime as dt

import pytest

from tradebot.checks import check_edition
from tradebot.curation.corrections import changed_ids, correction
from tradebot.curation.draft import Draft, Edit
from tradebot.curation.draft_difference import difference
from tradebot.curation.edits.events import set_event
from tradebot.curation.edits.facts import set_fact
from tradebot.curation.edits.figures import set_figure
from tradebot.curation.edits.misses import another_spelling, asks_for, not_held
from tradebot.curation.faults import CurationError
from tradebot.curation.repository import Repository
from tradebot.desk import Reply
from tradebot.edition import Edition
from tradebot.journal.entries import Kept, Posting

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
GONE = "Freight rates are not held here."


def test_each_choice_writes_what_was_lacking_and_a_test(draft: Draft) -> None:
    assert draft.apply(another_spelling("how big is the gap with namland?", "namland", "Vietnam")).endswith(
        "and a test: “how big is the gap with namland?”"
    )
    assert draft.apply(another_spelling("deficit in frobnicate with olandia", "olandia", "NL")).endswith(
        "and a test: “deficit with olandia”"
    )
    assert draft.apply(asks_for("any crystal ball for me?", "crystal ball for me", "forecast")).endswith("“any crystal ball for me?”")
    assert draft.apply(not_held("freight rates from China", "freight rates", GONE)).endswith("and a test: “freight rates from China”")
    assert [line for line in difference(draft).lines if "tests +" not in line] == [
        "Netherlands: aliases + “olandia”",
        "Vietnam: aliases + “namland”",
        "Intent forecast: phrases + “crystal ball for me”",
        "Known gap freight-rates: new",
    ]
    edition = Edition.open(draft.knowledge)
    assert list(check_edition(draft.knowledge, edition)) == []
    assert ask(edition, "what are freight rates from China").card.headline == GONE


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (another_spelling("deficit with the", "the", "Vietnam"), "“the” is a word of its own"),
        (
            asks_for("deficit with Vietnam", "vietnam deficit please", "forecast"),
            "Even so “deficit with Vietnam” is read as partner_balance",
        ),
        (not_held("deficit with Vietnam", "deficit", GONE), "Even so “deficit with Vietnam” is told: The US ran a"),
    ],
)
def test_a_choice_that_does_not_help_is_not_kept(draft: Draft, edit: Edit, sentence: str) -> None:
    with pytest.raises(CurationError) as caught:
        draft.apply(edit)
    assert str(caught.value).startswith(sentence)
    assert draft.edits == draft.changes == []


# -- corrections --------------------------------------------------------------------------------------------------


def ask(edition: Edition, question: str) -> Reply:
    return edition.reply(question, edition.understand(question, None, NOW.date()), NOW.date())


def posted(reply: Reply) -> tuple[Posting, Kept]:
    facts = {figure.id: figure.value for figure in reply.answer.figures()}
    query = reply.asked.to_json() if reply.asked else None
    return (
        Posting(1, 2, 3, reply.answer_id, reply.revision, NOW, facts),
        Kept(reply.answer_id, reply.question, query, None, reply.revision, NOW.date(), NOW),
    )


def test_only_answers_that_a_change_reaches_are_corrected(repository: Repository, draft: Draft) -> None:
    draft.apply(set_figure("Vietnam", "imports", "2025", "194.5 bn"))
    draft.apply(set_fact("ireland", "ireland.deficit.2024.head", {"value": "-88"}))
    draft.apply(set_event("E103", {"rate": "12 %", "rate_low": "12", "rate_high": "12"}))
    old, new = repository.edition("r1"), Edition.open(draft.knowledge, "r2")
    changed = changed_ids(old, new)
    assert {"VN.imports.2025", "VN.balance.2025", "VN.total_trade.2025"} <= changed
    assert {"CA.tariff_rate.E103", "WORLD.tariff_rate.E103"} <= changed
    assert not any(name.startswith(("VN.exports", "CN.", "VN.imports.2024")) for name in changed)
    notes = {}
    for question in ("deficit vietnam", "top 3 deficits", "deficit with Peru", "tariffs on Canada", "exports to Vietnam 2025"):
        posting, kept = posted(ask(old, question))
        found = correction(posting, kept, new) if changed & posting.facts.keys() else None
        notes[question] = found.note if found else ""
    assert notes["deficit vietnam"].startswith("Corrected (r2): Vietnam, balance, 2025: −$178.3 bn → −$178.9 bn")
    assert "Vietnam, balance, 2025: −$178.3 bn → −$178.9 bn" in notes["top 3 deficits"]
    assert notes["deficit with Peru"] == notes["exports to Vietnam 2025"] == ""
    assert "Canada, tariff rate: 50.0 % → 12.0 %" in notes["tariffs on Canada"]


def test_what_reads_the_same_is_left_alone(repository: Repository, draft: Draft) -> None:
    draft.apply(set_figure("Vietnam", "imports", "2025", "193879.31"))
    old, new = repository.edition("r1"), Edition.open(draft.knowledge, "r2")
    posting, kept = posted(ask(old, "deficit vietnam"))
    assert changed_ids(old, new) & posting.facts.keys()
    assert correction(posting, kept, new) is None
