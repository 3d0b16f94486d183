"""The map's shapes: whole, of known places, inside their sheet, with their origin named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tradebot.desk import Desk
from tradebot.knowledge.paths import packaged
from tradebot.knowledge.periods import Period
from tradebot.pictures.shapes import equal_earth, read, world

FILE = packaged() / "knowledge" / "map" / "world.json"
NOT_IN_THE_RECORD = {"US", "PR", "AS", "GU", "MP", "VI", "AX", "BL", "MF", "GG", "IM", "JE", "GS"}
"""The US itself, and places whose trade the record counts to another partner."""
WITHOUT_A_PLACE = {"CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "YT"}
"""Partners that Natural Earth draws with their mother country, or not at all."""


def test_the_origin_is_named() -> None:
    held = json.loads(FILE.read_text(encoding="utf-8"))
    assert "Natural Earth" in held["origin"]
    assert "public domain" in held["origin"]
    assert FILE.stat().st_size < 100_000


def test_every_shape_is_a_partner_and_every_partner_has_a_place(desk: Desk) -> None:
    drawn = {*world().shapes, *world().points}
    assert drawn - desk.knowledge.partners.keys() == NOT_IN_THE_RECORD
    held = desk.knowledge.record.partners_in(Period.year(2025))
    real = {each for each in held if desk.knowledge.partners[each].kind in ("country", "territory")}
    assert real - drawn == WITHOUT_A_PLACE
    assert not world().shapes.keys() & world().points.keys()


def test_shapes_lie_on_the_sheet_and_none_runs_across_it() -> None:
    for name, rings in world().shapes.items():
        for ring in rings:
            across = [x for x, _ in ring]
            assert -1e-6 <= min(across) <= max(across) <= 1 + 1e-6, name
            assert max(across) - min(across) < 0.5, f"{name} is cut at the date line"
            assert all(0 <= y <= world().height + 1e-6 for _, y in ring), name


def test_places_are_where_they_are() -> None:
    assert equal_earth(0, 0) == (0, 0)
    assert equal_earth(180, 0)[0] == pytest.approx(2.7066, abs=1e-4)
    assert equal_earth(0, 90)[1] == pytest.approx(1.3173, abs=1e-4)
    singapore, iceland = world().points["SG"], world().shapes["IS"][0][0]
    assert singapore[0] > 0.7
    assert singapore[1] > iceland[1], "south is below"


def test_a_file_that_is_no_map(tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text('{"shapes": {}}', encoding="utf-8")
    with pytest.raises(KeyError, match="points"):
        read(tmp_path / "world.json")
