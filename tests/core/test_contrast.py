"""Any colour a brand may give carries white text, and none is darkened more than it must be."""

from itertools import product

import pytest

from haitang.core.contrast import _NIGHT, GROUNDS, ground, luminance, mixed, on_white

STEPS = range(0, 256, 15)


def test_white_can_be_read_on_every_ground() -> None:
    for red, green, blue in product(STEPS, STEPS, STEPS):
        colour = f"#{red:02x}{green:02x}{blue:02x}"
        assert on_white(ground(colour, "x")) >= 4.5, colour


@pytest.mark.parametrize("colour", ["#000000", "#7d1128", "#b8263f", "#003366"])
def test_a_colour_that_is_dark_enough_stays_as_it_is(colour: str) -> None:
    assert ground(colour, "x") == colour


@pytest.mark.parametrize("colour", ["#ffffff", "#ffd400", "#7fc8ff"])
def test_a_light_colour_is_darkened_no_more_than_needed(colour: str) -> None:
    made = ground(colour, "x")
    lighter = [mixed(colour, _NIGHT, step / 40) for step in range(40)]
    assert all(on_white(shade) < 4.6 for shade in lighter[: lighter.index(made)])


def test_brands_without_a_colour_differ_and_stay_the_same() -> None:
    assert {ground(None, f"brand-{number}") for number in range(40)} == set(GROUNDS)
    assert ground(None, "hongfushi") == ground(None, "hongfushi")
    assert all(on_white(tone) >= 4.5 for tone in GROUNDS)


def test_luminance_of_the_standard() -> None:
    assert luminance("#000000") == 0
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#808080") == pytest.approx(0.2159, abs=0.0001)
