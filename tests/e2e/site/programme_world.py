"""A world with activities of every sort, made of the golden one: what the tests of activity pages are shown."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.worlds import WORLD, publish

DAY = "2026-11-20"  # of the data: the tests look at its site a month later
OWNER = "positions/hecheng/he-cheng.yml"
PARK = "positions/lantian/gong-yuan.yml"
WEDNESDAYS = """\
activities:
  - name: 老人理发
    kind: linli
    when: 每周三 14:00-16:00
    place: 一楼大厅
    text: 带上老年卡，免费
  - name: 早读会
    kind: xuexi
    when: 每周三 09:00-10:30；2026-12-23 取消
  - name: 露天电影
    kind: linli
    when: 每周五 19:30
  - name: 家长课堂
    when: 2026-12-05 14:00-16:00
    place: 二楼会议室
  - name: 年货市集
    when: 2026-12-19 至 2026-12-21
  - name: 百家宴
    kind: linli
  - name: 去年的重阳糕
    when: 2025-10-29 09:00
"""
OTHERS = """\
activities:
  - name: 公园清扫
    when: 每周四 08:00-09:00
    text: 自带手套
  - name: 值班议事
    when: 工作日 12:00-13:00
  - name: 夜跑
    when: 每周六 22:30-次日01:00
"""


def publish_programme(folder: Path) -> Path:
    """The site of that world below a folder, as a folder of its own."""
    root = folder / "data"
    shutil.copytree(WORLD, root)
    own = (root / OWNER).read_text(encoding="utf-8")
    before, rest = own.split("activities:\n")
    (root / OWNER).write_text(before + WEDNESDAYS + rest[rest.index("pledges:") :], encoding="utf-8")
    with (root / PARK).open("a", encoding="utf-8") as park:
        park.write(OTHERS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(f"{DAY}T04:00:00+00:00").timestamp())))
        publish(root, folder / "out", today=date(2026, 11, 22))
    return Path(shutil.copytree((folder / "out" / "site").resolve(), folder / "活动 站"))
