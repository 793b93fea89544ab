"""Putting things into HTML: the safe Markdown subset, escaping, shortening, paging."""

import json
import random
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

import haitang.site.markdown as stories
from haitang.core import toolchain
from haitang.site.markdown import markdown, plain, shortened
from haitang.site.page import sheets
from haitang.site.templates import TEMPLATES, Templates, compact, compact_css, distance, number, parted
from tests.worlds import PROJECT


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一段。", "<p>一段。</p>\n"),
        ("一\n二\n\n三", "<p>一<br>\n二</p>\n<p>三</p>\n"),
        ("有**重点**的", "<p>有<strong>重点</strong>的</p>\n"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n"),
        ('<b>x</b> & "y"', "<p>&lt;b&gt;x&lt;/b&gt; &amp; &#34;y&#34;</p>\n"),
        (
            "[a](javascript:x) ![i](http://example.org/i.png) `c` # h",
            "<p>[a](javascript:x) ![i](http://example.org/i.png) `c` # h</p>\n",
        ),
        ("{{ 7*7 }} {% raw %}", "<p>{{ 7*7 }} {% raw %}</p>\n"),
    ],
)
def test_markdown(text: str, html: str) -> None:
    assert markdown(text) == Markup(html)


def test_the_short_way_gives_what_the_parser_gives() -> None:
    """Seeded stories of strong words, blanks, line ends and punctuation; the parser is the oracle."""
    chooser = random.Random(7)
    pieces = [
        "党群",
        "服务",
        "a1",
        "。",
        "，",
        "“",
        "”",
        " ",
        "\n",
        "\n\n",
        "**",
        "**重点**",
        "**a b**",
        "<",
        "&",
        "（",
        "1.",
        "-",
    ]
    short = 0
    for _ in range(4000):
        text = "".join(chooser.choice(pieces) for _ in range(chooser.randint(1, 12))).strip()
        if not text:
            continue
        short += not stories._MARKED.search(stories._STRONG.sub("", text))
        ours = str(markdown(text)).replace("&#34;", "&quot;").replace("&#39;", "'")
        assert ours == stories._parser().render(text), repr(text)
    assert short > 500


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    (tmp_path / "t.html").write_text(
        "{% set w = words.a %}{{ w.b }}|{{ words.a.b }}|{{ words.c }}|{{ value }}", encoding="utf-8"
    )
    (tmp_path / "missing.html").write_text("{{ nowhere }}", encoding="utf-8")
    (tmp_path / "word.html").write_text("{{ words.a.gone }}", encoding="utf-8")
    return Templates({"a": {"b": "<词>"}, "c": "{count} 处"}, folder=tmp_path)


def test_words_and_values_are_escaped(templates: Templates) -> None:
    assert templates.render("t.html", value="{{ words.a.b }}<i>") == "&lt;词&gt;|&lt;词&gt;|{count} 处|{{ words.a.b }}&lt;i&gt;"


def test_a_word_may_be_called_as_a_method_of_mappings_is(tmp_path: Path) -> None:
    names = [name for name in dir(dict) if not name.startswith("_")]
    assert {"copy", "items"} <= {*names}
    (tmp_path / "x.html").write_text("{% set w = words.own %}" + "".join(f"{{{{ w.{name} }}}} " for name in names), "utf-8")
    told = Templates({"own": {name: f"word {name}" for name in names}}, folder=tmp_path).render("x.html")
    assert told == "".join(f"word {name} " for name in names)


def test_what_nobody_defined_is_an_error(templates: Templates) -> None:
    with pytest.raises(UndefinedError):
        templates.render("missing.html")
    with pytest.raises((UndefinedError, KeyError)):
        templates.render("word.html")


def test_templates_hold_no_way_around_escaping() -> None:
    """No `|safe`, no autoescape switch, no inline script or handler, no unquoted attribute with a value in it."""
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for forbidden in ("|safe", "| safe", "autoescape", "Markup(", " onclick", " onload", " onerror", "javascript:"):
            assert forbidden not in text, f"{path.name}: {forbidden}"
        unquoted = re.search(r"\s[\w:-]+={{", text)  # `?town={{` inside quotes is something else
        assert not unquoted, f"{path.name}: {unquoted}"
        assert "<script>" not in text, path.name


@pytest.mark.parametrize(("value", "shown"), [(320.0, "320"), (2531.0, "2,531"), (3.5, "3.5"), (0.25, "0.25"), (2.999, "3")])
def test_numbers(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("metres", "shown"),
    [(3.0, ("10", "metre")), (644.0, ("640", "metre")), (1234.0, ("1.2", "kilometre")), (200_000.0, ("200.0", "kilometre"))],
)
def test_distances(metres: float, shown: tuple[str, str]) -> None:
    assert distance(metres) == shown


def test_shortening_prefers_the_end_of_a_sentence() -> None:
    assert shortened("一二三四五。六七八九十", 8) == "一二三四五。"
    assert shortened("一二三四五六七八九十", 8) == "一二三四五六七…"
    assert shortened("短", 8) == "短"
    assert plain("- **甲**\n- 乙_丙\\") == "甲 乙丙"


@pytest.mark.parametrize(("count", "expected"), [(0, [0]), (1, [1]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_lists_are_paged(count: int, expected: list[int]) -> None:
    paged = list(sheets(range(count), "towns/lujia.html", 3))
    assert [len(sheet.items) for sheet in paged] == expected
    assert [sheet.path for sheet in paged][:2] == ["towns/lujia.html", "towns/lujia.2.html"][: len(paged)]
    assert paged[0].link(2) == "lujia.2.html"


def test_compact_keeps_what_stands_between_words() -> None:
    """A line end is a blank to a browser only where letters or inline elements stand on both of its sides."""
    written = (
        '<ul class="a">\n  <li>one</li>\n<li>two <b>b</b>\n<i>i</i>\nthree</li>\n</ul>\n<p>a</p>\n<a>x</a>\n<a>y</a>\n</p>\n'
    )
    assert compact(written) == '<ul class="a"><li>one<li>two <b>b</b>\n<i>i</i>\nthree</ul><p>a</p><a>x</a>\n<a>y</a></p>'
    assert compact("<tbody>\n<tr><th>a</th>\n<td>b</td></tr></tbody></table>") == "<tbody><tr><th>a<td>b</table>"
    assert (
        compact("<p>a</p></section>\n<section>\n<h2>b</h2></section>\n")
        == "<p>a</p></section>\n<section><h2>b</h2></section>\n"
    )
    assert compact("<link><time>\n<lit>") == "<link><time>\n<lit>", "names that only begin so"


def test_a_fault_in_a_template_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{# <p>\n</p> #}\n<div>\n<p>a</p>\n<p>{{ missing }}</p>\n</div>\n", "utf-8")
    with pytest.raises(UndefinedError) as raised:
        Templates({}, folder=tmp_path).render("x.html")
    assert [entry.lineno + 1 for entry in raised.traceback if str(entry.path).endswith("x.html")][-1:] == [5]


# What esbuild, which parses CSS, makes of each text of a list.
PARSED = """const { transformSync } = require("esbuild");
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => transformSync(text, { loader: "css", minify: true }).code)));"""


def test_a_compact_style_sheet_says_the_same() -> None:
    """Held against a parser, each of ours and what is hard: comments in quotes, quotes in comments, values over two lines."""
    hard = (
        'a::before { content: "/* no comment */ \\" "; }\n',
        "/* it's one */\na {\n  /* and\n  'one' */\n  color:\n    red;\n}\n\n",
        "a,\nb\nc { background: url('data:image/svg+xml,<!--/*-->*/'); }",
        "@media print {\n  a { b: c; } /**/\n}\n",
    )
    whole = [*(path.read_text(encoding="utf-8") for path in sorted((TEMPLATES / "styles").glob("*.css"))), *hard]
    made = [compact_css(css) for css in whole]
    node, _ = toolchain.node(str(PROJECT))
    done = subprocess.run(
        [node, "-e", PARSED], input=json.dumps([*whole, *made]), capture_output=True, check=True, cwd=PROJECT / "frontend",
        encoding="utf-8",
    )  # fmt: skip
    parsed = json.loads(done.stdout)
    assert parsed[: len(whole)] == parsed[len(whole) :]
    assert len("".join(made)) < 0.95 * len("".join(whole)) and "\n\n" not in "".join(made)


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("打印", "打印"),
        ("办社保卡", "办社|保卡"),
        ("一站式办事", "一站式|办事"),
        ("青少年托管", "青少年|托管"),
        ("党员组织关系转接", "党员组|织关系|转接"),
        ("城乡居民基本养老保险办理", "城乡居|民基本|养老保|险办理"),
        ("WiFi", "WiFi"),
        ("AED急救", "AED|急救"),
        ("母婴室（三楼）", "母婴室|（三楼）"),
        ("打印、复印", "打印、|复印"),
        ("<b>", "&lt;b&gt;"),
        ("", ""),
    ],
)
def test_a_short_name_says_where_it_may_be_parted(name: str, pieces: str) -> None:
    assert str(parted(name)) == pieces.replace("|", "<wbr>")


@given(st.text(alphabet="一站式办事青少年AEDi 1、（）《》，&<", max_size=24))
def test_parting_a_name_loses_nothing(name: str) -> None:
    assert parted(name).replace("<wbr>", "") == escape(name)


@given(st.text(alphabet="一站式办事青少年", min_size=2, max_size=40))
def test_every_piece_of_a_name_has_two_characters_or_more(name: str) -> None:
    sizes = [len(piece) for piece in parted(name).split("<wbr>")]
    assert min(sizes) >= 2
    assert max(sizes) <= 3
    assert max(sizes) - min(sizes) <= 1


def test_a_template_is_another_when_one_that_it_takes_in_is(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    for name in ("card", "cite", "week"):
        (tmp_path / f"parts/{name}.html").write_text("", "utf-8")
    (tmp_path / "a.html").write_text('{% include "b.html" %}', "utf-8")
    (tmp_path / "b.html").write_text('{% from "a.html" import x %}{% extends "c.html" %}', "utf-8")  # and round again
    (tmp_path / "c.html").write_text("c", "utf-8")
    templates, seen = Templates({}, folder=tmp_path), set[str]()
    for name in ("a", "b", "c", "parts/card"):
        seen.add(templates.digest("a.html"))
        (tmp_path / f"{name}.html").write_text((tmp_path / f"{name}.html").read_text("utf-8") + "!", "utf-8")
    seen.add(templates.digest("a.html"))
    (tmp_path / "d.html").write_text("d", "utf-8")
    assert templates.digest("a.html") in seen and len(seen) == 5
