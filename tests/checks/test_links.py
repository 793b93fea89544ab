"""Addresses in the data: what they answer, what is never asked, what is kept; with a server of this machine for the web."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from haitang.checks.links.probe import AGENT, Answer, Kind, Prober, is_public
from haitang.checks.links.report import DAY, Link, check, links, problems
from haitang.cli import main
from haitang.cli.commands import links as command
from haitang.core.problems import Place
from tests.conftest import readable
from tests.data.history_world import begin, write

LOCAL = "127.0.0.1"


@dataclass
class Web:
    """A server that answers as its paths say, and remembers what it was asked."""

    port: int = 0
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    moments: list[float] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str, host: str = "a.example") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def web() -> Iterator[Web]:
    state, lock = Web(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            with lock:
                state.at_once += 1
                state.most_at_once = max(state.most_at_once, state.at_once)
                state.asked.append((self.command, self.headers["Host"], self.path))
                state.agents.add(self.headers["User-Agent"])
                state.moments.append(time.monotonic())
            words = self.path.split("/")[1:]
            status = int(words[0])
            if words[1:2] == ["only-get"] and self.command == "GET":
                status = 206
            self.send_response(status)
            if words[1:2] == ["to"]:
                self.send_header("Location", "/".join(words[2:]))
            if words[1:2] == ["wait"]:
                self.send_header("Retry-After", words[2])
            self.send_header("Content-Length", "0")
            self.end_headers()
            with lock:
                state.at_once -= 1

        do_GET = do_HEAD

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer((LOCAL, 0), Handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()


def here(host: str, port: int) -> list[str]:
    if host == "nowhere.example":
        raise socket.gaierror
    return {"inside.example": ["10.0.0.1"], "mixed.example": [LOCAL, "10.0.0.1"]}.get(host, [LOCAL])


def prober(pause: float = 0.0, read: float = 5.0) -> Prober:
    return Prober(pause=pause, connect=5.0, read=read, resolve=here, is_public=lambda address: address == LOCAL)


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [
        ("/200", "ok", 200), ("/204", "ok", 204), ("/404", "dead", 404), ("/410", "dead", 410), ("/403", "refused", 403),
        ("/429", "later", 429), ("/503", "later", 503), ("/500", "server", 500), ("/499", "refused", 499),
        ("/405/only-get", "ok", 206),
        ("/404/only-get", "ok", 206), ("/301/to//200", "ok", 200), ("/302/to//404", "dead", 404),
        ("/301/to//301/to//200", "ok", 200),
        ("/301/to/ftp:", "not-web", 0), ("/301/to/http://nowhere.example", "unresolved", 0), ("/301", "ok", 301),
    ],
)  # fmt: skip
def test_what_an_address_answers(web: Web, path: str, kind: str, status: int) -> None:
    answer = prober().ask(web.url(path))
    assert (answer.kind, answer.status) == (kind, status)


def test_a_busy_host_is_not_asked_a_second_way(web: Web) -> None:
    assert prober().ask(web.url("/429/wait/7200")).wait == 7200
    assert prober().ask(web.url("/503/wait/Wed, 21 Oct 2015 07:28:00 GMT")).wait == 3600
    assert prober().ask(web.url("/503/wait/99999999999")).wait == 7 * DAY
    assert [asked[0] for asked in web.asked] == ["HEAD"] * 3


def test_redirects_without_end_are_given_up(web: Web) -> None:
    path = "/200"
    for _ in range(7):
        path = f"/301/to/{path}"
    assert prober().ask(web.url(path)).kind == "redirects"
    assert len(web.asked) == 6


@pytest.mark.parametrize("path", ["http://inside.example", "http://mixed.example", "http://10.0.0.1"])
def test_a_redirect_to_the_inside_is_not_followed(web: Web, path: str) -> None:
    there = here if "10.0" not in path else (lambda host, port: [host if host[0] == "1" else LOCAL])
    asking = Prober(pause=0, resolve=there, is_public=lambda address: address == LOCAL)
    assert asking.ask(web.url(f"/302/to/{path}")).kind == "private"
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "http://user:secret@a.example/", "http://", "http://a.example:99999/",
        "http://[::1", "javascript:alert(1)", "http://a b/", "http://a.example:0/", "http://%0d%0a/", "gopher://a.example/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_not_asked(url: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    assert Prober(resolve=never).ask(url).kind == "not-web"


def test_only_public_addresses_are_public() -> None:
    inside = (
        "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 198.18.0.1 "
        "192.0.2.1 :: ::1 fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 "
        "2002:7f00:1:: 2001:db8::1 240.0.0.1 nonsense"
    ).split()
    assert [address for address in inside if is_public(address)] == []
    outside = ["1.1.1.1", "202.96.128.86", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]
    assert [address for address in outside if is_public(address)] == outside


def test_the_usual_way_asks_nobody_on_this_machine(web: Web) -> None:
    for host in (LOCAL, "localhost", "[::1]", "2130706433", "0x7f.1", "0"):
        assert Prober(pause=0).ask(web.url("/200", host)).kind in ("private", "unresolved", "not-web"), host
    assert web.asked == []


def test_the_connection_goes_to_the_address_that_was_looked_at(web: Web) -> None:
    """A name that is public when looked at, and something else when asked for again."""
    answers = iter([[LOCAL], ["10.0.0.1"]])
    asking = Prober(pause=0, resolve=lambda host, port: next(answers), is_public=lambda address: address == LOCAL)
    assert asking.ask(web.url("/200")).kind == "ok"
    assert web.asked == [("HEAD", f"a.example:{web.port}", "/200")]
    assert web.agents == {AGENT}


def test_nobody_is_kept_waiting_for_ever_and_no_certificate_no_trust() -> None:
    with socket.create_server((LOCAL, 0)) as silent:
        port = silent.getsockname()[1]
        assert prober(read=0.1).ask(f"http://a.example:{port}/").kind == "timeout"
    assert prober().ask(f"http://a.example:{port}/").kind == "unreachable"


def test_plain_http_on_a_secure_port_is_not_trusted(web: Web) -> None:
    assert prober().ask(web.url("/200").replace("http:", "https:")).kind == "certificate"


@pytest.fixture
def secure(tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A port that speaks TLS as a.example; this machine trusts its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a.example")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("a.example")]), critical=False)
    certificate, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    certificate.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer((LOCAL, 0), Handler)
    server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield int(server.server_address[1])
    server.shutdown()
    server.server_close()


def test_a_certificate_must_be_the_hosts_own(secure: int) -> None:
    assert prober().ask(f"https://a.example:{secure}/").kind == "ok"
    assert prober().ask(f"https://b.example:{secure}/").kind == "certificate"


def test_a_certificate_nobody_trusts(secure: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert prober().ask(f"https://a.example:{secure}/").kind == "certificate"


def test_chinese_in_an_address(web: Web) -> None:
    assert prober().ask(web.url("/200/名录?区=陆家 镇#第一", "禾城.example")).kind == "ok"
    ((_, host, path),) = web.asked
    assert host == f"xn--uisr30f.example:{web.port}"
    assert path == "/200/%E5%90%8D%E5%BD%95?%E5%8C%BA=%E9%99%86%E5%AE%B6%20%E9%95%87"


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(web: Web) -> None:
    asking = prober(pause=0.05)
    threads = [threading.Thread(target=asking.ask, args=(web.url(f"/200/{number}"),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert web.most_at_once == 1
    gaps = [later - earlier for earlier, later in zip(web.moments, web.moments[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) > 0.04


# What is asked, and what is kept.


def test_answers_are_kept_for_days_and_failures_shorter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "links.json"
    urls = ["http://a/1", "http://b/2", "http://c/3"]
    asked: list[str] = []

    def ask(url: str) -> Answer:
        asked.append(url)
        return {"1": Answer("ok", 200), "2": Answer("dead", 404), "3": Answer("later", 429, 3 * DAY)}[url[-1]]

    now = time.time()
    for days, expected in ((0, urls), (0.9, []), (1.1, urls[1:2]), (4, urls[1:]), (8, urls), (-30, urls)):
        asked.clear()
        monkeypatch.setattr("haitang.checks.links.report.time.time", lambda days=days: now + days * DAY)
        checked = check(urls, ask, kept, 100, 60)
        assert sorted(asked) == expected, days
        assert {url: answer.kind for url, answer in checked.answers.items()} == dict(
            zip(urls, ("ok", "dead", "later"), strict=True)
        )


def test_what_lies_there_may_be_anything(tmp_path: Path) -> None:
    kept = tmp_path / "links.json"
    for text in (
        "",
        "[]",
        "{",
        '{"http://a/": 1}',
        '{"http://a/": ["ok"]}',
        '{"http://a/": ["nonsense", 1, 2, 3]}',
        "[" * 100_000,
    ):
        kept.write_text(text, encoding="utf-8")
        assert check(["http://a/"], lambda url: Answer("ok", 200), kept, 9, 60).asked == 1
    assert set(json.loads(kept.read_text("utf-8"))) == {"http://a/"}


def test_a_part_at_a_time_begins_with_what_is_longest_unknown(tmp_path: Path) -> None:
    urls = [f"http://h{number}/" for number in range(5)]
    seen: list[str] = []

    def ask(url: str) -> Answer:
        seen.append(url)
        return Answer("ok", 200)

    first = check(urls, ask, tmp_path / "kept", 3, 60)
    assert (first.asked, first.left, len(first.answers)) == (3, 2, 3)
    second = check(urls, ask, tmp_path / "kept", 3, 60)
    assert (second.asked, second.left, len(second.answers)) == (2, 0, 5)
    assert sorted(seen) == urls


def test_a_busy_host_is_left_alone(tmp_path: Path) -> None:
    urls = [f"http://busy/{number}" for number in range(5)] + ["http://other/"]
    seen: list[str] = []

    def ask(url: str) -> Answer:
        seen.append(url)
        return Answer("later", 429) if "busy" in url else Answer("ok", 200)

    checked = check(urls, ask, tmp_path / "kept", 100, 60)
    assert sorted(seen) == ["http://busy/0", "http://other/"]
    assert checked.left == 4


def test_the_time_for_everything_is_kept_though_a_host_never_answers(tmp_path: Path) -> None:
    held = threading.Event()

    def ask(url: str) -> Answer:
        if "slow" in url:
            held.wait(30)
        return Answer("ok", 200)

    checked = check(["http://slow/", "http://quick/"], ask, tmp_path / "kept", 100, 0.3)
    held.set()
    assert set(checked.answers) == {"http://quick/"}
    assert checked.left == 1


def test_not_more_hosts_at_once_than_said(tmp_path: Path) -> None:
    lock, now, most = threading.Lock(), 0, 0
    together = threading.Barrier(6, timeout=20)

    def ask(url: str) -> Answer:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        together.wait()
        with lock:
            now -= 1
        return Answer("ok", 200)

    assert check([f"http://h{number}/" for number in range(12)], ask, tmp_path / "kept", 100, 60).asked == 12
    assert most == 6


@pytest.mark.parametrize(
    ("kind", "hosts", "offline"),
    [
        ("unresolved", 1, True), ("unreachable", 1, False), ("timeout", 1, False), ("unreachable", 2, True),
        ("timeout", 2, True),
        ("refused", 2, False), ("server", 2, False),
    ],
)  # fmt: skip
def test_one_host_that_does_not_answer_is_its_own_fault(tmp_path: Path, kind: Kind, hosts: int, offline: bool) -> None:
    """Several at once are more likely this machine's; then nothing is kept of it."""
    told = check([f"http://h{at}/" for at in range(hosts)], lambda url: Answer(kind, 0), tmp_path / "kept", 100, 60)
    assert (told.offline, told.opened) == (offline, 0)


# The command.


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = begin(tmp_path / "data")
    write(root, "a")
    path = root / "positions/hecheng/a.yml"
    path.write_text(
        path.read_text("utf-8") + "    url: http://a.example/1\n  - title: 另一条\n    url: http://b.example/2\n", "utf-8"
    )
    settings = root / "directory.yml"
    settings.write_text(settings.read_text("utf-8") + "map:\n  tiles:\n    url: https://t.example/{z}/{x}/{y}.png\n", "utf-8")
    return root


def test_addresses_are_found_with_their_lines(root: Path) -> None:
    assert links(root) == [
        Link("http://a.example/1", Place("positions/hecheng/a.yml", 6, 10)),
        Link("http://b.example/2", Place("positions/hecheng/a.yml", 8, 10)),
    ]


def test_addresses_of_either_protocol_of_the_web_are_found_and_no_others(root: Path) -> None:
    path = root / "positions/hecheng/a.yml"
    text = path.read_text("utf-8").replace("http://a.example/1", "https://a.example/1")
    path.write_text(text.replace("http://b.example/2", "ftp://b.example/2"), "utf-8")
    assert [link.url for link in links(root)] == ["https://a.example/1"]


def test_every_answer_has_a_readable_problem() -> None:
    kinds = (
        "dead",
        "private",
        "refused",
        "later",
        "timeout",
        "certificate",
        "server",
        "unreachable",
        "unresolved",
        "redirects",
    )
    url = "http://a.example/"
    for kind in (*kinds, "not-web"):
        (problem,) = problems([Link(url, Place("positions/a/b.yml", 3, 4))], {url: Answer(kind, 404)})  # type: ignore[arg-type]
        said = readable(problem, known=url)
        assert said.startswith("positions/a/b.yml:3:4: ")
        assert problem.level == ("warning" if kind in ("dead", "private") else "hint")
        assert ("说不准" in said) == (problem.level == "hint")
    assert problems([Link(url, Place("x"))], {url: Answer("ok", 200)}) == ()


def run(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: dict[str, Answer], *arguments: str) -> int:
    class Told(Prober):
        def ask(self, url: str) -> Answer:
            return answers[url]

    monkeypatch.setattr(command, "Prober", Told)
    monkeypatch.setattr(command, "KEPT", str(tmp_path / "kept" / "links.json"))
    return main.main(["links", "--root", str(root), *arguments])


def test_command(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {"http://a.example/1": Answer("dead", 404), "http://b.example/2": Answer("timeout")}
    assert run(root, tmp_path, monkeypatch, answers) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("positions/hecheng/a.yml:6:10: 提醒：这个网址已经打不开了（404）：http://a.example/1。")
    assert lines[1].startswith("positions/hecheng/a.yml:8:10: 提示：说不准：")
    assert lines[-1] == "知道结果的网址 2 个，打得开的 0 个；这次新查了 2 个，其余是前几天查过的。"
    assert run(root, tmp_path, monkeypatch, {}, "--strict") == 1
    assert "这次新查了 0 个" in capsys.readouterr().out


def test_hints_do_not_fail_even_strictly(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"http://a.example/1": Answer("ok", 200), "http://b.example/2": Answer("refused", 403)}
    assert run(root, tmp_path, monkeypatch, answers, "--strict") == 0


def test_without_a_network_it_says_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = dict.fromkeys(("http://a.example/1", "http://b.example/2"), Answer("unresolved"))
    assert run(root, tmp_path, monkeypatch, answers, "--strict") == 0
    assert "没有网络" in capsys.readouterr().out
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("argument", ["--timeout=0", "--max=-1"])
def test_numbers_that_make_no_sense(root: Path, argument: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["links", "--root", str(root), argument]) == 2
    assert "大于 0" in capsys.readouterr().err


def test_no_addresses(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "positions/hecheng/a.yml").unlink()
    assert main.main(["links", "--root", str(root)]) == 0
    assert "没有网址" in capsys.readouterr().out
