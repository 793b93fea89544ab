"""What was published of one area stands beside what is listed there and nowhere else, each figure with its own measure word."""

import re
from html import unescape
from pathlib import Path

import pytest

from haitang.model.messages import site_words
from haitang.site.output_folder import Target
from haitang.site.pages.statistics import flowers
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.site.test_statistics import SETTINGS, VERIFIED, add, counted
from tests.worlds import publish

# Two centres here, three elsewhere: a page that counts all of them beside the published four mixes two things.
UNITS = "        unit: 家\n      - tier: station\n        value: 158\n        unit: 个\n"
OTHERS = """    sources:
      - title: 虚构的报道
        publisher: 样例报
"""


def root_of(folder: Path, settings: str = SETTINGS) -> Path:
    folder.mkdir()
    (folder / "directory.yml").write_text(settings, encoding="utf-8")
    (folder / "positions").mkdir()
    add(folder, "a", "jia", VERIFIED.format("2025-10-01"), tier="centre")
    add(folder, "b", "yi", tier="centre")
    add(folder, "k", "jia", tier="other")
    for own_id in "cde":
        add(folder, own_id, "bing", VERIFIED.format("2025-10-01"), tier="centre")
    return folder


def text(html: str, start: str = '<main id="main"', end: str = "<footer") -> str:
    told = html[html.index(start) :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", told[: told.index(end)])))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("like")
    settings = SETTINGS.replace("        unit: 家\n      - tier: station\n        value: 158\n", UNITS)
    settings = settings.replace("    short_name: 中心\n", "    short_name: 中心\n" + OTHERS)
    publish(root_of(base / "root", settings), base / "out")
    return Target(base / "out").site


def test_home_counts_the_area_that_the_figures_are_of(site: Path) -> None:
    told = text((site / "index.html").read_text("utf-8"))
    assert "2 样例城收录（处） 2018 年公布 4 家" in told
    assert "0 样例城收录（处） 2018 年公布 158 个" in told
    assert "城外收录 3 处，不算在上面" in told
    assert "样例城另有其他 1 处。" in told
    assert "5 样例城" not in told


def test_progress_shows_the_figures_as_they_were_published(site: Path) -> None:
    told = text((site / "progress.html").read_text("utf-8"))
    assert "样例市公布过 中心 4 家 站 158 个" in told
    assert "162" not in told
    assert "样例城收录 3 处" in told
    assert "其中已核实 1 处" in told
    assert "连同别处，本站一共收录 6 处，其中已核实 4 处。" in told
    assert re.search(r"中心 4 家 2 1 站 158 个 0 0", told)


def test_a_tiers_page_says_where_its_rule_comes_from(site: Path) -> None:
    assert "资料来源 虚构的报道 样例报" in text((site / "tiers" / "centre.html").read_text("utf-8"))
    assert "资料来源" not in text((site / "tiers" / "station.html").read_text("utf-8"))


def test_without_published_figures_all_that_is_listed_is_counted(tmp_path: Path) -> None:
    start, end = SETTINGS.index("published:"), SETTINGS.index("denominators:")
    publish(root_of(tmp_path / "root", SETTINGS[:start] + SETTINGS[end:]), tmp_path / "out")
    told = text((Target(tmp_path / "out").site / "progress.html").read_text("utf-8"))
    assert "本站收录 6 处" in told
    assert "连同别处" not in told
    home = text((Target(tmp_path / "out").site / "index.html").read_text("utf-8"))
    assert "2 样例城收录（处）" in home
    assert "公布" not in home


@pytest.mark.parametrize(
    ("units", "unit", "names"),
    [
        (("家", "个"), "", ("中心（家）", "站（个）")),
        (("家", None), "", ("中心（家）", "站（处）")),
        (("家", "家"), "家", ("中心", "站")),
        ((None, None), "处", ("中心", "站")),
        (("处", None), "处", ("中心", "站")),
    ],
)
def test_figures_of_different_measure_words_have_no_common_unit(
    tmp_path: Path, units: tuple[str | None, str | None], unit: str, names: tuple[str, str]
) -> None:
    lines = [f"        unit: {each}\n" if each else "" for each in units]
    settings = SETTINGS.replace("        unit: 家\n", lines[0]).replace(
        "        value: 158\n", "        value: 158\n" + lines[1]
    )
    root = tmp_path / "root"
    root.mkdir()
    (root / "directory.yml").write_text(settings, encoding="utf-8")
    (root / "positions").mkdir()
    directory, progress = counted(root)
    left, right = flowers(Site(directory, Templates(site_words(LANGUAGE))), progress.standings[0])
    assert (left.unit, right.unit) == (unit, "处")
    assert tuple(row[0] for row in left.table.rows) == names
