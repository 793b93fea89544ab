"""A site in English: nothing of ours is Chinese on it, and what a directory leaves Chinese is marked so."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.media.image_store import Album, Picture
from haitang.model.messages import site_words
from haitang.site.edition.recipe import Recipe
from haitang.site.languages.english import in_english
from haitang.site.outputs import everything_else, shared
from haitang.site.page import File, Page
from haitang.site.templates import Templates
from haitang.site.views import Site
from tests.conftest import CHINESE
from tests.worlds import WORLD

TODAY = date(2026, 11, 23)
EDITORS = ("editors/", "admin/", "schema/")  # in the language of editors
RUN = re.compile("[\u3400-\u9fff]+")
MARKED = re.compile(r"<(\w+)[^>]* lang=\"zh-CN\"[^>]*>[^<]*")
TAG = re.compile("<[^>]+>")
SHOWN = re.compile(r' (?:aria-label|alt|title|placeholder|content|label)="([^"]*)"')
PARTS = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
SETTINGS = """
title: Leeds Libraries
title_en: Leeds Libraries
timezone: Europe/London
areas:
  - id: leeds
    name: Leeds
    towns:
      - {id: armley, name: Armley, location: {lon: -1.5893, lat: 53.7975, crs: wgs84, precision: town}}
      - {id: headingley, name: Headingley}
tiers:
  - {id: central, name: Central library, short_name: Central, keyword: Everything}
  - {id: branch, name: Branch library, short_name: Branch}
vocabularies:
  services:
    - {id: loans, name: Book loans, also: [borrow], group: Reading, official: Reading}
    - {id: print, name: Printing, group: Computers, official: Computers}
  facilities:
    - {id: lift, name: Lift}
activity_kinds:
  - {id: story, name: Story time, text: Stories for small children.}
needs: [loans]
hotlines:
  - {name: City helpline, phone: 12345, source: {title: City council}}
notices:
  - {text: Closed for repairs, from: 2026-12-01, until: 2026-12-05, areas: [armley]}
published:
  - scope: Leeds
    area: leeds
    as_of: 2024-11
    counts: [{tier: central, value: 1}, {tier: branch, value: 33}]
    source: {title: Annual report, date: 2024-11-30}
targets:
  - {by: 2027, text: Every branch has a lift, source: {title: Plan}}
contact: {phone: 400-800-1234}
"""
PLACES = {
    "armley/armley-library.yml": """
id: armley-library
name: Armley Library
tier: branch
town: armley
address: 2 Stocks Hill
hours: 周一至周五 9:00-17:30；节假日休息
phone: 400-800-1234
services: [Book loans, Printing]
facilities: [Lift]
opened: 1902-11
activities:
  - {name: Story time, kind: story, when: 每周三 14:00-15:00}
  - {name: Book sale, when: 2026-12-05 10:00-12:00}
  - {name: Quiz}
sources:
  - {title: City council, date: 2026-03}
verified: {on: 2026-09-01, by: Jo}
""",
    "leeds/central-library.yml": """
id: central-library
name: Leeds Central Library
tier: central
town: leeds
sources: [{title: City council}]
""",
}


@pytest.fixture(scope="module")
def leeds(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    root = tmp_path_factory.mktemp("leeds")
    (root / "directory.yml").write_text(SETTINGS, "utf-8")
    for path, text in PLACES.items():
        (root / "positions" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "positions" / path).write_text(text, "utf-8")
    return in_english(load(root, today=TODAY, updated=TODAY))


@pytest.fixture(scope="module")
def chinese() -> tuple[Directory, Mapping[str, Picture]]:
    album = Album(WORLD, None)
    return in_english(load(WORLD, today=TODAY, updated=TODAY, album=album)), album.pictures


def items_of(directory: Directory, pictures: Mapping[str, Picture] | None = None) -> Iterator[Page | File]:
    site = Site(directory, Templates(site_words("en")), pictures or {}, language="en")
    for item in (*shared(site), *everything_else(site)):
        made = item.make() if isinstance(item, Recipe) else item
        if not made.path.startswith(EDITORS):
            yield made


def texts_of(page: Page) -> str:
    """What is read on a page, attributes that are read out among it."""
    html = PARTS.sub("", str(page.body))
    return unescape("\n".join([page.title, page.description, TAG.sub("\n", html), *SHOWN.findall(html)]))


def test_an_english_directory_has_no_chinese_on_its_site(leeds: Directory) -> None:
    pages = 0
    for item in items_of(leeds):
        text = texts_of(item) if isinstance(item, Page) else item.content.decode("utf-8", "ignore")
        pages += isinstance(item, Page)
        if isinstance(item, File) and item.path.endswith(("traditional.js", "needs.js")):
            continue  # how Chinese is typed and spoken, for whoever does
        assert not RUN.findall(text), item.path
    assert pages > 20


def test_what_its_editors_read_is_english_and_its_own(leeds: Directory) -> None:
    site = Site(leeds, Templates(site_words("en")), {}, language="en")
    pages = {
        item.path: item.make()
        for item in everything_else(site)
        if isinstance(item, Recipe) and item.path.startswith("editors/")
    }
    fields, problems = (pages[f"editors/{name}.html"] for name in ("fields", "problems"))
    assert isinstance(fields, Page) and isinstance(problems, Page)
    assert not RUN.findall(texts_of(fields)) and "121.04" not in str(fields.body)
    headings = re.findall(r"<h2>(.*?)</h2>", str(problems.body))
    assert len(headings) > 10 and not RUN.findall(" ".join(headings))


def test_a_chinese_directory_in_english_says_only_its_own_chinese(
    monkeypatch: pytest.MonkeyPatch, chinese: tuple[Directory, Mapping[str, Picture]]
) -> None:
    monkeypatch.setattr("haitang.site.languages.marks.marked", lambda html, _: html)
    own = "".join(path.read_text("utf-8") for path in sorted(WORLD.rglob("*.yml")))
    own += re.sub(r"[*\[\]()\d]", "", own)  # without Markdown and marks of sources
    for page in items_of(*chinese):
        if isinstance(page, Page):
            assert [run for run in RUN.findall(texts_of(page)) if run not in own] == [], page.path


def test_what_stays_chinese_is_marked(chinese: tuple[Directory, Mapping[str, Picture]]) -> None:
    for page in items_of(*chinese):
        if isinstance(page, Page):
            html = PARTS.sub("", str(page.body))
            left = TAG.sub("\n", MARKED.sub("", html))
            assert not CHINESE.search(left), (page.path, RUN.findall(left))
            assert not CHINESE.search(page.title), page.path


def test_what_is_said_in_english(leeds: Directory) -> None:
    pages = {page.path: page for page in items_of(leeds) if isinstance(page, Page)}
    place = texts_of(pages["positions/armley-library.html"])
    for said in ("Mon–Fri 9:00–17:30", "Closed on public holidays.", "Every Wed 14:00–15:00", "November 1902",
                 "1 September 2026", "March 2026", "Book loans", "1–5 Dec 2026"):  # fmt: skip
        assert said in place, said
    assert "1 place listed" in texts_of(pages["tiers/branch.html"])


def test_phrases_name_what_has_no_english_name(chinese: tuple[Directory, Mapping[str, Picture]]) -> None:
    plain = load(WORLD, today=TODAY)
    name = plain.positions[0].name
    said = in_english(plain, {name: "Hecheng Centre", plain.settings.areas[0].name: "Blue Field"})
    assert (said.positions[0].name, said.settings.areas[0].name) == ("Hecheng Centre", "Blue Field")
    assert said.positions[1].name == chinese[0].positions[1].name


def test_the_english_words_of_a_template_are_all_there(tmp_path: Path) -> None:
    templates = Templates(site_words("en"), tmp_path)
    assert "Page not" not in templates.words.not_found.title
    assert templates.words.unit.place.format(count=1) == "place"
