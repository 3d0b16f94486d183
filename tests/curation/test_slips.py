"""Slips in the newsletter and in tariff rates must be confirmed, like those in the record."""

from __future__ import annotations

from tradebot.curation.confirming import to_type, unconfirmed
from tradebot.curation.draft import Draft
from tradebot.curation.draft_difference import difference
from tradebot.curation.edits.events import set_event
from tradebot.curation.edits.facts import set_fact


def test_slips_outside_the_record_are_doubted(draft: Draft) -> None:
    """A figure of the newsletter and a rate of a tariff event, ten times as large or with another sign."""
    draft.apply(set_fact("vietnam", "vietnam.deficit.2024", {"value": "-1240"}))
    draft.apply(set_fact("vietnam", "vietnam.deficit.2024.head", {"value": "124"}))
    draft.apply(set_event("E045", {"rate": "100 %", "rate_low": "100", "rate_high": "100"}))
    doubts = difference(draft).doubts
    assert [str(doubt) for doubt in doubts] == [
        "A jump: the newsletter's vietnam.deficit.2024: −$124 bn held, −$1,240 bn now.",
        "Another sign: the newsletter's vietnam.deficit.2024.head: −$124 bn held, $124 bn now.",
        "A jump: tariff event E045: 10 % held, 100 % now.",
    ]
    assert list(unconfirmed(doubts, "-1240 and 124")) == [doubts[2]]
    assert unconfirmed(doubts, ", ".join(map(to_type, doubts))) == []
