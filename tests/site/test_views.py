"""What pages are made from: map links in the right coordinate system, edit links of each forge, cards."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory, Spot
from haitang.geo.coordinates import Coordinate, distance_m
from haitang.model.imprint import Contact, Repository
from haitang.model.messages import site_words
from haitang.schedule.opening_hours_data import week_data
from haitang.schedule.opening_hours_reader import read_hours
from haitang.site.templates import Templates
from haitang.site.views import Site
from haitang.site.views.feedback import Correction, correction
from haitang.site.views.map_links import map_links
from haitang.site.views.position import edit_url
from tests.worlds import WORLD

HERE = Coordinate(120.98, 31.385)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load(WORLD, today=date(2026, 1, 2))


def point(text: str, *, lat_first: bool, crs: str) -> Coordinate:
    first, second = (float(part) for part in re.findall(r"-?\d+\.\d+", text)[:2])
    lon, lat = (second, first) if lat_first else (first, second)
    assert crs in ("wgs84", "gcj02")
    return Coordinate(lon, lat, "wgs84" if crs == "wgs84" else "gcj02").to("wgs84")


@pytest.mark.parametrize(
    ("app", "parameter", "lat_first", "crs", "on_foot"),
    [
        ("amap", "to", False, "gcj02", "mode=walk"),
        ("baidu", "location", True, "gcj02", ""),  # a mark: its routes need a beginning
        ("tencent", "tocoord", True, "gcj02", "type=walk"),
        ("apple", "daddr", True, "gcj02", "dirflg=w"),
        ("geo", "", True, "wgs84", ""),
    ],
)
def test_map_links_lead_to_the_place_on_foot(
    directory: Directory, app: str, parameter: str, lat_first: bool, crs: str, on_foot: str
) -> None:
    position = directory.position["he-cheng"]
    spot, settings = Spot(HERE.lon, HERE.lat, "exact"), directory.settings
    links = {link.app: link.url for link in map_links(position, spot, directory.area["hecheng"], settings)}
    said = links[app].removeprefix("geo:") if app == "geo" else parse_qs(urlsplit(links[app]).query)[parameter][0]
    assert distance_m(point(said, lat_first=lat_first, crs=crs), HERE) < 0.2
    assert not on_foot or on_foot in urlsplit(links[app]).query.split("&")
    assert not re.search(r"mode=car|type=drive|dirflg=d", links[app])
    if app == "baidu":
        assert "coord_type=gcj02" in links[app]
    if app == "tencent":
        assert "coord_type=2" in links[app]


def test_a_place_known_only_to_its_town_gets_no_pin(directory: Directory) -> None:
    position = directory.position["qing-shan"]
    settings = directory.settings
    (link,) = map_links(position, directory.spot(position), directory.area["qingshan"], settings)
    assert link.app == "amap_search"
    assert parse_qs(urlsplit(link.url).query) == {
        "keyword": ["青山村党群服务站"],
        "city": ["蓝田市"],
    }


def test_map_apps_are_told_who_asks(directory: Directory) -> None:
    def asking(**told: str | None) -> str:
        settings = directory.settings.model_copy(update=told)
        spot = Spot(HERE.lon, HERE.lat, "exact")
        links = map_links(directory.position["he-cheng"], spot, directory.area["hecheng"], settings)
        return next(link.url for link in links if link.app == "tencent")

    assert asking(base_url="https://map.example.org/x").endswith("&referer=map.example.org")
    assert asking(base_url=None, title="无锡服务点").endswith("&referer=wu-xi-fu-wu-dian")


@pytest.mark.parametrize("region", ["GB-ENG", "TW", "HK"])
def test_abroad_ways_lead_into_the_maps_that_people_have_there(directory: Directory, region: str) -> None:
    settings = directory.settings.model_copy(update={"region": region})
    position, area = directory.position["he-cheng"], directory.area["hecheng"]
    links = map_links(position, Spot(-1.5, 53.8, "exact"), area, settings)
    assert [link.app for link in links] == ["osm", "google", "apple", "geo"]
    assert all("53.800000" in link.url and "-1.500000" in link.url for link in links)
    for spot in (None, Spot(-1.5, 53.8, "town")):
        searches = map_links(position, spot, area, settings)
        assert [link.app for link in searches] == ["osm_search", "google_search"]
        assert not any("53.8" in link.url for link in searches)


@pytest.mark.parametrize(
    ("kind", "edit", "correct"),
    [
        ("github", "https://example.org/a/b/edit/main/positions/x/y.yml", "https://example.org/a/b/issues/new?template="),
        ("gitea", "https://example.org/a/b/_edit/main/positions/x/y.yml", "https://example.org/a/b/issues/new?template="),
        (
            "gitlab",
            "https://example.org/a/b/-/edit/main/positions/x/y.yml",
            "https://example.org/a/b/-/issues/new?issuable_template=",
        ),
    ],
)
def test_links_for_those_who_help(directory: Directory, kind: str, edit: str, correct: str) -> None:
    repository = Repository.model_validate({"url": "https://example.org/a/b/", "kind": kind})
    assert edit_url(repository, "positions/x/y.yml") == edit
    settings = directory.settings.model_copy(update={"repository": repository})
    made = correction(settings, site_words("zh-CN"), "position", ("he-cheng", "禾城"), None)
    assert made is not None
    for url in (made.url or "", made.verify_url or ""):
        assert url.startswith(correct)
        assert "positions/he-cheng" in url
    assert edit_url(None, "x") is None


def test_a_text_is_ready_to_be_sent_by_every_way_that_is_set(directory: Directory) -> None:
    def made(**contact: str) -> Correction | None:
        own = Contact.model_validate(contact) if contact else None
        settings = directory.settings.model_copy(update={"repository": None, "contact": own})
        address = "https://example.org/brands/x.html"
        return correction(settings, site_words("zh-CN"), "brand", ("x", "甲&乙\n#"), address, ("goals",))

    mail = made(mail="a@example.org", phone="0512-57621055")
    assert mail is not None
    assert mail.mail_url is not None
    assert mail.mail_url.startswith("mailto:a@example.org?subject=")
    assert parse_qs(urlsplit(mail.mail_url).query)["body"] == [mail.text.replace("\n", "\r\n")]
    assert mail.text.startswith("【帮我们补一条】甲&乙")
    assert mail.text.endswith("\n目标：\n哪里不对：\n怎么知道的：\n网页：https://example.org/brands/x.html")
    phone = made(phone="0512-57621055")
    assert phone is not None
    assert (phone.mail_url, phone.url, phone.text) == (None, None, mail.text)
    assert made() is None


def test_cards_say_what_is_known_and_what_is_not(directory: Directory) -> None:
    site = Site(directory, Templates(site_words("zh-CN")))
    full = site.card(directory.position["he-cheng"])
    assert (full.tier, full.tier_name, full.town_name, full.missing, full.verified) == ("centre", "中心", "禾城镇", (), True)
    bare = site.card(directory.position["gong-yuan"])
    assert (bare.tier, bare.hours, bare.week) == ("unknown", None, "")
    assert set(bare.missing) == {"address", "location", "hours", "phone"}
    assert bare.town_name == site_words("zh-CN")["town_unknown"]


def test_no_card_repeats_what_the_page_says(directory: Directory) -> None:
    site = Site(directory, Templates(site_words("zh-CN")))
    card = site.card(directory.position["he-cheng"])
    (brand, *_) = card.brands
    said = {"": "", f"tier:{card.tier}": ">中心<", f"town:{card.town}": ">禾城镇<", f"brand:{brand.id}": f">{brand.name}<"}
    for without, tag in said.items():
        html = site.card_html(card, "../", without)
        assert [each in html for each in said.values() if each] == [each != tag for each in said.values() if each], without
    assert "层级" not in site.card_html(site.card(directory.position["gong-yuan"]), "../")


def test_the_week_as_the_browser_reads_it() -> None:
    assert week_data(read_hours("周一至周五 08:30-11:30, 13:30-17:00")) == "510-690+810-1020" + "|=" * 4 + "||"
    assert week_data(read_hours("周五 18:00-次日02:00")) == "||||1080-1560||"
    assert week_data(None) == ""
