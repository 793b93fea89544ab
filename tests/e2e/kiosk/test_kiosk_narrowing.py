"""Lists of activities and of a brand's places are made shorter by town, by kind and by what is near, with keys within reach."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.apps import in_languages, site_at, with_halls, write_app
from tests.e2e.kiosk.screen import BUILT, begin, opened
from tests.e2e.kiosk.test_kiosk_rows import go
from tests.e2e.site.crowd_world import BARBER, COUNT, TOWNS, crowd

HERE = ".k-screen:not([hidden])"
NARROW = f"{HERE} [data-narrow][aria-pressed]"
NAMES = f"{HERE} [data-cards] .k-card-name"
TILES = f"{HERE} .is-choices .k-choice"
BRAND = "id: ye-deng\nname: 夜灯\nslogan: 亮着\nsources:\n  - title: 虚构的报道\n"

RECTS = """screen => [...document.querySelectorAll(`${screen} button`)].filter(key => key.offsetParent).map(key => {
  const { left, top, right, bottom } = key.getBoundingClientRect();
  return { name: key.textContent, left, top, right, bottom };
})"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a crowd of activities, and of a brand that every second place has; half of its places are of another tier."""
    root = crowd(tmp_path_factory.mktemp("narrow") / "data")
    with_halls(root, "  - id: he-mu\n    title: 和睦展厅\n    home: p-01\n")
    (root / "brands").mkdir()
    (root / "brands" / "ye-deng.yml").write_text(BRAND, "utf-8")
    for number, path in enumerate(sorted((root / "positions").glob("*/p-*.yml"))):
        entry = yaml.safe_load(path.read_text("utf-8"))
        if number % 2:
            more = {"brands": ["ye-deng"], "tier": "centre" if number % 4 == 1 else "station"}
            path.write_text(yaml.safe_dump({**entry, **more}, allow_unicode=True, sort_keys=False), "utf-8")
    return write_app(site_at(in_languages(root, "zh-CN", "en"), BUILT), root.parent / "app.html", BUILT)


@pytest.fixture
def page(app: Path, browser: Browser) -> Iterator[Page]:
    with opened(browser, app) as page:
        begin(page)
        yield page


def keys(page: Page) -> list[str]:
    return [name or "" for name in page.locator(NARROW).evaluate_all("keys => keys.map((key) => key.dataset.narrow)")]


def places(page: Page) -> None:
    """A brand's places have a tab of their own."""
    if page.locator(f"{HERE} [data-tab=places]").count():
        page.locator(f"{HERE} [data-tab=places]").tap()


def tap(page: Page, name: str) -> None:
    page.locator(f'{HERE} [data-narrow="{name}"][aria-pressed]').tap()


def count(page: Page) -> int:
    """Of all cards, over all pages of the list."""
    turned = page.locator(f"{HERE} .k-do [data-turned]").first
    told = turned.text_content() or ""
    return int(told.rpartition("/")[2]) if told.strip() else page.locator(NAMES).count()


def test_a_brands_places_by_town_kind_and_nearness(page: Page) -> None:
    go(page, "brand:ye-deng")
    places(page)
    assert keys(page) == ["town", "kind", "near"]
    whole = count(page)
    assert whole == COUNT // 2
    tap(page, "town")
    tiles = page.locator(TILES).all_inner_texts()
    assert sum(int("".join(filter(str.isdigit, tile.split("\n")[-1]))) for tile in tiles) == whole
    page.locator(TILES, has_text="青山镇").tap()
    assert page.locator(f'{HERE} [data-narrow="town"][aria-pressed="true"]').inner_text() == "青山镇"
    some = count(page)
    assert 0 < some < whole and f"{some} 处" in page.locator(f"{HERE} .k-listed h2").inner_text()
    tap(page, "town")
    assert count(page) == whole
    tap(page, "near")
    near = page.locator(f"{NAMES} >> xpath=../..").all_inner_texts()
    assert 0 < count(page) < whole and all("米" in card or "公里" in card or "这里" in card for card in near)
    tap(page, "kind")
    page.locator(TILES).first.tap()
    assert 0 < count(page) < whole


def test_activities_by_town_kind_and_nearness_over_the_days(page: Page) -> None:
    go(page, "today")
    assert keys(page) == ["town", "kind", "near"]
    whole = count(page)
    tap(page, "kind")
    page.locator(TILES, has_text="学习").tap()
    assert all("学习" in card for card in page.locator(f"{HERE} [data-cards] .k-card").all_inner_texts())
    assert 0 < count(page) < whole
    assert page.locator(f"{HERE} [data-tab='0']").inner_text().endswith(f"{count(page)} 项")
    page.locator(f"{HERE} [data-tab='3']").tap()
    assert page.locator(f'{HERE} [data-narrow="kind"][aria-pressed="true"]').inner_text() == "学习"
    assert all("学习" in card for card in page.locator(f"{HERE} [data-cards] .k-card").all_inner_texts())
    page.locator(f"{HERE} [data-tab='0']").tap()
    tap(page, "kind")
    tap(page, "town")
    page.locator(TILES, has_text="青山镇").tap()
    told = page.locator(f"{HERE} [data-cards] .k-card", has_text=BARBER).inner_text()
    assert f"在 {COUNT // len(TOWNS)} 处" not in told and "处：" in told  # of twenty only those of this town


def test_back_finds_it_again_and_the_next_visitor_does_not(page: Page) -> None:
    go(page, "today")
    tap(page, "town")
    page.locator(TILES).first.tap()
    some = count(page)
    page.locator(f"{HERE} [data-cards] .k-card").first.tap()
    page.locator("[data-back]").tap()
    assert page.locator(f"{NARROW}[aria-pressed='true']").count() == 1 and count(page) == some
    page.clock.run_for(130_000)
    begin(page)
    go(page, "today")
    assert page.locator(f"{NARROW}[aria-pressed='true'], {TILES}").count() == 0


@pytest.mark.requirement(13, 14)
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (3840, 2160), (1366, 768)], ids=str)
def test_its_keys_are_large_within_reach_and_apart(app: Path, browser: Browser, size: tuple[int, int]) -> None:
    width, height = size
    with opened(browser, app, size=size) as page:
        begin(page)
        for large in (False, True):
            page.evaluate("large => { document.documentElement.dataset.size = large ? 'large' : 'normal'; }", large)
            for address in ("today", "brand:ye-deng"):
                go(page, "home")
                go(page, address)
                places(page)
                for asked in ("", "town"):
                    if asked:
                        tap(page, asked)
                    check(page, width, height)
                assert page.locator(TILES).count() >= (1 if large else 2)


def check(page: Page, width: int, height: int) -> None:
    assert page.locator(NARROW).count() >= 2
    found = page.evaluate(RECTS, f"{HERE} .k-do")
    assert found
    for at, key in enumerate(found):
        assert key["top"] >= height * (0.5 if height > width else 0.4) - 1, key
        assert min(key["right"] - key["left"], key["bottom"] - key["top"]) >= 0.074 * min(width, height) - 0.5, key
        assert key["right"] <= width, key
        for other in found[at + 1 :]:
            beside = max(one["left"] - two["right"] for one, two in ((key, other), (other, key)))
            above = max(one["top"] - two["bottom"] for one, two in ((key, other), (other, key)))
            assert max(beside, above) >= 0, (key, other)


def test_what_nothing_is_left_out_by_has_no_key(browser: Browser, tmp_path: Path) -> None:
    root = crowd(tmp_path / "data")
    for path in (root / "positions").glob("*/p-*.yml"):
        if path.stem != "p-00":
            path.unlink()
    with opened(browser, write_app(site_at(root, BUILT), tmp_path / "app.html", BUILT)) as page:
        begin(page)
        go(page, "today")
        assert (
            page.locator(f"{HERE} [data-narrow='town'][aria-pressed], {HERE} [data-narrow='near'][aria-pressed]").count() == 0
        )
