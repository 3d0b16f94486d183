"""The record of this project under the refresh: the same to the byte when nothing changes, every code with an area."""

from __future__ import annotations

import pytest

from refresh.bureau import KNOWLEDGE
from tradebot.knowledge.csv_files import read_csv
from tradebot.knowledge.models_partners import load_partners
from tradebot.knowledge.problems import Problems
from tradebot.knowledge.record import WORLD
from tradebot.refresh.codes import load_coding
from tradebot.refresh.tables import read_tables

AREAS = KNOWLEDGE / "record/areas.csv"


def test_read_and_written_it_is_the_same(problems: Problems) -> None:
    aggregates = {row["id"]: 1 for row in read_csv(AREAS, ("id", "name", "codes", "note"), problems, KNOWLEDGE)}
    for name, table in read_tables(KNOWLEDGE, problems).items():
        assert table.text(aggregates) == (KNOWLEDGE / "record" / name).read_text(encoding="utf-8"), name
    assert list(problems) == []


@pytest.mark.parametrize("origin", ["country.xlsx", "census-api"])
def test_every_code_leads_to_an_area(origin: str, problems: Problems) -> None:
    coding = load_coding(KNOWLEDGE, origin, problems)
    areas = read_csv(AREAS, ("id", "name", "codes", "note"), problems, KNOWLEDGE)
    known = {row["id"]: set(row["codes"].split()) for row in areas}
    assert set(coding.aggregates) <= known.keys()
    for code, area in coding.areas.items():
        if area in coding.aggregates:
            assert code in known[area], (origin, code, area)
    assert set(coding.areas.values()) - {WORLD, "", *coding.aggregates} == set(load_partners(KNOWLEDGE, problems))


def test_the_two_codings_differ(problems: Problems) -> None:
    """0021 is left out of the workbook and is Latin America in the API; North America is USMCA under two numbers."""
    workbook, api = (load_coding(KNOWLEDGE, origin, problems) for origin in ("country.xlsx", "census-api"))
    assert (workbook.areas["0021"], api.areas["0021"]) == ("", "LATIN-AMERICA")
    assert (workbook.areas["0010"], api.areas["0020"]) == ("USMCA", "USMCA")
    assert (workbook.areas["0015"], api.areas["-"]) == (WORLD, WORLD)
    assert "0010" not in api.areas
