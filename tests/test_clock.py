"""What day it is: the directory's, whatever zone the machine is set to; and who may ask the machine."""

import ast
import os
import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from haitang.cli import main
from haitang.cli.commands.serve import Rebuilding
from haitang.cli.reporting import no_commit, report_day, report_holidays
from haitang.core import clock
from haitang.core.console import Console
from haitang.core.problems import InvalidDirectory
from haitang.data.git import commits, obstacle
from haitang.data.revision import OLDEST, data_version, today
from haitang.editors.scaffold import settings_of
from haitang.kiosk import halls
from haitang.media import fonts
from haitang.model.imprint import Hall
from haitang.model.issue_questions import form
from haitang.model.messages import words
from haitang.model.types import PAST_DATES
from haitang.schedule.holidays import ANNOUNCED
from haitang.site.bundles import bundle
from haitang.site.output_folder import Target
from tests.data.history_world import begin, commit, git, write
from tests.worlds import PROJECT, inputs, tree

LAST_YEAR = ANNOUNCED.last_year
# Half past one in the morning in Beijing, and still the day before where most machines of forges are.
NIGHT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
DATED = f"verified:\n  on: {TODAY}\n  by: 样例社区\n"


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine set to another zone, at night."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = begin(tmp_path / "data")
    write(root, "a")
    commit(root, "2026-03-01")
    write(root, "a", DATED)
    return root


@pytest.mark.parametrize("command", [("check",), ("check", "--changed-since", "HEAD"), ("check", "positions/hecheng/a.yml")])
def test_what_is_dated_today_is_taken(
    root: Path, machine: str, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main([*command, "--root", str(root)]) == 0, capsys.readouterr().out
    write(root, "a", DATED.replace("11-24", "11-25"))
    assert main.main([*command, "--root", str(root)]) == 1
    assert "还没有到" in capsys.readouterr().out


def test_it_is_published_served_and_reviewed(
    root: Path, machine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["site", "--root", str(root), "--out", str(tmp_path / "out")]) == 0, capsys.readouterr().out
    options = type("Options", (), {"words": words("zh-CN")})()
    assert Rebuilding(inputs(root), Target(tmp_path / "served"), options, Console()).again() == ()
    assert main.main(["review", "HEAD", "--root", str(root)]) == 0
    assert "还没有到" not in capsys.readouterr().out
    assert halls.workshop(PROJECT, root, bundle(PROJECT), today(root)).directory.positions


def test_kiosks_and_reminders_are_of_today(
    root: Path, machine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[date] = []

    def workshop(project: Path, root: Path, scripts: Path, today: date) -> halls.Workshop:
        asked.append(today)
        raise InvalidDirectory([])

    monkeypatch.setattr(halls, "workshop", workshop)
    main.main(["kiosk", "--root", str(root), "--out", str(tmp_path)])
    assert asked == [TODAY]
    assert main.main(["reminders", "--root", str(root), "--out", str(tmp_path)]) == 0
    assert (tmp_path / "reminders" / TODAY.isoformat()).is_dir()


def test_what_comes_through_other_doors_may_be_of_today(
    root: Path, machine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["excel", "export", str(tmp_path / "a.xlsx"), "--root", str(root)]) == 0
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cell = next(cell for cell in next(book["服务点"].iter_rows()) if cell.value == "名称")
    book["服务点"].cell(2, int(cell.column or 0)).value = "样例改名"
    book.save(tmp_path / "a.xlsx")
    assert main.main(["excel", "import", str(tmp_path / "a.xlsx"), "--root", str(root)]) == 0, capsys.readouterr().out
    answers = {"subject": "样例改名", "result": "都没变", "on": str(TODAY), "by": "样例社区居委会"}
    asked = form("verify", settings_of(root)).questions
    body = "".join(f"### {each.label}\n\n{answers.get(each.id, '_No response_')}\n\n" for each in asked)
    monkeypatch.setenv("HAITANG_ISSUE_BODY", body)
    assert main.main(["issue", "--root", str(root)]) == 0, capsys.readouterr().out
    told = ["--name", "样例新设的服务点", "--town", "hecheng", "--source", "报道", "--publisher", "报社", "--date", str(TODAY)]
    assert main.main(["new", "position", *told, "--root", str(root)]) == 0
    assert main.main(["check", "--root", str(root)]) == 0, capsys.readouterr().out


def test_a_commit_of_the_night_is_of_the_day_that_was_there(root: Path, machine: str) -> None:
    commit(root, "2026-11-23", NIGHT)
    assert data_version(root) == str(TODAY)
    assert next(commits(root, ["positions"])).day == str(TODAY)
    settings = root / "directory.yml"
    settings.write_text(settings.read_text("utf-8") + "timezone: America/New_York\n", "utf-8")
    assert data_version(root) == "2026-11-23"


def test_the_day_of_source_date_epoch_is_the_directorys(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for epoch, day in (
        (str(int(NIGHT.timestamp())), "2026-11-24"),
        ("1e9", "2026-03-01"),
        ("²", "2026-03-01"),
        ("9" * 30, "2026-03-01"),
    ):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert data_version(root) == day, epoch


ZONES = {
    "timezone: Pacific/Kiritimati": "2026-11-24",
    "timezone: America/Los_Angeles  # 美国": "2026-11-23",
    "'timezone': 'America/Los_Angeles'": "2026-11-23",
    'timezone:   "America/Los_Angeles"': "2026-11-23",
    "timezone:\n  America/Los_Angeles": "2026-11-23",
    "timezone: >\n  America/Los_Angeles": "2026-11-23",
    "# timezone: America/Los_Angeles": "2026-11-24",
    "subtitle: 'timezone: America/Los_Angeles'": "2026-11-24",
    "timezone: 北京时间": "2026-11-24",
    "timezone: localtime": "2026-11-24",
    "timezone: ../../etc/passwd": "2026-11-24",
    "timezone: Asia": "2026-11-24",
    "timezone: [Asia/Tokyo]": "2026-11-24",
    "timezone:": "2026-11-24",
}


@pytest.mark.parametrize("line", ZONES)
def test_the_zone_is_read_before_the_rest_is_known_to_be_sound(root: Path, machine: str, line: str) -> None:
    settings = root / "directory.yml"
    settings.write_text(f"{settings.read_text('utf-8')}{line}\nnonsense: 1\n", "utf-8")
    assert str(today(root)) == ZONES[line]


def test_without_a_directory_it_is_chinas_day(tmp_path: Path, machine: str) -> None:
    assert today(tmp_path) == TODAY
    os.mkfifo(tmp_path / "directory.yml")
    assert today(tmp_path) == TODAY


def test_a_zone_as_browsers_get_it() -> None:
    assert clock.offsets(clock.zone("Asia/Urumqi"), date(2026, 1, 1), date(2028, 12, 31)) == [(1767139200000, 360)]
    york = clock.offsets(clock.zone("America/New_York"), date(2026, 1, 1), date(2026, 12, 31))
    assert york == [(1767139200000, -300), (1772953200000, -240), (1793512800000, -300)]


def test_another_zone_goes_into_calendars_and_pages(root: Path, tmp_path: Path) -> None:
    write(root, "a", "activities:\n  - name: 读报会\n    when: 每周一 14:00-15:00\n")
    commit(root, "2026-03-01")
    settings = root / "directory.yml"
    made = {}
    for name, more in (("china", ""), ("york", "timezone: America/New_York\n")):
        settings.write_text(settings.read_text("utf-8") + more, "utf-8")
        assert main.main(["site", "--root", str(root), "--out", str(tmp_path / name)]) == 0
        made[name] = tree(tmp_path / name / "site")
    path = "calendars/positions/a.ics"
    assert b"DTSTART;TZID=Asia/Shanghai:" in made["china"][path] and b"zone" not in made["china"]["assets/words.js"]
    assert b"DTSTART;TZID=America/New_York:" in made["york"][path] and b"TZID=Asia" not in made["york"][path]
    assert b"BEGIN:DAYLIGHT" in made["york"][path]
    assert b".zone=[[1" in made["york"]["assets/words.js"]


# What would answer with the machine's day; moments (seconds, or with a zone of their own) may be asked for anywhere.
FORBIDDEN = {"today", "utcnow", "utcfromtimestamp", "localtime", "ctime", "gmtime", "strftime", "mktime", "asctime"}


def machines_day(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of, name = node.func.value, node.func.attr
            owner = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
            bare = name in ("now", "fromtimestamp") and len(node.args) + len(node.keywords) < (1 if name == "now" else 2)
            if owner in ("date", "datetime", "time", "dt") and (name in FORBIDDEN or bare):
                found.append(f"{node.lineno}: {owner}.{name}")
            elif owner == "datetime" and name == "now":
                found.append(f"{node.lineno}: datetime.now")
        if isinstance(node, ast.ImportFrom) and node.module in ("time", "datetime"):
            renamed = {each.name for each in node.names if each.asname}  # under another name it would not be seen here
            found += [f"{node.lineno}: {each.name}" for each in node.names if each.name in FORBIDDEN | renamed]
    return found


def test_nobody_else_asks_the_machine_for_a_day() -> None:
    # How long a host asks us to wait is a length of time between two moments.
    allowed = {"clock.py": 1, "probe.py": 1}
    files = [PROJECT / "build.py", *sorted((PROJECT / "docs").glob("*.py"))]
    files += [path for folder in ("haitang", "benchmarks") for path in sorted((PROJECT / folder).rglob("*.py"))]
    files = [path for path in files if "node_modules" not in path.parts]
    found = {path.name: machines_day(path.read_text("utf-8")) for path in files}
    assert {name: len(lines) for name, lines in found.items() if lines} == allowed


@pytest.mark.parametrize(
    "line",
    [
        "date.today()",
        "datetime.now()",
        "datetime.utcnow()",
        "time.localtime()",
        "date.fromtimestamp(1)",
        "time.strftime('%F')",
        "datetime.date.today()",
    ],
)
def test_that_one_can_fail(line: str) -> None:
    assert machines_day(f"import time\nfrom datetime import date, datetime\nx = {line}\n")


def test_updated_is_a_date_that_has_passed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "updated" in PAST_DATES
    settings = root / "directory.yml"
    ahead = clock.today(clock.zone()) + timedelta(2)
    settings.write_text(f"{settings.read_text('utf-8')}updated: {ahead}\n", "utf-8")
    assert main.main(["check", "--root", str(root)]) == 1
    assert "directory.yml:24:10: " in capsys.readouterr().out


@pytest.fixture(params=["no git", "no history", "somebody else's history", "not ours to read"])
def undated(request: pytest.FixtureRequest, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data that git tells nothing of."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if request.param == "no git":
        monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
        return root
    if request.param == "not ours to read":
        (root / ".git" / "HEAD").write_text("nonsense", "utf-8")
        return root
    copy = tmp_path / "outer" / "copy"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".git"))
    if request.param == "somebody else's history":
        outer = begin(tmp_path / "outer2")
        write(outer, "theirs")
        commit(outer, "2026-02-02")
        shutil.move(copy, outer / "copy")
        copy = outer / "copy"
    return copy


def test_without_a_day_it_is_said_what_is_missing(undated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--root", str(undated), "--out", str(tmp_path / "out")]
    for line in ("看不出资料是哪一天的", "看不出资料是哪一天的"):  # also by a build without a change
        assert main.main(["site", *out]) == 0
        assert [each for each in capsys.readouterr().err.splitlines() if line in each and "updated: " in each]
    assert b'data-built=""' in (tmp_path / "out" / "site" / "index.html").read_bytes()
    settings = undated / "directory.yml"
    settings.write_text(settings.read_text("utf-8") + "updated: 2026年3月5日\n", "utf-8")
    assert data_version(undated) == "2026-03-05"
    assert main.main(["site", *out]) == 0
    assert "看不出" not in capsys.readouterr().err
    assert b'data-built="2026-03-05"' in (tmp_path / "out" / "site" / "index.html").read_bytes()


def test_kiosk_and_serve_say_it_too(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(root / ".git")
    monkeypatch.setattr(halls, "halls_of", lambda directory: ())  # no fonts: only what is said
    for more, said in (("", 1), ("updated: 2026-03-05\n", 0)):
        (root / "directory.yml").write_text((root / "directory.yml").read_text("utf-8") + more, "utf-8")
        assert main.main(["kiosk", "--root", str(root), "--out", str(tmp_path)]) == 0
        assert capsys.readouterr().err.count("看不出资料是哪一天的") == said
        monkeypatch.setattr("haitang.cli.commands.serve.Server.run", lambda server, *_: server._http.server_close())
        assert main.main(["serve", "--root", str(root), "--port", "0"]) == 0
        assert capsys.readouterr().err.count("看不出资料是哪一天的") == said
    assert halls.workshop(PROJECT, root, bundle(PROJECT), today(root)).built == "2026-03-05"


@pytest.mark.parametrize(
    ("name", "more", "day"),
    [
        ("a", DATED, str(TODAY)),
        ("a", "verified:\n  on: 2026-11-23\n  by: 样例社区\nopened: 2026-11-22\n", "2026-11-23"),
        ("a", "opened: 2026-11\n", ""),  # no whole day
        ("a", "status: planned\nopened: 2027-05-01\n", ""),  # nobody has been there yet
        ("a", "activities:\n  - name: 读书会\n    when: 2027-05-01 9:00-10:00\n", ""),
        ("a", "", ""),
    ],
)
def test_a_release_without_a_history_is_of_the_last_day_that_the_data_speak_of(
    name: str, more: str, day: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever day it is: two builds of the same files are the same release."""
    shutil.rmtree(root / ".git")
    write(root, name, more)
    scripts = bundle(PROJECT)
    ids = set()
    for now in (TODAY, TODAY + timedelta(days=40)):
        shop = halls.workshop(PROJECT, root, scripts, now)
        assert shop.built == day
        monkeypatch.setattr(halls.Workshop, "_font", lambda *_: fonts.Font(b"", ()))
        release = shop.release(Hall(id="kiosk", title="样例"), lambda *_: None)
        ids.add((release.id, *release.files.values(), *release.root.values()))
    (only,) = ids
    assert str(only[0]).startswith(f"{day.replace('-', '') or '00000000'}-")


WHY = {
    "no git": "这台机器上没有 git，", "no history": "没有 git 提交记录，", "refused": "它属于另一个用户，",
    "shallow": "只取回了最近的几次", "not committed": "git 里还没有提交过资料，",
}  # fmt: skip
REMEDY = {
    "not committed": "请先提交资料；或者",
    "no git": "请装上 git；或者",
    "refused": "git config --global --add safe.directory ",
    "shallow": "git fetch --unshallow",
}


def hinder(why: str, root: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data, with git hindered from telling its day."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if why == "no git":
        monkeypatch.setenv("PATH", str(folder / "nothing"))
    elif why == "refused":
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    elif why == "shallow":
        git(root, "2026-03-02", "commit", "-q", "--allow-empty", "-m", "x")
        git(folder, "2026-03-01", "clone", "-q", "--depth", "1", root.as_uri(), str(folder / "clone"))
        return folder / "clone"
    else:
        shutil.rmtree(root / ".git")
    if why == "not committed":
        git(root, "2026-03-01", "init", "-q")
        git(root, "2026-03-01", "commit", "-q", "--allow-empty", "-m", "x")
    return root


def told_of_the_day(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    report_day(root, words("zh-CN"), Console())
    return capsys.readouterr().err.rstrip("\n")


@pytest.mark.parametrize("why", WHY)
def test_the_reason_is_the_true_one_and_says_what_to_do(
    why: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = hinder(why, root, tmp_path, monkeypatch)
    said = told_of_the_day(data, capsys)
    assert "\n" not in said and WHY[why] in said and REMEDY.get(why, "") in said and "directory.yml 里也没有写 updated" in said
    assert ("没有 git 提交记录" in said) == (why == "no history")
    assert ("git fetch" in said) == (why == "shallow") and "…" not in said
    for line in (["check", "--changed-since", "no/such"], ["review", "no/such"]):
        main.main([*line, "--root", str(data)])
        told = capsys.readouterr().err
        assert ("git fetch" in told) == (why in ("shallow", "not committed"))
        assert why in ("shallow", "not committed") or WHY[why].strip("，") in told
    said = no_commit(obstacle(data), "said", words("zh-CN"))
    assert said == "said" if why in ("shallow", "not committed") else WHY[why].strip("，") in said
    (data / "directory.yml").write_text((data / "directory.yml").read_text("utf-8") + "updated: 2026-11-05\n", "utf-8")
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    assert told_of_the_day(data, capsys) == ""


@pytest.mark.parametrize("line", ["updated: 去年", "updated: 2026-13-01", "updated: [2026-03-01]", "updated: 2026-03"])
def test_a_wrong_line_is_not_called_missing(
    line: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = hinder("no history", root, tmp_path, monkeypatch)
    (data / "directory.yml").write_text((data / "directory.yml").read_text("utf-8") + line + "\n", "utf-8")
    said = told_of_the_day(data, capsys)
    assert "updated 又读不出是哪一天" in said and "没有写 updated" not in said
    (data / "directory.yml").write_text("title: [\nupdated : 2026-03-05\n", "utf-8")
    assert "directory.yml 也读不懂" in told_of_the_day(data, capsys)


FROM = {"epoch": "SOURCE_DATE_EPOCH 里写的", "updated": "里写的 updated", "commit": "最后一次提交的日子"}


@pytest.mark.parametrize("source", FROM)
@pytest.mark.parametrize(("days", "key"), [(0, ""), (400, ""), (401, "old"), (-1, "ahead"), (-800, "ahead")])
def test_a_day_that_no_clock_fits_is_told(
    source: str,
    days: int,
    key: str,
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    day = TODAY - timedelta(days)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if source == "epoch":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())))
    elif source == "commit":
        commit(root, str(day))
    else:
        shutil.rmtree(root / ".git")
        (root / "directory.yml").write_text((root / "directory.yml").read_text("utf-8") + f"updated: {day}\n", "utf-8")
    said = told_of_the_day(root, capsys)
    if not key:
        assert said == ""
        return
    assert f"资料的日期是 {day}" in said and FROM[source] in said and "开没开门" in said and f" {abs(days)} 天" in said
    assert said.endswith(words("zh-CN").tree["day"][f"{key}_{source}"])


def told_of_holidays(root: Path, today: date, capsys: pytest.CaptureFixture[str], briefly: bool = False) -> str:
    report_holidays(settings_of(root), today, words("zh-CN"), Console(), briefly=briefly)
    return capsys.readouterr().err.rstrip("\n")


def test_that_known_holidays_end_is_told_three_months_before(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told_of_holidays(root, date(LAST_YEAR, 9, 29), capsys) == ""
    for day in (date(LAST_YEAR, 9, 30), date(LAST_YEAR, 12, 31), date(LAST_YEAR + 2, 3, 1)):
        said = told_of_holidays(root, day, capsys)
        assert f"只知道到 {LAST_YEAR}-12-31" in said and f"：  - {{year: {LAST_YEAR + 1}, off: []" in said and "\n" not in said
        brief = told_of_holidays(root, day, capsys, briefly=True)
        assert "\n" not in brief and f"{LAST_YEAR}-12-31" in brief and "build.py check" in brief


def test_the_lines_that_are_told_mend_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day, settings = date(LAST_YEAR, 12, 1), root / "directory.yml"
    for year in (LAST_YEAR + 1, LAST_YEAR + 2):
        said, _, line = told_of_holidays(root, day, capsys).rpartition("）：")
        assert ("写上 holidays:" in said) == (year == LAST_YEAR + 1)  # what is there already is not named again
        filled = "holidays:\n" * (year == LAST_YEAR + 1) + line.replace("off: []", f"off: [{year}-10-01]") + "\n"
        settings.write_text(settings.read_text("utf-8") + filled, "utf-8")
        assert main.main(["check", "--root", str(root)]) == 0, capsys.readouterr().out
        assert settings_of(root).calendar.last_year == year
        capsys.readouterr()
        day = date(year, 12, 1)
    assert told_of_holidays(root, date(LAST_YEAR, 12, 1), capsys) == ""


@pytest.mark.parametrize(("now", "said"), [(f"{LAST_YEAR}-09-01", False), (f"{LAST_YEAR}-11-29", True)])
def test_check_and_a_build_say_that_holidays_end(
    now: str, said: bool, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(root, "a")
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(f"{now}T04:00:00+00:00"))
    assert main.main(["check", "--root", str(root)]) == 0
    assert (f"year: {LAST_YEAR + 1}" in capsys.readouterr().err) == said
    assert main.main(["check", "--root", str(root), "directory.yml"]) == 0
    assert (f"year: {LAST_YEAR + 1}" in capsys.readouterr().err) == said
    if said:
        assert main.main(["site", "--root", str(root), "--out", str(tmp_path / "out")]) == 0
        assert [line for line in capsys.readouterr().err.splitlines() if "法定节假日只知道到" in line and "check" in line]


def test_pages_and_builds_agree_on_how_old_the_data_may_be() -> None:
    script = (PROJECT / "frontend/src/schedule/clock.ts").read_text("utf-8")
    assert re.findall(r"^const OLDEST_DAYS = (\d+);", script, re.MULTILINE) == [str(OLDEST.days)]


@pytest.mark.parametrize("value", ["abc", "1e9", "-1", " 123", "9" * 30, "123 ", "１２３"])
def test_a_moment_that_is_none_is_told_once(
    value: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    assert told_of_the_day(root, capsys) == words("zh-CN").sentence("day", "bad_epoch", value=value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert told_of_the_day(root, capsys) == ""


def test_git_is_believed_before_what_is_written(root: Path) -> None:
    settings = root / "directory.yml"
    settings.write_text(settings.read_text("utf-8") + "updated: 2026-03-05\n", "utf-8")
    assert data_version(root) == "2026-03-01"
