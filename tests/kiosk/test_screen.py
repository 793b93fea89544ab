"""screen.sh finds the screen, turns it and tells the touch device where it lies: with programs that tell of odd machines."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.kiosk.test_halls import ROOT

SCRIPT = ROOT / "deploy" / "kiosk" / "linux" / "screen.sh"
ONE = """Screen 0: minimum 320 x 200, current 1920 x 1080, maximum 16384 x 16384
HDMI-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 531mm x 299mm
   1920x1080     60.00*+  50.00
DP-1 disconnected (normal left inverted right x axis y axis)
"""
TURNED = """Screen 0: minimum 320 x 200, current 1080 x 1920, maximum 16384 x 16384
HDMI-1 connected primary 1080x1920+0+0 left (normal left inverted right x axis y axis) 531mm x 299mm
"""
TWO = """Screen 0: minimum 320 x 200, current 3840 x 1080, maximum 16384 x 16384
DP-1 connected 1920x1080+0+0 (normal left inverted right x axis y axis) 531mm x 299mm
   1920x1080     60.00*+
HDMI-1 connected primary 1920x1080+1920+0 (normal left inverted right x axis y axis) 531mm x 299mm
"""
DEVICES = """\
\u23a1 Virtual core pointer                    \tid=2\t[master pointer  (3)]
\tReporting 2 classes:
\t\tClass originated from: 12. Type: XITouchClass
\t\tTouch mode: direct
\u239c   \u21b3 Touch Pad (one of those)             \tid=11\t[slave  pointer  (2)]
\t\tClass originated from: 11. Type: XITouchClass
\t\tTouch mode: dependent
\u239c   \u21b3 ILITEK Multi-Touch V3000             \tid=12\t[slave  pointer  (2)]
\t\tClass originated from: 12. Type: XIButtonClass
\t\tClass originated from: 12. Type: XITouchClass
\t\tTouch mode: direct
\t\tMax number of touches: 10
\u239c   \u21b3 Old Panel                            \tid=13\t[slave  pointer  (2)]
\t\tClass originated from: 13. Type: XIValuatorClass
\u23a3 Virtual core keyboard                   \tid=3\t[master keyboard (2)]
"""
IDENTITY = "1.000000 0.000000 0.000000 0.000000 1.000000 0.000000 0 0 1"
LEFT = "0.000000 -1.000000 1.000000 1.000000 0.000000 0.000000 0 0 1"


class Machine:
    """What its programs tell, and what they were told to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program("xdpyinfo", 'echo "  dimensions:    1280x720 pixels (1x1 millimeters)"')

    def program(self, name: str, does: str) -> None:
        path = self.folder / name
        path.write_text(f'#!/bin/sh\ncd "{self.folder}"\n{does}\n', encoding="utf-8")
        path.chmod(0o755)

    def shows(self, before: str, after: str = "", fails: bool = False) -> None:
        (self.folder / "before").write_text(before, encoding="utf-8")
        (self.folder / "after").write_text(after or before, encoding="utf-8")
        change = "exit 1" if fails else "cp after before"
        self.program("xrandr", f'[ "$1" != --current ] || exec cat before\necho "xrandr $*" >>told\n{change}')

    def touches(self, devices: str = DEVICES, fails: bool = False) -> None:
        (self.folder / "devices").write_text(devices, encoding="utf-8")
        last = "exit 1" if fails else ""
        self.program("xinput", f'[ "$1" != list ] || exec cat devices\necho "xinput $*" >>told\n{last}')

    def run(self, **settings: str) -> tuple[str, str, list[str]]:
        """What it prints, what it says, and what it told the programs to do."""
        for name in ("awk", "sed", "head", "sort", "cat", "cp", "sh"):  # nothing else of this machine's is found
            if not (self.folder / name).exists():
                (self.folder / name).symlink_to(f"/usr/bin/{name}" if Path(f"/usr/bin/{name}").exists() else f"/bin/{name}")
        settings = {f"HAITANG_{name.upper()}": value for name, value in settings.items()}
        done = subprocess.run(
            ["/bin/sh", SCRIPT], env={"PATH": str(self.folder), **settings}, capture_output=True, text=True, check=False
        )
        told = self.folder / "told"
        return done.stdout.strip(), done.stderr.strip(), told.read_text("utf-8").splitlines() if told.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def set_to(device: int, matrix: str) -> str:
    return f"xinput set-prop {device} Coordinate Transformation Matrix {matrix}"


def test_it_is_plain_and_may_be_run() -> None:
    assert subprocess.run(["sh", "-n", SCRIPT], check=False).returncode == 0
    assert os.access(SCRIPT, os.X_OK)


def test_one_screen_that_nobody_spoke_of_is_left_alone(machine: Machine) -> None:
    machine.shows(ONE)
    machine.touches()
    assert machine.run() == ("1920 1080 0 0", "", [])


def test_it_is_turned_and_so_is_the_touch(machine: Machine) -> None:
    machine.shows(ONE, TURNED)
    machine.touches()
    told = ["xrandr --output HDMI-1 --rotate left", set_to(12, LEFT)]
    assert machine.run(rotate="left") == ("1080 1920 0 0", "", told)
    # The next time it is turned already: no second flash, but a touch device that was plugged in anew is told again.
    assert machine.run(rotate="left") == ("1080 1920 0 0", "", [*told, told[1]])


@pytest.mark.parametrize(
    ("rotate", "matrix"),
    [
        ("normal", "1 0 0 0 1 0"),
        ("left", "0 -1 1 1 0 0"),
        ("right", "0 1 0 -1 0 1"),
        ("inverted", "-1 0 1 0 -1 1"),
    ],
)
def test_the_four_matrices_are_those_of_the_guide(machine: Machine, rotate: str, matrix: str) -> None:
    word = "" if rotate == "normal" else f"{rotate} "
    machine.shows(
        f"Screen 0: minimum 1 x 1, current 90 x 90, maximum 9 x 9\nA connected primary 90x90+0+0 {word}(normal) 1mm x 1mm"
    )
    machine.touches()
    told = machine.run(rotate=rotate)[2]
    assert [float(number) for number in told[-1].split("Matrix ")[1].split()] == [float(n) for n in f"{matrix} 0 0 1".split()]
    assert f"`{matrix} 0 0 1`" in (ROOT / "docs" / "halls.md").read_text("utf-8")


def test_of_two_screens_the_primary_one_and_touches_stay_on_it(machine: Machine) -> None:
    machine.shows(TWO)
    machine.touches()
    right_half = "0.500000 0.000000 0.500000 0.000000 1.000000 0.000000 0 0 1"
    assert machine.run() == ("1920 1080 1920 0", "", [set_to(12, right_half)])


def test_of_two_screens_the_named_one(machine: Machine) -> None:
    machine.shows(TWO)
    machine.touches()
    left_half = "0.500000 0.000000 0.000000 0.000000 1.000000 0.000000 0 0 1"
    assert machine.run(output="DP-1", touch="Old Panel") == ("1920 1080 0 0", "", [set_to(13, left_half)])


def test_a_turned_screen_beside_another(machine: Machine) -> None:
    """A touch at the unturned panel's right lower corner is at the turned picture's right upper one."""
    turned = TWO.replace("1920x1080+1920+0 (", "1080x1920+1920+0 left (").replace("current 3840 x 1080", "current 3000 x 1920")
    machine.shows(turned)
    machine.touches()
    box, _, told = machine.run(rotate="left")
    a, b, c, d, e, f, *_ = (float(number) for number in told[0].split("Matrix ")[1].split())
    assert box == "1080 1920 1920 0"
    assert [round((a * x + b * y + c) * 3000) for x, y in ((0, 0), (1, 1))] == [3000, 1920]
    assert [round((d * x + e * y + f) * 1920) for x, y in ((0, 0), (1, 1))] == [0, 1920]


def test_a_device_by_its_number(machine: Machine) -> None:
    machine.shows(ONE)
    machine.touches()
    assert machine.run(touch="13")[2] == [set_to(13, IDENTITY)]


ODD = {
    "a name with spaces": (ONE.replace("HDMI-1", "Built in screen"), "1920 1080 0 0", ""),
    "the primary one is unplugged": (TWO.replace("HDMI-1 connected", "HDMI-1 disconnected"), "1920 1080 0 0", ""),
    "none is connected": (ONE.replace("HDMI-1 connected", "HDMI-1 disconnected"), "1280 720 0 0", ""),
    "nothing is told": ("", "1280 720 0 0", ""),
    "another screen is a word of its name": (ONE.replace("DP-1 disconnected", "DP connected"), "1920 1080 0 0", ""),
    "left of the other": (TWO.replace("primary 1920x1080+1920+0", "primary 1080x1920+0+1080 right"), "1080 1920 0 1080", ""),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_machines(machine: Machine, odd: str) -> None:
    told, box, said = ODD[odd]
    machine.shows(told)
    machine.touches()
    assert machine.run()[:2] == (box, said)


def test_a_screen_that_is_not_there(machine: Machine) -> None:
    machine.shows(ONE)
    machine.touches()
    box, said, _ = machine.run(output="DP-9")
    assert (box, said) == ("1920 1080 0 0", "no screen DP-9 is connected: HDMI-1 is taken")


def test_a_dark_screen_is_switched_on(machine: Machine) -> None:
    machine.shows(ONE.replace(" 1920x1080+0+0", ""), ONE)
    assert machine.run() == ("1920 1080 0 0", "", ["xrandr --output HDMI-1 --auto"])


def test_a_dark_screen_that_stays_dark(machine: Machine) -> None:
    machine.shows(ONE.replace(" 1920x1080+0+0", ""), fails=True)
    box, said, _ = machine.run()
    assert (box, said) == ("", "HDMI-1 is connected and cannot be switched on")


def test_a_driver_that_cannot_turn(machine: Machine) -> None:
    machine.shows(ONE, fails=True)
    machine.touches()
    box, said, told = machine.run(rotate="right")
    assert (box, said) == ("1920 1080 0 0", "HDMI-1 cannot be turned right: its driver does not know how")
    assert told[1:] == [set_to(12, IDENTITY)], "a touch goes where the picture is"


@pytest.mark.parametrize("rotate", ["Left", "90", "left; reboot"])
def test_no_way_to_turn(machine: Machine, rotate: str) -> None:
    machine.shows(ONE)
    machine.touches()
    box, said, told = machine.run(rotate=rotate)
    assert (box, told) == ("1920 1080 0 0", [])
    assert said == f"HAITANG_ROTATE is {rotate}, not normal, left, right or inverted: nothing is turned"


def test_without_xrandr_the_whole_screen(machine: Machine) -> None:
    box, said, _ = machine.run(rotate="left")
    assert box == "1280 720 0 0"
    assert said == "no screen is known to xrandr: nothing is turned (is x11-xserver-utils installed?)"


def test_without_anything_nothing(machine: Machine) -> None:
    (machine.folder / "xdpyinfo").unlink()
    assert machine.run()[0] == ""


@pytest.mark.parametrize("touch", ["", "Nowhere"])
def test_a_touch_device_that_is_not_there(machine: Machine, touch: str) -> None:
    machine.shows(TURNED)
    if touch:
        machine.touches()
    box, said, told = machine.run(rotate="left", touch=touch)
    assert (box, told) == ("1080 1920 0 0", [])
    assert said == f"no touch device{f' {touch}' if touch else ''} is known to xinput: touches stay as they are"


def test_a_touch_device_that_will_not(machine: Machine) -> None:
    machine.shows(TURNED)
    machine.touches(fails=True)
    assert machine.run(rotate="left")[:2] == ("1080 1920 0 0", "touch device 12 cannot be set")
