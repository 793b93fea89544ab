"""What is made of Lighthouse's reports, and how the pages are served meanwhile. No page is measured here."""

import gzip
import urllib.request
from pathlib import Path

import pytest

from benchmarks import scores
from benchmarks.scores import Scores

BEST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def page(name: str = "index.html", kb: float = 100, shift: float = 0.0, **marks: int) -> Scores:
    return Scores(name, BEST | marks, kb, shift, 2000, ())


@pytest.mark.parametrize(
    ("measured", "missed"),
    [
        (page(), []),
        (page(performance=94), ["performance 94 < 95"]),
        (page(accessibility=99), ["accessibility 99 < 100"]),
        (page(kb=131), ["131 kB > 130 kB"]),
        (page("map.html", kb=131), []),
        (page("map.html", shift=0.03), ["shift 0.030 > 0.02"]),
    ],
)
def test_targets(measured: Scores, missed: list[str]) -> None:
    assert list(measured.misses()) == missed


def test_the_table_says_what_was_missed() -> None:
    table = scores.table([page(), page("map.html", performance=80)])
    assert "| `map.html` | 80 | 100 | 100 | 100 | 100 | 0.000 | 2,000 |" in table
    assert "missed on map.html: performance 80 < 95" in table
    assert "missed on index.html" not in table


def test_pages_are_served_as_deployed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>海棠</p>" * 200, encoding="utf-8")
    (tmp_path / "icon.png").write_bytes(b"\x89PNG")
    with scores.served(tmp_path) as origin:
        with urllib.request.urlopen(f"{origin}/") as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            assert answer.headers["Cache-Control"] == "no-cache"
            assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
            assert gzip.decompress(answer.read()) == (tmp_path / "index.html").read_bytes()
        with urllib.request.urlopen(f"{origin}/icon.png") as answer:
            assert answer.headers["Content-Encoding"] is None
            assert answer.read() == b"\x89PNG"


def test_the_pages_measured_are_one_of_each_kind_people_open(tmp_path: Path) -> None:
    """Of needs and brands those that have most to show."""
    for folder, names in {"positions": "ab", "needs": "ab", "brands": "a"}.items():
        (tmp_path / folder).mkdir()
        for size, name in enumerate((*names, "index", "index.2")):
            (tmp_path / folder / f"{name}.html").write_text("x" * size, encoding="utf-8")
    wanted = ("index.html", "positions/a.html", "map.html", "needs/b.html", "activities/index.html", "brands/a.html")
    assert scores.pages(tmp_path) == wanted
