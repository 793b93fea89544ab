"""The charts that are drawn in tests: every kind, with no, one, three and 200 values, negative, missing and huge ones."""

from collections.abc import Callable
from math import cos, sin
from typing import Any

from haitang.model.messages import site_words
from haitang.site.charts import Chart, Dot, Node, TownPoint, areas, bars, dots, lines, pictogram, tree
from haitang.site.templates import LANGUAGE, Templates

Given = list[float | None]
MANY = [float((7 * index * index + 13 * index) % 97) for index in range(200)]
VALUES: dict[str, Given] = {
    "0": [], "1": [34], "3": [34, 21, 8], "200": [*MANY],
    "negative": [12, -7, 3, -20.5, 0], "missing": [9, 14, None, 5, None, 7, 11], "huge": [1e12, 3.4e11, 25_000_000, 12],
}  # fmt: skip
TOWNS = ("样例高新区", "荷城镇", "青山镇", "白云镇", "蓝田镇", "临水镇", "石桥镇", "柳浦镇", "沙洲镇", "云锦镇")
TIERS = ("centre", "station", "point", "other", "")
NAMES = {"centre": "中心", "station": "站", "point": "点", "other": "其他", "unknown": "层级待核实"}
LONG = "样例高新区荷城路街道办事处新时代文明实践和先锋阵地联合服务中心（含城市展厅和会客厅、图书馆、老年食堂）"
POINTS = tuple(
    TownPoint(120.84 + 0.08 * (k % 4) + 0.03 * (k // 4), 31.18 + 0.07 * (k // 3) + 0.02 * (k % 3), town)
    for k, town in enumerate(TOWNS)
)


def named(values: Given) -> list[tuple[str, float | None]]:
    return [(TOWNS[k] if k < len(TOWNS) else f"样例社区 {k + 1}", value) for k, value in enumerate(values)]


def months(values: Given) -> list[str]:
    return [f"{2010 + k // 12} 年 {k % 12 + 1} 月" for k in range(len(values))]


def turned(values: Given, by: int) -> Given:
    """The same values in another order and size."""
    return [None if value is None else value * 0.6 for value in values[by:] + values[:by]]


def bar_chart(values: Given) -> Chart:
    return bars("各区镇收录处数", named(values), "处")


def line_chart(values: Given) -> Chart:
    return lines(
        "三年来的走势",
        months(values),
        [("参加活动", values), ("志愿服务", turned(values, 2)), ("线上办理", turned(values, 1))],
        "人次",
    )


def area_chart(values: Given) -> Chart:
    layers = [
        ("centre", "中心", turned(values, 1)),
        ("station", "站", values),
        ("point", "点", turned(values, 2)),
        ("", "层级待核实", values),
    ]
    return areas("各层级处数", months(values), layers, "处")


def dot_map(values: Given) -> Chart:
    """So many places at the towns' points, every third known better than that."""
    found = []
    for k in range(len(values) if len(values) in (0, 1, 3, 200) else 40):
        town, precise, link = POINTS[(k * k) % 10], k % 3 == 1, f"p-{k}.html" if k % 2 else ""
        away = 0.004 * (k % 9) if precise else 0.0
        found.append(Dot(town.lon + away * sin(k), town.lat + away * cos(k), TIERS[k * 3 % 5], f"样例阵地 {k}", precise, link))
    return dots("阵地在哪里", found, NAMES, POINTS)


def tier_tree(values: Given) -> Chart:
    """A place a value, every one of the first on the next tier; one has a name of sixty characters."""
    if len(values) < 3:
        return tree("三级一家人", [Node("荷城党群服务中心", "centre", "a.html", ()) for _ in values], NAMES)
    points = [
        Node(f"样例社区 {k + 1} 党群服务点", TIERS[2 + k % 3], f"p-{k}.html" if k % 4 else "", (), 0)
        for k in range(len(values) - 2)
    ]
    stations = [
        Node(LONG, "station", "s.html", tuple(points[0::3])),
        Node("青山村党群服务站", "station", "", tuple(points[1::3]), 12),
    ]
    return tree(
        "三级一家人",
        [Node("荷城党群服务中心", "centre", "c.html", (*stations, *points[2::3])), Node("独立的阵地", "", "", ())],
        NAMES,
    )


def flowers(values: Given) -> Chart:
    rows = [
        (TIERS[k % 4], name, value, None if k % 3 == 2 or value is None else value * 1.25)
        for k, (name, value) in enumerate(named(values))
    ]
    return pictogram("已经核实的", rows, "处")


KINDS: dict[str, Callable[[Given], Chart]] = {
    "bar": bar_chart, "line": line_chart, "area": area_chart, "dots": dot_map, "tree": tier_tree, "pictogram": flowers,
}  # fmt: skip
CASES = [(kind, case) for kind in KINDS for case in VALUES]


def case(kind: str, name: str) -> Chart:
    return KINDS[kind](VALUES[name])


def rendered(chart: Chart, macro: str = "picture", name: str = "c", **more: object) -> str:
    """What a macro of parts/charts.html makes of a chart."""
    return str(getattr(_part("charts"), macro)(chart, id=name, **more)).strip() + "\n"


def sprite() -> str:
    """The flowers that every page carries in its header."""
    return str(_part("flower").sprite())


def _part(name: str) -> Any:
    return _TEMPLATES._environment.get_template(f"parts/{name}.html").module


_TEMPLATES = Templates(site_words(LANGUAGE))
