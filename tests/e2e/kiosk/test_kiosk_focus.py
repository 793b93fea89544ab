"""A keyboard in a hall: every mark of the map shows that it has the focus, in both contrasts, as large as a screen asks."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.focus_ring import share
from tests.e2e.kiosk.screen import app, begin, opened
from tests.e2e.kiosk.test_kiosk_rows import go

MARKS = ".k-screen:not([hidden]) .map-mark, .k-wall-map .map-mark"
# The map draws marks a little beyond its edge too, so that they are there when it is moved.
IN_VIEW = """mark => { const its = mark.getBoundingClientRect(), box = mark.closest(".map-stage").getBoundingClientRect();
  return its.width > 0 && its.left >= box.left && its.top >= box.top && its.right <= box.right && its.bottom <= box.bottom; }"""


@pytest.mark.parametrize("size", [(1080, 1920), (3840, 2160)], ids=["portrait", "wall"])
def test_one_sees_which_mark_has_the_focus(tmp_path: Path, browser: Browser, size: tuple[int, int]) -> None:
    with opened(browser, app(tmp_path / "data", tmp_path), size=size) as page:
        begin(page)
        for address in ("home", "map"):
            go(page, address)
            page.clock.run_for(2_000)
            for contrast in ("", "high"):
                page.evaluate("(name) => void (document.documentElement.dataset.contrast = name)", contrast)
                marks = [mark for mark in page.locator(MARKS).all() if mark.evaluate(IN_VIEW)]
                assert marks
                for mark in marks:
                    assert share(page, mark, 2 * min(size) / 1080) >= 1, (address, contrast, mark.get_attribute("aria-label"))
