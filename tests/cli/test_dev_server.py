"""`serve`: what it notices, and what it answers to whom. What the browser then sees is in tests/e2e/site/test_serve.py."""

import ctypes
import errno
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from watchdog.observers import inotify_c

from haitang.cli import dev_server, file_watcher
from haitang.cli.dev_server import Posts, Server
from haitang.cli.file_watcher import Watcher


def test_what_nobody_told_of_is_shown_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was edited between the first build and the first watch, and what the system forgot to tell, is found by looking."""
    monkeypatch.setattr(dev_server, "LOOK_SECONDS", 0.05)
    written, shown = [1], [0]

    def rebuild() -> tuple[str, ...]:
        shown[0] = written[0]
        return ()

    running = Server(tmp_path, rebuild, "", 0)
    threading.Thread(target=running.run, args=({}, lambda: None, lambda: shown != written), daemon=True).start()
    for _ in range(3):
        assert waited(lambda: shown == written)
        written[0] += 1
    running._http.shutdown()


PAGE = b"<html><body>one page</body></html>"


def waited(done: Callable[[], bool]) -> bool:
    """Whether it came to pass within ten seconds."""
    until = time.monotonic() + 10
    while not done() and time.monotonic() < until:
        time.sleep(0.02)
    return done()


class Noticed:
    """A watcher of `root`'s own files and of all below `root/routes` and `root/positions`, and what it said."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.changes = self.fallbacks = 0
        folders = {root: False, root / "routes": True, root / "positions": True}
        self.watcher = Watcher(folders, self._changed, self._polling)
        self.watcher.start()

    def _changed(self) -> None:
        self.changes += 1

    def _polling(self) -> None:
        self.fallbacks += 1

    def sees(self, change: Callable[[], object]) -> bool:
        """Whether a change is noticed, counted from when the ones before have settled."""
        before = -1
        while before != self.changes:
            before = self.changes
            time.sleep(0.15)
        change()
        return waited(lambda: self.changes > before)


@pytest.fixture
def noticed(tmp_path: Path) -> Iterator[Noticed]:
    (tmp_path / "positions/lujia").mkdir(parents=True)
    running = Noticed(tmp_path)
    yield running
    running.watcher.stop()


def write(path: Path) -> Callable[[], object]:
    return lambda: path.write_text("id: x\n", "utf-8")


def test_a_folder_that_comes_later_is_watched_too(noticed: Noticed) -> None:
    """The first route and the first photo bring their folders with them; another branch takes them away, and back they come."""
    routes = noticed.root / "routes"
    assert noticed.sees(routes.mkdir)
    assert noticed.sees(write(routes / "lu.yml"))
    assert noticed.sees(lambda: shutil.rmtree(routes))
    assert noticed.sees(routes.mkdir)
    assert noticed.sees(write(routes / "lu.yml"))
    assert noticed.sees(lambda: routes.rename(noticed.root / "away"))
    assert noticed.sees(lambda: (noticed.root / "away").rename(routes))
    assert noticed.sees(write(routes / "lu.yml"))
    assert noticed.fallbacks == 0


def test_a_folder_of_entries_that_moves_is_a_change(noticed: Noticed, tmp_path: Path) -> None:
    lujia = noticed.root / "positions/lujia"
    assert noticed.sees(write(lujia / "x.yml"))
    assert noticed.sees(lambda: lujia.rename(noticed.root / "positions/huaqiao"))
    assert noticed.sees(lambda: shutil.move(noticed.root / "positions/huaqiao", tmp_path / "elsewhere"))


def test_what_a_program_leaves_is_no_change(noticed: Noticed) -> None:
    lujia = noticed.root / "positions/lujia"
    write(lujia / "~$x.xlsx")()
    write(lujia / ".x.yml.swp")()
    time.sleep(0.3)
    assert noticed.changes == 0
    (lujia / "x.yml.tmp").write_text("id: x\n", "utf-8")
    assert noticed.sees(lambda: (lujia / "x.yml.tmp").rename(lujia / "x.yml"))  # as programs save that save with care


@pytest.mark.parametrize("left", [0, 1, 3], ids=["not one", "only the root's own", "those of the start"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE])
def test_without_watches_to_be_had_it_looks_instead_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int, number: int, capfd: pytest.CaptureFixture[str]
) -> None:
    real = inotify_c.inotify_add_watch
    given: list[bytes] = []

    def few(instance: int, path: bytes, mask: int) -> int:
        """The kernel's call, when other programs have left us so many."""
        if len(given) >= left:
            ctypes.set_errno(number)
            return -1
        given.append(path)
        return real(instance, path, mask)

    monkeypatch.setattr(file_watcher, "EVERY_SECONDS", 0.1)
    monkeypatch.setattr(inotify_c, "inotify_add_watch", few)
    (tmp_path / "positions/lujia").mkdir(parents=True)
    noticed = Noticed(tmp_path)
    (tmp_path / "positions/huaqiao").mkdir()
    assert waited(lambda: noticed.fallbacks == 1)
    assert noticed.sees(write(tmp_path / "positions/lujia/x.yml"))
    assert noticed.sees(write(tmp_path / "positions/huaqiao/y.yml"))
    assert noticed.sees((tmp_path / "routes").mkdir)
    assert noticed.sees(write(tmp_path / "routes/lu.yml"))
    noticed.watcher.stop()
    assert noticed.fallbacks == 1
    assert capfd.readouterr().err == ""


def test_without_an_instance_to_be_had_it_looks_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> int:
        ctypes.set_errno(errno.EMFILE)
        return -1

    monkeypatch.setattr(file_watcher, "EVERY_SECONDS", 0.1)
    monkeypatch.setattr(inotify_c, "inotify_init", none)
    noticed = Noticed(tmp_path)
    assert waited(lambda: noticed.fallbacks == 1)
    assert noticed.sees(write(tmp_path / "directory.yml"))
    noticed.watcher.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    site = tmp_path_factory.mktemp("site")
    for name, content in {
        "index.html": PAGE,
        "a/index.html": PAGE,
        "assets/x.css": b"a{}",
        "sw.js": b"1",
        "带.txt": b"x",
    }.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(content)
    running = Server(site, tuple, "", 0, Posts({"/__admin/api": lambda body: (200, body)}, 100, "key", b"{}"))
    threading.Thread(target=running.run, args=({},), daemon=True).start()
    yield running
    running._http.shutdown()


def ask(server: Server, method: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(
        method, path, b"{}" if method == "POST" else None, {name.replace("_", "-"): to for name, to in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


PATHS = (
    "/", "/index.html", "/a", "/a/", "/assets/x.css", "/sw.js", "/%E5%B8%A6.txt", "/none.html", "/__serve/script.js", "/../x",
    "/__serve/wait?0.0", "/__serve/none", "/__admin/api", "/%00", "//[x", "/?q=1",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_the_body(server: Server, path: str) -> None:
    server.tell(())  # whoever waits for news has some
    got, body = ask(server, "GET", path.replace("0.0", ""))
    head, nothing = ask(server, "HEAD", path)
    assert head.status == got.status
    assert nothing == b""
    told = [{name: value for name, value in answer.getheaders() if name != "Date"} for answer in (head, got)]
    assert told[0] == told[1]
    assert int(told[0]["Content-Length"]) == len(body) > 0


def test_head_waits_for_nothing(server: Server) -> None:
    started = time.monotonic()
    ask(server, "HEAD", f"/__serve/wait?{server._state.key}")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize(
    ("path", "allowed"), [("/index.html", "GET, HEAD"), ("/__serve/wait", "GET, HEAD"), ("/__admin/api", "POST")]
)
def test_other_methods_are_told_what_may_be_asked(server: Server, method: str, path: str, allowed: str) -> None:
    answer, _ = ask(server, method, path)
    assert (answer.status, answer.getheader("Allow")) == (405, allowed)


def test_each_address_takes_its_own_methods(server: Server) -> None:
    told = {"Origin": f"http://127.0.0.1:{server.port}", "Content_Type": "application/json", "X_Haitang_Key": "key"}
    answer, _ = ask(server, "POST", "/index.html", **told)
    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")
    answer, _ = ask(server, "GET", "/__admin/api")
    assert (answer.status, answer.getheader("Allow")) == (405, "POST")
    assert ask(server, "POST", "/__admin/api", **told)[1] == b"{}"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "", "0.0.0.0:{port}"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT"])
def test_under_another_name_it_says_nothing(server: Server, method: str, host: str) -> None:
    """A page can let its own host's name lead to this machine: what it reads then would be as its own."""
    answer, body = ask(server, method, "/index.html", Host=host.format(port=server.port))
    assert answer.status == 421
    assert b"one page" not in body


def test_the_port_of_the_protocol_need_not_be_said() -> None:
    assert {"localhost", "127.0.0.1:80"} <= dev_server._authorities(80)
    assert dev_server._authorities(8000) == {"localhost:8000", "127.0.0.1:8000"}


def test_through_a_forwarded_port_it_is_read(server: Server) -> None:
    for host in ("localhost:9000", "127.0.0.1", "localhost"):
        assert ask(server, "GET", "/index.html", Host=host)[0].status == 200


@pytest.mark.parametrize(
    "path", ["/data/files.js", "/en/data/positions.geojson", "/embed.html", "/en/embed.html", "/assets/x.css"]
)
def test_only_pages_of_this_machine_show_and_read_what_is_not_out_yet(server: Server, path: str) -> None:
    """Of a published site anybody may: deploy/headers.tsv."""
    for origin, is_near in {
        "http://localhost:9000": True,
        "http://127.0.0.1": True,
        "https://evil.example": False,
        "http://evil.example:8000": False,
        "http://127.0.0.1.evil.example": False,
        "null": False,  # a frame in a sandbox, on any site
    }.items():
        answer, _ = ask(server, "GET", path, Origin=origin)
        reads = is_near and "/data/" in path
        assert answer.getheader("Access-Control-Allow-Origin") == (origin if reads else None)
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-site"
        assert answer.getheader("Access-Control-Allow-Credentials") is None
    framed = answer.getheader("Content-Security-Policy", "").removeprefix("frame-ancestors ")
    assert framed == ("http://127.0.0.1:* http://localhost:*" if path.endswith("/embed.html") else "'self'")


@pytest.mark.parametrize("path", ["/index.html", "/data-x.html", "/data/embed.html"])
def test_no_other_page_is_framed_or_read_by_others(server: Server, path: str) -> None:
    answer, _ = ask(server, "GET", path, Origin="https://evil.example")
    assert answer.getheader("Content-Security-Policy") == "frame-ancestors 'self'"
    assert answer.getheader("Access-Control-Allow-Origin") is None
