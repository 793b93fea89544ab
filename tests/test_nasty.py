"""What the check accepts the build publishes, whatever it says; and what it says is only said."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from haitang.cli import main
from haitang.cli.commands.serve import Rebuilding
from haitang.core.console import Console
from haitang.kiosk import halls
from haitang.media.fonts import Font
from haitang.model.messages import words
from haitang.site.build import Builder, Inputs
from haitang.site.bundles import bundle
from haitang.site.form_editor import PACKAGE, Editor
from haitang.site.output_folder import Target
from haitang.site.page import POSITION
from haitang.site.page import Page as RenderedPage
from haitang.site.publish import Report
from tests.site.nasty_world import TODAY, World, all_texts, begin
from tests.worlds import PROJECT, inputs

HARMLESS = "普通的字"
NASTY = {
    "loading": ' src=//x href="//x" <script src=//x> srcset=//x',
    "quoting": """' " > id="a" &quot; <title> ]]> {{ 7*7 }} {% x""",
    "filling": ' HAITANG_TITLE HAITANG_BODY @import "//x"',
    "linking": " javascript:x [a](//x) ![b](//x) url(//x) data-src=/x",
    "ending": " </script> <!-- </style> <base href=//x> a\\b $& %s {0}",
}
ACTING = frozenset(("script", "style", "link", "meta", "base", "iframe", "object", "embed", "img", "form", "title"))


class Page(HTMLParser):
    """A page as a browser reads it: its tags with the names of their attributes, its texts, its attributes' values."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[tuple[str, ...]] = Counter()
        self.said: list[str] = [""]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag, *(name for name, _ in attrs)] += 1
        # Digests in base64 may look like anything, the names of this world's texts included.
        self.said += [value or "" for name, value in attrs if name not in ("data-files", "data-version", "integrity")]
        self.said.append("")

    def acting(self) -> Counter[tuple[str, ...]]:
        """Those tags that do something: pages hold as many of them whatever they say."""
        return Counter({tag: count for tag, count in self.tags.items() if tag[0] in ACTING})

    def handle_data(self, data: str) -> None:
        self.said[-1] += data


def published(world: World, out: Path) -> tuple[Report, dict[str, Page]]:
    given = Inputs(PROJECT, world.root, PROJECT / "site_src", bundle(PROJECT), editor=Editor(PROJECT / PACKAGE))
    target = Target(out)
    with target.locked(lambda: None):
        report = Builder(given).build(target, TODAY)
    pages = {path.relative_to(out / "site").as_posix(): path for path in (out / "site").rglob("*.html")}
    return report, {name: Page(path.read_text("utf-8")) for name, path in pages.items()}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    folder = tmp_path_factory.mktemp("harmless")
    world = begin(folder / "data", HARMLESS)
    assert world.refused == {}
    assert sum(all_texts().values()) == len(world.paths), "a field has come that this world does not fill"
    return published(world, folder / "out")[1]


MARKS = re.compile(r"[*_\\\\]")  # of a story, which a description leaves out


def literally(pages: dict[str, Page], world: World) -> Iterator[tuple[str, str, str]]:
    """Where a text is said, but not as it was written: page, text, what stands there. It may be cut short, or go on in the
    next line of a picture."""
    for name, page in pages.items():
        for written in page.said:
            said = unquote(written) if "%20" in written else written  # in an address
            for found in re.finditer(r"Q\d+Q", said):
                wanted, there = (MARKS.sub("", text) for text in (world.texts[found[0]], said[found.start() :]))
                if not there.startswith(wanted) and not wanted.startswith(there.partition("…")[0]):
                    yield name, wanted, there


@pytest.mark.parametrize("name", NASTY)
def test_whatever_the_check_accepts_is_published_and_is_only_text(
    name: str, harmless: dict[str, Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = begin(tmp_path / "data", NASTY[name])
    _, pages = published(world, tmp_path / "out")
    assert sorted(pages) == sorted(harmless)
    known = {tag for page in harmless.values() for tag in page.tags}
    for path, page in pages.items():
        assert page.tags.keys() <= known, path
        assert page.acting() == harmless[path].acting(), path
    assert list(literally(pages, world)) == []
    assert sum("Q" in said for page in pages.values() for said in page.said) > 500
    monkeypatch.setattr(halls.Workshop, "_font", lambda *_: Font(b"font", ()))
    shop = halls.workshop(PROJECT, world.root, bundle(PROJECT), TODAY)
    release = shop.release(shop.directory.settings.halls[0], lambda *_: None)
    app = Page(release.files["app.html"].decode())
    assert [tag for tag in app.tags if tag[0] in ("base", "iframe", "object")] == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_true_fault_names_file_line_and_field(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A template that takes a text for an address: it is told where the text stands, and where there is none, the page."""
    root = tmp_path / "data"
    begin(root, HARMLESS)
    file = root / "positions" / "town1" / "p1.yml"
    text = file.read_text("utf-8")
    line = next(number for number, each in enumerate(text.split("\n"), 1) if each.startswith("address: "))
    file.write_text(re.sub(r"(?m)^address: .*$", 'address: "看 https://example.org/a.png?b=1&c=2"', text), "utf-8")
    broken = RenderedPage("positions/new.html", POSITION, "x", "x", '<img src="https://example.org/a.png?b=1&amp;c=2" alt="">')
    other = RenderedPage("positions/other.html", POSITION, "x", "x", '<a href="gone.html">x</a>')
    monkeypatch.setattr("haitang.site.build.everything_else", lambda site: iter((broken, other)))
    out = ["--root", str(root), "--out", str(tmp_path / "out"), "--lang", language]
    assert main.main(["site", *out]) == 1
    said = capsys.readouterr().err
    label = words(language).label("address")
    assert re.search(
        rf"positions/new\.html.*https://example\.org/a\.png\?b=1&c=2.*positions/town1/p1\.yml.*{line}.*{re.escape(label)}", said
    )
    assert re.search(r"^positions/.*gone\.html", said, re.MULTILINE)
    assert ("程序的毛病" in said) == (language == "zh-CN")
    options = type("Options", (), {"words": words(language)})()
    served = Rebuilding(inputs(root), Target(tmp_path / "served"), options, Console(quiet=True)).again()
    assert any(label in line for line in served)
