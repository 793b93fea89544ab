"""A site in several languages: each has every page, says so of the others, and shares what is the same."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import unescape
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from shutil import copytree, rmtree

import pytest

from haitang.checks.load import load
from haitang.model.messages import site_words, traditional
from haitang.site.build import Builder
from haitang.site.edition.workers import Workers
from haitang.site.exports.shards import browser_layers
from haitang.site.languages.marks import marked
from haitang.site.languages.translation import translation
from haitang.site.page import PAGE_KINDS, SHARED, data_of
from haitang.site.templates import Templates
from haitang.site.views import Site
from tests.worlds import TODAY, WORLD, inputs, publish, tree

HAN = re.compile("[\u3400-\u9fff]+")
TEXT = re.compile(r"<script.*?</script>|<style.*?</style>|<(\w+) [^>]*lang=\"zh-CN\".*?</\1>|<[^>]*>", re.DOTALL)
ONCE = {kind.path() for kind in PAGE_KINDS if kind.once}


def spoken(folder: Path, *languages: str) -> Path:
    """The small world in these languages."""
    root = folder / "root"
    copytree(WORLD, root)
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write("languages:\n" + "".join(f"  - {language}\n" for language in languages))
    with (root / "site_src/about.md").open("a", encoding="utf-8") as file:
        file.write("\nHAITANG_CORRECTIONS\n")  # which leads to pages that are there once
    return root


@dataclass(frozen=True)
class Published:
    root: Path
    site: Path
    files: dict[str, bytes]

    def pages(self, folder: str = "") -> dict[str, str]:
        """The HTML of each page of a language, by its path in the folder of that."""
        found = {path: content.decode() for path, content in self.files.items() if path.endswith(".html")}
        others = () if folder else ("zh-TW/", "en/")
        return {
            path[len(folder) :]: html for path, html in found.items() if path.startswith(folder) and not path.startswith(others)
        }


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("languages")
    root = spoken(folder, "zh-CN", "zh-TW")
    publish(root, folder)
    return Published(root, folder / "site", tree(folder / "site"))


def test_every_page_is_there_in_every_language_but_those_for_editors(both: Published) -> None:
    first, second = both.pages(), both.pages("zh-TW/")
    assert first.keys() - second.keys() == {path for path in ONCE if path in first} != set()
    assert second.keys() <= first.keys()
    assert all(re.match(r'<!doctype html>\s*<html lang="zh-TW"', html) for html in second.values())
    assert all(re.match(r'<!doctype html>\s*<html lang="zh-CN"', html) for html in first.values())


def test_a_further_language_costs_its_pages_and_its_data_only(both: Published) -> None:
    own = [path for path in both.files if path.startswith("zh-TW/")]
    assert not [path for path in own if path.removeprefix("zh-TW/").startswith(SHARED)]
    assert {"zh-TW/manifest.webmanifest", "zh-TW/data/places.js", "zh-TW/calendars/all.ics", "zh-TW/404.html"} <= set(own)
    shared = json.loads(both.files["zh-TW/data/files.js"].split(b".shared=")[1].rstrip(b";\n"))
    assert {"engine", "base", "layers"} <= set(shared)
    assert all(f"data/{name}.js" in both.files and f"zh-TW/data/{name}.js" not in both.files for name in shared)


def test_names_on_the_maps_base_are_said_in_each_language(both: Published, tmp_path: Path) -> None:
    """In English as the layer itself calls them, else in Latin letters."""
    said = both.files["zh-TW/data/map_names.js"].decode()
    assert "样例塔" in said and "樣例塔" in said and "data/map_names.js" not in both.files
    root = spoken(tmp_path, "zh-CN", "en")
    marks = root / "map" / "landmarks.geojson"
    text = marks.read_text("utf-8").replace('"name": "样例塔"', '"name": "样例塔", "name:en": "Sample Tower"')
    marks.write_text(text, "utf-8")
    first = Site(load(root, today=TODAY, updated=TODAY), Templates(site_words("zh-CN")))
    (file,) = browser_layers.names(translation(first, "en", Templates(site_words("en"))))
    known = json.loads(data_of(file.content)["map_names"])
    names = dict(zip(known["name"].split("\n"), known["said"].split("\n"), strict=True))
    assert (names["样例塔"], names["禾城大道"]) == ("Sample Tower", "Hecheng Dadao")


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]*)">', html))


def test_pages_name_each_other(both: Published) -> None:
    """Search engines believe only links that are answered."""
    base = "https://example.org/yangli/"
    for path in both.pages("zh-TW/").keys() - {"404.html"}:
        told = {"zh-CN": f"{base}{path}", "zh-TW": f"{base}zh-TW/{path}", "x-default": f"{base}{path}"}
        assert alternates(both.pages()[path]) == alternates(both.pages("zh-TW/")[path]) == told, path
    for path in ONCE & both.pages().keys():
        assert not alternates(both.pages()[path])


def test_pages_without_a_public_address_name_each_other_from_where_they_are(tmp_path: Path) -> None:
    root = spoken(tmp_path, "zh-CN", "zh-TW")
    file = root / "directory.yml"
    file.write_text(re.sub(r"^base_url:.*\n", "", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    publish(root, tmp_path)
    html = (tmp_path / "site/zh-TW/towns/hecheng.html").read_text("utf-8")
    assert alternates(html)["zh-CN"] == "../../towns/hecheng.html"
    assert alternates(html)["zh-TW"] == "../../zh-TW/towns/hecheng.html"


def switches(html: str) -> dict[str, str]:
    found = re.search(r'<nav class="languages".*?</nav>', html, re.DOTALL)
    return {lang: href for href, lang in re.findall(r'<a href="([^"]*)" lang="([^"]*)"', found[0])} if found else {}


@pytest.mark.parametrize("folder", ["", "zh-TW/"])
def test_the_switcher_leads_to_the_same_page(both: Published, folder: str) -> None:
    for path, html in both.pages(folder).items():
        if path in ("404.html", "embed.html") or path in ONCE:
            continue
        here = PurePosixPath(folder + path).parent
        for language, href in switches(html).items():
            meant = f"zh-TW/{path}" if language == "zh-TW" else path
            assert resolved(here, href) == meant
            assert meant in both.files
        assert set(switches(html)) == {"zh-CN", "zh-TW"}


def resolved(folder: PurePosixPath, href: str) -> str:
    steps: list[str] = []
    for step in (folder / unescape(href).partition("#")[0].partition("?")[0]).parts:
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)


def links(html: str) -> Iterator[str]:
    for link in re.findall(r' (?:href|src)="([^"]*)"', html):
        if link and not re.match(r"[a-z]+:|#|/", link):
            yield link
    for held in re.findall(r' srcset="([^"]*)"', html):
        yield from (each.split()[0] for each in held.split(","))


def test_every_link_leads_somewhere(both: Published) -> None:
    for path, html in both.pages("zh-TW/").items():
        for link in links(html):
            target = resolved(PurePosixPath("zh-TW/" + path).parent, link)
            assert target in both.files or (target == "" and "#" in link), (path, link)


def test_links_stay_in_their_language(both: Published) -> None:
    for path, html in both.pages("zh-TW/").items():
        page = re.sub(r'<nav class="languages".*?</nav>|<link[^>]*>', "", html, flags=re.DOTALL)
        for link in re.findall(r'<a [^>]*href="([^"#:]*\.html)', page):
            target = resolved(PurePosixPath("zh-TW/" + path).parent, link)
            assert link.startswith("/") or target.startswith(("zh-TW/", *SHARED)), (path, link)


def texts(html: str) -> Iterator[str]:
    yield from TEXT.sub("\n", html).split("\n")
    yield from re.findall(r' (?:alt|title|aria-label|placeholder|content)="([^"]*)"', html)


def simplified(text: str) -> list[str]:
    """The pieces of a text with characters that nobody writes in Taiwan, where Big5 has all there are; what is converted again
    changes at these only."""
    return [piece for piece in HAN.findall(text) if piece.encode("cp950", "replace") != piece.encode("cp950", "ignore")]


def test_no_simplified_character_is_left(both: Published) -> None:
    assert simplified("鄰里的皇后") == []
    assert simplified("服務於邻里") == ["服務於邻里"]
    for path, html in both.pages("zh-TW/").items():
        assert [piece for text in texts(html) for piece in simplified(text)] == [], path


def test_the_data_and_calendars_are_in_the_language(both: Published) -> None:
    names = ("data/places.js", "data/facts.js", "data/needs.js", "calendars/all.ics", "manifest.webmanifest")
    for name in (*(f"zh-TW/{each}" for each in names), "assets/words.zh-TW.js"):
        text = both.files[name].decode()
        assert HAN.search(text)
        assert simplified(text) == [], name
    assert json.loads(both.files["zh-TW/manifest.webmanifest"])["lang"] == "zh-TW"


def test_the_sitemap_has_all_of_them(both: Published) -> None:
    listed = re.findall(r"<loc>https://example.org/yangli/(.*?)</loc>", both.files["sitemap.xml"].decode())
    own = {path for path in listed if not path.startswith("zh-TW/")}
    assert {f"zh-TW/{path}" for path in own - ONCE} == set(listed) - own


def test_names_are_not_reworded() -> None:
    """打印 is 列印 in our words; how a place is called nobody changes but by its characters."""
    convert = traditional()
    assert convert.words("打印复印") != convert.text("打印复印") == "打印複印"
    assert convert.text("昆山软件园服务站") == "崑山軟件園服務站" or convert.text("昆山软件园服务站") == "昆山軟件園服務站"


def test_how_a_mistake_is_told_leads_to_the_pages_for_editors_of_all_languages(tmp_path: Path) -> None:
    root = spoken(tmp_path, "zh-CN", "zh-TW")
    rmtree(root / "site_src")  # our own page about the site says it
    publish(root, tmp_path)
    for page, guide in (("about.html", "editors/fields.html"), ("zh-TW/about.html", "../editors/fields.html")):
        corrections = (tmp_path / "site" / page).read_text("utf-8").partition('<h2 id="corrections">')[2]
        assert f'<a href="{guide}">' in corrections


def test_an_english_name_alone_changes_every_page_that_says_it(tmp_path: Path) -> None:
    """Names of a further language come from more than the name in the first one."""
    root = spoken(tmp_path, "zh-CN", "en")
    publish(root, tmp_path)
    place = next(root.glob("positions/*/he-cheng.yml"))
    place.write_text(f"name_en: Lotus Hall\n{place.read_text('utf-8')}", encoding="utf-8")
    publish(root, tmp_path)
    publish(root, tmp_path / "anew")
    ours, theirs = tree(tmp_path / "site"), tree(tmp_path / "anew" / "site")
    assert [path for path in theirs if ours[path] != theirs[path]] == []
    assert [path for path, content in ours.items() if path.startswith("en/positions/") and b"Lotus Hall" in content][1:]


def test_a_site_in_one_language_says_nothing_of_languages(tmp_path: Path) -> None:
    publish(spoken(tmp_path, "zh-CN"), tmp_path)
    copytree(WORLD, tmp_path / "plain/root")
    publish(tmp_path / "plain/root", tmp_path / "plain")
    assert tree(tmp_path / "site").keys() == tree(tmp_path / "plain/site").keys()
    html = (tmp_path / "site/index.html").read_text("utf-8")
    assert "hreflang" not in html
    assert "languages" not in html


def test_an_only_language_lies_at_the_root(tmp_path: Path) -> None:
    publish(spoken(tmp_path, "zh-TW"), tmp_path)
    html = (tmp_path / "site/index.html").read_text("utf-8")
    assert '<html lang="zh-TW"' in html
    assert site_words("zh-TW")["header"]["skip"] in html
    assert not (tmp_path / "site/zh-TW").exists()


def test_an_edit_changes_every_language_and_two_builds_are_the_same(tmp_path: Path) -> None:
    root = spoken(tmp_path, "zh-CN", "zh-TW")
    builder = Builder(inputs(root))
    publish(root, tmp_path / "one", builder=builder)
    file = root / "positions/hecheng/xiao-qu.yml"
    file.write_text(re.sub(r"^name: .*$", "name: 小区里的图书馆", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    report = publish(root, tmp_path / "one", builder=builder)
    edited = tree(tmp_path / "one/site")
    assert "小区里的图书馆" in edited["positions/xiao-qu.html"].decode()
    assert "小區裡的圖書館" in edited["zh-TW/positions/xiao-qu.html"].decode()
    assert 0 < report.written < report.files / 2
    publish(root, tmp_path / "two")
    assert edited == tree(tmp_path / "two/site")


def test_words_of_a_directory_hold_in_each_language(tmp_path: Path) -> None:
    root = spoken(tmp_path, "zh-CN", "zh-TW")
    (root / "words").mkdir(exist_ok=True)
    (root / "words/site.zh-CN.yml").write_text("brands_title: 读书会\nheader:\n  map: 网点图\n", "utf-8")
    (root / "words/site.zh-TW.yml").write_text("header:\n  map: 據點圖\n", "utf-8")
    publish(root, tmp_path)
    assert "讀書會" in (tmp_path / "site/zh-TW/brands/index.html").read_text("utf-8")
    assert ">據點圖<" in (tmp_path / "site/zh-TW/index.html").read_text("utf-8")
    assert ">网点图<" in (tmp_path / "site/index.html").read_text("utf-8")


def test_workers_that_share_no_memory_know_the_languages(
    tmp_path: Path, both: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("haitang.site.publish.FEWEST", 1)
    builder = Builder(inputs(both.root))
    builder.workers = Workers(2, lambda: ProcessPoolExecutor(1, get_context("spawn")))
    publish(both.root, tmp_path, builder=builder)
    assert tree(tmp_path / "site") == both.files


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("english")
    root = spoken(folder, "zh-CN", "en")
    with (root / "positions/hecheng/xiao-qu.yml").open("a", encoding="utf-8") as file:
        file.write("name_en: The Courtyard\n")
    (root / "words").mkdir(exist_ok=True)
    (root / "words/site.en.yml").write_text("phrases:\n  禾城镇: Hecheng Town\n  饮水: Drinking water\n", "utf-8")
    publish(root, folder)
    return Published(root, folder / "site", tree(folder / "site"))


def test_english_pages_call_places_by_names_that_can_be_read(english: Published) -> None:
    html = english.pages("en/")["positions/he-cheng.html"]
    assert "<h1" in html
    assert re.search(r"<h1[^>]*>Hecheng Zhen Dangqun Fuwu Zhongxin</h1>", html)
    assert ">Hecheng Town<" in html
    assert re.search(r"<h1[^>]*>The Courtyard</h1>", english.pages("en/")["positions/xiao-qu.html"])
    assert '<span lang="zh-CN">禾城镇党群服务中心' in html  # what stands on the door
    assert "Drinking water" in html
    assert english.pages("en/").keys() >= {"needs/yin-shui.html", "about.html", "licences.html"}


def test_what_stays_chinese_on_an_english_page_says_so(english: Published) -> None:
    for path, html in english.pages("en/").items():
        assert marked(html) == html, path
        (description,) = re.findall(r'<meta name="description"[^>]* content="([^"]*)"', html) or ("",)
        assert path == "about.html" or not HAN.search(description), path  # which nobody wrote in English


def test_english_links_lead_somewhere(english: Published) -> None:
    for path, html in english.pages("en/").items():
        for link in links(html):
            target = resolved(PurePosixPath("en/" + path).parent, link)
            assert target in english.files or (target == "" and "#" in link), (path, link)


def test_a_directory_of_taiwan_is_also_read_in_simplified_characters(tmp_path: Path) -> None:
    root = spoken(tmp_path, "zh-TW", "zh-CN")
    file = root / "positions/hecheng/xiao-qu.yml"
    file.write_text(re.sub(r"^name: .*$", "name: 社區圖書館", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    publish(root, tmp_path)
    assert "社區圖書館" in (tmp_path / "site/positions/xiao-qu.html").read_text("utf-8")
    assert "社区图书馆" in (tmp_path / "site/zh-CN/positions/xiao-qu.html").read_text("utf-8")
