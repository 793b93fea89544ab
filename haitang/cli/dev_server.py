"""build.py serve: the site on this machine, rebuilt and shown again as files change.

The rule: the page in the browser learns of a change from a held request, never by asking again and again; a problem is laid
over the page that is still the last sound one. Who asks is looked at before what is asked for: neither another page in the same
browser, nor another name that leads here, nor another account of this machine gets at the data.
"""

import io
import json
import mimetypes
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import compare_digest
from typing import Any
from urllib.parse import unquote

from haitang.cli.file_watcher import Watcher

POLL_SECONDS = 25.0
LOOK_SECONDS = 5.0  # between looks at all files, should nobody have told of a change
PATIENCE_SECONDS = 30.0  # for a whole request to come, however many bytes it comes in; and for its answer to be taken
QUIET_SECONDS = 0.05  # an editor's save is several events; wait until they have ended
_OURS = "/__serve"
_KINDS = {".yml": "text/yaml", ".js": "text/javascript"}  # whatever this machine thinks of them
_NAMES = ("127.0.0.1", "localhost")
_HOST = re.compile(rf"(?:{'|'.join(map(re.escape, _NAMES))})(?::[0-9]{{1,5}})?")  # any port: one may be forwarded here
_MOST_DIGITS = 10  # of a length
KEY_HEADER = "X-Haitang-Key"
# What stands in no page can only be said by us: who may frame it, load parts of it or hold on to its window.
_TOLD = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Content-Security-Policy": "frame-ancestors 'self'",
}
# Once it is published anybody may frame its embedded page and read its data (deploy/headers.tsv); until then only pages of this
# machine may: what is not out yet is no other site's to read.
_NEAR = {"Cross-Origin-Resource-Policy": "same-site"}
_FRAMED = {**_NEAR, "Content-Security-Policy": f"frame-ancestors {' '.join(f'http://{name}:*' for name in _NAMES)}"}
Answer = tuple[HTTPStatus, str, bytes]  # with the kind of what is said
_NOT_OURS: Answer = (HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"421")
_NOT_FOUND: Answer = (HTTPStatus.NOT_FOUND, "text/plain", b"404")
_NO_PATH: Answer = (HTTPStatus.BAD_REQUEST, "text/plain", b"400")
_JSON = "application/json"
_FORM = "admin"  # the folder of the form's page, which is never shown anew by itself: somebody may be writing
_SCRIPTS = Path(__file__).resolve().parents[2] / "templates" / "serve"
_SCRIPT_FILES = {f"{_OURS}/script.js": "live.js", f"{_OURS}/key.js": "key.js"}


@dataclass(frozen=True)
class Posts:
    """The addresses that take JSON, with what answers there, and how much of it they take at most. Of those who come without
    `key` nothing is read, and they get `keyless`, which is JSON too."""

    answers: Mapping[str, Callable[[bytes], tuple[int, bytes]]]
    most: int
    key: str
    keyless: bytes


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
        if path in _SCRIPT_FILES:
            return HTTPStatus.OK, "text/javascript", (_SCRIPTS / _SCRIPT_FILES[path]).read_bytes()
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
        if kind == "text/html" and file.parent == site / _FORM:  # no `defer`: it runs before the form's own scripts
            content = content.replace(b"</head>", f'<script src="{_OURS}/key.js"></script></head>'.encode(), 1)
        elif kind == "text/html":
            script = f'<script src="{_OURS}/script.js" data-state="{self._state.key}"></script></body>'
            content = content.replace(b"</body>", script.encode(), 1)
        return HTTPStatus.OK, kind, content

    def _post(self, path: str, headers: Message, body: Callable[[int], bytes]) -> Answer:
        """A page of somebody else's, open in the same browser, can also send things here: it says so in `Origin`. Another
        account of this machine can say whatever it likes, and does not know the key."""
        posts = self._posts
        if posts is None or path not in posts.answers:
            return HTTPStatus.METHOD_NOT_ALLOWED, _JSON, b"{}"
        if not self._is_from_here(headers):
            return HTTPStatus.FORBIDDEN, _JSON, b"{}"
        length = _only(headers, "Content-Length")
        if "Transfer-Encoding" in headers or not re.fullmatch(f"[0-9]{{1,{_MOST_DIGITS}}}", length) or int(length) > posts.most:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _JSON, b"{}"
        content = body(int(length))  # all of it, or the browser would not wait for the answer
        if not compare_digest(_only(headers, KEY_HEADER).encode(errors="replace"), posts.key.encode()):
            return HTTPStatus.FORBIDDEN, _JSON, posts.keyless
        status, answer = posts.answers[path](content)
        return HTTPStatus(status), _JSON, answer

    def _is_from_here(self, headers: Message) -> bool:
        here = _authorities(self.port)
        scheme, _, origin = _only(headers, "Origin").partition("://")
        return (
            _only(headers, "Host") in here
            and scheme == "http"
            and origin in here
            and ("Sec-Fetch-Site" not in headers or _only(headers, "Sec-Fetch-Site") == "same-origin")
            and (_only(headers, "Content-Type") and headers.get_content_type()) == "application/json"
        )


def _more_of(path: str, origin: str) -> Mapping[str, str]:
    """What is said of an address besides, or otherwise, to who asks from a page of `origin` (empty: from none of another
    host's)."""
    if "/data/" in path:
        scheme, _, host = origin.partition("://")
        is_near = scheme == "http" and _HOST.fullmatch(host)
        return {**_NEAR, "Vary": "Origin", **({"Access-Control-Allow-Origin": origin} if is_near else {})}
    if path.endswith("/embed.html"):
        return _FRAMED
    return _NEAR if "/assets/" in path else {}


def _authorities(port: int) -> frozenset[str]:
    """How a browser may call us, in `Host` and in `Origin`: it leaves out the port that is the protocol's own."""
    return frozenset(f"{name}:{port}" for name in _NAMES) | (frozenset(_NAMES) if port == 80 else frozenset())


def _only(headers: Message, name: str) -> str:
    """What a header says; nothing where it is not there or stands twice, and others might go by the other one."""
    said = headers.get_all(name, [])
    return str(said[0]) if len(said) == 1 else ""


class _Patient(io.RawIOBase):
    """What comes over a connection, until a moment of the clock: somebody who sends a byte now and then holds nothing for ever.
    Raises TimeoutError."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._latest = time.monotonic() + PATIENCE_SECONDS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._latest - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    """One connection, which brings one request; `server_of` is whose."""

    server_of: Server

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(_Patient(self.connection))

    def do_GET(self) -> None:
        self._reply(lambda path, query: self.server_of._answer(path, query, waiting=True))

    def do_HEAD(self) -> None:
        self._reply(lambda path, query: self.server_of._answer(path, query, waiting=False))

    def do_POST(self) -> None:
        self._reply(lambda path, _: self.server_of._post(path, self.headers, self.rfile.read))

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Every other method, also one that nobody knows, is refused, once it is known who asks."""
        if not name.startswith("do_"):
            raise AttributeError(name)
        return lambda: self._reply(lambda *_: (HTTPStatus.METHOD_NOT_ALLOWED, "text/plain", b"405"))

    def _reply(self, answer: Callable[[str, str], Answer]) -> None:
        path, _, query = self.path.partition("?")
        # A page of somebody else's can let its own host's name lead here: the browser then takes our answer for that page's,
        # and says so in `Host`.
        if not _HOST.fullmatch(_only(self.headers, "Host")):
            status, kind, content = _NOT_OURS
        elif not path.startswith("/"):  # a whole address, which names a host of its own
            status, kind, content = _NO_PATH
        else:
            status, kind, content = answer(path, query)
        self.connection.settimeout(PATIENCE_SECONDS)
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in {**_TOLD, **_more_of(path, _only(self.headers, "Origin"))}.items():
            self.send_header(name, value)
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
