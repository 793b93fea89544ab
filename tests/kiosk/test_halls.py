"""The hall keeper's guide and the files it hands out: all are named and there, and the watchdog on Linux does what it says."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from haitang.model.imprint import Hall

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "halls.md"
FILES = sorted(path for path in (ROOT / "deploy" / "kiosk").rglob("*") if path.is_file())
WATCHDOG = ROOT / "deploy" / "kiosk" / "linux" / "kiosk.sh"
# It answers so often, counting in a file, and from then on says that something is wrong.
_BROWSER = """#!/bin/sh
"exec" "{python}" "$0" "$@"
import http.server, os, pathlib, sys
pathlib.Path({folder!r}, "pid").write_text(str(os.getpid()))
pathlib.Path({folder!r}, "arguments").write_text("\\n".join(sys.argv[1:]))
if {answers} < 0:
    sys.exit()
left = {answers}
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        global left
        left -= 1
        self.send_response(200 if left >= 0 else 500)
        self.end_headers()
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
    """ASCII, which no Windows reads wrongly; a .cmd with the line ends that Windows wants, all others with ours."""
    content = file.read_bytes()
    content.decode("ascii")
    ends = {line.endswith(b"\r\n") for line in content.splitlines(keepends=True)}
    assert ends == {file.suffix == ".cmd"}


def test_flags_in_the_guide_are_those_in_the_files() -> None:
    handed_out = "".join(path.read_text("ascii") for path in FILES)
    told = guide().split("浏览器关了，五秒后它再开", 1)[1].split("\n```\n", 1)[0]
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


def start(place: Path, answers: int) -> "subprocess.Popen[str]":
    browser = place / "browser"
    browser.write_text(_BROWSER.format(python=sys.executable, folder=str(place), answers=answers), encoding="utf-8")
    browser.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "HAITANG_BROWSER": str(browser), "HAITANG_PORT": str(port), "HAITANG_EVERY": "0.2", "HAITANG_PATIENCE": "20",
        "HAITANG_PAGE": "file:///a/b.html", "HOME": str(place), "NOTIFY_SOCKET": "/nowhere",
        "PATH": f"{place}:{os.environ['PATH']}",
    }  # fmt: skip
    return subprocess.Popen(["sh", str(WATCHDOG)], env=settings, stderr=subprocess.PIPE, text=True)


def alive(place: Path) -> bool:
    try:
        os.kill(int((place / "pid").read_text()), 0)
    except (OSError, ValueError):
        return False
    return True


def test_a_browser_that_no_longer_answers_is_killed(place: Path) -> None:
    watchdog = start(place, answers=3)
    _, said = watchdog.communicate()
    assert watchdog.returncode == 1
    assert "does not answer" in said
    assert not alive(place)
    assert (place / "told").read_text().splitlines() == ["WATCHDOG=1"] * 3, "only while it answers"
    arguments = (place / "arguments").read_text().splitlines()
    assert arguments[0] == "--kiosk" and arguments[-1] == "file:///a/b.html"


def test_a_browser_that_has_ended_is_told(place: Path) -> None:
    watchdog = start(place, answers=-1)
    _, said = watchdog.communicate()
    assert watchdog.returncode == 1
    assert "has ended" in said


def test_when_it_is_stopped_the_browser_stops(place: Path) -> None:
    watchdog = start(place, answers=1_000_000)
    while not (place / "told").exists():
        assert watchdog.poll() is None
    watchdog.send_signal(signal.SIGTERM)
    watchdog.communicate()
    assert watchdog.returncode == 0
    assert not alive(place)
