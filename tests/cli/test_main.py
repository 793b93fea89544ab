"""The command line: commands, languages, exit codes; nothing reaches a person as a traceback."""

import io
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from itertools import chain
from pathlib import Path

import pytest

from haitang.cli import bootstrap, command_line, main
from haitang.cli.ci_annotations import annotation
from haitang.core.problems import Place, Problem
from haitang.model.messages import words
from tests.worlds import PROJECT, WORLD, position


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(WORLD, tmp_path / "root")
    return tmp_path / "root"


def door(*arguments: str) -> subprocess.CompletedProcess[str]:
    """build.py in a process of its own."""
    command = [sys.executable, "build.py", *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The same in this process."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main.main(list(arguments))
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


@pytest.mark.parametrize("command", [command.name for command in command_line.COMMANDS])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_command_explains_itself(command: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([command, "--help", "--lang", language]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert words(language).tree["commands"][f"{command}_about"] in said
    assert "--root" in said
    assert ("usage:" in said) == (language == "en")


WRONG = (
    "check --rot x",
    "site --engine hugo",
    "new",
    "serve --port x",
    "--out",
    "check --fix=yes",
    "site x",
    "-- chek",
    "links --max",
)


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_command_line_is_told_in_chinese(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(line.split()) == 2
    said = capsys.readouterr().err
    assert said.startswith("命令写得不对：")
    assert "Traceback" not in said
    assert "invalid" not in said
    assert "expected" not in said
    assert "argument" not in said
    assert "？。" not in said


MEANT = {
    "chek": "check", "chekc --root x": "check", "Check": "check", "sight": "site", "serv": "serve", "excle": "excel",
    "kisok": "kiosk", "fromat": "format", "reminder": "reminders", "--root x chek": "check", "--lang=zh-CN revew": "review",
    "check --rot x": "--root", "check --rot=x": "--root", "check x.yml --fxi": "--fix", "--rot x check": "--root",
    "check --Root x": "--root", "serve --prot 1": "--port", "kiosk --kye k install z d": "--key",
    "new position --nmae x": "--name", "review --coment x": "--comment", "excel exprot x.xlsx": "export",
    "excel Import x.xlsx": "import", "kiosk instal z d": "install", "kiosk rolback d": "rollback",
    "kiosk --key k instal z d": "install", "new positon": "position", "new rout": "route", "check --format gihub": "github",
    "check --format=gitlba": "gitlab", "--lang zh check": "zh-CN", "check --lang zh_CN": "zh-CN", "--engine mkdoc": "mkdocs",
    "review --format md x": "", "check --lang fr": "", "xyzzy": "", "positions/lujia/x.yml": "",
    # Dashes of other keyboards, none, or too few; quotes that no shell has taken off.
    "－－help": "--help", "—help": "--help", "––help": "--help", "—root=x check": "--root", "check —fix": "--fix",
    "check －－ｆｉｘ": "--fix", "check ――ＦＩＸ": "--fix", "check −−root＝x": "--root", "-root x check": "--root",
    "check -fix": "--fix", "-help": "--help", "“check”": "check", "ｃｈｅｃｋ": "check", "check --format “json”": "json",
    # What the dashes have in common is no likeness.
    "--version": "", "--verbose": "", "--v": "", "check --version": "", "check --x": "", "check --quiet": "", "newspaper": "",
    "--check": "check", "--serve": "serve", "-- chek": "check", "biuld": "site", "build": "site", "hlep": "--help",
    "serve --check": "", "-V": "", "e": "",
}  # fmt: skip


@pytest.mark.parametrize("line", MEANT)
def test_what_was_probably_meant_is_named(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    for language, mark in (("zh-CN", "是不是想写"), ("en", "did you mean")):
        argv = line.split() if "--lang" in line else [*line.split(), "--lang", language]
        assert main.main(argv) == 2
        said = capsys.readouterr().err
        if "--lang" not in line or language == "zh-CN":
            assert (mark in said) == bool(MEANT[line]), said
            assert f"「{MEANT[line]}」" in said or f'"{MEANT[line]}"' in said or not MEANT[line]


@pytest.mark.parametrize("line", ["chek", "xyzzy", "--rot x check", "－－help", "-- chek", "biuld", "--version"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_for_a_command_that_does_not_exist_nothing_is_installed(
    line: str, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The door says it before it installs anything, in the very words that are said afterwards."""
    monkeypatch.setattr(bootstrap, "prepare", lambda _: pytest.fail("installed"))
    monkeypatch.setattr(sys, "argv", ["build.py", *line.split(), "--lang", language])
    with pytest.raises(SystemExit) as left:
        bootstrap.enter(sys.argv[1:])
    said = capsys.readouterr().err
    assert left.value.code == main.main(sys.argv[1:]) == 2
    assert said == capsys.readouterr().err


ELSEWHERE = {
    "check --port 1": "serve",
    "site --check": "format、forms",
    "excel --fix export x": "check",
    "serve --map=x": "review",
}


@pytest.mark.parametrize("line", ELSEWHERE)
def test_an_option_of_another_command_is_called_that(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(line.split()) == 2
    command, option = line.partition("=")[0].split()[:2]
    told = f"命令写得不对：「{option}」是 {ELSEWHERE[line]} 的选项，{command} 没有这个选项。"
    assert capsys.readouterr().err.startswith(told)


def test_the_door_speaks_the_language_that_counts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("HAITANG_LANG", "en")
    for line, english in (("chek", True), ("chek --lang zh-CN", False), ("chek --lang=zh-CN --lang en", True)):
        monkeypatch.setattr(sys, "argv", ["build.py", *line.split()])
        with pytest.raises(SystemExit):
            bootstrap.enter(sys.argv[1:])
        said = capsys.readouterr().err
        assert main.main(sys.argv[1:]) == 2 and said == capsys.readouterr().err and said.isascii() == english


@pytest.mark.parametrize(
    "line", ["help", "/?", "help check", "check help", "-- check --help", "--lang zh-CN help", "excel help"]
)
def test_help_is_help(line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main.main(line.split()) == 0
    about = next((word for word in line.split() if word in command_line.COMMANDS[1].name or word == "excel"), "site")
    monkeypatch.setattr(bootstrap, "prepare", lambda groups: pytest.fail(str(groups)) if groups != ("site",) else None)
    monkeypatch.setattr(sys, "prefix", str(PROJECT / ".venv"))
    bootstrap.enter(line.split())
    assert words("zh-CN").tree["commands"][f"{about}_about"] in "".join(capsys.readouterr().out.split("\n"))


def test_two_dashes_before_a_command_are_none() -> None:
    assert parsed(["--", "check", "--fix", "a.yml"]) == parsed(["check", "--fix", "a.yml"])
    assert parsed(["--root", "x", "--", "check"]) == parsed(["check", "--root", "x"])
    assert parsed(["--"]) == parsed([])


EMPTY = (
    "--root=", "--root @", "check @", "check a.yml @", "check -- @", "--out @ site", "site --out=", "reminders --today @",
    "new brand --name @", "review @", "serve --port @", "serve --port=", "--lang= check", "check --lang @", "--engine=",
    "kiosk install @ d", "kiosk --key= install z d", "excel export @", "issue @", "review --comment @", "links --max=", "@",
    "@ check", "test --root @",
)  # fmt: skip


@pytest.mark.parametrize("empty", ["", " ", "\u3000"])
def test_what_is_empty_is_refused(empty: str, capsys: pytest.CaptureFixture[str]) -> None:
    for line in EMPTY:
        argv = [word.replace("@", empty) if word == "@" else word for word in line.split()]
        assert main.main(argv) == 2, line
        said = capsys.readouterr().err
        option = next(
            (word.strip("=") for word in argv if word.endswith("=") or argv[argv.index(word) + 1 :][:1] == [empty]), ""
        )
        key = "usage_empty" if option.startswith("--") and option != "--" else "usage_empty_word"
        assert said.startswith(f"命令写得不对：{words('zh-CN').sentence('commands', key, named=option)}。"), line
    assert parsed(["test", "-k", ""])["pytest"] == ["-k", ""]  # pytest's own


QUOTED = "positions/hecheng/xiao-qu.yml"


@pytest.mark.parametrize("name", [f"“{QUOTED}”", f"「{QUOTED}」", f"'{QUOTED}'", f"“{QUOTED}", f"{QUOTED}”"])
def test_quotes_that_became_part_of_a_name_are_told(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = words("zh-CN").sentence("commands", "quoted", word=name)
    assert main.main(["check", name, "--root", str(root)]) == 2
    assert told in capsys.readouterr().err
    assert main.main(["check", f"--root={name}"]) == 1
    assert told in capsys.readouterr().err
    assert main.main(["check", QUOTED, "--root", str(root)]) == 0
    assert "引号" not in capsys.readouterr().err


PARSERS = {command.name: main.parser_of(command, words("zh-CN")) for command in command_line.COMMANDS}
NAMES = {
    "check": ["a.yml", "b"], "format": ["a.yml"], "kiosk": ["install", "a.zip", "b"], "review": ["main", "HEAD"],
    "new": ["route"], "issue": ["a.md"], "reminders": ["lujia", "huaqiao"], "excel": ["export", "a.xlsx"],
    "test": ["tests/a.py", "tests/b.py"], "explain": ["hours", "24小时", "-"], "setup-forge": ["gitea"], "init": ["folder"],
}  # fmt: skip


def written(command: str) -> list[list[list[str]]]:
    """Each option of a command in every way it can be written."""
    ways = []
    for action in PARSERS[command]._actions:
        if action.option_strings and "--help" not in action.option_strings:
            name = action.option_strings[-1]
            value = str(list(action.choices)[-1]) if action.choices else "7"
            ways.append([[name]] if action.nargs == 0 else [[name, value], [f"{name}={value}"]])
    return ways


def parsed(argv: list[str]) -> dict[str, object]:
    return vars(main._parsed(argv, words("zh-CN")))


@pytest.mark.parametrize("command", PARSERS)
def test_options_stand_anywhere(command: str) -> None:
    """Before the command, before, between and behind its names, with a blank or `=`: it is the same command line."""
    line = [command, *NAMES.get(command, [])]
    for ways in written(command):
        expected = parsed([*line, *ways[0]])
        assert expected != parsed(line) or ways[0][-1] in ("zensical",)
        for way in ways:
            for at in range(len(line) + 1):
                assert parsed([*line[:at], *way, *line[at:]]) == expected, (at, way)
    all_of_them = [way[-1] for way in written(command)]
    expected = parsed([*line, *chain(*all_of_them)])
    for at in range(len(all_of_them) + 1):
        assert parsed([*chain(*all_of_them[:at]), *line, *chain(*all_of_them[at:])]) == expected


def test_without_a_command_it_is_site() -> None:
    assert parsed([]) == parsed(["site"])
    for line in (["--out", "check"], ["--root=x", "--engine", "zensical"], ["--lang", "en"]):
        assert parsed(line) == parsed(["site", *line])


def test_behind_two_dashes_all_are_names() -> None:
    assert parsed(["check", "--fix", "--", "--root", "-x.yml"])["files"] == ["--root", "-x.yml"]


@pytest.mark.parametrize(
    "line",
    [
        "tests/a.py -q -k noon",
        "-q tests/a.py -k noon",
        "-k noon",
        "--bless tests/a.py",
        "-n2 -p no:x -x",
        "-- -q",
    ],
)
def test_pytest_gets_what_is_its_own(line: str) -> None:
    words_of_it = [word for word in line.split() if word != "--"]
    got = parsed(["test", *line.split(), "--root", "x"] if "--" not in line.split() else ["test", "--root", "x", *line.split()])
    assert (got["pytest"], got["root"]) == (words_of_it, "x")


def test_the_door_knows_what_the_commands_say_of_themselves() -> None:
    actions = [action for parser in PARSERS.values() for action in parser._actions if action.option_strings]
    assert [command.name for command in command_line.COMMANDS] == list(PARSERS)
    taking = {name for action in actions if action.nargs is None for name in action.option_strings}
    assert set(command_line.OPTIONS_WITH_VALUE) == taking
    assert set(command_line.FLAGS) == {name for action in actions if action.nargs == 0 for name in action.option_strings}
    assert len(set(command_line.OPTIONS_WITH_VALUE)) == len(command_line.OPTIONS_WITH_VALUE)


def test_options_may_stand_before_the_command(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--root", str(root), "check"]) == 0
    assert words("zh-CN").sentence("commands", "sound_routes", positions=4, brands=2, routes=1) in capsys.readouterr().out


def test_a_workbook_is_exported_with_the_options_first(root: Path, tmp_path: Path) -> None:
    assert main.main(["excel", "export", "--root", str(root), str(tmp_path / "f.xlsx")]) == 0
    assert (tmp_path / "f.xlsx").is_file()


def test_check_tells_every_problem_with_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "positions" / "hecheng" / "xiao-qu.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("tier: point", "tier: ponit"), encoding="utf-8")
    (root / "positions" / "hecheng" / "new.yml").write_text(position("new", town="nowhere"), encoding="utf-8")
    assert main.main(["check", "--root", str(root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("positions/hecheng/new.yml:3:7: ")
    said = "「tier（层级）」不能是「ponit」，可以是 centre、station、point、other；是不是想写「point」？"
    assert lines[1] == f"positions/hecheng/xiao-qu.yml:3:7: {said}（说明：bad-choice）"
    assert lines[2] == "共 2 个问题，在 2 个文件里。"


def test_english_on_request(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "positions" / "hecheng" / "xiao-qu.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("tier: point", "tier: ponit"), encoding="utf-8")
    assert main.main(["check", "--root", str(root), "--lang", "en"]) == 1
    assert "tier" in (said := capsys.readouterr().out)
    assert said.isascii() or "「" not in said


def test_nothing_is_published_while_a_problem_stands(root: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert run("--root", str(root), "--out", out).returncode == 0
    before = (tmp_path / "out" / "site" / "index.html").read_bytes()
    (root / "brands" / "kong.yml").write_text("id: kong\n", encoding="utf-8")
    done = run("--root", str(root), "--out", out)
    assert done.returncode == 1
    assert "brands/kong.yml:1:1: " in done.stdout
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "site" / "index.html").read_bytes() == before


@pytest.mark.parametrize(("bad", "said"), [(b"\xff\xfe", "不是 UTF-8 编码"), (b"\0FOO\0", "看不见的字符")])
def test_a_handwritten_page_nobody_can_read_is_told(root: Path, tmp_path: Path, bad: bytes, said: str) -> None:
    about = root / "site_src" / "about.md"
    about.write_bytes(about.read_bytes() + b"\nx " + bad + b"\n")
    done = run("--root", str(root), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "site_src/about.md:" in done.stdout
    assert said in done.stdout
    assert "Traceback" not in done.stderr


def test_a_second_run_without_change_builds_nothing(root: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert "网站已生成" in run("--root", str(root), "--out", out).stdout
    assert "没有变化" in door("--root", str(root), "--out", out).stdout
    (tmp_path / "out" / "site" / "index.html").unlink()
    assert "网站已生成" in run("--root", str(root), "--out", out).stdout
    assert (tmp_path / "out" / "site" / "index.html").is_file()


def test_a_foreign_site_folder_is_the_environments_fault(root: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "site").mkdir(parents=True)
    done = run("--root", str(root), "--out", str(tmp_path / "out"))
    assert done.returncode == 3
    assert "不是本程序生成的" in done.stderr


def test_a_root_without_data_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["check", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "directory.yml:1:1: " in said
    assert "positions:1:1: " in said


def test_new_position_starts_a_file_that_check_understands(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["new", "position", "--root", str(root), "--name", "启发广场党群服务点", "--town", "禾城镇", "--tier", "点"]
    assert main.main(asked) == 0
    path = root / "positions" / "hecheng" / "qifa-guangchang.yml"
    assert path.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=../../schemas/position.json\n"
        "id: qifa-guangchang\nname: 启发广场党群服务点\ntier: point\ntown: hecheng\n"
    )
    assert main.main(["check", "--root", str(root)]) == 1
    assert "「title（标题）」空着" in capsys.readouterr().out
    path.write_text(path.read_text(encoding="utf-8").replace("title: #", "title: 虚构的报道 #"), encoding="utf-8")
    assert main.main(["check", "--root", str(root)]) == 0


def test_new_route_asks_for_its_stops(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["new", "route", "--root", str(root), "--name", "荷香二线"]) == 0
    path = root / "routes" / "hexiang-erxian.yml"
    assert main.main(["check", "--root", str(root)]) == 1
    assert capsys.readouterr().out.count("「position（阵地）」空着") == 1  # of both stops
    text = path.read_text(encoding="utf-8").replace("title: #", "title: 虚构的报道 #")
    for stop in ("he-cheng", "xiao-qu"):
        text = text.replace("position: #", f"position: {stop} #", 1)
    path.write_text(text, encoding="utf-8")
    assert main.main(["check", "--root", str(root)]) == 0


def test_a_directory_without_routes_says_nothing_of_them(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(root / "routes")
    assert main.main(["check", "--root", str(root)]) == 0
    assert words("zh-CN").sentence("commands", "sound", positions=4, brands=2) in capsys.readouterr().out


def test_new_never_overwrites(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / "brands" / "kong.yml").read_bytes()
    assert main.main(["new", "brand", "--root", str(root), "--name", "空", "--id", "kong"]) == 2
    assert (root / "brands" / "kong.yml").read_bytes() == before
    assert "brands/kong.yml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--name", "甲", "--town", "哪里"], "没有区镇「哪里」"),
        (["--name", "甲", "--town", "hecheng", "--tier", "大"], "没有层级「大」"),
        (["--name", "甲", "--town", "hecheng", "--id", "../x"], "编号「../x」不对"),
        (["--town", "hecheng"], "缺少 --name"),
        (["--name", "甲\nid: b", "--town", "hecheng"], "写成一行"),
        (["--name", "坏\udcff", "--town", "hecheng"], "不能用"),
    ],
)
def test_new_refuses_kindly(
    root: Path, flags: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert main.main(["new", "position", "--root", str(root), *flags]) == 2
    assert said in capsys.readouterr().err


def test_annotations_cannot_be_broken_out_of() -> None:
    """An entry's text must not start a workflow command of its own."""
    problem = Problem(
        Place("positions/a,b:c.yml", 3, 4), "bad-number", {"field": "area_m2", "value": "1\n::set-output name=x::y%"}
    )
    line = annotation(problem, words("zh-CN"))
    assert "\n" not in line
    assert line.startswith("::error file=positions/a%2Cb%3Ac.yml,line=3,col=4::")
    assert "%25" in line
