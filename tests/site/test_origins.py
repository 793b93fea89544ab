"""Whoever mends what a new site stumbles over is told where it is written: haitang.site.origins."""

import re
from pathlib import Path

import pytest
from PIL import Image

from haitang.checks.load import load
from haitang.cli import main
from haitang.cli.commands.serve import Rebuilding
from haitang.core.console import Console
from haitang.model.messages import words
from haitang.site.origins import with_origins
from haitang.site.output_folder import Target
from haitang.site.page import POSITION, Page
from haitang.site.publish import Fault, Unsound
from tests.data.history_world import begin, write
from tests.hostile.world import begin as nasty_world
from tests.worlds import TODAY, inputs, tree

FOREIGN = "https://example.org/a.png"


def build(root: Path, out: Path) -> int:
    return main.main(["site", "--root", str(root), "--out", str(out)])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = begin(tmp_path / "data")
    (root / "site_src").mkdir()
    for own_id in ("a", "b"):
        write(root, own_id, f"former_ids:\n  - {own_id}-old\nstory: 打开 https://example.org/{own_id}/x 看\n")
    return root


@pytest.mark.parametrize(
    "line",
    [
        f"![门口]({FOREIGN})",
        f'<img src="{FOREIGN}?a=1&amp;b=2" alt="门口">',
        "[往下](#nope)",
        "[没有](nope.md)",
        "[没有](../nope.html)",
        "[不相对](/x)",
        f"<style>p {{ background: url({FOREIGN}) }}</style>",
        f'<meta http-equiv="refresh" content="0; url={FOREIGN}">',
        "<script>alert(1)</script>",
        "<SCRIPT type='module'>alert(1)</SCRIPT>",
        "<style>p { color: red }</style>",
        '<p style="color: red">红</p>',
        "<p STYLE=color:red>红</p>",
        '<p title=">" onclick="alert(1)">点</p>',
        '<details ontoggle="x()" open>开</details>',
        '## 红字 {: style="color: red" }',
        '<a href="javascript:alert(1)">点</a>',
        '<iframe src="map.html"></iframe>',
        '<video src="a.mp4"></video>',
        '<object data="a.pdf"></object>',
    ],
)
def test_what_is_wrong_on_a_handwritten_page_is_told_its_author(
    root: Path, tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "site_src" / "about.md").write_text(f"# 关于\n\n一段话\n\n{line}\n", "utf-8")
    assert build(root, tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert re.search(r"^about\.html：.*site_src/about\.md 第 5 行$", said, re.MULTILINE)
    assert "手写的页面" in said
    assert "程序的毛病" not in said
    assert "positions/" not in said
    assert main.main(["check", "--root", str(root)]) == 1
    assert {told[1] for told in re.finditer(r"^(site_src/\S+?:\d+):", capsys.readouterr().out, re.MULTILINE)} == {
        "site_src/about.md:5"
    }


@pytest.mark.parametrize("name", ["index", "Positions/A", "towns/index"])
def test_a_page_whose_name_the_site_needs_is_told(
    root: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "site_src" / f"{name}.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("# 我们的\n", "utf-8")
    assert main.main(["check", "--root", str(root)]) == 1
    assert f"site_src/{name}.md:1:1" in capsys.readouterr().out
    assert build(root, tmp_path / "out") == 1


@pytest.mark.parametrize(
    "line",
    [
        "[名录](positions/index.html)", "[镇](towns/index.html#main)", "![门](gate.png)",
        "[往下](#here) <span id=\"here\"></span>", "[另一页](more.md#二)", "[数据](data/positions.geojson)", "[外面](https://example.org)",
        "[改名前](positions/a-old.html)", "<a href='tel:110'>报警</a>",
    ],
)  # fmt: skip
def test_what_check_lets_pass_on_a_handwritten_page_is_published(root: Path, tmp_path: Path, line: str) -> None:
    (root / "site_src" / "about.md").write_text(f"# 关于\n\n{line}\n", "utf-8")
    (root / "site_src" / "more.md").write_text("# 另一页\n\n## 二 {: #二 }\n", "utf-8")
    Image.new("RGB", (9, 9)).save(root / "site_src" / "gate.png")
    assert main.main(["check", "--root", str(root)]) == build(root, tmp_path / "out") == 0


def test_what_a_page_may_hold_is_not_stopped(root: Path, tmp_path: Path) -> None:
    """Nor what it only tells of; and tables have their columns where their author wants them."""
    text = (
        '# 关于\n\n`<script>alert(1)</script>` 和 `<p style="x" onclick="y">`\n\n'
        '<p title="style=&quot;x&quot; onclick=">看 onclick="x" style="y"</p>\n\n'
        "| 左 | 中 | 右 |\n|:---|:---:|---:|\n| 一 | 二 | 三 |\n"
    )
    (root / "site_src" / "about.md").write_text(text, "utf-8")
    assert build(root, tmp_path / "out") == 0
    page = tree(tmp_path / "out" / "site")["about.html"].decode()
    assert re.findall(r'<td align="(\w+)"', page) == ["left", "center", "right"]
    assert 'style="text-align' not in page


def test_a_mail_address_on_a_handwritten_page_is_no_file(root: Path, tmp_path: Path) -> None:
    (root / "site_src" / "about.md").write_text("# 关于\n\n写信到 <me@example.org>，或 [打开](map.html?a=1&amp;b=2)\n", "utf-8")
    assert build(root, tmp_path / "out") == 0
    assert b"&#" in tree(tmp_path / "out" / "site")["about.html"]


def test_a_text_is_named_where_it_alone_can_be_meant(root: Path) -> None:
    directory = load(root, today=TODAY)
    meant = {
        Fault("positions/a.html", "foreign", "https://example.org/a/x"): "positions/hecheng/a.yml",
        Fault("index.html", "foreign", "https://example.org/a/x"): "positions/hecheng/a.yml",
        Fault("positions/b.html", "foreign", "https://example.org/a/x"): "positions/hecheng/a.yml",
        Fault("index.html", "foreign", "虚构的报道"): None,  # two have it
        Fault("positions/b.html", "foreign", "虚构的报道"): "positions/hecheng/b.yml",
        Fault("positions/b.2.html", "foreign", "虚构的报道"): "positions/hecheng/b.yml",
        Fault("positions/b-old.html", "foreign", "虚构的报道"): "positions/hecheng/b.yml",
        Fault("index.html", "absolute", "/x"): None,  # a part of longer ones
        Fault("index.html", "foreign", "https://example.org/a"): None,
        Fault("index.html", "empty"): None,
    }
    found = with_origins(Unsound(meant), root, directory, root / "site_src").places
    assert {fault: found[fault][0].file if fault in found else None for fault in meant} == meant


def test_every_missing_file_names_a_page(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "site_src" / "about.md").write_text("# 关于\n\n[没有](nope.html)\n", "utf-8")
    (root / "site_src" / "more.md").write_text("# 还有\n\n[没有](gone.html)\n", "utf-8")
    assert build(root, tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert "about.html：链到 nope.html" in said
    assert "more.html：链到 gone.html" in said


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_true_fault_names_file_line_and_field(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A template that takes a text for an address: it is told where the text stands, and where there is none, the page."""
    root = tmp_path / "data"
    nasty_world(root, "普通的字")
    file = root / "positions" / "town1" / "p1.yml"
    text = file.read_text("utf-8")
    line = next(number for number, each in enumerate(text.split("\n"), 1) if each.startswith("address: "))
    file.write_text(re.sub(r"(?m)^address: .*$", 'address: "看 https://example.org/a.png?b=1&c=2"', text), "utf-8")
    broken = Page("positions/new.html", POSITION, "x", "x", '<img src="https://example.org/a.png?b=1&amp;c=2" alt="">')
    other = Page("positions/other.html", POSITION, "x", "x", '<a href="gone.html">x</a>')
    monkeypatch.setattr("haitang.site.build.everything_else", lambda site: iter((broken, other)))
    out = ["--root", str(root), "--out", str(tmp_path / "out"), "--lang", language]
    assert main.main(["site", *out]) == 1
    said = capsys.readouterr().err
    label = words(language).label("address")
    assert re.search(
        rf"positions/new\.html.*https://example\.org/a\.png\?b=1&c=2.*positions/town1/p1\.yml.*{line}.*{re.escape(label)}", said
    )
    assert re.search(r"^positions/.*gone\.html", said, re.MULTILINE)
    assert ("程序的毛病" in said) == (language == "zh-CN")
    options = type("Options", (), {"words": words(language)})()
    served = Rebuilding(inputs(root), Target(tmp_path / "served"), options, Console(quiet=True)).again()
    assert any(label in line for line in served)
