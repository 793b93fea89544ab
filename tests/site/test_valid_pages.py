"""Every page we publish is valid: the W3C's checker (vnu, the program behind validator.w3.org/nu) has nothing to say about any.

The rule: one run for all pages, as a Java costs seconds to start. What it may say all the same stands in KNOWN, with the
reason, and only as long as it is said.
"""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from benchmarks.synthetic import write_directory
from haitang.core.toolchain import program
from haitang.kiosk.launcher import index, sample
from haitang.kiosk.text_fallback import plain_page
from haitang.model.messages import site_words
from haitang.site import form_editor
from haitang.site.bundles import bundle
from haitang.site.page import Page as PublishedPage
from haitang.site.templates import LANGUAGE, Templates
from tests.data.history_world import SETTINGS, publish_news
from tests.e2e.kiosk.apps import hall_of, site_at, with_halls, write_app
from tests.e2e.site.programme_world import publish_programme
from tests.worlds import PROJECT, WORLD, publish

CHECKER = PROJECT / "frontend" / "checks" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
QUICKLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")  # it runs for some seconds only
DAY = "2026-11-20"
# Its part about style sheets is years behind: it has not heard of `paint-order`. Nor are the sheets beside pages looked at.
STYLE = re.compile("CSS: ")
# A page that is wrong, to know that the checker looks.
WRONG = '<!DOCTYPE html><html lang="en"><head><title>wrong</title></head><body><p id="a">a<p id="a">b</body></html>'
# Ways to say that something is wrong, besides that of the world: each has addresses of its own kind on every page.
WAYS = {
    "github": "repository:\n  url: https://example.org/yangli/zhendi\n  kind: github\n",
    "gitlab": "repository:\n  url: https://example.org/yangli/zhendi\n  kind: gitlab\n",
    "by-hand": "",
}
KNOWN = (
    # It takes no page for 'self' and no digest for one of a text of a megabyte. tests/e2e/kiosk hold the policies.
    r"(?:Resource|Inline style|Inline script) violates Content Security Policy \(meta tag\)",
    # The kiosk in a host program's frame brings its data as scripts beside it, which needs both (docs/embedding.md).
    "Potentially bad value “allow-scripts allow-same-origin”",
)


@dataclass(frozen=True)
class Said:
    page: str
    line: int
    text: str


def checked(folder: Path) -> list[Said]:
    """All that the checker says about the pages in a folder."""
    java = program("java")
    assert java, "no Java: `build.py test` installs it for root on Debian; else install default-jre-headless (17 or newer)"
    options = ["--format", "json", "--skip-non-html", "--exit-zero-always"]
    command = [java, *QUICKLY, "-jar", str(CHECKER), *options, str(folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return [
        Said(one.get("url", "").rpartition(f"{folder.name}/")[2], one.get("lastLine", 0), one["message"])
        for one in json.loads(done.stderr)["messages"]
    ]


def take(site: Path, into: Path) -> None:
    """The pages of a site."""
    for page in site.rglob("*.html"):
        (into / page.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, into / page.relative_to(site))


def kiosks(root: Path, into: Path) -> None:
    """The pages of a hall: launcher, sample of a host program, app and text edition."""
    site = site_at(root, DAY)
    write_app(site, into / "app.html", DAY)
    (into / "plain.html").write_bytes(plain_page(site, hall_of(site), DAY, b""))
    scripts = bundle(PROJECT)
    (into / "index.html").write_bytes(index(site.templates, scripts))
    (into / "embed-sample.html").write_bytes(sample(site.templates, scripts))


def editor(root: Path, into: Path) -> None:
    """The page of the form editor."""
    directory = site_at(root).directory
    given = form_editor.Editor(PROJECT / form_editor.PACKAGE, api="http://127.0.0.1:8081/api/v1")
    page = next(form_editor.files(directory, Templates(site_words(LANGUAGE)), bundle(PROJECT), given))
    (into / page.path).parent.mkdir(parents=True)
    assert isinstance(page, PublishedPage)
    (into / page.path).write_text(page.body, encoding="utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All kinds of pages, of our own directory and of small worlds: every field, none, activities, a history, long lists."""
    made, into = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("pages")
    bare, many, halls = made / "bare", made / "many", made / "halls"
    (bare / "positions").mkdir(parents=True)
    (bare / "directory.yml").write_text(SETTINGS, encoding="utf-8")
    write_directory(many, 130)
    for name, root in (("real", PROJECT), ("world", WORLD), ("bare", bare), ("many", many)):
        publish(root, made / f"out-{name}", today=date.today())
        take((made / f"out-{name}" / "site").resolve(), into / name)
    for name, publish_ in (("programme", publish_programme), ("news", publish_news)):
        take(publish_(tmp_path_factory.mktemp(name)).resolve(), into / name)
    for name, way in WAYS.items():
        root = Path(shutil.copytree(WORLD, made / name))
        settings = re.sub(r"^repository:\n(?: .*\n)+", way, (root / "directory.yml").read_text("utf-8"), flags=re.MULTILINE)
        (root / "directory.yml").write_text(settings, encoding="utf-8")
        publish(root, made / f"out-{name}")
        for page in ("about.html", "unverified.html", "towns/index.html", "positions/he-cheng.html", "brands/he-hua.html"):
            (into / name / page).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made / f"out-{name}" / "site" / page, into / name / page)
    shutil.copytree(WORLD, halls)
    with_halls(halls, '  - id: yang-li\n    title: 样例展厅\n    home: he-cheng\n    night: "21:30-07:00"\n')
    for name, root in (("real", PROJECT), ("world", halls)):
        kiosks(root, into / "kiosk" / name)
    editor(PROJECT, into)
    (into / "wrong.html").write_text(WRONG, encoding="utf-8")
    return into


def test_the_checker_finds_nothing(pages: Path) -> None:
    said = [one for one in checked(pages) if not STYLE.match(one.text)]
    assert [one.text for one in said if one.page == "wrong.html" and "Duplicate ID" in one.text]
    ours = [one for one in said if one.page != "wrong.html"]
    assert [one for one in ours if not any(re.match(known, one.text) for known in KNOWN)] == []
    assert [known for known in KNOWN if not any(re.match(known, one.text) for one in ours)] == []
