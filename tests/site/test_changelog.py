"""What is told of the history: a repository with commits on fixed days, and what each of them did."""

import json
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.data.revision import data_state, data_version
from haitang.site.views.changelog import MANY, MOST, Change, changes
from tests.data.history_world import begin, commit, git, remove, write
from tests.worlds import WORLD, publish, tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return begin(tmp_path / "资料")


def told(root: Path) -> tuple[Change, ...]:
    day = data_version(root)
    return changes(root, load(root, today=date(2026, 6, 1), updated=date.fromisoformat(day) if day else None))


def short(found: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    return [(change.day, change.kind, change.id) for change in found]


def test_a_day_is_told_place_by_place_and_the_latest_day_first(root: Path) -> None:
    write(root, "a")
    write(root, "b")
    commit(root, "2026-03-01")
    write(root, "a", "phone: 0512-00000001\nhours: 每天 09:00-17:00\n")
    write(root, "c", town="qingshan")
    commit(root, "2026-03-05")
    assert short(told(root)) == [
        ("2026-03-05", "added", "c"),
        ("2026-03-05", "updated", "a"),
        ("2026-03-01", "added", "a"),
        ("2026-03-01", "added", "b"),
    ]
    assert told(root)[1].fields == ("hours", "phone")
    assert told(root)[1].page == "positions/a.html"


def test_each_kind_of_change(root: Path) -> None:
    for own_id in ("a", "b", "c", "d", "e", "f"):
        write(root, own_id)
    commit(root, "2026-03-01")
    write(root, "a", name="样例新名")
    write(root, "b", "status: merged\nsuccessor: a\n")
    write(root, "c", "status: closed\n")
    remove(root, "d")
    write(root, "e", "verified:\n  on: 2026-03-01\n  by: 样例社区\n")
    remove(root, "f")
    write(root, "ff", "former_ids:\n  - f\n")
    commit(root, "2026-04-01")
    newest = [change for change in told(root) if change.day == "2026-04-01"]
    assert {(change.id, change.kind) for change in newest} == {
        ("a", "renamed"), ("b", "merged"), ("c", "closed"), ("d", "removed"), ("e", "verified"), ("ff", "renamed"),
    }  # fmt: skip
    by_id = {change.id: change for change in newest}
    assert (by_id["a"].name, by_id["a"].former) == ("样例新名", "样例a")
    assert (by_id["d"].name, by_id["d"].page) == ("样例d", None)
    assert (by_id["ff"].name, by_id["ff"].former) == ("样例ff", "样例f")


def test_many_commits_of_a_day_are_one_change(root: Path) -> None:
    write(root, "a")
    commit(root, "2026-03-01")
    write(root, "a", "phone: 0512-00000001\n")
    write(root, "b")
    commit(root, "2026-03-02")
    write(root, "a", "phone: 0512-00000001\naddress: 样例路 1 号\n")
    write(root, "b", "phone: 0512-00000002\n")
    write(root, "gone")
    commit(root, "2026-03-02")
    remove(root, "gone")
    commit(root, "2026-03-02")
    newest = [change for change in told(root) if change.day == "2026-03-02"]
    assert [(change.id, change.kind, change.fields) for change in newest] == [
        ("b", "added", ()),
        ("a", "updated", ("address", "phone")),
    ]


def test_moving_to_another_town_is_a_change_of_the_town(root: Path) -> None:
    write(root, "a")
    commit(root, "2026-03-01")
    remove(root, "a")
    write(root, "a", town="qingshan")
    commit(root, "2026-03-02")
    assert [(change.kind, change.fields) for change in told(root)] == [("updated", ("town",)), ("added", ())]


def test_another_way_of_writing_is_only_tidying(root: Path) -> None:
    write(root, "a", "hours: 每天 09:00-17:00\nphone: 0512-00000001\n")
    write(root, "b")
    commit(root, "2026-03-01")
    path = root / "positions/hecheng/a.yml"
    lines = path.read_text("utf-8").splitlines()
    phone = lines.pop().replace("0512-00000001", "'0512-00000001'  # 核对过")
    path.write_text("\n".join(["# 开头", lines[0], phone, "", *lines[1:]]) + "\n", "utf-8")
    commit(root, "2026-03-02")
    newest = told(root)[0]
    assert (newest.kind, newest.count, newest.entry) == ("tidied", 1, None)


def test_what_touches_very_many_is_one_line(root: Path) -> None:
    for number in range(MANY + 1):
        write(root, f"p{number}")
    commit(root, "2026-03-01")
    for number in range(MANY + 1):
        write(root, f"p{number}", "# 开头\n")
    commit(root, "2026-03-02")
    assert [(change.day, change.kind, change.count) for change in told(root)] == [
        ("2026-03-02", "tidied", MANY + 1),
        ("2026-03-01", "many-added", MANY + 1),
    ]


def test_only_two_years_are_told(root: Path) -> None:
    write(root, "old")
    commit(root, "2024-02-28")
    write(root, "new")
    commit(root, "2024-03-05")
    write(root, "now")
    commit(root, "2026-03-05")
    assert [change.id for change in told(root)] == ["now", "new"]
    assert MOST == 500


def test_what_is_not_committed_or_comes_later_does_not_count(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "a")
    commit(root, "2026-03-01")
    write(root, "b")
    assert [change.id for change in told(root)] == ["a"]
    commit(root, "2026-03-02")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")  # 2026-03-01
    assert [change.id for change in told(root)] == ["a"]


def test_a_text_that_is_not_plain_is_not_told(root: Path) -> None:
    path = root / "positions/hecheng/a.yml"
    for name in ("|\n  x", "'<script>alert(1)</script>'", "\u202eabc", "x" * 200, "&a b"):
        write(root, "a")
        path.write_text(path.read_text("utf-8").replace("样例a", name), "utf-8")
        commit(root, "2026-03-01")
        remove(root, "a")
        commit(root, "2026-03-02")
        (removed,) = told(root)[:1]
        assert removed.name in ("a", "<script>alert(1)</script>")


def test_no_history_or_a_part_of_it_tells_nothing(root: Path, tmp_path: Path) -> None:
    write(root, "a")
    assert told(root) == ()
    commit(root, "2026-03-01")
    write(root, "b")
    commit(root, "2026-03-02")
    part = tmp_path / "part"
    subprocess.run(["git", "clone", "-q", "--depth=1", root.as_uri(), str(part)], check=True, capture_output=True)
    assert told(part) == ()
    export = tmp_path / "export"
    (export / "positions").mkdir(parents=True)
    (export / "directory.yml").write_bytes((root / "directory.yml").read_bytes())
    assert told(export) == ()
    publish(export, tmp_path / "out")
    site = tree(tmp_path / "out" / "site")
    assert not [path for path in site if "changes" in path]
    assert b"changes.html" not in site["index.html"]


def test_page_data_and_feed(root: Path, tmp_path: Path) -> None:
    write(root, "a", name="'样例<b>&甲'")
    write(root, "b")
    commit(root, "2026-03-01")
    remove(root, "b")
    commit(root, "2026-04-02")
    publish(root, tmp_path / "one")
    publish(root, tmp_path / "two")
    site = tree(tmp_path / "one" / "site")
    assert site == tree(tmp_path / "two" / "site")
    page = site["changes.html"].decode()
    assert page.index("2026 年 4 月") < page.index("2026 年 3 月")
    assert '<a href="positions/a.html">样例&lt;b&gt;&amp;甲</a>' in page
    assert "<b>&甲" not in page
    assert 'href="changes.html"' in site["index.html"].decode()
    assert "https://example.org/red/changes.html" in site["sitemap.xml"].decode()
    assert json.loads(site["data/changes.json"])["changes"][0] == {
        "day": "2026-04-02", "change": "removed", "kind": "position", "id": "b", "name": "样例b",
    }  # fmt: skip
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(site["data/changes.xml"])
    ids = [entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")]
    assert len(ids) == len(set(ids)) == 3
    assert all(each and each.startswith("urn:uuid:") for each in [*ids, feed.findtext(f"{atom}id")])
    assert feed.findtext(f"{atom}updated") == "2026-04-02T00:00:00Z"
    links = {link.get("href") for link in feed.iter(f"{atom}link")}
    assert "https://example.org/red/positions/a.html" in links
    assert all(str(link).startswith("https://example.org/red/") for link in links)


def test_without_a_public_address_the_feed_names_none_and_keeps_its_ids(root: Path, tmp_path: Path) -> None:
    write(root, "a")
    commit(root, "2026-03-01")
    publish(root, tmp_path / "one")
    settings = root / "directory.yml"
    settings.write_text(settings.read_text("utf-8").replace("base_url: https://example.org/red\n", ""), "utf-8")
    publish(root, tmp_path / "two")
    one, two = ((tmp_path / each / "site/data/changes.xml").read_text("utf-8") for each in ("one", "two"))
    assert "<link" in one
    assert "<link" not in two
    assert [line.split("</id>")[0] for line in one.splitlines() if "<entry>" in line] == [
        line.split("</id>")[0] for line in two.splitlines() if "<entry>" in line
    ]


def test_a_commit_without_other_bytes_is_a_new_state(root: Path) -> None:
    write(root, "a")
    commit(root, "2026-03-01")
    before = data_state(root).commit
    write(root, "b")
    commit(root, "2026-03-01")
    assert before and data_state(root).commit not in ("", before)
    assert data_state(root).commit == git(root, "2026-03-01", "rev-parse", "HEAD")


def test_the_golden_world_shows_nothing_of_this_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577923200")
    assert told(WORLD) == ()
