"""What screens tell of themselves: what the real script writes is read, and whatever else lies there is told as such."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from haitang.cli import main
from haitang.kiosk.release.install import lay_out
from haitang.kiosk.release.status import SILENT, Report, reports
from tests.kiosk.broken_zips import release
from tests.kiosk.test_halls import ROOT, place, watched, within

__all__ = ["place"]  # a fixture
NOW = int(time.time())
SOUND: dict[str, Any] = {
    "format": 1, "hall": "lujia-hall", "release": "20261124-0123456789ab", "at": NOW - 60, "started": NOW - 7260, "restarts": 2,
    "last": "2026-11-30 19:00:01 the page has stopped: started anew #previous",
}  # fmt: skip


def test_what_the_script_writes_is_read(place: Path) -> None:
    """In its first seconds, and again when another release is shown; without being asked to it tells nothing."""
    told, hall = place / "share", place / "hall"
    told.mkdir()
    lay_out(release("2026-11-23"), hall)
    with watched(place, "counts", status=told, folder=hall):
        assert within(60, lambda: [one.day for one in reports(told) if isinstance(one, Report)] == ["2026-11-23"])
        lay_out(release("2026-11-24"), hall)
        assert within(60, lambda: [one.day for one in reports(told) if isinstance(one, Report)] == ["2026-11-24"])
        (report,) = reports(told)
    assert isinstance(report, Report)
    assert (report.hall, report.restarts, report.last) == ("kiosk", 0, "")
    assert 0 <= report.at - report.started <= 120 and not report.silent(time.time())


def test_nothing_is_told_unasked(place: Path) -> None:
    with watched(place, "counts"):
        assert within(60, (place / "told").exists)
    assert not list(place.rglob("*.json"))


def test_a_share_that_is_not_there_stops_nothing(place: Path) -> None:
    with watched(place, "counts", status=place / "nowhere") as log:
        assert within(60, lambda: (place / "told").exists() and len((place / "told").read_text().splitlines()) >= 5)
        assert log() == ""


def test_both_scripts_write_one_form() -> None:
    forms = []
    for file in ("linux/kiosk.sh", "windows/kiosk.ps1"):
        text = (ROOT / "deploy/kiosk" / file).read_text("ascii")
        form = next(line for line in text.splitlines() if '"format":1' in line)
        forms.append(re.findall(r'"([a-z]+)":', form))
    assert forms[0] == forms[1] == list(SOUND)


BROKEN: dict[str, Any] = {
    "empty": b"", "half": json.dumps(SOUND).encode()[:50], "no object": b"[1]",
    "huge": b" " * 5000 + json.dumps(SOUND).encode(),
    "deep": b"[" * 3000,
    "not ASCII": '{"hall": "厅"}'.encode(), "more": {**SOUND, "visitor": "x"}, "format": {**SOUND, "format": 2},
    "less": {key: value for key, value in SOUND.items() if key != "at"}, "markup": {**SOUND, "hall": "<b>"},
    "escape": {**SOUND, "last": "\x1b[2J"}, "number": {**SOUND, "at": "1"}, "true": {**SOUND, "restarts": True},
    "negative": {**SOUND, "at": -5}, "endless": {**SOUND, "at": 1 << 70}, "way": {**SOUND, "release": "../../x"},
    "infinite": json.dumps(SOUND).replace(str(SOUND["at"]), "Infinity").encode(),
}  # fmt: skip


@pytest.mark.parametrize("broken", list(BROKEN))
def test_what_is_no_report_is_named_and_the_others_are_shown(
    broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = BROKEN[broken]
    (tmp_path / "a.json").write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    (tmp_path / "b.json").write_text(json.dumps(SOUND))
    (tmp_path / "b.json.new").write_text("half")
    assert list(reports(tmp_path)) == ["a.json", Report("b", *list(SOUND.values())[1:])]
    assert main.main(["kiosk", "status", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "a.json" in told.err
    assert re.search("lujia-hall（b）：放的是2026-11-24的资料；[0-9]+ 分钟前报过信，已经开了2 小时，重开过2次", told.out)
    assert "\x1b[2J" not in told.out + told.err


@pytest.mark.parametrize(("age", "code"), [(60, 0), (SILENT - 60, 0), (SILENT + 60, 1), (40 * 86_400, 1), (-5000, 0)])
def test_a_silent_screen_is_seen(age: int, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hall.json").write_text(
        json.dumps({**SOUND, "at": int(time.time()) - age, "started": 0, "hall": "", "release": ""})
    )
    assert main.main(["kiosk", "status", str(tmp_path), "--lang", "en"]) == code
    told = capsys.readouterr()
    assert ("please call" in told.err) == bool(code)
    assert "hall (hall): " in told.out + told.err and "an unknown day" in told.out + told.err


def test_a_folder_that_is_empty_or_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["kiosk", "status", str(tmp_path)]) == 0
    assert "还没有哪块屏报过信" in capsys.readouterr().err
    assert main.main(["kiosk", "status", str(tmp_path / "none")]) == 2
    assert "读不到" in capsys.readouterr().err
    assert main.main(["kiosk", "status"]) == 2
