"""The least that a hall can show: one place, of which nobody knows where it is."""

import shutil
from pathlib import Path

from tests.e2e.kiosk.apps import with_halls
from tests.worlds import WORLD, position

TOWNS = """    towns:
      - id: hecheng
        name: 禾城镇
"""


def thin(root: Path, located: bool = False) -> Path:
    """A directory of one place in one town; `located`: of the town, a point is known."""
    shutil.copytree(WORLD, root)
    for unrelated in ("positions", "routes", "brands", "concepts", "layers", "site_src"):
        shutil.rmtree(root / unrelated, ignore_errors=True)
    (root / "positions" / "hecheng").mkdir(parents=True)
    (root / "positions" / "hecheng" / "yi.yml").write_text(position("yi", "hecheng", tier="point"), "utf-8")
    point = "        location:\n          lon: 121.0\n          lat: 31.3\n          crs: wgs84\n          precision: town\n"
    settings = (
        "title: 样例阵地\nsubtitle: 测试用\narea_code: '0512'\ndata_from: public\nareas:\n  - id: lantian\n    name: 蓝田市\n"
    )
    bounds = "    bounds:\n      west: 120.5\n      south: 31.0\n      east: 121.5\n      north: 31.8\n"
    tiers = "tiers:\n" + "".join(
        f"  - id: {own}\n    name: 党群服务{name}\n    short_name: {name}\n"
        for own, name in (("centre", "中心"), ("point", "点"))
    )
    (root / "directory.yml").write_text(settings + bounds + TOWNS + (point if located else "") + tiers, "utf-8")
    with_halls(root, "  - id: yi-ting\n    title: 样例展厅\n    home: yi\n")
    return root
