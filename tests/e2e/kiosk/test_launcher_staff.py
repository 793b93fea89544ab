"""What the launcher does for staff: it looks for a release at once, goes back one, opens its page anew, keeps what they set and
what happened. Its apps here are of the tests' own."""

import json
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from tests.e2e.kiosk.conftest import over_http
from tests.e2e.kiosk.launcher_page import live, opened, pass_time, pass_until, shown, wait_for
from tests.e2e.kiosk.releases import Kiosk
from tests.e2e.kiosk.test_launcher_updates import HARM
from tests.e2e.site.conftest import Watched

LISTEN = """if (!window.got) {
  window.got = []; addEventListener('message', (event) => got.push(event.data)); state = 'session'; beat();
}"""


def app(page: Page) -> Frame:
    """The app on the screen, once the one before it is gone."""
    pass_until(page, lambda: page.locator("iframe.is-live").count() == 1)
    frame = live(page)
    frame.evaluate(LISTEN)
    return frame


def say(page: Page, **what: Any) -> None:
    app(page).evaluate("(what) => say(what)", what)


def answer(page: Page, **what: Any) -> dict[str, Any]:
    """What the launcher says to it."""
    frame = app(page)
    name = {"errand": "done"}.get(what["type"], what["type"])
    asked = "(name) => got.filter(({ type }) => type === name).pop()"
    frame.evaluate("(what) => { got.length = 0; say(what); }", what)
    pass_until(page, lambda: bool(frame.evaluate(asked, name)), 90)
    told: dict[str, Any] = frame.evaluate(asked, name)
    return told


def errand(page: Page, name: str) -> tuple[str, str]:
    told = answer(page, type="errand", errand=name)
    assert told["errand"] == name
    return told["outcome"], told["id"]


def happened(page: Page) -> list[tuple[str, str]]:
    return [(entry["what"], entry["id"]) for entry in answer(page, type="staff")["log"]]


def test_an_update_back_and_forth(hall: Kiosk, watched: Watched) -> None:
    """Shown also where somebody stands before it; a release that staff left does not come back by itself: not even reopened."""
    old, new = hall.release("a"), hall.release("b")
    hall.point(old)
    page = opened(watched, hall, old)
    assert errand(page, "update") == ("same", old)
    assert errand(page, "previous") == ("none", "")
    hall.point(new, old)
    assert errand(page, "update") == ("taken", new)
    assert shown(page) == old  # for some seconds: what was found is read first
    pass_until(page, lambda: shown(page) == new)
    pass_time(page, 4)
    assert answer(page, type="staff")["previous"] == old
    assert errand(page, "previous") == ("taken", old)
    pass_until(page, lambda: shown(page) == old)
    pass_time(page, 60)
    assert shown(page) == old
    page.reload()
    pass_until(page, lambda: page.locator("iframe.is-live").count() == 1)
    assert shown(page) == old
    pass_time(page, 30)
    assert errand(page, "update") == ("taken", new)
    pass_until(page, lambda: shown(page) == new)
    assert happened(page) == [
        ("start", ""), ("shown", old), ("shown", new), ("back", new), ("shown", old), ("start", ""), ("shown", new)
    ]  # fmt: skip
    assert watched.console == []


@pytest.mark.parametrize("harm", ["no manifest", "a bit of a part"])
def test_a_release_that_is_not_whole_is_told_and_not_taken(hall: Kiosk, watched: Watched, harm: str) -> None:
    old, new = hall.release("a"), hall.release("b")
    whole = {path: path.read_bytes() for path in hall.file(new, "").rglob("*") if path.is_file()}
    HARM[harm](hall, new)
    hall.point(old)
    page = opened(watched, hall, old)
    hall.point(new, old)
    assert errand(page, "update") == ("broken", new)
    assert shown(page) == old and ("refused", new) in happened(page)
    for path, content in whole.items():
        path.write_bytes(content)
    assert errand(page, "update") == ("taken", new)  # copied again: no ten minutes' wait
    pass_until(page, lambda: shown(page) == new)
    (hall.folder / "current.js").write_text("HAITANG_CUR", "utf-8")
    assert errand(page, "update") == ("unreadable", "")
    HARM[harm](hall, old)
    assert errand(page, "previous") in (("none", ""), ("broken", old))
    assert shown(page) == new


def test_reopened_with_what_was_set_and_what_happened(hall: Kiosk, watched: Watched) -> None:
    """Only what can be such a setting is kept; errors are counted, and stay few."""
    hall.point(hall.release("a"))
    page = opened(watched, hall)
    say(page, type="keep", settings={"brightness": 60, "night": [1320, 1], "volume": 101, "language": "english", "who": "王"})
    live(page).evaluate("for (let i = 0; i < 2000; i++) say({type: 'error', code: 'data'})")
    live(page).evaluate(
        "for (let i = 0; i < 99; i++) { say({type: 'error', code: 'photo'}); say({type: 'error', code: 'data'}); }"
    )
    pass_time(page, 2)
    assert answer(page, type="staff")["kept"] is True
    for odd in ({"type": "errand", "errand": "format c:"}, {"type": "keep"}, {"type": "staff", "log": [1]}):
        say(page, **odd)
    say(page, type="keep", settings={"brightness": 60, "night": [1320, 1]})
    pass_time(page, 2)
    frame = app(page)
    with page.expect_navigation():
        frame.evaluate("void setTimeout(() => say({type: 'errand', errand: 'restart'}))")
    pass_until(page, lambda: page.locator("iframe.is-live").count() == 1)
    stored = page.evaluate("Object.entries(localStorage).filter(([key]) => /staff/.test(key)).map(([, text]) => text)")
    (kept,) = (json.loads(text) for text in stored)
    assert kept["settings"] == {"brightness": 60, "night": [1320, 1]}
    assert {entry["id"]: entry["n"] for entry in kept["log"] if entry["what"] == "error"} == {"photo": 99, "data": 999}
    assert {tuple(sorted(entry)) for entry in kept["log"]} == {("at", "id", "n", "what")}
    assert happened(page)[-2:] == [("restart", ""), ("start", "")]
    words = ["x" * n for n in range(1, 20)] + ["y" * n for n in range(1, 20)] + ["not one of them"]
    app(page).evaluate("(words) => words.forEach((code) => say({type: 'error', code}))", words)
    pass_time(page, 2)
    assert len(happened(page)) == 10
    stored = page.evaluate("Object.entries(localStorage).filter(([key]) => /staff/.test(key)).map(([, text]) => text)")
    assert len(json.loads(stored[0])["log"]) == 40 and len(stored[0]) < 4_000
    page.evaluate(
        "(text) => { for (const key of Object.keys(localStorage)) localStorage.setItem(key, text) }", '{"log":[{"at":"x"}]}'
    )
    page.reload()
    pass_until(page, lambda: page.locator("iframe.is-live").count() == 1)
    assert happened(page)[0] == ("start", "")
    assert watched.console == []


def test_with_storage_denied_it_lives_in_memory(hall: Kiosk, watched: Watched) -> None:
    hall.point(hall.release("a"))
    (hall.folder / "host.html").write_text(
        '<link rel="icon" href="data:,"><iframe src="index.html" sandbox="allow-scripts"></iframe>', "utf-8"
    )
    with over_http(hall.folder) as origin:
        watched.page.goto(f"{origin}/host.html")
        wait_for(watched.page, lambda: len(watched.page.frames) == 3)
        app = watched.page.frames[-1]
        wait_for(watched.page, lambda: "launcher" in str(app.evaluate("root.getAttribute('data-seen')")))
        app.evaluate(LISTEN)
        app.evaluate("say({type: 'keep', settings: {volume: 20}}); say({type: 'staff'})")
        wait_for(watched.page, lambda: bool(app.evaluate("got.length")))
        told = app.evaluate("got[0]")
        assert (told["kept"], [entry["what"] for entry in told["log"]]) == (False, ["start", "shown"])
    assert watched.console == []


def test_the_page_around_it_can_send_nobody(hall: Kiosk, watched: Watched) -> None:
    """Errands are the app's, behind its number: a host page's are ignored, and it hears nothing of them."""
    hall.point(hall.release("a"))
    (hall.folder / "host.html").write_text(
        '<link rel="icon" href="data:,"><iframe src="index.html"></iframe><script>told = [];'
        "addEventListener('message', (event) => told.push(event.data.type))</script>", "utf-8"
    )  # fmt: skip
    page = watched.page
    page.goto((hall.folder / "host.html").as_uri())
    wait_for(page, lambda: "ready" in page.evaluate("told"))
    for what in (
        "{ type: 'errand', errand: 'restart' }",
        "{ type: 'staff' }",
        "{ type: 'keep', settings: { brightness: 30 } }",
    ):
        page.evaluate(f"frames[0].postMessage(Object.assign({{ src: 'hthh', v: 1 }}, {what}), '*')")
    page.wait_for_timeout(300)
    assert not {"staff", "done", "launcher"} & set(page.evaluate("told"))
    assert seen_in(page) == ["launcher", "check"]


def seen_in(page: Page) -> list[str]:
    return str(page.frames[-1].evaluate("root.getAttribute('data-seen')")).split()
