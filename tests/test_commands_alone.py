"""Every command of the README runs where there is only what that command itself asks for.

The environments are small copies of the tests' own: of the installed packages those that the locks of the asked groups name and
no other, and of the folders of npm those of the asked groups. `build.py` is started in them as anybody starts it; it finds its
stamp and installs nothing. With `--all` the same is done in real environments, installed from nothing.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import venv
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest

from haitang.cli import bootstrap
from haitang.cli.bootstrap import groups_for
from haitang.cli.install_steps import NPM
from tests.data.history_world import commit, git
from tests.editors.test_issue_parser import NEW, body
from tests.worlds import PROJECT, WORLD

COPIED = ("build.py", "haitang", "benchmarks", "pyproject.toml", "mkdocs.yml")  # the program asks where its own files lie
LINKED = ("templates", "requirements", "site_src", "docs", "deploy")
SHARED = ("fonts", "photos", "frontend", "templates", "qr")
UNUSABLE = "http://127.0.0.1:9"  # where pip and npm would ask, if something made them: nothing may be fetched here
ROOT = "--root data"
# A line of the README → the lines that stand for it here, and the exit code. BASE, FILE and such are of a small world.
LINES: dict[str, tuple[str, ...]] = {
    "": (f"{ROOT}", f"--engine zensical --out other {ROOT}"),
    "site": (f"site {ROOT}",),
    "check": (f"check {ROOT}", f"check --changed-since HEAD^ --format gitlab {ROOT}"),
    "explain hours TEXT": (f"explain hours 每天9:00-17:00 {ROOT}", f"explain hours --format json 8:30 {ROOT}"),
    "explain when TEXT": (f"explain when 每周三14:00-16:00 --format json {ROOT}",),
    "explain code CODE": (f"explain code bad-hours {ROOT}",),
    "format": (f"format {ROOT}",),
    "serve": (f"serve --port 0 {ROOT}", f"serve --admin --port 0 {ROOT}"),
    "review BASE": (f"review HEAD^ --map map.svg {ROOT}",),
    "review BASE HEAD": (f"review HEAD^ HEAD --format json --out review.json {ROOT}", "review --comment review.json"),
    "kiosk": (
        f"kiosk {ROOT}", "kiosk key mine.key", "kiosk sign out/kiosk/heng-ting.zip --secret mine.key",
        "kiosk install out/kiosk/heng-ting.zip hall",
    ),
    "new position": (f"new position --name 样例新站 --town 禾城镇 --source 虚构的报道 {ROOT}",),
    "new brand": (f"new brand --name 样例新红 --id xin-hong --source 虚构的报道 {ROOT}",),
    "init FOLDER": ("init mine --title 样例 --towns 东镇、西镇", "check --root mine", "--root mine --out mine-out"),
    "issue": (f"issue body.md {ROOT}",),
    "forms": (f"forms {ROOT}",),
    "setup-forge FORGE": (f"setup-forge github {ROOT}",),
    "reminders": (f"reminders --today 2026-11-23 {ROOT}",),
    "links": (f"links --timeout 20 --max 1 {ROOT}",),
    "provenance": (f"provenance data {ROOT}",),
    "excel export": (f"excel export all.xlsx {ROOT}",),
    "excel import": (f"excel import all.xlsx --dry-run {ROOT}",),
    "new route": (f"new route --name 样例新线 --id xin-xian --source 虚构的报道 {ROOT}",),  # not sound until it is finished
    "test": ("test tests/test_one.py -q -p no:cacheprovider",),
    "bench": ("bench --sizes none",),
}  # fmt: skip
EXIT = {
    f"explain hours --format json 8:30 {ROOT}": "1",
    f"setup-forge github {ROOT}": "1",  # the small world has no workflows
    "bench --sizes none": "2",  # a wrong line, understood by the benchmarks once all of them are imported
}
TEST_ONE = """
def test_one(browser, pytestconfig) -> None:
    assert browser is not None and pytestconfig.pluginmanager.hasplugin("xdist")
"""


def named_in_the_readme() -> set[str]:
    table = (PROJECT / "README.md").read_text("utf-8").split("| command | does | options |\n")[1].split("\n\n")[0]
    first = [line.split(" | ")[0] for line in table.splitlines()]
    return {line for cell in first for line in re.findall(r"`python3 build\.py ?([^`]*)`", cell)}


def test_every_command_of_the_readme_is_run() -> None:
    assert set(LINES) == named_in_the_readme()


@cache
def checkout(groups: tuple[str, ...], folder: Path) -> Path:
    """The program with an environment of these groups, and a small world in it that has a history."""
    project = folder / "-".join(groups)
    copy_program(project)
    for name in ("frontend", *(folder for step, folder in NPM.items() if step in groups)):
        modules = project / name / "node_modules"
        if (PROJECT / name / "node_modules").is_dir():
            modules.symlink_to(PROJECT / name / "node_modules")
        else:  # of the benchmarks: asked for, never opened here
            modules.mkdir(parents=True)
            (modules / ".package-lock.json").touch()
    for name in SHARED:
        (project / ".cache" / name).parent.mkdir(exist_ok=True)
        (project / ".cache" / name).symlink_to(kept(folder, name))
    environment(project, groups)
    bootstrap._record(str(project), bootstrap._wanted(str(project), groups))
    return project


def kept(folder: Path, name: str) -> Path:
    """A cache: of fonts the tests' own, which cost seconds; of what else all environments make the same, that of the first."""
    place = PROJECT / ".cache" / name if name == "fonts" else folder / "cache" / name
    place.mkdir(parents=True, exist_ok=True)
    return place


def copy_program(project: Path) -> None:
    ignored = shutil.ignore_patterns("node_modules", "__pycache__")
    for name in (*COPIED, "frontend"):
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, project / name, ignore=ignored)
        else:
            project.mkdir(exist_ok=True)
            shutil.copy(PROJECT / name, project / name)
    for name in LINKED:
        (project / name).symlink_to(PROJECT / name)
    (project / "tests").mkdir()
    for name in ("__init__.py", "conftest.py"):
        shutil.copy(PROJECT / "tests" / name, project / "tests" / name)
    shutil.copytree(PROJECT / "tests" / "acceptance", project / "tests" / "acceptance", ignore=ignored)  # conftest.py needs it
    (project / "tests/test_one.py").write_text(TEST_ONE, "utf-8")
    small_world(project / "data")
    (project / "body.md").write_text(body(project / "data", "new", NEW | {"town": "禾城镇"}), "utf-8")


def small_world(root: Path) -> None:
    """The golden world with two commits, and links that lead nowhere."""
    shutil.copytree(WORLD, root)
    for path in root.rglob("*.yml"):
        text = path.read_text("utf-8")
        if path.name != "directory.yml":
            path.write_text(re.sub(r"(?<=url: )https://[\w.-]+", "https://example.invalid", text), "utf-8")
    git(root, "2026-01-01", "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    with (root / "positions/qingshan/qing-shan.yml").open("a", encoding="utf-8") as file:
        file.write("phone: 0512-00000009\n")
    commit(root, "2026-01-02")


def environment(project: Path, groups: tuple[str, ...]) -> None:
    """A virtual environment that holds the packages of the groups' locks and nothing else, as links."""
    venv.create(project / ".venv", symlinks=True)
    (packages,) = (project / ".venv/lib").glob("*/site-packages")
    locks = "".join((PROJECT / bootstrap.LOCKS[group]).read_text("utf-8") for group in groups if group not in NPM)
    allowed = {plain(name) for name in re.findall(r"^([\w.-]+)==", locks, re.MULTILINE)}
    for distribution in distributions():
        if plain(distribution.metadata["Name"]) not in allowed:
            continue
        for path in distribution.files or ():
            program = path.parts[-2] == "bin" if path.parts[0] == ".." else False
            place = project / ".venv/bin" / path.name if program else packages / path.parts[0]
            if (program or path.parts[0] != "..") and not place.is_symlink():
                place.symlink_to(Path(str(distribution.locate_file(path if program else path.parts[0]))).resolve())


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


INSIDE = """
import sys, traceback
from haitang.cli.main import main
for line in sys.argv[1:]:
    print("$", line, flush=True)
    try:
        code = main(line.split())
    except BaseException:
        code = traceback.format_exc()
    print("=", code, flush=True)
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each line: its exit code, or what it said in place of one. A line that begins at the door is started
    there; the others of an environment follow each other in one process of it, whose start is the dearest part."""
    folder = tmp_path_factory.mktemp("alone")
    found: dict[str, str] = {}
    inside: list[str] = []
    for line in (line for lines in LINES.values() for line in lines):
        groups = groups_for(line.split())
        if groups == ("site",) and line != ROOT and not line.startswith("serve"):
            inside.append(line)
        else:
            found[line] = run(checkout(groups, folder), line)
    project = checkout(("site",), folder)
    done = start(project, [str(project / ".venv/bin/python"), "-c", INSIDE, *inside])
    for part in f"\n{done.stdout}".split("\n$ ")[1:]:
        line, _, said = part.partition("\n")
        before, _, code = said.rpartition("= ")
        found[line] = code.strip() if code.strip() == expected(line) else f"{before}{code}{done.stderr}"
    checkout.cache_clear()
    return found


def expected(line: str) -> str:
    return EXIT.get(line, "0")


def start(project: Path, command: list[str]) -> "subprocess.CompletedProcess[str]":
    surroundings = os.environ | {"PIP_INDEX_URL": UNUSABLE, "npm_config_registry": UNUSABLE, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=project, env=surroundings, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def run(project: Path, line: str) -> str:
    """The exit code of a line at the door, or what it said in place of the right one."""
    command = [sys._base_executable, "build.py", *line.split()]  # type: ignore[attr-defined]
    if line.startswith("serve"):
        return served(project, command)
    done = start(project, command)
    return str(done.returncode) if str(done.returncode) == expected(line) else done.stdout + done.stderr


def served(project: Path, command: list[str]) -> str:
    """The exit code of a server that showed a page before it was stopped; else what it said."""
    server = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said, page = "", b""
    assert server.stdout
    for line in server.stdout:
        said += line
        if address := re.search(r"http://127\.0\.0\.1:\d+/", line):
            with urllib.request.urlopen(address[0]) as answer:
                page = answer.read()
            break
    server.send_signal(signal.SIGINT)
    said += server.communicate()[0]
    return "0" if b"</html>" in page and server.returncode in (0, 130) else f"{said}{server.returncode}"


@pytest.mark.parametrize("command", LINES)
def test_a_command_needs_only_what_it_asks_for(command: str, outcomes: dict[str, str]) -> None:
    for line in LINES[command]:
        assert outcomes.get(line) == expected(line), outcomes.get(line)


def test_what_is_not_asked_for_is_not_there(tmp_path: Path) -> None:
    """The environments are as small as is said: else the test above would prove nothing."""
    environment(tmp_path, ("site",))
    code = "import importlib.util, sys; print(*(name for name in sys.argv[1:] if importlib.util.find_spec(name)))"
    asked = [*"mkdocs jinja2 yaml PIL fontTools".split(), *"pytest playwright zensical psutil mypy".split()]
    found = subprocess.check_output([tmp_path / ".venv/bin/python", "-c", code, *asked], text=True)
    assert found.split() == asked[:5]


FRESH = sorted({groups_for(line.split()): line for lines in LINES.values() for line in lines}.values())


@pytest.mark.long
@pytest.mark.parametrize("line", FRESH)
def test_a_command_installs_what_it_needs(line: str, tmp_path: Path) -> None:
    """From nothing, with a network: once for each combination of groups."""
    project = tmp_path / "project"
    copy_program(project)
    command = [sys._base_executable, "build.py", *line.split()]  # type: ignore[attr-defined]
    if line.startswith("serve"):
        assert served(project, command) == "0"
    else:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert str(done.returncode) == expected(line), f"{done.stdout}{done.stderr}"
