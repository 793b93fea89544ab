"""A kiosk of a directory whose every text would do harm, opened with a stranger's address, framed by a page that says anything:
nothing of it runs, nothing becomes an element, and a visitor can use it. With its policy and without."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame

from tests.e2e import hostile
from tests.e2e.hostile import JUDGE, KEYS, STRINGS, Visit, escaped, script, several
from tests.e2e.kiosk import pages_world
from tests.e2e.kiosk.apps import with_halls
from tests.e2e.kiosk.conftest import over_http
from tests.e2e.kiosk.pages_world import app_at, hostile_world
from tests.e2e.kiosk.releases import kiosk
from tests.e2e.kiosk.test_kiosk_rows import HOST, go

SEED = 20261130
SAID = "\"><x-hostile><svg data-hostile onload=ran(1)>'`"
SCREENS = (
    "home",
    "search",
    "map",
    "list:town",
    "list:tier",
    "need",
    "position:e-yi",
    "brands",
    "brand:e-pai",
    "today",
    "about",
)
NO_SCREENS = (
    "position:__proto__",
    "brand:constructor",
    "list:<x-hostile>",
    "chapter:toString",
    "x-hostile",
    "__proto__",
    ":",
    "position:",
    "",
)
TYPES = (
    "go", "reset", "pause", "resume", "launcher", "check", "part", "counts", "ready", "heartbeat", "activity", "idle", "error",
    "count", "want", "checked", *KEYS,
)  # fmt: skip
NAMES = ("id", "name", "text", "days", "what", "day", "state", "code", "built", "part", "script", "style", "csp", *KEYS)
# A frame beside the kiosk, which is not the page around it: what it says is nobody's business.
BESIDE = '<script>var beside = document.createElement("iframe"); document.body.appendChild(beside);</script>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The app of a hall, a page around it, and a launcher with a release of the tests' own."""
    top = tmp_path_factory.mktemp("展厅 恶意 #4")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages_world, "HOSTILE", SAID)
        root = hostile_world(top / "data")
    with_halls(root, f"  - id: e-ting\n    title: {hostile.script(SAID[:30])}\n    home: e-yi\n")
    hall = kiosk(top / "kiosk")
    hall.point(hall.release("a"))
    app_at(root, hall.folder / "app.html")
    (hall.folder / "host.html").write_text(HOST % "app.html" + BESIDE, "utf-8")
    yield hall.folder


context, visit = hostile.visits(540, 960)


def test_what_the_data_say_is_only_said_on_every_screen(visit: Visit, folder: Path) -> None:
    visit.page.goto((folder / "app.html").as_uri())
    visit.page.wait_for_selector(".a-slide.is-on", state="attached")
    visit.judge("attract")
    visit.page.locator(".a-slide.is-on").dispatch_event("pointerdown")
    for screen in (*SCREENS, *NO_SCREENS, "home"):
        go(visit.page, screen)
        visit.page.wait_for_timeout(60)
        visit.judge(screen)
    go(visit.page, "search")
    for key in visit.page.locator("[data-screen=search] [data-key]:visible").all()[:6]:
        key.dispatch_event("click")
        visit.judge("search")


@pytest.mark.parametrize("each", [pytest.param(30, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", ["app.html", "index.html", "embed-sample.html"])
def test_whatever_an_address_says_the_kiosk_starts(visit: Visit, folder: Path, name: str, each: int) -> None:
    dice = random.Random(f"{SEED} {name}")
    for _ in range(each):
        asked, behind = several(dice, ("go", "id", "release", "t", "screen")), escaped(dice, dice.choice(STRINGS))
        address = f"{(folder / name).as_uri()}?{asked}#{behind}"
        visit.page.goto("about:blank")
        visit.page.goto(address)
        shown = running(visit)
        visit.page.wait_for_timeout(100)
        wrong = [*shown.evaluate(JUDGE, name == "app.html"), *said(visit), *visit.watched.foreign]
        assert wrong == [], ascii(address)


def said(visit: Visit) -> list[str]:
    """But for what Chromium says of every host page that writes both words."""
    return [line for line in visit.watched.console if "allow-same-origin" not in line]


def running(visit: Visit) -> Frame:
    """The frame in which an app runs, once it does."""
    for _ in range(400):
        for frame in visit.page.frames:
            if "app.html" in frame.url and frame.evaluate("document.body && document.body.innerText.trim().length"):
                return frame
        visit.page.wait_for_timeout(25)
    raise AssertionError([ascii(frame.url) for frame in visit.page.frames])


SEND = """([messages, beside]) => {
  for (const message of messages) {
    if (beside) window[1].eval(`(kiosk, message) => kiosk.postMessage(message, '*')`)(kiosk.contentWindow, message);
    else kiosk.contentWindow.postMessage(message, '*');
  }
}"""


def message(dice: random.Random) -> object:
    """Mostly in the kiosk's own envelope, of a known kind, with something else in it than should be; never a valid order."""
    if dice.random() < 0.15:
        return hostile.value(dice)
    found: dict[str, object] = {"src": "hthh", "v": 1, "type": dice.choice(TYPES)}
    for name in dice.sample(NAMES, dice.randrange(6)):
        found[name] = hostile.value(dice)
    if dice.random() < 0.1:
        found[dice.choice(("src", "v", "type"))] = hostile.value(dice)
    return found


@pytest.mark.parametrize("rounds", [100, pytest.param(3_000, marks=pytest.mark.long)])
def test_whatever_a_page_around_it_says_it_goes_on(visit: Visit, folder: Path, rounds: int) -> None:
    dice = random.Random(SEED)
    with over_http(folder) as origin:
        visit.page.goto(f"{origin}/host.html")
        app = running(visit)
        app.wait_for_selector(".a-slide.is-on", state="attached")
        for _ in range(rounds // 100):
            visit.page.evaluate(f"(messages) => ({SEND})([messages, false])", [message(dice) for _ in range(100)])
            app.wait_for_timeout(30)
            assert app.evaluate(JUDGE) == []
        visit.page.evaluate("send({type: 'resume'}), send({type: 'go', id: 'e-yi'})")
        app.wait_for_selector('[data-screen="position"]:not([hidden])')
        visit.page.evaluate("send({type: 'reset'})")
        app.wait_for_selector(".a-slide.is-on", state="attached")
        assert (said(visit), visit.watched.foreign, visit.dialogs) == ([], [], [])
        assert visit.page.evaluate(JUDGE, False) == []


def test_a_frame_beside_it_is_not_heard(visit: Visit, folder: Path) -> None:
    with over_http(folder) as origin:
        visit.page.goto(f"{origin}/host.html")
        app = running(visit)
        app.wait_for_selector(".a-slide.is-on", state="attached")
        orders = [{"src": "hthh", "v": 1, "type": "go", "id": "e-yi"}, {"src": "hthh", "v": 1, "type": "pause"}]
        visit.page.evaluate(SEND, [orders, True])
        app.wait_for_timeout(200)
        assert app.locator('[data-screen="position"]').is_hidden()
        visit.page.evaluate(f"send({script(orders[0])})")
        app.wait_for_selector('[data-screen="position"]:not([hidden])')
