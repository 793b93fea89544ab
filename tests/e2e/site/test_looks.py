"""Every kind of page holds together: its landmarks and first blocks stand where they stood (tests/e2e/looks.py)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e import looks
from tests.e2e.looks import Looker
from tests.e2e.site.conftest import RESTYLE
from tests.e2e.site.page_kinds import Kind, kinds, show

MONDAY = "2026-11-23T10:00:00+08:00"  # for pages that need no hour of their own
FONT = "font.woff2"
# The first of each address: what was opened over a page, or a longer list on it, moves nothing else.
PAGES = tuple({kind.path: kind for kind in reversed(kinds())}.values())[::-1]
# What takes a page apart → a page on which that must be seen.
FAULTS = {
    "the hero's picture lies over its text": ("home", ".hero-art { position: static !important; }"),
    "columns fall below each other": ("position, full", ".cols { display: block !important; }"),
}


@pytest.fixture(scope="module")
def looker(browser: Browser, every_kind: Path, pictures: bool) -> Iterator[Looker]:
    """One window for all pages; the project's font lies beside their sites."""
    files = [path for site in every_kind.iterdir() for path in site.rglob("*") if path.suffix in (".html", ".js")]
    (every_kind / FONT).write_bytes(looks.letters(path.read_text("utf-8") for path in files))
    context = browser.new_context(
        reduced_motion="reduce", timezone_id="Asia/Shanghai", locale="zh-CN", service_workers="block"
    )  # fmt: skip
    context.add_init_script(looks.pinned("Pinned", looks.FACE % FONT, painted=pictures))
    yield Looker(context.new_page(), pictures)
    context.close()
    if pictures:
        looks.contact_sheet()


def opened(looker: Looker, origin: str, kind: Kind) -> None:
    width, height = looks.SIZES[0]
    looker.page.set_viewport_size({"width": width, "height": height})
    looker.page.clock.set_fixed_time(MONDAY)
    show(looker.page, origin, kind)


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_a_page_looks_as_it_did(looker: Looker, sites_over_http: str, kind: Kind, bless: bool) -> None:
    opened(looker, sites_over_http, kind)
    looks.hold(f"site {kind.name}", looker.look(f"site {kind.name}"), bless)


def test_no_page_is_remembered_that_is_no_more(bless: bool) -> None:
    assert looks.swept("site", (f"site {kind.name}" for kind in PAGES), bless) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_falls_apart_is_seen(looker: Looker, sites_over_http: str, fault: str) -> None:
    name, style = FAULTS[fault]
    opened(looker, sites_over_http, next(kind for kind in PAGES if kind.name == name))
    looker.page.evaluate(RESTYLE, style)
    with pytest.raises(AssertionError, match="looks otherwise"):
        looks.hold(f"site {name}", replace(looker, pictures=False).look("fault"), False)


def test_a_page_without_its_styles_is_seen(looker: Looker, sites_over_http: str) -> None:
    opened(looker, sites_over_http, next(kind for kind in PAGES if kind.name == "towns"))
    looker.page.evaluate("for (const sheet of document.styleSheets) sheet.disabled = true")
    assert len(looks.differences(looks.blessed("site towns"), replace(looker, pictures=False).look("fault"))) > 20
