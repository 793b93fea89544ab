"""Figures, dates and names of the real directory are those that the sources give: `facts.tsv` beside this file has them, one a
row, with the source they were read in. Each must stand in the data, on the built page, and among the sources of what says it.
Names that only an unofficial list has are candidates (docs/candidates.md) and no positions.
"""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.model.entries import Source
from haitang.site.output_folder import Target
from tests.worlds import PROJECT, publish

pytestmark = pytest.mark.live
STEP = re.compile(r"(\w+)(?:\[(?:(\d+)|(\w+)=([^\]]+))\])?")
# Read in an unofficial list alone (medium or low), or told by a source of something else than a place of ours.
CANDIDATES = (
    "昆山开发区党群服务中心",
    "青岛啤酒（昆山）有限公司党群服务点",
    "昆山人力资源市场党群服务中心",
    "好孩子集团党群服务站",
    "千灯镇歇马桥村党群服务中心",
    "万三酒庄“曲颂”党群服务点",
    "昆山高新区红学院党群服务中心",
    "昆山市党员政治生活馆",
    "中共淞沪中心县委纪念馆",
    "顾炎武纪念馆",
    "苏州中心党群服务中心",
    "斜塘老街党群服务中心",
    "新江南社区",
    "平江历史文化街区党群服务中心",
)


class Fact(NamedTuple):
    page: str
    path: str
    value: str
    source: str


def facts() -> Iterator[Fact]:
    for line in (Path(__file__).parent / "facts.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield Fact(*line.split("\t"))


FACTS = tuple(facts())


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load(PROJECT, today=date.today())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("facts")
    publish(PROJECT, out, today=date.today())
    return Target(out).site


def owner(directory: Directory, page: str) -> Any:
    kind, _, own_id = page.partition("/")
    if kind == "positions":
        return directory.position[own_id]
    if kind == "brands":
        return directory.brand[own_id]
    return next(each for each in directory.chapters if each.id == own_id) if kind == "about" else directory.settings


def walk(value: Any, path: str) -> list[Any]:
    """The values on the way along a path, the one at its end last."""
    way = [value]
    for name, at, key, wanted in STEP.findall(path):
        value = getattr(value, name)
        if at:
            value = value[int(at)]
        elif key:
            (value,) = (each for each in value if str(getattr(each, key)) == wanted)
        way.append(value)
    return way


def said(value: Any) -> str:
    text = str(getattr(value, "text", value))  # times keep how they were written
    return text.removesuffix(".0") if isinstance(value, float) else text


def names_of_sources(way: list[Any]) -> str:
    """The sources of what says it: those of the entry, and of a figure or sum the one of its own."""
    told = [each for holder in way for each in (*(getattr(holder, "sources", None) or ()), getattr(holder, "source", None))]
    return " ".join(each.title if isinstance(each, Source) else str(each) for each in told if each)


def read(html: str) -> str:
    main = re.sub(r"<[^>]+>", "", html[html.index('<main id="main"') : html.index("<footer")])
    return re.sub(r"\s+", " ", unescape(main))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.page}-{fact.path}-{fact.value}")
def test_the_data_says_what_the_source_says(directory: Directory, fact: Fact) -> None:
    way = walk(owner(directory, fact.page), fact.path.lstrip("~"))
    held = said(way[-1])
    assert fact.value in held if fact.path.startswith("~") else fact.value == held
    assert fact.source in names_of_sources(way)


@pytest.mark.parametrize("fact", [fact for fact in FACTS if "location" not in fact.path and "hours" not in fact.path], ids=str)
def test_the_page_shows_it_with_its_source(site: Path, fact: Fact) -> None:
    told = read((site / f"{fact.page}.html").read_text("utf-8"))
    number = f"{float(fact.value):,}".removesuffix(".0") if re.fullmatch(r"\d+(\.\d+)?", fact.value) else fact.value
    assert fact.value in told or number in told
    assert fact.source in told


def test_the_point_is_shown_as_what_it_is(site: Path) -> None:
    told = read((site / "positions" / "qifa-guangchang.html").read_text("utf-8"))
    assert "地图上的点只准到街道" in told
    assert "地图上的点是小区的中心，不是服务点的门口" in told


def test_hours_of_a_report_are_shown_with_what_was_not_asked(site: Path) -> None:
    told = read((site / "positions" / "zhaojiaxiang.html").read_text("utf-8"))
    assert "09:00" in told
    assert "现在是否不变未核实" in told


def test_every_kind_of_page_is_compared() -> None:
    assert len(FACTS) > 110
    assert {fact.page.partition("/")[0] for fact in FACTS} == {"positions", "brands", "about", "towns", "progress"}
    assert len(set(FACTS)) == len(FACTS)


def test_candidates_are_told_to_those_who_call_and_to_nobody_else(directory: Directory) -> None:
    """None is a position; each stands among the candidates, without anybody's name or mobile number."""
    names = {name for position in directory.positions for name in (position.name, *position.aliases)}
    told = (PROJECT / "docs" / "candidates.md").read_text("utf-8")
    assert not names & set(CANDIDATES)
    assert [name for name in CANDIDATES if name not in told] == []
    assert not re.search(r"1[3-9]\d{9}", told)
    assert "暨" not in told  # what follows it in one name of the list is somebody


def test_no_year_that_was_only_inferred_is_a_date(directory: Directory) -> None:
    """The village's own source, the tea house's and Jinxi's give no year; of others the year was worked out."""
    assert directory.position["fenghuang-cun"].newest_source == 0
    assert all(activity.when is None for activity in directory.position["yiyuan-chaguan"].activities)
    jinxi = next(each for each in directory.settings.aggregates if each.town == "jinxi")
    assert jinxi.source.date is None
    assert all(figure.as_of is None for figure in jinxi.figures)
    for own_id in ("chuangyuan-jituan", "jiangnan-dasha", "dayunhe-gongyuan"):
        assert directory.position[own_id].opened is None
    texts = [str(position.story) for position in directory.positions] + [str(brand.story) for brand in directory.brands]
    texts += [str(action.text) for brand in directory.brands for action in brand.actions]
    assert [text for text in texts if "推断" in text] == []
