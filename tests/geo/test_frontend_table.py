"""The browser's coordinates are ours: frontend/tests/fixtures/geo-table.json, for its tests, is what coordinates.py says."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from haitang.geo.coordinates import Coordinate, distance_m

TABLE = Path(__file__).resolve().parents[2] / "frontend" / "tests" / "fixtures" / "geo-table.json"
# Kunshan's corners and middle, the edges of the shift's box, and places outside it.
SPOTS = [
    (120.8058, 31.1094), (121.1511, 31.5433), (120.980737, 31.385598), (121.0, 31.3), (105.0, 35.0), (72.1, 0.9),
    (137.8, 55.8), (116.397, 39.908), (87.6, 43.8), (110.2, 20.0), (139.7, 35.7), (-0.1, 51.5), (0.0, 0.0),
]  # fmt: skip


def made() -> dict[str, list[dict[str, object]]]:
    shifts: list[dict[str, object]] = []
    for lon, lat in SPOTS:
        there = Coordinate(lon, lat).to("gcj02")
        back = there.to("wgs84")
        shifts.append({"wgs84": [lon, lat], "gcj02": [there.lon, there.lat], "back": [back.lon, back.lat]})
    pairs = [*pairwise(SPOTS), (SPOTS[0], SPOTS[0]), ((120.98, 31.38), (120.9801, 31.3801))]
    distances: list[dict[str, object]] = [
        {"from": list(a), "to": list(b), "metres": distance_m(Coordinate(*a), Coordinate(*b))} for a, b in pairs
    ]
    return {"shifts": shifts, "distances": distances}


def test_the_table_is_what_the_generator_computes(bless: bool) -> None:
    if bless:
        TABLE.write_text(json.dumps(made(), indent=1) + "\n", encoding="utf-8")
    kept, now = json.loads(TABLE.read_text(encoding="utf-8")), made()
    for group, rows in now.items():
        assert len(kept[group]) == len(rows)
        for one, other in zip(kept[group], rows, strict=True):
            for key, value in other.items():
                assert one[key] == pytest.approx(value, rel=1e-12)
