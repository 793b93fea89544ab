"""The marks of sources behind sentences, as a finger, an eye and a printer meet them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

SIZES = {"phone": ViewportSize(width=390, height=844), "desk": ViewportSize(width=1440, height=900)}
PAGES = ["positions/he-cheng.html", "brands/he-hua.html", "about/san-ji.html"]
# What lies at the middle and 11 px around it belongs to the mark: 24 px for a finger, whatever else is near.
HIT = """(link) => { link.scrollIntoView({block: 'center'}); const box = link.getClientRects()[0];
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  const found = [[0, 0], [-11, 0], [11, 0], [0, -11], [0, 11]].map(([dx, dy]) => document.elementFromPoint(x + dx, y + dy));
  return found.every((one) => one === link); }"""
# Where a source begins nothing lies over it, no head of the page and no bar at its foot.
SEEN = """(source) => { const box = source.getBoundingClientRect();
  return source.contains(document.elementFromPoint(box.left + 20, box.top + 12)); }"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("letters", ["100%", "200%"])
def test_a_finger_finds_each_mark_and_its_source(
    every_kind: Path, browser: Browser, size: str, path: str, letters: str
) -> None:
    page = browser.new_page(viewport=SIZES[size])
    page.goto((every_kind / "world" / path).as_uri())
    page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
    links = page.locator(".cite a")
    assert links.count() > 0
    for at in range(links.count()):
        link = links.nth(at)
        assert link.evaluate(HIT), at
        assert link.get_attribute("aria-label") == f"来源 {link.inner_text().strip()}"
    links.first.click()
    source = page.locator(page.evaluate("location.hash"))
    assert source.count() == 1
    assert source.evaluate(SEEN)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_a_mark_stays_at_the_end_of_its_sentence(every_kind: Path, browser: Browser) -> None:
    """However wide the page is: no line begins with one."""
    page = browser.new_page()
    page.goto((every_kind / "world" / PAGES[0]).as_uri())
    for width in range(320, 480, 20):
        page.set_viewport_size({"width": width, "height": 844})
        first = page.eval_on_selector_all(
            ".prose .cite",
            "(all) => all.map((mark) => mark.getBoundingClientRect().left - mark.closest('p,li').getBoundingClientRect().left)",
        )
        assert min(first) > 10, width
    page.close()
