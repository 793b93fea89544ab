"""Room for what was asked: how much of the screen is there to be read, and how many entries of a list are wholly seen.

The rule: one page of a full hall is led through all screens, formats and ways to read, in one browser; what is measured holds
for any arrangement of a screen. `.k-read` is the pane of a text; on a list what is read is its heading, its entries, and the
map or the day above them.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.apps import site_at, write_app
from tests.e2e.kiosk.roomy_world import COUNT, LONGEST, roomy_world
from tests.e2e.kiosk.screen import BUILT, begin, opened
from tests.e2e.kiosk.test_kiosk_rows import go

FORMATS = {"portrait": (1080, 1920), "landscape": (1920, 1080), "small": (1366, 768), "wall": (3840, 2160)}
MODES = ("", "large", "low", "large low")
TEXTS = (f"position:{LONGEST}", "brand:he-hua", "about")
PLACES = "+".join(f"chang-{number:02}" for number in range(1, COUNT + 1))
LISTS = (
    *("home", "brands", "list:town/hecheng", "search", "today", "today 1", "map", f"map:{PLACES}"),
    *(f"position:{LONGEST} near", "brand:he-hua places"),
)
WHILE = "2026-11-25T14:10:05+08:00"  # while something goes on everywhere, which is told as well
SHARE = 0.45  # of the screen
REACH = {True: 0.5, False: 0.4}  # how far down the keys begin, of the height, by whether it is portrait
LOWER = {True: 0.58, False: 0.46}  # the same for who sits or is small

SET = """([size, reach]) => {
  const { dataset } = document.documentElement;
  delete dataset.size; delete dataset.reach;
  if (size) dataset.size = size;
  if (reach) dataset.reach = reach;
}"""
MEASURE = """() => {
  const screen = document.querySelector(".k-screen:not([hidden])");
  const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const rect = (element) => element.getBoundingClientRect();
  const all = (selector) => [...screen.querySelectorAll(selector)].filter(seen);
  const told = (element) => `${element.getAttribute("class")} ${element.textContent.trim().slice(0, 16)}`;
  const area = (selector) => all(selector).reduce((sum, one) => sum + rect(one).width * rect(one).height, 0);
  const bar = rect(document.querySelector(".k-bar")).top;
  const keys = [...screen.querySelectorAll("[data-primary]")].filter((key) => seen(key) && !key.matches(".k-card, .k-cover"));
  const boxes = all("[data-cards]").map(rect);
  const isWhole = (card) => boxes.some((box) => rect(card).top >= box.top - 1 && rect(card).bottom <= box.bottom + 1);
  const cards = all("[data-cards] .k-card, [data-cards] .k-cover").filter(isWhole);
  const cut = all(".k-card-name").filter((name) => name.scrollWidth > name.clientWidth + 1 || rect(name).right > innerWidth);
  const beside = document.querySelector(".k-wall-map"); // of all screens at once
  const wall = beside && seen(beside) ? rect(beside).width * rect(beside).height : 0;
  const touched = [...keys, ...cards];
  const cross = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const isUnder = (one) => all(".k-take, .k-tabs").some((other) => cross(rect(one), rect(other)));
  const spills = (one) => getComputedStyle(one).overflowY === "hidden" && one.scrollHeight > one.clientHeight + 2;
  const vmin = Math.min(innerWidth, innerHeight) / 100;
  const small = (element) => parseFloat(getComputedStyle(element).fontSize) / vmin;
  return {
    text: area(".k-read") / innerWidth / innerHeight,
    list: (area("[data-cards], .k-title, .k-find-title, .k-see, .k-find-see") + wall) / innerWidth / innerHeight,
    entries: cards.length,
    highestEntry: Math.min(1, ...cards.map((card) => rect(card).top / innerHeight)),
    highestKey: Math.min(1, ...keys.map((key) => rect(key).top / innerHeight)),
    tight: touched.filter((key) => Math.min(rect(key).width, rect(key).height) < 7.4 * vmin - 1).map(told),
    sunk: touched.filter((key) => rect(key).bottom > bar + 1 || rect(key).right > innerWidth).map(told),
    small: all(".k-read p:not(.fine), .k-card-name, .k-card-line").filter((text) => small(text) < 2.59).map(told),
    cut: cut.map(told),
    covered: all(".k-title, .k-poster, .k-cover").filter((one) => spills(one) || isUnder(one)).map(told),
    crossed: touched.filter((one) => touched.some((other) => other !== one && cross(rect(one), rect(other)))).map(told),
  };
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("roomy")
    app = write_app(site_at(roomy_world(folder / "data"), BUILT), folder / "app.html", BUILT)
    with opened(browser, app, WHILE) as page:
        begin(page)
        yield page


def shown(page: Page, address: str) -> None:
    """The screen with what the address names; of a list in a written page its tab."""
    where, _, tab = address.partition(" ")
    go(page, where)
    if where == "search":
        page.evaluate("() => { for (const key of 'hc') document.querySelector(`[data-key=${key}]`).click(); }")
        page.clock.run_for(50)
    if where == "map":  # which tells what is in view a moment after it was made
        page.wait_for_selector(".k-screen:not([hidden]) [data-cards] .k-card")
    if tab:
        page.evaluate("tab => document.querySelector(`.k-screen:not([hidden]) [data-tab='${tab}']`).click()", tab)


def measured(page: Page, address: str) -> dict[str, dict[str, Any]]:
    """What is seen in every format and way to read."""
    found = {}
    for name, (width, height) in FORMATS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(f"'wall' in document.documentElement.dataset === {str(name == 'wall').lower()}")
        for mode in MODES:
            page.evaluate(SET, ["large" if "large" in mode else "", "low" if "low" in mode else ""])
            go(page, "about" if address == "home" else "home")
            shown(page, address)
            found[f"{name} {mode}".strip()] = page.evaluate(MEASURE)
    return found


def is_portrait(where: str) -> bool:
    return where.startswith("portrait")


def reached(found: dict[str, dict[str, Any]]) -> list[str]:
    """What is too high for hands, too small for them, or not whole."""
    wrong = []
    for where, seen in found.items():
        least = (LOWER if "low" in where.split() else REACH)[is_portrait(where)]
        if seen["highestKey"] < least - 0.002:
            wrong.append(f"{where}: a key at {seen['highestKey']:.3f}")
        if seen["highestEntry"] < REACH[is_portrait(where)] - 0.002:
            wrong.append(f"{where}: an entry at {seen['highestEntry']:.3f}")
        wrong += [
            f"{where}: {kind}: {seen[kind]}" for kind in ("tight", "sunk", "small", "cut", "covered", "crossed") if seen[kind]
        ]
    return wrong


@pytest.mark.requirement(13, 14, 15, 16)
@pytest.mark.parametrize("address", TEXTS)
def test_nearly_half_of_the_screen_is_there_to_be_read(page: Page, address: str) -> None:
    found = measured(page, address)
    assert {where: f"{seen['text']:.1%}" for where, seen in found.items() if seen["text"] < SHARE} == {}
    assert reached(found) == []


@pytest.mark.requirement(13, 14, 15, 16)
@pytest.mark.parametrize("address", LISTS)
def test_a_list_shows_many_whole_entries(page: Page, address: str) -> None:
    found = measured(page, address)
    few = {where: seen["entries"] for where, seen in found.items() if seen["entries"] < wanted(address, where)}
    little = {where: f"{seen['list']:.1%}" for where, seen in found.items() if seen["list"] < SHARE}
    assert (few, little) == ({}, {})
    assert reached(found) == []


def wanted(address: str, where: str) -> int:
    """Entries that are wholly seen."""
    if "large" in where:
        return 3
    if where.startswith("wall"):
        return 8
    return 4 if address in ("map", "brands") and not is_portrait(where) else 5  # half of these is the map, the poster
