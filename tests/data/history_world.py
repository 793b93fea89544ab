"""A directory with a history: a small world in a repository of its own, with a commit on each of a few days."""

import os
import subprocess
from datetime import date, datetime
from pathlib import Path

from tests.worlds import position, publish

SETTINGS = """title: 样例名录
base_url: https://example.org/red
areas:
  - id: he
    name: 禾城
    towns:
      - id: hecheng
        name: 禾城镇
      - id: qingshan
        name: 青山镇
tiers:
  - id: centre
    name: 党群服务中心
    short_name: 中心
  - id: station
    name: 党群服务站
    short_name: 站
  - id: point
    name: 党群服务点
    short_name: 点
  - id: other
    name: 其他
    short_name: 其他
"""


def begin(root: Path) -> Path:
    """A sound directory without any position, not committed."""
    (root / "positions").mkdir(parents=True)
    (root / "directory.yml").write_text(SETTINGS, encoding="utf-8")
    git(root, "2026-01-01", "init", "-q", "-b", "main")
    return root


def write(root: Path, own_id: str, more: str = "", town: str = "hecheng", **fields: str) -> None:
    path = root / "positions" / town / f"{own_id}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(position(own_id, town, **fields) + more, encoding="utf-8")


def remove(root: Path, own_id: str, town: str = "hecheng") -> None:
    (root / "positions" / town / f"{own_id}.yml").unlink()


def commit(root: Path, day: str, moment: datetime | None = None) -> None:
    """All that is there, as of a day, or of a moment."""
    git(root, day, "add", "-A")
    git(root, moment.isoformat() if moment else day, "commit", "-qm", day)


def git(root: Path, day: str, *command: str) -> str:
    moment = day if "T" in day else f"{day}T09:00:00+0000"
    dated = {**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
    name = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *name, *command], cwd=root, capture_output=True, text=True, check=True, env=dated)
    return done.stdout.strip()


def publish_news(folder: Path) -> Path:
    """The site of a directory to which something of every kind has happened."""
    root = begin(folder / "data")
    for own_id in ("a", "b", "c", "d", "e", "f", "g"):
        write(root, own_id)
    commit(root, "2026-02-28")
    write(root, "a", name="一个名字特别特别长的用来看看折行会不会出问题的禾苗小区北门东侧党群服务点")
    write(root, "b", "status: merged\nsuccessor: a\n")
    write(root, "c", "status: closed\n")
    remove(root, "d")
    write(root, "e", "verified:\n  on: 2026-03-01\n  by: 样例社区\n")
    write(root, "f", "phone: 0512-00000001\nhours: 每天 09:00-17:00\naddress: 样例路 1 号\n")
    write(root, "g", "# 开头\n")
    commit(root, "2026-03-01")
    publish(root, folder / "out", today=date(2026, 6, 1))
    return (folder / "out" / "site").resolve()
