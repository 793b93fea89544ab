"""What a phone loads before its visitor does anything: no map that lies further down, no search that nobody turns to."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Route, ViewportSize

from tests.e2e.site.conftest import Watched

PHONE: ViewportSize = {"width": 390, "height": 844}
MOST = 130_000  # bytes after gzip, the page and all that it asks for
WITH_MAP = 140_000  # of the page that is a map and a list in one
CODE = ("map.js", "engine.js")


def first(browser: Browser, address: str) -> Watched:
    watched = Watched(browser.new_page(viewport=PHONE))
    watched.page.goto(address, wait_until="networkidle")
    return watched


def code(watched: Watched) -> set[str]:
    return {name for url in watched.requests for name in CODE if urlsplit(url).path.endswith(f"/{name}")}


@pytest.mark.requirement(37)
@pytest.mark.parametrize("path", ["index.html", "needs/dayin.html", "map.html", "positions/he-cheng.html"])
def test_the_first_load_is_light(browser: Browser, every_kind: Path, sites_over_http: str, path: str) -> None:
    watched = first(browser, f"{sites_over_http}world/{path}")
    asked = {unquote(urlsplit(url).path).lstrip("/") for url in watched.requests if url.startswith("http")}
    weights = {name: len(gzip.compress((every_kind / name).read_bytes(), 6)) for name in asked if (every_kind / name).is_file()}
    watched.page.close()
    most = WITH_MAP if path == "map.html" else MOST
    assert sum(weights.values()) <= most, sorted(weights.items(), key=lambda each: -each[1])


def test_a_map_further_down_comes_with_the_visitor(browser: Browser, sites_over_http: str) -> None:
    watched = first(browser, f"{sites_over_http}world/index.html")
    assert code(watched) == set()
    watched.page.locator(".map").scroll_into_view_if_needed()
    watched.page.wait_for_selector(".map-mark")
    assert code(watched) == {"map.js"}
    watched.page.close()


def test_the_search_comes_with_who_turns_to_its_field(browser: Browser, sites_over_http: str) -> None:
    """And answers what was typed before it was there."""
    watched = first(browser, f"{sites_over_http}world/index.html")
    page = watched.page
    field = page.locator("main [role=combobox], #main [role=combobox]").first
    assert field.get_attribute("aria-expanded") == "false"
    field.focus()
    page.keyboard.insert_text("打印")
    page.wait_for_selector("[role=option]")
    assert code(watched) == {"engine.js"} and field.get_attribute("aria-expanded") == "true"
    controls = field.get_attribute("aria-controls")
    assert controls and page.locator(f"#{controls} [role=option]").count() > 0
    page.close()


def test_what_was_found_before_the_last_picture_came_stays(browser: Browser, sites_over_http: str) -> None:
    page, held = browser.new_page(viewport=PHONE), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/slow.png", hold)
    page.add_init_script("""addEventListener("DOMContentLoaded", () => {
        document.body.appendChild(document.createElement("img")).src = "slow.png";
    })""")
    page.goto(f"{sites_over_http}world/index.html", wait_until="domcontentloaded")
    page.locator("main [role=combobox]").first.fill("打印")
    option = page.locator("[role=option]").first
    option.wait_for()
    assert held and page.evaluate("document.readyState") == "interactive"
    held[0].abort()
    page.wait_for_load_state()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")  # after `pageshow`
    assert option.is_visible()
    page.close()
