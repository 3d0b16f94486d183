"""Every answer that an edit changes, the gravest first, with both editions side by side."""

from __future__ import annotations

import pytest

from tradebot.curation.draft import Draft
from tradebot.curation.edits.accepted import counterpart
from tradebot.curation.edits.asking import add_test
from tradebot.curation.edits.names import add_name
from tradebot.curation.preview import Kind, preview
from tradebot.curation.repository import Repository
from tradebot.edition import Edition


def test_what_changes_is_shown_before_and_after(repository: Repository, draft: Draft) -> None:
    draft.apply(add_name("Vietnam", "Namland"))
    draft.apply(add_test("forecast", "deficit with Namland", outcome="refuse"))
    old, new = repository.edition("r1"), Edition.open(draft.knowledge, "r2")
    found = preview(old, new, ["imports from Namland", "deficit with Peru", "imports from Namland"])
    assert found.headline == f"2 of {found.tried} answers change, 1 of them breaks."
    broken, gained = found.changes
    assert (broken.kind, broken.question, broken.why) == (
        Kind.BROKEN,
        "deficit with Namland",
        "gives answer (partner_balance), wanted refuse",
    )
    assert broken.before.startswith("I know no trade partner called “Namland”")
    assert broken.after.startswith("The US ran a $178.3 bn goods deficit with Vietnam in 2025")
    assert (gained.kind, gained.question) == (Kind.GAINED, "imports from Namland")
    assert found.pages(1) == [(broken,), (gained,)]
    assert [failure.intent for failure in found.failures] == ["forecast"]


def test_nothing_changes(repository: Repository) -> None:
    found = preview(repository.edition("r1"), repository.edition("r1"))
    assert found.headline == f"None of {found.tried} answers changes."
    assert found.pages() == []


@pytest.mark.parametrize(
    ("entry", "before", "after", "now"),
    [
        ("$178.3 bn", "It was $178.3 bn, up 44 %.", "It was $178.9 bn, up 45 %.", "$178.9 bn"),
        ("44", "It was $178.3 bn, up 44 %.", "It was $178.9 bn, up 45 %.", "45"),
        ("vietnam", "Third is Vietnam (x).", "Third is Andorra (x).", "Andorra"),
        ("up 44 %", "It rose, up 44 %.", "It fell.", ""),
        ("peru", "It rose.", "It fell.", ""),
    ],
)
def test_a_test_says_what_stands_in_its_place(entry: str, before: str, after: str, now: str) -> None:
    assert counterpart(entry, before, after) == now
