"""A host that can be cut off, fail, lose files and change them: for the tests of what a browser keeps and of what is new."""

import json
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from haitang.core.digests import integrity, version_of


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder, until the line is cut or one goes missing; what somebody asked for is written down."""

    server: "Line"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.before(self.path)
        if self.server.cut:
            self.close_connection = True
            return
        if self.path.partition("?")[0].removeprefix("/some/dir/") in self.server.missing:
            self.send_error(404)
            return
        if self.server.moved_to and not self.path.endswith("/sw.js"):
            self._redirect(301, self.server.moved_to + self.path)
            return
        if self.server.strips and self._is_stripped():
            return
        del self.headers["If-Modified-Since"]  # two versions may have been built within one second
        if self.server.failing:
            self.send_error(self.server.failing)
            return
        if self.server.stale(self):
            self.path = self.path.replace("/some/", "/former/")
        file = Path(self.translate_path(self.path))
        if file.suffix in self.server.rewriting and file.is_file():
            content = self.server.rewriting[file.suffix](file.read_bytes())
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(file))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            return
        super().do_GET()

    def _is_stripped(self) -> bool:
        """As hosts do that take `.html` off addresses: whether it led to the bare one; else that one gets its file."""
        path, mark, query = self.path.partition("?")
        if path.endswith(".html"):
            self._redirect(308, path.removesuffix(".html").removesuffix("index") + mark + query)
            return True
        if "." not in path.rpartition("/")[2] and not path.endswith("/"):
            self.path = f"{path}.html{mark}{query}"
        return False

    def _redirect(self, status: int, to: str) -> None:
        self.send_response(status)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache" if self.path.endswith("sw.js") else self.server.caching)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


class Line(ThreadingHTTPServer):
    """A host with the site in a folder, at the end of a line. In each of `versions` the site is the folder `dir`."""

    daemon_threads = True

    def __init__(self, top: Path, versions: list[Path]) -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(top)))
        self.top, self.versions = top, versions
        self.asked: list[str] = []
        self.cut = False
        self.missing: set[str] = set()  # paths of the site
        self.caching = "no-cache"
        self.failing = 0
        self.strips = False  # takes `.html` off addresses
        self.moved_to = ""  # the origin that all but sw.js leads to
        self.rewriting: dict[str, Callable[[bytes], bytes]] = {}  # by suffix: what becomes of a file on its way
        self.before: Callable[[str], object] = lambda path: None
        self.stale: Callable[[Handler], bool] = lambda request: False  # answered by a server that has the first version still
        (top / "former").symlink_to(versions[0])
        self.switch(1)

    def switch(self, number: int) -> None:
        """The version that is out, in one step."""
        fresh = self.top / "fresh"
        fresh.symlink_to(self.versions[number - 1])
        fresh.replace(self.top / "some")

    def url(self, path: str = "index.html", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}/some/dir/{path}"

    def json(self, number: int, path: str) -> Any:
        text = (self.versions[number - 1] / "dir" / path).read_text(encoding="utf-8")
        return json.loads(text[text.index("={") + 1 :].removesuffix(";\n") if path.endswith(".js") else text)

    def home(self, number: int) -> str:
        """What stands behind `?v=` in the address of a version's home page."""
        return version_of(integrity((self.versions[number - 1] / "dir" / "index.html").read_bytes()))
