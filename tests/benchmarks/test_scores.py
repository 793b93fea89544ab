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
        (page(kb=121), ["121 kB > 120 kB"]),
        (page("map.html", kb=121), []),
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


def test_the_pages_measured_are_home_a_place_and_the_map(tmp_path: Path) -> None:
    (tmp_path / "positions").mkdir()
    for name in ("a.html", "index.html", "index.2.html"):
        (tmp_path / "positions" / name).touch()
    assert scores.pages(tmp_path) == ("index.html", "positions/a.html", "map.html")
