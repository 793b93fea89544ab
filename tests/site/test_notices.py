"""Notices: who is shown which, in which order and words, and that pages are made again once the day of the data passes one."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.media.image_store import Album
from haitang.model.entries import Notice
from haitang.model.messages import site_words
from haitang.model.settings import SiteNotice
from haitang.site.edition.recipe import Recipe
from haitang.site.languages.dates import days
from haitang.site.page import Page
from haitang.site.pages import finder, home, lists, positions
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from haitang.site.views.notices import all_notices, notices_at, notices_of_town
from tests.worlds import WORLD, publish

DAY = date(2026, 12, 2)  # of the data
LINE = re.compile(r'<p class="notice-line"([^>]*)>(.*?)</p>')


def notice(text: str, since: str, until: str, *areas: str) -> SiteNotice:
    return SiteNotice.model_validate({"text": text, "from": since, "until": until, "areas": list(areas)})


GENERAL = (
    notice("全市调时间", "2026-12-20", "2027-01-05"),
    notice("禾城停电", "2026-12-01", "2026-12-05", "hecheng"),
    notice("过去的事", "2026-11-01", "2026-12-01"),
    notice("蓝田台风", "2026-12-02", "2026-12-02", "lantian"),
    notice("今天", "2026-12", "2026-12"),
)


@pytest.fixture(scope="module")
def site() -> Site:
    album = Album(WORLD, None)
    directory = load(WORLD, today=date(2026, 1, 2), album=album)
    own = Notice.model_validate({"text": "<b>装修</b>", "from": "2026-12-01", "until": "2026-12-09"})
    changed = tuple(
        each.model_copy(update={"notices": (own,)}) if each.id == "he-cheng" else each for each in directory.positions
    )
    told = directory.settings.model_copy(update={"notices": GENERAL})
    return Site(
        replace(directory, positions=changed, settings=told, updated=DAY), Templates(site_words(LANGUAGE)), album.pictures
    )


def texts(notices: object) -> list[str]:
    assert isinstance(notices, tuple)
    return [each.text for each in notices]


def test_what_is_over_is_gone_and_what_is_to_come_waits(site: Site) -> None:
    found = all_notices(site)
    assert [(each.text, each.later) for each in found] == [
        ("全市调时间", True), ("禾城停电", False), ("蓝田台风", False), ("今天", False),
    ]  # fmt: skip
    assert (found[3].since, found[3].until) == ("2026-12-01", "2026-12-31")
    assert [each.where for each in found] == ["", "禾城镇", "蓝田市", ""]
    assert found[2].towns == ("hecheng", "qingshan", "baiyun", "lantian")


def test_a_town_is_told_what_names_it_or_its_area(site: Site) -> None:
    assert texts(notices_of_town(site, "hecheng")) == ["禾城停电", "蓝田台风"]
    assert texts(notices_of_town(site, "qingshan")) == ["蓝田台风"]


def test_a_place_tells_its_own_first(site: Site) -> None:
    place = next(each for each in site.directory.positions if each.id == "he-cheng")
    assert texts(notices_at(site, place)) == ["<b>装修</b>", "禾城停电", "蓝田台风", "全市调时间", "今天"]


@pytest.mark.parametrize(
    "since, until, said",
    [
        (date(2026, 12, 1), date(2026, 12, 1), "2026年12月1日"),
        (date(2026, 12, 1), date(2026, 12, 5), "2026年12月1日至5日"),
        (date(2026, 11, 30), date(2026, 12, 5), "2026年11月30日至12月5日"),
        (date(2026, 12, 30), date(2027, 1, 2), "2026年12月30日至2027年1月2日"),
    ],
)
def test_days_are_told_in_words(since: date, until: date, said: str) -> None:
    assert days(since, until, LANGUAGE) == said


def pages(site: Site) -> Iterator[Page]:
    for output in (home, finder, lists, positions):
        for recipe in output.build(site):
            page = recipe.make() if isinstance(recipe, Recipe) else recipe
            if isinstance(page, Page) and "data-notices" in page.body:
                yield page


def test_pages_that_show_them_and_no_others(site: Site) -> None:
    found = {page.path: LINE.findall(page.body) for page in pages(site)}
    of_towns = {path for path in found if path.startswith("towns/")}
    assert of_towns == {"towns/hecheng.html", "towns/qingshan.html", "towns/baiyun.html", "towns/lantian.html"} & of_towns
    assert {"index.html", "search.html", "map.html", "towns/hecheng.html", "positions/he-cheng.html"} <= found.keys()
    attributes, text = found["positions/he-cheng.html"][0]
    assert attributes == ' data-from="2026-12-01" data-until="2026-12-09"'
    assert text == '&lt;b&gt;装修&lt;/b&gt; <span class="notice-days">2026年12月1日至9日</span>'
    assert found["index.html"][0][0].endswith(" data-later hidden")
    assert [text.partition("：")[0] for _, text in found["towns/hecheng.html"]] == ["<b>禾城镇", "<b>蓝田市"]


def test_the_first_stand_there_and_the_rest_is_folded(site: Site) -> None:
    """On a place's page its own: its name must stay in the first screen."""
    body = next(page.body for page in pages(site) if page.path == "positions/he-cheng.html")
    before, _, folded = body.partition("<details data-more=")
    assert len(LINE.findall(before)) == 1
    assert "还有 3 条通知" in folded and len(LINE.findall(folded)) == 4
    home_page = next(page.body for page in pages(site) if page.path == "index.html")
    assert len(LINE.findall(home_page.partition("<details data-more=")[0])) == 4  # of which one is hidden


def test_pages_are_made_again_once_a_notice_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the day of the data is another one."""
    shutil.copytree(WORLD, tmp_path / "root")
    text = "notices:\n  - {text: 停电通知, from: 2026-12-01, until: 2026-12-02, areas: [hecheng]}\n"
    with (tmp_path / "root" / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(text)
    held: dict[str, set[str]] = {}
    for day in ("2026-12-02", "2026-12-03"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{day}T04:00:00+00:00").timestamp())))
        publish(tmp_path / "root", tmp_path / "out", today=date(2026, 12, 4))
        held[day] = _holding((tmp_path / "out" / "site").resolve())
    assert held["2026-12-02"] >= {"index.html", "search.html", "map.html", "towns/hecheng.html", "positions/he-cheng.html"}
    assert held["2026-12-03"] == set()


def _holding(site: Path) -> set[str]:
    """The pages that tell it to visitors; that of the data has it as an example of a notice."""
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html") if "停电通知" in path.read_text("utf-8")}
    return pages - {"data/index.html"}
