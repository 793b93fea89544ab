"""What pages weigh without their photos, however many places there are: every field filled, the worst that editors write."""

import gzip
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from benchmarks.synthetic import write_directory
from tests.worlds import PROJECT, WORLD, publish, tree

MOST = 150_000
# Of a place's page, but for the list of those it looks after. Not 4,500 after gzip, as was wanted: at the 95th percentile half
# is words and addresses that no other page has (1,950 of text, 700 of links), the rest what a page without scripts must have.
# The small map takes 160 of them, the policy 200 (100 after gzip).
PLACE, PLACE_PACKED, SMALL_MAP = 13_600, 5_000, 350
# Of what programs are told of a place, which stands behind all that people read: half of it are schema.org's words.
TOLD, TOLD_PACKED = 2_050, 600
# Of the whole site, its calendars and data blocks (for other programs) and pictures apart, what all share spread over PLACES.
# 2,700 are lines in the lists of what a place has, of which these have eleven each; 800 are the small map, 800 their stories
# for the search.
A_PLACE = 24_100
PLACES = 1200
DATA_BLOCK = re.compile(rb'<script type="application/ld\+json">.*?</script>', re.DOTALL)
FAMILY = re.compile(rb'<section class="panel"><h2>\xe4\xb8\x8a\xe4\xb8\x8b\xe7\xba\xa7.*?</section>', re.DOTALL)

MAP = re.compile(rb'<div class="small-map".*?</div>', re.DOTALL)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,200 made-up places, every field filled."""
    root = tmp_path_factory.mktemp("many") / "data"
    write_directory(root, PLACES)
    with (root / "directory.yml").open("a", encoding="utf-8") as settings:
        settings.write("updated: 2026-11-20\n")
    return root


@pytest.fixture(scope="module")
def published(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The sites of our own directory, of the small world and of many places, by path."""
    sites = {}
    for name, root in {"real": PROJECT, "golden": WORLD, "many": many}.items():
        out = tmp_path_factory.mktemp(name)
        publish(root, out, today=date.today())
        sites[name] = tree((out / "site").resolve())
    return sites


@pytest.mark.parametrize("name", ["real", "golden", "many"])
def test_no_page_is_heavy(name: str, published: dict[str, dict[str, bytes]]) -> None:
    pages = {path: len(page) for path, page in published[name].items() if path.endswith(".html")}
    assert len(pages) > 20
    assert {path: size for path, size in pages.items() if size > MOST} == {}


def places(site: dict[str, bytes]) -> dict[str, bytes]:
    """The pages of places, as people read them: without the list of those they look after, by path."""
    return {path: DATA_BLOCK.sub(b"", page) for path, page in whole_places(site).items()}


def whole_places(site: dict[str, bytes]) -> dict[str, bytes]:
    pages = {path: page for path, page in site.items() if re.fullmatch(r"positions/[\w-]+\.html", path)}
    return {path: FAMILY.sub(b"", page) for path, page in pages.items() if path != "positions/index.html"}


def test_a_places_page_is_light(published: dict[str, dict[str, bytes]]) -> None:
    pages = places(published["many"])
    assert len(pages) == PLACES
    sizes = sorted(map(len, pages.values()))
    packed = sorted(len(gzip.compress(page, 6)) for page in pages.values())
    at = PLACES * 95 // 100
    assert sizes[at] < PLACE
    assert packed[at] < PLACE_PACKED
    assert sizes[-1] < 14_000


def test_what_programs_are_told_is_light(published: dict[str, dict[str, bytes]]) -> None:
    whole, read = whole_places(published["many"]), places(published["many"])
    sizes = sorted(len(page) - len(read[path]) for path, page in whole.items())
    packed = sorted(len(gzip.compress(page, 6)) - len(gzip.compress(read[path], 6)) for path, page in whole.items())
    at = PLACES * 95 // 100
    assert 1_000 < sizes[at] < TOLD
    assert packed[at] < TOLD_PACKED


def test_a_small_map_is_light(published: dict[str, dict[str, bytes]]) -> None:
    pages = places(published["many"]).values()
    bare = [MAP.sub(b"", page) for page in pages]
    costs = [len(gzip.compress(page, 6)) - len(gzip.compress(without, 6)) for page, without in zip(pages, bare, strict=True)]
    assert 100 < max(costs) < SMALL_MAP


def test_a_place_costs_the_site_little(published: dict[str, dict[str, bytes]]) -> None:
    kinds: dict[str, int] = defaultdict(int)
    for path, content in published["many"].items():
        kind = "release" if path.startswith("data/v1/") else path.partition("/")[0]
        kinds[kind] += len(DATA_BLOCK.sub(b"", content)) // PLACES
    assert kinds["calendars"] > 1000 < kinds["share"]
    assert sum(kinds.values()) - kinds["calendars"] - kinds["share"] - kinds["release"] < A_PLACE, dict(kinds)
    assert kinds["release"] < A_PLACE, "nobody loads it who reads pages, and yet it is not larger than they are"
