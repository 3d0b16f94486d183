"""Once a refresh has brought exports by HS chapter, questions about them are answered like those about imports."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from refresh.bureau import KNOWLEDGE
from tradebot.desk import Desk

EXPORTS = {
    "WORLD": {"HS30": 90_000, "HS84": 250_400, "HS87": 140_000},
    "VN": {"HS30": 400, "HS84": 3_120, "HS87": 100},
    "CA": {"HS30": 7_000, "HS84": 60_000, "HS87": 61_230},
    "DE": {"HS30": 12_340, "HS84": 15_000, "HS87": 14_000},
}


@pytest.fixture(scope="module")
def exporting(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The packaged knowledge with exports by chapter of 2024, in USD million."""
    root = Path(shutil.copytree(KNOWLEDGE, tmp_path_factory.mktemp("exporting") / "knowledge"))
    path = root / "record/chapters.csv"
    heading = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    with path.open("a", encoding="utf-8") as file:
        for area, values in EXPORTS.items():
            cells = [str(values.get(name, "")) for name in heading[5:]]
            file.write(",".join([area, "2024", "exports", "census-2026-10", "-", *cells]) + "\n")
    return Desk.open(root)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what do we export to vietnam", "What the US sells most to Vietnam is machinery and computers: $3.1 bn in 2024"),
        ("what do we sell to canada", "What the US sells most to Canada is vehicles other than railway: $61.2 bn in 2024"),
        ("us exports by product", "What the US sells most is machinery and computers: $250.4 bn in 2024"),
        ("who buys our pharmaceuticals", "Germany buys the most pharmaceuticals from the US: $12.3 bn in 2024, 13.7 % of all US exports"),
        ("who buys the most cars from us", "Canada buys the most vehicles other than railway"),
        ("vehicle exports to canada", "The US exported $61.2 bn of vehicles other than railway to Canada in 2024"),
    ],
)
def test_exports_by_product_are_answered(exporting: Desk, question: str, said: str) -> None:
    reply = exporting.ask(question)
    assert reply.outcome == "answer", reply.text
    assert reply.text.startswith(said)


def test_without_them_it_says_so(desk: Desk) -> None:
    reply = desk.ask("what do we export to vietnam")
    assert reply.text.startswith("The US exported $15.6 bn of goods to Vietnam in 2025")
    assert "Which goods they were is not in the record yet" in reply.text
