"""Notices in a hall's text edition: with their days where nothing runs, and gone after them where anything does."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from haitang.kiosk.text_fallback import plain_page
from tests.e2e.kiosk.apps import hall_of, site_at, write_app
from tests.e2e.kiosk.screen import BUILT, data

NOTICES = """notices:
  - {text: 台风天下午关门, from: 2026-11-24, until: 2026-11-26}
  - {text: 十二月调时间, from: 2026-12-01, until: 2026-12-31, areas: [hecheng]}
  - {text: "<b>停水</b>", from: 2026-11-20, until: 2026-11-20}
  - {text: 早已过去, from: 2026-11-01, until: 2026-11-19}
"""
OWN = "notices:\n  - {text: 内部装修, from: 2026-11-24, until: 2026-11-28}\n"
SHOWN = "[...document.querySelectorAll('li[data-until]')].filter((line) => line.offsetParent).map((line) => line.innerText)"
DAYS = {
    "<b>停水</b>": "2026年11月20日",
    "台风天下午关门": "2026年11月24日至26日",
    "内部装修": "2026年11月24日至28日",
    "十二月调时间": "2026年12月1日至31日",
}


def folder_of(root: Path) -> Path:
    """A hall's two pages with the text edition: the app, which is damaged and so does not start, and the plain one."""
    site = site_at(root, BUILT)
    into = root.parent / "hall"
    app = write_app(site, into / "app.html", BUILT)
    app.write_bytes(app.read_bytes().replace(b"(window.HAITANG=", b"(window.HAITANG =", 1))
    (into / "plain.html").write_bytes(plain_page(site, hall_of(site), BUILT, b""))
    return into


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = data(tmp_path_factory.mktemp("text") / "data")
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(NOTICES)
    with (root / "positions" / "hecheng" / "he-cheng.yml").open("a", encoding="utf-8") as file:
        file.write(OWN)
    return folder_of(root)


def texts(page: Page) -> list[str]:
    """The words of each notice, without its days and whom it is for."""
    found: list[str] = page.evaluate(SHOWN)
    return [text.rpartition("：")[2] for text in found]


@pytest.mark.parametrize("name", ["app.html", "plain.html"])
def test_where_no_script_runs_each_says_its_days(hall: Path, browser: Browser, name: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((hall / name).as_uri())
    lines = page.locator("li[data-until]").all_inner_texts()
    assert {line.rpartition("：")[2]: line.partition("：")[0] for line in lines} == DAYS
    assert len(lines) == 5, "the hall's own stands at the top and at its place"
    assert "禾城镇：" in page.locator("li[data-until]", has_text="十二月调时间").inner_text()
    assert page.locator("section[data-told] > p", has_text="日子过了的，就不用看了").is_visible()
    assert "早已过去" not in page.locator("body").inner_text()
    context.close()


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2026-11-20", ["内部装修", "台风天下午关门", "十二月调时间", "<b>停水</b>", "内部装修"]),
        ("2026-11-21", ["内部装修", "台风天下午关门", "十二月调时间", "内部装修"]),
        ("2026-11-26", ["内部装修", "台风天下午关门", "十二月调时间", "内部装修"]),
        ("2026-11-27", ["内部装修", "十二月调时间", "内部装修"]),
        ("2026-11-29", ["十二月调时间"]),
        ("2026-12-31", ["十二月调时间"]),
        ("2027-01-01", []),
        ("1970-01-01", ["内部装修", "台风天下午关门", "十二月调时间", "<b>停水</b>", "内部装修"]),
        ("2036-01-01", ["内部装修", "台风天下午关门", "十二月调时间", "<b>停水</b>", "内部装修"]),
    ],
)
@pytest.mark.parametrize("hour", ["00:00:01", "23:59:50"])
def test_where_the_watch_runs_what_is_over_is_gone(hall: Path, browser: Browser, day: str, left: list[str], hour: str) -> None:
    """By the day in Shanghai; a clock that cannot be right takes nothing away."""
    page = browser.new_page()
    page.clock.install(time=f"{day}T{hour}+08:00")
    page.goto((hall / "app.html").as_uri())
    page.clock.run_for(8_000)
    assert page.locator(".k-text").is_visible()
    assert texts(page) == left
    assert page.get_by_role("heading", name="通知").is_visible() == bool(left)
    page.close()


def test_without_notices_nothing_speaks_of_them(tmp_path: Path) -> None:
    into = folder_of(data(tmp_path / "data"))
    for name in ("app.html", "plain.html"):
        page = (into / name).read_text("utf-8")
        assert "data-until" not in page.partition("<noscript>")[2 if name == "app.html" else 0]
        assert "日子过了的，就不用看了" not in page


def test_a_hall_that_stands_at_no_place_tells_what_is_for_everybody(tmp_path: Path) -> None:
    root = data(tmp_path / "data")
    file = root / "directory.yml"
    file.write_text(file.read_text("utf-8").replace("    home: he-cheng\n", "") + NOTICES, "utf-8")
    page = (folder_of(root) / "plain.html").read_text("utf-8")
    assert page.count("data-until") == 3 and "&lt;b&gt;停水" in page


def test_the_plain_page_runs_nothing(hall: Path) -> None:
    page = (hall / "plain.html").read_text("utf-8")
    assert "<script" not in page and "script-src" not in page
