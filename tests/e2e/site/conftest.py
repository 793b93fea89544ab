"""A real browser for the tests in this folder: Debian's Chromium (or what toolchain.chromium finds), headless."""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.conftest import Shared
from tests.data.history_world import publish_news
from tests.e2e.site import finder_world
from tests.e2e.site.finder_world import Place
from tests.e2e.site.line import Line
from tests.e2e.site.press import Press
from tests.e2e.site.programme_world import publish_programme
from tests.site import search_world
from tests.worlds import PROJECT, WORLD, publish


@dataclass
class Watched:
    """A page, everything its console said and everything it asked for."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        def said(message: ConsoleMessage) -> None:
            self.console.append(message.text)

        def asked(request: Request) -> None:
            self.requests.append(request.url)

        self.page.on("console", said)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", asked)

    @property
    def foreign(self) -> list[str]:
        """Requests that leave the site."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:", "http://127.0.0.1:"))]


# What a test brings into a page, whose policy allows it neither a script nor a style element: page.evaluate(RUN, the script).
RUN = "(script) => { (0, eval)(script); }"
RESTYLE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

# What is laid out by means of an element that older browsers lay out by their own: a button is no grid before Chromium 83, a
# fieldset neither grid nor flex before 86.
NO_BOX = """() => [...document.querySelectorAll('button, fieldset')].filter((element) => {
  const display = getComputedStyle(element).display;
  return /grid/.test(display) || (element.localName === 'fieldset' && /flex/.test(display));
}).map((element) => element.className)"""


def until(page: Page, asked: str, argument: object = None) -> None:
    """Waits until a function of JavaScript that gives a promise answers with something true. Playwright's own
    `wait_for_function` takes the promise itself for true, and waits for nothing."""
    page.evaluate(
        f"""async (argument) => {{
          for (let turn = 0; turn < 800; turn++) {{
            if (await ({asked})(argument)) return;
            await new Promise((done) => setTimeout(done, 25));
          }}
          throw new Error("it never was so");
        }}""",
        argument,
    )


@pytest.fixture(scope="session")
def world() -> list[Place]:
    """The places of the finder's tests."""
    return finder_world.places()


@pytest.fixture(scope="session")
def finder_site(shared: Shared, world: list[Place]) -> Path:
    """Their site, in a folder with a blank and Chinese in its path; the day of its data is known."""

    def make(folder: Path) -> None:
        root = finder_world.write(folder / "data", world)
        _publish_dated(root, folder / "out")
        shutil.copytree((folder / "out" / "site").resolve(), folder / "网站")

    return shared("便民 大厅", make) / "网站"


@pytest.fixture(scope="session")
def real_site(shared: Shared) -> Path:
    """The site of our own directory."""

    def make(folder: Path) -> None:
        publish(PROJECT, folder / "out", today=date.today())
        shutil.copytree((folder / "out" / "site").resolve(), folder / "site")

    return shared("real", make) / "site"


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search world's site, where a hall keeper might have put it."""
    folder = tmp_path_factory.mktemp("展厅 搜索 #1")
    search_world.write(folder / "root")
    publish(folder / "root", folder / "out", today=date.today())
    return Path(shutil.copytree((folder / "out" / "site").resolve(), folder / "网站 副本"))


@pytest.fixture
def press(tmp_path: Path) -> Press:
    own = Press(tmp_path)
    own.publish()
    return own


@pytest.fixture
def line(versions: list[Path], tmp_path: Path) -> Iterator[Line]:
    """The host with the first of the versions that the tests of a file have made."""
    with open_line(tmp_path, versions) as server:
        yield server


@contextmanager
def open_line(top: Path, versions: list[Path]) -> Iterator[Line]:
    """A host, while the context lasts, with what it needs in the folder `top`."""
    server = Line(top, versions)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps what the site asks it to keep, and saves data: of other pages only those that were read."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="allow")
    context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    yield context
    context.close()


def _publish_dated(root: Path, out: Path) -> None:
    """A build of data whose day is finder_world.DAY, whenever they were committed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{finder_world.DAY}T04:00:00+00:00").timestamp())))
        publish(root, out, today=date(2026, 11, 22))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # of 5 some wait for seconds, for windows side by side ask for much at once


@contextmanager
def _served(folder: Path, handler: type[SimpleHTTPRequestHandler] = _Quiet) -> Iterator[str]:
    """A folder's origin while the context lasts."""
    server = _Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def finder_http(finder_site: Path) -> Iterator[str]:
    """The same over http from this machine, which browsers take for secure."""
    with _served(finder_site) as origin:
        yield origin


@pytest.fixture(scope="session")
def every_kind(shared: Shared, tmp_path_factory: pytest.TempPathFactory, finder_site: Path) -> Path:
    """The folder with the sites that page_kinds.KINDS names, at a path with blanks and Chinese."""

    def make(folder: Path) -> None:
        _publish_dated(WORLD, folder / "out")
        shutil.copytree((folder / "out" / "site").resolve(), folder / "world")
        shutil.copytree(finder_site, folder / "many")
        shutil.copytree(publish_programme(tmp_path_factory.mktemp("programme")), folder / "programme")
        shutil.copytree(publish_news(tmp_path_factory.mktemp("news")), folder / "news")
        # 404.html stands at the root its base_url names; the links of the others are relative.
        root = urlsplit(root_of(folder / "world" / "404.html")).path
        (folder / root.strip("/")).symlink_to("world")

    return shared("展厅 各种页面 #2", make)


def root_of(page: Path) -> str:
    """The address of the style sheet in a page, which tells where the page believes its site to be."""
    found = re.search(r'href="([^"]*)assets/haitang.css[?"]', page.read_text(encoding="utf-8"))
    assert found
    return found[1]


@pytest.fixture(scope="session")
def sites_over_http(every_kind: Path) -> Iterator[str]:
    """Their origin, with a slash at its end."""
    with _served(every_kind) as origin:
        yield f"{origin}/"
