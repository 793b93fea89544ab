"""build.py serve: the site on this machine, rebuilt and shown again as files change.

The rule: the page in the browser learns of a change from a held request, never by asking again and again; a problem is laid
over the page that is still the last sound one.
"""

import json
import mimetypes
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from haitang.cli.file_watcher import Watcher

POLL_SECONDS = 25.0
LOOK_SECONDS = 5.0  # between looks at all files, should nobody have told of a change
QUIET_SECONDS = 0.05  # an editor's save is several events; wait until they have ended
_OURS = "/__serve"
_KINDS = {".yml": "text/yaml", ".js": "text/javascript"}  # whatever this machine thinks of them
_NAMES = ("127.0.0.1", "localhost")
Answer = tuple[HTTPStatus, str, bytes]  # with the kind of what is said
_NOT_OURS: Answer = (HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"421")
_NOT_FOUND: Answer = (HTTPStatus.NOT_FOUND, "text/plain", b"404")
_JSON = "application/json"
_FORM = "admin"  # is never shown anew by itself: somebody may be writing
SCRIPT = Path(__file__).resolve().parents[2] / "templates" / "serve" / "live.js"


@dataclass(frozen=True)
class Posts:
    """The addresses that take JSON, with what answers there, and how much of it they take at most."""

    answers: Mapping[str, Callable[[bytes], tuple[int, bytes]]]
    most: int


@dataclass(frozen=True)
class State:
    """What the browser should know. `edition` counts published sites, `news` everything worth telling."""

    edition: int = 0
    news: int = 0
    problems: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.edition}.{self.news}"


class Server:
    """Serves `site`; `rebuild` is called after a change and returns the problem lines (none: a new edition is out)."""

    def __init__(
        self, site: Path, rebuild: Callable[[], tuple[str, ...]], title: str, port: int, posts: Posts | None = None
    ) -> None:
        self._site = site
        self._posts = posts
        self._rebuild = rebuild
        self._title = title
        self._state = State()
        self._changed = threading.Condition()
        self._dirty = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_Handler,), {"server_of": self}))
        self._http.daemon_threads = True

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    def run(
        self,
        watched: Mapping[Path, bool],
        polling: Callable[[], None] = lambda: None,
        is_behind: Callable[[], bool] = lambda: False,
    ) -> None:
        """Serves until interrupted. `watched` and `polling` are the Watcher's; `is_behind` tells whether anything was changed
        since the last rebuilding began: what was edited before anybody watched, or in its middle, or what the system forgot
        to tell."""
        watcher = Watcher(watched, self._dirty.set, polling)
        watcher.start()
        threading.Thread(target=self._work, args=(is_behind,), daemon=True).start()
        try:
            self._http.serve_forever(poll_interval=0.1)
        finally:
            watcher.stop()
            self._http.server_close()

    def close(self) -> None:
        """Serves nothing any more; for who has not begun to `run`."""
        self._http.server_close()

    def tell(self, problems: tuple[str, ...]) -> None:
        """A build has ended: with problems, or with a new edition."""
        with self._changed:
            edition = self._state.edition + (not problems)
            self._state = State(edition, self._state.news + 1, problems)
            self._changed.notify_all()

    def _work(self, is_behind: Callable[[], bool]) -> None:
        while True:
            if not (self._dirty.is_set() or is_behind()) and not self._dirty.wait(LOOK_SECONDS):
                continue
            while self._dirty.is_set():
                self._dirty.clear()
                time.sleep(QUIET_SECONDS)
            try:
                self.tell(self._rebuild())
            except Exception as fault:  # a half-saved template must not end the watching: it is shown instead
                self.tell((f"{type(fault).__name__}: {fault}",))

    def _answer(self, path: str, query: str, *, waiting: bool) -> Answer:
        if self._posts and path in self._posts.answers:
            return HTTPStatus.METHOD_NOT_ALLOWED, _JSON, b"{}"
        if not path.startswith(_OURS):
            return self._file(path)
        if path == f"{_OURS}/script.js":
            return HTTPStatus.OK, "text/javascript", SCRIPT.read_bytes()
        with self._changed:
            if waiting and path == f"{_OURS}/wait":
                self._changed.wait_for(lambda: self._state.key != query, POLL_SECONDS)
            state = self._state
        news = {"edition": state.edition, "state": state.key, "title": self._title, "problems": state.problems}
        return HTTPStatus.OK, _JSON, json.dumps(news).encode()

    def _file(self, path: str) -> Answer:
        site = self._site.resolve()
        try:
            file = (site / unquote(path).lstrip("/")).resolve()
            if file.is_dir():
                file = file / "index.html"
            if not file.is_relative_to(site):
                return _NOT_FOUND
            content = file.read_bytes()
        except (OSError, ValueError):  # also names no system takes: NUL, endless ones
            return _NOT_FOUND
        kind = _KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind == "text/html" and file.parent != site / _FORM:
            script = f'<script src="{_OURS}/script.js" data-state="{self._state.key}"></script></body>'
            content = content.replace(b"</body>", script.encode(), 1)
        return HTTPStatus.OK, kind, content

    def _post(self, path: str, headers: Message, body: Callable[[int], bytes]) -> Answer:
        """A page of somebody else's, open in the same browser, can also send things here: it says so in `Origin`."""
        here = _authorities(self.port)
        length = headers.get("Content-Length", "")
        origin = headers.get("Origin", "").removeprefix("http://")
        if self._posts is None or path not in self._posts.answers:
            return HTTPStatus.METHOD_NOT_ALLOWED, _JSON, b"{}"
        if (
            headers.get("Host") not in here
            or origin not in here
            or headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
            or headers.get_content_type() != "application/json"
        ):
            return HTTPStatus.FORBIDDEN, _JSON, b"{}"
        if not (length.isascii() and length.isdigit()) or int(length) > self._posts.most:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _JSON, b"{}"
        status, content = self._posts.answers[path](body(int(length)))
        return HTTPStatus(status), _JSON, content


def _authorities(port: int) -> frozenset[str]:
    """How a browser may call us, in `Host` and in `Origin`: it leaves out the port that is the protocol's own."""
    return frozenset(f"{name}:{port}" for name in _NAMES) | (frozenset(_NAMES) if port == 80 else frozenset())


class _Handler(BaseHTTPRequestHandler):
    """One connection; `server_of` is whose."""

    server_of: Server

    def do_GET(self) -> None:
        self._reply(lambda path, query: self.server_of._answer(path, query, waiting=True))

    def do_HEAD(self) -> None:
        self._reply(lambda path, query: self.server_of._answer(path, query, waiting=False))

    def do_POST(self) -> None:
        self._reply(lambda path, _: self.server_of._post(path, self.headers, self.rfile.read))

    def _refuse(self) -> None:
        self._reply(lambda *_: (HTTPStatus.METHOD_NOT_ALLOWED, "text/plain", b"405"))

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = _refuse

    def _reply(self, answer: Callable[[str, str], Answer]) -> None:
        path, _, query = self.path.partition("?")
        # A page of somebody else's can let its own host's name lead here: the browser then takes our answer for that page's,
        # and says so in `Host`.
        hosts = self.headers.get_all("Host", [])
        is_ours = len(hosts) == 1 and hosts[0].partition(":")[0] in _NAMES
        status, kind, content = answer(path, query) if is_ours else _NOT_OURS
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            posts = self.server_of._posts
            self.send_header("Allow", "POST" if posts and path in posts.answers else "GET, HEAD")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # the browser went on to another page
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """The terminal is for problems."""
