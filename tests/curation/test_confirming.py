"""What is doubtful is typed: number by number, or by how many there are of a kind; and all of it can be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from refresh.bureau import Bureau
from tradebot.curation.confirming import FEW, left_to_confirm
from tradebot.curation.draft import Draft
from tradebot.curation.draft_difference import difference
from tradebot.curation.edits.uploads import AS_OF, refreshed, upload
from tradebot.curation.faults import CurationError, RefusedError
from tradebot.curation.publishing import publish
from tradebot.refresh.doubts import Doubt, Kind
from tradebot.refresh.workbook import read_workbook

TODAY = dt.date(2027, 2, 20)
OLDER = Doubt(Kind.OLDER, "Older figures: Norway, 2025: from census-2026-10 back to census-2025-10.")
JUMP = Doubt(Kind.JUMPS, "A jump: imports, 2025, Andorra: $6.90 mn held, $97.0 mn now.", 97.0)
FLIP = Doubt(Kind.SIGNS, "The balance with Andorra in 2025 turns.", -88_800.0)
MANY = [Doubt(Kind.JUMPS, f"A jump: number {number}.", float(number)) for number in range(100, 100 + FEW + 1)]
ALL_JUMPS = f"{len(MANY)} figures jump. diff lists every one; type “{len(MANY)} jumps” to confirm them all."
ONE_OLDER = "Older figures would take the place of newer ones, of 1 partner. diff lists every one; type “1 older” to confirm them all."


@pytest.mark.parametrize(
    ("doubts", "typed", "left"),
    [
        ([], "", []),
        ([JUMP, FLIP], "", [f"{JUMP} Type 97.0 to confirm it.", f"{FLIP} Type -88.8 to confirm it."]),
        ([JUMP, FLIP], "97", [f"{FLIP} Type -88.8 to confirm it."]),
        ([JUMP, FLIP], "97.0, −88.8", []),
        ([JUMP, FLIP], "1 jumps, 1 signs", []),
        ([JUMP], "97 jumps", [f"{JUMP} Type 97.0 to confirm it."]),
        ([JUMP], "97 JUMPS 97", []),
        ([OLDER], "", [ONE_OLDER]),
        ([OLDER], "1", [ONE_OLDER]),
        ([OLDER], "2 older", [ONE_OLDER]),
        ([OLDER], "11 older", [ONE_OLDER]),
        ([OLDER], "1 older", []),
        (MANY, "", [ALL_JUMPS]),
        (MANY, "yes", [ALL_JUMPS]),
        (MANY, "8 jumps", [ALL_JUMPS]),
        (MANY, "9 signs", [ALL_JUMPS]),
        (MANY, "9 jumps", []),
        (MANY, "100 101 102 103 104 105 106 107", [ALL_JUMPS]),
        (MANY, "100 101 102 103 104 105 106 107 108", []),
        ([*MANY, OLDER], "9 jumps", [ONE_OLDER]),
        ([*MANY, OLDER], "1 older and 9 jumps", []),
    ],
)
def test_what_is_left(doubts: list[Doubt], typed: str, left: list[str]) -> None:
    assert list(left_to_confirm(doubts, typed)) == left


def _reasons(draft: Draft, typed: str) -> list[str]:
    with pytest.raises(RefusedError) as caught:
        publish(draft, "a refresh", typed=typed)
    return [reason for reason in caught.value.reasons if "diff lists every one" in reason]


def test_figures_of_an_older_release_go_into_the_draft_and_are_confirmed_by_typing(draft: Draft, tmp_path: Path) -> None:
    changed = {("5700", "imports", 2025, 3): 20_500_000_000}
    older = Bureau((2026, 6), changed=changed).workbook(tmp_path / "country.xlsx").read_bytes()
    assert draft.apply(upload("country.xlsx", older, TODAY)).startswith("A refresh from census-2026-08: ")
    told = [doubt for doubt in difference(draft).doubts if doubt.kind is Kind.OLDER]
    assert any("Older figures: China, " in str(doubt) and "from census-2026-10 back to census-2026-08." in str(doubt) for doubt in told)
    (refused,) = [reason for reason in _reasons(draft, "") if reason.startswith("Older figures")]
    assert f"of {len(told)} partner" in refused
    assert f"type “{len(told)} older” to confirm them all." in refused
    assert not [reason for reason in _reasons(draft, f"{len(told)} older") if reason.startswith("Older figures")]


def test_older_figures_of_a_release_that_counts_as_newer_are_not_taken(draft: Draft, tmp_path: Path) -> None:
    changed = {("5700", "imports", 2025, 3): 20_500_000_000}
    reading = read_workbook(Bureau((2026, 6), changed=changed).workbook(tmp_path / "country.xlsx"))
    with pytest.raises(CurationError, match="older than the record") as caught:
        draft.apply(refreshed(replace(reading, published=dt.date(2027, 2, 1)), TODAY))
    assert AS_OF in str(caught.value)
    assert draft.edits == []


def test_all_of_many_doubts_can_be_read_and_none_is_passed_over(draft: Draft) -> None:
    annual = draft.knowledge / "record/annual.csv"
    heading, *lines = annual.read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    large = [row for row in rows if row[1] == "2025" and row[0] != "WORLD" and float(row[4] or 0) > 1_000][:20]
    for row in large:
        row[4] = f"{float(row[4]) * 100:.1f}"
    draft.apply(upload("annual.csv", "\n".join([heading, *map(",".join, rows), ""]).encode(), TODAY))
    jumps = [str(doubt) for doubt in difference(draft).doubts if doubt.kind is Kind.JUMPS]
    assert len(jumps) == len(large) == 20
    assert "20 figures jump. diff lists every one; type “20 jumps” to confirm them all." in _reasons(draft, "")
    assert not [reason for reason in _reasons(draft, "20 jumps") if "jump" in reason]
