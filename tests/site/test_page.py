"""The address book: every page that is published is in it, and every list of pages is made from it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from haitang.checks.load import load
from haitang.data.parse_cache import ParseCache
from haitang.editors.review.revisions import State, read_side
from haitang.model.messages import site_words
from haitang.site import form_editor, outputs, page, theme
from haitang.site.build import Builder
from haitang.site.exports.sitemap import sitemap
from haitang.site.page import (
    HOME,
    NOT_FOUND,
    PAGE_KINDS,
    PAGE_SIZE,
    File,
    Page,
    PageKind,
    addresses,
    frames,
    printed,
    sheet_path,
)
from haitang.site.publish import Item
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.data.history_world import commit, git
from tests.e2e.site import page_kinds
from tests.worlds import TODAY, WORLD, inputs, position, publish, tree

LOC = re.compile(r"<loc>https://example\.org/yangli/([^<]+)</loc>")
SHEET = re.compile(r"\.\d+\.html$")


@dataclass(frozen=True)
class Built:
    """A site with a page of every kind, lists of several pages among them."""

    root: Path
    site: Path
    book: tuple[Page, ...]

    @property
    def published(self) -> list[str]:
        return sorted(path.relative_to(self.site).as_posix() for path in self.site.rglob("*.html"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("book")
    root = Path(shutil.copytree(WORLD, folder / "data"))
    git(root, "2026-01-01", "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    for number in range(1, 122):
        path = root / "positions" / "hecheng" / f"duo-{number}.yml"
        path.write_text(position(f"duo-{number}", tier="point"), encoding="utf-8")
    commit(root, "2026-01-02")
    (root / "site_src" / "bang-zhu").mkdir()
    (root / "site_src" / "bang-zhu" / "shou-ji.md").write_text("# 手机上\n\n样例。\n", encoding="utf-8")
    (root / "site_src" / "google0123456789abcdef.html").write_text("google-site-verification", encoding="utf-8")
    scripts = folder / "scripts"
    scripts.mkdir()
    for name in ("decap-cms.js", "decap-cms.js.LICENSE.txt"):
        (scripts / name).write_text("// x\n", encoding="utf-8")
    given = replace(inputs(root), editor=form_editor.Editor(scripts, api="http://127.0.0.1:8081/api/v1"))
    return Built(root, folder / "out" / "site", publish(root, folder / "out", builder=Builder(given)).book)


def test_every_published_page_is_in_the_book_once(built: Built) -> None:
    assert sorted(each.path for each in built.book) == built.published


def test_every_kind_is_published_and_listed_in_the_table(built: Built) -> None:
    own = [kind for kind in vars(page).values() if isinstance(kind, PageKind)]
    assert sorted(kind.name for kind in own) == sorted(kind.name for kind in PAGE_KINDS)
    assert len({kind.name for kind in PAGE_KINDS}) == len(PAGE_KINDS)
    assert {each.kind.name for each in built.book} == {kind.name for kind in PAGE_KINDS}


def test_a_page_lies_where_its_kind_says(built: Built) -> None:
    for each in built.book:
        pattern = re.escape(each.kind.address).replace(r"\{\}", r"[^.]+(?:\.html)?").replace(r"\.html", r"(?:\.\d+)?\.html")
        assert re.fullmatch(pattern, each.path), each


def test_the_book_says_what_a_page_is_called(built: Built) -> None:
    for each in built.book:
        if each.kind is page.VERIFICATION:  # somebody else's
            continue
        html = (built.site / each.path).read_text(encoding="utf-8")
        found = re.search(r"<title>([^<]*)</title>", html)
        assert found, each.path
        assert each.title in unescape(found[1]), each.path


def test_the_sitemap_is_all_pages_but_those_whose_kind_says_no(built: Built) -> None:
    found = LOC.findall((built.site / "sitemap.xml").read_text(encoding="utf-8"))
    apart = {
        "404.html", "offline.html", "own.html", "embed.html", "admin/index.html", "google0123456789abcdef.html",
            "positions/he-cheng-old.html", "routes/he-xian-old.html"
    }  # fmt: skip
    assert sorted(map(unquote, found)) == sorted(set(built.published) - apart)
    assert {each.path for each in built.book if not each.kind.listed} == apart
    silent = {path for path in built.published if 'content="noindex"' in (built.site / path).read_text(encoding="utf-8")}
    assert silent <= apart


def test_long_lists_are_in_the_book_with_all_their_pages(built: Built) -> None:
    more = {each.path for each in built.book if SHEET.search(each.path)}
    assert {sheet_path(path, 2) for path in ("towns/hecheng.html", "positions/index.html", "unverified.html")} <= more


def test_the_table_knows_the_addresses_without_a_build(built: Built) -> None:
    """What only a build knows and further pages of long lists apart."""
    first = {each.path: each.kind for each in built.book if each.kind.subjects and not SHEET.search(each.path)}
    assert addresses(load(built.root, today=TODAY)) == first


def test_the_review_knows_the_same_addresses(built: Built) -> None:
    assert read_side(State(built.root), (), TODAY, ParseCache()).pages == addresses(load(built.root, today=TODAY)).keys()


def test_printed_addresses_are_those_that_are_drawn_as_codes(tmp_path: Path) -> None:
    """The browser draws the code of a page's public address where the page shows that address."""
    publish(WORLD, tmp_path)
    base = "https://example.org/yangli/"
    drawn = set()
    for path, html in tree(tmp_path / "site").items():
        if path.endswith(".html") and (shown := re.search('take-address">([^<]+)<', html.decode())):
            drawn.add(shown[1].removeprefix(base))
            assert f'<link rel="canonical" href="{shown[1]}">' in html.decode()
            assert shown[1] == base + path
    former = {path for path in printed(load(WORLD, today=TODAY)) if path.endswith("-old.html")}
    assert drawn | former == printed(load(WORLD, today=TODAY)).keys()


def test_no_two_kinds_share_an_address() -> None:
    """But for former ids, which are no ids; a page that is there twice is refused when it is published (test_publish)."""
    found = [kind.address for kind in PAGE_KINDS if not kind.name.endswith("-moved")]
    assert len(found) == len(set(found))


def test_html_is_a_page_and_no_file() -> None:
    with pytest.raises(ValueError, match=r"x\.html"):
        File("x.html", b"<p>x</p>")


PLANTED: PageKind[None] = PageKind("planted", "planted", "planted/index.html", kept=True)
PLANTED_BRAND: PageKind[Any] = PageKind(
    "planted-brand", "planted", "planted/{}.html", lambda data: ((brand.id, brand) for brand in data.brands), printed=True
)


def _planted(site: Site) -> Iterator[Item]:
    yield from outputs.everything_else(site)
    for kind in (PLANTED, PLANTED_BRAND):
        yield from (Page(path, kind, "种下的", "样例", "<h1>种下的</h1>") for path, _ in kind.pages(site.directory))


def test_a_new_kind_is_in_every_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PAGE_KINDS", (*PAGE_KINDS, PLANTED, PLANTED_BRAND))
    monkeypatch.setattr("haitang.site.build.everything_else", _planted)
    monkeypatch.setattr(theme, "kept", lambda engine, project, pages, read: theme.build(engine, project, pages))
    made = {"planted/index.html", "planted/he-hua.html", "planted/kong.html"}
    book = publish(WORLD, tmp_path).book
    site = tmp_path / "site"
    assert {each.path for each in book if each.kind in (PLANTED, PLANTED_BRAND)} == made
    assert made <= set(LOC.findall((site / "sitemap.xml").read_text(encoding="utf-8")))
    assert frames()["planted"].count("/") == 1
    assert 'href="../index.html"' in (site / "planted" / "kong.html").read_text(encoding="utf-8")
    kept = (site / "sw.js").read_text(encoding="utf-8").split("\n", 1)[0]
    assert '"planted/index.html"' in kept
    assert '"planted/kong.html"' not in kept
    side = read_side(State(WORLD), (), TODAY, ParseCache())
    assert made <= side.pages
    assert made & side.codes.keys() == made - {"planted/index.html"}
    assert {(kind.site, kind.path) for kind in page_kinds.unwritten()} >= {
        ("world", "planted/index.html"),
        ("world", "planted/he-hua.html"),
    }


def test_a_kind_of_which_no_test_site_has_a_page_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere: PageKind[None] = PageKind("nowhere", "home", "nowhere/{}.html", lambda _: ())
    monkeypatch.setattr(page, "PAGE_KINDS", (*PAGE_KINDS, nowhere))
    with pytest.raises(AssertionError, match="nowhere"):
        page_kinds.unwritten()


def test_without_a_public_address_there_is_neither_a_sitemap_nor_a_404(tmp_path: Path) -> None:
    root = Path(shutil.copytree(WORLD, tmp_path / "data"))
    settings = root / "directory.yml"
    settings.write_text(re.sub(r"(?m)^base_url:.*\n", "", settings.read_text(encoding="utf-8")), encoding="utf-8")
    directory = load(root, today=TODAY)
    assert NOT_FOUND.path() not in addresses(directory)
    (robots,) = sitemap(Site(directory, Templates(site_words(LANGUAGE))), [Page("index.html", HOME, "x", "x")])
    assert (robots.path, robots.content) == ("robots.txt", b"User-agent: *\nAllow: /\n")


def test_what_lies_below_a_centre_is_paged(tmp_path: Path) -> None:
    root = Path(shutil.copytree(WORLD, tmp_path / "root"))
    folder = root / "positions" / "hecheng"
    count = 2 * PAGE_SIZE + 5
    for number in range(count):
        (folder / f"zhan-{number:03d}.yml").write_text(position(f"zhan-{number:03d}", parent="he-cheng"), encoding="utf-8")
    publish(root, tmp_path / "out")
    folder = tmp_path / "out" / "site" / "positions"
    pages = [(folder / name).read_text("utf-8") for name in ("he-cheng.html", "he-cheng.2.html", "he-cheng.3.html")]
    listed = [set(re.findall(r'href="(?:\.\./positions/)?(zhan-\d+)\.html"', page)) for page in pages]
    assert len(set().union(*listed)) == count
    assert max(map(len, listed)) <= PAGE_SIZE
    assert 'href="he-cheng.2.html"' in pages[0] and 'href="he-cheng.html"' in pages[2]
    assert not (folder / "he-cheng.4.html").exists()
