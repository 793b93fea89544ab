"""A place pasted into a part of a location: its lines are told, and written only where nothing beside says something else."""

import pytest

from haitang.model.written.pasted_points import UNSPLIT, of_part

LON, LAT, LAST = "lon: 120.98", "lat: 31.38", "precision: street"


@pytest.mark.parametrize(
    ("text", "beside", "lines", "is_written"),
    [
        ("120.98,31.38", {}, (LON, LAT, "crs: wgs84/gcj02/bd09", LAST), False),
        ("120.98,31.38", {"crs": "gcj02"}, (LON, LAT, LAST), True),
        ("120.98,31.38", {"crs": "gcj02", "lat": "31.38"}, (LON, LAST), True),
        ("120.98,31.38", {"crs": "gcj02", "lat": "31.5"}, (LON, LAST), False),
        ("https://uri.amap.com/marker?position=120.98,31.38", {}, (LON, LAT, "crs: gcj02", LAST), True),
        ("https://uri.amap.com/marker?position=120.98,31.38", {"crs": "bd09"}, (LON, LAT, LAST), False),
    ],
)
def test_a_place_in_one_part(text: str, beside: dict[str, str], lines: tuple[str, ...], is_written: bool) -> None:
    told = of_part("lon", text, {"lon": text, **beside})
    assert told is not None
    code, values = told
    assert (code, values["lines"]) == (UNSPLIT, lines)
    assert values.get("written") == (lines if is_written else None)


def test_what_is_no_place_in_a_part() -> None:
    assert of_part("lon", "待核实", {}) is None
    assert of_part("lon", "https://example.org/", {}) is None
