"""What a tier looks like: its own, the one of its place, and never that of another."""

import pytest

from haitang.model.tiers import CIRCLES, FLOWERS, MOST, TierInfo, looks_of


def tiers(*looks: str | None) -> tuple[TierInfo, ...]:
    made = ({"id": f"t{at}", "name": f"第{at}级", "short_name": f"{at}级", "look": look} for at, look in enumerate(looks))
    return tuple(map(TierInfo.model_validate, made))


@pytest.mark.parametrize(
    ("looks", "shapes", "found"),
    [
        ((None,), None, ("centre",)),
        ((None, None), None, ("centre", "station")),
        ((None,) * 4, None, ("centre", "station", "point", "other")),
        ((None,) * 5, None, CIRCLES[:5]),
        ((None,) * 12, None, CIRCLES),
        ((None, None), "circles", CIRCLES[:2]),
        ((None,) * 6, "flowers", ("centre", "station", "point", "other", *CIRCLES[4:6])),
        (("leaf", None, None), None, ("other", "centre", "station")),
        ((None, "flower", None), None, ("station", "centre", "point")),
        ((None, "circle"), None, ("centre", CIRCLES[1])),
        ((None,) * 5 + ("bud",), None, (*CIRCLES[:5], "point")),
    ],
)
def test_a_look_follows_from_the_place_and_is_a_tiers_own(looks: tuple[str | None, ...], shapes: str, found: object) -> None:
    made = looks_of(tiers(*looks), shapes)  # type: ignore[arg-type]
    assert tuple(made.values()) == found
    assert len(set(made.values())) == len(looks)


def test_no_choice_of_looks_makes_two_alike() -> None:
    for first in (None, *FLOWERS, "circle"):
        for second in {None, *FLOWERS, "circle"} - ({first} if first in FLOWERS else set()):
            for count in (2, 3, 4, 5, 9, MOST):
                for shapes in (None, "flowers", "circles"):
                    made = looks_of(tiers(first, second, *(None,) * (count - 2)), shapes)
                    assert len(set(made.values())) == count, (first, second, count, shapes)


def test_the_looks_are_those_that_style_sheets_and_scripts_know() -> None:
    assert dict(FLOWERS) == {"flower": "centre", "open": "station", "bud": "point", "leaf": "other"}
    assert (CIRCLES[0], CIRCLES[-1], len(CIRCLES), MOST) == ("circle-01", "circle-12", 12, 12)
