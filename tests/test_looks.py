"""What the guard for looks takes for a difference, and what it writes (tests/e2e/looks.py)."""

from pathlib import Path

import pytest

from tests.e2e import looks
from tests.e2e.looks import SLACK, Rows

BOX = (20, 100, 350, 44)
ROWS: Rows = {"body": [(0, 0, 390, 900), (0, 0, 1440, 900), (0, 0, 1080, 1920)], "div.page > h1 标题": [BOX, BOX, None]}


@pytest.mark.parametrize("side", range(4), ids=["left", "top", "width", "height"])
@pytest.mark.parametrize("by", [SLACK, -SLACK, SLACK + 1, -SLACK - 1])
def test_a_box_may_differ_by_little(side: int, by: int) -> None:
    moved = list(BOX)
    moved[side] += by
    now = {**ROWS, "div.page > h1 标题": [BOX, (moved[0], moved[1], moved[2], moved[3]), None]}
    assert len(looks.differences(ROWS, now)) == (abs(by) > SLACK)


def test_what_comes_goes_or_hides_is_told() -> None:
    assert looks.differences(ROWS, {"body": ROWS["body"], "h2": [None, None, BOX]}) == ["gone: div.page > h1 标题", "new: h2"]
    assert looks.differences(ROWS, {**ROWS, "div.page > h1 标题": [BOX, BOX, BOX]}) == [
        "1080x1920: div.page > h1 标题: was -, is (20, 100, 350, 44)"
    ]


def test_what_was_written_is_read() -> None:
    assert looks.read(looks.written("site home", ROWS)) == ROWS


def test_things_of_one_name_are_numbered_and_keep_their_order() -> None:
    phone = looks.numbered([("main", 0, 0, 1, 1), ("li", 0, 0, 1, 1), ("li", 0, 2, 1, 1), ("footer", 0, 3, 1, 1)])
    desk = looks.numbered([("main", 0, 0, 1, 1), ("aside", 0, 0, 1, 1), ("li", 0, 0, 1, 1), ("footer", 0, 3, 1, 1)])
    assert list(looks.joined([phone, desk, desk])) == ["main", "aside", "li", "li #2", "footer"]


def test_a_page_never_seen_differs_until_it_is_blessed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="new: body"):
        looks.hold("site home", ROWS, False, tmp_path)
    looks.hold("site home", ROWS, True, tmp_path)
    looks.hold("site home", ROWS, False, tmp_path)


def test_a_blessing_leaves_what_still_agrees(tmp_path: Path) -> None:
    looks.hold("site home", ROWS, True, tmp_path)
    near, far = (20, 110, 350, 44), (20, 200, 350, 44)
    looks.hold(
        "site home", {"body": ROWS["body"], "div.page > h1 标题": [near, near, None], "h2": [far, far, far]}, True, tmp_path
    )
    assert looks.blessed("site home", tmp_path) == {**ROWS, "h2": [far, far, far]}


def test_golden_files_of_pages_that_are_no_more_are_told_and_blessed_away(tmp_path: Path) -> None:
    for name in ("site home", "site gone", "kiosk home"):
        looks.hold(name, ROWS, True, tmp_path)
    assert looks.swept("site", ["site home"], False, tmp_path) == ["site-gone.txt"]
    assert looks.swept("site", ["site home"], True, tmp_path) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kiosk-home.txt", "site-home.txt"]


def test_the_contact_sheet_shows_every_picture(tmp_path: Path) -> None:
    (tmp_path / "looks").mkdir()
    for size in ("390x844", "1440x900"):
        (tmp_path / "looks" / f"site-home-{size}.jpg").write_bytes(b"")
    looks.contact_sheet(tmp_path / "looks")
    page = (tmp_path / "looks.html").read_text("utf-8")
    assert [page.count(f'"looks/site-home-{size}.jpg"') for size in ("390x844", "1440x900", "1080x1920")] == [2, 2, 0]
