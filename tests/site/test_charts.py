"""Charts: every kind with no, one, three and 200 values, negative, missing and huge ones, byte by byte and by what they claim.

After a wanted change: `build.py test tests/site/test_charts.py --bless`.
"""

import re
from itertools import combinations, pairwise
from math import inf, nan
from pathlib import Path

import pytest

from haitang.model.messages import site_words
from haitang.site.charts import (
    Areas,
    Bars,
    Dot,
    Dots,
    Lines,
    Node,
    Pictogram,
    TownPoint,
    Tree,
    areas,
    bars,
    dots,
    lines,
    pictogram,
    tree,
)
from haitang.site.charts.parts import Amount, Say, amount_of, nice_ticks
from haitang.site.templates import LANGUAGE
from tests.site.chart_cases import CASES, KINDS, NAMES, VALUES, case, rendered
from tests.site.svg_shapes import boxes, parsed, steps, texts, walked

GOLDEN = Path(__file__).parents[1] / "golden" / "charts"
HOSTILE = """<script>alert("1")</script>'&{{ 7*7 }}]]>{x}"""
each_case = pytest.mark.parametrize(("kind", "name"), CASES, ids=["-".join(each) for each in CASES])


@each_case
def test_every_byte(kind: str, name: str, bless: bool) -> None:
    path, made = GOLDEN / f"{kind}-{name}.svg", rendered(case(kind, name))
    if bless:
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8"), f"{path.name} changed; if that is meant: --bless"


def test_no_golden_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{kind}-{name}.svg" for kind, name in CASES}
    assert len(CASES) == 42


@each_case
def test_a_picture_is_sound(kind: str, name: str) -> None:
    svg = rendered(case(kind, name))
    root = parsed(svg)
    assert (root.attrib["role"], [child.tag for child in root][:2]) == ("group" if "<a " in svg else "img", ["title", "desc"])
    ids = [node.attrib["id"] for node in root.iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids))
    assert root.attrib["aria-labelledby"].split() == ids[:2]
    assert all((root[k].text or "").strip() for k in (0, 1))
    asked = set(re.findall(r'(?:url\(#|href="#)([\w-]+)', svg))
    assert {each for each in asked if not each.startswith("f-")} <= set(ids)
    for node in root.iter():
        assert not {"style", "onclick", "onload"} & set(node.attrib)
        assert node.tag not in ("style", "script", "foreignObject", "image")
    drawn = re.sub(r"<(title|desc|text)\b.*?</\1>", "", svg, flags=re.DOTALL)
    assert not re.search(r"nan|inf|None|\d[eE][+-]?\d", drawn)
    assert len(svg.encode()) <= 40 * 1024


@each_case
def test_everything_is_on_the_sheet(kind: str, name: str) -> None:
    root = parsed(rendered(case(kind, name)))
    _, _, wide, tall = (float(part) for part in root.attrib["viewBox"].split())
    over = [box for box in boxes(root) if box.left < -2 or box.top < -2 or box.right > wide + 2 or box.bottom > tall + 2]
    assert over == []


@each_case
def test_no_text_lies_on_another(kind: str, name: str) -> None:
    root = parsed(rendered(case(kind, name)))
    written = [box for node in root.iter("text") for box in texts(node)]
    assert [(a.what, b.what) for a, b in combinations(written, 2) if a.meets(b)] == []


@each_case
def test_a_figure_has_its_data_beside_it(kind: str, name: str) -> None:
    chart = case(kind, name)
    html = rendered(chart, "chart", "fig", note="样例说明", source="样例来源")
    assert ("<table>" in html) == (name != "0" or chart.empty is False)
    assert html.count("<tr>") == len(chart.table.rows) + bool(chart.table.rows)
    assert all(len(row) == len(chart.table.header) for row in chart.table.rows)
    missing = sum(cell is None for row in chart.table.rows for cell in row)
    assert html.count('<span class="todo-text">待核实</span>') == missing
    assert len(html.encode()) < 70 * 1024
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert all(each.startswith("fig-") for each in ids)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_yet_is_said_and_drawn(kind: str) -> None:
    chart = case(kind, "0")
    svg = rendered(chart)
    assert chart.empty
    assert "还没有数字" in svg
    assert "c-grid" not in svg
    assert "<table" not in rendered(chart, "chart")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_values_give_the_same_bytes(kind: str) -> None:
    assert rendered(KINDS[kind](VALUES["missing"]), "chart") == rendered(KINDS[kind](list(VALUES["missing"])), "chart")


def test_two_charts_on_a_page_share_no_id() -> None:
    one, two = (set(re.findall(r' id="([^"]+)"', rendered(case("area", "3"), "chart", name))) for name in ("a", "b"))
    assert one
    assert not one & two


HOSTILE_CHARTS = {
    "bar": bars(HOSTILE, [(HOSTILE, 1), (HOSTILE, None)], HOSTILE),
    "line": lines(HOSTILE, [HOSTILE, "b"], [(HOSTILE, [1, 2]), (HOSTILE, [2, 1])], HOSTILE),
    "area": areas(HOSTILE, [HOSTILE, "b"], [(HOSTILE, HOSTILE, [1, 2])], HOSTILE),
    "dots": dots(
        HOSTILE, [Dot(120.9, 31.3, HOSTILE, HOSTILE, False, "a.html?a=1&b=2")], NAMES, [TownPoint(120.9, 31.3, HOSTILE)]
    ),
    "tree": tree(HOSTILE, [Node(HOSTILE * 3, HOSTILE, 'a.html"><b>', ())], NAMES),
    "pictogram": pictogram(HOSTILE, [(HOSTILE, HOSTILE, 3, 4)], HOSTILE),
}


@pytest.mark.parametrize("kind", HOSTILE_CHARTS)
def test_hostile_text_is_only_text(kind: str) -> None:
    html = rendered(HOSTILE_CHARTS[kind], "chart", source=HOSTILE, note=HOSTILE)
    assert "<script" not in html
    assert "<b>" not in html
    assert "&amp;lt;" not in html, "escaped twice"
    root = parsed(html)
    assert HOSTILE in "".join(root.itertext())
    assert {node.tag for node in root.iter()}.isdisjoint({"script", "b"})


# ---------- what each kind claims ----------


def test_bars_are_as_long_as_their_values() -> None:
    values = [12.0, -7.0, 3.0, -20.5, 0.0, 1e-3]
    chart = bars("", [(str(value), value) for value in values])
    scale = chart.bars[0].width / 12
    for bar, value in zip(chart.bars, values, strict=True):
        assert bar.width == pytest.approx(abs(value) * scale)
        assert bar.state == ("below" if value < 0 else "above")
        zero = bar.x + bar.width if value < 0 else bar.x
        assert zero == pytest.approx(chart.zero, abs=0.06)
    reach = [abs(part[0][0] - point[0]) for part in walked(chart.path("below")) for point in part]
    assert max(reach) == pytest.approx(20.5 * scale, abs=0.2)


def test_what_nobody_knows_is_a_stub_that_no_value_has() -> None:
    chart = bars("", [("甲", None), ("乙", 5), ("丙", nan), ("丁", inf)])
    assert [bar.state for bar in chart.bars] == ["missing", "above", "missing", "missing"]
    assert [label.text for label in chart.values] == [None, Amount("5"), None, None]
    assert [row[1] for row in chart.table.rows] == [None, 5, None, None]
    svg = rendered(chart)
    assert svg.count(">待核实<") == 3
    assert 'fill="url(#c-hm)"' in svg


def test_ties_are_called_ties() -> None:
    said = {say.key: say.values for say in bars("", [("甲", 5), ("乙", 5), ("丙", 1)]).desc}
    assert said["most_tied"] == {"name": "甲", "count": 2, "value": Amount("5")}
    assert said["least"]["name"] == "丙"


def test_a_gap_is_a_gap() -> None:
    chart = lines("", list("abcdefg"), [("甲", [1, 2, None, 4, None, 6, 7])])
    (series,) = chart.series
    parts = [*walked(series.path)]
    assert [len(part) for part in parts] == [2, 2]
    every = {
        point[0]
        for part in walked(lines("", list("abcdefg"), [("甲", [1, 2, 3, 4, 5, 6, 7])]).series[0].path)
        for point in part
    }
    xs = sorted(every)
    assert [(xs.index(a[0]), xs.index(b[0])) for a, b in steps(series.path)] == [(0, 1), (5, 6)]
    assert len([*walked(series.points)]) == 5, "the lone value between two gaps has its point"


def test_lines_are_told_apart_without_colour() -> None:
    chart = lines("", ["a", "b"], [(str(k), [k, k + 1]) for k in range(6)])
    assert len({series.sign for series in chart.series}) == 4, "four shapes, two of them also open"
    assert len({series.style for series in chart.series}) == 6
    css = (Path(__file__).parents[2] / "templates" / "styles" / "charts.css").read_text("utf-8")
    dashes = re.findall(r"\.c-line\.s-\d {[^}]*stroke-dasharray: ([^;]+);", css)
    assert len(set(dashes)) == 5, "and the first is whole"
    ys = sorted(series.end.y for series in chart.series if series.end)
    assert all(b - a >= 19.9 for a, b in pairwise(ys)), "no name lies on another"


def test_layers_are_stacked_to_their_sum() -> None:
    layers: list[tuple[str, str, list[float | None]]] = [
        ("centre", "甲", [1, 2, 3]),
        ("point", "乙", [10, 0, 30]),
        ("", "丙", [5, 5, 5]),
    ]
    chart = areas("", list("abc"), layers)
    zero = next(tick.at for tick in chart.ticks if tick.zero)
    top = max(chart.ticks, key=lambda tick: -tick.at)
    scale = (zero - top.at) / float(top.amount.digits)
    floor = [0.0] * 3
    for series, (_, _, values) in zip(chart.series, layers, strict=True):
        (part,) = walked(series.path)
        sums = [low + (value or 0) for low, value in zip(floor, values, strict=True)]
        assert [(zero - y) / scale for _, y in part[:3]] == pytest.approx(sums, abs=0.1)
        assert [(zero - y) / scale for _, y in reversed(part[3:])] == pytest.approx(floor, abs=0.1)
        floor = sums
    assert Say("total", {"label": "c", "value": Amount("38")}) in chart.desc


def test_a_stack_with_an_unknown_part_is_unknown() -> None:
    chart = areas("", list("abcde"), [("", "甲", [1, 2, None, 4, 5]), ("", "乙", [1, 1, 1, 1, 1]), ("", "丙", [None] * 5)])
    assert [len(part) for part in walked(chart.series[1].path)] == [4, 4]
    assert chart.series[2].path == ""
    assert [say.key for say in chart.notes] == ["broken", "left_out"]


def test_what_cannot_be_stacked_is_told_and_kept_in_the_table() -> None:
    chart = areas("", list("ab"), [("", "甲", [3, -2]), ("", "乙", [1, 1])])
    assert [say.key for say in chart.notes] == ["below_zero"]
    assert chart.table.rows == (("a", 3, 1), ("b", -2, 1))
    zero = next(tick.at for tick in chart.ticks if tick.zero)
    assert max(y for part in walked(chart.series[0].path) for _, y in part) == pytest.approx(zero)
    assert "负数没法叠" in rendered(chart, "chart")


def spots(chart: Dots, precise: bool) -> list[tuple[float, float]]:
    """The middles of dots."""
    found = []
    for marks in chart.marks:
        if marks.precise == precise:
            for part in walked(marks.path):
                xs, ys = [x for x, _ in part], [y for _, y in part]
                found.append(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2))
    return found


def test_what_is_known_only_to_its_town_stands_on_the_towns_mark() -> None:
    town, far = TownPoint(120.9, 31.3, "荷城镇"), TownPoint(121.2, 31.5, "青山镇")
    chart = dots("", [Dot(120.9, 31.3, "station", str(k), False) for k in range(7)], NAMES, [town, far])
    (cluster,) = chart.clusters
    assert (cluster.x, cluster.y) == chart.seeds[0]
    assert cluster.count == 7
    there = spots(chart, precise=False)
    assert len(there) == 7
    away = sorted(round(((x - cluster.x) ** 2 + (y - cluster.y) ** 2) ** 0.5) for x, y in there)
    assert away == [0, 14, 14, 14, 14, 14, 14]
    assert [name.count for name in chart.names] == [7, 0]
    assert "示意图" in rendered(chart, "chart")


def test_a_place_keeps_its_place() -> None:
    chart = dots(
        "",
        [Dot(120.9, 31.3, "station", "甲", True), Dot(121.2, 31.5, "station", "乙", True)],
        NAMES,
        [TownPoint(120.9, 31.3, "镇")],
    )
    assert not chart.clusters
    assert min(abs(x - chart.seeds[0][0]) + abs(y - chart.seeds[0][1]) for x, y in spots(chart, precise=True)) < 0.2


def test_too_many_for_a_ring_are_one_flower_with_its_number() -> None:
    chart = dots("", [Dot(120.9, 31.3, "point", str(k), False) for k in range(200)], NAMES, [TownPoint(120.9, 31.3, "镇")])
    assert [(cluster.count, cluster.numbered) for cluster in chart.clusters] == [(200, True)]
    assert not chart.marks
    assert ">200</text>" in rendered(chart)


def test_each_tier_has_a_shape_of_its_own() -> None:
    chart = dots("", [Dot(120.9, 31.3, tier, tier, True) for tier in ("centre", "station", "point", "other", "")], NAMES)
    assert len({sign.path for sign in chart.legend}) == 5
    assert [sign.tier for sign in chart.legend] == ["centre", "station", "point", "other", "unknown"]


def test_a_tree_folds_what_is_too_much_and_counts_it() -> None:
    chart = case("tree", "200")
    assert isinstance(chart, Tree)
    shown, folded = [row for row in chart.rows if not row.folded], sum(row.folded for row in chart.rows)
    assert len(chart.rows) <= 60
    assert len(shown) + folded == len(chart.table.rows) == 202
    assert chart.notes == (Say("folded", {"count": folded}),)
    assert rendered(chart).count("另有") == sum(row.folded > 0 for row in chart.rows)


def test_a_single_one_is_not_folded() -> None:
    chart = tree("", [Node("a", "centre", "", tuple(Node(str(k), "point", "", ()) for k in range(13)))], NAMES)
    assert not any(row.folded for row in chart.rows)


def test_a_long_name_is_cut_only_where_it_can_be_read_elsewhere() -> None:
    name = "长" * 90
    svg = rendered(tree("", [Node(name, "centre", "a.html", ())], NAMES))
    assert f"<title>{name}</title>" in svg
    assert "…" in svg
    assert "<title>" not in rendered(tree("", [Node("长" * 50, "centre", "", ())], NAMES)).split("</desc>")[1]


def test_what_leads_somewhere_is_easy_to_hit() -> None:
    chart = tree("", [Node("甲", "centre", "a.html", (Node("乙", "point", "", ()),))], NAMES)
    assert all(row.height * 350 / 360 >= 45 for row in chart.rows), "45 px on a phone of 390"
    assert 'role="group"' in rendered(chart)
    assert 'role="img"' in rendered(tree("", [Node("甲", "centre", "", ())], NAMES))


@pytest.mark.parametrize(
    ("values", "one"),
    [([60], "1"), ([61], "2"), ([34, 21, 8], "1"), ([121], "5"), ([1e12], "200"), ([0], "1"), ([60] * 7, "2")],
)
def test_no_row_has_too_many_flowers(values: list[float], one: str) -> None:
    chart = pictogram("", [("point", str(k), value, None) for k, value in enumerate(values)])
    assert chart.one.digits == one
    assert all(len(bed.full) <= 60 for bed in chart.beds)


def test_what_is_left_over_is_no_whole_flower() -> None:
    chart = pictogram("", [("centre", str(value), value, None) for value in (0, 2, 5, 7)], "处", scale=5)
    assert [(len(bed.full), len(bed.open)) for bed in chart.beds] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert "不满一朵" in rendered(chart, "chart")


def test_flowers_are_filled_as_far_as_the_value_goes() -> None:
    chart = pictogram(
        "", [("centre", "甲", 34, 40), ("", "乙", 50, 40), ("point", "丙", None, 6), ("point", "丁", 0.2, None)], "处"
    )
    assert [(len(bed.full), len(bed.open)) for bed in chart.beds] == [(34, 6), (50, 0), (0, 6), (0, 1)]
    html = rendered(chart, "chart")
    assert "一朵 = 1 处" in html
    assert chart.table.rows[2] == ("丙", None, 6)


def test_rows_that_are_not_drawn_are_told() -> None:
    chart = case("pictogram", "200")
    assert isinstance(chart, Pictogram)
    assert len(chart.beds) == 24
    assert Say("beds", {"count": 176}) in chart.notes
    assert len(chart.table.rows) == 200


# ---------- numbers ----------


@pytest.mark.parametrize(
    ("value", "digits", "scale"),
    [
        (0, "0", ""), (34, "34", ""), (-7.5, "−7.5", ""), (0.1 + 0.2, "0.3", ""),
        (123_456, "123,456", ""), (25_000_000, "2,500", "wan"),
        (3.4e11, "3,400", "yi"), (1e12, "1", "wan_yi"), (-1.25e12, "−1.25", "wan_yi"),
    ],
)  # fmt: skip
def test_large_numbers_are_said_as_people_say_them(value: float, digits: str, scale: str) -> None:
    assert amount_of(value) == Amount(digits, scale)


@pytest.mark.parametrize(
    "values", [[], [0], [1], [7], [34, 21], [96], [-7, 12], [-3], [0.03, 0.4], [1e12, 3], [999_999], [1e-4]]
)
def test_the_grid_is_of_round_numbers(values: list[float]) -> None:
    marks = nice_ticks(values)
    step = marks[1] - marks[0]
    assert 2 <= len(marks) <= 6
    assert 0 in marks
    assert min(marks) <= min([0.0, *values])
    assert max(marks) >= max([0.0, *values])
    assert f"{step:.3e}"[:5] in ("1.000", "2.000", "5.000")


def test_labels_of_many_values_are_few_and_the_last_is_among_them() -> None:
    chart = case("line", "200")
    assert isinstance(chart, Lines)
    assert isinstance(case("area", "1"), Areas)
    assert isinstance(case("bar", "1"), Bars)
    assert chart.labels[0].text == "2010 年 1 月"
    assert chart.labels[-1].text == "2026 年 8 月"
    assert 2 <= len(chart.labels) <= 6


def test_every_sentence_is_said_and_every_one_said_exists() -> None:
    code = "".join(path.read_text("utf-8") for path in (Path(__file__).parents[2] / "haitang" / "site" / "charts").glob("*.py"))
    template = (Path(__file__).parents[2] / "templates" / "parts" / "charts.html").read_text("utf-8")
    keys = set(site_words(LANGUAGE)["chart"]["say"])
    made = {"most_tied", "least_tied"}  # put together from two parts
    assert {key for key in keys - made if f'"{key}"' not in code and f"say.{key}" not in template} == set()
    assert set(re.findall(r'Say\("(\w+)"', code)) - {"tier"} <= keys
