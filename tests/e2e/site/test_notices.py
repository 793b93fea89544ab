"""Notices in a real Chromium: they come and go by the visitor's clock, for the town that is asked for, and nothing moves."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.site.test_freshness import WATCH
from tests.worlds import WORLD, publish

NOTICES = """notices:
  - {text: 十二月调时间, from: 2026-12-01, until: 2026-12-31}
  - {text: 禾城停电, from: 2026-12-01, until: 2026-12-03, areas: [hecheng]}
  - {text: 青山停水, from: 2026-12-01, until: 2026-12-31, areas: [qingshan]}
  - {text: 下雪早关门, from: 2026-12-02, until: 2026-12-31}
  - {text: 年底盘点, from: 2026-12-31, until: 2026-12-31}
"""
OWN = "notices:\n  - {text: 内部装修, from: 2026-12-02, until: 2026-12-04}\n"
SHOWN = """[...document.querySelectorAll('.notice-line')].filter((line) => line.offsetParent)
  .filter((line) => !line.closest("details:not([open])"))
  .map((line) => (line.firstChild.data || line.childNodes[1].data).trim())"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notices")
    shutil.copytree(WORLD, folder / "root")
    with (folder / "root" / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(NOTICES)
    with (folder / "root" / "positions" / "hecheng" / "he-cheng.yml").open("a", encoding="utf-8") as file:
        file.write(OWN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat("2026-12-01T04:00:00+00:00").timestamp())))
        publish(folder / "root", folder / "out", today=date(2026, 12, 1))
    return (folder / "out" / "site").resolve()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


def shown(page: Page, site: Path, path: str, today: str) -> list[str]:
    page.clock.set_fixed_time(f"{today}T12:00:00+08:00")
    page.goto(f"{site.as_uri()}/{path}")
    page.wait_for_function("!document.documentElement.classList.contains('no-js')")
    found: list[str] = page.evaluate(SHOWN)
    return found


@pytest.mark.parametrize(
    "today, home, place",
    [
        ("2026-12-01", ["十二月调时间", "禾城停电", "青山停水"], ["禾城停电"]),
        ("2026-12-04", ["十二月调时间", "青山停水", "下雪早关门"], ["内部装修"]),
        ("2027-01-01", [], []),
        ("1970-01-01", ["十二月调时间", "禾城停电", "青山停水"], ["禾城停电"]),
    ],
)
def test_they_come_and_go_by_the_clock(page: Page, site: Path, today: str, home: list[str], place: list[str]) -> None:
    page.add_init_script(WATCH)
    assert shown(page, site, "index.html", today) == home
    assert shown(page, site, "positions/he-cheng.html", today) == place
    if place:
        box = page.locator(".notices").bounding_box()
        assert box and box["y"] + box["height"] < 844
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.moved") < 0.02


def test_the_rest_is_folded_and_opens(page: Page, site: Path) -> None:
    assert shown(page, site, "index.html", "2026-12-02") == ["十二月调时间", "禾城停电", "青山停水"]
    page.get_by_text("还有 1 条通知").click()
    assert page.evaluate(SHOWN)[3:] == ["下雪早关门"]


def test_results_tell_what_concerns_the_chosen_town(page: Page, site: Path) -> None:
    assert shown(page, site, "search.html", "2026-12-01") == ["十二月调时间", "禾城停电", "青山停水"]
    shown(page, site, "search.html?town=hecheng", "2026-12-01")
    page.wait_for_selector(".finder.is-live")
    assert page.evaluate(SHOWN) == ["十二月调时间", "禾城停电"]


def test_without_scripts_and_on_paper_the_data_s_day_holds(browser: Browser, site: Path) -> None:
    plain = browser.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    plain.goto((site / "positions" / "he-cheng.html").as_uri())
    plain.emulate_media(media="print")
    line = plain.get_by_text("禾城停电")
    assert line.is_visible() and "2026年12月1日至3日" in line.inner_text()
    assert not plain.get_by_text("内部装修").is_visible()
    plain.close()
