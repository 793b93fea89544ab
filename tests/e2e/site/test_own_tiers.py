"""Tiers of a directory's own in a browser: the map's marks, rings and cards, the finder's filter, the search."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_map import key, still
from tests.e2e.site.test_map_pages import visit
from tests.site.tier_worlds import PLACES, TIERS, sites_of

__all__ = ["visit"]
LOOKS = {1: ["centre"], 2: ["centre", "station"], 7: [f"circle-{rank:02}" for rank in range(1, 8)]}
RINGS = """(all) => all.map((mark) => [mark.getAttribute('aria-label'),
    [...mark.querySelectorAll('.map-ring path')].map((path) => path.getAttribute('class'))])"""
# What is drawn of a mark: its symbol, whether that is there, and its colour.
SINGLE = """(all) => all.map((mark) => {
  const use = mark.querySelector('use');
  const symbol = document.querySelector(use.getAttribute('href'));
  const colour = getComputedStyle(mark.querySelector('.map-flower')).fill;
  return [use.getAttribute('href'), !!symbol, colour, mark.getAttribute('aria-label')];
})"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    return sites_of(tmp_path_factory)


@pytest.mark.parametrize("count", sorted(TIERS))
def test_a_cluster_sums_up_its_tiers_and_each_place_has_its_mark(
    sites: dict[int, Path],
    visit: Callable[..., Watched],
    count: int,
) -> None:
    page = visit(sites[count], "index.html").page
    looks = dict(zip([short for _, _, short in TIERS[count]], LOOKS[count], strict=True))
    key(page, "看全部").click()
    still(page)
    rings = page.locator(".map-mark.is-cluster").evaluate_all(RINGS)
    assert rings
    told: dict[str, int] = {}
    for name, ring in rings:
        said = {tier: int(number) for tier, number in re.findall(r"[：、](\D+?) (\d+)", name)}
        assert [kind.removeprefix("is-tier-") for kind in ring] == [looks[tier] for tier in said]
        told = {tier: told.get(tier, 0) + said.get(tier, 0) for tier in {**told, **said}}
    for _ in range(9):
        if not page.locator(".map-mark.is-cluster").count():
            break
        page.locator(".map-mark.is-cluster").first.click()
        still(page)
    singles = page.locator(".map-mark.is-single").evaluate_all(SINGLE)
    assert singles
    colours = {}
    for href, is_there, colour, name in singles:
        assert is_there, href
        short = next(short for short in looks if f"样例{short}" in name)
        if "待核实" not in name:
            assert href == f"#f-{looks[short]}"
            colours[short] = colour
    assert all(colour not in ("none", "rgb(0, 0, 0)") for colour in colours.values())
    page.locator(".map-mark.is-single").first.click()
    facts = page.locator(".map-card .map-facts span").all_inner_texts()
    assert facts[0] in looks


@pytest.mark.parametrize("count", sorted(TIERS))
def test_the_finder_asks_for_a_tier(sites: dict[int, Path], browser: Browser, count: int) -> None:
    own_id, name, short = TIERS[count][-1]
    watched = Watched(browser.new_page())
    page = watched.page
    page.goto(f"{(sites[count] / 'search.html').as_uri()}?tier={own_id}")
    page.wait_for_selector(".finder.is-live .find-list .card")
    assert page.locator(".find-list .card").count() == PLACES
    assert page.locator(f".find-list .mark-{LOOKS[count][-1]}").count() == PLACES
    assert page.locator(".find-list .tag", has_text=short).count() in (0, PLACES)
    assert page.locator(f'input[name="tier"][value="{own_id}"], [data-value="{own_id}"]').count()
    page.goto(f"{(sites[count] / 'search.html').as_uri()}?q={name}")
    page.wait_for_selector(f".finder.is-live button .mark-{LOOKS[count][-1]}")
    assert watched.console == []
    page.close()


def test_marks_beside_names_are_seen(sites: dict[int, Path], browser: Browser) -> None:
    """Circles of different ranks are of different sizes: what a mask leaves of the mark is measured by its pixels."""
    page = browser.new_page(device_scale_factor=2)
    page.goto((sites[7] / "index.html").as_uri())
    sizes = []
    for look in LOOKS[7][::3]:  # those that are full
        mark = page.locator(f".family-text .mark-{look}")
        mark.scroll_into_view_if_needed()
        ratio = mark.evaluate("(each) => getComputedStyle(each).getPropertyValue('--r')")
        assert mark.evaluate("(each) => getComputedStyle(each, '::before').webkitMaskImage").startswith("radial-gradient(")
        sizes.append(float(ratio.strip().rstrip("%")))
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)
    page.close()
