"""The numbers of the progress page, counted again by hand from small directories."""

from datetime import date
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.site.views.statistics import Progress, progress_of
from tests.worlds import position

SETTINGS = """title: 样例
areas:
  - id: cheng
    name: 样例城
    towns:
      - id: jia
        name: 甲镇
      - id: yi
        name: 乙镇
  - id: wai
    name: 城外
    towns:
      - id: bing
        name: 丙镇
tiers:
  - id: centre
    name: 党群服务中心
    short_name: 中心
  - id: station
    name: 党群服务站
    short_name: 站
  - id: point
    name: 党群服务点
    short_name: 点
  - id: other
    name: 其他
    short_name: 其他
vocabularies:
  services:
    - name: 学习
      group: 党建
    - name: 饮水
      group: 便民
    - name: 说话
published:
  - scope: 样例市
    area: cheng
    as_of: 2018
    counts:
      - tier: centre
        value: 4
        unit: 家
      - tier: station
        value: 158
    source:
      title: 虚构的报道
denominators:
  - label: 村
    value: 20
    as_of: 2018
    tier: station
    area: cheng
    source:
      title: 虚构的年鉴
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "directory.yml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "positions").mkdir()
    return tmp_path


def add(root: Path, own_id: str, town: str, more: str = "", **fields: str) -> None:
    folder = root / "positions" / town
    folder.mkdir(exist_ok=True)
    (folder / f"{own_id}.yml").write_text(position(own_id, town, **fields) + more, encoding="utf-8")


def counted(root: Path, updated: date | None = date(2026, 11, 1)) -> tuple[Directory, Progress]:
    directory = load(root, today=date(2026, 11, 1), updated=updated)
    return directory, progress_of(directory)


VERIFIED = "verified:\n  on: {}\n  by: 样例社区\n"


def test_the_three_numbers_stay_apart(root: Path) -> None:
    add(root, "a", "jia", VERIFIED.format("2026-10-01"), tier="centre")
    add(root, "b", "jia", tier="centre")
    add(root, "c", "yi", tier="point")
    add(root, "d", "bing", tier="centre")
    _, progress = counted(root)
    (standing,) = progress.standings
    assert [(row.tier.id, row.published, row.unit, row.listed, row.verified) for row in standing.rows] == [
        ("centre", 4, "家", 2, 1),
        ("station", 158, None, 0, 0),
    ]
    assert (standing.area, standing.listed, standing.verified) == ("样例城", 3, 1)
    assert (progress.listed, progress.verified) == (4, 1)


def test_a_denominator_counts_its_own_tier_and_area(root: Path) -> None:
    add(root, "a", "jia", tier="station")
    add(root, "b", "bing", tier="station")
    add(root, "c", "jia", tier="point")
    _, progress = counted(root)
    assert [(base.denominator.value, base.listed) for base in progress.bases] == [(20, 1)]


def test_what_has_gone_is_not_counted(root: Path) -> None:
    add(root, "a", "jia", tier="centre", status="closed")
    add(root, "b", "jia", tier="centre", opened="2018")
    _, progress = counted(root)
    assert progress.listed == 1
    assert progress.growth.known == 1
    assert sum(row.total for row in progress.coverage) == 1


def test_growth_adds_up_and_knows_what_it_does_not_know(root: Path) -> None:
    add(root, "a", "jia", tier="centre", opened="2017-05")
    add(root, "b", "jia", tier="point", opened="2019")
    add(root, "c", "yi", tier="point", opened="2019-01-02")
    add(root, "d", "yi", tier="point")
    add(root, "e", "yi", opened="2020")
    _, progress = counted(root)
    assert progress.growth.years == (2017, 2018, 2019, 2020)
    assert dict(progress.growth.tiers) == {"centre": (1, 1, 1, 1), "point": (0, 0, 2, 2), "unknown": (0, 0, 0, 1)}
    assert (progress.growth.known, progress.growth.unknown) == (4, 1)


def test_what_is_planned_or_lies_ahead_has_not_opened(root: Path) -> None:
    add(root, "a", "jia", tier="centre", opened="2018")
    add(root, "b", "jia", tier="centre", opened="9999", status="planned")
    add(root, "c", "jia", tier="centre", opened="2031", status="upgrading")
    _, progress = counted(root)
    assert progress.growth.years == (2018,)
    assert [(year, place.id) for year, place in progress.growth.opened] == [(2018, "a")]


def test_a_known_parent_is_never_called_unknown(root: Path) -> None:
    add(root, "a", "jia")
    for above, own in zip("abcd", "bcde", strict=True):
        add(root, own, "jia", parent=above)
    add(root, "f", "jia", tier="centre")
    add(root, "g", "jia", tier="point", parent="f", status="closed")
    _, progress = counted(root)
    assert [branch.position.id for branch in progress.tree] == ["a"]  # a place whose only child has closed is no tree
    assert progress.unrelated == 0


def test_growth_of_nothing(root: Path) -> None:
    add(root, "a", "jia")
    _, progress = counted(root)
    assert (progress.growth.years, progress.growth.tiers, progress.growth.unknown) == ((), (), 1)


def test_every_town_has_a_row_and_unknown_towns_only_where_there_are_some(root: Path) -> None:
    add(root, "a", "jia", tier="centre")
    add(root, "b", "cheng", tier="point")
    add(root, "c", "jia")
    _, progress = counted(root)
    assert [(row.town.id, row.known, row.counts, row.total) for row in progress.coverage] == [
        ("jia", True, (1, 0, 0, 0, 1), 2),
        ("yi", True, (0, 0, 0, 0, 0), 0),
        ("cheng", False, (0, 0, 1, 0, 0), 1),
        ("bing", True, (0, 0, 0, 0, 0), 0),
    ]


def test_services_are_counted_by_place_and_not_by_word(root: Path) -> None:
    add(root, "a", "jia", "services:\n  - 学习\n  - 说话\n")
    add(root, "b", "jia", "services:\n  - 学习\n  - 饮水\n")
    _, progress = counted(root)
    assert progress.groups == ("党建", "便民")
    assert {row.town.id: row.counts for row in progress.services} == {"jia": (2, 1), "yi": (0, 0), "bing": (0, 0)}


def test_quality(root: Path) -> None:
    whole = "location:\n  lon: 121.0\n  lat: 31.3\n  crs: wgs84\n  precision: exact\n"
    add(root, "a", "jia", whole + VERIFIED.format("2024-01-01"), address="样例路 1 号", hours="24小时", phone="0512-57300000")
    add(root, "b", "jia", VERIFIED.format("2026-10-01"), address="样例路 2 号")
    add(root, "c", "jia")
    _, progress = counted(root)
    quality = progress.quality
    assert dict(quality.facts) == {"address": 2, "location": 1, "hours": 1, "phone": 1}
    assert (quality.total, quality.complete, quality.verified, quality.stale) == (3, 1, 2, 1)
    assert [(place.id, missing) for place, missing in progress.wanting] == [
        ("c", ("address", "location", "hours", "phone")),
        ("b", ("location", "hours", "phone")),
    ]


def test_nothing_is_stale_where_the_day_of_the_data_is_not_known(root: Path) -> None:
    add(root, "a", "jia", VERIFIED.format("2020-01-01"))
    assert counted(root, None)[1].quality.stale is None


def test_sources_age(root: Path) -> None:
    add(root, "a", "jia", "  - title: 另一篇\n    date: 2019-05\n  - title: 旧的\n    date: 2017\n")
    add(root, "b", "jia", "  - title: 另一篇\n    date: 2021\n")
    add(root, "c", "jia")
    _, progress = counted(root)
    assert (progress.quality.ages, progress.quality.undated) == (((2019, 1), (2020, 0), (2021, 1)), 1)


def test_the_tree_holds_only_those_who_know_their_family(root: Path) -> None:
    add(root, "a", "jia", tier="centre")
    add(root, "b", "jia", tier="station", parent="a")
    add(root, "c", "jia", tier="point", parent="b")
    add(root, "d", "yi", tier="point")
    add(root, "e", "jia", tier="station", parent="a", status="closed")
    _, progress = counted(root)
    (branch,) = progress.tree
    assert branch.position.id == "a"
    assert [below.position.id for below in branch.below] == ["b"]
    assert [leaf.position.id for leaf in branch.below[0].below] == ["c"]
    assert progress.unrelated == 1


def test_an_empty_directory(root: Path) -> None:
    _, progress = counted(root)
    assert (progress.listed, progress.tree, progress.wanting, progress.quality.ages) == (0, (), (), ())
