"""A directory for tests of the finder: every kind of what a filter asks, and what each filter must show by plain definition."""

from dataclasses import dataclass
from pathlib import Path

TOWNS = {"jia-zhen": "甲家镇", "yi-zhen": "乙河镇", "bing-zhen": "丙湖镇", "ding-zhen": "丁山镇"}
SPOTS = {"jia-zhen": (120.95, 31.38), "yi-zhen": (120.87, 31.46), "bing-zhen": (121.04, 31.32)}
TIERS = ("centre", "station", "station", "point")
SERVICES = tuple(f"{name}办理" for name in "子丑寅卯辰巳午未申酉")  # more than are shown at first
FACILITIES = ("无障碍卫生间", "母婴室", "无障碍坡道", "停车位")
BRANDS = {"hong-mei": "红梅", "qing-song": "青松"}
DAY = "2026-11-20"
NOON = "2026-11-23T10:00:00+08:00"  # a Monday morning
OPEN, SHUT, ALWAYS = "每天 08:30-17:00", "每天 13:00-15:00", "24小时"
HOURS = (OPEN, SHUT, None, ALWAYS, OPEN)
STATUSES = {3: "closed", 17: "merged", 29: "paused", 31: "upgrading", 41: "planned"}


@dataclass(frozen=True)
class Place:
    id: str
    name: str
    town: str
    tier: str | None
    services: tuple[str, ...]
    facilities: tuple[str, ...]
    brands: tuple[str, ...]
    hours: str | None
    verified: bool
    status: str
    spot: tuple[float, float] | None
    phone: str | None

    @property
    def is_gone(self) -> bool:
        return self.status in ("closed", "merged")

    @property
    def is_open(self) -> bool:
        """At NOON."""
        return self.hours in (OPEN, ALWAYS) and self.status == "open"

    @property
    def is_free(self) -> bool:
        return any("无障碍" in facility for facility in self.facilities)

    @property
    def is_drawn(self) -> bool:
        """Where only the town is known, the mark stands on the town, if that is known."""
        return self.spot is not None or self.town in SPOTS


def places(count: int = 210) -> list[Place]:
    return [place(index) for index in range(count)]


def place(index: int) -> Place:
    town = list(TOWNS)[index % len(TOWNS)]
    lon, lat = SPOTS.get(town, (0.0, 0.0))
    known = town in SPOTS and index % 7 != 0
    return Place(
        id=f"p-{index:03d}",
        name=f"{TOWNS[town]}{'一二三四五六七八九十'[index % 10]}号阵地{index}",
        town=town,
        tier=None if index % 11 == 5 else TIERS[index // 4 % 4],
        services=tuple(SERVICES[(index + step) % len(SERVICES)] for step in (0, 3) if index % 5),
        facilities=tuple(facility for at, facility in enumerate(FACILITIES) if (index + at) % 6 == 0),
        brands=("hong-mei",) if index % 9 == 1 else ("hong-mei", "qing-song") if index % 9 == 4 else (),
        hours=HOURS[index // 3 % len(HOURS)],
        verified=index % 4 == 2,
        status=STATUSES.get(index, "open"),
        spot=(round(lon + (index % 13 - 6) * 0.003, 6), round(lat + (index % 17 - 8) * 0.002, 6)) if known else None,
        phone=f"0512-5700{index:04d}" if index % 3 == 0 else None,
    )


def write(root: Path, world: list[Place]) -> Path:
    (root / "brands").mkdir(parents=True)
    for own_id, name in BRANDS.items():
        text = f"id: {own_id}\nname: {name}\nsources:\n  - title: 虚构的报道\n"
        (root / "brands" / f"{own_id}.yml").write_text(text, encoding="utf-8")
    for one in world:
        folder = root / "positions" / one.town
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{one.id}.yml").write_text(_yaml(one), encoding="utf-8")
    (root / "directory.yml").write_text(_directory(), encoding="utf-8")
    return root


def _yaml(one: Place) -> str:
    lines = [f"id: {one.id}", f"name: {one.name}", f"town: {one.town}"]
    lines += [f"tier: {one.tier}"] if one.tier else []
    lines += [f"status: {one.status}"] if one.status != "open" else []
    lines += ["successor: p-001"] if one.status == "merged" else []
    lines += [f"hours: {one.hours}"] if one.hours else []
    lines += [f"phone: {one.phone}"] if one.phone else []
    if one.spot:
        lines += ["location:", f"  lon: {one.spot[0]}", f"  lat: {one.spot[1]}", "  crs: wgs84", "  precision: exact"]
    for key, values in (("services", one.services), ("facilities", one.facilities), ("brands", one.brands)):
        lines += [f"{key}:", *(f"  - {value}" for value in values)] if values else []
    lines += ["sources:", "  - title: 虚构的报道"]
    lines += ["verified:", "  on: 2026-01-02", "  by: 虚构的人"] if one.verified else []
    return "\n".join(lines) + "\n"


def _directory() -> str:
    towns = []
    for own_id, name in TOWNS.items():
        towns += [f"      - id: {own_id}", f"        name: {name}"]
        if own_id in SPOTS:
            lon, lat = SPOTS[own_id]
            towns += ["        location:", f"          lon: {lon}", f"          lat: {lat}", "          crs: wgs84"]
            towns += ["          precision: town"]
    tiers = {"centre": "中心", "station": "站", "point": "点", "other": "其他"}
    names = [
        line for own, name in tiers.items() for line in (f"  - id: {own}", f"    name: 党群{name}", f"    short_name: {name}")
    ]
    services = [line for name in SERVICES for line in (f"    - name: {name}", "      group: 样例服务")]
    return "\n".join([
        "title: 样例阵地", "description: 虚构的目录", "areas:", "  - id: yangli", "    name: 样例市",
        "    bounds:", "      west: 120.7", "      south: 31.2", "      east: 121.2", "      north: 31.6",
        "    towns:", *towns, "tiers:", *names, "vocabularies:", "  services:", *services,
        "  facilities:", *(f"    - name: {name}" for name in FACILITIES),
        "identity:", "  organiser: 样例单位", "contact:", "  phone: 0512-00000000",
    ]) + "\n"  # fmt: skip
