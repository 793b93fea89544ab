"""The Linux kiosk as a hall starts it: kiosk.sh with the machine's own Chromium on an X server without a window manager."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from PIL import ImageColor, ImageGrab

from haitang.core.toolchain import chromium, program
from tests.conftest import ARGUMENTS
from tests.e2e.kiosk.releases import COLOURS
from tests.e2e.kiosk.releases import kiosk as folder_of_a_kiosk
from tests.kiosk.test_halls import ROOT, WATCHDOG

COLOUR = (13, 94, 61)
PAGE = f"<!DOCTYPE html><title>x</title><style>html{{background:rgb{COLOUR}}}body{{margin:0}}</style>"
PATIENCE = 60  # seconds, on a machine that has much to do


@contextmanager
def screen(width: int, height: int) -> Iterator[str]:
    """An X server of that size; gives its display. It does not begin anew when nobody is connected for a moment: who comes just
    then would be turned away."""
    xvfb = program("Xvfb")
    assert xvfb, "no Xvfb: `build.py test` installs it for root on Debian; else install xvfb"
    told, tells = os.pipe()
    command = [xvfb, "-displayfd", str(tells), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(tells,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tells)
    try:
        with os.fdopen(told, encoding="ascii") as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def kiosk(display: str, folder: Path, page: str = "page.html", every: str = "1", patience: int = PATIENCE) -> Iterator[Path]:
    """kiosk.sh as haitang-kiosk.service starts it, except that root's Chromium needs a word more. Gives what it has to say."""
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    browser = folder / "browser"
    browser.write_text(f'#!/bin/sh\nexec "{chromium()}" {" ".join(ARGUMENTS)} "$@"\n', encoding="utf-8")
    browser.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "HAITANG_BROWSER": str(browser), "HAITANG_PORT": str(port), "HAITANG_EVERY": every, "HAITANG_PATIENCE": str(patience),
        "HAITANG_PAGE": (folder / page).as_uri(), "HOME": str(folder), "DISPLAY": display,
        "PATH": f"{folder}:{os.environ['PATH']}",
    }  # fmt: skip
    journal = folder / "journal"
    with journal.open("wb") as said:
        watchdog = subprocess.Popen(["sh", str(WATCHDOG)], env=settings, stdout=said, stderr=said)
    try:
        yield journal
    finally:
        watchdog.send_signal(signal.SIGTERM)
        watchdog.wait()


def covered(display: str) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of what is not black, as a camera before the screen would see it; None where that is not the
    page alone."""
    picture = ImageGrab.grab(xdisplay=display).convert("RGB")
    box = picture.getbbox()
    return box if box and [colour for _, colour in picture.crop(box).getcolors() or []] == [COLOUR] else None


def wait_for(display: str, box: tuple[int, int, int, int], journal: Path) -> None:
    until = time.monotonic() + PATIENCE
    while covered(display) != box:
        assert time.monotonic() < until, f"not {box} but {covered(display)}\n{journal.read_text('utf-8', 'replace')}"
        time.sleep(0.2)


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (3840, 2160)])
def test_the_page_covers_the_whole_screen(width: int, height: int, tmp_path: Path) -> None:
    with screen(width, height) as display, kiosk(display, tmp_path) as journal:
        wait_for(display, (0, 0, width, height), journal)


def test_a_screen_that_is_turned_is_covered_again(tmp_path: Path) -> None:
    """Xvfb cannot turn: what tells the size is put in its place."""
    size = tmp_path / "size"
    tell = tmp_path / "xdpyinfo"
    tell.write_text(f'#!/bin/sh\necho "  dimensions:    $(cat {size}) pixels (1x1 millimeters)"\n', encoding="utf-8")
    tell.chmod(0o755)
    size.write_text("720x1280", encoding="utf-8")
    with screen(1300, 1300) as display, kiosk(display, tmp_path) as journal:
        wait_for(display, (0, 0, 721, 1281), journal)  # one more than is told: see kiosk.sh
        size.write_text("1280x720", encoding="utf-8")
        wait_for(display, (0, 0, 1281, 721), journal)


def test_a_dead_page_is_shown_again(tmp_path: Path) -> None:
    """Of the real launcher every process that draws is killed, as where memory runs out: the browser lives on and shows that
    the page is gone. It stands again (after 20 to 30 seconds where nothing else is done), and what happened is written
    down."""
    hall = folder_of_a_kiosk(tmp_path / "hall")
    hall.point(hall.release("a"))
    with screen(1080, 1920) as display, kiosk(display, tmp_path, "hall/index.html", "5", 4) as journal:

        def shown() -> bool:
            return sees(display, COLOURS["a"])

        wait_until(shown, display, journal)
        for process in psutil.process_iter(["cmdline"]):
            line = " ".join(process.info["cmdline"] or [])
            if "--type=renderer" in line and str(tmp_path) in line:
                with suppress(psutil.NoSuchProcess):  # of one page's processes one may have ended with another
                    process.kill()
        wait_until(lambda: not shown(), display, journal)
        wait_until(shown, display, journal)
    assert "the page has stopped: started anew" in (tmp_path / ".haitang-kiosk.log").read_text("utf-8")


def sees(display: str, colour: str) -> bool:
    """Whether the app of that colour is on the screen: near its left upper corner, where its ground is plain."""
    return ImageGrab.grab(xdisplay=display).convert("RGB").getpixel((20, 20)) == ImageColor.getrgb(colour)


def wait_until(holds: Callable[[], bool], display: str, journal: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        seen = ImageGrab.grab(xdisplay=display).convert("RGB").getpixel((20, 20))
        assert time.monotonic() < until, f"{seen}\n{journal.read_text('utf-8', 'replace')}"
        time.sleep(0.2)


def test_no_page_of_a_kiosk_offers_to_be_translated() -> None:
    """By the policy on Linux, by the registry on Windows, by the command line of both and by the pages themselves."""
    policy = json.loads((ROOT / "deploy/kiosk/linux/haitang-policy.json").read_text("utf-8"))
    assert policy["TranslateEnabled"] is False
    tasks = (ROOT / "deploy/kiosk/windows/register-tasks.ps1").read_text("utf-8")
    assert (
        len(re.findall(r"SOFTWARE\\Policies\\(?:Microsoft\\Edge|Google\\Chrome)'", tasks)) == 2 and "TranslateEnabled" in tasks
    )
    # What is there already stays: -Force on a key that exists empties it.
    assert all("Test-Path" in line for line in tasks.splitlines() if "New-Item -Path" in line)
    for file in ("linux/kiosk.sh", "windows/kiosk.ps1"):
        assert "--disable-features=Translate,TranslateUI" in (ROOT / "deploy/kiosk" / file).read_text("utf-8")
    pages = sorted((ROOT / "templates" / "kiosk").glob("*.html"))
    whole = [text for path in pages if "<html" in (text := path.read_text("utf-8"))]
    assert len(whole) == 5
    for text in whole:
        assert re.search(r'<html [^>]*translate="no"', text)
        assert '<meta name="google" content="notranslate">' in text
