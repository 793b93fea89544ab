"""The doors of a directory with tiers of its own: each knows them by id and by their names, and tells which there are."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from haitang.cli.main import main
from haitang.editors.excel.export import export
from haitang.editors.issues.parser import read_body
from haitang.editors.scaffold import settings_of
from haitang.model.field_specs import entry_spec
from haitang.model.issue_questions import form
from haitang.model.json_schema import schema_text
from haitang.site.form_editor.choices import choices
from tests.conftest import problems_of
from tests.site.tier_worlds import TIERS, position, tiers_world


@pytest.fixture(params=sorted(TIERS))
def count(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def root(tmp_path: Path, count: int) -> Path:
    return tiers_world(tmp_path / "root", count)


def write(root: Path, tier: str) -> Path:
    path = root / "positions" / "hecheng" / "weizhi.yml"
    path.write_text(position("weizhi", "样例不知哪一级", tier), "utf-8")
    return path


def test_it_is_sound(root: Path) -> None:
    assert [problem for problem in problems_of(root) if problem.level == "error"] == []


@pytest.mark.parametrize("way", ["{name}", "{short}", "{id}", "（{short}）", "{short}。"])
def test_a_name_is_told_with_its_id_and_mended(root: Path, count: int, way: str) -> None:
    for tier in TIERS[count]:
        written = way.format(id=tier[0].upper(), name=tier[1], short=tier[2])
        path = write(root, written)
        (told,) = (problem for problem in problems_of(root) if problem.level == "error")
        assert (told.code, told.values["guess"], told.place.line) == ("bad-choice", tier[0], 3)
        assert told.values["choices"] == tuple(own_id for own_id, _, _ in TIERS[count])
        main(["check", "--fix", "--root", str(root), "positions/hecheng/weizhi.yml"])
        assert f"\ntier: {tier[0]}\n" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("zhenji", "zhen-ji"),
        ("cun_ji", "cun-ji"),
        ("wangee", "wangge"),
        ("网络", None),
        ("centre", None),
        ("楼", None),
        ("中心", None),
    ],
)
def test_what_is_not_certain_is_told_and_stays(tmp_path: Path, written: str, guess: str | None) -> None:
    root = tiers_world(tmp_path / "root", 7)
    path = write(root, written)
    (told,) = (problem for problem in problems_of(root) if problem.level == "error")
    assert told.code == "bad-choice"
    assert guess is None or told.values.get("guess") == guess
    before = path.read_text("utf-8")
    if written not in ("zhenji", "cun_ji"):  # the id itself, with other signs in it
        assert main(["check", "--fix", "--root", str(root), "positions/hecheng/weizhi.yml"]) == 1
        assert path.read_text("utf-8") == before


def test_a_file_that_cannot_be_read_has_its_tier_told_too(tmp_path: Path) -> None:
    root = tiers_world(tmp_path / "root", 7)
    path = write(root, "wangee")
    path.write_text(path.read_text("utf-8") + "电话: 1\n", "utf-8")
    told = [(problem.code, problem.place.line) for problem in problems_of(root) if problem.level == "error"]
    assert told == [("bad-choice", 3), ("unknown-field", 7)]


def test_new_knows_them(root: Path, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    own_id, _, short = TIERS[count][-1]
    named = ["--root", str(root), "--town", "禾城镇", "--source", "虚构的报道"]
    assert main(["new", "position", "--name", "样例新地方", "--tier", short, *named]) == 0
    assert f"tier: {own_id}\n" in (root / "positions" / "hecheng" / "yangli-xindifang.yml").read_text("utf-8")
    capsys.readouterr()
    assert main(["new", "position", "--name", "另外一处", "--tier", "centre", *named]) == 2
    said = capsys.readouterr().err.replace("\n", "")
    assert all(f"{own_id}（{name}）" in said for own_id, name, _ in TIERS[count])


def test_a_sheet_goes_out_and_comes_back(root: Path, count: int, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(export(root)[0]))
    sheet, lists = book["阵地"], book["可选的词"]
    heads = {cell.value: at for at, cell in enumerate(sheet[1], 1)}
    shown = [short for _, _, short in TIERS[count]]
    at = next(cell.column for cell in lists[1] if cell.value == "层级")
    assert [cell.value for (cell,) in lists.iter_rows(min_row=2, min_col=at, max_col=at) if cell.value] == shown
    assert f"从下拉里选：{'、'.join(shown)}。" in str(sheet.cell(1, heads["层级"]).comment)
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    book.save(tmp_path / "a.xlsx")
    assert main(["excel", "import", str(tmp_path / "a.xlsx"), "--root", str(root)]) == 0
    assert {path: path.read_bytes() for path in root.rglob("*.yml")} == before
    row = next(at for at in range(2, sheet.max_row + 1) if sheet.cell(at, heads["编号"]).value == "weizhi")
    sheet.cell(row, heads["层级"]).value = TIERS[count][-1][1]  # the whole name
    book.save(tmp_path / "b.xlsx")
    assert main(["excel", "import", str(tmp_path / "b.xlsx"), "--root", str(root)]) == 0
    text = (root / "positions" / "hecheng" / "weizhi.yml").read_text("utf-8")
    assert f"tier: {TIERS[count][-1][0]}\n" in text


def test_a_wrong_cell_is_told_with_the_names_of_the_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tiers_world(tmp_path / "root", 7)
    book = load_workbook(io.BytesIO(export(root)[0]))
    column = next(cell.column for cell in book["阵地"][1] if cell.value == "层级")
    book["阵地"].cell(2, column).value = "大级"
    book.save(tmp_path / "a.xlsx")
    assert main(["excel", "import", str(tmp_path / "a.xlsx"), "--root", str(root)]) == 1
    said = "".join(capsys.readouterr())
    assert "「层级」不能是「大级」，可以是 市级、区级、镇级、片区、村级、网格、楼宇" in said.replace("\n", "")


def test_forms_and_schemas_offer_them(root: Path, count: int) -> None:
    settings = settings_of(root)
    ids = [own_id for own_id, _, _ in TIERS[count]]
    question = form("new", settings).question("tier")
    assert [value for value, _ in question.options] == ids
    field = entry_spec("position").field("tier")
    assert choices(field, settings) == [(own_id, short) for own_id, _, short in TIERS[count]]
    made = json.loads(schema_text("position", settings))["properties"]["tier"]
    assert made["enum"] == [*ids, None]
    assert made["examples"] == [ids[-1]]
    body = f"### {question.label}\n\n{TIERS[count][-1][2]}\n\n"  # the short name, typed
    told = read_body("### 名称\n\n样例新处\n\n### 区镇\n\n禾城镇\n\n" + body + "### 资料标题\n\n现场查看\n\n", settings)
    assert not isinstance(told, list)
    assert told.text("tier") == ids[-1]


def test_published_figures_and_chapters_name_tiers_that_there_are(tmp_path: Path) -> None:
    extra = "denominators:\n  - label: 村\n    value: 3\n    as_of: 2020\n    tier: 村级\n    source:\n      title: 虚构\n"
    root = tiers_world(tmp_path / "root", 7, extra)
    (root / "concepts").mkdir()
    chapter = [
        "id: ti-xi",
        "name: 体系",
        "order: 1",
        "concepts:",
        "  - id: cun",
        "    name: 村",
        "    shown_by:",
        "      - field: tier",
    ]
    chapter += ["        terms:", "          - wangge", "          - station", "sources:", "  - title: 虚构"]
    (root / "concepts" / "ti-xi.yml").write_text("\n".join([*chapter, ""]), "utf-8")
    told = [(each.code, each.values["value"], each.values.get("guess")) for each in problems_of(root) if each.level == "error"]
    assert sorted(told, key=str) == [("bad-choice", "村级", "cun-ji"), ("unknown-term", "station", None)]


def test_a_parent_is_of_a_higher_tier(tmp_path: Path) -> None:
    root = tiers_world(tmp_path / "root", 7)
    path = root / "positions" / "hecheng" / "cun-ji-1.yml"
    path.write_text(path.read_text("utf-8").replace("parent: pian-qu-1", "parent: louyu-1"), "utf-8")
    told = [problem for problem in problems_of(root) if problem.code == "parent-not-higher"]
    assert [(one.values["ours"], one.values["theirs"]) for one in told] == [("村级", "楼宇")]
