"""Docs cannot go stale: what they name exists, what exists they name, and what they quote is what the tool says."""

import argparse
import json
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from haitang import LAYERS
from haitang.cli import command_line, main, reporting
from haitang.model.entries import Brand, Chapter, Position, Route
from haitang.model.messages import words
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.recurrence_parser import read_when
from tests.data.history_world import commit, git
from tests.worlds import WORLD, publish

pytestmark = pytest.mark.live

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
ENTRIES_DOC = "docs/entries.md"
MORE = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
MORE += [f"{folder}/README.md" for folder in ("benchmarks", "frontend", "requirements")]
DOCS = (*READMES, "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", *MORE)
EXAMPLE = "positions/lujia/shili-jiayuan.yml"
PICTURES = sorted((ROOT / "docs" / "images").glob("*"))


def text(doc: str) -> str:
    return (ROOT / doc).read_text(encoding="utf-8")


def blocks(doc: str, language: str) -> list[str]:
    """The fenced blocks of a language, without the indentation of a list they stand in."""
    found = re.findall(rf"^([ ]*)```{language}\n(.*?)^\1```$", text(doc), re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(body) for _, body in found]


def prose(doc: str) -> str:
    """A doc without its fenced blocks."""
    return re.sub(r"^([ ]*)```.*?^\1```$", "", text(doc), flags=re.DOTALL | re.MULTILINE)


def rows(doc: str, *header: str) -> list[list[str]]:
    """The cells of the table with this header."""
    table = text(doc).split("| " + " | ".join(header) + " |\n", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[1:]]


# What exists is named.


def commands() -> dict[str, argparse.ArgumentParser]:
    return {command.name: main.parser_of(command, words("zh-CN")) for command in command_line.COMMANDS}


def options() -> set[str]:
    return {option for command in commands().values() for action in command._actions for option in action.option_strings}


@pytest.mark.parametrize("readme", READMES)
def test_readmes_name_every_command_and_option(readme: str) -> None:
    named = set(re.findall(r"`(--?[a-z-]+)[^`]*`", prose(readme)))
    assert options() - {"-h"} == named
    told = set(re.findall(r"python3 build\.py ([a-z][a-z-]*)", text(readme)))
    assert told == set(commands())


@pytest.mark.parametrize("doc", DOCS)
def test_commands_in_docs_exist(doc: str) -> None:
    assert set(re.findall(r"python3 build\.py ([a-z][a-z-]*)", text(doc))) <= set(commands())
    assert set(re.findall(r"build\.py[^`\n]*? (--[a-z-]+)", prose(doc))) <= options() | {
        "--bless",
        "--version",
    }  # these two are pytest's


OF_ALL = {"-h", "--help", "--root", "--lang"}


@pytest.mark.parametrize("readme", READMES)
def test_each_command_has_its_own_options(readme: str) -> None:
    header = ("command", "does", "options") if readme == "README.md" else ("命令", "做什么", "选项")
    for command, _, told in rows(readme, *header):
        name = re.findall(r"build\.py ([a-z][a-z-]*)", command)[-1]
        own = {option for action in commands()[name]._actions for option in action.option_strings}
        named = set(re.findall(r"--[a-z-]+", told))
        assert named | OF_ALL == own | OF_ALL, name


@pytest.mark.parametrize("readme", READMES)
def test_readmes_name_the_values_an_option_takes(readme: str) -> None:
    told = {cells[0].split()[0].strip("`"): cells[1] for cells in rows(readme, *OPTION_HEADERS[readme])}
    for command in commands().values():
        for action in command._actions:
            if action.choices and action.option_strings:
                assert set(map(str, action.choices)) <= set(re.findall(r"`([\w-]+)`", told[action.option_strings[-1]]))


@pytest.mark.parametrize("readme", READMES)
def test_readmes_name_what_a_build_makes(readme: str, built: Path) -> None:
    """What they name is there, and what lies at the top of a site they name, but for what pages are shown with."""
    (table,) = re.findall(r"\n\| \| \|\n\|---\|---\|\n(.*?)\n\n", text(readme), re.DOTALL)
    named = {name for line in table.splitlines() for name in re.findall(r"`([^`]+)`", line.split(" | ")[0])}
    for name in named:
        assert list(built.glob(re.sub(r"<\w+>|编号", "*", name))), f"a build makes no {name}"
    found = {path.name for path in built.iterdir()} - SHOWN_WITH
    assert found == {name.partition("/")[0] for name in named}


# Not for anybody to open: what pages are shown with, and what is shown in place of one that is not there.
SHOWN_WITH = {"assets", "photos", "404.html", "offline.html"}
OPTION_HEADERS = {"README.md": ("option", "value"), "README.zh-CN.md": ("选项", "写什么")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the golden world, which lies in git and had news."""
    folder = tmp_path_factory.mktemp("docs")
    root = Path(shutil.copytree(WORLD, folder / "root"))
    git(root, "2025-12-01", "init", "-q", "-b", "main")
    commit(root, "2025-12-01")
    with (root / "positions/qingshan/qing-shan.yml").open("a", encoding="utf-8") as file:
        file.write("phone: 0512-00000009\n")
    commit(root, "2025-12-02")
    publish(root, folder / "out")
    return (folder / "out/site").resolve()


@pytest.mark.parametrize("doc", [doc for doc in DOCS if doc != "CHANGELOG.md"])
def test_named_variables_are_read(doc: str) -> None:
    """Variables of the environment, and placeholders in handwritten pages."""
    programs = [path for folder in ("haitang", ".github", ".gitea", ".ci", "deploy") for path in (ROOT / folder).rglob("*")]
    code = "\n".join(path.read_text("utf-8") for path in programs if path.is_file() and path.suffix != ".pyc")
    for name in set(re.findall(r"`(HAITANG_[A-Z_]+)", text(doc))):
        assert name in code, name


@pytest.mark.parametrize("doc", DOCS)
def test_names_in_files_exist(doc: str) -> None:
    """`NAME` in `file.py`."""
    for name, file in re.findall(r"`(\w+)`\s+in\s+`([\w/.-]+\.py)`", text(doc)):
        assert re.search(rf"\b{name}\b", text(file)), f"{file} has no {name}"


def test_readmes_name_the_same_commands() -> None:
    one, other = (set(re.findall(r"`?(python3 build\.py[ a-z]*)", text(readme))) for readme in READMES)
    assert {line.strip() for line in one} == {line.strip() for line in other}


@pytest.mark.parametrize("readme", READMES)
def test_exit_codes(readme: str) -> None:
    header = ("exit code", "means") if readme == "README.md" else ("退出码", "意思")
    told = [int(code) for code, _ in rows(readme, *header)]
    assert told == [reporting.SOUND, reporting.PROBLEMS, reporting.USAGE, reporting.ENVIRONMENT, 130]


def test_architecture_names_every_room() -> None:
    architecture = text("ARCHITECTURE.md")
    assert architecture.count("\n") <= 70
    table = architecture.split("## The rooms")[1].split("\nOutside")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.M)) == LAYERS
    outside = re.findall(r"`([a-z]+)/`", architecture.split("\nOutside, sorted:")[1].split("##")[0].split(" by room")[0])
    assert outside == sorted(outside)


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all that its fields hold."""
    yield model
    for field in model.model_fields.values():
        for kind in parts(field.annotation):
            yield from models(kind)


def parts(kind: object) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inner in get_args(kind):
        yield from parts(inner)


def test_contributing_is_for_editors() -> None:
    lines = text("CONTRIBUTING.md").splitlines()
    assert len(lines) <= 250
    headings = [line for line in lines if line.startswith("#")]
    assert all(re.search("[一-鿿]", heading) for heading in headings), headings


def test_entries_names_every_field_and_choice() -> None:
    tables = "\n".join(line for line in text(ENTRIES_DOC).splitlines() if line.startswith("|"))
    known = set(re.findall(r"`([a-z0-9_]+)`", tables))
    for top in (Position, Brand, Chapter, Route):
        for model in models(top):
            assert set(model.model_fields) <= known, model.__name__
            for field in model.model_fields.values():
                assert {str(choice) for choice in get_args(field.annotation) if isinstance(choice, str)} <= known


# What is quoted is true.


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The directory's own data with the example in it: the example must fit into the real one."""
    shutil.copy(ROOT / "directory.yml", tmp_path)
    for folder in ("positions", "brands", "routes", "photos", "words"):
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "photos").mkdir(exist_ok=True)
    for name in re.findall(r"\S+\.jpg$", "\n".join(blocks(ENTRIES_DOC, "yaml")), re.MULTILINE):
        # Each another file: what is the same twice is told. What a JPEG has behind its end is no part of the picture.
        picture = (WORLD / "photos" / "he-cheng-1.jpg").read_bytes()
        (tmp_path / "photos" / name).write_bytes(picture + name.encode())
    (tmp_path / EXAMPLE).write_text(example(), encoding="utf-8")
    return tmp_path


# What a block of YAML that is no position or brand must hold.
KINDS = {"routes": "stops", "concepts": "concepts", "positions": "town"}


def example() -> str:
    """The long one of the position examples."""
    return max((block for block in blocks(ENTRIES_DOC, "yaml") if "\ntown: " in block), key=len)


def said(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the check says of errors. The examples are made up and look it, which advice notices rightly; what the documents
    quote is about something else."""
    capsys.readouterr()
    main.main(["check", "--lang", "zh-CN", "--root", str(root)])
    told = capsys.readouterr().out.splitlines()
    errors = [line for line in told if re.search(r":\d+:\d+: (?!提[醒示]：)", line)]
    files = len({line.partition(":")[0] for line in errors})
    count = words("zh-CN").sentence("commands", "count", problems=len(errors), files=files)
    return "\n".join([*errors, count, words("zh-CN").sentence("check", "explained", page="editors/problems.html"), ""])


def replaced(content: str, old: str, new: str) -> str:
    assert f"\n{old}\n" in f"\n{content}", f"not in the example: {old}"
    return f"\n{content}".replace(f"\n{old}\n", f"\n{new}\n", 1).removeprefix("\n")


MAP = next(block for block in blocks(ENTRIES_DOC, "yaml") if block.startswith("map:"))
NOTICES = next(block for block in blocks(ENTRIES_DOC, "yaml") if block.startswith("notices:"))
MARKS = next(block for block in blocks(ENTRIES_DOC, "yaml") if block.startswith("story:"))
TIERS = next(block for block in blocks(ENTRIES_DOC, "yaml") if block.startswith("tiers:"))
ENTRIES = [block for block in blocks(ENTRIES_DOC, "yaml") if block not in (MAP, NOTICES, MARKS, TIERS)]


@pytest.mark.parametrize("block", ENTRIES, ids=lambda block: f"{block.count(chr(10))} lines")
def test_examples_are_sound(block: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = re.findall(r"^id: (\S+)$", block, re.MULTILINE)[0]
    kind = next((kind for kind, sign in KINDS.items() if f"\n{sign}:" in block), "brands")
    file = EXAMPLE if kind == "positions" else f"{kind}/{name}.yml"
    (data / file).parent.mkdir(exist_ok=True)
    (data / file).write_text(block, encoding="utf-8")
    assert main.main(["check", "--root", str(data)]) == reporting.SOUND, capsys.readouterr().out


def test_the_example_of_marks_is_sound(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "brands" / "shili.yml").write_text(f"id: shili\nname: 示例\n{MARKS}", encoding="utf-8")
    assert main.main(["check", "--root", str(data)]) == reporting.SOUND, capsys.readouterr().out


def test_the_example_of_map_settings_is_sound(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (data / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(MAP)
    (data / "map").mkdir()
    ring = [[120.9, 31.2], [121.0, 31.2], [121.0, 31.3], [120.9, 31.2]]
    (data / "map" / "kunshan.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    assert main.main(["check", "--root", str(data)]) == reporting.SOUND, capsys.readouterr().out


def test_the_example_of_holidays_is_sound(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = [block for block in blocks("docs/administrators.md", "yaml") if block.startswith("holidays:")]
    with (data / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(example)
    assert main.main(["check", "--root", str(data)]) == reporting.SOUND, capsys.readouterr().out


def test_the_example_of_tiers_is_sound(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = (data / "directory.yml").read_text("utf-8")
    settings = re.sub(r"^tiers:\n(?:[ #].*\n)+", TIERS + "tier_look: flowers\n", settings, flags=re.MULTILINE)
    for path, text in ((path, path.read_text("utf-8")) for path in (data / "positions").rglob("*.yml")):
        path.write_text(re.sub(r"^tier: .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    for ours, theirs in (("centre", "zongguan"), ("station", "fenguan"), ("point", "liutong")):
        settings = settings.replace(f"tier: {ours}\n", f"tier: {theirs}\n")
    (data / "directory.yml").write_text(settings, encoding="utf-8")
    assert main.main(["check", "--root", str(data)]) == reporting.SOUND, capsys.readouterr().out


def test_the_example_of_notices_is_sound(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (data / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(NOTICES)
    assert main.main(["check", "--root", str(data)]) == reporting.SOUND, capsys.readouterr().out


def test_the_example_shows_every_field() -> None:
    shown = set(re.findall(r"^([a-z0-9_]+):", example(), re.MULTILINE))
    assert shown == set(Position.model_fields) - {"successor"}  # only for places that have closed


def cell_lines(cell: str) -> str:
    """The YAML lines that a table cell shows, ⇥ for a tab."""
    return "\n".join(re.findall(r"`([^`]*)`", cell)).replace("⇥", "\t")


MISTAKES = rows("CONTRIBUTING.md", "写成了", "工具说", "应该是")


@pytest.mark.parametrize("wrong, message, right", MISTAKES, ids=[row[0].replace("`", "") for row in MISTAKES])
def test_mistakes_are_answered_as_quoted(
    wrong: str, message: str, right: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = cell_lines(right), cell_lines(wrong)
    (data / EXAMPLE).write_text(replaced(example(), right, wrong), encoding="utf-8")
    line = f"\n{example()}".split(f"\n{right}\n")[0].count("\n") + 1
    first, *others = said(data, capsys).splitlines()
    assert re.sub(r"^(.*?:\d+):\d+: ", r"\1: ", first).startswith(f"{EXAMPLE}:{line}: {message}（说明：")
    assert others[0] == "共 1 个问题，在 1 个文件里。"


@pytest.mark.parametrize("doc", [*READMES, "CONTRIBUTING.md"])
def test_quoted_output_is_what_the_tool_says(doc: str, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (difference,), (output,) = blocks(doc, "diff"), blocks(doc, "text")
    header, *changes = difference.splitlines()
    file = data / header.removeprefix("--- ")
    content = file.read_text(encoding="utf-8")
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert (old[0], new[0]) == ("-", "+")
        content = replaced(content, old[1:], new[1:])
    file.write_text(content, encoding="utf-8")
    assert said(data, capsys) == output


def test_hours_in_the_table_can_be_read() -> None:
    told = rows(ENTRIES_DOC, "情况", "写法")
    ways = [way for _, cell in told for way in re.findall(r"`([^`]+)`", cell)]
    assert len(ways) >= 15
    for way in ways:
        read_hours(way.replace("…", "每天 09:00-17:00"))


def test_times_of_activities_in_the_table_can_be_read() -> None:
    told = rows(ENTRIES_DOC, "想说", "写成")
    ways = [way for _, cell in told for way in re.findall(r"`([^`]+)`", cell)]
    assert len(ways) >= 25
    for way in ways:
        read_when(way)


# Links lead somewhere.


def slug(heading: str) -> str:
    """The anchor a forge gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(doc: Path) -> set[str]:
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", doc.read_text(encoding="utf-8"), re.MULTILINE)}


@pytest.mark.parametrize("doc", DOCS)
def test_links_and_pictures_exist(doc: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(doc)):
        if not re.match(r"https?:", target):
            file, _, anchor = target.partition("#")
            path = (ROOT / doc).parent / file if file else ROOT / doc
            assert path.exists(), target
            assert not anchor or anchor in anchors(path), target


@pytest.mark.parametrize("doc", DOCS)
def test_named_files_exist(doc: str) -> None:
    """Paths of this project in code marks; what a build makes and what an editor will write is not there."""
    folders = "haitang|templates|tests|docs|deploy|requirements|benchmarks|frontend|\\.github"
    new = set(re.findall(r"(?:new file|to)\s+`([^`]+)`", prose(doc)))  # what a recipe makes
    for path in set(re.findall(rf"`((?:{folders})/[\w./-]*)`", prose(doc))) - new:
        assert (ROOT / path).exists() or ((ROOT / doc).parent / path).exists(), path


def test_pictures_are_small_and_used() -> None:
    shown = {target for readme in READMES for target in re.findall(r"\((docs/images/[^)]+)\)", text(readme))}
    assert shown == {picture.relative_to(ROOT).as_posix() for picture in PICTURES}
    script = text("docs/pictures.py")
    for picture in PICTURES:
        assert picture.stat().st_size <= 250_000, picture.name
        assert f'Picture("{picture.stem}"' in script


def test_no_path_of_a_machine() -> None:
    for doc in DOCS:
        assert not re.search(r"(?:^|[\s(`])/(?:work|home|tmp|root|Users)/", text(doc)), doc
