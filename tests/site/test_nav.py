"""Handwritten pages in the menu, the footer and on the home page: `nav` of directory.yml."""

import re
from pathlib import Path

import pytest

from haitang.cli import main
from tests.data.history_world import begin
from tests.worlds import publish

NAV = """
languages: [zh-CN, zh-TW, en]
nav:
  - page: visit
    name: 怎么来
    name_en: How to get here
    places: [menu, home]
  - page: help/index  # 有文件夹的
    name: 帮帮忙
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = begin(tmp_path / "data")
    settings = root / "directory.yml"
    settings.write_text(re.sub(r"(?m)^languages:.*\n(?:  - .*\n)*", "", settings.read_text("utf-8")) + NAV, "utf-8")
    for name, text in {"about": "# 关于\n", "visit": "# 怎么来\n", "help/index": "# 帮忙\n", "en/visit": "# Visit\n"}.items():
        path = root / "site_src" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n一段话\n", "utf-8")
    return root


def test_they_are_led_to_from_where_they_belong_in_each_language(root: Path, tmp_path: Path) -> None:
    assert main.main(["check", "--root", str(root)]) == 0
    publish(root, tmp_path / "out")
    site = tmp_path / "out" / "site"
    for folder, names in {
        "": ("怎么来", "帮帮忙"),
        "zh-TW/": ("怎麼來", "幫幫忙"),
        "en/": ("How to get here", "Bang"),
    }.items():
        home, town = ((site / folder / page).read_text("utf-8") for page in ("index.html", "towns/index.html"))
        visit = rf'href="{{}}visit\.html"[^>]*>{names[0]}</a>'
        menu, rest = home.split("</header>")
        assert re.search(visit.format(""), menu) and len(re.findall(visit.format(""), rest)) == 1
        assert re.search(visit.format(r"\.\./"), town.split("</header>")[0])
        assert re.search(rf'href="help/index\.html"[^>]*>(?:<[^>]*>)?{names[1]}', rest.split('class="foot"')[1])
        assert not re.search("help/index", menu)
    assert "Visit" in (site / "en" / "visit.html").read_text("utf-8")


def test_a_page_that_nobody_wrote_is_told_on_its_line(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "site_src" / "help" / "index.md").unlink()
    line = next(n for n, text in enumerate((root / "directory.yml").read_text("utf-8").splitlines(), 1) if "help/index" in text)
    for command in (["check"], ["site", "--out", str(tmp_path / "out")]):
        assert main.main([*command, "--root", str(root)]) == 1
        said = capsys.readouterr()
        assert f"directory.yml:{line}:1: 这里链到 help/index.html，可是网站里没有" in said.out + said.err
    for path in (root / "site_src").rglob("*.md"):
        path.unlink()
    assert main.main(["check", "--root", str(root)]) == 1
    assert "这里链到 visit.html" in capsys.readouterr().out
