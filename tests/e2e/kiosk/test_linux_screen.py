"""The Linux kiosk as a hall starts it: kiosk.sh with the machine's own Chromium on an X server without a window manager."""

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
PAGE = f"<!DOCTYPE html><title>x</title><style>html{{background:rgb{COLOUR}}}body{{margin:0;color:transparent}}</style>"
# What makes a browser put its own word on the screen: a page in another language than its own, which asks for everything.
ODD = """<meta charset="utf-8"><p>{}</p><script>
document.documentElement.lang = "de";
navigator.geolocation.getCurrentPosition(function () {{}}, function () {{}});
Notification.requestPermission();
navigator.clipboard.readText().catch(function () {{}});
navigator.mediaDevices.getUserMedia({{audio: true, video: true}}).catch(function () {{}});
</script>""".format(
    "Guten Tag, liebe Besucher. Hier finden Sie alle Anlaufstellen der Stadt mit Anschrift und Sprechzeiten. " * 30
)
OLD_AND_ODD = ("--disable-web-security", "--simulate-outdated-no-au='Tue, 01 Jan 2019 00:00:00 GMT'")
# Root of its own in a user's namespace, where the policy lies as install.sh lays it; nothing of this machine's is changed.
WITH_POLICY = """mount -t tmpfs none /etc/chromium || exit
install -D -m 644 "{}" /etc/chromium/policies/managed/haitang.json && exec sh "$0\""""
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
def kiosk(
    display: str, folder: Path, page: str = "page.html", every: str = "1", patience: int = PATIENCE, odd: bool = False
) -> Iterator[Path]:
    """kiosk.sh as haitang-kiosk.service starts it, except that root's Chromium needs a word more. Gives what it has to say.
    `odd`: the page is one that browsers have much to say about, and the policy is there."""
    (folder / "page.html").write_text(PAGE + ODD * odd, encoding="utf-8")
    browser = folder / "browser"
    flags = " ".join([*ARGUMENTS, *(OLD_AND_ODD if odd else ())])
    browser.write_text(f'#!/bin/sh\nexec "{chromium()}" {flags} "$@"\n', encoding="utf-8")
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
        policy = WATCHDOG.parent / "haitang-policy.json"
        before = ["unshare", "--map-root-user", "--mount", "sh", "-c", WITH_POLICY.format(policy)] if odd else ["sh"]
        watchdog = subprocess.Popen([*before, str(WATCHDOG)], env=settings, stdout=said, stderr=said)
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


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160)])
def test_the_page_covers_the_whole_screen(width: int, height: int, tmp_path: Path) -> None:
    with screen(width, height) as display, kiosk(display, tmp_path) as journal:
        wait_for(display, (0, 0, width, height), journal)


def test_no_bar_of_the_browser_ever_shows(tmp_path: Path) -> None:
    """None to translate, none to allow, none of flags that are dangerous, none of a browser that is years old, and none to
    restore what was there when the browser was killed: after that it stands again, as on the first day."""
    whole = (0, 0, 1080, 1920)
    with screen(1080, 1920) as display, kiosk(display, tmp_path, odd=True) as journal:
        for start in ("the first", "after a crash"):
            wait_for(display, whole, journal)
            until = time.monotonic() + 5  # what comes, comes within two
            while time.monotonic() < until:
                assert covered(display) == whole, start
                time.sleep(0.25)
            if start == "the first":
                [browser] = [process for process in processes(tmp_path) if "--type=" not in " ".join(process.cmdline())]
                browser.kill()
                wait_until(lambda: covered(display) is None, display, journal)


def processes(folder: Path) -> list[psutil.Process]:
    """Those of the browser whose profile lies in that folder."""
    profile = f"--user-data-dir={folder}"
    found = psutil.process_iter(["cmdline"])
    return [process for process in found if any(word.startswith(profile) for word in process.info["cmdline"] or [])]


def test_a_screen_that_is_turned_is_covered_again(tmp_path: Path) -> None:
    """Xvfb cannot turn: what tells the size is put in its place. The second screen begins where the first one ends."""
    box = tmp_path / "box"
    tell = tmp_path / "xrandr"
    tell.write_text(f'#!/bin/sh\necho "Screen 0: current 1300 x 1300"\necho "A connected primary $(cat {box}) (normal)"\n')
    tell.chmod(0o755)
    box.write_text("720x1280+0+0", encoding="utf-8")
    with screen(1300, 1300) as display, kiosk(display, tmp_path) as journal:
        wait_for(display, (0, 0, 720, 1281), journal)  # one more than is told: see kiosk.sh
        box.write_text("900x720+400+300 left", encoding="utf-8")
        wait_for(display, (400, 300, 1300, 1021), journal)


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
    """By the policies (tests/kiosk/test_browser_policies.py), by the command line of both and by the pages themselves."""
    for file in ("linux/kiosk.sh", "windows/kiosk.ps1"):
        assert "--disable-features=Translate,TranslateUI" in (ROOT / "deploy/kiosk" / file).read_text("utf-8")
    pages = sorted((ROOT / "templates" / "kiosk").glob("*.html"))
    whole = [text for path in pages if "<html" in (text := path.read_text("utf-8"))]
    assert len(whole) == 5
    for text in whole:
        assert re.search(r'<html [^>]*translate="no"', text)
        assert '<meta name="google" content="notranslate">' in text
