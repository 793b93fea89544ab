"""A real browser and a kiosk's folder for the tests of this folder."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from haitang.core.toolchain import chromium
from tests.conftest import ARGUMENTS
from tests.e2e.kiosk.releases import PLACE, Kiosk, kiosk
from tests.e2e.site.conftest import Watched


@pytest.fixture
def hall(tmp_path: Path) -> Kiosk:
    return kiosk(tmp_path / PLACE)


@pytest.fixture
def with_processes(browser: Browser) -> Iterator[Watched]:
    """A screen of the Chromium that halls have: the small one gives a frame in a sandbox no process of its own, and one that
    hangs would hold up the page around it."""
    own = browser.browser_type.launch(executable_path=chromium(), args=ARGUMENTS)
    yield Watched(own.new_page(viewport={"width": 540, "height": 960}, has_touch=True))
    own.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A portrait screen, with all that its console says and all that it asks for."""
    context = browser.new_context(viewport={"width": 540, "height": 960}, has_touch=True)
    yield Watched(context.new_page())
    context.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def over_http(folder: Path) -> Iterator[str]:
    """A folder's origin while the context lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
