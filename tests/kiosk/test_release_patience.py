"""Servers that dawdle, and lines that are only slow: the first are left in time, by the second all comes in.

The rule: as in `tests.core.test_http_client`, whose servers these are; here the whole may take long and only a share of a file
is late.
"""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from haitang.core.http_client import Deadline
from haitang.kiosk.release.download import pull
from haitang.kiosk.release.manifest import Refused, seal
from haitang.kiosk.release.transfer import Patience, Server
from tests.core.test_http_client import LONG, SAYS, TLS, dripping, held
from tests.kiosk.broken_zips import SECRET

STEP = 0.6
SHARE = 16 << 10
BIG = bytes(range(256)) * 256  # four shares
BOTH = ("too-slow", "cannot-reach")  # of a piece that broke nothing may be kept: then a try brought nothing
Serve = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def served(answer: Serve) -> Iterator[str]:
    """The address of a folder on a server that does this for each who asks."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(OSError):  # they have gone
                answer(self)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hall/"
    finally:
        server.shutdown()
        server.server_close()


def fetched(url: str, part: Path, patience: Patience, data: bytes = BIG) -> bytes:
    with Deadline(patience.whole) as deadline:
        Server(url, patience, deadline).fetch("file", seal(data), part)
    return part.read_bytes()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def impatient(step: float = STEP, pauses: tuple[float, ...] = (0.01,) * 1_000) -> Patience:
    return Patience(connect=LONG, read=LONG, pauses=pauses, whole=LONG, step=step, share=SHARE)


def start_of(request: BaseHTTPRequestHandler, data: bytes = BIG) -> int:
    """Says how an answer begins that goes on from where it was asked to."""
    start = int((request.headers.get("Range") or "bytes=0-").removeprefix("bytes=").removesuffix("-"))
    request.send_response(206 if start else 200)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
    request.send_header("Content-Length", str(len(data) - start))
    request.end_headers()
    return start


@pytest.mark.parametrize("phase", SAYS)
def test_a_pull_does_not_wait_out_its_whole_time_for_a_byte_now_and_then(phase: str, tmp_path: Path) -> None:
    with dripping(*SAYS[phase]) as port:
        address = f"http://127.0.0.1:{port}/hall/"
        assert held(lambda: refused(lambda: pull(address, tmp_path, SECRET.public, patience=impatient()))) == "too-slow"


def test_nor_in_the_handshake(tmp_path: Path) -> None:
    with dripping(b"", TLS) as port:
        address = f"https://127.0.0.1:{port}/hall/"
        # The socket's own limit ends a handshake: seconds to connect.
        patience = Patience(connect=STEP, read=LONG, pauses=(), whole=LONG, step=STEP)
        assert held(lambda: refused(lambda: pull(address, tmp_path, SECRET.public, patience=patience))) in BOTH


@pytest.mark.parametrize("at", [0, 100, SHARE, 2 * SHARE + 1])
def test_a_file_is_left_where_it_comes_too_slowly_and_what_came_is_kept(at: int, tmp_path: Path) -> None:
    """Some comes swiftly; then a byte now and then, which is never silence."""
    part = tmp_path / "part"

    def drip(request: BaseHTTPRequestHandler) -> None:
        start = start_of(request)
        request.wfile.write(BIG[start : max(at, start)])
        for byte in BIG[max(at, start) :]:
            time.sleep(0.03)
            request.wfile.write(bytes([byte]))

    with served(drip) as url:
        assert held(lambda: refused(lambda: fetched(url, part, impatient()))) == "too-slow"
    kept = part.read_bytes() if part.exists() else b""
    assert len(kept) >= at - 4096
    assert BIG.startswith(kept)


def test_breaking_off_after_each_byte_wins_no_time(tmp_path: Path) -> None:
    """Each try brings something, so the pauses begin anew; the share of the file is late all the same."""

    def one(request: BaseHTTPRequestHandler) -> None:
        start = start_of(request)
        request.wfile.write(BIG[start : start + 1])

    with served(one) as url:
        assert held(lambda: refused(lambda: fetched(url, tmp_path / "part", impatient(pauses=(0.01, 0.01))))) in BOTH


def test_a_slow_line_brings_it_all_as_long_as_each_share_comes(tmp_path: Path) -> None:
    """Altogether it takes longer than a share may."""

    def slowly(request: BaseHTTPRequestHandler) -> None:
        start = start_of(request)
        for at in range(start, len(BIG), 4096):
            time.sleep(0.1)
            request.wfile.write(BIG[at : at + 4096])

    with served(slowly) as url:
        assert fetched(url, tmp_path / "part", impatient(step=1.5)) == BIG


def test_a_slow_line_that_breaks_goes_on_from_where_it_was(tmp_path: Path) -> None:
    asked: list[str | None] = []

    def brokenly(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.headers.get("Range"))
        start = start_of(request)
        request.wfile.write(BIG[start : start + 12_288])

    with served(brokenly) as url:
        assert fetched(url, tmp_path / "part", impatient(step=20, pauses=(0.01, 0.01))) == BIG
    assert asked == [None, *(f"bytes={at}-" for at in range(12_288, len(BIG), 12_288))]


def test_a_redirect_is_never_followed_round_and_round(tmp_path: Path) -> None:
    asked: list[str] = []

    def onward(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        request.send_response(302)
        request.send_header("Location", request.path + "x")
        request.end_headers()

    with served(onward) as url:
        assert refused(lambda: pull(url, tmp_path, SECRET.public, patience=impatient())) == "redirected"
    assert len(asked) == 1


@pytest.mark.parametrize("line", [b"X: y\r\n", b"X", b" folded\r\n"])
def test_a_head_without_end_is_left(line: bytes, tmp_path: Path) -> None:
    """As fast as the line gives it: by its size, not by the clock."""

    def endless(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            request.wfile.write(line * 4096)

    with served(endless) as url:
        patience = Patience(connect=LONG, read=LONG, pauses=(0.01,), whole=LONG)
        assert refused(lambda: pull(url, tmp_path, SECRET.public, patience=patience)) == "cannot-reach"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
def test_nothing_packed_is_unpacked(encoding: str, tmp_path: Path) -> None:
    """A bomb: a thousandth of what it would be."""
    bomb = gzip.compress(bytes(50 << 20))

    def packed(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Encoding", encoding)
        request.send_header("Content-Length", str(len(bomb)))
        request.end_headers()
        request.wfile.write(bomb)

    with served(packed) as url:
        patience = Patience(pauses=(0.01,))
        assert refused(lambda: fetched(url, tmp_path / "part", patience)) == "cannot-reach"
    assert not (tmp_path / "part").exists()


def test_a_name_that_nobody_resolves_is_left_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: never.wait(LONG))
    assert (
        held(lambda: refused(lambda: pull("https://hall.example/", tmp_path, SECRET.public, patience=impatient())))
        == "too-slow"
    )
    never.set()
