"""`serve` and `serve --admin` as others reach for them: a page elsewhere whose name leads here, another account of this
machine, odd requests. Over plain sockets: no client of a library sends these."""

import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from haitang.cli import dev_server
from haitang.cli.dev_server import Posts, Server
from haitang.editors.form_server import API, CHECK, MOST_BYTES, Desk
from tests.cli.test_dev_server import waited
from tests.conftest import BASE

SECRET = "here-is-the-page"
KEY = "the-key-of-this-run"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "MKCOL", "get", "X" * 40)
PATHS = ("/index.html", "/__serve/now", "/__serve/wait", "/__serve/script.js", "/__serve/key.js", API, CHECK)


@dataclass
class Served:
    """A site and the desk of the form behind it."""

    root: Path
    port: int

    def said(self, request: bytes) -> bytes:
        """All that comes back for bytes sent as they stand."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request.replace(b"{port}", str(self.port).encode()))
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def status(self, request: bytes) -> int:
        head = self.said(request).partition(b"\r\n")[0].split()
        return int(head[1]) if len(head) > 1 else 0

    def kept(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    top = tmp_path_factory.mktemp("served")
    site, root = top / "site", Path(shutil.copytree(BASE, top / "data"))
    (site / "admin").mkdir(parents=True)
    for name in ("index.html", "admin/index.html"):
        (site / name).write_text(f"<html><head></head><body>{SECRET}</body></html>", "utf-8")
    (site / "large.bin").write_bytes(bytes(20_000_000))
    (top / "outside.txt").write_text(SECRET, "utf-8")
    (site / "link.txt").symlink_to(top / "outside.txt")
    desk = Desk(root)
    posts = Posts({API: desk.answer, CHECK: desk.checked}, MOST_BYTES, KEY, b'{"error": "no key"}')
    running = Server(site, tuple, "", 0, posts)
    threading.Thread(target=running.run, args=({},), daemon=True).start()
    yield Served(root, running.port)
    running._http.shutdown()


HOST = "127.0.0.1:{port}"
OURS = {
    "Host": HOST,
    "Origin": "http://127.0.0.1:{port}",
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": "application/json",
    "X-Haitang-Key": KEY,
}


def request(line: str, headers: list[str], body: bytes = b"") -> bytes:
    return "\r\n".join([line, *headers, "", ""]).encode("latin-1") + body


def writing(path: str = "brands/xin-pai.yml") -> bytes:
    entry = {"path": path, "slug": "x", "raw": "id: xin-pai\nname: 新牌\nsources:\n  - title: 报道\n"}
    return json.dumps({"action": "persistEntry", "params": {"dataFiles": [entry], "assets": [], "options": {}}}).encode()


def sent(line: str, body: bytes, changed: dict[str, str | None] | None = None, *more: str) -> bytes:
    """A request of our own page's, with some headers as told (None: without)."""
    headers = {**OURS, "Content-Length": str(len(body)), **(changed or {})}
    return request(line, [*(f"{name}: {value}" for name, value in headers.items() if value is not None), *more], body)


FOREIGN_HOSTS = (
    "evil.example", "evil.example:{port}", "localhost.evil", "localhost.evil:{port}", "127.0.0.1.evil.example:{port}",
    "evil-127.0.0.1:{port}", "localhost.", "localhost.:{port}", "127.0.0.1.:{port}", "[::1]", "[::1]:{port}", "::1",
    "[::ffff:127.0.0.1]:{port}", "0.0.0.0:{port}", "0:{port}", "127.1:{port}", "127.0.0.2:{port}", "2130706433:{port}",
    "0x7f000001:{port}", "localhost:evil", "localhost:{port}.evil.example", "localhost:{port}@evil.example",
    "user@localhost:{port}", "localhost:{port}/", "localhost:-1", "localhost:999999",
    "localhost:８０００".encode().decode("latin-1"), "localhost:{port}, evil", "http://localhost:{port}", "", " ", "\t", "null",
    "localhost\x00:{port}", "local host:{port}", "ｌocalhost".encode().decode("latin-1"),
)  # fmt: skip


@pytest.mark.parametrize("host", FOREIGN_HOSTS, ids=ascii)
def test_by_another_name_nothing_is_said_whatever_the_method(served: Served, host: str) -> None:
    before = served.kept()
    first = host == FOREIGN_HOSTS[0]
    for method in METHODS if first else METHODS[:3]:
        for path in PATHS if first else PATHS[:1]:
            told = served.said(sent(f"{method} {path} HTTP/1.1", writing(), {"Host": host}))
            assert told.split(b" ", 2)[1] == b"421", (method, path, told[:80])
            assert SECRET.encode() not in told
    assert served.kept() == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0", ""])
def test_without_a_name_or_with_two_nothing_is_said(served: Served, method: str, version: str) -> None:
    before = served.kept()
    for told in (
        sent(f"{method} /index.html {version}".strip(), writing(), {"Host": None}),
        sent(f"{method} /index.html {version}".strip(), writing(), {}, "Host: evil.example"),
        sent(f"{method} /index.html {version}".strip(), writing(), {}, f"Host: {HOST}"),
        sent(f"{method} /index.html {version}".strip(), writing(), {}, "host:evil.example"),
    ):
        said = served.said(told)
        assert SECRET.encode() not in said
        # Without a version an answer has no head, and what is wrong is told in a page.
        assert said == b"421" or (b"400" if not version else said.split(b" ", 2)[1]) in (b"421", b"400")
    assert served.kept() == before


@pytest.mark.parametrize(
    "target",
    [
        "http://evil.example/", "http://evil.example/index.html", "http://127.0.0.1:{port}/index.html", "HTTP://localhost/index.html",
        "https://localhost/", "evil.example:80", "index.html", "*", "?", "\\index.html", "file:///etc/passwd", "@evil.example/",
    ],
)  # fmt: skip
def test_what_is_asked_for_is_a_path_of_ours(served: Served, target: str) -> None:
    for method in ("GET", "HEAD", "POST", "OPTIONS", "CONNECT", "FOO"):
        said = served.said(sent(f"{method} {target} HTTP/1.1", writing()))
        assert said.split(b" ", 2)[1] in (b"400", b"405"), (method, said[:60])
        assert SECRET.encode() not in said


FORGED: dict[str, dict[str, str | None]] = {
    "no key": {"X-Haitang-Key": None},
    "an empty key": {"X-Haitang-Key": ""},
    "half a key": {"X-Haitang-Key": KEY[:-1]},
    "a longer key": {"X-Haitang-Key": f"{KEY}x"},
    "the key in capitals": {"X-Haitang-Key": KEY.upper()},
    "a key that is no text": {"X-Haitang-Key": "\xe9\xff"},
    "the key as a cookie": {"X-Haitang-Key": None, "Cookie": f"X-Haitang-Key={KEY}"},
    "another port": {"Host": "127.0.0.1:1"},
    "the name without the port": {"Host": "localhost"},
    "a port with a nought before it": {"Host": "localhost:0{port}"},
    "no origin": {"Origin": None},
    "an origin of nothing": {"Origin": "null"},
    "another origin": {"Origin": "http://evil.example"},
    "an origin that begins like ours": {"Origin": "http://127.0.0.1:{port}.evil.example"},
    "an origin with a name in it": {"Origin": "http://127.0.0.1:{port}@evil.example"},
    "our origin without http": {"Origin": "127.0.0.1:{port}"},
    "our origin over https": {"Origin": "https://127.0.0.1:{port}"},
    "our origin with a path": {"Origin": "http://127.0.0.1:{port}/"},
    "another port of this machine": {"Origin": "http://127.0.0.1:1"},
    "from elsewhere": {"Sec-Fetch-Site": "cross-site"},
    "from another port": {"Sec-Fetch-Site": "same-site"},
    "typed by the visitor": {"Sec-Fetch-Site": "none"},
    "from a place nobody knows": {"Sec-Fetch-Site": "x"},
    "as a form": {"Content-Type": "text/plain"},
    "as a form with files": {"Content-Type": "multipart/form-data; boundary=application/json"},
    "as nothing": {"Content-Type": None},
    "without a length": {"Content-Length": None},
    "with an empty length": {"Content-Length": ""},
    "with a length below nothing": {"Content-Length": "-1"},
    "with a sign": {"Content-Length": "+10"},
    "with a length in words": {"Content-Length": "ten"},
    "with other digits": {"Content-Length": "\xb2\xb3"},
    "with two lengths in one": {"Content-Length": "10, 10"},
    "with a length that has no end": {"Content-Length": "9" * 5000},
    "with more than may be": {"Content-Length": str(MOST_BYTES + 1)},
    "in pieces": {"Content-Length": None, "Transfer-Encoding": "chunked"},
    "in pieces of a length": {"Transfer-Encoding": "chunked"},
}
TWICE = (
    "Origin: http://evil.example",
    "Content-Length: 3",
    "Content-Type: text/plain",
    "Sec-Fetch-Site: cross-site",
    "X-Haitang-Key: x",
)


@pytest.mark.parametrize("how", [*FORGED, *TWICE])
def test_a_forged_request_is_refused_before_it_is_read(served: Served, how: str, capfd: pytest.CaptureFixture[str]) -> None:
    before = served.kept()
    for path in (API, CHECK):
        changed, more = FORGED.get(how, {}), [] if how in FORGED else [how]
        said = served.said(sent(f"POST {path} HTTP/1.1", writing(), changed, *more))
        assert said.split(b" ", 2)[1] in (b"403", b"413", b"421"), said[:60]
        assert b"positions" not in said
    assert served.kept() == before
    assert capfd.readouterr().err == ""


def test_with_everything_right_it_is_kept(served: Served) -> None:
    asked = json.dumps({"action": "getEntry", "params": {"path": "brands/hongfushi.yml"}}).encode()
    for host in ("127.0.0.1", "localhost"):
        ours: dict[str, str | None] = {"Host": f"{host}:{{port}}", "Origin": f"http://{host}:{{port}}"}
        assert served.status(sent(f"POST {API} HTTP/1.1", writing(), ours)) == 200
        assert b"hongfushi" in served.said(sent(f"POST {API} HTTP/1.1", asked, ours))
    (served.root / "brands/xin-pai.yml").unlink()


def test_without_the_key_why_is_said(served: Served) -> None:
    assert b"no key" in served.said(sent(f"POST {API} HTTP/1.1", writing(), {"X-Haitang-Key": None}))


def test_the_key_stands_in_nothing_that_is_given_away(served: Served) -> None:
    for path in ("/admin/index.html", "/admin/", *PATHS):
        for method in ("GET", "HEAD", "OPTIONS", "POST"):
            assert KEY.encode() not in served.said(request(f"{method} {path} HTTP/1.1", [f"Host: {HOST}"]))


OUTSIDE = (
    "/../outside.txt", "/../../etc/passwd", "/%2e%2e/outside.txt", "/%2E%2E%2Foutside.txt", "/..%2foutside.txt",
    "/a/../../outside.txt", "/a/%2e%2e/%2e%2e/outside.txt", "//../outside.txt", "///../outside.txt", "/./../outside.txt",
    "/%2f..%2foutside.txt", "/..%5coutside.txt", "/..\\outside.txt", "/%252e%252e/outside.txt", "/..;/outside.txt",
    "/..%00/outside.txt", "/%00", "/\x00", "/index.html%00.txt", "/%c0%ae%c0%ae/outside.txt", "/..%c0%afoutside.txt",
    "/%uff0e%uff0e/outside.txt", "/link.txt", "/%", "/%E0%A4%A", "/%zz", "//etc/passwd", "/%2fetc%2fpasswd",
    "//127.0.0.1/../outside.txt", "/data/brands/hongfushi.yml", "/../data/directory.yml", "/" + "a" * 5000, "/" + "a/" * 3000,
    "/" + "../" * 400 + "etc/passwd", "/" + "%2e%2e%2f" * 400 + "etc/passwd", "/\xff\xfe", "/~root",
)  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: ascii(path[:50]))
def test_nothing_beside_the_site_is_given(served: Served, path: str) -> None:
    for method in ("GET", "HEAD"):
        said = served.said(request(f"{method} {path} HTTP/1.1", [f"Host: {HOST}"]))
        assert said.split(b" ", 2)[1] in (b"404", b"400"), said[:60]
        assert SECRET.encode() not in said and b"root:" not in said


BROKEN = (
    b"", b"\r\n\r\n", b"\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/1.1 x\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost\r\n\r\n", b"GET / HTTP/1.1\r\n Host: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nA: " + b"a" * 70000 + b"\r\n\r\n", b"\x00" * 100 + b"\r\n\r\n",
    b"G\x00T / HTTP/1.1\r\nHost: x\r\n\r\n",
)  # fmt: skip


@pytest.mark.parametrize("raw", BROKEN, ids=lambda raw: ascii(raw[:30]))
def test_what_is_no_request_is_refused_in_silence(served: Served, raw: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    assert SECRET.encode() not in said
    assert b"Traceback" not in said
    assert capfd.readouterr().err == ""
    assert served.status(request("GET /index.html HTTP/1.1", [f"Host: {HOST}"])) == 200


DRIPS = {
    "nothing": b"",
    "half a line": b"GET /index.ht",
    "a head without end": f"GET / HTTP/1.1\r\nHost: {HOST}\r\n".encode(),
    "a body without end": sent(f"POST {API} HTTP/1.1", b"", {"Content-Length": "1000"}),
}


@pytest.mark.parametrize("what", DRIPS)
def test_who_drips_is_left(
    served: Served, what: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Byte by byte, each soon enough by itself: the whole has to be there in time."""
    monkeypatch.setattr(dev_server, "PATIENCE_SECONDS", 0.4)
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(DRIPS[what].replace(b"{port}", str(served.port).encode()))
        connection.settimeout(0.05)
        ended = False
        while not ended and time.monotonic() - started < 15:
            try:
                ended = connection.recv(100) == b""
            except TimeoutError:
                connection.sendall(b"a")
            except ConnectionError:
                ended = True
    assert ended
    assert time.monotonic() - started < 14
    assert capfd.readouterr().err == ""


def test_who_never_takes_the_answer_is_left(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_server, "PATIENCE_SECONDS", 0.4)
    before = answering()  # some of which may end meanwhile
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(request("GET /large.bin HTTP/1.1", [f"Host: 127.0.0.1:{served.port}"]))
        assert waited(lambda: bool(answering() - before))
        assert waited(lambda: not answering() - before)


def answering() -> set[threading.Thread]:
    """A server has other threads too, which begin when they like."""
    return {thread for thread in threading.enumerate() if "process_request" in thread.name}


def test_pages_say_who_may_use_them(served: Served) -> None:
    """No other page may frame the form, read what is being tried from a script element, or guess at kinds."""
    for path in ("/index.html", "/admin/index.html", "/none", "/__serve/now"):
        head = served.said(request(f"GET {path} HTTP/1.1", [f"Host: {HOST}"])).partition(b"\r\n\r\n")[0].decode().splitlines()
        for line in (
            "X-Content-Type-Options: nosniff",
            "Cross-Origin-Resource-Policy: same-origin",
            "Cross-Origin-Opener-Policy: same-origin-allow-popups",
            "Content-Security-Policy: frame-ancestors 'self'",
        ):
            assert line in head


def test_only_this_machine_is_listened_to(served: Served) -> None:
    others = {str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in sorted(other for other in others if not other.startswith("127.")):
        with pytest.raises(OSError), socket.create_connection((address, served.port), timeout=2):
            pass
