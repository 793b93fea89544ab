"""Every kind of page in a real browser: four viewports, light and dark, from file:// in a folder with blanks and Chinese."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from benchmarks.synthetic import write_directory
from tests.e2e.site.conftest import NO_BOX, RESTYLE, Watched
from tests.worlds import PROJECT, WORLD, publish

VIEWPORTS = {"phone": (390, 844), "desktop": (1440, 900), "kiosk": (1080, 1920), "4k": (3840, 2160)}
REAL = (
    "index.html",
    "positions/index.html",
    "positions/qifa-guangchang.html",
    "positions/fushikang.html",
    "towns/index.html",
    "towns/lujia.html",
    "towns/dianshanhu.html",
    "tiers/centre.html",
    "brands/index.html",
    "brands/hongfushi.html",
    "about.html",
)
# Where the second heading begins, the rows that the ways in under the search field make, the widest of them, and by how much
# one is wider than its words and its round ends.
FIRST_WINDOW = """() => {
  const top = (element) => element.getBoundingClientRect().top + scrollY;
  const pills = [...document.querySelectorAll('.hero-chips a')].filter((pill) => pill.getClientRects().length);
  const spare = pills.map((pill) => {
    const words = document.createRange();
    words.selectNodeContents(pill);
    const style = getComputedStyle(pill);
    return pill.getBoundingClientRect().width - words.getBoundingClientRect().width - 2 * parseFloat(style.paddingLeft);
  });
  return {
    second: top(document.querySelectorAll('main h2, .page h2')[0]),
    rows: new Set(pills.map((pill) => Math.round(top(pill)))).size,
    count: pills.length,
    widest: Math.max(...pills.map((pill) => pill.getBoundingClientRect().width)),
    spare: Math.max(...spare),
  };
}"""
FULL = ("index.html", "positions/he-cheng.html", "positions/xiao-qu.html", "positions/he-cheng-old.html", "brands/kong.html")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The real site and the golden world's, moved to where a hall keeper might put them."""
    folder = tmp_path_factory.mktemp("展厅 USB #1")
    for name, root in (("real", PROJECT), ("full", WORLD)):
        publish(root, folder / f"out {name}", today=date.today())
        shutil.copytree((folder / f"out {name}" / "site").resolve(), folder / name)
    return {name: folder / name for name in ("real", "full")}


@pytest.fixture(params=VIEWPORTS, ids=list(VIEWPORTS))
def watched(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Watched]:
    width, height = VIEWPORTS[request.param]
    page = browser.new_page(viewport={"width": width, "height": height})
    yield Watched(page)
    page.close()


@pytest.mark.parametrize(("site", "path"), [("real", path) for path in REAL] + [("full", path) for path in FULL])
def test_pages_hold_together(sites: dict[str, Path], watched: Watched, site: str, path: str) -> None:
    page = watched.page
    page.goto((sites[site] / path).as_uri())
    page.wait_for_load_state("load")
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    assert page.locator("main").count() == 1
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.evaluate("getComputedStyle(document.body).fontSize") >= "18px"
    assert page.evaluate(NO_BOX) == []
    assert watched.console == []
    assert watched.foreign == []


@pytest.mark.parametrize(("size", "heading", "rows"), [((390, 844), 900, 2), ((1440, 900), 850, 1)], ids=["phone", "desktop"])
@pytest.mark.parametrize("site", ["real", "full"])
def test_the_first_window_of_the_home_page_shows_what_follows(
    sites: dict[str, Path], browser: Browser, site: str, size: tuple[int, int], heading: int, rows: int
) -> None:
    """The ways in under the search field are one row of pills, two on a phone, each as wide as its words."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto((sites[site] / "index.html").as_uri())
    page.wait_for_load_state("load")
    seen = page.evaluate(FIRST_WINDOW)
    page.close()
    assert seen["count"] >= 3
    assert (seen["rows"], seen["second"] < heading, seen["widest"] <= 250, seen["spare"] < 4) == (rows, True, True, True), seen


def test_the_home_page_asks_first_and_is_short(sites: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((sites["real"] / "index.html").as_uri())
    page.wait_for_load_state("load")
    wanted = yaml.safe_load((PROJECT / "directory.yml").read_text("utf-8"))["needs"]
    tiles = page.eval_on_selector_all(".need-tiles a", "(links) => links.map((link) => link.getAttribute('href'))")
    assert page.locator("h1").inner_text() == "您要办什么？"
    assert [Path(tile).stem.removeprefix("kind-") for tile in tiles] == wanted
    assert all((sites["real"] / tile).is_file() for tile in tiles)
    assert page.locator(".hero-chips a").first.get_attribute("href") == "map.html?near=here"
    below = page.eval_on_selector_all(
        ".need-tiles a, .hero-chips a", "(all) => all.map((one) => one.getBoundingClientRect().bottom)"
    )
    assert max(below) <= 844
    assert page.evaluate("document.documentElement.scrollHeight") <= 5 * 844
    assert page.locator("nav.top-nav a[href='progress.html']").count() == 0
    assert page.locator("footer a[href='progress.html']").count() == 1
    page.close()


@pytest.mark.parametrize("letters", [100, 150, 200])
def test_no_flower_stands_behind_the_question(sites: dict[str, Path], browser: Browser, letters: int) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 780})
    page.goto((sites["real"] / "index.html").as_uri())
    page.evaluate(RESTYLE, f"html {{ font-size: {letters}% !important }}")
    ends = page.evaluate(
        """() => {
          const words = document.createRange();
          words.selectNodeContents(document.querySelector('.hero h1'));
          return [words.getBoundingClientRect().right, document.querySelector('.hero-art').getBoundingClientRect()];
        }"""
    )
    assert ends[0] <= ends[1]["left"] or ends[1]["width"] == 0
    page.close()


def test_each_problem_of_the_guide_stands_apart(sites: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto((sites["full"] / "editors" / "problems.html").as_uri())
    gaps = page.evaluate(
        """() => [...document.querySelectorAll('article + article')].map((one) =>
             one.getBoundingClientRect().top - one.previousElementSibling.getBoundingClientRect().bottom)"""
    )
    page.close()
    assert len(gaps) > 40 and min(gaps) >= 40


def test_dark_is_dark(sites: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark", viewport={"width": 390, "height": 844})
    page.goto((sites["real"] / "index.html").as_uri())
    red, green, blue = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)")
    assert max(red, green, blue) < 64
    page.close()


def test_everything_is_readable_without_javascript(sites: dict[str, Path], browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((sites["full"] / "positions" / "he-cheng.html").as_uri())
    text = page.inner_text("main")
    for fact in ("禾城镇党群服务中心", "样例路 1 号", "08:30–11:30", "0512-00000001", "政策咨询", "2,531", "百家宴"):
        assert fact in text, fact
    page.goto((sites["full"] / "index.html").as_uri())
    assert page.locator("#map svg a").count() >= 1
    context.close()


def test_every_link_can_be_walked(sites: dict[str, Path], browser: Browser) -> None:
    """By the keyboard's order of links: from home to a town to a position to a brand, and back home."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((sites["real"] / "index.html").as_uri())
    for target in ("towns/index.html", "yushan.html", "positions/fushikang.html", "brands/hongfushi.html", "../index.html"):
        page.locator(f'a[href$="{target}"]:visible').first.click()
        page.wait_for_url(f"**/{target.removeprefix('../')}")
    page.close()


def test_the_map_comes_alive_on_every_page_that_has_one(sites: dict[str, Path], browser: Browser) -> None:
    watched = Watched(browser.new_page(viewport={"width": 1440, "height": 900}))
    watched.page.goto((sites["real"] / "index.html").as_uri())
    watched.page.locator("#map").scroll_into_view_if_needed()
    watched.page.wait_for_selector("#map .leaflet-container, #map.leaflet-container")
    assert watched.page.locator("#map .leaflet-marker-icon").count() >= 5
    assert watched.console == []
    assert watched.foreign == []
    watched.page.close()


def test_long_lists_and_full_pages_hold(tmp_path: Path, browser: Browser) -> None:
    write_directory(tmp_path / "root", 400)
    publish(tmp_path / "root", tmp_path / "out", today=date.today())
    site = tmp_path / "out" / "site"
    page = browser.new_page(viewport={"width": 390, "height": 844})
    paths = ["index.html", "positions/index.html", "positions/index.2.html"]
    paths += [
        next(path for path in sorted((site / "positions").glob("*.html")) if "index" not in path.name)
        .relative_to(site)
        .as_posix()
    ]
    for path in paths:
        page.goto((site / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.close()


# The lines of a name, from where each of its characters stands.
LINES = """(all) => all.map((tile) => {
  const lines = [];
  const walk = document.createTreeWalker(tile, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) [...node.textContent].forEach((character, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const {top, width, left, right} = range.getBoundingClientRect();
    const last = lines[lines.length - 1];
    if (!width) return;
    if (last && Math.abs(last.top - top) < 4) last.text += character;
    else lines.push({top, text: character});
    const room = tile.parentElement.getBoundingClientRect();
    if (left < room.left - 1 || right > room.right + 1) lines.push({top, text: "out of its tile"});
  });
  return lines.map(({text}) => text);
})"""


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("width", [390, 360])
def test_no_character_of_a_need_stands_alone_on_its_line(browser: Browser, real_site: Path, width: int, large: bool) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    found: list[list[str]] = []
    for path, tiles in (("index.html", ".need-tiles a > span"), ("needs/index.html", ".needs a > span")):
        page.goto((real_site / path).as_uri())
        if large:
            page.evaluate("document.documentElement.dataset.size = 'large'")
        own = page.eval_on_selector_all(tiles, LINES)
        assert own, path
        found += own
    page.close()
    assert [lines for lines in found if " " in "".join(lines) or (len(lines) > 1 and min(map(len, lines)) < 2)] == []
    assert large or any(len(lines) == 2 for lines in found), "some need two lines"
