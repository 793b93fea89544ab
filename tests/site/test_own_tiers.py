"""One tier, two and seven, with ids and names of a directory's own: every page, chart, script and hall follows them."""

import json
import re
from pathlib import Path

import pytest

from haitang.cli.main import main
from haitang.model.tiers import CIRCLES, FLOWERS
from tests.site.tier_worlds import PLACES, TIERS, sites_of, tiers_world
from tests.worlds import publish

COUNTS = sorted(TIERS)
OURS = re.compile(r"中心是盛开|三级|(?<=>)(?:中心|站|点|其他)(?=<)")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    return sites_of(tmp_path_factory)


@pytest.mark.parametrize("count", COUNTS)
def test_each_tier_has_its_page_its_name_and_its_mark_everywhere(sites: dict[int, Path], count: int) -> None:
    site = sites[count]
    assert sorted(path.stem for path in (site / "tiers").glob("*.html")) == sorted(own_id for own_id, _, _ in TIERS[count])
    home, found = ((site / name).read_text("utf-8") for name in ("index.html", "search.html"))
    for own_id, name, short in TIERS[count]:
        page = (site / "tiers" / f"{own_id}.html").read_text("utf-8")
        assert f"<h1>{name}</h1>" in page
        assert page.count('<li class="card') == PLACES
        assert f'href="tiers/{own_id}.html">{short}</a>' in home
        assert f'data-group="tier" data-value="{own_id}"' in found
        place = (site / "positions" / f"{own_id}-1.html").read_text("utf-8")
        assert f'href="../tiers/{own_id}.html">{name}</a>' in place
    assert not OURS.search(re.sub(r"<title>.*?</title>", "", home))
    assert all(short in home for _, _, short in TIERS[count])


@pytest.mark.parametrize("count", COUNTS)
def test_every_mark_that_a_page_shows_is_drawn(sites: dict[int, Path], count: int) -> None:
    css = (sites[count] / "assets" / "haitang.css").read_text("utf-8")
    for path in sites[count].rglob("*.html"):
        html = path.read_text("utf-8")
        symbols = set(re.findall(r'href="#(f-[\w-]+)"', html))
        assert symbols <= set(re.findall(r'<symbol id="([\w-]+)"', html)), path.name
        for look in set(re.findall(r'class="(?:mark|spray) mark-([\w-]+)', html)):
            assert f".mark-{look} " in css or f'[class*="mark-{look}"]' in css, (path.name, look)
    assert ("circle-01" in css) == (count > len(FLOWERS)), "who draws no circles carries none"


def scripts(site: Path, name: str) -> dict[str, object]:
    found = {}
    for line in (site / name).read_text("utf-8").splitlines():
        if told := re.match(r"\(window\.HAITANG=window\.HAITANG\|\|\{\}\)\.(\w+)=(.*);$", line):
            found[told[1]] = json.loads(told[2])
    return found


@pytest.mark.parametrize("count", COUNTS)
def test_the_browser_is_told_which_tiers_there_are(sites: dict[int, Path], count: int) -> None:
    told = scripts(sites[count], "assets/words.js")["tiers"]
    assert isinstance(told, dict)
    assert told["id"] == [*(own_id for own_id, _, _ in TIERS[count]), "unknown"]
    assert told["name"] == [*(short for _, _, short in TIERS[count]), "层级待核实"]
    looks = CIRCLES[:7] if count == 7 else ("centre", "station")[:count]
    assert told["look"] == [*looks, "unknown"]
    readings = scripts(sites[count], "data/readings.js")["readings"]
    assert isinstance(readings, dict)
    assert readings["tiers"] == [name for _, name, _ in TIERS[count]]


def test_places_stand_by_rank_and_the_unknown_last(sites: dict[int, Path]) -> None:
    html = (sites[7] / "positions" / "index.html").read_text("utf-8")
    order = re.findall(r'<li class="card[^>]*><i class="mark mark-([\w-]+)"', html)
    assert order == [look for look in CIRCLES[:7] for _ in range(PLACES)] + ["unknown"]


def test_progress_counts_every_tier(sites: dict[int, Path]) -> None:
    html = (sites[7] / "progress.html").read_text("utf-8")
    for at, (_, _, short) in enumerate(TIERS[7]):
        assert f"<span>{short} <b>{10 + at}</b>" in html
        assert re.search(rf'<th scope="col"[^>]*>{short}', html), "the table of towns"
    tree = html[html.index('class="chart chart-tree"') :]
    assert len(re.findall(r'class="k-circle-\d\d"', tree[: tree.index("</svg>")])) == 7 * PLACES, "seven levels are drawn"


def test_looks_that_are_asked_for(tmp_path: Path) -> None:
    root = tiers_world(tmp_path / "root", 2, "tier_look: circles\n", ("leaf",))
    publish(root, tmp_path / "out")
    told = scripts(tmp_path / "out" / "site", "assets/words.js")["tiers"]
    assert isinstance(told, dict)
    assert told["look"] == ["other", "circle-02", "unknown"]


@pytest.mark.parametrize("count", COUNTS)
def test_halls_follow(tmp_path: Path, count: int) -> None:
    root = tiers_world(tmp_path / "root", count)
    assert main(["kiosk", "--root", str(root), "--out", str(tmp_path / "out")]) == 0
    html = next(text for path in (tmp_path / "out").rglob("*.html") if "data-bloom" in (text := path.read_text("utf-8")))
    legend = re.search(r'<ul class="a-legend">.*?</ul>', html, re.DOTALL)
    assert legend
    names = re.findall(r"<b>(\d+)</b><span>(.*?)</span>", legend[0])
    assert names == [*((str(PLACES), short) for _, _, short in TIERS[count]), ("1", "层级待核实")]
    assert ("circle-01" in html) == (count > len(FLOWERS))
