"""Sending a site with tools that are there, as docs/administrators.md says: only what changed, and never half a site.

Each command runs for real. What it says it did is then done once more, file by file, and after each file the site is looked at
as a visitor would find it.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from haitang.core.toolchain import program
from tests.test_docs import blocks
from tests.worlds import tree

DOC = "docs/administrators.md"
REFERENCE = re.compile(r'(?:href|src)="([^"?#]+)|page:"([^"]+)"')

STYLE, ABOVE = '<link href="assets/site.css?v={}">', '<link href="../assets/site.css?v={}">'
OLD = {
    "index.html": STYLE.format(1) + '<a href="places/a.html"><a href="places/gone.html"><script src="data/all.js?v=1">',
    "places/a.html": ABOVE.format(1) + '<img src="../photos/a-1.jpg"><a href="gone.html"><a href="../index.html">',
    "places/gone.html": ABOVE.format(1) + '<img src="../photos/gone.jpg"><a href="a.html">',
    "places/same.html": '<a href="../index.html">',
    "assets/site.css": "body{color:red}",
    "assets/old.js": "1",
    "data/all.js": 'page:"places/a.html",page:"places/gone.html"',
    "photos/a-1.jpg": "one",
    "photos/gone.jpg": "gone",
    "sw.js": "old",
}
NEW = OLD | {
    "index.html": STYLE.format(2) + '<a href="places/a.html"><a href="places/new.html"><script src="data/all.js?v=2">',
    "places/a.html": ABOVE.format(2) + '<img src="../photos/a-2.jpg"><a href="new.html"><script src="../assets/new.js">',
    "places/new.html": ABOVE.format(2) + '<img src="../photos/new.jpg"><a href="../more/deep.html">',
    "more/deep.html": '<a href="../places/same.html">',
    "assets/site.css": "body{color:tan}",  # of the same length
    "assets/new.js": "2",
    "data/all.js": 'page:"places/a.html",page:"places/new.html"',
    "photos/a-2.jpg": "two",
    "photos/new.jpg": "new",
    "sw.js": "new",
}
for name in ("places/gone.html", "photos/gone.jpg", "photos/a-1.jpg", "assets/old.js"):
    del NEW[name]


def write(folder: Path, files: dict[str, str]) -> Path:
    """The site as the build leaves it: a link to one edition."""
    for path, content in files.items():
        (folder / "edition" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "edition" / path).write_text(content)
    (folder / "site").symlink_to("edition")
    return folder / "site"


def missing(site: Path) -> Iterator[str]:
    """What a visitor who comes to the front page and follows every link does not find."""
    seen, ahead = {"index.html"}, ["index.html"]
    while ahead:
        path = ahead.pop()
        if not (site / path).is_file():
            yield path
            continue
        for link, page in REFERENCE.findall((site / path).read_text()) if path.endswith((".html", ".js")) else ():
            target = page or (site / path).parent.joinpath(link).resolve().relative_to(site.resolve()).as_posix()
            if target not in seen:
                seen.add(target)
                ahead.append(target)


def commands(tool: str) -> list[str]:
    (block,) = [block for block in blocks(DOC, "sh") if f"\n{tool} " in block]
    return [line for line in block.splitlines() if line.startswith(tool)]


def sent(line: str, site: Path, server: Path) -> list[str]:
    """Runs a command of rsync; what it says it did: `send` or `del.`, and the path of a file."""
    command = line.replace("rsync ", "rsync --out-format='%o %n' ", 1)
    where = {"PATH": str(Path(program("rsync") or "").parent), "FROM": f"{site.resolve()}/", "TO": f"{server}/"}
    done = subprocess.run(["sh", "-euc", command], env=where, capture_output=True, text=True, check=True)
    return [said for said in done.stdout.splitlines() if not said.endswith("/")]


def sent_all(site: Path, server: Path) -> list[str]:
    told = []
    for line in commands("rsync"):
        told += sent(line, site, server)
        assert list(missing(server)) == [], line
    return told


@pytest.fixture
def published(tmp_path: Path) -> tuple[Path, Path]:
    """A server with the old site, and the new site."""
    old, new, server = write(tmp_path / "old", OLD), write(tmp_path / "new", NEW), tmp_path / "server"
    assert list(missing(old)) == list(missing(new)) == []
    server.mkdir()
    sent(commands("rsync")[-1], old, server)
    return new, server


def replayed(told: list[str], new: Path, shadow: Path) -> list[str]:
    """The first thing that is missing on the way, with the step after which it is."""
    for step in told:
        done, _, path = step.partition(" ")
        if done == "del.":
            (shadow / path).unlink()
        else:
            (shadow / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(new / path, shadow / path)
        if lacking := list(missing(shadow)):
            return [step, *lacking]
    return []


def test_rsync_sends_what_changed_and_never_half_a_site(published: tuple[Path, Path], tmp_path: Path) -> None:
    new, server = published
    shadow = shutil.copytree(server, tmp_path / "shadow")
    told = sent_all(new, server)
    assert tree(server) == tree(new)
    assert replayed(told, new, shadow) == []
    assert tree(shadow) == tree(new)
    changed = {path for path in NEW if NEW[path] != OLD.get(path)}
    assert sorted(told) == sorted(
        [*(f"send {path}" for path in changed), *(f"del. {path}" for path in OLD.keys() - NEW.keys())]
    )
    assert told.index("send sw.js") > max(at for at, step in enumerate(told) if step.endswith(".html") and step[:4] == "send")


def test_what_was_sent_is_not_sent_again(published: tuple[Path, Path], tmp_path: Path) -> None:
    new, server = published
    sent_all(new, server)
    again = write(tmp_path / "again", NEW)  # made anew: the same bytes, later
    before = {path: (server / path).stat().st_ino for path in NEW}
    sent_all(again, server)
    assert {path: (server / path).stat().st_ino for path in NEW} == before


def test_another_order_would_be_seen(published: tuple[Path, Path], tmp_path: Path) -> None:
    new, server = published
    shadow = shutil.copytree(server, tmp_path / "shadow")
    at_once = commands("rsync")[-1].replace("--delete-after", "--delete-before")
    assert replayed(sent(at_once, new, server), new, shadow) != []


def test_every_tool_keeps_the_order() -> None:
    """The same four steps: what each leaves out, and when it deletes."""
    for rsync, rclone in zip(commands("rsync"), commands("rclone"), strict=True):
        assert set(re.findall(r"--(\S+)", rsync.replace("=", " "))) == set(re.findall(r"--(\S+)", rclone)), rclone
        assert ("sw.js" in rsync, "*.html" in rsync) == ("sw.js" in rclone, "*.html" in rclone)


def test_a_branch_takes_only_what_changed(published: tuple[Path, Path], tmp_path: Path) -> None:
    new, _ = published
    bare, clone = tmp_path / "remote.git", tmp_path / "pages"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "pages", bare], check=True)
    first, then = [block for block in blocks(DOC, "sh") if "git -C pages" in block or "git clone" in block]
    (script := tmp_path / "out").mkdir()
    (script / "site").symlink_to(tmp_path / "old" / "edition")
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", **names}

    def run(text: str) -> str:
        text = re.sub(r"https://\S+", bare.as_uri(), text)
        done = subprocess.run(["sh", "-euc", text], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        return done.stdout + done.stderr

    run(f"git init -q -b pages pages; git -C pages remote add origin {bare.as_uri()}")
    run(then.replace("push", "push -q -u origin pages"))
    shutil.rmtree(clone)
    run(first)  # as on another day, on another machine
    (script / "site").unlink()
    (script / "site").symlink_to(new.resolve())
    told = run(then.replace("git -C pages push", "git -C pages push --progress"))
    assert {path: content for path, content in tree(clone).items() if not path.startswith(".git/")} == tree(new)
    written = int(re.findall(r"Writing objects: 100% \((\d+)/", told)[0])
    changed = {path for path in NEW if NEW[path] != OLD.get(path)}
    assert written <= len(changed) + 6  # with the commit and the folders
