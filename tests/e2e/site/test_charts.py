"""A page with every kind of chart: axe in every mode, no sideways scroll, letters that can be read, paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from haitang.site.build import STYLES
from haitang.site.templates import LANGUAGE
from tests.e2e.site.conftest import RUN
from tests.e2e.site.test_accessibility import AXE, SMALL, TAGS, WIDTHS
from tests.site.chart_cases import KINDS, case, rendered, sprite
from tests.worlds import PROJECT

CASES = ("0", "3", "negative", "missing", "huge")
MODES: dict[str, dict[str, str]] = {
    "light": {},
    "dark": {"theme": "dark"},
    "high": {"contrast": "high"},
    "large": {"size": "xlarge"},
}
LOOK = """async (runOnly) => {
  const report = await axe.run(document, {runOnly, resultTypes: ['violations'], preload: false, iframes: false});
  return report.violations.flatMap(({id, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`));
}"""
# The least of what is written in pictures, in px on the screen.
LETTERS = """() => Math.min(...[...document.querySelectorAll('.chart-picture:not(.is-empty) text')].map((text) =>
  parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))"""
# What a picture's own text says of its size, against the sheet it stands on.
OUTSIDE = """() => [...document.querySelectorAll('.chart-picture text, .chart-picture path')].filter((part) => {
  if (part.closest('defs')) return false;
  const own = part.getBoundingClientRect(), sheet = part.closest('svg').getBoundingClientRect();
  return own.width && (own.left < sheet.left - 3 || own.right > sheet.right + 3 || own.bottom > sheet.bottom + 3);
}).map((part) => part.outerHTML.slice(0, 120))"""
# Colours of parts that only their colour would tell apart.
TOLD = """(part) => [...new Set([...document.querySelectorAll(part)].map((one) => getComputedStyle(one).color))]"""


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All kinds on one page, as a page of ours would hold them, in a folder with a blank and Chinese in its path."""
    folder = tmp_path_factory.mktemp("图表 一览")
    css = "".join((PROJECT / "templates" / "styles" / f"{name}.css").read_text("utf-8") for name in STYLES)
    (folder / "haitang.css").write_text(css, encoding="utf-8")
    figures = "".join(rendered(case(kind, name), "chart", f"{kind}-{name}", source="样例") for kind in KINDS for name in CASES)
    (folder / "charts.html").write_text(
        f'<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8"><title>图表一览</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="haitang.css"></head>'
        f'<body>{sprite()}<main class="page"><div class="wrap band"><h1>图表一览</h1><h2>全部</h2><div class="charts">{figures}'
        "</div></div></main></body></html>",
        encoding="utf-8",
    )
    return folder / "charts.html"


@pytest.fixture(scope="module", params=WIDTHS, ids=lambda width: f"{width} px")
def page(request: pytest.FixtureRequest, browser: Browser, sheet: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(sheet.as_uri())
    page.evaluate(RUN, AXE.read_text("utf-8"))
    yield page
    context.close()


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_and_nothing_hangs_over(page: Page, mode: str) -> None:
    page.evaluate(
        "(wanted) => { const own = document.documentElement.dataset; for (const name in own) delete own[name]; "
        "Object.assign(own, wanted); document.querySelectorAll('details').forEach((more) => { more.open = true; }); }",
        MODES[mode],
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(LOOK, {"type": "tag", "values": TAGS}) == []
    assert page.evaluate(SMALL, 44) == [] or page.evaluate("innerWidth") < 390
    if page.evaluate("innerWidth") >= 390:
        assert page.evaluate(LETTERS) >= 15


def test_the_data_open_and_close_without_a_script(browser: Browser, sheet: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(sheet.as_uri())
    data = page.locator("#bar-3-name >> xpath=ancestor::figure").locator(".chart-data")
    assert not data.is_visible()
    page.locator("#bar-3-name >> xpath=ancestor::figure").locator("summary").click()
    assert data.is_visible()
    assert data.inner_text().split() == [
        "各区镇收录处数",
        "名称",
        "数值（处）",
        "样例高新区",
        "34",
        "荷城镇",
        "21",
        "青山镇",
        "8",
    ]
    context.close()


def test_paper_shows_the_data_and_only_black(browser: Browser, sheet: Path) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 900})
    page.emulate_media(media="print")
    page.goto(sheet.as_uri())
    assert page.locator(".chart-data").first.is_visible()
    assert not page.locator(".chart-more").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the printer would shrink the sheet"
    for part in (".c-line", ".c-dot", ".c-area.is-plain", ".c-hatch.k-station", ".chart [class^=k-]"):
        assert page.evaluate(TOLD, part) == ["rgb(0, 0, 0)"], part
    assert page.evaluate("getComputedStyle(document.querySelector('.c-hatch rect')).fill") == "rgb(255, 255, 255)"
    page.close()


def test_readers_who_want_text_get_the_data(browser: Browser, sheet: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(sheet.as_uri())
    page.evaluate("document.documentElement.dataset.reading = 'text'")
    assert not page.locator(".chart-picture").first.is_visible()
    assert page.locator(".chart-data").first.is_visible()
    page.close()
