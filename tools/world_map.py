"""Writes knowledge/map/world.json: the shapes of the world's countries by partner id, small enough to read in no time.

    python tools/world_map.py countries-110m.json countries-50m.json codes.json [KNOWLEDGE_DIRECTORY]

The first two are Natural Earth's countries (public domain) as the npm package `world-atlas` carries them in TopoJSON;
the third is `codes.json` of the npm package `i18n-iso-countries`, which joins ISO numbers to two letters. Countries too
small for the coarse file become a point: the middle of their largest part in the finer one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TENTHS = 10
HALF = 180 * TENTHS
FEWEST = 4
"""Points of a ring, the first one again at its end: fewer have no area left after rounding."""
LEFT_OUT = {"AQ"}
"""Antarctica: no trade, and a fifth of the picture."""
BY_NAME = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
"""Shapes that have no ISO number: drawn with the partner that the record counts them to."""
BY_OURS = {"PS": "XW"}
"""Shapes that the record knows by another code: the West Bank, which it holds apart from Gaza."""
ORIGIN = (
    "Natural Earth, Admin 0 countries at 1:110 million and, for the points, 1:50 million (public domain), "
    "by way of the npm package world-atlas {version}; written by tools/world_map.py"
)

Ring = list[tuple[int, int]]


def main(coarse: Path, fine: Path, codes: Path, target: Path) -> None:
    """Reads the three files and writes the fourth, one line a country."""
    letters = {number: alpha2 for alpha2, _, number, *_ in json.loads(codes.read_text(encoding="utf-8"))}
    shapes: dict[str, list[Ring]] = {}
    for partner, ring in rings(json.loads(coarse.read_text(encoding="utf-8")), letters):
        if len(ring) >= FEWEST:
            shapes.setdefault(partner, []).append(ring)
    points: dict[str, tuple[tuple[int, int], float]] = {}
    for partner, ring in rings(json.loads(fine.read_text(encoding="utf-8")), letters):
        if partner not in shapes and size(ring) >= points.get(partner, ((0, 0), -1.0))[1]:
            points[partner] = (middle(ring), size(ring))
    version = json.loads((coarse.parent / "package.json").read_text(encoding="utf-8"))["version"]
    lines = [f'"{name}": {compact([flat(ring) for ring in found])}' for name, found in sorted(shapes.items())]
    dots = [f'"{name}": {compact(list(place))}' for name, (place, _) in sorted(points.items())]
    origin = json.dumps(ORIGIN.format(version=version))
    text = '{\n"origin": %s,\n"unit": "tenths of a degree: longitude, latitude, …",\n"shapes": {\n%s\n},\n"points": {\n%s\n}\n}\n'
    target.parent.mkdir(exist_ok=True)
    target.write_text(text % (origin, ",\n".join(lines), ",\n".join(dots)), encoding="utf-8")


def rings(topology: dict[str, Any], letters: dict[str, str]) -> Iterator[tuple[str, Ring]]:
    """The outer ring of every part of every country, in tenths of a degree; holes are other countries and are drawn over."""
    arcs = [list(positions(arc, topology["transform"])) for arc in topology["arcs"]]
    for country in topology["objects"]["countries"]["geometries"]:
        partner = letters.get(country.get("id", "")) or BY_NAME.get(country["properties"]["name"], "")
        partner = BY_OURS.get(partner, partner)
        if not partner or partner in LEFT_OUT:
            continue
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for part in parts:
            for ring in within_sheet(joined(part[0], arcs)):
                yield partner, ring


def positions(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[int, int]]:
    """TopoJSON's steps from point to point, as places."""
    x = y = 0
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield round((x * scale_x + move_x) * TENTHS), round((y * scale_y + move_y) * TENTHS)


def joined(indices: list[int], arcs: list[Ring]) -> Ring:
    """Arcs put end to end (a negative index: backwards), without points that rounding made equal."""
    ring: Ring = []
    for index in indices:
        for point in arcs[index] if index >= 0 else reversed(arcs[~index]):
            if not ring or ring[-1] != point:
                ring.append(point)
    return ring


def within_sheet(ring: Ring) -> Iterator[Ring]:
    """A ring that crosses the date line, cut there into the parts on either side; any other as it is."""
    turned: Ring = []
    turn = 0
    for x, y in ring:
        if turned and abs(x + turn - turned[-1][0]) > HALF:
            turn += 2 * HALF if x + turn < turned[-1][0] else -2 * HALF
        turned.append((x + turn, y))
    for shift in (-2 * HALF, 0, 2 * HALF):
        kept = beyond(beyond([(x + shift, y) for x, y in turned], -HALF, 1), HALF, -1)
        if kept:
            yield kept


def beyond(ring: Ring, edge: int, side: int) -> Ring:
    """What of a ring lies to the right (side 1) or left (-1) of a meridian, by Sutherland and Hodgman."""
    kept: Ring = []
    for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (x - edge) * side >= 0:
            kept.append((x, y))
        if (x - edge) * (next_x - edge) < 0:
            kept.append((edge, round(y + (edge - x) / (next_x - x) * (next_y - y))))
    return kept


def size(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)) / 2


def middle(ring: Ring) -> tuple[int, int]:
    across, up = [x for x, _ in ring], [y for _, y in ring]
    return round((min(across) + max(across)) / 2), round((min(up) + max(up)) / 2)


def flat(ring: Ring) -> list[int]:
    return [number for point in ring for number in point]


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    where = Path(sys.argv[4]) if len(sys.argv) == 5 else Path(__file__).resolve().parent.parent / "knowledge"
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), where / "map" / "world.json")
