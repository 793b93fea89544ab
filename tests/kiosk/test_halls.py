"""The hall keeper's guide and the files it hands out: all are named and there, and the watchdog on Linux does what it says."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest

from haitang.model.imprint import Hall

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "halls.md"
FILES = sorted(path for path in (ROOT / "deploy" / "kiosk").rglob("*") if path.is_file())
WATCHDOG = ROOT / "deploy" / "kiosk" / "linux" / "kiosk.sh"
# A browser that tells the titles of its pages. What is in the file `does` says how each start goes: it counts so often and then
# stands still ("stops"), says that something is wrong ("fails"), ends ("ends") or never counts ("shows").
_BROWSER = """#!/bin/sh
"exec" "{python}" "$0" "$@"
import http.server, json, os, pathlib, sys
folder = pathlib.Path({folder!r})
(folder / "pid").write_text(str(os.getpid()))
with (folder / "started").open("a") as started:
    print(json.dumps(sys.argv[1:]), file=started)
does, count = {does!r}, [0]
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        count[0] += 1
        if does == "ends" and count[0] > 3:
            os._exit(0)
        told = does != "fails" or count[0] <= 3
        shown = min(count[0], 3) if does != "counts" else count[0]
        title = "展厅" if does == "shows" and count[0] > 3 else f"展厅 [{{shown}}]"
        self.send_response(200 if told else 500)
        self.end_headers()
        pages = [{{"title": title, "type": "page"}}, {{"title": "x"}}]
        self.wfile.write(json.dumps(pages, indent=3, ensure_ascii=False).encode())
    def log_message(self, *args): pass
port = next(int(one.split("=")[1]) for one in sys.argv if one.startswith("--remote-debugging-port="))
http.server.HTTPServer(("127.0.0.1", port), Answer).serve_forever()
"""


def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def test_every_file_is_linked_and_every_link_leads_somewhere() -> None:
    links = set(re.findall(r"\]\(([^)#]+)\)", guide()))
    assert all((GUIDE.parent / link).resolve().is_file() for link in links), links
    linked = {(GUIDE.parent / link).resolve() for link in links}
    assert set(FILES) <= linked
    assert set((GUIDE.parent / "halls").iterdir()) <= linked


def test_links_within_lead_to_headings() -> None:
    headings = set(re.findall(r"^#+ (.+)$", guide(), re.MULTILINE))
    assert set(re.findall(r"\]\(#([^)]+)\)", guide())) <= headings


def test_both_readmes_lead_here() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        assert "](docs/halls.md)" in (ROOT / readme).read_text(encoding="utf-8")


def test_every_setting_of_a_hall_is_told() -> None:
    table = guide().split("| 字段 | 写什么 |\n", 1)[1].split("\n\n", 1)[0]
    assert set(Hall.model_fields) <= set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE))


def test_pictures_are_small_and_well_formed() -> None:
    for picture in (GUIDE.parent / "halls").iterdir():
        assert picture.stat().st_size <= 120_000
        if picture.suffix == ".svg":
            ElementTree.parse(picture)
            assert "<title" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_files_are_plain(file: Path) -> None:
    """ASCII, which no Windows reads wrongly, and our line ends, which PowerShell takes."""
    content = file.read_bytes()
    content.decode("ascii")
    ends = {line.endswith(b"\r\n") for line in content.splitlines(keepends=True)}
    assert ends == {False}


def test_flags_in_the_guide_are_those_in_the_files() -> None:
    handed_out = "".join(path.read_text("ascii") for path in FILES)
    told = guide().split("`kiosk.ps1` 用这样一句打开浏览器", 1)[1].split("\n```\n", 1)[0]
    for flag in re.findall(r"--[a-z-]+(?:=\w+)?", told):
        assert flag in handed_out
    for flag in set(re.findall(r"^ .*?(--[a-z-]+)", WATCHDOG.read_text("ascii"), re.MULTILINE)) - {"--silent"}:
        assert flag in guide() or flag == "--user-data-dir", flag


def test_the_unit_never_gives_up() -> None:
    unit = (ROOT / "deploy" / "kiosk" / "linux" / "haitang-kiosk.service").read_text("ascii").splitlines()
    assert {"Restart=always", "StartLimitIntervalSec=0", "User=kiosk", "NotifyAccess=all", "WatchdogSec=120"} <= set(unit)


def test_the_watchdog_is_a_plain_script() -> None:
    assert subprocess.run(["sh", "-n", WATCHDOG], check=False).returncode == 0
    assert os.access(WATCHDOG, os.X_OK)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder for the false programs; whatever the test leaves running there is ended."""
    notify = tmp_path / "systemd-notify"
    notify.write_text(f'#!/bin/sh\necho "$@" >>"{tmp_path}/told"\n', encoding="utf-8")
    notify.chmod(0o755)
    yield tmp_path
    if alive(tmp_path):
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)


@contextmanager
def watched(
    place: Path, does: str, quiet: int = 600, status: Path | None = None, folder: Path | None = None
) -> Iterator[Callable[[], str]]:
    """kiosk.sh with a browser that does so; gives what the log says so far."""
    browser = place / "browser"
    browser.write_text(_BROWSER.format(python=sys.executable, folder=str(place), does=does), encoding="utf-8")
    browser.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "HAITANG_BROWSER": str(browser), "HAITANG_PORT": str(port), "HAITANG_EVERY": "0.2", "HAITANG_PATIENCE": "3",
        "HAITANG_STARTUP": "60", "HAITANG_QUIET": str(quiet), "HAITANG_LOG": str(place / "log"),
        "HAITANG_PAGE": "file:///a/b.html", "HOME": str(place), "NOTIFY_SOCKET": "/nowhere",
        "HAITANG_STATUS": str(status or ""), "HAITANG_FOLDER": str(folder or place),
        "PATH": f"{place}:{os.environ['PATH']}",
    }  # fmt: skip
    script = subprocess.Popen(["sh", str(WATCHDOG)], env=settings, stderr=subprocess.DEVNULL)
    try:
        yield lambda: (place / "log").read_text("utf-8") if (place / "log").exists() else ""
        assert script.poll() is None, "it never gives up"
    finally:
        script.send_signal(signal.SIGTERM)
        script.wait()
    assert not alive(place), "who stops the screen stops the browser"


def started(place: Path) -> list[list[str]]:
    return [json.loads(line) for line in (place / "started").read_text("utf-8").splitlines()]


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


def alive(place: Path) -> bool:
    try:
        os.kill(int((place / "pid").read_text()), 0)
    except (OSError, ValueError):
        return False
    return True


def test_a_page_that_counts_is_left_alone(place: Path) -> None:
    with watched(place, "counts") as log:
        assert within(60, lambda: (place / "told").exists() and len((place / "told").read_text().splitlines()) >= 10)
        assert log() == ""
        assert len(started(place)) == 1
    arguments = started(place)[0]
    assert arguments[0] == "--kiosk" and arguments[-1] == "file:///a/b.html"


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("stops", "the page has stopped"),
        ("fails", "the browser does not answer"),
        ("ends", "the browser has ended"),
    ],
)
def test_what_is_dead_is_started_anew_and_the_third_time_goes_back(does: str, why: str, place: Path) -> None:
    with watched(place, does) as log:
        assert within(90, lambda: len(started(place)) >= 4 if (place / "started").exists() else False)
        said = log()
    assert [arguments[-1] for arguments in started(place)][:4] == ["file:///a/b.html"] * 3 + ["file:///a/b.html#previous"]
    lines = [re.sub(r"^[-0-9]{10} [:0-9]{8} ", "", line) for line in said.splitlines()]
    assert lines[:3] == [f"{why}: started anew "] * 2 + [f"{why}: started anew #previous"]


def test_a_page_that_does_not_count_may_stay_for_a_while(place: Path) -> None:
    """The text edition has no scripts and goes back by itself; what stays longer is no text edition."""
    with watched(place, "shows", quiet=3) as log:
        assert within(60, lambda: (place / "told").exists() and len((place / "told").read_text().splitlines()) >= 8)
        assert within(60, lambda: "the page has stopped" in log())


def test_both_systems_watch_alike() -> None:
    """What kiosk.ps1 does was never tried on Windows: it says and waits what kiosk.sh does, which was."""
    windows, linux = ((ROOT / "deploy/kiosk" / name).read_text("ascii") for name in ("windows/kiosk.ps1", "linux/kiosk.sh"))
    for name in ("every", "patience", "startup", "quiet"):
        here = re.search(rf"^{name}=\$\{{HAITANG_[A-Z]+:-(\d+)\}}", linux, re.MULTILINE)
        there = re.search(rf"^\${name} = (\d+)", windows, re.MULTILINE)
        assert here and there and here[1] == there[1]
    for sentence in ("the page has stopped", "the browser does not answer", "the browser has ended", "#previous"):
        assert sentence in windows and sentence in linux
    settings = {
        name: int(value) for name, value in re.findall(r"^(every|patience)=\$\{HAITANG_[A-Z]+:-(\d+)\}", linux, re.MULTILINE)
    }
    assert settings["every"] * (settings["patience"] + 1) <= 25, "it stands again within 30 seconds"
