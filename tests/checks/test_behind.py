"""A clock that stands in another year is told as one mistake, whichever command asks; a mistyped year stays one of a date."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from haitang.checks.behind import _KNOWN
from haitang.checks.facts import newest_day
from haitang.checks.load import load
from haitang.cli import main
from haitang.core import clock
from haitang.core.problems import InvalidDirectory
from haitang.model.entries import Position
from haitang.model.validation import read
from haitang.source.parser import Fields, parse
from tests.data.history_world import begin, commit, write
from tests.worlds import WORLD, position

DATED = "verified:\n  on: {}\n  by: 样例社区\n"


def many(root: Path, count: int, day: str) -> Path:
    """The little world with so many places more, each checked on a day."""
    shutil.copytree(WORLD, root, dirs_exist_ok=True)
    for number in range(count):
        path = root / f"positions/hecheng/shili-{number}.yml"
        path.write_text(position(f"shili-{number}") + DATED.format(day), "utf-8")
    return root


def told(root: Path, today: date) -> list[str]:
    try:
        load(root, today=today)
    except InvalidDirectory as invalid:
        return [problem.code for problem in invalid.problems]
    return []


@pytest.mark.parametrize(
    "today", [date(1970, 1, 1), date(1980, 1, 1), date(2000, 1, 1), date(2016, 2, 29), date(_KNOWN.year - 1, 12, 31)]
)
def test_a_day_before_the_program_was_made_is_the_clock_s_fault(today: date) -> None:
    assert told(WORLD, today) == ["clock-behind"]


@pytest.mark.parametrize("command", [(), ("check",), ("check", "--fix"), ("check", "--changed-since", "HEAD"), ("kiosk",)])
@pytest.mark.parametrize("day", [datetime(1970, 1, 1, 0, 0, 7, tzinfo=UTC), datetime(2010, 1, 1, tzinfo=UTC)])
def test_each_command_says_so_once(
    command: tuple[str, ...], day: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = begin(tmp_path / "data")
    for number in range(5):
        write(root, f"a{number}", DATED.format("2026-03-01"))
    commit(root, "2026-03-01")
    monkeypatch.setattr(clock, "now", lambda: day)
    out = () if "check" in command else ("--out", str(tmp_path / "out"))
    assert main.main([*command, "--root", str(root), *out]) == 1
    said = capsys.readouterr().out
    assert said.count("这台机器的时钟说今天是") == 1
    assert f"{day:%Y-%m-%d}" in said
    assert "还没有到" not in said
    assert not [*(tmp_path / "out").rglob("*.html")]


def test_machines_are_told_so_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(1970, 1, 1, tzinfo=UTC))
    assert main.main(["check", "--root", str(many(tmp_path, 3, "2026-01-01")), "--format", "gitlab"]) == 1
    assert [each["check_name"] for each in json.loads(capsys.readouterr().out)] == ["clock-behind"]


def test_most_dates_ahead_are_the_clock_s_fault_and_a_few_are_not(tmp_path: Path) -> None:
    """Without a commit nobody knows more than the data: a year behind, and a year ahead of all but one."""
    root = many(tmp_path, 60, "2026-10-01")
    assert told(root, date(2026, 10, 1)) == []
    assert told(root, date(2026, 9, 30)) == ["clock-behind"]
    few = many(tmp_path / "few", 60, "2026-01-01")
    for number in range(19):
        path = few / f"positions/hecheng/shili-{number}.yml"
        path.write_text(position(f"shili-{number}") + DATED.format("2062-01-01"), "utf-8")
    assert told(few, date(2026, 10, 1)) == ["future-date"] * 19


def test_one_mistyped_year_does_not_stand_for_the_others(tmp_path: Path) -> None:
    root = many(tmp_path, 60, "2026-10-01")
    (root / "positions/hecheng/shili-0.yml").write_text(position("shili-0") + DATED.format("9999-01-01"), "utf-8")
    with pytest.raises(InvalidDirectory) as caught:
        load(root, today=date(2026, 5, 1))
    assert caught.value.problems[0].values == {"value": "2026-05-01", "date": "2026-10-01"}


@pytest.mark.parametrize(("committed", "code"), [("2026-08-30", "clock-behind"), ("2026-08-02", "future-date")])
def test_a_commit_of_a_later_day_speaks_against_the_clock(committed: str, code: str, tmp_path: Path) -> None:
    """A day more is only another zone."""
    root = begin(tmp_path)
    write(root, "a", DATED.format("2026-08-20"))
    commit(root, committed)
    assert told(root, date(2026, 8, 1)) == [code]


def test_a_commit_of_a_later_day_alone_stops_nobody(tmp_path: Path) -> None:
    """A stranger's clock was wrong; no date of the data is."""
    root = begin(tmp_path)
    write(root, "a", DATED.format("2026-07-20"))
    commit(root, "2099-01-01")
    assert told(root, date(2026, 8, 1)) == []


def test_a_few_files_are_told_one_by_one_even_where_they_are_all(tmp_path: Path) -> None:
    """Somebody copied a file with its mistyped year."""
    root = begin(tmp_path)
    for name in ("a", "b", "c"):
        write(root, name, DATED.format("2062-03-01"))
    assert told(root, date(2026, 8, 1)) == ["future-date"] * 3


@pytest.mark.parametrize(
    ("status", "opened", "newest"),
    [
        ("open", "2030-01-05", date(2030, 1, 5)),
        ("planned", "2030-01-05", date(2026, 1, 2)),  # may lie ahead
        ("upgrading", "2030-01-05", date(2026, 1, 2)),
        ("open", "2030-01", date(2026, 1, 2)),  # no whole day
    ],
)
def test_the_newest_day_is_one_that_is_told_as_past(status: str, opened: str, newest: date) -> None:
    text = f"id: x\nname: 名\ntown: lujia\nstatus: {status}\nopened: {opened}\nsources:\n  - title: 报\n    date: 2026-01-02\n"
    tree = parse(text, "positions/lujia/x.yml")
    assert isinstance(tree, Fields)
    position = read(Position, tree, "positions/lujia/x.yml")
    assert isinstance(position, Position)
    assert newest_day([position]) == newest
