"""The form editor's config: every field of the model and nothing else, patterns that refuse what is wrong and nothing else; and
its local end: what is let through, and how what it writes ends up."""

import errno
import json
import os
import re
import shutil
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from unittest.mock import Mock

import pytest

from haitang.checks.load import load
from haitang.cli import main
from haitang.cli.bootstrap import groups_for
from haitang.core.toolchain import EnvironmentProblem
from haitang.editors.form_server import Desk
from haitang.model.field_specs import MODELS, entry_spec
from haitang.model.imprint import Repository
from haitang.model.paths import EntryKind
from haitang.model.settings import Settings
from haitang.model.validation import read
from haitang.site import form_editor
from haitang.site.build import Builder
from haitang.site.form_editor.config import api_origins, backend, config, forge
from haitang.site.form_editor.patterns import pattern
from haitang.site.output_folder import Target
from haitang.site.policy import of_form
from haitang.site.publish import Unsound
from haitang.source.parser import Fields, parse
from tests.conftest import BASE, CHINESE, TODAY, problems_of
from tests.data.history_world import SETTINGS, begin
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
def test_patterns_take_the_examples_and_speak_chinese(kind: EntryKind) -> None:
    seen = 0
    for field in entry_spec(kind).all:
        shape = pattern(field.item or field, "CN")
        if shape is None:
            continue
        seen += 1
        assert re.search(shape[0], field.example), (field.path, field.example)
        assert CHINESE.search(shape[1])
        assert "{" not in shape[1]
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


def wrong_values() -> Iterator[tuple[EntryKind, str, str]]:
    for line in WRONG.strip().splitlines():
        at, _, values = line.partition(": ")
        kind, path = at.split(" ")
        for value in values.split("|"):
            many = re.fullmatch(r"\{(\d+) (.)\}", value)
            yield (
                cast(EntryKind, kind),
                path,
                many[2] * int(many[1]) if many else value.replace("\\n", "\n").replace("\\t", "\t"),
            )


@pytest.mark.parametrize(("kind", "path", "value"), list(wrong_values()))
def test_a_wrong_value_is_refused(kind: EntryKind, path: str, value: str) -> None:
    field = entry_spec(kind).field(path)
    shape = pattern(field.item or field, "CN")
    assert shape
    assert re.search(shape[0], value, re.ASCII) is None  # as JavaScript reads it
    assert CHINESE.search(shape[1])


RIGHT = {
    "hours": (
        "24小时开放",
        "全天开放",
        "每天上午9点-下午5点",
        "周一至周五 9：30-17：00",
        "每天 9:30-17:00",
        "八点半至十七点，周一闭馆",
    ),
    "area_m2": ("320", "3.5", "0.5", "1000000", "007", " 12 "),
    "phone": ("0512-57300000", "400-800-1234", "12345", "0512-57300000-801"),
    "opened": ("2019", "2019-07", "2019-7-1", "2019年7月", "2019年7月1日", "2019/07/01", "2019.07"),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in RIGHT.items() for value in values])
def test_what_the_model_takes_is_never_refused(name: str, value: str) -> None:
    tree = parse(f"{name}: '{value}'\n", "x.yml")
    assert isinstance(tree, Fields)
    found = read(MODELS["position"], tree, "x.yml")
    assert not isinstance(found, list) or {problem.code for problem in found} == {"missing-field"}
    shape = pattern(entry_spec("position").field(name), "CN")
    assert shape and re.search(shape[0], value)


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
    policy = of_form(api_origins(repository))
    connect = next(part for part in policy.split(";") if part.startswith("connect-src"))
    assert connect.split()[1:] == ["'self'", "blob:", *hosts]
    assert policy.startswith("default-src 'none'")
    assert policy.count("unsafe") == 2


def test_it_is_published_where_somebody_can_log_in(tmp_path: Path) -> None:
    root = Path(shutil.copytree(BASE, tmp_path / "data"))
    given = replace(inputs(root), editor=form_editor.Editor(PROJECT / form_editor.PACKAGE))

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
    assert re.search(
        r'<head>\s*<meta http-equiv="Content-Security-Policy" content="[^"&]*">\s*<meta charset="utf-8">', page[:1024]
    )
    page = (site / "admin/index.html").read_text("utf-8")
    assert '<html lang="zh-CN">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert (site / "admin/decap-cms.js").stat().st_size > 1_000_000
    assert not list(site.glob("admin/*.map"))
    assert b"admin/" not in (site / "sw.js").read_bytes().partition(b";\n")[0]


LOGIN = "repository:\n  url: https://github.com/a/b\n  auth_url: https://x.org\n"
WRITTEN = {
    LOGIN: True,
    "repository: {url: https://github.com/a/b, auth_url: https://x.org}\n": True,
    LOGIN.replace("repository:", '"repository" :').replace("auth_url:", "'auth_url' :"): True,
    "\ufeff" + LOGIN: True,
    LOGIN + "# 编辑\n" * 6_000: True,
    "repository:  # 仓库\n  # 编辑\n\n  url: https://x.org/a/b\n  kind: gitlab\n  app_id: abc\n": True,
    LOGIN.replace("  auth_url", "  # auth_url"): False,
    LOGIN.replace("\n", "\n# ") + "\n": False,
    LOGIN + "nonsense: [\n": False,  # told by the build
}


@pytest.mark.parametrize("written", WRITTEN)
def test_it_is_installed_where_it_is_published(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However directory.yml says so; where that cannot be done, in one line, before anything is made."""
    root = begin(tmp_path / "data")
    told = written + SETTINGS if written.startswith("\ufeff") else SETTINGS + written
    (root / "directory.yml").write_text(told, "utf-8")
    asked = []

    def prepare(groups: tuple[str, ...]) -> None:
        asked.append(groups)
        raise EnvironmentProblem("「安装网页上的填写表单」没有完成")

    making = Mock(side_effect=Unsound(()))
    monkeypatch.setattr("haitang.cli.commands.site.prepare", prepare)
    monkeypatch.setattr("haitang.site.build.Edition", making)
    ended = main.main(["site", "--root", str(root), "--out", str(tmp_path / "out")])
    assert (asked, ended) == (([("site", "admin")], 3) if WRITTEN[written] else ([], 1))
    assert making.called == (not WRITTEN[written] and "nonsense" not in written)
    assert ("没有完成" in capsys.readouterr().err) == WRITTEN[written]


def test_at_the_door_only_the_local_one_is_known_to_be_needed() -> None:
    assert "admin" in groups_for(["serve", "--admin"])
    assert groups_for(["serve"]) == groups_for(["check"]) == groups_for([]) == ("site",)


@pytest.fixture
def desk(root: Path) -> Desk:
    return Desk(root)


def ask(desk: Desk, action: str, **params: Any) -> tuple[int, Any]:
    status, body = desk.answer(
        json.dumps({"action": action, "branch": "main", "params": {"branch": "main", **params}}).encode()
    )
    return status, json.loads(body)


def test_how_a_text_is_read_is_told(desk: Desk) -> None:
    status, told = ask(desk, "explain", field="hours", text="每天 9:00-17:00")
    assert (status, told["read"], told["lines"][0]) == (200, True, "每天：09:00-17:00")
    status, told = ask(desk, "explain", field="when", text="")
    assert (status, told["read"], len(told["lines"])) == (200, False, 1)
    for params in (
        {"field": "phone", "text": "1"},
        {"field": "hours"},
        {"text": "24小时"},
        {"field": ["hours"], "text": "24小时"},
    ):
        assert ask(desk, "explain", **params)[0] == 422


BRAND = "id: xin\nname: 新牌\nsources:\n  - title: 报道\n"
OPTIONS = {"collectionName": "position", "commitMessage": "x", "useWorkflow": False, "status": "draft"}


def persist(desk: Desk, path: str, raw: str, assets: Iterable[Any] = (), **more: str) -> int:
    told = {"path": path, "slug": Path(path).stem, "raw": raw, **more}
    return ask(desk, "persistEntry", dataFiles=[told], assets=list(assets), options=OPTIONS)[0]


def asset(path: str, content: bytes = b"a picture") -> dict[str, str]:
    return {"path": path, "content": b64encode(content).decode(), "encoding": "base64"}


def test_what_the_editor_writes_reads_right_and_is_made_canonical(desk: Desk, root: Path) -> None:
    """Bare clock times, `on`, empty texts and lists, numbers, any order: as Decap writes them."""
    raw = (
        'name: 新的服务点\nid: xin-de\ntown: huaqiao\nhours: 每天 9:30-17:00\nclosed_on_holidays: on\nstory: ""\naliases: []\n'
        "area_m2: 320\nphone: 0512-57300000\nopened: 2019-07\nsources:\n  - title: 报道\n    note: ''\nverified: {}\n"
    )
    assert persist(desk, "positions/huaqiao/xin-de.yml", raw) == 200
    assert (
        (root / "positions/huaqiao/xin-de.yml").read_text("utf-8").startswith("id: xin-de\nname: 新的服务点\ntown: huaqiao\n")
    )
    assert problems_of(root) == ()
    position = next(one for one in load(root, today=TODAY).positions if one.id == "xin-de")
    assert position.hours is not None
    assert position.hours.week[0] == ((570, 1020),)
    assert position.closed_on_holidays is True


def test_comments_outlive_the_editor(desk: Desk, root: Path) -> None:
    path = root / "positions/huaqiao/you-zhu.yml"
    path.write_text("# 花桥的\nid: you-zhu\nname: 有注的点\ntown: huaqiao\nsources:\n  - title: 报道  # 第 3 版\n", "utf-8")
    raw = "id: you-zhu\nname: 改了名的点\ntown: huaqiao\nsources:\n  - title: 报道\n"
    assert persist(desk, "positions/huaqiao/you-zhu.yml", raw) == 200
    text = path.read_text("utf-8")
    assert "# 花桥的" in text
    assert "报道 # 第 3 版" in text
    assert "改了名的点" in text


@pytest.mark.parametrize("kept", [None, b"id: x\nname: [\n", b"name: \xb0\xa1\n"], ids=["new", "no YAML", "GBK"])
def test_what_is_there_and_cannot_be_read_is_not_written_over(desk: Desk, root: Path, kept: bytes | None) -> None:
    path = root / "positions/lujia/x.yml"
    if kept:
        path.write_bytes(kept)
    text = "id: x\nname: 新点\ntown: lujia\nsources:\n  - title: 报道\n"
    assert persist(desk, "positions/lujia/x.yml", text) == (409 if kept else 200)
    assert path.read_bytes() == (kept or text.encode())


@pytest.mark.parametrize("name", ["新\u200b点", "新\u2028点", "\ufeff新点", "新\x7f点", "锟斤拷", None])
def test_what_nobody_could_open_again_is_not_kept(desk: Desk, root: Path, name: str | None) -> None:
    """Whatever was pasted: the entry stays as it was, why is said, and the next try is taken."""
    path = root / "positions/huaqiao/x.yml"
    sound = "id: x\nname: 新点\ntown: huaqiao\nsources:\n  - title: 报道\n"
    assert persist(desk, "positions/huaqiao/x.yml", sound) == 200
    before = path.read_bytes()
    for raw in [sound.replace("新点", name)] if name else ["", "a", "- a\n", "name: [\n", "a: 1\na: 2\n"]:
        told = {"path": "positions/huaqiao/x.yml", "slug": "x", "raw": raw}
        status, answer = ask(desk, "persistEntry", dataFiles=[told], assets=[asset("photos/a.jpg")], options=OPTIONS)
        assert status == 422
        assert re.search(r"positions/huaqiao/x\.yml.*[\u4e00-\u9fff]", answer["error"])
        assert path.read_bytes() == before
        assert not (root / "photos/a.jpg").exists()
    assert persist(desk, "positions/huaqiao/x.yml", sound.replace("新点", "改好的点")) == 200


def test_the_editor_reads_entries_and_pictures(desk: Desk, root: Path) -> None:
    (root / "positions/lujia/~$x.yml").write_text("id: x\n", "utf-8")
    (root / "positions/lujia/gbk.yml").write_bytes(b"name: \xb0\xa1\n")
    (root / "photos/notes.txt").write_text("secret", "utf-8")
    status, entries = ask(desk, "entriesByFolder", folder="positions", extension="yml", depth=2)
    files = sorted(path.relative_to(root).as_posix() for path in (root / "positions").glob("*/[a-z]*.yml"))
    assert (status, [entry["file"]["path"] for entry in entries]) == (200, [file for file in files if "gbk" not in file])
    assert all(entry["data"] == (root / entry["file"]["path"]).read_text("utf-8") for entry in entries)
    assert ask(desk, "getEntry", path=files[0])[1]["data"] == (root / files[0]).read_text("utf-8")
    assert ask(desk, "getEntry", path="brands/none.yml") == (
        200,
        {"data": None, "file": {"path": "brands/none.yml", "id": None}},
    )
    assert [
        one["data"] is None for one in ask(desk, "entriesByFiles", files=[{"path": files[0]}, {"path": "brands/none.yml"}])[1]
    ] == [
        False,
        True,
    ]
    pictures = ask(desk, "getMedia", mediaFolder="photos")[1]
    assert {one["path"]: b64decode(one["content"]) for one in pictures} == {
        f"photos/{path.name}": path.read_bytes() for path in (root / "photos").glob("*.png")
    }
    assert ask(desk, "getMediaFile", path=pictures[0]["path"]) == (200, pictures[0])
    assert ask(desk, "getMedia", mediaFolder="positions/lujia") == (200, [])  # asked for beside every entry


def test_pictures_come_and_go(desk: Desk, root: Path) -> None:
    status, kept = ask(desk, "persistMedia", asset=asset("photos/a-1.jpg"), options={"commitMessage": "x"})
    assert (status, kept["name"], (root / "photos/a-1.jpg").read_bytes()) == (200, "a-1.jpg", b"a picture")
    assert persist(desk, "brands/xin.yml", BRAND, [asset("photos/a-2.webp")]) == 200
    assert (root / "photos/a-2.webp").is_file()
    assert ask(desk, "deleteFiles", paths=["photos/a-1.jpg", "photos/never.jpg"], options={"commitMessage": "x"})[0] == 200
    assert not (root / "photos/a-1.jpg").exists()
    assert not list((root / "photos").glob(".*"))


def everything(folder: Path) -> dict[str, bytes | str]:
    """All below a folder, where a link leads among it."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else ""
        for path in sorted(folder.rglob("*"))
    }


# What is no entry's file and no picture: outside, above, hidden, another kind, too deep, and names that systems read otherwise.
FOREIGN = (
    "directory.yml", "build.py", "haitang/x.yml", "haitang/x.py", ".git/config", ".git/hooks/pre-commit",
    ".github/workflows/x.yml", "site_src/about.md", "map/x.geojson", "/etc/passwd", "//etc/passwd", "C:/x.yml", "C:x.yml",
    "file:///etc/passwd", "~/x.yml", "", ".", "..", "positions", "positions/", "positions/lujia", "positions/lujia/",
    "positions/../directory.yml", "positions/a/../../x.yml", "positions/../positions/lujia/x.yml", "positions/./lujia/x.yml",
    "./positions/lujia/x.yml", "positions//lujia/x.yml", "positions/lujia/x.yml/", "positions\\lujia\\x.yml",
    "positions/lujia\\x.yml", "positions/..\\..\\x.yml", "brands/..\\x.yml", "positions/lujia/.x.yml", "positions/.git/x.yml",
    "positions/lujia/x.yaml", "positions/lujia/x.yml.py", "positions/lujia/x.py", "positions/lujia/x", "positions/lujia/x.YML",
    "positions/lujia/X.yml", "Positions/lujia/x.yml", "POSITIONS/lujia/x.yml", "positions/Lujia/x.yml", ".GIT/config",
    "positions/lujia/x.yml\0.jpg", "positions/lujia/x.yml\n", "positions/lujia/\nx.yml", "positions/lujia/x.yml ",
    "positions/lujia/x.yml.", "positions/lujia/x.yml::$DATA", "positions/lujia/x:y.yml", "positions/a/b/c.yml",
    "positions/x.yml", "brands/x.html", "brands/a/x.yml", "routes/x.json", "concepts/x.md", "brands/con.yml", "brands/nul.yml",
    "positions/com1/x.yml", "positions/lujia/aux.yml", "positions/lujia/index.yml", "positions/LUJIA~1/x.yml",
    "positions/lujia/x~1.yml", "positions/%2e%2e/x.yml", "positions/lujia/中文.yml", "positions/lujia/\u202ex.yml",
    "positions/lujia/ｘ.yml", f"positions/lujia/{'x' * 300}.yml", "photos/x.svg", "photos/x.gif", "photos/x.html",
    "photos/x.jpg.exe", "photos/x.JPG", "photos/x", "photos/.x.jpg", "photos/../x.jpg", "photos/a/x.jpg", "photos/a\\x.jpg",
    "photos\\x.jpg", "photos/con.jpg", "photos/NUL.png", "photos/x.jpg\n", "photos/x.jpg:y.jpg", "photos/ x.jpg",
    "Photos/x.jpg", "x.jpg", "assets/x.jpg",
)  # fmt: skip


def attempts(desk: Desk, path: str) -> list[int]:
    """The answers to everything that could be asked with a path."""
    files = [{"path": path}]
    return [
        persist(desk, path, "id: x\n"),
        persist(desk, "brands/xin.yml", "id: x\n", newPath=path),
        persist(desk, "brands/xin.yml", "id: x\n", [asset(path)]),
        ask(desk, "persistEntry", entry={"path": path, "raw": "id: x\n"}, assets=[], options=OPTIONS)[0],
        ask(desk, "persistMedia", asset=asset(path))[0],
        ask(desk, "deleteFile", path=path)[0],
        ask(desk, "deleteFiles", paths=["photos/none.jpg", path])[0],
        ask(desk, "getEntry", path=path)[0],
        ask(desk, "entriesByFiles", files=files)[0],
        ask(desk, "getMediaFile", path=path)[0],
    ]


@pytest.mark.parametrize("path", FOREIGN, ids=ascii)
def test_nothing_else_is_written_taken_away_or_read(desk: Desk, root: Path, path: str) -> None:
    before = everything(root.parent)
    assert set(attempts(desk, path)) <= {400, 403, 422}
    status, told = ask(desk, "entriesByFolder", folder=path, extension="", depth=100)
    assert status == 403 or (path == "positions" and told)
    assert ask(desk, "getMedia", mediaFolder=path) == (200, [])
    assert everything(root.parent) == before


@pytest.mark.parametrize("path", ["positions/lujia/lujia-zhen.yml", "brands/hongfushi.yml"])
def test_an_entry_is_never_taken_away_or_renamed(desk: Desk, root: Path, path: str) -> None:
    assert (root / path).is_file()
    before = everything(root)
    assert ask(desk, "deleteFile", path=path)[0] == 400
    assert ask(desk, "deleteFiles", paths=[path])[0] == 403
    assert persist(desk, path, "id: x\n", newPath="brands/other.yml") == 403
    assert everything(root) == before


LINKS = {
    "a file": ("positions/lujia/x.yml", "outside.yml"),
    "a file that is not there": ("positions/lujia/x.yml", "none.yml"),
    "a picture": ("photos/x.jpg", "outside.jpg"),
    "a town's folder": ("positions/shipai", "folder"),
    "a ring": ("positions/lujia/x.yml", "data/positions/lujia/x.yml"),
    "to directory.yml": ("positions/lujia/x.yml", "data/directory.yml"),
    "to another entry": ("positions/lujia/x.yml", "data/positions/lujia/lujia-zhen.yml"),
}


@pytest.mark.parametrize("kind", LINKS)
def test_links_lead_nowhere(desk: Desk, root: Path, kind: str) -> None:
    link, target = LINKS[kind]
    (root.parent / "folder").mkdir()
    for name in ("outside.yml", "outside.jpg", "folder/x.yml"):
        (root.parent / name).write_text("name: SECRET\n", "utf-8")
    (root / link).symlink_to(root.parent / target)
    before = everything(root.parent)
    path = link if "." in link else f"{link}/x.yml"
    assert set(attempts(desk, path)) <= {400, 403, 422}
    for folder in ("positions", "brands"):
        assert "SECRET" not in str(ask(desk, "entriesByFolder", folder=folder, extension="yml", depth=2))
    assert b64encode(b"name: SECRET\n").decode() not in str(ask(desk, "getMedia", mediaFolder="photos"))
    assert everything(root.parent) == before


@pytest.mark.parametrize("folder", ["positions", "brands", "photos"])
def test_a_folder_of_the_data_that_is_a_link_leads_nowhere(desk: Desk, root: Path, folder: str) -> None:
    away = (root / folder).rename(root.parent / "away")
    (root / folder).symlink_to(away)
    before = everything(root.parent)
    path = {"positions": "positions/lujia/lujia-zhen.yml", "brands": "brands/hongfushi.yml", "photos": "photos/qifa-01.png"}[
        folder
    ]
    assert set(attempts(desk, path)) <= {400, 403, 422}
    assert ask(desk, "getMedia", mediaFolder="photos")[1] == [] or folder != "photos"
    assert ask(desk, "entriesByFolder", folder=folder, extension="yml", depth=2)[1] == [] or folder == "photos"
    assert everything(root.parent) == before


def test_what_is_refused_is_refused_whole(desk: Desk, root: Path) -> None:
    """One bad name among good ones: nothing of the request is done."""
    before = everything(root)
    good = {"path": "brands/xin.yml", "raw": "id: xin\n"}
    for bad in (
        {"path": "build.py", "raw": "x"},
        {"path": "brands/y.yml", "raw": "#" * (64 * 1024 + 1)},
        {"path": "brands/y.yml"},
    ):
        status, _ = ask(desk, "persistEntry", dataFiles=[good, bad], assets=[asset("photos/a.jpg")], options=OPTIONS)
        assert status in (403, 413, 422)
    for bad in (
        asset("photos/b.svg"),
        {**asset("photos/b.jpg"), "content": "no base64!"},
        asset("photos/b.jpg", bytes(10 * 2**20 + 1)),
    ):
        assert persist(desk, "brands/xin.yml", "id: xin\n", [asset("photos/a.jpg"), bad]) in (400, 403, 413)
    assert ask(desk, "deleteFiles", paths=["photos/qifa-01.png", "directory.yml"])[0] == 403
    assert everything(root) == before


def test_why_it_is_refused_is_said_in_chinese(desk: Desk) -> None:
    for action, params in (("getEntry", {"path": "build.py"}), ("none", {}), ("getMediaFile", {"path": "photos/none.jpg"})):
        status, told = ask(desk, action, **params)
        assert status >= 400
        assert CHINESE.search(told["error"])


def test_a_full_disk_is_told(desk: Desk, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = everything(root)
    monkeypatch.setattr(os, "fsync", full)
    assert persist(desk, "brands/xin.yml", BRAND, [asset("photos/a.jpg")]) == 500
    assert everything(root) == before


BODIES = [
    b"", b"[]", b"{", b"\xff", b"7", b'"x"', b"null", b"{}", b"[", b'{"a":' * 100_000, b'{"action": "getEntry"}',
    b'{"action": ["getEntry"]}', b'{"action": {}}', b'{"action": "persistEntry", "params": 7}',
    b'{"action": "__init__", "params": {}}', b'{"action": "persistEntry", "params": {"dataFiles": [7], "assets": []}}',
    b'{"action": "persistEntry", "params": {"dataFiles": {}}}', b'{"action": "persistMedia", "params": {"asset": []}}',
    b'{"action": "deleteFiles", "params": {"paths": [[]]}}',
    b'{"action": "persistEntry", "params": {"assets": [], "dataFiles": [{"path": "brands/x.yml", "raw": "\\ud800"}]}}',
    b'{"action": "getEntry", "params": {"path": "brands/\\ud800.yml"}}',
    b'{"action": "entriesByFolder", "params": {"folder": {}}}',
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=lambda body: ascii(body[:60]))
def test_what_is_no_request_is_refused(desk: Desk, root: Path, body: bytes) -> None:
    before = everything(root)
    assert desk.answer(body)[0] in (400, 403, 422)
    assert everything(root) == before
