"""Visitors who do anything, one after the other: the kiosk is as new after each of them, and no larger after many.

The rule: time is the page's own (monkey.js), so a visit of minutes takes a fraction of a second. HAITANG_VISITS says how many
they are with `--all`.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.conftest import ARGUMENTS, headless
from tests.e2e.kiosk.screen import app as app_file
from tests.e2e.site.conftest import Watched

VISITS = [40, pytest.param(int(os.environ.get("HAITANG_VISITS", "150")), marks=pytest.mark.long)]
AT_ONCE = 5  # then some by the browser's own touches
SEED = 5
MONKEY = Path(__file__).with_name("monkey.js").read_text("utf-8")
TOUR = (
    "home",
    "map",
    "search",
    "list:town",
    "list:tier",
    "need:zhengce",
    "position:he-cheng",
    "brands",
    "brand:he-hua",
    "today",
    "about",
)


@pytest.fixture
def interpreted(browser: Browser) -> Iterator[Watched]:
    """A browser that only interprets: what a compiler keeps for itself lies in the same heap and grows with use."""
    arguments = [*ARGUMENTS, "--js-flags=--no-opt --no-maglev --no-sparkplug"]
    own = browser.browser_type.launch(executable_path=headless(), args=arguments)
    yield Watched(own.new_page(viewport={"width": 540, "height": 960}, has_touch=True))
    own.close()


def touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    told = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})


def touched(session: CDPSession, dice: random.Random) -> None:
    """A visit by the browser's own touches: taps, drags, two fingers that spread."""

    def spot() -> tuple[float, float]:
        return dice.uniform(1, 539), dice.uniform(1, 959)

    for _ in range(6):
        fingers = [spot() for _ in range(dice.choice((1, 1, 1, 2)))]
        touch(session, "touchStart", *fingers)
        if dice.random() < 0.5:
            for step in range(1, 4):
                moved = [(min(539, x + 30 * step), max(1, y - 40 * step)) for x, y in fingers]
                touch(session, "touchMove", *moved)
        touch(session, "touchEnd")


def size(watched: Watched, session: CDPSession) -> dict[str, int]:
    """What the page holds when it shows the first screen after a round through all of them."""
    watched.page.evaluate("(screens) => MONKEY.tour(screens)", TOUR)
    watched.page.wait_for_timeout(700)  # animations of the browser's own clock
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    counters = session.send("Memory.getDOMCounters")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    return {
        "heap": int(heap), "nodes": counters["nodes"], "listeners": counters["jsEventListeners"],
        "documents": counters["documents"], "timers": watched.page.evaluate("MONKEY.timers()"),
    }  # fmt: skip


def check(told: list[dict[str, Any]]) -> None:
    """Asked after 90 s, gone after 120 (120 and 150 in large print), the last touch at most one beat of a second before."""
    for visit in told:
        more = 30 if visit["large"] else 0
        assert visit["home"] is not None and visit["home"] <= 120 + more + 1, visit
        if visit["asked"] is not None:
            assert visit["asked"] <= 90 + more + 1, visit
        assert (visit["screen"], visit["left"]) == ("home", 0), visit


@pytest.mark.requirement(24, 28)
@pytest.mark.parametrize("visits", VISITS)
def test_many_visits_leave_no_trace(visits: int, tmp_path: Path, interpreted: Watched) -> None:
    """No error, no way away, always back at the first screen, and no more memory than at the beginning."""
    watched = interpreted
    app = app_file(tmp_path / "data", tmp_path / "展厅 #1 50%")
    page, session, dice = watched.page, watched.page.context.new_cdp_session(watched.page), random.Random(SEED)
    page.add_init_script(MONKEY)
    page.goto(app.as_uri())
    page.wait_for_function("document.querySelector('.a-slide.is-on')")
    moved: list[str] = []
    page.on("framenavigated", lambda frame: moved.append(frame.url))
    history = page.evaluate("history.length")
    page.evaluate(f"MONKEY.start({SEED})")
    told: list[dict[str, Any]] = []
    early: dict[str, int] = {}
    for done in range(0, visits, AT_ONCE):
        if not early and done >= max(visits // 10, 15):
            early = size(watched, session)
        touched(session, dice)
        if not done:  # chance need not find this key in every arrangement of the screens
            page.evaluate(
                "for (const key of ['[data-home]', '[data-display]', '[data-way=large]']) document.querySelector(key).click()"
            )
        told.append(page.evaluate("MONKEY.silence()"))
        told += page.evaluate(f"MONKEY.visits({AT_ONCE - 1})")
    check(told)
    assert sum(visit["asked"] is not None for visit in told) > len(told) / 2
    assert sum(visit["large"] for visit in told) > 0
    late = size(watched, session)
    print(f"\n{len(told)} visits: {early} -> {late}, heap {late['heap'] / early['heap'] - 1:+.2%}")  # with -s
    assert (watched.console, moved, watched.foreign) == ([], [], [])
    assert page.evaluate("history.length") == history
    assert page.evaluate("visualViewport.scale") == 1
    assert late["heap"] < early["heap"] * 1.05
    assert (late["documents"], late["timers"]) == (early["documents"], early["timers"])
    # What is made when it is first needed, and the slides of the day, which are not always the same.
    assert late["nodes"] < early["nodes"] * 1.04 and late["listeners"] < early["listeners"] * 1.02
