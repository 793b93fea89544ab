"""404.html in a real Chromium, on a server that gives it for any address: it says what the address may have meant."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.site.conftest import Watched
from tests.worlds import WORLD, publish

ROOT = "yangli"  # as the world's base_url says


class _Host(SimpleHTTPRequestHandler):
    """What forges' pages do: 404.html of the site's root for whatever is not there."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        content = (Path(self.directory) / ROOT / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("lost")
    publish(WORLD, folder / "out")
    shutil.copytree((folder / "out" / "site").resolve(), folder / "top" / ROOT)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder / "top")))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/{ROOT}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    watched = Watched(browser.new_page(viewport={"width": 390, "height": 844}))
    yield watched
    assert [said for said in watched.console if "404" not in said] == []
    assert watched.foreign == []
    watched.page.close()


@pytest.mark.parametrize(
    "path, typed, first",
    [
        ("positions/He-Cheng", "he cheng", "positions/he-cheng.html"),
        ("positions/hecheng/he-chegn.html/", "he chegn", "positions/he-cheng.html"),
        ("deep/er/positions/he-cheng.html%EF%BC%8C%E7%82%B9%E5%BC%80", "he cheng", "positions/he-cheng.html"),
        ("towns/heceng.html", "heceng", "towns/hecheng.html"),
        ("needs/zhengcee.html", "zhengcee", "needs/zhengce.html"),
        ("%E9%9D%92%E5%B1%B1", "青山", "towns/qingshan.html"),
    ],
)
def test_it_finds_what_was_meant(watched: Watched, origin: str, path: str, typed: str, first: str) -> None:
    page = watched.page
    page.goto(origin + path)
    page.wait_for_selector("[data-lost]:not([hidden]) a")
    links = page.locator("[data-lost] a")
    assert 1 <= links.count() <= 5
    assert links.first.get_attribute("href") == f"/{ROOT}/{first}"
    assert page.locator("#q-lost").input_value() == typed
    assert page.get_by_text("您打开的网址不在了，可能是要找：").is_visible()
    assert not page.locator(".empty").is_visible()
    links.first.click()
    page.wait_for_load_state()
    assert page.url == origin + first


def test_where_nothing_fits_the_ways_home_stay_and_no_address_is_html(watched: Watched, origin: str) -> None:
    page = watched.page
    page.goto(f"{origin}zzzqqq%3Cimg%20src=x%20onerror=alert(1)%3E.html")
    page.wait_for_function("window.HAITANG && window.HAITANG.engine")
    page.wait_for_load_state("networkidle")
    assert page.locator(".empty").is_visible() and page.locator("[data-lost]").is_hidden()
    assert page.locator("main img").count() == 0
    assert page.locator(".renew").count() == 0, "no other version of a page that is not there is offered"
    assert page.locator("#q-lost").input_value() == "zzzqqq"
    assert page.locator("main .chips a").count() == 3


def test_without_scripts_it_is_as_it_was(browser: Browser, origin: str) -> None:
    plain = browser.new_page(java_script_enabled=False)
    plain.goto(f"{origin}positions/nobody.html")
    assert plain.locator(".empty").is_visible() and plain.locator("[data-lost]").is_hidden()
    assert plain.locator("#q-lost").is_visible()
    plain.close()
