"""Nothing old is taken for new: what a build keeps is believed only while all that it was made of is what it was."""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from haitang.checks.load import load
from haitang.cli import main
from haitang.cli.commands import site
from haitang.core import digests, toolchain
from haitang.core.digests import digest
from haitang.data import neighbours
from haitang.data.git import commits
from haitang.data.revision import data_state
from haitang.media import fonts, image_store
from haitang.model import messages
from haitang.model.field_specs import entry_spec
from haitang.site import build as building
from haitang.site import publish, templates, theme
from haitang.site.bundles import BundleProblem, bundle
from haitang.site.edition import handwritten
from tests.data.history_world import begin, commit, git, write
from tests.worlds import PROJECT, WORLD, inputs, tree


def build(root: Path, out: Path) -> dict[str, bytes]:
    assert main.main(["site", "--root", str(root), "--out", str(out)]) == 0
    return tree(out / "site")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    root = begin(tmp_path / "origin")
    for day, own_id in (("2026-03-01", "a"), ("2026-03-02", "b"), ("2026-03-03", "c")):
        write(root, own_id)
        commit(root, day)
    return root


def test_a_history_that_is_fetched_later_is_told(history: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "-q", "--depth=2", history.as_uri(), str(tmp_path / "part")], check=True)
    assert "changes.html" not in build(tmp_path / "part", tmp_path / "out")
    before = data_state(tmp_path / "part")
    git(tmp_path / "part", "2026-03-04", "fetch", "-q", "--unshallow")
    assert data_state(tmp_path / "part") == before._replace(is_partial=False)
    made = build(tmp_path / "part", tmp_path / "out")
    assert "changes.html" in made
    assert made == build(history, tmp_path / "whole")


def test_one_last_commit_may_have_two_histories(tmp_path: Path) -> None:
    """What a merge brings in may be older than the last change, and undone."""
    root = begin(tmp_path / "data")
    write(root, "a")
    commit(root, "2026-03-01")
    git(root, "2026-03-02", "switch", "-qc", "proposal")
    write(root, "a", name="禾苗小区党群服务点")
    commit(root, "2026-03-02")
    git(root, "2026-03-03", "revert", "--no-edit", "HEAD")
    settings = root / "directory.yml"
    settings.write_text(settings.read_text("utf-8") + "# \n", "utf-8")
    commit(root, "2026-03-04")
    build(root, tmp_path / "out")
    git(root, "2026-03-05", "switch", "-q", "main")
    git(root, "2026-03-05", "merge", "-q", "--no-ff", "--no-edit", "proposal")
    assert build(root, tmp_path / "out") == build(root, tmp_path / "whole")


def test_commits_without_their_files_tell_nothing(history: Path, tmp_path: Path) -> None:
    """A partial clone has them only while somebody answers. What they were is not guessed, online or not."""
    write(history, "a", name="禾苗小区党群服务点")
    commit(history, "2026-03-04")
    git(history, "2026-03-04", "config", "uploadpack.allowFilter", "true")
    part = tmp_path / "part"
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", history.as_uri(), str(part)], check=True)
    assert "changes.html" not in build(part, tmp_path / "online")
    history.rename(tmp_path / "away")
    assert "changes.html" not in build(part, tmp_path / "out")


def test_an_object_that_cannot_be_read_is_no_change(history: Path, tmp_path: Path) -> None:
    write(history, "a", name="禾苗小区党群服务点")
    commit(history, "2026-03-04")
    (before,) = git(history, "2026-03-04", "ls-tree", "--object-only", "HEAD^", "positions/hecheng/a.yml").split()
    (history / ".git" / "objects" / before[:2] / before[2:]).unlink()
    assert "changes.html" not in build(history, tmp_path / "out")


def test_a_folder_that_becomes_a_link_is_no_longer_the_same(tmp_path: Path) -> None:
    """The check refuses links, whatever lies behind them: a build that kept silent would hide it."""
    part = tmp_path / "positions"
    part.mkdir()
    (part / "a.yml").write_text("id: a\n", "utf-8")
    before = digest([("positions", part)]).key
    part.rename(tmp_path / "elsewhere")
    part.symlink_to(tmp_path / "elsewhere")
    assert digest([("positions", part)]).key != before


def test_one_commit_has_one_history(history: Path) -> None:
    """Whatever somebody put in its place on this machine."""
    told = list(commits(history, ["positions"]))
    head, before = git(history, "2026-03-04", "rev-parse", "HEAD"), git(history, "2026-03-04", "rev-parse", "HEAD^")
    git(history, "2026-03-04", "replace", "--graft", head)
    assert list(commits(history, ["positions"])) == told
    git(history, "2026-03-04", "replace", "-d", head)
    (history / ".git" / "info" / "grafts").write_text(f"{before}\n", "utf-8")
    git(history, "2026-03-04", "config", "log.showSignature", "true")
    assert list(commits(history, ["positions"])) == told
    assert data_state(history).commit == head


def test_a_commit_dated_out_of_all_time_has_no_day(history: Path) -> None:
    write(history, "d")
    git(history, "2026-03-04", "add", "-A")
    raw = git(
        history,
        "2026-03-04",
        "cat-file",
        "commit",
        git(history, "2026-03-04", "commit-tree", "-m", "x", git(history, "2026-03-04", "write-tree"), "-p", "HEAD"),
    )
    lines = [
        f"{line.rsplit(' ', 2)[0]} 99999999999999 +0000" if line.startswith("committer") else line for line in raw.split("\n")
    ]
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"], cwd=history, input="\n".join(lines) + "\n",
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    git(history, "2026-03-04", "update-ref", "HEAD", made)
    assert [each.day for each in commits(history, ["positions"])] == ["2026-03-03", "2026-03-02", "2026-03-01"]
    assert data_state(history).day == ""


def edited(path: Path) -> Callable[[], object]:
    content = path.read_bytes()
    path.write_bytes(content.replace("样例".encode(), "假的".encode()))
    return lambda: path.write_bytes(content)


def replaced(path: Path) -> Callable[[], object]:
    """As programs do that write beside a file and then rename."""
    kept = path.with_name(".kept")
    path.rename(kept)
    path.write_bytes(kept.read_bytes().replace("样例".encode(), "假的".encode()))
    return lambda: kept.replace(path)


def added(path: Path) -> Callable[[], object]:
    other = path.with_name("jia-de.yml")
    other.write_text(path.read_text("utf-8").replace("id: a", "id: jia-de").replace("name: ", "name: 假的"), "utf-8")
    return other.unlink


def removed(path: Path) -> Callable[[], object]:
    kept = path.parent.parent.parent / "kept"
    path.rename(kept)
    return lambda: kept.rename(path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = begin(tmp_path / "root")
    shutil.rmtree(root / ".git")
    for own_id in ("a", "b"):
        write(root, own_id)
    shutil.copytree(WORLD / "site_src", root / "site_src")
    return root


@pytest.fixture(scope="module")
def right() -> dict[str, bytes]:
    """What was built first, of a root as above."""
    return {}


@pytest.mark.parametrize(
    ("act", "file"),
    [
        (edited, "positions/hecheng/a.yml"),
        (edited, "site_src/about.md"),
        (replaced, "directory.yml"),
        (added, "positions/hecheng/a.yml"),
        (removed, "positions/hecheng/a.yml"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_an_edit_that_is_undone_meanwhile_is_not_kept(
    act: Callable[[Path], Callable[[], object]],
    file: str,
    root: Path,
    right: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Made after the inputs were digested, undone before the site was out."""
    out = tmp_path / "out"
    if not right:
        right.update(build(root, tmp_path / "right"))
    undo: list[Callable[[], object]] = []
    real, verify = digests.fingerprint, publish.Edition.verify

    def digested(*arguments: Any) -> Any:
        known = real(*arguments)
        undo.append(act(root / file))
        return known

    def undone(edition: publish.Edition) -> None:
        verify(edition)
        undo.pop()()

    with monkeypatch.context() as patch:
        patch.setattr(site, "fingerprint", digested)
        patch.setattr(publish.Edition, "verify", undone)
        assert build(root, out) != right, "the edit was read"
    assert build(root, out) == right
    capsys.readouterr()
    assert build(root, out) == right
    assert "没有变化" in capsys.readouterr().out


def test_what_python_writes_beside_a_program_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "a.py").write_text("", "utf-8")
    read = digest([("program", tmp_path / "program")])
    (tmp_path / "program" / "__pycache__").mkdir()
    assert read.untouched()
    (tmp_path / "program" / "a.py").write_text("", "utf-8")
    assert not read.untouched()


def altered(module: ModuleType, old: str, new: str, folder: Path, sibling: str = "") -> ModuleType:
    """The module as a later version of the program might have it."""
    own = Path(str(module.__file__)).relative_to(PROJECT / "haitang")
    shutil.copytree(PROJECT / "haitang", folder, ignore=shutil.ignore_patterns("__pycache__"))
    changed = folder / (sibling or own)
    assert old in changed.read_text("utf-8")
    changed.write_text(changed.read_text("utf-8").replace(old, new), "utf-8")
    spec = importlib.util.spec_from_file_location(f"altered_{own.stem}", folder / own)
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def test_templates_are_compiled_anew_by_another_compiler(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "x.html").write_text("{{ a }} {{ 1000|number }}", "utf-8")
    (tmp_path / "cache").mkdir()

    def said(module: Any) -> str:
        return str(module.Templates({}, tmp_path / "cache", tmp_path / "templates").render("x.html", a="<"))

    assert said(templates) == "&lt; 1,000"
    folded = altered(templates, "{value:,.0f}", "{value:.0f}", tmp_path / "f")
    assert said(folded) == "&lt; 1000"


def test_pictures_and_fonts_are_made_anew_by_another_program(tmp_path: Path) -> None:
    later = altered(fonts, '"kern", ', "", tmp_path / "fonts")
    assert later._digest(PROJECT, ("a",)) != fonts._digest(PROJECT, ("a",))

    def developed(module: Any) -> list[int]:
        counts: list[int] = []
        names = sorted(path.name for path in (WORLD / "photos").iterdir())[:1]
        module.Album(WORLD, tmp_path / "photos", None, counts.append).faults(names, making=True)
        return counts

    assert (developed(image_store), developed(image_store)) == ([1], [])
    assert developed(
        altered(image_store, '("place", "serial"', '("new", "place", "serial"', tmp_path / "album", "media/metadata.py")
    ) == [1]


def test_neighbours_are_found_anew_by_another_program(tmp_path: Path) -> None:
    places = load(WORLD, today=date(2026, 1, 2)).positions
    lonely = altered(neighbours, "if other != name][:count]", "if other != name][:0]", tmp_path / "none")
    first = neighbours.neighbours(places, 5, tmp_path / "notes")
    assert lonely.neighbours(places, 5, tmp_path / "notes") == lonely.neighbours(places, 5) != first
    assert neighbours.neighbours(places, 5, tmp_path / "notes") == first


def test_frames_are_made_anew_by_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(theme, "kept", lambda engine, project, site_src, read: keys.append(read.key))
    building.Builder(given := inputs(WORLD)).frame()
    for number, sibling in enumerate(("", "site/theme.py", "site/templates.py", "core/decoding.py")):
        module: Any = altered(handwritten, '"""', '"""x', tmp_path / str(number), sibling) if sibling else handwritten
        keys.append(module.sources(given.engine, given.project, given.site_src).key)
    assert keys[0] == keys[1] and len(set(keys)) == 4


def test_a_frame_of_another_moment_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.md"
    source.write_text("x", "utf-8")
    read = digest([("a", source)])
    empty = theme.Frame({}, {}, ())

    def touching(*_: Any) -> theme.Frame:
        source.write_text("x", "utf-8")
        return empty

    monkeypatch.setattr(theme, "build", touching)
    assert theme.kept("mkdocs", tmp_path, tmp_path, read) == empty
    assert not (tmp_path / ".cache").exists()
    monkeypatch.setattr(theme, "build", lambda *_: empty)
    theme.kept("mkdocs", tmp_path, tmp_path, digest([("a", source)]))
    assert len(list((tmp_path / ".cache" / "frames").iterdir())) == 1


def test_a_frame_kept_under_another_name_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    for name in "ab":
        (tmp_path / name).write_text(name, "utf-8")
        reads.append(digest([("a", tmp_path / name)]))
        monkeypatch.setattr(theme, "build", lambda *_, name=name: theme.Frame({"": name}, {}, ()))
        theme.kept("mkdocs", tmp_path, tmp_path, reads[-1])
    one, other = (tmp_path / ".cache" / "frames" / read.key for read in reads)
    one.rename(tmp_path / "between"), other.rename(one), (tmp_path / "between").rename(other)
    monkeypatch.setattr(theme, "build", lambda *_: theme.Frame({"": "anew"}, {}, ()))
    assert [theme.kept("mkdocs", tmp_path, tmp_path, read).shells for read in reads] == [{"": "anew"}] * 2


def test_an_update_of_the_program_meanwhile_leaves_no_old_frame_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(theme, "kept", lambda engine, project, site_src, read: keys.append(read.key))
    running: Any = altered(building, '"""', '"""x', tmp_path / "running", "site/theme.py")
    running.Builder(inputs(WORLD)).frame()
    updated = tmp_path / "running" / "site" / "theme.py"
    assert updated.is_file()
    updated.write_text(updated.read_text("utf-8") + "# newer\n", "utf-8")
    running.Builder(inputs(WORLD)).frame()
    assert keys[0] == keys[1]


@pytest.mark.parametrize("harm", ["cut", "gone", "more", "swapped"])
def test_scripts_that_somebody_changed_are_bundled_again(harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "frontend" / "src" / "a.ts"
    script.parent.mkdir(parents=True)
    folders = []

    def esbuild(command: list[str], **_: Any) -> Any:
        Path(command[2], "a.js").write_bytes(script.read_bytes())
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", esbuild)
    monkeypatch.setattr(toolchain, "node", lambda project: ("node", ""))
    for text in ("first", "second"):
        script.write_text(text, "utf-8")
        folders.append(bundle(tmp_path))
    made = folders[1] / "a.js"
    if harm == "swapped":
        folders[1].rename(tmp_path / "between"), folders[0].rename(folders[1]), (tmp_path / "between").rename(folders[0])
    elif harm == "more":
        (folders[1] / "b.js").write_text("", "utf-8")
    elif harm == "gone":
        made.unlink()
    else:
        made.write_text("sec", "utf-8")
    assert [path.name for path in bundle(tmp_path).iterdir()] == ["a.js"]
    assert made.read_text("utf-8") == "second"


@pytest.mark.parametrize("edits", [0, 1, 9])
def test_scripts_are_bundled_of_what_they_were_digested_of(edits: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "frontend" / "src" / "a.ts"
    script.parent.mkdir(parents=True)
    script.write_text("right", "utf-8")
    left = [edits]

    def esbuild(command: list[str], **_: Any) -> Any:
        """Reads the script; somebody edits it before, and undoes that after."""
        if left[0]:
            script.write_text("wrong", "utf-8")
        Path(command[2], "a.js").write_bytes(script.read_bytes())
        if left[0]:
            left[0] -= 1
            script.write_text("right", "utf-8")
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", esbuild)
    monkeypatch.setattr(toolchain, "node", lambda project: ("node", ""))
    if edits == 9:
        with pytest.raises(BundleProblem):
            bundle(tmp_path)
        assert list((tmp_path / ".cache" / "frontend").iterdir()) == []
        return
    assert (bundle(tmp_path) / "a.js").read_text("utf-8") == "right"


def test_serve_shows_the_labels_as_they_are_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = building.Builder(inputs(WORLD))
    builder.templates()
    assert entry_spec("position").field("phone").label == "电话"
    folder = tmp_path / "words"
    shutil.copytree(messages._FOLDER, folder)
    file = folder / "messages.zh-CN.yml"
    file.write_text(file.read_text("utf-8").replace("  phone: 电话\n", "  phone: 座机\n"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(messages, "_FOLDER", folder)
        builder._templates_read = None  # as after a change below templates/
        builder.templates()
        assert entry_spec("position").field("phone").label == "座机"
    builder._templates_read = None
    builder.templates()
    assert entry_spec("position").field("phone").label == "电话"
