"""How a visitor tells us something on the page of a place: by all the ways that are set, by one, by none, and without scripts;
what was filled in there is read back."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from haitang.editors.issues.parser import Filled
from haitang.editors.issues.proposal import Proposal
from haitang.editors.issues.told import read_issue, settled
from haitang.editors.scaffold import settings_of
from tests.conftest import TODAY, Shared
from tests.e2e.site.conftest import RUN, Watched
from tests.e2e.site.test_accessibility import AXE, SMALL, TAGS
from tests.site.test_feedback import ALL, NONE, PHONE, world
from tests.worlds import publish

POOR, RICH = "gong-yuan", "he-cheng"
FIELD, COPY, MAIL, WECHAT = "#tell textarea", "#tell button", "#tell [href^=mailto]", "#tell .tell-wechat"
WORLDS = {"all": ALL, "phone": PHONE, "none": NONE}
# A mail program is no page: the link is looked at, and not followed.
STAY = "document.addEventListener('click', (event) => event.target.closest('a') && event.preventDefault())"
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def sites(shared: Shared) -> Path:
    """A site for each of WORLDS, with its data beside it."""

    def make(folder: Path) -> None:
        for name, named in WORLDS.items():
            root = world(folder / name, named)
            publish(root, folder / name / "out")
            shutil.copytree((folder / name / "out" / "site").resolve(), folder / name / "网站")

    return shared("说一声", make)


@pytest.fixture
def opened(sites: Path, browser: Browser) -> Iterator[Opened]:
    """Opens a place's page of one of WORLDS; nothing may be said in its console."""
    watched: list[Watched] = []

    def at(name: str, place: str, **options: object) -> Page:
        context = browser.new_context(viewport={"width": 390, "height": 844}, **options)  # type: ignore[arg-type]
        watched.append(Watched(context.new_page()))
        page = watched[-1].page
        page.goto((sites / name / "网站" / "positions" / f"{place}.html").as_uri())
        return page

    yield at
    for each in watched:
        assert (each.console, each.foreign) == ([], [])
        each.page.context.close()


def test_what_is_filled_in_is_copied_and_read_back(opened: Opened, sites: Path, tmp_path: Path) -> None:
    page = opened("all", POOR)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    field = page.locator(FIELD)
    assert field.is_visible()
    text = field.input_value()
    assert text.startswith("【帮我们补一条】")
    for line in ("地址：", "位置：", "开放时间：", "电话：", "哪里不对：", "怎么知道的："):
        assert f"\n{line}\n" in text
    filled_in = text.replace("地址：", "地址：示例路 1 号").replace("怎么知道的：", "怎么知道的：昨天去过")
    field.fill(filled_in)
    page.locator(COPY).click()
    page.locator(".toast.is-shown", has_text="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == filled_in
    root = Path(shutil.copytree(sites / "all" / "data", tmp_path / "data"))
    filled = read_issue(copied, settings_of(root))
    assert isinstance(filled, Filled)
    proposed, complaints = settled(root, filled, TODAY)
    assert isinstance(proposed, Proposal), complaints
    assert proposed.id == POOR
    assert {change.label for change in proposed.changes} == {"地址", "来源"}


def test_all_ways_that_are_set_are_there(opened: Opened) -> None:
    page = opened("all", POOR)
    page.evaluate(STAY)
    assert page.locator("#tell a").evaluate_all("links => links.map((link) => link.protocol)") == ["tel:", "mailto:", "https:"]
    page.locator(FIELD).fill("改过的\n话 & 字")
    page.locator(MAIL).click()
    href = page.locator(MAIL).evaluate("link => link.href")
    assert page.evaluate("href => decodeURIComponent(href.replace(/.*&body=/, ''))", href) == "改过的\r\n话 & 字"
    page.locator(f"{WECHAT} summary").click()
    code = page.locator(f"{WECHAT} img")
    page.wait_for_function("code => code.complete && code.naturalWidth > 100", arg=code.element_handle())
    assert "样例先锋" in page.locator(WECHAT).inner_text()
    assert code.is_visible()


def test_where_nothing_is_missing_it_is_one_line_until_it_is_wanted(opened: Opened) -> None:
    page = opened("all", RICH)
    assert page.locator("#tell h2").inner_text() == "哪里不对？说一声"
    assert not page.locator(FIELD).is_visible()
    page.locator("#tell .tell summary").click()
    assert page.locator(FIELD).input_value().split("\n")[1:3] == ["哪里不对：", "怎么知道的："]


@pytest.mark.parametrize("place", [POOR, RICH])
def test_with_only_a_phone_only_a_call_is_offered(opened: Opened, place: str) -> None:
    page = opened("phone", place)
    links = page.locator("#tell a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert links == ["tel:0512-00000000"]
    assert page.locator(COPY).is_visible()
    assert page.locator(f"{WECHAT}, {MAIL}").count() == 0


def test_where_nobody_can_be_told_nothing_is_promised(opened: Opened) -> None:
    page = opened("none", POOR)
    assert "待核实" in page.locator("#tell").inner_text()
    assert page.locator(f"#tell a, #tell button, {FIELD}").count() == 0
    assert opened("none", RICH).locator("#tell").count() == 0


def test_without_scripts_the_text_and_the_ways_are_there(opened: Opened) -> None:
    page = opened("all", POOR, java_script_enabled=False)
    assert page.locator(FIELD).is_visible()
    assert page.locator(FIELD).is_editable()
    assert not page.locator(COPY).is_visible()
    assert "&body=【帮我们补一条】" in (page.locator(MAIL).get_attribute("href") or "")
    page.locator(f"{WECHAT} summary").click()
    assert page.locator(f"{WECHAT} img").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_for_everybody(opened: Opened, scheme: str) -> None:
    page = opened("all", POOR, color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    page.locator(f"{WECHAT} summary").click()
    page.locator(".toast").wait_for(state="attached")
    page.evaluate(RUN, AXE.read_text("utf-8"))
    look = "async (tags) => (await axe.run('#tell', {runOnly: tags, preload: false})).violations.map((each) => each.id)"
    assert page.evaluate(look, TAGS) == []
    assert page.evaluate(SMALL, 44) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
