"""The form editor's config: every field of the model and nothing else, patterns that refuse what is wrong and nothing else; and
its local end: what is let through, and how what it writes ends up."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from haitang import admin
from haitang.admin.config import api_origins, backend, config, forge
from haitang.building import Builder
from haitang.directory import load
from haitang.editing.desk import PACKAGE, Desk
from haitang.environment import groups_for
from haitang.fields import MODELS, EntryKind, entry_spec
from haitang.generations import Target
from haitang.reading import read
from haitang.settings import Repository, Settings
from haitang.source import Fields, parse
from tests.conftest import BASE, CHINESE, TODAY, problems_of
from tests.worlds import PROJECT, inputs

KINDS: tuple[EntryKind, ...] = tuple(MODELS)
GITHUB = Repository(url="https://github.com/kunshan/zhendi", auth_url="https://login.example.org/auth")
GITLAB = Repository(url="https://gitlab.example.org/dang/kunshan/zhendi", kind="gitlab", app_id="abc")
GITEA = Repository(url="https://git.example.org/sub/kunshan/zhendi.git", kind="gitea", app_id="abc")


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(BASE, today=TODAY).settings


def boxes(node: Any, above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every box of a collection by the path of its field, in order."""
    for box in node.get("fields", ()):
        yield above + box["name"], box
        yield from boxes(box, f"{above}{box['name']}.")


def box_of(settings: Settings, kind: str, path: str) -> dict[str, Any]:
    collection = next(one for one in config(settings, "/api")["collections"] if one["name"] == kind)
    found = dict(boxes(collection))[path]
    held: dict[str, Any] = found.get("field", found)
    return held


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_box_in_its_order_and_nothing_else_has(kind: EntryKind, settings: Settings) -> None:
    collection = next(one for one in config(settings, "/api")["collections"] if one["name"] == kind)
    found = dict(boxes(collection))
    assert list(found) == [field.path for field in entry_spec(kind).all]
    for field in entry_spec(kind).all:
        box = found[field.path]
        assert box["label"] == field.label
        assert CHINESE.search(box["hint"])
        assert box["widget"] not in ("datetime", "date", "number", "boolean", "map", "markdown"), field.path
        assert "**" not in box["hint"]  # the editor would take it for Markdown


@pytest.mark.parametrize("kind", KINDS)
def test_patterns_take_the_examples_and_speak_chinese(kind: EntryKind, settings: Settings) -> None:
    seen = 0
    for field in entry_spec(kind).all:
        pattern = box_of(settings, kind, field.path).get("pattern")
        if pattern is None:
            continue
        seen += 1
        assert re.search(pattern[0], field.example), (field.path, field.example)
        assert CHINESE.search(pattern[1])
        assert "{" not in pattern[1]
    assert seen > 5


WRONG = """
position id: Shili|示例|-a|a-|a_b|con|index|a b|{65 a}
position name: {61 字}|两\\n行
position community: {61 字}
position host: {201 字}
position address: 一\\t二
position area_m2: 三百|-3|0|0.00|1,200|320㎡|１２|1e3|1000001
position opened: 去年|07-2019|2019年7月8日9时|201|2019-7-1-2
position phone: 0512 57300000|57300000|０５１２-57300000|电话0512-57300000|12
position hours: 白天|随时|上班时间
position photos.file: 照片.jpg|a.svg|a.gif|-a.jpg|photos/a.jpg|a b.jpg|.jpg
position photos.alt: {201 字}
position sources.title: {201 字}
position sources.url: www.example.org|ftp://example.org|https://127.0.0.1/|https://a b.org|https://user:pw@example.org/
position sources.date: 今年
position figures.value: 26 名|一|1,000
position verified.on: 2025|2025-03|三月八日
position activities.id: Bai
position activities.when: 待定
brand colour: red|#b82|b8263f
brand goals.progress: 101|60%|-1
brand founded: 九七年
brand results.series.value: 12 件
route minutes: 0|一小时
route stops.metres: 850 米
chapter order: 第九|0
"""


def wrong_values() -> Iterator[tuple[str, str, str]]:
    for line in WRONG.strip().splitlines():
        at, _, values = line.partition(": ")
        kind, path = at.split(" ")
        for value in values.split("|"):
            many = re.fullmatch(r"\{(\d+) (.)\}", value)
            yield kind, path, many[2] * int(many[1]) if many else value.replace("\\n", "\n").replace("\\t", "\t")


@pytest.mark.parametrize(("kind", "path", "value"), list(wrong_values()))
def test_a_wrong_value_is_refused(kind: str, path: str, value: str, settings: Settings) -> None:
    pattern, message = box_of(settings, kind, path)["pattern"]
    assert re.search(pattern, value, re.ASCII) is None  # as JavaScript reads it
    assert CHINESE.search(message)


RIGHT = {
    "hours": ("24小时开放", "全天开放", "上午9点-下午5点", "周一至周五 9：30-17：00", "9:30-17:00"),
    "area_m2": ("320", "3.5", "0.5", "1000000", "007", " 12 "),
    "phone": ("0512-57300000", "400-800-1234", "12345", "0512-57300000-801"),
    "opened": ("2019", "2019-07", "2019-7-1", "2019年7月", "2019年7月1日", "2019/07/01", "2019.07"),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in RIGHT.items() for value in values])
def test_what_the_model_takes_is_never_refused(name: str, value: str, settings: Settings) -> None:
    tree = parse(f"{name}: '{value}'\n", "x.yml")
    assert isinstance(tree, Fields)
    found = read(MODELS["position"], tree, "x.yml")
    assert not isinstance(found, list) or {problem.code for problem in found} == {"missing-field"}
    assert re.search(box_of(settings, "position", name)["pattern"][0], value)


def test_what_stands_in_the_directory_is_chosen(settings: Settings) -> None:
    towns = box_of(settings, "position", "town")["options"]
    assert {"value": "lujia", "label": "陆家镇"} in towns
    assert {"value": "kunshan", "label": "昆山"} in towns
    services = box_of(settings, "position", "services")
    assert (services["widget"], services["multiple"], services["max"]) == ("select", True, 40)
    assert [choice["value"] for choice in services["options"]] == ["党员学习", "便民服务", "组织关系咨询"]
    brands = box_of(settings, "position", "brands")
    assert (brands["widget"], brands["collection"], brands["value_field"]) == ("relation", "brand", "id")
    place = box_of(settings, "position", "location")
    assert place["widget"] == "place"
    assert place["towns"] == [{"name": "陆家镇", "lon": 121.0512, "lat": 31.3187}]
    assert config(settings, "/api")["collections"][0]["path"] == "{{town}}/{{slug}}"


def test_changes_go_to_the_forge_as_it_can_take_them() -> None:
    github, gitlab, gitea = backend(GITHUB), backend(GITLAB), backend(GITEA)
    assert github["publish_mode"] == gitlab["publish_mode"] == "editorial_workflow"
    assert github["backend"]["base_url"] == "https://login.example.org"
    assert github["backend"]["auth_endpoint"] == "auth"
    assert gitlab["backend"]["repo"] == "dang/kunshan/zhendi"
    assert gitlab["backend"]["auth_type"] == "pkce"
    assert "publish_mode" not in gitea
    assert gitea["backend"]["branch"] == "bianji"
    assert gitea["backend"]["api_root"] == "https://git.example.org/sub/api/v1"
    assert forge(GITEA) == ("https://git.example.org/sub", "kunshan/zhendi")


@pytest.mark.parametrize(
    ("repository", "hosts"),
    [(GITHUB, ["https://api.github.com"]), (GITLAB, ["https://gitlab.example.org"]), (GITEA, ["https://git.example.org"])],
)
def test_the_page_may_speak_to_the_forge_alone(repository: Repository, hosts: list[str]) -> None:
    policy = admin.policy(api_origins(repository))
    connect = next(part for part in policy.split("; ") if part.startswith("connect-src"))
    assert connect.split()[1:] == ["'self'", "blob:", *hosts]
    assert policy.startswith("default-src 'none'")
    assert policy.count("unsafe") == 2


def test_it_is_published_where_somebody_can_log_in(tmp_path: Path) -> None:
    root = Path(shutil.copytree(BASE, tmp_path / "data"))
    given = replace(inputs(root), editor=admin.Editor(PROJECT / admin.PACKAGE))

    def built() -> Path:
        target = Target(tmp_path / "out")
        with target.locked(lambda: None):
            Builder(given).build(target, TODAY)
        return target.site

    assert not (built() / "admin").exists()
    told = (root / "directory.yml").read_text("utf-8").replace("  kind: gitea\n", "  kind: gitea\n  app_id: abc\n")
    (root / "directory.yml").write_text(told, "utf-8")
    site = built()
    tree = json.loads((site / "admin/config.yml").read_text("utf-8"))
    assert tree["backend"]["app_id"] == "abc"
    page = (site / "admin/index.html").read_text("utf-8")
    assert '<html lang="zh-CN">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert (site / "admin/decap-cms.js").stat().st_size > 1_000_000
    assert not list(site.glob("admin/*.map"))
    assert b"admin/" not in (site / "sw.js").read_bytes().partition(b";\n")[0]


@pytest.mark.parametrize(
    ("written", "needed"),
    [
        ("repository:\n  url: https://github.com/a/b\n  auth_url: https://x.org\n", True),
        ("repository:  # 仓库\n  # 编辑\n\n  url: https://x.org/a/b\n  app_id: abc\nareas:\n", True),
        ("repository:\n  url: https://github.com/a/b\nareas:\n  - app_id: x\n", False),
        ("title: 甲\n", False),
        ("#repository:\n#  app_id: abc\n", False),
    ],
)
def test_it_is_installed_where_it_is_published(tmp_path: Path, written: str, needed: bool) -> None:
    (tmp_path / "directory.yml").write_text(written, "utf-8")
    assert ("admin" in groups_for(["--root", str(tmp_path)])) == needed
    assert "admin" not in groups_for(["--root", str(tmp_path), "check"])
    assert "admin" in groups_for(["serve", "--admin"])
    assert groups_for(["serve"]) == ("site",)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path]]:
    root = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("desk") / "data"))
    with Desk(PROJECT, root) as running:
        yield running, root
    assert running._process.returncode is not None


def persist(desk: Desk, path: str, raw: str) -> int:
    told = {"path": path, "slug": Path(path).stem, "raw": raw}
    options = {"collectionName": "position", "commitMessage": "x", "useWorkflow": False, "status": "draft"}
    params = {"branch": "main", "dataFiles": [told], "assets": [], "options": options}
    asked = {"action": "persistEntry", "params": params}
    return desk.answer(json.dumps(asked).encode())[0]


def test_what_the_editor_writes_reads_right_and_is_made_canonical(desk: tuple[Desk, Path]) -> None:
    """Bare clock times, `on`, empty texts and lists, numbers, any order: as Decap writes them."""
    running, root = desk
    raw = (
        'name: 新的服务点\nid: xin-de\ntown: huaqiao\nhours: 9:30-17:00\nclosed_on_holidays: on\nstory: ""\naliases: []\n'
        "area_m2: 320\nphone: 0512-57300000\nopened: 2019-07\nsources:\n  - title: 报道\n    note: ''\nverified: {}\n"
    )
    assert persist(running, "positions/huaqiao/xin-de.yml", raw) == 200
    assert (
        (root / "positions/huaqiao/xin-de.yml").read_text("utf-8").startswith("id: xin-de\nname: 新的服务点\ntown: huaqiao\n")
    )
    assert problems_of(root) == ()
    position = next(one for one in load(root, today=TODAY).positions if one.id == "xin-de")
    assert position.hours is not None
    assert position.hours.week[0] == ((570, 1020),)
    assert position.closed_on_holidays is True


def test_comments_outlive_the_editor(desk: tuple[Desk, Path]) -> None:
    running, root = desk
    path = root / "positions/huaqiao/you-zhu.yml"
    path.write_text("# 花桥的\nid: you-zhu\nname: 有注的点\ntown: huaqiao\nsources:\n  - title: 报道  # 第 3 版\n", "utf-8")
    raw = "id: you-zhu\nname: 改了名的点\ntown: huaqiao\nsources:\n  - title: 报道\n"
    assert persist(running, "positions/huaqiao/you-zhu.yml", raw) == 200
    text = path.read_text("utf-8")
    assert "# 花桥的" in text
    assert "报道 # 第 3 版" in text
    assert "改了名的点" in text


@pytest.mark.parametrize(
    "path",
    [
        "directory.yml", ".git/hooks/pre-commit", "positions/../directory.yml", "positions/a/../../x.yml", "photos/x.svg",
        "positions/lujia/.x.yml", "/etc/passwd", "positions\\a\\b.yml", "haitang/x.yml", "positions/a/b/c.yml", "brands/x.html",
    ],
)  # fmt: skip
def test_nothing_else_is_written(desk: tuple[Desk, Path], path: str) -> None:
    running, root = desk
    before = sorted(root.rglob("*"))
    assert persist(running, path, "id: x\n") == 403
    assert running.answer(json.dumps({"action": "deleteFile", "params": {"path": path}}).encode())[0] == 403
    assert running.answer(json.dumps({"action": "deleteFiles", "params": {"paths": [path]}}).encode())[0] == 403
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"7", b'"x"'])
def test_what_is_no_request_is_refused(desk: tuple[Desk, Path], body: bytes) -> None:
    assert desk[0].answer(body)[0] in (400, 403, 422)


def test_the_editors_server_is_there() -> None:
    assert (PROJECT / PACKAGE / "dist/index.js").is_file()
