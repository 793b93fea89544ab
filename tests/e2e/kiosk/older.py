"""Chromium 69 and 88 for tests: the guide for halls promises the first. npm brings both (frontend/checks).

The rule: they are told what to do in their own protocol (DevTools 1.3) over a pipe. Playwright speaks only with younger ones.
"""

import base64
import fcntl
import json
import os
import platform
import selectors
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]

from tests.conftest import ARGUMENTS
from tests.worlds import PROJECT

PACKED = {69: "chromium-69/bin/chromium-69.0.3494.0.br", 88: "chromium-88/bin/chromium.br"}
PATIENCE = 20.0  # seconds for one answer, and for what a page is waited for
SIZE = (540, 960)


def unpacked(version: int) -> Path:
    """The program, unpacked once for all tests: it is large."""
    assert (sys.platform, platform.machine()) == ("linux", "x86_64"), "there are old browsers for Linux on x86-64 only"
    packed = PROJECT / "frontend" / "checks" / "node_modules" / PACKED[version]
    program = PROJECT / ".cache" / "chromium" / f"{version}-{packed.stat().st_size}"
    if not program.exists():
        program.parent.mkdir(parents=True, exist_ok=True)
        fresh = program.with_name(f"{program.name}.{os.getpid()}")
        fresh.write_bytes(brotli.decompress(packed.read_bytes()))
        fresh.chmod(0o755)
        fresh.replace(program)
    return program


class Older:
    """A running old browser. `hinted`: letters as halls have them, a whole number of pixels wide; else as in other tests."""

    def __init__(self, version: int, profile: Path, hinted: bool) -> None:
        (heard, self._to), (self._from, told) = os.pipe(), os.pipe()
        arguments = [one for one in ARGUMENTS if not (hinted and one.startswith("--font-render-hinting"))]
        command = [str(unpacked(version)), "--headless", "--remote-debugging-pipe", f"--user-data-dir={profile}", *arguments]
        # Where it listens is 3, where it speaks is 4; away with ours from there first.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (heard, told)]
        actions = [(os.POSIX_SPAWN_DUP2, end, number) for end, number in zip(ends, (3, 4), strict=True)]
        silence = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
        self._process = os.posix_spawn(command[0], [*command, "about:blank"], os.environ, file_actions=[*actions, silence])
        for end in (heard, told, *ends):
            os.close(end)
        self._said, self._number = b"", 0
        self._pages: dict[str, OlderPage] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._from, selectors.EVENT_READ)

    def send(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """The answer to one order; what happens meanwhile is told to the pages."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        os.write(self._to, json.dumps(order).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            message = self._next(until, method)
            if message.get("id") == self._number:
                assert "error" not in message, f"{method}: {message}"
                return dict(message["result"])
            if page := self._pages.get(message.get("sessionId", "")):
                page.happened(message["method"], message["params"])

    def _next(self, until: float, method: str) -> dict[str, Any]:
        while b"\0" not in self._said:
            assert self._selector.select(until - time.monotonic()), f"no answer to {method}"
            piece = os.read(self._from, 1 << 16)
            assert piece, "the browser has ended"
            self._said += piece
        message, self._said = self._said.split(b"\0", 1)
        return dict(json.loads(message))

    def page(self, first: str = "") -> "OlderPage":
        """A portrait screen for fingers. `first` runs before the scripts of each of its documents."""
        target = self.send("Target.createTarget", url="about:blank", width=SIZE[0], height=SIZE[1])["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = OlderPage(self, session, target)
        for order in ("Runtime.enable", "Log.enable", "Page.enable"):
            page.send(order)
        page.send("Emulation.setTouchEmulationEnabled", enabled=True)
        if first:
            page.send("Page.addScriptToEvaluateOnNewDocument", source=first)
        return page

    def close(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        self._selector.close()
        os.close(self._to)
        os.close(self._from)


class OlderPage:
    """One of its pages. `errors`: what its console told of any frame as an error or a warning, thrown and not caught or not;
    `snapshot`: pieces of the heap's last one."""

    def __init__(self, browser: Older, session: str, target: str) -> None:
        self._browser, self._session, self._main = browser, session, target
        self._frames: dict[str, int] = {}
        self.errors: list[str] = []
        self.snapshot: list[str] = []

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._browser.send(method, self._session, **parameters)

    def happened(self, method: str, told: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            details = told["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        if method == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
            self.errors.append(" ".join(str(one.get("value", one.get("description"))) for one in told["args"]))
        if method == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.errors.append(told["entry"]["text"])
        if method == "HeapProfiler.addHeapSnapshotChunk":
            self.snapshot.append(told["chunk"])
        if method == "Runtime.executionContextCreated":
            self._frames[told["context"]["auxData"]["frameId"]] = told["context"]["id"]

    def resize(self, size: tuple[int, int]) -> None:
        width, height = size
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def goto(self, path: Path) -> None:
        self.send("Page.navigate", url=path.as_uri())
        self.wait_for("document.readyState === 'complete' && location.protocol === 'file:'")

    def evaluate(self, expression: str, *, inside: bool = False) -> Any:
        """What an expression gives, in the page or `inside` the frame that came last."""
        where = {}
        if inside:
            frames = [context for frame, context in self._frames.items() if frame != self._main]
            where = {"contextId": frames[-1]}
        told = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, **where)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait_for(self, expression: str, seconds: float = PATIENCE, *, inside: bool = False) -> None:
        until = time.monotonic() + seconds
        while not self.evaluate(expression, inside=inside):
            assert time.monotonic() < until, f"{expression}\n{self.errors}"
            time.sleep(0.05)

    def tap(self, selector: str, *, inside: bool = False) -> None:
        """A finger on the middle of what is seen there, once it is; `inside` a frame as large as the page."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.wait_for(f"!!{found} && {found}.offsetWidth > 0", inside=inside)
        box = json.loads(self.evaluate(f"JSON.stringify({found}.getBoundingClientRect())", inside=inside))
        self.tap_at(box["left"] + box["width"] / 2, box["top"] + box["height"] / 2)

    def tap_at(self, x: float, y: float) -> None:
        self.send("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def picture(self) -> bytes:
        return base64.b64decode(self.send("Page.captureScreenshot")["data"])


@contextmanager
def older(version: int, profile: Path, hinted: bool = True) -> Iterator[Older]:
    """A browser of that version while the context lasts."""
    browser = Older(version, profile, hinted)
    try:
        yield browser
    finally:
        browser.close()
