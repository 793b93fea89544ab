"""Servers that give a byte now and then for as long as one stays: whoever asks them has gone in time.

The rule: each would go on for a minute, each silence is far shorter than what is allowed, a deadline is under a second. What
is asked is whether it was held, not how fast anything is.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from haitang.checks.links.probe import Answer, Prober
from haitang.core.http_client import Deadline
from haitang.kiosk.release.download import pull
from haitang.kiosk.release.manifest import Refused
from haitang.kiosk.release.transfer import Patience
from tests.kiosk.broken_zips import SECRET

Result = TypeVar("Result")
SECONDS = 0.6
LONG = 60.0
HELD = 8.0  # and machines may have much else to do
HEAD = b"HTTP/1.1 200 OK\r\n"
# What a server has said before it begins to give byte after byte of the rest.
SAYS: dict[str, tuple[bytes, bytes]] = {
    "status": (b"", b"HTTP/1.1 " + b"2" * 4_000),
    "headers": (HEAD, b"X-A: " + b"a" * 4_000),
    "many headers": (HEAD, b"X: y\r\n" * 1_000),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 200),
    "body": (HEAD + b"Content-Length: 4000\r\n\r\n", b"x" * 4_000),
    "body until the end": (HEAD + b"Connection: close\r\n\r\n", b"x" * 4_000),
    "chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 1_000),
    "size of a chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 4_000),
    "silence": (b"", b""),
}
TLS = bytes.fromhex("1603033fff") + bytes([2, 0, 0x3F, 0xF0]) + b"\3\3" + b"x" * 4_000  # a ServerHello without end


@contextmanager
def dripping(before: bytes, rest: bytes) -> Iterator[int]:
    """A server's port; to each who asks it says what it says at once, and of the rest a byte every thirtieth of a second."""
    stop = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(1 << 16)
                connection.sendall(before)
                for byte in rest:
                    if stop.wait(0.03):
                        return
                    connection.sendall(bytes([byte]))
                stop.wait(LONG)
            except OSError:
                pass  # they have gone

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        stop.set()
        listening.shutdown(socket.SHUT_RDWR)


def held(act: Callable[[], Result]) -> Result:
    started = time.monotonic()
    result = act()
    assert SECONDS * 0.9 <= time.monotonic() - started < HELD
    return result


def pulled(url: str, dest: Path) -> None:
    patience = Patience(connect=LONG, read=LONG, pauses=(0.1,) * 1_000, whole=SECONDS)
    with pytest.raises(Refused) as caught:
        pull(url, dest, SECRET.public, patience=patience)
    assert caught.value.code == "too-slow"


@pytest.mark.parametrize("phase", SAYS)
def test_a_pull_is_over_in_time(phase: str, tmp_path: Path) -> None:
    with dripping(*SAYS[phase]) as port:
        held(lambda: pulled(f"http://127.0.0.1:{port}/hall/", tmp_path / "dest"))


def test_a_pull_is_over_in_time_in_the_handshake(tmp_path: Path) -> None:
    with dripping(b"", TLS) as port:
        held(lambda: pulled(f"https://127.0.0.1:{port}/hall/", tmp_path / "dest"))


def test_a_pull_is_over_in_time_whatever_it_waits_for_in_between(tmp_path: Path) -> None:
    """Errors and pauses: a server that is always busy."""
    with dripping(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", b"") as port:
        held(lambda: pulled(f"http://127.0.0.1:{port}/hall/", tmp_path / "dest"))


@pytest.mark.parametrize("size", [b"-5", b"+5", b"0x5", b"5;a=", b"", b"\xef\xbc\x95", b"9" * 5_000])
def test_a_chunk_of_an_odd_size_ends_nothing_but_the_try(size: bytes, tmp_path: Path) -> None:
    answer = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + size + b"\r\nhello\r\n0\r\n\r\n"
    patience = Patience(1, 0.2, (0.01,), SECONDS)
    with dripping(answer, b"") as port, pytest.raises(Refused):
        pull(f"http://127.0.0.1:{port}/hall/", tmp_path / "dest", SECRET.public, patience=patience)


@pytest.mark.parametrize("phase", [phase for phase in SAYS if not phase.startswith(("body", "chunks", "size"))])
def test_a_question_is_over_in_time(phase: str) -> None:
    """Of the body nothing is waited for."""
    with dripping(*SAYS[phase]) as port:
        held(lambda: asked(f"http://a.example:{port}/"))


def test_a_question_is_over_in_time_in_the_handshake() -> None:
    """It is no bad certificate: nobody has seen one."""
    with dripping(b"", TLS) as port:
        held(lambda: asked(f"https://a.example:{port}/"))


def test_a_question_is_over_in_time_where_a_name_is_never_resolved() -> None:
    never = threading.Event()
    prober = Prober(0, LONG, LONG, SECONDS, resolve=lambda host, port: [] if never.wait(LONG) else ["127.0.0.1"])
    assert held(lambda: prober.ask("http://a.example/")) == Answer("unresolved")
    never.set()


def test_all_the_questions_an_address_leads_to_share_the_time() -> None:
    """Each hop is in time, and sends on to another, five times."""
    with dripping(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /", b"aaaaaaaaaa\r\n\r\n") as port:
        prober = Prober(0, LONG, LONG, LONG, SECONDS, resolve=lambda host, port: ["127.0.0.1"], is_public=lambda address: True)
        assert held(lambda: prober.ask(f"http://a.example:{port}/")) == Answer("timeout")


def test_a_deadline_moves_on_with_what_is_allowed_and_never_beyond_its_end() -> None:
    here, there = socket.socketpair()
    with here, there, Deadline(1.5) as deadline:
        deadline.allow(0.1)
        deadline.allow(LONG)
        assert 0 < deadline.left <= 1.5
        deadline.hold(here)
        time.sleep(0.3)
        there.sendall(b"x")
        assert here.recv(1) == b"x"
        deadline.allow(0.1)
        assert here.recv(1) == b""
        assert not deadline.left


def test_a_deadline_that_has_come_cuts_what_is_held_after_more_was_allowed() -> None:
    first, second = socket.socketpair(), socket.socketpair()
    with first[0], first[1], second[0], second[1], Deadline(LONG) as deadline:
        for here, _ in (first, second):
            deadline.allow(LONG)
            deadline.hold(here)
            deadline.allow(0.1)
            assert here.recv(1) == b""


def asked(url: str) -> None:
    prober = Prober(0, LONG, LONG, SECONDS, resolve=lambda host, port: ["127.0.0.1"], is_public=lambda address: True)
    assert prober.ask(url) == Answer("timeout")


def test_all_addresses_of_a_host_share_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each could be waited for; a hundred of them could not."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.socket() as first, socket.socket() as second:
        for waiting in (first, second):  # nobody takes them in: there is no room for another
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", full.getsockname())]
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda host, *rest, **more: found * 100 if host == "localhost" else real(host, *rest, **more)
        )
        patience = Patience(connect=SECONDS / 2, read=LONG, pauses=(), whole=SECONDS)
        started = time.monotonic()
        with pytest.raises(Refused) as caught:
            pull(f"http://localhost:{full.getsockname()[1]}/hall/", tmp_path / "dest", SECRET.public, patience=patience)
        assert caught.value.code == "too-slow"
        assert time.monotonic() - started < HELD


def test_what_is_held_too_late_is_cut_at_once() -> None:
    here, there = socket.socketpair()
    with here, there, Deadline(0) as deadline:
        deadline.hold(here)
        assert here.recv(1) == b""


def test_what_ends_in_time_is_left_alone() -> None:
    here, there = socket.socketpair()
    with here, there:
        with Deadline(0.2) as deadline:
            deadline.hold(here)
        time.sleep(0.3)
        there.sendall(b"x")
        assert here.recv(1) == b"x"
