"""A hall whose screens are all full: many places with long names, long texts, a crowded day. In each language of the site."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

from tests.e2e.kiosk.apps import with_halls
from tests.worlds import WORLD

COUNT = 24
LONGEST = "chang-01"  # the place that has most to tell
NAMES = (
    "禾城镇禾苗社区{number}号院居民议事与邻里互助党群服务站",
    "禾城镇沿河街{number}号新就业群体歇脚充电党群服务点",
    "禾城镇{number}号厂区党群服务站",
)
SLOGAN = "一处阵地，一面旗帜，一群热心人\nhost: 禾城镇荷花里社区联合党委"
STORY = "这里的故事很长，一段接一段，讲到第{number}年：大家来了，又走了；（灯）还亮着，茶还热着，门也一直开着。"


def roomy_world(root: Path) -> Path:
    """The golden world with a hall in it, and much more of everything."""
    shutil.copytree(WORLD, root)
    with_halls(root, "  - id: li-tang\n    title: 禾城镇党群服务中心一楼展厅\n    home: he-cheng\n")
    for number in range(1, COUNT + 1):
        own_id = f"chang-{number:02}"
        text = yaml.safe_dump(place(own_id, number), allow_unicode=True, sort_keys=False)
        (root / "positions" / "hecheng" / f"{own_id}.yml").write_text(text, encoding="utf-8")
    brand_file = root / "brands" / "he-hua.yml"
    brand_file.write_text(brand_file.read_text("utf-8").replace("出于 & 不染\nhost: 样例单位", SLOGAN), encoding="utf-8")
    longer(brand_file, "  一个虚构的品牌。[^1]\n", "  ")
    for number in range(1, COUNT // 2 + 1):
        named = f"id: pin-{number:02}\nname: 沿河街{number}号邻里互助暖心驿站\nslogan: 一处阵地，一面旗帜，一群热心人\n"
        (root / "brands" / f"pin-{number:02}.yml").write_text(f"{named}sources:\n  - title: 虚构的报道\n", encoding="utf-8")
    longer(root / "concepts" / "san-ji.yml", "      **设在哪里**：镇。", "      ")
    return root


def longer(file: Path, before: str, indent: str) -> None:
    """Puts a long story in front of what a text says."""
    told = file.read_text("utf-8")
    assert before in told, file
    paragraphs = "".join(f"{indent}{paragraph}\n\n" for paragraph in story())
    file.write_text(told.replace(before, paragraphs + before), encoding="utf-8")


def story() -> list[str]:
    return [STORY.format(number=number) for number in range(1, 41)]


def place(own_id: str, number: int) -> Mapping[str, object]:
    """One of them; the first tells more than all others."""
    told: dict[str, object] = {
        "id": own_id,
        "name": NAMES[number % len(NAMES)].format(number=number),
        "tier": ("station", "point")[number % 2],
        "town": "hecheng",
        "parent": "he-cheng",
        "address": f"样例省蓝田市禾城镇沿河中路与环城东路交叉口往北 {number} 号禾苗大厦南楼 3 层 30{number} 室",
        "location": {
            "lon": round(121.0 + number / 400, 4),
            "lat": round(31.3 + number / 600, 4),
            "crs": "wgs84",
            "precision": "exact",
        },
        "hours": "周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00",
        "phone": f"0512-000001{number:02}",
        "brands": ["he-hua", "kong"],
        "activities": [
            {"name": f"{number}号院邻里读报与老人健康讲座", "when": "每周三 14:00-16:00", "place": "一楼大厅东侧多功能厅"}
        ],
        "sources": [{"title": "虚构的报道"}],
    }
    if number % 5 == 3:
        told["status"] = "upgrading"
    if own_id == LONGEST:
        told["story"] = "\n\n".join(story())
    return told
