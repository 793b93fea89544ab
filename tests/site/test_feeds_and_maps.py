"""What search engines and readers of news fetch by themselves: feeds in each language, sitemap, robots.txt, links in heads."""

import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from haitang.checks.load import load
from haitang.model.messages import site_words
from haitang.site.exports import sitemap as sitemap_module
from haitang.site.exports.sitemap import sitemap
from haitang.site.page import HOME, POSITION, Page
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.data.history_world import begin, commit, remove, write
from tests.hostile.strings import visible
from tests.site.feed_readers import ATOM, LANG, atom_faults, of_map, sitemap_faults
from tests.worlds import TODAY, WORLD, publish, tree

LANGUAGES = "languages:\n  - zh-CN\n  - zh-TW\n  - en\n"
BASE = "https://example.org/red/"


def history(root: Path) -> Path:
    """A few days of a directory in three languages: one of each sort of change, and one that must not be told."""
    begin(root)
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(LANGUAGES)
    write(root, "a", address="样例路 1 号", tier="point", phone="13911112222")
    write(root, "b", more="verified:\n  on: 2026-03-05\n  by: 样例\n")
    commit(root, "2026-03-01")
    write(root, "a", address="样例路 2 号", tier="station", phone="0512-00000000")
    commit(root, "2026-03-02")
    write(root, "a", tier="station", phone="0512-00000001", hours="周一至周五 9:00-17:00", aliases="[样例甲]")
    write(root, "c")
    commit(root, "2026-03-03")
    remove(root, "c")
    commit(root, "2026-03-04")
    return root


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("feeds")
    publish(history(folder / "data"), folder / "out", today=date(2026, 6, 1))
    return tree((folder / "out/site").resolve())


def said(feed: bytes) -> list[str]:
    return [str(each.findtext(f"{ATOM}content")) for each in ET.fromstring(feed).iter(f"{ATOM}entry")]


def test_feeds_are_atom_in_each_language(site: dict[str, bytes]) -> None:
    ids = set[str]()
    for folder, language in (("", "zh-CN"), ("zh-TW/", "zh-TW"), ("en/", "en")):
        feed = site[f"{folder}data/changes.xml"]
        assert [*atom_faults(feed)] == []
        root = ET.fromstring(feed)
        assert root.get(LANG) == language
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links == {"self": f"{BASE}{folder}data/changes.xml", None: f"{BASE}{folder}changes.html"}
        own = {str(each.text) for each in root.iter(f"{ATOM}id")}
        assert not own & ids
        ids |= own
    assert site["data/v1/changes.atom"] == site["data/changes.xml"]
    assert "en/data/v1/changes.atom" not in site


def test_an_entry_says_what_became_what(site: dict[str, bytes]) -> None:
    removed, added, updated, tier, *_ = said(site["data/changes.xml"])
    assert removed.splitlines() == ["2026-03-04 撤下：样例c"] and added == "2026-03-03 新增：样例c"
    assert updated.splitlines() == [
        "2026-03-03 更新：样例a", "地址：去掉了“样例路 2 号”", "开放时间：写上了“周一至周五 9:00-17:00”",
        "电话：原来是“0512-00000000”，现在是“0512-00000001”", "还改了：别名",
    ]  # fmt: skip
    assert tier.splitlines() == [
        "2026-03-02 更新：样例a", "层级：原来是“点”，现在是“站”", "地址：原来是“样例路 1 号”，现在是“样例路 2 号”",
        "还改了：电话",
    ]  # fmt: skip
    english = said(site["en/data/changes.xml"])[3]
    assert "address: was “样例路 1 号”, is now “样例路 2 号”" in english
    assert "層級：原來是" in said(site["zh-TW/data/changes.xml"])[3]


def test_no_number_of_a_person_is_told(site: dict[str, bytes]) -> None:
    assert not [path for path, content in site.items() if b"13911112222" in content]


def test_what_strangers_once_wrote_is_only_text(tmp_path: Path) -> None:
    root = begin(tmp_path / "data")
    texts = [text for text in visible() if len(text) < 40 and "\n" not in text][:400:10]
    write(root, "a")
    commit(root, "2026-02-01")
    for day, text in enumerate(texts[:25], 1):
        path = root / "positions/hecheng/a.yml"
        others = re.sub(r"(?m)^address:.*\n", "", path.read_text("utf-8"))
        path.write_bytes(f"{others}address: {text}\n".encode("utf-8", "replace"))
        commit(root, f"2026-03-{day:02}")
    write(root, "a")
    commit(root, "2026-04-01")
    publish(root, tmp_path / "out")
    feed = (tmp_path / "out/site/data/changes.xml").read_bytes()
    assert [*atom_faults(feed)] == [] and len(said(feed)) > 10


def test_the_feed_and_no_other_page_is_linked_where_news_are(site: dict[str, bytes]) -> None:
    link = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="([^"]+)" href="([^"]+)">')
    found = {path: link.findall(html.decode()) for path, html in site.items() if path.endswith(".html")}
    linked = {path: told for path, told in found.items() if told}
    assert linked == {
        f"{folder}{page}": [(title, "data/changes.xml")]
        for folder, title in (("", "最近的变化"), ("zh-TW/", "最近的變化"), ("en/", "Latest changes"))
        for page in ("index.html", "changes.html")
    }


def test_without_a_history_nothing_is_linked(tmp_path: Path) -> None:
    publish(Path(copytree(WORLD, tmp_path / "data")), tmp_path / "out")
    assert b"atom+xml" not in (tmp_path / "out/site/index.html").read_bytes()


def test_the_sitemap_is_sound_and_knows_days_and_languages(site: dict[str, bytes]) -> None:
    assert [*sitemap_faults(site["sitemap.xml"])] == []
    days = of_map(site["sitemap.xml"])
    assert days[f"{BASE}positions/a.html"] == "2026-03-03"  # what the history says
    assert days[f"{BASE}en/positions/b.html"] == "2026-03-05"  # what was asked there since
    assert days[f"{BASE}towns/hecheng.html"] == "2026-03-05"
    assert days[f"{BASE}index.html"] == "2026-03-04"
    assert days[f"{BASE}about.html"] is None
    text = site["sitemap.xml"].decode()
    url = next(line for line in text.splitlines() if f"<loc>{BASE}en/positions/a.html<" in line)
    assert re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', url) == [
        ("zh-CN", f"{BASE}positions/a.html"), ("zh-TW", f"{BASE}zh-TW/positions/a.html"),
        ("en", f"{BASE}en/positions/a.html"), ("x-default", f"{BASE}positions/a.html"),
    ]  # fmt: skip
    assert "xhtml" not in next(line for line in text.splitlines() if "editors/fields.html" in line)


def test_robots_are_let_in_and_shown_the_sitemap(site: dict[str, bytes]) -> None:
    assert site["robots.txt"].decode() == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"


@pytest.mark.parametrize("limit", ["MOST", "MOST_BYTES"])
def test_a_large_sitemap_is_split(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap_module, limit, 3 if limit == "MOST" else 1_250)
    of_world = Site(load(WORLD, today=TODAY), Templates(site_words(LANGUAGE)))
    book = [Page("index.html", HOME, "", ""), *(Page(f"positions/p{at}.html", POSITION, "", "") for at in range(9))]
    _, *parts, index = sitemap(of_world, book)
    assert index.path == "sitemap.xml" and len(parts) > 2
    assert [*of_map(index.content)] == [f"https://example.org/yangli/{part.path}" for part in parts]
    assert sum(len(of_map(part.content)) for part in parts) == len(book)
    for each in (index, *parts):
        assert [*sitemap_faults(each.content)] == []
