"""docs/developing.md can be followed: each recipe, performed as it stands there on a copy of the project, does what it says.

All recipes are performed on one copy, in the order of the document, and their results are looked for in one run: whoever adds
two things adds them side by side too.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.test_mistakes import read_table
from tests.worlds import PROJECT

PAPER = PROJECT / "docs" / "developing.md"
LINKED = (".venv", "frontend")
COPIED = (
    "haitang",
    "templates",
    "docs",
    "schemas",
    "requirements",
    "mkdocs.yml",
    "build.py",
    "pyproject.toml",
    "tests/mistakes",
)
WORLD = "tests/golden/world"
MOST_FILES = 3
# A step: a block and the file that the paragraph before it names first; or one file to be copied to another.
_STEP = re.compile(
    r"[Cc]opy `(?P<source>[^`]+)` to\s+`(?P<copy>[^`]+)`"
    r"|`(?P<file>[\w.-]+/[\w./-]+)`(?:(?!\n\n).)*?:\n\n```(?P<language>\w+)\n(?P<block>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Step:
    """One file that a recipe touches. `block` is what comes there (`language`: a `diff` of it, else all of it); without one the
    file is a copy of `source`."""

    file: str
    language: str = ""
    block: str = ""
    source: str = ""

    def perform(self, project: Path) -> None:
        path = project / self.file
        if self.source:
            shutil.copy(project / self.source, path)
        elif self.language == "diff":
            path.write_text(changed(path.read_text("utf-8"), self.block, self.file), "utf-8")
        else:
            assert not path.exists(), f"{self.file} is not new"
            path.write_text(self.block, "utf-8")


def recipes() -> Iterator[tuple[str, list[Step]]]:
    """Each recipe with steps, by its heading."""
    for part in PAPER.read_text("utf-8").split("\n### ")[1:]:
        heading, _, text = part.partition("\n")
        steps = [
            Step(found["copy"], source=found["source"]) if found["copy"] else Step(*found.group("file", "language", "block"))
            for found in _STEP.finditer(text.split("\n## ")[0])
        ]
        if steps:
            yield heading, steps


def changed(text: str, difference: str, file: str) -> str:
    """A text with a difference made to it, every part of which fits in one place only."""
    for part in difference.split("@@\n"):
        lines = part.splitlines(keepends=True)
        old, new = ("".join(line[1:] or "\n" for line in lines if line[0] in signs) for signs in (" -", " +"))
        whole = f"\n{text}"
        assert whole.count(f"\n{old}") == 1, f"{file} has {whole.count(f'{chr(10)}{old}')} places that look like this:\n{old}"
        text = whole.replace(f"\n{old}", f"\n{new}")[1:]
    return text


RECIPES = dict(recipes())
SCRIPT = """
import json, sys
from pathlib import Path
from haitang.cli.main import main
from haitang.editors.scaffold import settings_of
from haitang.site.form_editor.config import config
for line in sys.stdin.read().splitlines():
    print("$", line, flush=True)
    main(line.split("|"))
print("$ form")
print(json.dumps(config(settings_of(Path())), ensure_ascii=False))
"""
FORMS, SITE, CHECK = "forms", f"site|--root|{WORLD}|--out|out", f"check|--root|{WORLD}"
MISTAKEN, IN_FRENCH, EXCEL = "check|--root|mistaken", "check|--root|mistaken|--lang|fr", f"excel|export|all.xlsx|--root|{WORLD}"
FORMAT = f"format|--root|{WORLD}"
COMMANDS = (FORMS, FORMAT, SITE, CHECK, MISTAKEN, IN_FRENCH, EXCEL)
PARKING = "门前 6 个车位"


@dataclass(frozen=True)
class Followed:
    """A copy of the project in which all recipes were followed, and what its commands said."""

    project: Path
    said: dict[str, str]

    def page(self, path: str) -> str:
        return (self.project / "out/site" / path).read_text("utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    project = tmp_path_factory.mktemp("recipes") / "project"
    for name in (*COPIED, WORLD, "directory.yml"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, project / name)
    for name in LINKED:
        (project / name).symlink_to(PROJECT / name)
    for steps in RECIPES.values():
        for step in steps:
            step.perform(project)
    translated(project / "templates/words/messages.fr.yml", "  tier: level\n", "  tier: niveau\n")
    translated(project / "templates/words/site.fr.yml", "  guide: 填写说明\n", "  guide: Mode d'emploi\n")
    with (project / WORLD / "positions/hecheng/he-cheng.yml").open("a", encoding="utf-8") as file:
        file.write(f"parking: {PARKING}\n")
    with (project / WORLD / "directory.yml").open("a", encoding="utf-8") as file:
        file.write("languages:\n  - fr\n")
    mistaken(project)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input="\n".join(COMMANDS), cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    parts = (part.partition("\n") for part in f"\n{done.stdout}".split("\n$ ")[1:])
    return Followed(project, {command: said for command, _, said in parts})


def translated(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def mistaken(project: Path) -> None:
    """The mistake that the new rule's row tells of, made in a small directory."""
    shutil.copytree(project / "tests/mistakes/base", project / "mistaken")
    known = {mistake.title for mistake in read_table(PROJECT / "tests/mistakes/names.txt")}
    (new,) = (each for each in read_table(project / "tests/mistakes/names.txt") if each.title not in known)
    for file, lines in new.files.items():
        (project / "mistaken" / file).write_text("".join(f"{line}\n" for line in lines), "utf-8")


def test_the_recipes_are_there() -> None:
    assert list(RECIPES) == ["A field", "A rule", "A kind of page", "An export", "A language"]


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_touches_few_files(recipe: str) -> None:
    touched = {step.file for step in RECIPES[recipe]}
    assert len({file for file in touched if not file.startswith(("templates/words/", "tests/"))}) <= MOST_FILES, touched


def test_what_was_added_is_in_the_style_of_the_project(followed: Followed) -> None:
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--quiet", "haitang"],
            cwd=followed.project, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


class TestField:
    def test_on_the_page(self, followed: Followed) -> None:
        assert f"<dt>停车<dd>{PARKING}</div>" in followed.page("positions/he-cheng.html")

    def test_in_the_sheet(self, followed: Followed) -> None:
        workbook = openpyxl.load_workbook(followed.project / "all.xlsx")
        rows = [tuple(cell.value for cell in row) for sheet in workbook for row in sheet if sheet.title == "阵地"]
        header = next(row for row in rows if "停车" in row)
        assert PARKING in [row[header.index("停车")] for row in rows]

    def test_in_the_schema(self, followed: Followed) -> None:
        schema = json.loads((followed.project / "schemas/position.json").read_text("utf-8"))
        assert "车停在哪里" in json.dumps(schema["properties"]["parking"], ensure_ascii=False)
        assert "schemas/position.json" in followed.said[FORMS]

    def test_in_the_form(self, followed: Followed) -> None:
        (form,) = (each for each in json.loads(followed.said["form"])["collections"] if each["name"] == "position")
        (box,) = (box for box in form["fields"] if box["name"] == "parking")
        assert box["label"] == "停车"

    def test_in_its_place_in_the_file(self, followed: Followed) -> None:
        lines = (followed.project / WORLD / "positions/hecheng/he-cheng.yml").read_text("utf-8").splitlines()
        assert lines[lines.index("phone: 0512-00000001") + 1] == f"parking: {PARKING}"

    def test_in_the_guide_for_editors(self, followed: Followed) -> None:
        assert "车停在哪里" in followed.page("editors/fields.html")

    def test_the_check_takes_it(self, followed: Followed) -> None:
        assert ":" not in followed.said[CHECK].replace("：", "")


def test_the_rule_is_in_the_answer_of_check(followed: Followed) -> None:
    (line, *_), (french, *_) = (followed.said[command].splitlines() for command in (MISTAKEN, IN_FRENCH))
    assert line.startswith("positions/lujia/qifa-guangchang.yml:3:13: 「short_name（简称）」")
    assert line.endswith("（说明：short-name-longer）")
    assert "short-name-longer" in french
    assert "简称是给窄的地方用的" in followed.page("editors/problems.html")


def test_the_page_is_there_and_in_the_sitemap(followed: Followed) -> None:
    page = followed.page("hosts.html")
    assert "<h1>谁在管</h1>" in page
    assert '<a href="positions/he-cheng.html">' in page
    assert "/hosts.html</loc>" in followed.page("sitemap.xml")


def test_the_export_is_there(followed: Followed) -> None:
    assert ["禾城镇党群服务中心", "0512-00000001"] in list(csv.reader(followed.page("data/phones.csv").splitlines()))


def test_both_languages_speak(followed: Followed) -> None:
    assert '<html lang="fr"' in followed.page("index.html")
    assert "Mode d'emploi" in followed.page("index.html").replace("&#39;", "'")
    assert "is longer than the name" in followed.said[IN_FRENCH]
