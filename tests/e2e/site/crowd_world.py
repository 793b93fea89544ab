"""Forty places with 165 activities, most of which many hold alike: what lists of activities must stay short for."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from tests.worlds import WORLD, publish

DAY = "2026-11-20"  # of the data
COUNT, TOWNS = 40, ("hecheng", "qingshan", "baiyun", "lantian")
BARBER = "老人理发"
AT_BARBER = 20
Told = dict[str, str]
# What many do: at so many places.
ALIKE: tuple[tuple[int, Told], ...] = (
    (AT_BARBER, {"name": BARBER, "kind": "linli", "when": "每周三 14:00-16:00"}),
    (25, {"name": "四点半课堂", "kind": "xuexi", "when": "工作日 16:00-18:00"}),
    (18, {"name": "红色电影放映", "kind": "linli", "when": "每周五 19:30", "text": "搬张凳子就能看"}),
    (15, {"name": "健康义诊", "kind": "linli", "when": "每月第一个周六 09:00-11:00"}),
    (12, {"name": "周末读书会", "kind": "xuexi", "when": "每周日 09:30-11:00"}),
    (8, {"name": "主题党日", "when": "每月最后一个工作日 14:00"}),
    (6, {"name": "邻里百家宴", "kind": "linli"}),
    (5, {"name": "重阳糕", "kind": "linli", "when": "2026-10-18 09:00"}),
)
# What only one does, fifty-six of them.
ALONE = tuple(
    {"name": f"{subject}{sort}", "kind": kind, **({"when": when} if when else {})}
    for sort, kind, when in (
        ("体验课", "xuexi", "每周二 19:00-20:30"),
        ("沙龙", "xuexi", "每月第二个周四 14:00"),
        ("比赛", "linli", "2026-12-12 14:00"),
        ("展览", "linli", "2026-12-19 至 2027-01-05"),
        ("讲座", "xuexi", "每周六 10:00-11:30"),
        ("聚会", "linli", ""),
        ("开放日", "linli", "每月10日 09:00-16:00"),
    )
    for subject in ("书法", "摄影", "合唱", "太极", "插花", "象棋", "剪纸", "昆曲")
)


def spot(number: int) -> tuple[float, float]:
    """Longitude and latitude of a place: the higher its number, the farther to the east."""
    return round(121.0 + number * 0.004, 6), 31.3


def crowd(root: Path) -> Path:
    """Its data, in a folder that is made."""
    shutil.copytree(WORLD, root)
    shutil.rmtree(root / "positions")
    for unrelated in ("routes", "brands", "concepts"):
        shutil.rmtree(root / unrelated)
    settings = root / "directory.yml"
    settings.write_text(settings.read_text("utf-8").replace("home: gong-yuan", "home: p-00"), "utf-8")
    held = activities()
    assert sum(map(len, held)) == 165
    for number, own in enumerate(held):
        path = root / "positions" / TOWNS[number % 4] / f"p-{number:02}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(place(number, own), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return root


def publish_crowd(folder: Path) -> Path:
    """Its site below a folder, as a folder of its own."""
    root = crowd(folder / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{DAY}T04:00:00+00:00").timestamp())))
        publish(root, folder / "out", today=date(2026, 11, 22))
    return Path(shutil.copytree((folder / "out" / "site").resolve(), folder / "活动 多"))


def activities() -> list[list[Told]]:
    """What each place holds."""
    held: list[list[Told]] = [[] for _ in range(COUNT)]
    at = 0
    for count, told in ALIKE:
        for _ in range(count):
            held[at % COUNT].append(told)
            at += 7  # has no divisor with COUNT: no place gets the same twice
    for number, told in enumerate(ALONE):
        held[number % COUNT].append(told)
    return held


def place(number: int, own: list[Told]) -> dict[str, object]:
    lon, lat = spot(number)
    return {
        "id": f"p-{number:02}",
        "name": f"{'和睦 新华 长江 玉龙'.split()[number % 4]}社区党群服务站{number}",
        "town": TOWNS[number % 4],
        "tier": "station",
        "status": "open",
        **({"location": {"lon": lon, "lat": lat, "crs": "wgs84", "precision": "exact"}} if number % 5 else {}),
        "activities": own,
        "sources": [{"title": "虚构的报道"}],
    }
