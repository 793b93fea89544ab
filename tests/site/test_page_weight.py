"""No page weighs more than 150 KB without its photos, however many places there are."""

import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks.synthetic import write_directory
from tests.worlds import PROJECT, WORLD, publish

MOST = 150_000
CODE = re.compile(rb'src="data:image/png;base64,[^"]*"')  # a QR code is a picture too


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,200 made-up places, every field filled."""
    root = tmp_path_factory.mktemp("many") / "data"
    write_directory(root, 1200)
    return root


@pytest.mark.parametrize("name", ["real", "golden", "many"])
def test_no_page_is_heavy(name: str, many: Path, tmp_path: Path) -> None:
    publish({"real": PROJECT, "golden": WORLD, "many": many}[name], tmp_path, today=date.today())
    pages = list((tmp_path / "site").resolve().rglob("*.html"))
    assert len(pages) > 20
    heavy = {page.name: size for page in pages if (size := len(CODE.sub(b"", page.read_bytes()))) > MOST}
    assert heavy == {}
