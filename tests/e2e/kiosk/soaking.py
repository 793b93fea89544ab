"""A hall's screen in use: visits one after the other (visitor.js), and what it holds between two of them.

The rule: what is measured is what the page itself keeps. A compiler's code lies in the same heap and grows with use until all
that is often used has been compiled, so a browser that measures closely only interprets (benchmarks.kiosk_taps.PLAIN).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import CDPSession, Frame, Page

from tests.e2e.kiosk.older import OlderPage

HERE = Path(__file__).parent
SCRIPTS = "".join((HERE / name).read_text("utf-8") for name in ("monkey.js", "visitor.js"))
COMPILED = ("code", "array", "hidden")  # of a heap's snapshot: what is V8's own
SILENCE = 155_000  # milliseconds after which whoever read large print is gone


class Screen(Protocol):
    """The launcher's page and the app in it: both evaluate an expression of JavaScript and wait for what it promises."""

    def launcher(self, expression: str) -> Any: ...

    def app(self, expression: str) -> Any: ...

    def send(self, method: str) -> dict[str, Any]: ...


@dataclass
class Ours:
    page: Page
    session: CDPSession = field(init=False)

    def __post_init__(self) -> None:
        self.session = self.page.context.new_cdp_session(self.page)

    def launcher(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def frame(self) -> Frame:
        element = self.page.wait_for_selector("iframe.is-live", state="attached")
        found = element and element.content_frame()
        assert found
        return found

    def app(self, expression: str) -> Any:
        return self.frame().evaluate(expression)

    def send(self, method: str) -> dict[str, Any]:
        return dict(self.session.send(method))


@dataclass
class Theirs:
    """In an old browser."""

    page: OlderPage

    def launcher(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def app(self, expression: str) -> Any:
        return self.page.evaluate(expression, inside=True)

    def send(self, method: str) -> dict[str, Any]:
        return self.page.send(method)


@dataclass(frozen=True)
class Held:
    """What a page holds; `heap` in bytes of JavaScript's own."""

    heap: int
    nodes: int
    listeners: int
    documents: int
    timers: int

    def grown(self, before: "Held") -> float:
        """As a share of what it was."""
        return self.heap / before.heap - 1


def kept(page: OlderPage) -> int:
    """Bytes of JavaScript's heap without what was compiled: for a browser that compiles whatever one tells it."""
    page.snapshot.clear()
    page.send("HeapProfiler.takeHeapSnapshot", reportProgress=False)
    told = json.loads("".join(page.snapshot))
    meta = told["snapshot"]["meta"]
    fields, kinds, nodes = meta["node_fields"], meta["node_types"][0], told["nodes"]
    at, size = fields.index("type"), fields.index("self_size")
    found = range(0, len(nodes), len(fields))
    return int(sum(nodes[node + size] for node in found if kinds[nodes[node + at]] not in COMPILED))


Rest = Callable[[Screen], None]


def alone(screen: Screen) -> None:
    """Nobody comes for a while; the launcher's time stands still, so that the app stays the same one for ever."""
    screen.app(f"VISITOR.alone({SILENCE})")


def together(screen: Screen) -> None:
    """Nobody comes for a while, and the launcher looks for updates and renews what is old."""
    screen.launcher(f"VISITOR.live({SILENCE})")


def visits(screen: Screen, first: int, last: int, rest: Rest = alone) -> None:
    for number in range(first, last + 1):
        screen.app(f"VISITOR.visit({number})")
        rest(screen)


def held(screen: Screen, rest: Rest = alone) -> Held:
    """After the same visit each time, so that two moments can be compared."""
    visits(screen, 0, 0, rest)
    for _ in range(3):
        screen.send("HeapProfiler.collectGarbage")
    counters = screen.send("Memory.getDOMCounters")
    heap, timers = screen.send("Runtime.getHeapUsage")["usedSize"], screen.app("MONKEY.timers()")
    return Held(int(heap), counters["nodes"], counters["jsEventListeners"], counters["documents"], timers)


def counted(screen: Screen, what: str) -> int:
    """How often the launcher counted it, on all days."""
    kept = json.loads(screen.launcher("JSON.stringify(Object.values(localStorage))"))
    return sum(day.get(what, 0) for text in kept for day in json.loads(text).values())
