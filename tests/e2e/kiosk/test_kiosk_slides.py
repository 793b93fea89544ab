"""The hall's own slides on its screen: on their days, at their hours, films that play and films that cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Frame, Page

from tests.conftest import Shared
from tests.e2e.kiosk.apps import kiosk_of
from tests.e2e.kiosk.launcher_page import pass_time
from tests.e2e.kiosk.older import older
from tests.e2e.kiosk.screen import WEDNESDAY, data
from tests.films import mp4, webm

POSTER = (1080, 1620)
SLIDES = {
    "01-notice": (
        "title: 周六义诊\ntext: 上午九点到十一点，一楼大厅，带上医保卡。\n"
        "from: 2026-11-24\nuntil: 2026-11-26\nhours: 09:00-17:00\n"
    ),
    "02-poster": "photo: poster.jpg\nalt: 社区运动会的海报\n",
    "03-film": "title: 长廊的早晨\nvideo: film.webm\nalt: 老人在长廊里下棋\n",
    "04-foreign": "video: foreign.mp4\nalt: 打不开的录像\n",
    "05-backed": "title: 有后备的录像\nvideo: hollow.mp4\nphoto: poster.jpg\nalt: 打不开的录像的画面\n",
    "06-later": "title: 还没有开始\nfrom: 2027-01-01\n",
    "07-over": "title: 早就过了\nuntil: 2015-01-01\n",
}


def world(root: Path) -> Path:
    data(root)
    folder = root / "halls" / "yang-li" / "slides"
    folder.mkdir(parents=True)
    for name, text in SLIDES.items():
        (folder / f"{name}.yml").write_text(text, "utf-8")
    Image.linear_gradient("L").resize(POSTER).convert("RGB").save(folder / "poster.jpg")
    (folder / "film.webm").write_bytes(webm(1, (320, 240)))
    (folder / "foreign.mp4").write_bytes(mp4(9, codec="zzzz"))
    (folder / "hollow.mp4").write_bytes(mp4(9))
    return root


@pytest.fixture(scope="module")
def hall(shared: Shared) -> Path:
    return shared("kiosk with slides", lambda folder: kiosk_of(world(folder / "data"), folder / "out")) / "out/kiosk/yang-li"


@contextmanager
def opened(browser: Browser, hall: Path, moment: str = WEDNESDAY, *, still: bool = False) -> Iterator[tuple[Page, Frame]]:
    """The launcher and the app in it, at that moment."""
    page = browser.new_page(
        viewport={"width": 540, "height": 960}, has_touch=True, reduced_motion="reduce" if still else "no-preference"
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.install(time=moment)
    page.goto((hall / "index.html").as_uri())
    page.wait_for_selector("iframe", state="attached")
    app = page.frames[1]
    app.wait_for_selector(".a-slide.is-on", state="attached")
    app.wait_for_selector(".a-own img:not([hidden])", state="attached")
    yield page, app
    assert not errors
    page.close()


NAMES = """() => [...document.querySelectorAll('.a-slide.is-on')].map((slide) => {
  const said = slide.querySelector('h2') || slide.querySelector('img') || slide.querySelector('video');
  return slide.dataset.slide !== 'own' ? slide.dataset.slide : 'own ' + (said.textContent || said.alt || said.ariaLabel);
})"""


OUTSIDE = """() => [...document.querySelectorAll('.a-own.is-on *')].filter((element) => {
  const { left, top, right, bottom, width } = element.getBoundingClientRect();
  return width && (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight);
}).map((element) => element.textContent)"""


def a_round(page: Page, app: Frame, slides: int = 14) -> list[str]:
    seen = list[str]()
    for _ in range(slides):
        seen += app.evaluate(NAMES)
        assert app.evaluate(OUTSIDE) == []
        pass_time(page, 10, pause=40)
    return seen


@pytest.mark.requirement(7)
def test_each_comes_in_its_time_and_what_cannot_be_shown_is_passed_over(browser: Browser, hall: Path) -> None:
    with opened(browser, hall) as (page, app):
        seen = a_round(page, app, 30)
        assert {name for name in seen if name.startswith("own ")} == {
            "own 周六义诊", "own 社区运动会的海报", "own 长廊的早晨", "own 有后备的录像",
        }  # fmt: skip
        assert seen[:3] == ["family", "own 周六义诊", "own 社区运动会的海报"]
        assert {"figures", "map", "today", "brand"} <= set(seen)
    for moment in ("2026-11-25T17:00:05+08:00", "2026-11-27T10:00:05+08:00", "1970-01-02T10:00:00+08:00"):
        with opened(browser, hall, moment) as (page, app):
            assert a_round(page, app, 3)[:2] == ["family", "own 社区运动会的海报"]
            assert app.locator(".a-touch").is_visible()


def until(page: Page, app: Frame, name: str) -> None:
    for _ in range(100):
        if app.evaluate(NAMES) == [name]:
            return
        pass_time(page, 2, pause=40)
    raise AssertionError(name)


def test_a_film_plays_without_sound_ends_and_gives_back_what_it_took(browser: Browser, hall: Path) -> None:
    with opened(browser, hall) as (page, app):
        until(page, app, "own 长廊的早晨")
        film = app.locator("video[src]")
        assert film.evaluate("(video) => [video.muted, video.playsInline, video.hidden, video.src.slice(0, 10)]") == [
            True,
            True,
            False,
            "blob:null/",
        ]
        film.evaluate("(video) => new Promise((done) => video.ended ? done() : (video.onpause = done))")
        assert app.evaluate(NAMES) == ["own 长廊的早晨"]  # a short one stands for eight seconds
        pass_time(page, 8)
        film.evaluate("(video) => video.dispatchEvent(new Event('ended'))")
        assert app.evaluate(NAMES) != ["own 长廊的早晨"]
        pass_time(page, 10)
        assert app.evaluate("document.querySelectorAll('video:not([hidden])').length") == 0
        page.touchscreen.tap(270, 480)
        page.clock.run_for(500)
        assert app.evaluate("document.querySelectorAll('video[src]').length") == 0


def test_with_less_motion_nothing_plays(browser: Browser, hall: Path) -> None:
    with opened(browser, hall, still=True) as (page, app):
        seen = a_round(page, app, 12)
        assert {"own 有后备的录像", "own 长廊的早晨", "own 社区运动会的海报"} <= set(seen) and "own 打不开的录像" not in seen
        assert app.evaluate("document.querySelectorAll('video[src]').length") == 0


def test_where_nobody_brings_films_their_words_are_shown(browser: Browser, hall: Path) -> None:
    """embed.html alone."""
    page = browser.new_page(viewport={"width": 540, "height": 960}, has_touch=True)
    page.clock.install(time=WEDNESDAY)
    page.goto((hall / "embed.html").as_uri())
    page.wait_for_selector(".a-slide.is-on", state="attached")
    seen = a_round(page, page.main_frame, 12)
    assert {"own 周六义诊", "own 有后备的录像", "own 长廊的早晨"} <= set(seen) and "own 打不开的录像" not in seen
    assert page.evaluate("document.querySelectorAll('video[src]').length") == 0
    page.close()


# Slides stand for less than a second; the launcher around them is as patient as ever.
HASTE = (
    "if (parent !== window) { const real = setTimeout; window.setTimeout = (what, ms) => real(what, ms > 7000 ? 700 : ms); }"
)
PLAYS = "[...document.querySelectorAll('.a-own.is-on video:not([hidden])')].some((film) => film.currentTime > 0)"


def test_the_oldest_browser_plays_them(hall: Path, tmp_path: Path) -> None:
    with older(69, tmp_path / "profile") as browser:
        page = browser.page(HASTE)
        page.goto(hall / "index.html")
        page.wait_for("!!document.querySelector('.a-slide.is-on')", inside=True)
        page.wait_for("!!document.querySelector('.a-own.is-on img:not([hidden])')", inside=True)
        page.wait_for(PLAYS, inside=True)
        assert page.errors == []
