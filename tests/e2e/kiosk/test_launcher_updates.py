"""The launcher starts a release and exchanges it (requirements 25, 26), in a folder with blanks, Chinese, # and % in it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.launcher_page import frames, live, not_blank, opened, pass_time, pass_until, seen, shown, wait_for
from tests.e2e.kiosk.releases import Kiosk, kiosk
from tests.e2e.site.conftest import Watched


def test_a_cold_start(hall: Kiosk, watched: Watched) -> None:
    """25: one frame, no entry in the history, nothing said, nothing asked for outside; the app hears of its launcher."""
    release = hall.release("a")
    hall.point(release)
    watched.page.goto((hall.folder / "plain.html").as_uri())
    before = watched.page.evaluate("history.length")
    page = opened(watched, hall, release)
    assert frames(page) == 1
    assert seen(page)[:2] == ["launcher", "check"]
    pass_time(page, 60)
    assert (frames(page), shown(page)) == (1, release)
    assert page.evaluate("history.length") == before + 1  # the test's own navigation
    assert watched.console == []
    assert [url for url in watched.requests if not url.startswith(hall.folder.as_uri())] == []
    assert page.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    assert page.locator("head script[src]").count() == 0  # what was injected is gone


@pytest.mark.requirement(25)
def test_a_good_update_waits_until_nobody_is_there(hall: Kiosk, watched: Watched) -> None:
    """25: loaded hidden and looked through at once, shown in attract only, never a blank between, one frame afterwards."""
    old = hall.release("a")
    hall.point(old)
    page = opened(watched, hall, old)
    length = page.evaluate("history.length")
    live(page).evaluate("state = 'session'; beat()")
    new = hall.release("b")
    hall.point(new, old)
    pass_time(page, 60, lambda: not_blank(page))
    assert (frames(page), shown(page)) == (2, old)
    live(page).evaluate("state = 'warning'; beat()")
    pass_time(page, 8)
    assert shown(page) == old
    live(page).evaluate("state = 'attract'; beat()")
    pass_until(page, lambda: shown(page) == new)
    for _ in range(15):
        not_blank(page)
        page.wait_for_timeout(100)
    pass_time(page, 4)
    assert (frames(page), shown(page)) == (1, new)
    assert page.evaluate("history.length") == length
    assert watched.console == []


def _missing(hall: Kiosk, release: str) -> None:
    for path in sorted((hall.folder / "releases" / release).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _flip(path: Path, at: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 1
    path.write_bytes(content)


def _half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


Harm = Callable[[Kiosk, str], object]
HARM: dict[str, Harm] = {
    "missing": _missing,
    "no app": lambda hall, release: hall.file(release, "app.html").unlink(),
    "half an app": lambda hall, release: _half(hall.file(release, "app.html")),
    "no manifest": lambda hall, release: hall.file(release, "manifest.js").unlink(),
    "half a manifest": lambda hall, release: _half(hall.file(release, "manifest.js")),
    "a bit of the manifest": lambda hall, release: _flip(hall.file(release, "manifest.js"), 0.6),
    "no part": lambda hall, release: hall.file(release, "parts/photo-a.js").unlink(),
    "half a part": lambda hall, release: _half(hall.file(release, "parts/photo-a.js")),
    "a bit of a part": lambda hall, release: _flip(hall.file(release, "parts/photo-a.js"), 0.5),
    "a bit of the script": lambda hall, release: hall.file(release, "app.html").write_text(
        hall.file(release, "app.html").read_text("utf-8").replace("function beat", "function bead"), "utf-8"
    ),
}


@pytest.mark.requirement(26)
@pytest.mark.parametrize("harm", list(HARM))
def test_a_release_that_is_not_whole_is_dropped(hall: Kiosk, watched: Watched, harm: str) -> None:
    """25, 26: the old one stays, the screen is never blank, and the broken one is not tried again."""
    old = hall.release("a")
    hall.point(old)
    page = opened(watched, hall, old)
    new = hall.release("b")
    HARM[harm](hall, new)
    hall.point(new, old)
    pass_time(page, 70, lambda: not_blank(page))
    assert (frames(page), shown(page)) == (1, old)
    asked = len([url for url in watched.requests if f"/{new}/app.html" in url])
    pass_time(page, 44)
    assert len([url for url in watched.requests if f"/{new}/app.html" in url]) == asked <= 1
    good = hall.release("c")
    hall.point(good, old)
    pass_time(page, 40)
    assert (frames(page), shown(page)) == (1, good)


@pytest.mark.parametrize("how", [{"poses": "20261124-0123456789ab"}, {"says": False}, {"answers": False}], ids=str)
def test_an_app_that_is_not_what_it_should_be_is_dropped(hall: Kiosk, watched: Watched, how: dict[str, Any]) -> None:
    """25, 26: a wrong id, no word at all, no answer to the check."""
    old = hall.release("a")
    hall.point(old)
    page = opened(watched, hall, old)
    hall.point(hall.release("b", **how), old)
    pass_time(page, 70, lambda: not_blank(page))
    assert (frames(page), shown(page)) == (1, old)
    assert watched.console == []


def test_a_release_that_is_still_being_copied_comes_when_it_is_there(hall: Kiosk, watched: Watched) -> None:
    """25, 26: somebody copied current.js first; nobody has to touch anything once the folder has arrived."""
    old, new = hall.release("a"), hall.release("b")
    away = hall.folder.parent / "on the stick"
    hall.file(new, "app.html").parent.rename(away)
    hall.point(old)
    page = opened(watched, hall, old)
    hall.point(new, old)
    pass_time(page, 40, lambda: not_blank(page))
    assert (frames(page), shown(page)) == (1, old)
    away.rename(hall.file(new, "app.html").parent)
    pass_until(page, lambda: shown(page) == new, 180)
    not_blank(page)


def started(watched: Watched, hall: Kiosk) -> Page:
    """The launcher after its first forty seconds, whatever it found to show; it was never blank."""
    page = watched.page
    page.clock.install()
    page.goto(hall.url)
    wait_for(page, lambda: frames(page) > 0)
    pass_time(page, 40, lambda: not_blank(page))
    return page


@pytest.mark.parametrize("harm", list(HARM))
def test_a_cold_start_falls_back(hall: Kiosk, watched: Watched, harm: str) -> None:
    """26, 27: the newest is not whole and the one before it is not there; the next starts."""
    good, bad = hall.release("a"), hall.release("b")
    hall.point(bad, "20260101-000000000000", good)
    HARM[harm](hall, bad)
    page = started(watched, hall)
    assert (frames(page), shown(page)) == (1, good)


BROKEN = {
    "not there": None,
    "empty": b"",
    "zeros": b"\0" * 80,
    "half": b'HAITANG_CURRENT({"id":"2026112',
    "of another": b'HAITANG_CURRENT({"id":"../../x","previous":[]});',
    "a page": b"<!DOCTYPE html><title>404</title>",
    "to nothing": b'HAITANG_CURRENT({"id":"20260101-000000000000","previous":[]});',
}


@pytest.mark.parametrize("broken", list(BROKEN))
def test_a_broken_pointer_falls_back_to_the_newest_whole_release(hall: Kiosk, watched: Watched, broken: str) -> None:
    """26: one bad file never blanks the screen; and what then mends it is taken at once."""
    old, new = hall.release("a"), hall.release("b")
    hall.point(new, old, file="releases/newest.js")
    hall.point(old, file="current-old.js")
    if (content := BROKEN[broken]) is not None:
        (hall.folder / "current.js").write_bytes(content)
    page = started(watched, hall)
    assert (frames(page), shown(page)) == (1, new)
    good = hall.release("c")
    hall.point(good, new)
    pass_until(page, lambda: shown(page) == good, 120)
    not_blank(page)


@pytest.mark.parametrize("spare", ["half copied", "to nothing whole", "not there"])
def test_the_pointer_put_aside_by_hand_is_the_last_resort(hall: Kiosk, watched: Watched, spare: str) -> None:
    """26: of a hall that is updated by hand, where the copying broke off."""
    old, new = hall.release("a"), hall.release("b")
    hall.file(new, "manifest.js").unlink()
    hall.point(new)
    hall.point(new, file="releases/newest.js")
    if spare == "half copied":
        (hall.folder / "releases/newest.js").write_bytes(b'HAITANG_CURRENT({"id')
    elif spare == "not there":
        (hall.folder / "releases/newest.js").unlink()
    hall.point(old, file="current-old.js")
    page = started(watched, hall)
    assert (frames(page), shown(page)) == (1, old)


def test_the_only_release_with_a_broken_photo_is_better_than_none(hall: Kiosk, watched: Watched) -> None:
    only = hall.release("a")
    hall.file(only, "parts/photo-a.js").unlink()
    hall.point(only)
    page = opened(watched, hall, only)
    pass_time(page, 30, lambda: not_blank(page))
    assert (frames(page), shown(page)) == (1, only)


def test_nothing_starts_and_then_something_does(hall: Kiosk, watched: Watched) -> None:
    """A screen that says what to do, leads to the text edition, and goes on trying."""
    page = watched.page
    page.clock.install()
    page.goto(hall.url)
    page.wait_for_selector("#trouble:not([hidden]) li")
    not_blank(page)
    pass_time(page, 40)
    assert page.locator("#trouble").is_visible()
    release = hall.release("a")
    hall.point(release)
    pass_time(page, 34)
    assert (frames(page), shown(page)) == (1, release)
    assert page.locator("#trouble").is_hidden()


def test_the_way_to_the_text_edition_leaves_no_entry(hall: Kiosk, watched: Watched) -> None:
    watched.page.goto(hall.url)
    length = watched.page.evaluate("history.length")
    watched.page.click("#plain")
    watched.page.wait_for_selector("h1:text('plain')")
    assert watched.page.evaluate("history.length") == length


@pytest.mark.requirement(5)
def test_without_scripts_the_text_edition_is_named(hall: Kiosk, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(hall.url)
    assert page.frame_locator("#text iframe").locator("h1:text('plain')").is_visible()
    assert page.locator("#text li").count() == 4  # what to do stands beside it
    page.context.close()


@pytest.mark.requirement(17, 19)
def test_the_launcher_page_is_locked(hall: Kiosk, watched: Watched) -> None:
    """19: no menu, no drag, no selection, no pinch, no pull."""
    hall.point(hall.release("a"))
    page = opened(watched, hall)
    prevented = (
        "(name) => { const event = new Event(name, {cancelable: true, bubbles: true}); "
        "document.body.dispatchEvent(event); return event.defaultPrevented; }"
    )
    assert all(page.evaluate(prevented, name) for name in ("contextmenu", "dragstart", "selectstart"))
    style = (
        "(name) => getComputedStyle(name === 'user-select' ? document.body : document.documentElement).getPropertyValue(name)"
    )
    assert [page.evaluate(style, name) for name in ("touch-action", "user-select", "overscroll-behavior-y")] == ["none"] * 3


def test_the_same_pages_again(tmp_path: Path) -> None:
    """Deterministic, and one file: nothing is loaded but what the launcher injects."""
    first = (kiosk(tmp_path / "one").folder / "index.html").read_bytes()
    assert first == (kiosk(tmp_path / "two").folder / "index.html").read_bytes()
    assert b"http:" not in first.replace(b"http://www.w3.org/2000/svg", b"") and b"https:" not in first
    assert first.count(b"<script") == 2 and not re.search(rb" src=(?!\"plain.html#framed\")", first)
