"""What one may need: its page says who has it, or that nobody is known to; its words lead to it."""

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any, get_args

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.model.messages import site_words
from haitang.model.types import Icon
from haitang.site.exports import browser_needs
from haitang.site.page import NEED, PAGE_SIZE, Page
from haitang.site.pages import needs
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from haitang.site.views.needs import NO_ICON, meeting
from tests.worlds import PROJECT, WORLD

CARD = re.compile(r'<li[^>]*>(?:<i class="mark[^>]*></i><div><h3>)?<a href="\.\./positions/([\w-]+)\.html">')
MOST_ICONS = 6_000  # bytes of the style sheet after gzip


@pytest.fixture(scope="module")
def world() -> Directory:
    return load(WORLD, today=date(2026, 1, 2))


def site_of(directory: Directory) -> Site:
    return Site(directory, Templates(site_words(LANGUAGE)))


def pages(site: Site) -> Mapping[str, str]:
    made = (recipe.make() for recipe in needs.build(site))
    return {page.path: page.body for page in made if isinstance(page, Page)}


def test_needs_are_the_terms_and_the_kinds_of_activities(world: Directory) -> None:
    found = [(need.kind, need.id, need.icon, need.path) for need in site_of(world).needs]
    assert found == [
        ("service", "zhengce", "policy", "needs/zhengce.html"),
        ("service", "dang-jian-zhi-dao", NO_ICON, "needs/dang-jian-zhi-dao.html"),
        ("facility", "yin-shui", "cup", "needs/yin-shui.html"),
        ("facility", "chong-dian", NO_ICON, "needs/chong-dian.html"),
        ("facility", "mu-ying-shi", NO_ICON, "needs/mu-ying-shi.html"),
        ("site_kind", "qu-zhen", NO_ICON, "needs/qu-zhen.html"),
        ("site_kind", "xiao-qu", NO_ICON, "needs/xiao-qu.html"),
        ("activity_kind", "linli", "people", "activities/kind-linli.html"),
        ("activity_kind", "xuexi", NO_ICON, "activities/kind-xuexi.html"),
        ("activity_kind", "kong", NO_ICON, "activities/kind-kong.html"),
    ]


def test_the_browser_gets_the_same_needs(world: Directory) -> None:
    site = site_of(world)
    (file,) = browser_needs.build(site)
    data: dict[str, Any] = json.loads(file.content.decode().partition(".needs=")[2].rstrip(";\n"))
    rows = [column.split("\n") for column in (data["id"], data["name"], data["also"], data["icon"], data["group"])]
    found = zip(data["kind"], *rows, strict=True)
    for need, (kind, own_id, name, also, icon, group) in zip(site.needs, found, strict=True):
        assert browser_needs.KINDS[int(kind)] == need.kind
        assert (own_id, name, icon, group) == (need.id, need.name, need.icon, need.group)
        assert tuple(filter(None, also.split("\t"))) == need.also


def test_a_page_lists_who_has_it_by_town_and_nobody_else(world: Directory) -> None:
    site = site_of(world)
    made = pages(site)
    assert set(made) == {*(path for path, _ in NEED.pages(world)), "needs/index.html"}
    for need in site.needs:
        if need.kind != "activity_kind":
            has = [place.id for place in meeting(world, need)]
            said = {"service": "services", "facility": "facilities", "site_kind": "site_kind"}[need.kind]
            assert set(has) == {place.id for place in world.positions if need.name in (getattr(place, said) or ())}
            assert CARD.findall(made[need.path]) == has
    page = made["needs/zhengce.html"]
    assert 'data-only="service:政策咨询"' in page
    assert '<a href="../towns/hecheng.html">' in page
    assert "也可以搜：问政策、补贴 &lt;i&gt;" in page
    assert '<a href="../needs/dang-jian-zhi-dao.html">' not in page  # of another heading


def test_what_has_gone_has_nothing_any_more(world: Directory) -> None:
    having = [place for place in world.positions if "饮水" in place.facilities]
    assert having
    closed = tuple(place.model_copy(update={"status": "closed"}) if place in having else place for place in world.positions)
    made = pages(site_of(replace(world, positions=closed)))
    assert CARD.findall(made["needs/yin-shui.html"]) == []
    assert "还没有一处写明有“饮水”" in made["needs/yin-shui.html"]


def test_where_nobody_has_it_there_are_ways_on(world: Directory) -> None:
    made = pages(site_of(world))
    page = unescape(made["needs/mu-ying-shi.html"])
    assert "还没有一处写明有“母婴室”" in page
    assert 'href="../unverified.html#tell"' in page
    assert 'href="tel:12345"' in page
    assert "虚构的意见" in page  # where that number is from
    settings = world.settings.model_copy(update={"contact": None})
    forge = pages(site_of(replace(world, settings=settings)))["needs/mu-ying-shi.html"]
    assert 'href="https://example.org/yangli/zhendi/issues/new' in unescape(forge)
    settings = settings.model_copy(update={"repository": None, "hotlines": (), "identity": type(settings.identity)()})
    bare = pages(site_of(replace(world, settings=settings)))["needs/mu-ying-shi.html"]
    assert "还没有一处写明有“母婴室”" in bare
    assert "tel:" not in bare and "告诉我们" not in bare


def test_long_lists_are_lines_and_whole(world: Directory) -> None:
    first = world.positions[0].model_copy(update={"facilities": ("充电",), "status": None})
    many = tuple(first.model_copy(update={"id": f"duo-{number}"}) for number in range(needs.LINES + 3))
    for count in (PAGE_SIZE, PAGE_SIZE + 1, needs.LINES + 3):
        made = pages(site_of(replace(world, positions=many[:count])))
        parts = [made[path] for path in ("needs/chong-dian.html", "needs/chong-dian.2.html") if path in made]
        assert len(parts) == (2 if count > needs.LINES else 1)
        assert [name for part in parts for name in CARD.findall(part)] == [place.id for place in many[:count]]
        assert ('<ul class="rows">' in parts[0]) == (count > PAGE_SIZE)


EDITS: tuple[dict[str, object], ...] = (
    {"facilities": ()},
    {"facilities": ("母婴室",)},
    {"facilities": ("饮水", "充电")},
    {"site_kind": "小区"},
    {"community": "样例社区", "address": "样例路 9 号"},
    {"status": "closed"},
)


@pytest.mark.parametrize("edit", EDITS, ids=repr)
def test_a_page_is_made_again_where_it_would_differ(world: Directory, edit: dict[str, object]) -> None:
    """Whatever somebody finds out about one place: on its own list, and where others count it."""
    before = made_of(world, "")
    for place in world.positions:
        edited = tuple(each.model_copy(update=edit) if each is place else each for each in world.positions)
        after = made_of(replace(world, positions=edited), world.files[f"position:{place.id}"])
        for path, (key, body) in after.items():
            assert body == before[path][1] or key != before[path][0], path


def made_of(directory: Directory, edited: str) -> Mapping[str, tuple[object, str]]:
    """What each page is made of and what comes of it, where one file is another than before."""
    digests = {file: b"new" if file == edited else b"old" for file in directory.files.values()}
    made = ((recipe, recipe.make()) for recipe in needs.build(replace(site_of(directory), digests=digests)))
    return {recipe.path: (recipe.made_of, page.body) for recipe, page in made if isinstance(page, Page)}


def test_the_index_counts_each_need_once(world: Directory) -> None:
    site = site_of(world)
    index = pages(site)["needs/index.html"]
    shown = re.findall(
        r'<a href="\.\./([^"]+)"><i class="icon icon-\w+"></i><span>[^<]*(?:<[^b/][^<]*)*</span><b>(\d+)</b>', index
    )
    found = {path: int(count) for path, count in shown}
    assert len(found) == len(shown) == len(site.needs)
    for need in site.needs:
        if need.kind != "activity_kind":
            assert found[need.path] == len(meeting(world, need))
    assert found["activities/kind-linli.html"] == len(
        {event.position.id for event in site.programme.shown if event.kind is not None and event.kind.id == "linli"}
    )
    assert "政策 &lt;b&gt;" in index


def test_every_icon_is_drawn_once_and_they_are_light() -> None:
    sheet = (PROJECT / "templates" / "styles" / "icons.css").read_bytes()
    drawn = re.findall(r"^\.icon-([a-z]+) \{ --drawn: url\(\"data:image/svg\+xml,", sheet.decode(), re.MULTILINE)
    assert sorted(drawn) == sorted([*get_args(Icon), NO_ICON])
    assert len(gzip.compress(sheet, 6)) <= MOST_ICONS


@pytest.mark.live
def test_our_own_needs_have_everyday_words_and_pictures() -> None:
    settings = load(PROJECT, today=date.today()).settings
    site = site_of(load(PROJECT, today=date.today()))
    assert {need.id for need in site.needs if len(need.also) < 6 or need.icon == NO_ICON} == set()
    assert {need.id for need in site.needs if need.kind != "activity_kind" and not need.group} == set()
    assert len(settings.needs) == 8
    assert {term.name for term in settings.vocabularies.services if not term.official} == set()
    found = {word: [need.name for need in site.needs if word in need.also] for word in EVERYDAY}
    assert found == EVERYDAY


EVERYDAY = {
    "卫生间": ["厕所"],
    "歇脚": ["休息座椅", "驿站"],
    "喝水": ["饮水"],
    "热饭": ["微波炉"],
    "洗澡": ["淋浴间"],
    "AED": ["除颤仪"],
    "无线网": ["Wi-Fi"],
    "找工作": ["就业服务"],
    "办社保": ["社保医保咨询"],
    "四点半": ["青少年托管"],
    "量血压": ["卫生健康服务"],
    "百家宴": ["邻里聚会"],
    "看电影": ["电影放映"],
    "带孩子": ["青少年托管", "儿童活动区", "打卡研学"],
}
