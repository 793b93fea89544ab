"""A small town with routes: of five stops and of eight, with stated, straight and unknown distances. All of it is made up."""

from pathlib import Path

SETTINGS = """title: 样例阵地
base_url: https://example.org/yangli
areas:
  - id: lantian
    name: 蓝田市
    towns:
      - id: hecheng
        name: 禾城镇
        location: {lon: 121.0, lat: 31.3, crs: wgs84, precision: town}
tiers:
  - {id: centre, name: 党群服务中心, short_name: 中心}
  - {id: station, name: 党群服务站, short_name: 站}
  - {id: point, name: 党群服务点, short_name: 点}
  - {id: other, name: 其他阵地, short_name: 其他}
"""
TIERS = ("centre", "station", "point", "other")
# Degrees east and north of the town's point; 150 to 700 m from each other.
SPOTS = ((0.001, 0.001), (0.005, 0.003), (0.009, 0.001), (0.014, 0.004), (0.012, 0.009), (0.006, 0.011), (0.001, 0.008))
NAMES = (
    "禾城镇党群服务中心",
    "北街社区党群服务站",
    "荷香公园党群服务点",
    "老茶馆驿站",
    "河东村党群服务站",
    "新桥小区党群服务点",
    "桥头书屋",
)
STATED = {2: 450, 4: 1200}  # metres to these stops, by their place from 0
FIVE = [f"he-{number}" for number in range(5)]
EIGHT = [*(f"he-{number}" for number in range(7)), "he-9"]


def write(root: Path) -> Path:
    """The data root; seven places known to the door, one known only to its town, and two routes."""
    files = {"directory.yml": SETTINGS}
    for number, (name, (east, north)) in enumerate(zip(NAMES, SPOTS, strict=True)):
        point = f"{{lon: {121 + east:.4f}, lat: {31.3 + north:.4f}, crs: wgs84, precision: exact}}"
        files[f"positions/hecheng/he-{number}.yml"] = _position(f"he-{number}", name, TIERS[min(number, 3)], location=point)
    files["positions/hecheng/he-9.yml"] = _position("he-9", "渡口党群服务点", "point")
    files["routes/wu-zhan.yml"] = _route("wu-zhan", "荷香五站线", FIVE, slogan="一条河，五站路", mode="walk")
    files["routes/ba-zhan.yml"] = _route("ba-zhan", "禾城一圈", EIGHT, minutes="90")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def _position(own_id: str, name: str, tier: str, **more: str) -> str:
    fields = {"id": own_id, "name": name, "tier": tier, "town": "hecheng", "address": f"荷花路 {ord(own_id[-1])} 号", **more}
    if own_id != "he-9":
        fields["hours"] = "周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00"
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + "sources:\n  - title: 虚构的报道\n"


def _route(own_id: str, name: str, stops: list[str], **more: str) -> str:
    fields = {"id": own_id, "name": name, "town": "hecheng", **more}
    lines = [f"{key}: {value}" for key, value in fields.items()] + ["stops:"]
    for place, stop in enumerate(stops):
        lines += [f"  - position: {stop}"]
        lines += ["    text: 从这里出发，先领一张手绘地图"] if place == 0 else []
        lines += [f"    metres: {STATED[place]}"] if place in STATED else []
    return "\n".join([*lines, "sources:", "  - title: 虚构的报道", "    publisher: 虚构日报", "    date: 2019-05-01", ""])
