"""The Linux install of docs/halls.md, word by word, on a copy of this machine that is gone afterwards.

The copy is a mount of its own above the machine's files; packages come from where the machine gets them. What it lacks is a
screen and a start of its own: Xvfb stands for the X server, and words that need the real machine are only written down.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from PIL import ImageColor, ImageGrab

from tests.e2e.kiosk.releases import COLOURS
from tests.e2e.kiosk.releases import kiosk as folder_of_a_kiosk
from tests.e2e.kiosk.test_linux_screen import COLOUR, PAGE, screen
from tests.kiosk.test_halls import ROOT, guide

pytestmark = pytest.mark.long  # tests/kiosk/test_install_script.py is its short form
COPY = """set -e
mount -t tmpfs none "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay none -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
mount --rbind /dev "$1/root/dev"
mount --rbind /proc "$1/root/proc"
mount -t tmpfs -o mode=1777 none "$1/root/tmp"
echo ready
exec sleep 3600
"""
ONLY_TOLD = ("su", "lsblk", "mount", "umount", "reboot", "timedatectl", "systemctl")
PATIENCE = 120  # seconds


class Machine:
    """The copy: `root` is where its files are seen from outside."""

    def __init__(self, process: int, top: Path) -> None:
        self.process, self.top, self.running = process, top, psutil.Process()
        self.root = Path(f"/proc/{process}/root{top}/root")

    def command(self, *words: str) -> list[str]:
        enter = ["nsenter", f"--mount=/proc/{self.process}/ns/mnt", "chroot", f"{self.top}/root"]
        return [*enter, "env", "-C", "/", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", *words]

    def run(self, *words: str) -> str:
        done = subprocess.run(self.command(*words), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @contextmanager
    def service(self, server: str, **settings: object) -> Iterator[None]:
        """haitang-kiosk.service as systemd would start it, with that X server in place of the one on the terminal."""
        unit = (self.root / "etc/systemd/system/haitang-kiosk.service").read_text("utf-8")
        started = re.findall(r"^ExecStart=(.*) -- :0 vt7 (.*)$", unit, re.MULTILINE)
        [(client, options)] = started
        given = [*re.findall(r"^Environment=(.*)$", unit, re.MULTILINE), *(f"{key}={value}" for key, value in settings.items())]
        words = ["runuser", "-u", "kiosk", "--", "env", "HOME=/home/kiosk", *given, *client.split(), "--", *server.split()]
        with (self.top.parent / "journal").open("ab") as said:
            running = subprocess.Popen(self.command(*words, *options.split()), stdout=said, stderr=said)
        self.running = psutil.Process(running.pid)
        try:
            yield
        finally:
            for process in self.running.children(recursive=True):
                if process.name() in ("xinit", "kiosk.sh"):  # as systemd does it: whoever watches goes first, politely
                    process.send_signal(signal.SIGTERM)
            running.wait(30)

    def browser(self) -> psutil.Process:
        """Its first process."""
        lines = {process: process.cmdline() for process in self.running.children(recursive=True)}
        [one] = [
            process
            for process, words in lines.items()
            if "--user-data-dir=/home/kiosk/.haitang-kiosk" in words and "--type=" not in " ".join(words)
        ]
        return one


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    assert os.geteuid() == 0, "an install is done as root"
    top = tmp_path / "copy"
    top.mkdir()
    with subprocess.Popen(["unshare", "--mount", "sh", "-c", COPY, "sh", str(top)], stdout=subprocess.PIPE, text=True) as held:
        assert held.stdout
        try:
            assert held.stdout.readline() == "ready\n"
            yield Machine(held.pid, top)
        finally:
            held.kill()


def words_of_the_guide() -> list[str]:
    block = guide().split("## Linux 第一次安装", 1)[1].split("```sh\n", 1)[1].split("```", 1)[0]
    return block.splitlines()


def sees(display: str, spot: tuple[int, int]) -> tuple[int, ...]:
    pixel = ImageGrab.grab(xdisplay=display).convert("RGB").getpixel(spot)
    assert isinstance(pixel, tuple)
    return pixel


def wait_until(holds: Callable[[], bool], what: str, journal: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if holds():
                return
        except OSError:  # no display yet
            pass
        assert time.monotonic() < until, f"{what}\n{journal.read_text('utf-8', 'replace')[-4000:]}"
        time.sleep(0.5)


def free_display() -> int:
    used = Path("/proc/net/unix").read_text("utf-8")
    return next(number for number in range(300, 900) if f"/tmp/.X11-unix/X{number}\n" not in used)


def test_the_guide_word_by_word(machine: Machine, tmp_path: Path) -> None:
    """From the stick to the page on the screen; then the browser is killed, and a share hears of it all; then it is turned."""
    hall = folder_of_a_kiosk(tmp_path / "hall")
    hall.point(hall.release("a"))
    stick, journal = machine.root / "mnt", tmp_path / "journal"
    shutil.copytree(ROOT / "deploy", stick / "deploy", copy_function=shutil.copyfile)  # FAT32 knows no modes
    shutil.make_archive(str(stick / "lujia-hall"), "zip", hall.folder)
    for name in ONLY_TOLD:
        program = machine.root / "usr/local/sbin" / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >>/root/told\n', encoding="ascii")
        program.chmod(0o755)
    for line in words_of_the_guide():
        machine.run("sh", "-c", line.replace("install.sh /mnt/lujia-hall.zip", "install.sh /mnt/lujia-hall.zip left"))
    told = (machine.root / "root/told").read_text("utf-8").splitlines()
    assert "systemctl enable haitang-kiosk.service haitang-kiosk-nightly.timer" in told
    assert [line.split()[0] for line in told[:3]] == ["su", "lsblk", "mount"] and told[-1].split()[0] == "reboot"
    turned = machine.root / "etc/systemd/system/haitang-kiosk.service.d/rotate.conf"
    assert turned.read_text("ascii") == "[Service]\nEnvironment=HAITANG_ROTATE=left\n"
    machine.run("systemd-analyze", "verify", "haitang-kiosk.service", "haitang-kiosk-nightly.timer")

    _shown_killed_and_shown_again(machine, journal)
    _turned(machine, journal)


def _shown_killed_and_shown_again(machine: Machine, journal: Path) -> None:
    colour = ImageColor.getrgb(COLOURS["a"])
    number = free_display()
    share = machine.root / "var/share"
    machine.run("install", "-d", "-o", "kiosk", "/var/share")
    with machine.service(
        f"/usr/bin/Xvfb :{number} -screen 0 1080x1920x24", HAITANG_PORT=9000 + number, HAITANG_STATUS="/var/share"
    ):
        wait_until(lambda: sees(f":{number}", (20, 20)) == colour, "the page is not there", journal)
        assert ImageGrab.grab(xdisplay=f":{number}").convert("RGB").getbbox() == (0, 0, 1080, 1920)
        machine.browser().kill()
        wait_until(lambda: sees(f":{number}", (20, 20)) != colour, "the browser is not gone", journal)
        wait_until(lambda: sees(f":{number}", (20, 20)) == colour, "it does not come again", journal)
        wait_until(lambda: any(share.glob("*.json")), "nobody hears of it", journal)
    [report] = share.glob("*.json")
    assert json.loads(report.read_text("ascii"))["format"] == 1
    assert "the browser has ended: started anew" in (machine.root / "home/kiosk/.haitang-kiosk.log").read_text("utf-8")


def _turned(machine: Machine, journal: Path) -> None:
    """Xephyr can do what Xvfb cannot: the top of the page is at the left of what the panel shows."""
    machine.run("apt-get", "install", "-yqq", "--no-install-recommends", "xserver-xephyr")
    stripe = '<div style="background:red;height:100px"></div>'
    (machine.root / "srv/striped.html").write_text(PAGE + stripe, encoding="utf-8")
    number = free_display()
    with (
        screen(800, 600) as panel,
        machine.service(
            f"/usr/bin/Xephyr :{number} -screen 800x600",
            DISPLAY=panel,
            HAITANG_PORT=9000 + number,
            HAITANG_PAGE="file:///srv/striped.html",
            HAITANG_ROTATE="left",
            HAITANG_TOUCH="Xephyr virtual mouse",
            HAITANG_STARTUP=600,
        ),
    ):
        red = (255, 0, 0)
        wait_until(lambda: sees(panel, (50, 300)) == red, "it is not turned", journal)
        assert [sees(panel, spot) for spot in ((0, 0), (99, 599), (101, 300), (799, 0), (799, 599))] == [red] * 2 + [COLOUR] * 3
        told = machine.run(
            "runuser", "-u", "kiosk", "--", "env", f"DISPLAY=:{number}", "xinput", "list-props", "Xephyr virtual mouse"
        )
        [matrix] = re.findall(r"Coordinate Transformation Matrix.*:\s+(.*)", told)
        assert [float(one) for one in matrix.split(",")] == [0, -1, 1, 1, 0, 0, 0, 0, 1]
