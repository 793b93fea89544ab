"""What is missing and not verified: who is wanted, in which order, and the page that asks for help."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.site.views.freshness import AGEING_AFTER, STALE_AFTER, wanted
from tests.data.history_world import begin, write
from tests.worlds import publish, tree

TODAY = date(2026, 11, 24)
LOCATION = "location:\n  lon: 120.9\n  lat: 31.4\n  crs: wgs84\n  precision: exact\n"
WHOLE = f"address: 样例路 1 号\n{LOCATION}hours: 每天 09:00-17:00\nphone: 0512-00000001\n"


def verified(days: int) -> str:
    return f"verified:\n  on: {TODAY - timedelta(days)}\n  by: 样例社区\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return begin(tmp_path / "data")


def read(root: Path) -> Directory:
    return load(root, today=TODAY)


def names(directory: Directory, today: date | None, after: timedelta = STALE_AFTER) -> list[str]:
    return [each.position.id for group in wanted(directory, today, after) for each in group.wanted]


def test_half_a_year_and_a_year_are_counted_in_days(root: Path) -> None:
    for days in (0, 180, 181, 365, 366):
        write(root, f"d{days}", WHOLE + verified(days))
    directory = read(root)
    assert names(directory, TODAY) == ["d366"]
    assert names(directory, TODAY, AGEING_AFTER) == ["d366", "d365", "d181"]
    assert names(directory, None) == []


def test_the_most_urgent_come_first(root: Path) -> None:
    write(root, "asked-long-ago", WHOLE + verified(900))
    write(root, "asked-lacks", "address: 样例路 1 号\n" + verified(10))
    write(root, "never-whole", WHOLE)
    write(root, "never-bare")
    write(root, "gone", "status: closed\n")
    write(root, "there", "address: 样例路 1 号\n", town="qingshan")
    groups = wanted(read(root), TODAY)
    assert [(group.town.id, [each.position.id for each in group.wanted]) for group in groups] == [
        ("hecheng", ["never-bare", "never-whole", "asked-lacks", "asked-long-ago"]),
        ("qingshan", ["there"]),
    ]
    assert groups[0].wanted[0].missing == ("address", "location", "hours", "phone")


def test_the_page_names_each_place_with_what_it_lacks_and_where_to_say_so(root: Path, tmp_path: Path) -> None:
    settings = root / "directory.yml"
    repository = "repository:\n  kind: github\n  url: https://example.org/a/b\n  branch: main\n"
    settings.write_text(settings.read_text("utf-8") + repository, "utf-8")
    write(root, "a", "phone: 0512-00000001\n", name="'<b>甲&乙'")
    write(root, "b", WHOLE + verified(0))
    write(root, "c", town="qingshan")
    publish(root, tmp_path / "out", today=TODAY)
    site = tree(tmp_path / "out" / "site")
    page = site["unverified.html"].decode()
    body = page[page.index('<main id="main"') : page.index("<footer")]
    one = next(piece for piece in body.split("<li>") if "positions/a.html" in piece)
    assert body.count("positions/a.html") == 1
    lots = re.findall(r'<section class="lot" id="([^"]*)"><h2>([^<]*) <b>(\d+)</b>', body)
    assert lots == [
        ("address-location-hours-phone", "缺地址、地图位置、开放时间、联系电话", "1"),
        ("address-location-hours", "缺地址、地图位置、开放时间", "1"),
    ]
    assert body.index('id="address-location-hours"') < body.index("positions/a.html")
    assert "&lt;b&gt;甲&amp;乙" in one
    assert "<b>甲" not in body
    assert 'href="https://example.org/a/b/issues/new?template=' in one
    assert "positions/b.html" not in body
    assert re.findall(r'<a href="towns/(\w+).html">[^<]*<b>(\d+)</b>', body) == [("hecheng", "1"), ("qingshan", "1")]
    assert re.findall(r"<dt>([^<]+)<dd><b>(\d+)</b>", body) == [
        ("还没有人核实", "2"), ("缺地址", "2"), ("缺地图位置", "2"), ("缺开放时间", "2"), ("缺联系电话", "1"),
    ]  # fmt: skip
    assert 'href="unverified.html"' in site["index.html"].decode()
    assert "https://example.org/red/unverified.html" in site["sitemap.xml"].decode()


@pytest.mark.parametrize(("places", "said"), [(0, "还没有收录的地方"), (1, "都核实过了")])
def test_nothing_to_verify_is_said_kindly(root: Path, tmp_path: Path, places: int, said: str) -> None:
    for number in range(places):
        write(root, f"p{number}", WHOLE + verified(0))
    publish(root, tmp_path / "out", today=TODAY)
    page = (tmp_path / "out" / "site" / "unverified.html").read_text("utf-8")
    assert said in page
    assert "<dl" not in page


def test_many_places_are_many_pages_and_what_is_missing_leads_to_its_own(root: Path, tmp_path: Path) -> None:
    for number in range(130):
        write(root, f"p{number}")
    for number in range(90):
        write(root, f"q{number}", "phone: 0512-00000001\n", town="qingshan")
    publish(root, tmp_path / "out", today=TODAY)
    site = tree(tmp_path / "out" / "site")
    pages = [site[path].decode() for path in ("unverified.html", "unverified.2.html", "unverified.3.html")]
    assert "unverified.4.html" not in site
    assert [page.count("unverified-place") for page in pages] == [100, 100, 20]
    own = "address-location-hours"
    assert [f'href="unverified.2.html#{own}"' in page for page in pages] == [True, False, True]
    assert f'href="#{own}"' in pages[1]
    assert f'id="{own}"' in pages[1]
    assert max(len(page.encode()) for page in pages) < 150_000
