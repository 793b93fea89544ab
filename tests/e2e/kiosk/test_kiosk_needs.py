"""What one may need, in a hall: the places of the website's own pages, by taps alone, and on to the visitor's own phone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Frame, Page

from haitang.site.page import Page as Written
from haitang.site.pages import activities, needs
from haitang.site.views import Site
from tests.e2e.kiosk.apps import SIZES, site_at, with_halls, write_app
from tests.e2e.kiosk.conftest import over_http
from tests.e2e.kiosk.launcher_page import wait_for
from tests.e2e.kiosk.screen import begin, opened
from tests.e2e.kiosk.test_kiosk_keys import HOST
from tests.e2e.kiosk.test_kiosk_rows import go
from tests.e2e.kiosk.test_kiosk_search import in_reach
from tests.site import everyday_world

PUBLIC = "https://example.org/zhendi"
HALL = f"  - id: ting\n    title: 样例展厅\n    home: p1\n    public_url: {PUBLIC}\n"
SEARCH, NEED = '[data-screen="search"]', '[data-screen="need"]'
PLACE = re.compile(r'href="\.\./positions/([\w-]+)\.html(?:#activities)?"')
TALL = (1080, 24_000)  # a screen on which the longest list is one page
LETTERS = {"zhaogongzuo": "jiuye", "shebao": "shebao"}  # golden questions of needs that letters can ask
# Metres as the cards tell them; the hall itself is nearest, and last comes what has no spot.
FAR = """cards => cards.map((card) => {
  const told = card.querySelector(".k-tags").textContent, [, n, unit] = /约 ([\\d.]+) (公里|米)/.exec(told) || [];
  if (n) return n * (unit === "米" ? 1 : 1000);
  return told.indexOf("您在这里") >= 0 ? -1 : told.indexOf("位置待核实") >= 0 ? 1e9 : NaN;
})"""
MODES = ((), ("large",), ("low",), ("large", "low"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everyday places, of which every third has no spot; the hall is one of them."""
    root = tmp_path_factory.mktemp("needs") / "data"
    root.mkdir()
    everyday_world.write(root)
    for number in range(everyday_world.COUNT):
        file = next(root.glob(f"positions/*/p{number}.yml"))
        if number % 3:
            lon, lat = f"{120.92 + number // 8 * 0.003:.4f}", f"{31.3 + number % 40 * 0.003:.4f}"
            spot = f"{{lon: {lon}, lat: {lat}, crs: wgs84, precision: exact}}"
            file.write_text(f"{file.read_text('utf-8')}location: {spot}\n", "utf-8")
    with_halls(root, HALL)
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return site_at(root, "2026-11-20")


@pytest.fixture(scope="module")
def app(root: Path, site: Site) -> Path:
    (root.parent / "host.html").write_text(HOST, "utf-8")
    return write_app(site, root.parent / "app.html", "2026-11-20")


@pytest.fixture
def kiosk(browser: Browser, app: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, app, size=getattr(request, "param", SIZES[0])) as page:
        begin(page)
        page.clock.run_for(5_000)
        yield page


def to(page: Page | Frame, address: str) -> None:
    go(page, address)
    if isinstance(page, Page):
        page.clock.run_for(1_000)


def gone(page: Page, selector: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all(selector, "keys => keys.map(key => key.dataset.go)")
    return found


def public_pages(site: Site) -> Mapping[str, str]:
    made = (recipe.make() for build in (needs.build, activities.build) for recipe in build(site))
    return {page.path: page.body for page in made if isinstance(page, Written)}


@pytest.mark.long
@pytest.mark.parametrize("kiosk", [TALL], indirect=True, ids=["tall"])
def test_each_need_has_the_places_of_the_public_page_the_nearest_first(kiosk: Page, site: Site) -> None:
    pages = public_pages(site)
    for need in site.needs:
        path = need.path
        expected = set(
            PLACE.findall("".join(pages[each] for each in (path, path.replace(".html", ".2.html")) if each in pages))
        )
        to(kiosk, f"need:{need.id}")
        cards = gone(kiosk, f"{NEED} .k-card")
        found = [key.partition(":")[2] for key in cards if key.startswith("position:")]
        if need.kind == "activity_kind":  # those that are held alike are one key to all of their places
            rows = [row for key in cards if key.startswith("list:held/") for row in key.split("/")[1].split("+")]
            found += [site.directory.positions[int(row)].id for row in rows]
        else:
            assert len(found) == len(set(found))
            far = kiosk.eval_on_selector_all(f"{NEED} .k-card", FAR)
            assert far == sorted(far), need.id
        assert set(found) == expected, need.id


def test_before_a_letter_is_typed_needs_and_towns_stand_ready(kiosk: Page, site: Site) -> None:
    to(kiosk, "search")
    ready = gone(kiosk, f"{SEARCH} .k-cards [data-go]")
    offered = [f"need:{name}" for name in site.directory.settings.needs]
    assert ready[0::2] == offered[: len(ready[0::2])] and len(ready) >= 6
    assert all(go.startswith("list:town/") for go in ready[1::2])
    kiosk.click(f"{SEARCH} .k-kind >> nth=1")
    assert all(go.startswith("list:tier/") for go in gone(kiosk, f"{SEARCH} .k-cards [data-go]"))
    kiosk.click(f"{SEARCH} .k-kind >> nth=1")
    assert gone(kiosk, f"{SEARCH} .k-cards [data-go]") == ready
    kiosk.click(f'{SEARCH} [data-go="{offered[1]}"]')
    assert kiosk.evaluate("document.documentElement.dataset.at") == "need"
    kiosk.click("[data-home]")
    assert gone(kiosk, "[data-needs] [data-go]") == offered[:3]
    kiosk.click("[data-needs-row] [data-go=need]")
    assert gone(kiosk, f"{NEED} .k-cards [data-go]")[: len(offered)] == offered


def test_every_town_can_be_chosen_where_one_row_holds_few(kiosk: Page) -> None:
    kiosk.evaluate("document.documentElement.dataset.size = 'large'")
    to(kiosk, "need:shebao")
    kiosk.click(f'{NEED} .k-chips [data-go="need:shebao/*"]')
    towns = gone(kiosk, f"{NEED} .k-cards [data-go]")
    while kiosk.locator(f"{NEED} [data-turn=on]").is_enabled():
        kiosk.click(f"{NEED} [data-turn=on]")
        towns += gone(kiosk, f"{NEED} .k-cards [data-go]")
    assert len(towns) == len(set(towns)) > 5 and all(go.startswith("need:shebao/") for go in towns)
    kiosk.click(f'{NEED} .k-cards [data-go="{towns[-1]}"]')
    assert kiosk.locator(f"{NEED} .k-chips [aria-pressed=true]").count() == 1
    assert kiosk.locator(f"{NEED} .k-card").count() > 0
    kiosk.click(f"{NEED} .k-chips [aria-pressed=true]")
    assert kiosk.locator(f"{NEED} .k-chips [aria-pressed=true]").count() == 0


def test_letters_lead_to_a_need(kiosk: Page) -> None:
    to(kiosk, "search")
    for letters, need in LETTERS.items():
        kiosk.click("[data-key=clear]")
        for letter in letters:
            kiosk.click(f"[data-key={letter}]")
            kiosk.clock.run_for(50)
        assert gone(kiosk, f"{SEARCH} .k-chips [data-go]")[:1] == [f"need:{need}"]


@pytest.mark.requirement(21)
@pytest.mark.parametrize("kiosk", [SIZES[0], SIZES[1]], indirect=True, ids=["portrait", "landscape"])
def test_a_phone_goes_on_with_the_same_question(kiosk: Page, site: Site) -> None:
    to(kiosk, "search")
    assert scanned(kiosk, SEARCH) == f"{PUBLIC}/search.html"
    for letter in "lj":
        kiosk.click(f"[data-key={letter}]")
    kiosk.clock.run_for(1_000)
    assert scanned(kiosk, SEARCH) == f"{PUBLIC}/search.html?q=lj"
    to(kiosk, "need:shebao")
    assert scanned(kiosk, NEED) == f"{PUBLIC}/needs/shebao.html"
    town = kiosk.locator(f"{NEED} .k-chips [aria-pressed] >> nth=0")
    town.click()
    kiosk.clock.run_for(500)
    name = town.get_attribute("data-go")
    assert name == "need:shebao"  # a second tap lets the town go again
    chosen = kiosk.eval_on_selector(f"{NEED} [data-hand-over]", "place => place.dataset.handOver")
    own = chosen.rpartition("town=")[2]
    assert scanned(kiosk, NEED) == f"{PUBLIC}/needs/shebao.html?town={own}"
    town_of = {place.id: place.town for place in site.directory.positions}
    assert {town_of[go.partition(":")[2]] for go in gone(kiosk, f"{NEED} .k-card")} == {own}
    to(kiosk, "need:dianying")
    assert scanned(kiosk, NEED) == f"{PUBLIC}/activities/kind-dianying.html"
    kiosk.click("[data-home]")
    assert kiosk.evaluate("[...document.querySelectorAll('[data-hand-over]')].map((one) => one.dataset.handOver)") == ["", ""]


def scanned(page: Page, screen: str) -> str:
    """What a phone reads, of a code that is large enough."""
    picture = page.locator(f"{screen} [data-hand-over] svg")
    box, size = picture.bounding_box(), page.viewport_size
    assert box and size and min(box["width"], box["height"]) >= 200 / 1080 * min(size["width"], size["height"])
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture.screenshot())))
    return found[0].text


def test_where_no_site_is_known_nothing_is_handed_over(browser: Browser, root: Path, tmp_path: Path) -> None:
    """Nor where nobody offers a need first is there an empty row."""
    site = site_at(root)
    settings = site.directory.settings
    hall = settings.halls[0].model_copy(update={"public_url": None})
    own = settings.model_copy(update={"base_url": None, "halls": (hall,), "needs": ()})
    bare = write_app(Site(replace(site.directory, settings=own), site.templates), tmp_path / "app.html", "2026-11-20")
    with opened(browser, bare) as page:
        begin(page)
        assert page.locator("[data-needs-row]").is_hidden()
        for address, screen in (("search", SEARCH), ("need:shebao", NEED)):
            to(page, address)
            assert page.locator(f"{screen} [data-hand-over]").is_hidden()
            assert page.locator("main").inner_html().count("example.org") == 0
        to(page, "need:muying")
        said = page.inner_text(f"{NEED} .k-cards")
        assert "母婴室" in said and "12345" in said


@pytest.mark.requirement(13, 14, 16)
@pytest.mark.parametrize(
    "kiosk", [*SIZES[:2], *(pytest.param(size, marks=pytest.mark.long) for size in SIZES[2:])], ids=str, indirect=True
)
def test_everything_touched_is_large_apart_whole_and_within_reach(kiosk: Page) -> None:
    for ways in MODES:
        kiosk.evaluate(
            "document.documentElement.removeAttribute('data-size'), document.documentElement.removeAttribute('data-reach')"
        )
        for way in ways:
            kiosk.evaluate("way => { document.documentElement.dataset[way === 'low' ? 'reach' : 'size'] = way; }", way)
        kiosk.click("[data-home]")
        kiosk.clock.run_for(500)
        for address in ("search", "need", "need:shebao"):
            to(kiosk, address)
            in_reach(kiosk, f'[data-screen="{address.partition(":")[0]}"]')


def test_what_was_opened_is_counted_and_not_what_was_asked(browser: Browser, app: Path) -> None:
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page = context.new_page()
    with over_http(app.parent) as origin:
        page.goto(f"{origin}/host.html")
        wait_for(page, lambda: page.evaluate("heard.some(({ type }) => type === 'ready')"))
        frame = page.frames[-1]
        frame.tap(".k-attract")
        frame.tap("[data-needs] [data-go] >> nth=1")
        wait_for(page, lambda: page.evaluate("heard.some(({ what }) => what === 'screens.need')"))
        counted = page.evaluate("heard.filter(({ type }) => type === 'count').map(({ what }) => what)")
    assert counted.count("screens.need") == 1 and not [what for what in counted if "shebao" in what]
    context.close()
