"""Addresses of links hold names in their own letters; what a browser asks for is what it asked for when each was escaped."""

import re
import shutil
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.e2e.kiosk.older import PACKED, older
from tests.worlds import WORLD, position, publish

NAME = "海棠（东）·A&B #1 100% a+b？=ü😀、“家”"
LINKS = "[...document.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.href])"


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a place whose name holds what means something in addresses."""
    root = Path(shutil.copytree(WORLD, tmp_path_factory.mktemp("addresses") / "data"))
    spot = "location: {lon: 121.1, lat: 31.3, crs: wgs84, precision: exact}\n"
    text = position("dong").replace("name: 样例dong", f"name: '{NAME}'") + spot
    (root / "positions" / "hecheng" / "dong.yml").write_text(text, encoding="utf-8")
    publish(root, root.parent / "out")
    return (root.parent / "out" / "site" / "positions" / "dong.html").resolve()


def check(links: list[tuple[str, str]]) -> None:
    foreign = {written: meant for written, meant in links if re.match("https?:", written)}
    named = [written for written in foreign if "海棠" in written]
    assert len(named) == 5, "three map apps and two forms"
    for written, meant in foreign.items():
        assert meant.isascii()
        assert meant == quote(written, safe="%:/?&=+,@;()!*'~#[]$")
        assert urlsplit(meant).fragment == ""
    for written in named:
        values = [value for _, value in parse_qsl(urlsplit(foreign[written]).query, strict_parsing=True)]
        assert any(NAME in value for value in values), written
        assert unquote(foreign[written]).count(NAME) == unquote(written).count(NAME)


def test_a_browser_escapes_what_a_link_leaves_as_it_is(page_of: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(page_of.as_uri())
    check(page.evaluate(LINKS))
    page.close()


@pytest.mark.parametrize("version", PACKED)
def test_older_browsers_do_so_too(version: int, page_of: Path, tmp_path: Path) -> None:
    with older(version, tmp_path) as old:
        page = old.page()
        page.goto(page_of)
        page.wait_for("document.readyState === 'complete'")
        check(page.evaluate(LINKS))
