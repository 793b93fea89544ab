"""The launcher watches over the app (requirement 27) and counts for it (35)."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.kiosk.conftest import over_http
from tests.e2e.kiosk.launcher_page import frames, live, not_blank, opened, pass_time, pass_until, seen, shown, wait_for
from tests.e2e.kiosk.releases import Kiosk, kiosk
from tests.e2e.site.conftest import Watched

MARK = "document.querySelector('iframe.is-live').setAttribute('data-mark', '1')"

FILL = """{
  let text = "x".repeat(1 << 20);
  while (text) try { localStorage.setItem("o" + Math.random(), text) } catch (full) { text = text.slice(text.length >> 1 || 1) }
}"""


def marked(page: Page) -> bool:
    """Is it still the frame that was there?"""
    return page.locator("iframe[data-mark]").count() == 1


@pytest.mark.requirement(27)
def test_an_endless_loop_is_over_soon(hall: Kiosk, with_processes: Watched) -> None:
    """27: `while (1) {}` in the app, in real time: the launcher lives on in a process of its own and starts the app anew."""
    release = hall.release("a")
    hall.point(release)
    page = with_processes.page
    page.goto(hall.url)
    page.wait_for_selector("iframe.is-live", state="attached")
    page.evaluate(MARK)
    page.wait_for_timeout(1_000)
    live(page).evaluate("void setTimeout(() => { while (1) {} }, 50)")
    page.wait_for_timeout(1_000)
    wait_for(page, lambda: page.locator("iframe.is-live").count() == 1 and not marked(page), 29)  # 30 seconds are asked for
    assert seen(page)[0] == "launcher"
    assert (frames(page), shown(page)) == (1, release)
    assert with_processes.console == []


def test_a_new_release_that_hangs_does_not_pull_the_old_one_down(hall: Kiosk, with_processes: Watched) -> None:
    """27: frames of one folder share a process, so both are silent; the newer is blamed. In real time."""
    old = hall.release("a")
    hall.point(old)
    page = with_processes.page
    page.goto(hall.url)
    page.wait_for_selector("iframe.is-live", state="attached")
    page.evaluate(MARK)
    hall.point(hall.release("b", hangs=10, wait=5_000), old)
    wait_for(page, lambda: frames(page) == 2, 40)
    wait_for(page, lambda: frames(page) == 1 and page.locator("iframe.is-live").count() == 1 and not marked(page), 40)
    page.wait_for_timeout(3_000)
    assert shown(page) == old
    assert "launcher" in seen(page)


@pytest.mark.requirement(27)
def test_three_failures_lead_to_the_release_before(hall: Kiosk, watched: Watched) -> None:
    """27: and it stays there until the pointer names something else."""
    old, bad = hall.release("a"), hall.release("b", stops=500)
    hall.point(bad, old)
    page = opened(watched, hall, bad)
    pass_time(page, 30, lambda: not_blank(page))
    assert shown(page) == bad  # twice is not three times
    pass_time(page, 40, lambda: not_blank(page))
    assert (frames(page), shown(page)) == (1, old)
    pass_time(page, 60)
    assert (frames(page), shown(page)) == (1, old)
    new = hall.release("c")
    hall.point(new, old)
    pass_time(page, 40)
    assert (frames(page), shown(page)) == (1, new)


def test_errors_in_a_row_are_a_failure_and_other_codes_are_not(hall: Kiosk, watched: Watched) -> None:
    hall.point(hall.release("a"))
    page = opened(watched, hall)
    page.evaluate(MARK)
    live(page).evaluate("for (let i = 0; i < 50; i++) say({type: 'error', code: 'data'})")
    live(page).evaluate("for (let i = 0; i < 5; i++) say({type: 'error', code: 'script'})")
    pass_time(page, 6)
    assert marked(page)
    live(page).evaluate("say({type: 'error', code: 'blank'})")
    wait_for(page, lambda: not marked(page))
    wait_for(page, lambda: frames(page) == 1)


def test_a_machine_that_slept_is_no_dead_app(hall: Kiosk, watched: Watched) -> None:
    """27: the clock jumps ahead and back; the frame stays, and is given up only when it is silent afterwards."""
    hall.point(hall.release("a"))
    page = opened(watched, hall)
    page.evaluate(MARK)
    for jump in ("03:00:00", "08:00:00"):
        page.clock.fast_forward(jump)
        pass_time(page, 10)
        assert marked(page)
    live(page).evaluate("state = ''")
    pass_time(page, 10)
    page.clock.fast_forward("00:10:00")
    pass_time(page, 8)
    assert marked(page)  # a fresh fifteen seconds
    pass_time(page, 12)
    assert not marked(page)


def test_a_frame_is_renewed_after_a_day_when_nobody_is_there(hall: Kiosk, watched: Watched) -> None:
    hall.point(hall.release("a"))
    page = opened(watched, hall)
    page.evaluate(MARK)
    live(page).evaluate("state = 'session'; beat()")
    page.clock.fast_forward("23:00:00")
    page.clock.fast_forward("02:00:00")
    pass_time(page, 20)
    assert (frames(page), marked(page)) == (1, True)  # somebody reads
    live(page).evaluate("state = 'attract'; beat()")
    pass_time(page, 20, lambda: not_blank(page))
    assert (frames(page), marked(page)) == (1, False)
    assert "check" not in seen(page)  # it was examined when it came
    assert watched.console == []


def test_parts_are_given_when_they_are_what_they_should_be(hall: Kiosk, watched: Watched) -> None:
    hall.point(hall.release("a", {"good": "data:image/png;base64,AAAA", "bad": "data:,x"}))
    page = opened(watched, hall)
    wait_for(page, lambda: "check" in seen(page))
    pass_time(page, 4)
    path = next(hall.folder.glob("releases/*/parts/bad.js"))
    path.write_text(path.read_text("utf-8").replace("data:,x", "data:,y"), "utf-8")
    for part in ("good", "bad", "none", "constructor", "../../current", 3, None):
        live(page).evaluate("(part) => say({type: 'want', part: part})", part)
    answers = {"part:good:26", "part:bad:none", "part:none:none", "part:constructor:none"}  # a file comes when it comes
    pass_until(page, lambda: answers <= set(seen(page)))
    pass_time(page, 2)
    parts = [said for said in seen(page) if said.startswith("part")]
    assert sorted(parts) == sorted(answers)


def counted(page: Page, *names: object) -> dict[str, dict[str, int]]:
    live(page).evaluate("(names) => names.forEach((what) => say({type: 'count', what: what}))", list(names))
    before = len(seen(page))
    live(page).evaluate("say({type: 'counts'})")
    wait_for(page, lambda: len(seen(page)) > before)
    return json.loads(seen(page)[-1].removeprefix("counts:"))  # type: ignore[no-any-return]


def stored(page: Page) -> dict[str, str]:
    return page.evaluate("Object.assign({}, localStorage)")  # type: ignore[no-any-return]


@pytest.mark.requirement(35)
def test_counters_are_days_names_and_integers(hall: Kiosk, watched: Watched) -> None:
    """35: known names only, whatever is sent; at most 32 KB and 90 days."""
    hall.point(hall.release("a"))
    page = opened(watched, hall)
    odd = ["lujia", "screens.", "screens.A", "__proto__", 3, None, {"a": 1}, "sessions ", "x" * 9_000, ["qr"]]
    days = counted(page, "sessions", "sessions", "qr", "screens.home", *odd, *[f"screens.{'x' * n}" for n in range(1, 20)])
    [(day, bucket)] = days.items()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    assert {"sessions": 2, "qr": 1, "screens.home": 1}.items() <= bucket.items() and len(bucket) == 22
    for _ in range(100):
        page.clock.fast_forward("23:59:30")
        live(page).evaluate("say({type: 'count', what: 'sessions'})")
        page.wait_for_timeout(5)
    pass_time(page, 6)
    [(key, text)] = ((key, text) for key, text in stored(page).items() if "staff" not in key)
    assert key.startswith("haitang-kiosk-") and len(text) <= 32 * 1024
    assert 60 <= len(json.loads(text)) <= 90
    assert {type(n) for bucket in json.loads(text).values() for n in bucket.values()} == {int}


@pytest.mark.parametrize(
    "spoilt", ["{", "[]", "null", '{"2026-11-24":{"sessions":-3,"name":"王"},"x":{"qr":1}}', '{"a":[1]}', "\0" * 99]
)
def test_spoilt_counters_start_again(hall: Kiosk, watched: Watched, spoilt: str) -> None:
    """35"""
    hall.point(hall.release("a"))
    page = opened(watched, hall)
    counted(page, "qr")
    page.evaluate("(text) => { for (const key of Object.keys(localStorage)) localStorage.setItem(key, text) }", spoilt)
    [bucket] = counted(page, "sessions").values()
    assert bucket == {"sessions": 1}
    assert watched.console == []


def test_counters_without_room_are_kept_in_memory(hall: Kiosk, watched: Watched) -> None:
    """35: the storage is full; nothing fails, and nothing of others is thrown out."""
    hall.point(hall.release("a"))
    page = opened(watched, hall)
    page.evaluate(FILL)
    others = len(stored(page))
    counted(page, "sessions")
    [bucket] = counted(page, "sessions").values()
    assert bucket == {"sessions": 2}
    assert len(stored(page)) == others
    assert watched.console == []


def test_two_kiosks_on_one_machine_share_nothing(tmp_path: Path, browser: Browser) -> None:
    """35: by the folder's path, also when it only differs after a # or in a percent sign."""
    context = browser.new_context()
    pages = []
    for name in ("一号 #1", "一号 #2"):
        hall = kiosk(tmp_path / name)
        hall.point(hall.release("a"))
        pages.append(opened(Watched(context.new_page()), hall))
    first, second = (counted(page, *["qr"] * times) for page, times in zip(pages, (1, 5), strict=True))
    assert [next(iter(days.values())) for days in (first, second)] == [{"qr": 1}, {"qr": 5}]
    assert counted(pages[0]) == first
    context.close()


@pytest.mark.requirement(32)
def test_storage_that_is_denied(hall: Kiosk, watched: Watched) -> None:
    """32, 35: in a sandbox without an origin of its own the counters live in memory."""
    hall.point(hall.release("a"))
    (hall.folder / "host.html").write_text(
        '<link rel="icon" href="data:,"><iframe src="index.html" sandbox="allow-scripts"></iframe>', "utf-8"
    )
    with over_http(hall.folder) as origin:
        watched.page.goto(f"{origin}/host.html")
        wait_for(watched.page, lambda: len(watched.page.frames) == 3)
        app = watched.page.frames[-1]
        wait_for(watched.page, lambda: "launcher" in str(app.evaluate("root.getAttribute('data-seen')")))
        app.evaluate("say({type: 'count', what: 'qr'}); say({type: 'counts'})")
        wait_for(watched.page, lambda: '{"qr":1}' in str(app.evaluate("root.getAttribute('data-seen')")))
        # The day is the app's, which knows where the directory is; what can be no day anywhere is not taken for one.
        app.evaluate("for (const day of ['2099-03-01', '2020-01-01', 3]) say({type: 'count', what: 'qr', day: day})")
        app.evaluate("window.next = new Date(Date.now() + 288e5 + 864e5).toISOString().slice(0, 10)")
        app.evaluate("say({type: 'count', what: 'qr', day: next}); say({type: 'counts', day: next})")
        wait_for(watched.page, lambda: '{"qr":4}' in str(app.evaluate("root.getAttribute('data-seen')")))
        assert f'"{app.evaluate("next")}":{{"qr":1}}' in str(app.evaluate("root.getAttribute('data-seen')"))
    assert watched.console == []
