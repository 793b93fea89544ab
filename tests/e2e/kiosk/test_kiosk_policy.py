"""The pages of a kiosk bring policies of their own, by digest: nobody misses anything, and no planted byte runs."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from tests.e2e.kiosk.apps import kiosk_of
from tests.e2e.kiosk.conftest import over_http
from tests.e2e.kiosk.screen import data
from tests.e2e.kiosk.test_kiosk_rows import SCREENS, go
from tests.e2e.site.conftest import Watched
from tests.e2e.site.test_page_policy import TELLING

HEAD = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">\s*<meta charset="utf-8">')
PAGES = ("index.html", "plain.html", "embed-sample.html", "app.html")
PLANTED = {
    "script": "<script>window.planted = 1</script>",
    "handler": '<img src="data:," alt="" onerror="window.planted = 1">',
    "picture": '<img src="http://localhost:9/x.png" alt="">',
    "style": '<p style="position:fixed">x</p>',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("展厅 策略 #3")
    made = kiosk_of(data(top / "data"), top / "out")
    apps = list(made.rglob("app.html"))
    assert len(apps) == 1
    return made


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True, reduced_motion="reduce")
    made.add_init_script(TELLING)
    yield made
    made.close()


@pytest.mark.parametrize("scheme", ["file", "http"])
@pytest.mark.parametrize("name", ["index.html", "embed-sample.html"])
def test_no_screen_needs_what_the_policies_forbid(context: BrowserContext, folder: Path, name: str, scheme: str) -> None:
    """The launcher, alone and in the sample of a host page, with the release in its sandbox and every part that it asks for."""
    with over_http(folder) as origin:
        watched = Watched(context.new_page())
        watched.page.goto(f"{origin}/{name}" if scheme == "http" else (folder / name).as_uri())
        app = _app(watched.page)
        app.wait_for_selector(".a-slide.is-on", state="attached")
        app.evaluate("document.querySelector('.a-slide.is-on').click()")
        for screen in SCREENS:
            go(app, screen)
            app.wait_for_timeout(200)
        assert [said for said in watched.console if "allow-scripts and allow-same-origin" not in said] == []
        watched.page.close()


def _app(page: Page) -> Frame:
    """The frame in which the release runs."""
    for _ in range(400):
        found = [frame for frame in page.frames if frame.url.partition("#")[0].partition("?")[0].endswith("app.html")]
        if found:
            return found[0]
        page.wait_for_timeout(50)
    raise AssertionError([frame.url for frame in page.frames])


def test_the_text_edition_is_silent(context: BrowserContext, folder: Path) -> None:
    watched = Watched(context.new_page())
    watched.page.goto((folder / "plain.html").as_uri())
    assert watched.console == []
    watched.page.close()


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("name", PAGES)
def test_what_is_planted_is_stopped(context: BrowserContext, folder: Path, tmp_path: Path, name: str, planted: str) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "kiosk"))
    page = copy / name if name != "app.html" else next(copy.rglob("app.html"))
    text = page.read_text("utf-8")
    found = HEAD.search(text[:1024])
    assert found and "unsafe" not in found[1] and "http" not in found[1]
    page.write_text(text.replace("</body>", f"{PLANTED[planted]}</body>", 1), "utf-8")
    watched = Watched(context.new_page())
    watched.page.goto(page.as_uri())
    for _ in range(100):  # the browser tells it when it gets to it
        watched.page.wait_for_timeout(50)
        if any(said.startswith("policy: ") for said in watched.console):
            break
    assert [said for said in watched.console if said.startswith("policy: ")]
    assert not watched.page.evaluate("Boolean(window.planted)")
    watched.page.close()
