"""What git's history says: names that entries once had, who committed what, and with which words."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from haitang.site.views.changelog import MANY
from tests.data.history_world import begin, git
from tests.hostile.files import of_xml
from tests.hostile.pages import Page, read
from tests.hostile.strings import all_strings
from tests.hostile.terminal import DRIVING
from tests.worlds import position, publish, tree

COMMITS = 7


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    page = browser.new_page()
    yield page
    page.close()


def history(root: Path, names: Sequence[str]) -> None:
    """A commit for as many names as are told one by one, all by somebody else; then all are gone."""
    folder = root / "positions" / "hecheng"
    folder.mkdir(parents=True)
    (folder / "stays.yml").write_text(position("stays"), "utf-8")
    for start in range(0, len(names), MANY):
        part = names[start : start + MANY]
        for at, name in enumerate(part, start):
            text = position(f"a{at}").replace(f"样例a{at}", json.dumps(name, ensure_ascii=False), 1)
            (folder / f"a{at}.yml").write_bytes(text.encode("utf-8", "surrogatepass"))
        said_by(root, f"2026-02-{1 + start // MANY:02}", part)
        for at in range(start, start + len(part)):
            (folder / f"a{at}.yml").unlink()
        said_by(root, f"2026-03-{1 + start // MANY:02}", part)


def said_by(root: Path, day: str, texts: Sequence[str]) -> None:
    """A commit in whose subject, body, author and address strangers wrote what they liked, as far as git takes it."""
    git(root, day, "add", "-A")
    said = [text.replace("\0", "").encode("utf-8", "replace").decode() for text in texts]
    who = {
        "GIT_AUTHOR_NAME": f"x{said[0]}",
        "GIT_AUTHOR_EMAIL": f"x{said[-1]}",
        "GIT_COMMITTER_NAME": f"§{said[1 % len(said)]}",
    }
    dates = {
        "GIT_AUTHOR_DATE": f"{day}T09:00:00+0000",
        "GIT_COMMITTER_DATE": f"{day}T09:00:00+0000",
        "GIT_COMMITTER_EMAIL": "x",
    }
    command = ["git", "commit", "-q", "--no-gpg-sign", "--cleanup=verbatim", "--allow-empty", "-F", "-"]
    subprocess.run(
        command, cwd=root, check=True, capture_output=True, input=("§subject§ " + " ".join(said)).encode(),
        env={**os.environ, **who, **dates, "GIT_CONFIG_GLOBAL": os.devnull},
    )  # fmt: skip


def wrong(tab: Tab, folder: Path, names: Sequence[str]) -> list[str]:
    root = begin(folder / "data")
    history(root, names)
    publish(root, folder / "out")
    site = tree(folder / "out" / "site")
    pages = read(tab, {path: content.decode() for path, content in site.items() if path.endswith(".html")})
    return [*_odd(pages, site, names)]


def _odd(pages: dict[str, Page], site: dict[str, bytes], names: Sequence[str]) -> Iterator[str]:
    told = {change["name"] for change in json.loads(site["data/changes.json"])["changes"] if "name" in change}
    known = {*names, "样例stays"} | {f"a{at}" for at in range(len(names))}  # an id in place of what cannot be told
    yield from (f"told otherwise: {name!a}" for name in told - known)
    yield from (f"drives: {name!a}" for name in told if DRIVING.search(name))
    if len(told & {*names}) < len(names) / 2:
        yield f"few are told: {len(told)}"
    feed = "\n".join(of_xml(site["data/changes.xml"]))
    yield from (f"not in the feed: {name!a}" for name in told if name.strip() not in feed)
    for path, page in pages.items():
        said = " ".join(text for _, _, text in page.said)
        if "§subject§" in said or "§x" in said:
            yield f"{path}: says what a commit says"
    plain = {tag for path, page in pages.items() if path != "changes.html" for tag in page.tags}
    yield from (f"<{tag}>" for tag in pages["changes.html"].tags if tag.split()[0] not in {each.split()[0] for each in plain})
    yield from (f"asks {each}" for each in pages["changes.html"].asked if each[2] not in ("", "https"))


def test_history_says_nothing_but_names(tab: Tab, tmp_path: Path) -> None:
    assert wrong(tab, tmp_path, [text for text in all_strings() if "\n" not in text][:MANY]) == []


@pytest.mark.long
def test_history_of_all_strings_says_nothing_but_names(tab: Tab, tmp_path: Path) -> None:
    strings = [text for text in all_strings() if "\n" not in text]
    size = MANY * COMMITS
    for start in range(0, len(strings), size):
        assert wrong(tab, tmp_path / f"{start}", strings[start : start + size]) == [], start
