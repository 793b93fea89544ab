"""The Excel door: a workbook and back changes nothing; what is changed lands in its file; every mistake is told at its cell."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from haitang.cli.commands.excel import sentence
from haitang.cli.main import main
from haitang.core.toolchain import program
from haitang.editors.dry_run import Draft, EditedMeanwhile, write
from haitang.editors.excel.export import export
from haitang.editors.excel.import_ import Outcome, import_files
from haitang.editors.excel.names import names_of
from haitang.editors.excel.tables import address
from haitang.editors.excel.workbook_reader import read_workbook
from haitang.editors.excel.workbook_writer import Mark, Remark, marked
from haitang.editors.scaffold import settings_of
from haitang.model.formatter import updated
from haitang.model.messages import words
from haitang.source.parser import Fields, parse
from tests.clockwork import CLOCKWORK
from tests.conftest import BASE, CHINESE, HIDDEN, TODAY, problems_of
from tests.editors.excel_mistakes import MISTAKES, TAKEN, Change, Columns, columns_of, lettered
from tests.editors.open_document import ods
from tests.worlds import PROJECT, WORLD, tree

ZH = words("zh-CN")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base world, only to be read."""
    return Path(shutil.copytree(BASE, tmp_path_factory.mktemp("sound") / "data"))


@pytest.fixture(scope="module")
def texts(sound: Path) -> dict[str, list[tuple[str, str]]]:
    """What its workbook holds: sheet → cells with their texts."""
    content, _ = export(sound)
    return {
        grid.title: [(address(row, at), cell.text) for row, cells in grid.rows.items() for at, cell in cells.items()]
        for grid in read_workbook(content, "a.xlsx")
        if grid.title not in ("填写说明", "可选的词")
    }


@pytest.fixture(scope="module")
def book() -> Any:
    """The base world's workbook, only to be looked at."""
    return load_workbook(io.BytesIO(export(BASE)[0]))


@pytest.fixture(scope="module")
def columns(book: Any) -> Columns:
    return columns_of(book)


def edited(texts: dict[str, list[tuple[str, str]]], columns: Columns, change: Change, file: Path) -> Path:
    """A workbook of these texts, changed as an editor would, saved as another program would."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, cells in texts.items():
        sheet = book.create_sheet(title)
        for place, text in cells:
            sheet[place].value, sheet[place].data_type = text, "s"
    steps = [change] if callable(change) or isinstance(change, Mapping) else change
    for step in steps:
        if callable(step):
            step(book)
            continue
        for place, value in step.items():
            title, _, cell = lettered(place, columns).partition("!")
            put(book[title][cell], value)
    book.save(file)
    return file


def cell_of(book: Any, place: str) -> Any:
    """A cell by the header of its column, `阵地!电话3`."""
    title, _, cell = lettered(place, columns_of(book)).partition("!")
    return book[title][cell]


def fill(book: Any, cells: Mapping[str, Any]) -> None:
    for place, value in cells.items():
        cell_of(book, place).value = value


def put(cell: Any, value: Any) -> None:
    cell.value, shape = value if isinstance(value, tuple) else (value, None)
    if shape:
        cell.number_format = shape
    if shape == "@":
        cell.data_type = "s"


def spots(outcome: Outcome) -> list[str]:
    """`sheet!cell code 「guess」` of each error."""
    found = []
    for each in outcome.problems:
        if each.problem.level == "error":
            place = f"{each.spot.title}!{address(each.spot.row, each.spot.column)}"
            guess = each.problem.values.get("guess")
            found.append(f"{place} {each.problem.code}" + (f" 「{guess}」" if guess else ""))
    return found


def test_there_are_enough_mistakes() -> None:
    assert len(MISTAKES) >= 100
    assert len(TAKEN) >= 50


@pytest.mark.parametrize("title", MISTAKES)
def test_mistake(title: str, sound: Path, texts: dict[str, list[tuple[str, str]]], columns: Columns, tmp_path: Path) -> None:
    change, expected = MISTAKES[title]
    outcome = import_files(sound, [edited(texts, columns, change, tmp_path / "填好的.xlsx")], TODAY)
    said = [sentence(each, ZH) for each in outcome.problems]
    assert sorted(spots(outcome)) == sorted(lettered(place, columns) for place in expected), said
    for message in said:
        place, _, text = message.partition("：")
        assert re.fullmatch(r"\S+![A-Z]+\d+", place), message
        assert CHINESE.search(text) and not HIDDEN.search(message)
        assert len(text) > 8, message


def said_by(text: str, path: str) -> Any:
    """What a file says at `sources.0.date`."""
    node: Any = plain(parse(text, ""))
    for step in path.split("."):
        node = node[int(step)] if isinstance(node, list) else node.get(step)
    return node


def plain(node: Any) -> Any:
    if isinstance(node, Fields):
        return {str(name): plain(value) for name, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, list) else str(node)


@pytest.mark.parametrize("title", TAKEN)
def test_taken(title: str, sound: Path, texts: dict[str, list[tuple[str, str]]], columns: Columns, tmp_path: Path) -> None:
    change, expected = TAKEN[title]
    outcome = import_files(sound, [edited(texts, columns, change, tmp_path / "填好的.xlsx")], TODAY)
    assert outcome.is_sound, [sentence(each, ZH) for each in outcome.problems]
    drafts = {draft.file: draft for draft in outcome.drafts}
    assert set(drafts) == {file for file, field, _ in expected if field}
    for file, field, value in expected:
        if field:
            assert said_by(drafts[file].text, field) == value
        else:
            assert file in [draft.old_file for draft in outcome.drafts]
    for draft in outcome.drafts:
        assert_rest_is_kept(sound, draft, {field.split(".")[0] for file, field, _ in expected if file == draft.file})


@pytest.mark.parametrize("written", [51257621056, (51257621056.0, "0.00"), "512-57621056", "512 57621056"])
@pytest.mark.parametrize("code", ["0512", "010", ""])
def test_a_lost_zero_comes_back_where_the_area_code_is_known(
    written: Any, code: str, sound: Path, texts: dict[str, list[tuple[str, str]]], columns: Columns, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(sound, tmp_path / "data"))
    settings = root / "directory.yml"
    said = f'production: 否\narea_code: "{code}"' if code else "production: 否"
    settings.write_text(settings.read_text("utf-8").replace("production: 否", said), "utf-8")
    outcome = import_files(root, [edited(texts, columns, {"阵地!电话3": written}, tmp_path / "填好的.xlsx")], TODAY)
    if code != "010":  # where it is not stated, that of all other numbers
        (draft,) = outcome.drafts
        assert said_by(draft.text, "phone") == "0512-57621056"
    else:
        assert not outcome.is_sound


def assert_rest_is_kept(root: Path, draft: Draft, changed: set[str]) -> None:
    """No other field than these says anything else than before."""
    if draft.old_file is not None:
        before, after = (plain(parse(text, "")) for text in ((root / draft.old_file).read_text("utf-8"), draft.text))
        assert {name for name in before | after if before.get(name) != after.get(name)} <= changed


class TestThereAndBack:
    @pytest.mark.parametrize("world", [BASE, WORLD, PROJECT], ids=["base", "golden", "ours"])
    def test_an_export_changes_nothing_and_comes_out_the_same(self, world: Path, tmp_path: Path) -> None:
        content, counts = export(world)
        (tmp_path / "a.xlsx").write_bytes(content)
        outcome = import_files(world, [tmp_path / "a.xlsx"], TODAY)
        assert (outcome.changes, outcome.problems, outcome.notes) == ((), (), ())
        assert export(world)[0] == content
        assert counts["position"] == len(list((world / "positions").glob("*/*.yml")))

    def test_what_was_imported_is_exported(self, root: Path, tmp_path: Path) -> None:
        """Export, change, import, export: the second workbook says what was typed, and takes it again without a change."""
        file = tmp_path / "a.xlsx"
        file.write_bytes(export(root)[0])
        book = load_workbook(file)
        fill(
            book,
            {"阵地!电话3": "0512-57621056", "阵地!地址3": "新路 1 号、2 号", "阵地!名称5": "新的站", "阵地!区镇5": "陆家镇"},
        )
        fill(book, {"来源!阵地名称5": "新的站", "来源!标题5": "报道"})
        book.save(file)
        write(root, import_files(root, [file], TODAY).drafts)
        assert problems_of(root) == ()
        again = export(root)[0]
        file.write_bytes(again)
        assert import_files(root, [file], TODAY).changes == ()
        assert export(root)[0] == again
        cells = {cell.text for grid in read_workbook(again, "") for row in grid.rows.values() for cell in row.values()}
        assert cells >= {"0512-57621056", "新路 1 号、2 号", "新的站", "xinde"}

    @pytest.mark.long
    def test_saved_by_libreoffice_it_changes_nothing(self, root: Path, tmp_path: Path) -> None:
        soffice = program("soffice")
        assert soffice, "no LibreOffice: `build.py test` installs it for root on Debian; else install libreoffice-calc"
        nasty(root)
        (tmp_path / "a.xlsx").write_bytes(export(root)[0])
        command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "xlsx"]
        subprocess.run(
            [*command, "--outdir", str(tmp_path / "saved"), str(tmp_path / "a.xlsx")], check=True, capture_output=True
        )
        saved = tmp_path / "saved" / "a.xlsx"
        assert b"LibreOffice" in zipfile.ZipFile(saved).read("docProps/app.xml")
        outcome = import_files(root, [saved], TODAY)
        assert [(change.file, change.values) for change in outcome.changes] == []
        assert [each for each in outcome.problems if each.problem.code.startswith("excel")] == []


NASTY = ["=1+1", "+86", "-1", "@x", "＝1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "'x", "_x000D_",
         "a_x0041_b", "1E5", "007", "2019-07", "TRUE", "#N/A", "<b>&amp;", "]]>", "a\\、b", "a、b", "a；b;c", "\\", "“引号”",
         '"', "%s{x}", "1/2"]  # fmt: skip


def nasty(root: Path) -> None:
    """Every name, alias, caption and slogan is one a spreadsheet would love to take for something else."""
    first = root / "positions" / "lujia" / "qifa-guangchang.yml"
    text = updated(
        first.read_text("utf-8"), "position", {"aliases": NASTY, "short_name": NASTY[0], "story": "\n\n".join(NASTY)}
    )
    first.write_text(text, "utf-8")
    items = [{"name": f"{text}", "text": text} for text in NASTY[:20]]
    text = updated(text, "position", {"spaces": [{"name": NASTY[0]}, {"name": NASTY[1]}], "platforms": items})
    first.write_text(text, "utf-8")


def test_no_text_becomes_a_formula_and_all_come_back(root: Path, tmp_path: Path) -> None:
    nasty(root)
    content = export(root)[0]
    (tmp_path / "a.xlsx").write_bytes(content)
    assert import_files(root, [tmp_path / "a.xlsx"], TODAY).changes == ()
    book = load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    risky = [cell for cell in cells if str(cell.value).startswith(tuple("=+-@＝＋－＠"))]
    assert len(risky) > 10
    assert all(cell.quotePrefix for cell in risky)
    parts = zipfile.ZipFile(tmp_path / "a.xlsx")
    assert not [name for name in parts.namelist() if b"<f>" in parts.read(name) or b"<f " in parts.read(name)]


class TestWorkbook:
    """What an editor finds in it."""

    def test_one_sheet_a_kind_and_a_list(self, book: Any) -> None:
        assert book.sheetnames[:10] == ["填写说明", "阵地", "通知", "数字", "空间", "平台", "活动", "承诺", "照片", "来源"]
        assert {"品牌", "品牌行动", "路线", "路线各站"} < set(book.sheetnames)
        assert book.sheetnames[-1] == "可选的词"

    def test_headers_are_chinese_explained_and_stay(self, book: Any) -> None:
        for sheet in book.worksheets[1:-1]:
            assert sheet.freeze_panes == "C2"
            assert sheet.auto_filter.ref
            for cell in sheet[1]:
                assert CHINESE.search(cell.value)
                assert len(cell.comment.text) > 3, cell
        comments = {cell.value: cell.comment.text for cell in book["阵地"][1]}
        assert comments["电话"] == "单位座机：区号、短横、号码；不写手机号\n例如：010-00000000"
        assert comments["名称"].startswith("必填。")
        assert "请不要改" in comments["编号"]
        assert not comments["编号"].startswith("必填"), "who adds a line leaves it empty"

    def test_lists_to_pick_from_hold_what_is_shown(self, book: Any) -> None:
        headers = {cell.column_letter: cell.value for cell in book["阵地"][1]}
        picked = {}
        for rule in book["阵地"].data_validations.dataValidation:
            sheet, _, area = rule.formula1.partition("!")
            picked[headers[str(rule.sqref).split("2")[0]]] = [
                cell.value for (cell,) in book[sheet.strip("'")][area.replace("$", "")]
            ]
        assert picked["层级"] == ["中心", "站", "点", "其他"]
        assert picked["区镇"] == ["陆家镇", "花桥镇", "昆山"]
        assert picked["节假日休息"] == ["是", "否"]
        assert picked["上级阵地"][0] == "启发广场党群服务点（qifa-guangchang）"
        assert "服务" not in picked  # several may be written, a list would replace them

    def test_the_guide_tells_every_column(self, book: Any) -> None:
        told = {(row[0].value, row[1].value) for row in book["填写说明"].iter_rows(min_row=2)}
        for sheet in book.worksheets[1:-1]:
            assert {(sheet.title, cell.value) for cell in sheet[1]} <= told

    def test_one_town_alone(self, tmp_path: Path) -> None:
        content, counts = export(BASE, "huaqiao")
        grids = {grid.title: grid for grid in read_workbook(content, "")}
        assert counts == {"position": 1}
        assert [row[1].text for row in grids["阵地"].rows.values()] == ["编号", "huaqiao-zhan"]
        assert "品牌行动" not in grids
        (tmp_path / "a.xlsx").write_bytes(content)
        outcome = import_files(BASE, [tmp_path / "a.xlsx"], TODAY)
        assert (outcome.changes, outcome.problems, outcome.notes) == ((), (), ())


class TestText:
    """Tables as text."""

    HEAD = "编号,名称,电话\n"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_encodings_and_marks(self, encoding: str, mark: str, sound: Path, tmp_path: Path) -> None:
        text = f"{self.HEAD}qifa-guangchang,启发广场党群服务点,0512-57621056\n".replace(",", mark)
        (tmp_path / "阵地.csv").write_bytes(text.encode(encoding))
        (draft,) = import_files(sound, [tmp_path / "阵地.csv"], TODAY).drafts
        assert said_by(draft.text, "phone") == "0512-57621056"

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b'"a\nb', "excel-bad-csv"),
            (b"\xff\xff\x00\x81", "excel-encoding"),
            (b"\x00" * 100, "excel-encoding"),
            ("姓名,手机\n王,1\n".encode(), "excel-nothing-known"),
            (b"", "excel-nothing-known"),
            ("编号,名称\n".encode() + b"\n" * 20_000 + b"x,y\n", "excel-too-many-rows"),
            (("编号,名称" + ",x" * 300).encode(), "excel-too-many-columns"),
        ],
    )
    def test_what_is_refused(self, content: bytes, code: str, sound: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(content)
        outcome = import_files(sound, [tmp_path / "a.csv"], TODAY)
        assert [each.problem.code for each in outcome.problems] == [code]
        assert sentence(outcome.problems[0], ZH).startswith("a.csv：")

    def test_marks_against_formulas_go(self, sound: Path, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text(self.HEAD + 'qifa-guangchang,\'=启发,"=""0512-57621056"""\n', "utf-8")
        (draft,) = import_files(sound, [tmp_path / "a.csv"], TODAY).drafts
        assert said_by(draft.text, "name") == "=启发"
        assert said_by(draft.text, "phone") == "0512-57621056"

    def test_a_wrong_cell_is_named(self, sound: Path, tmp_path: Path) -> None:
        (tmp_path / "名单.csv").write_text(self.HEAD + "qifa-guangchang,启发广场党群服务点,打过了\n", "utf-8")
        (told,) = import_files(sound, [tmp_path / "名单.csv"], TODAY).problems
        assert sentence(told, ZH).startswith("名单!C2：「电话」的号码「打过了」不对")


def parcel(change: Mapping[str, bytes | None], extra: int = 0) -> bytes:
    """A workbook with some of its parts replaced."""
    old, new = zipfile.ZipFile(io.BytesIO(export(BASE)[0])), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made:
        for name in dict.fromkeys([*old.namelist(), *change]):
            content = change[name] if name in change else old.read(name)
            if content is not None:
                made.writestr(name, content)
        for number in range(extra):
            made.writestr(f"x/{number}", b"")
    return new.getvalue()


def ods_row(repeated: int, cells: int) -> str:
    """A row that stands there so often, of a cell that does."""
    cell = f"<table:table-cell table:number-columns-repeated='{cells}'><text:p>x</text:p></table:table-cell>"
    return f"<table:table-row table:number-rows-repeated='{repeated}'>{cell}</table:table-row>"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def sheet(rows: str) -> bytes:
    """The base world's workbook with other rows in its second sheet."""
    return parcel({SHEET2: f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()})


def old_workbook() -> bytes:
    """A workbook of Excel 97."""
    book, into = xlwt.Workbook(), io.BytesIO()
    for at in range(40):
        book.add_sheet(f"表{at}").write(0, 0, "名称")
    book.save(into)
    return into.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
MERGED = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
SHEET2 = "xl/worksheets/sheet2.xml"
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "old Word": ("a.xls", lambda: old_workbook().replace("Workbook".encode("utf-16-le"), "Document".encode("utf-16-le")),
        "excel-old-format"),
    "old Excel that is empty": ("a.xls", lambda: OLE, "excel-unreadable"),
    "WPS that is empty": ("a.et", lambda: OLE, "excel-unreadable"),
    "macros of old Excel": ("a.xls", lambda: OLE + "_VBA_PROJECT".encode("utf-16-le"), "excel-macros"),
    "old Excel, too large": ("a.xls", lambda: OLE + bytes(11 << 20), "excel-too-large"),
    "old Excel, cut short": ("a.xls", lambda: old_workbook()[:3000], "excel-unreadable"),
    "old Excel, bytes changed": ("a.xls", lambda: old_workbook()[:1500] + b"\xff" * 3000, "excel-unreadable"),
    "entities in ODS": ("a.ods", lambda: ods("", BOMB.decode().partition("?>")[2].partition("<sst>")[0]), "excel-entities"),
    "an ODS of a million rows": ("a.ods", lambda: ods(ods_row(1_048_576, 1)), "excel-too-many-rows"),
    "an ODS of many cells": ("a.ods", lambda: ods(ods_row(20_000, 200)), "excel-too-many-rows"),
    "an ODS of a million columns": ("a.ods", lambda: ods(ods_row(1, 1_000_000)), "excel-too-many-columns"),
    "an ODS with a password": (
        "a.ods", lambda: ods("", more={"META-INF/manifest.xml": b"<x><encryption-data/></x>"}), "excel-encrypted"),
    "an ODS with macros": ("a.ods", lambda: ods("", more={"Basic/Standard/Module1.xml": b"<x/>"}), "excel-macros"),
    "an ODS that is text": (
        "a.ods", lambda: ods("", more={"mimetype": b"application/vnd.oasis.opendocument.text"}), "excel-not-workbook"),
    "an ODS that is not XML": ("a.ods", lambda: ods("<table:table-row>"), "excel-unreadable"),
    "an ODS that is a bomb": ("a.ods", lambda: ods("", more={"x": bytes(121 << 20)}), "excel-too-large"),
    "a password": ("a.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "excel-encrypted"),
    "CSV by another name": ("a.xlsx", "编号,名称\n".encode, "excel-not-workbook"),
    "Word": ("a.xlsx", lambda: parcel({"xl/workbook.xml": None, "word/document.xml": b"<x/>"}), "excel-not-workbook"),
    "nothing": ("a.xlsx", lambda: b"", "excel-not-workbook"),
    "macros by name": ("a.xlsm", lambda: parcel({}), "excel-macros"),
    "macros": ("a.xlsx", lambda: parcel({"xl/vbaProject.bin": b"x"}), "excel-macros"),
    "cut short": ("a.xlsx", lambda: export(BASE)[0][:9000], "excel-damaged"),
    "bytes changed": ("a.xlsx", lambda: export(BASE)[0].replace(SHEET2.encode(), b"xl/x", 1), "excel-damaged"),
    "entities in texts": ("a.xlsx", lambda: parcel({"xl/sharedStrings.xml": BOMB}), "excel-entities"),
    "entities in a sheet": ("a.xlsx", lambda: parcel({SHEET2: BOMB}), "excel-entities"),
    "entities in the book": ("a.xlsx", lambda: parcel({"xl/workbook.xml": BOMB}), "excel-entities"),
    "not XML": ("a.xlsx", lambda: parcel({SHEET2: b"<worksheet>"}), "excel-unreadable"),
    "no such text": ("a.xlsx", lambda: sheet('<row r="1"><c r="A1" t="s"><v>9999</v></c></row>'), "excel-unreadable"),
    "a cell nowhere": ("a.xlsx", lambda: sheet('<row r="x"><c r="1A"/></row>'), "excel-unreadable"),
    "a million columns": ("a.xlsx", lambda: sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "excel-too-many-columns"),
    "a million rows": ("a.xlsx", lambda: sheet('<row r="99999"><c r="A99999"><v>1</v></c></row>'), "excel-too-many-rows"),
    "a merged area of everything": ("a.xlsx", lambda: sheet(f"<row/></sheetData>{MERGED}<sheetData>"), "excel-unreadable"),
    "many parts": ("a.xlsx", lambda: parcel({}, extra=1_001), "excel-too-large"),
    "a zip bomb": ("a.xlsx", lambda: parcel({"xl/media/x": b"\0" * (121 << 20)}), "excel-too-large"),
}  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_file(title: str, sound: Path, tmp_path: Path) -> None:
    name, content, code = HOSTILE[title]
    (tmp_path / name).write_bytes(content())
    outcome = import_files(sound, [tmp_path / name], TODAY)
    assert [each.problem.code for each in outcome.problems] == [code]
    message = sentence(outcome.problems[0], ZH)
    assert message.startswith(f"{name}：")
    assert "请" in message
    assert not outcome.drafts


def test_a_file_that_is_not_there_or_a_link(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "link.xlsx").symlink_to("/dev/zero")
    outcome = import_files(sound, [tmp_path / "none.xlsx", tmp_path / "link.xlsx"], TODAY)
    assert [each.problem.code for each in outcome.problems] == ["not-regular-file", "file-missing"]


class TestCommand:
    @pytest.fixture
    def file(self, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
        """A workbook that was exported."""
        assert main(["excel", "export", str(tmp_path / "a.xlsx"), "--root", str(root)]) == 0
        assert "3 处阵地、1 个品牌、1 条路线" in capsys.readouterr().out
        return tmp_path / "a.xlsx"

    def change(self, file: Path, **cells: str | None) -> None:
        book = load_workbook(file)
        fill(book, {f"阵地!{place}": value for place, value in cells.items()})
        book.save(file)

    def test_one_changed_file_and_one_new(self, file: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = tree(root)
        self.change(file, 电话3="0512-57621056", 开放时间3="每天 09:00-17:00")
        assert main(["excel", "import", str(file), "--root", str(root), "--dry-run"]) == 0
        assert tree(root) == before
        assert "什么都没有写" in capsys.readouterr().out
        assert main(["excel", "import", str(file), "--root", str(root)]) == 0
        said = capsys.readouterr().out
        assert "改了 1 处阵地。" in said
        assert "positions/lujia/qifa-guangchang.yml 改了：开放时间、电话" in said
        assert "build.py check" in said
        after = tree(root)
        assert [name for name in after if after[name] != before.get(name)] == ["positions/lujia/qifa-guangchang.yml"]
        assert set(after) == set(before)
        assert main(["excel", "import", str(file), "--root", str(root)]) == 0
        assert "没有要改的" in capsys.readouterr().out

    def test_nothing_is_written_when_one_cell_is_wrong(
        self, file: Path, root: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = tree(root)
        self.change(file, 电话2="0512-57621056", 电话3="打过了", 面积3="320间")
        own = file.read_bytes()
        assert main(["excel", "import", str(file), "--root", str(root)]) == 1
        said = capsys.readouterr().out
        phone, area = (lettered(place, columns_of(load_workbook(file))) for place in ("阵地!电话3", "阵地!面积3"))
        assert f"{phone}：「电话」的号码「打过了」不对" in said
        assert "有 2 处要改，什么都没有写" in said
        assert tree(root) == before
        assert file.read_bytes() == own
        book = load_workbook(file.with_name("a.问题.xlsx"))
        assert book.sheetnames[0] == "问题清单"
        assert [row[0].value for row in book["问题清单"].iter_rows(min_row=2)] == [area, phone]
        assert "号码「打过了」不对" in cell_of(book, "阵地!电话3").comment.text
        assert cell_of(book, "阵地!电话3").fill.fgColor.rgb == "00FF9C9C"
        assert cell_of(book, "阵地!电话2").comment is None
        self.mended(book, file.with_name("a.问题.xlsx"), root, capsys)

    def test_a_marked_workbook_says_how_hours_are_read(self, file: Path, root: Path) -> None:
        """Beside a mark of the same cell, never in place of somebody's own comment, and anew each time."""
        self.change(file, 电话3="打过了", 开放时间3="周一到周五8点到23点\n周六9点到12点", 开放时间2="24小时")
        book = load_workbook(file)
        cell_of(book, "阵地!开放时间2").comment = Comment("问过了", "小王")
        cell_of(book, "阵地!开放时间3").fill = PatternFill("solid", fgColor="00CCFFCC")
        book.save(file)
        for name in (file, file.with_name("a.问题.xlsx")):
            assert main(["excel", "import", str(name), "--root", str(root)]) == 1
            marked = load_workbook(file.with_name("a.问题.xlsx"))
            text = cell_of(marked, "阵地!开放时间3").comment.text
            assert text.count("程序是这样读的") == 1
            assert "周一至周五：08:00-23:00\n周六：09:00-12:00\n周日：休息\n节假日：没有写" in text
            assert cell_of(marked, "阵地!开放时间2").comment.text == "问过了"
            assert cell_of(marked, "阵地!开放时间3").fill.fgColor.rgb == "00CCFFCC"
        self.change(file, 开放时间3="看情况")
        assert main(["excel", "import", str(file), "--root", str(root)]) == 1
        assert "程序是这样读的" not in cell_of(load_workbook(file.with_name("a.问题.xlsx")), "阵地!开放时间3").comment.text

    def test_a_remark_stands_below_a_mark_of_its_cell(self, file: Path) -> None:
        marks, remarks = [Mark("阵地", 3, 2, "错了")], [Remark("阵地", 3, 2, "读作"), Remark("没有", 1, 1, "读作")]
        content = file.read_bytes()
        for _ in range(2):
            content = marked(content, marks, "问题清单", ("位置", "要改什么"), remarks, "读法")
            book: Any = load_workbook(io.BytesIO(content))
            assert book["阵地"].cell(3, 2).comment.text == "错了\n读作"

    def test_what_a_whole_column_lacks_is_listed_once(self, file: Path) -> None:
        marks = [
            *(Mark("阵地", row, 2, "缺来源") for row in range(3, 40)),
            Mark("阵地", 4, 3, "缺来源"),
            Mark("阵地", 5, 3, "别的"),
        ]
        book: Any = load_workbook(io.BytesIO(marked(file.read_bytes(), marks, "问题清单", ("位置", "要改什么"))))
        listed = [row[0].value for row in book["问题清单"].iter_rows(min_row=2)]
        assert listed == ["阵地!" + ", ".join(f"B{row}" for row in range(3, 15)) + ", …", "阵地!C4", "阵地!C5"]
        assert all(book["阵地"].cell(row, 2).comment.text == "缺来源" for row in range(3, 40))

    def mended(self, book: Any, marked: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The marked copy is mended and sent back: one cell is right now, the other still is not; then all are."""
        cell_of(book, "阵地!电话3").value = "0512-57621055"
        book.save(marked)
        assert main(["excel", "import", str(marked), "--root", str(root)]) == 1
        again = load_workbook(marked)
        assert cell_of(again, "阵地!电话3").comment is None
        assert cell_of(again, "阵地!面积3").comment is not None
        assert again.sheetnames.count("问题清单") == 1
        cell_of(again, "阵地!面积3").value = "320"
        again.save(marked)
        assert main(["excel", "import", str(marked), "--root", str(root)]) == 0
        assert "改了 1 处阵地" in capsys.readouterr().out

    def test_what_a_change_breaks_elsewhere_is_told(self, file: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The route passes a position that closes; the sheet of routes is not the one that was changed."""
        self.change(file, 状态2="已撤销", 接替阵地2="启发广场党群服务点（qifa-guangchang）")
        before = tree(root)
        assert main(["excel", "import", str(file), "--root", str(root)]) == 1
        assert "routes/lujia-xian.yml:" in capsys.readouterr().out
        assert tree(root) == before

    def test_old_faults_of_other_files_do_not_count(self, file: Path, root: Path) -> None:
        other = root / "positions" / "huaqiao" / "huaqiao-zhan.yml"
        other.write_text(other.read_text("utf-8") + "phone: 没有\n", "utf-8")
        self.change(file, 电话3="0512-57621056")
        assert main(["excel", "import", str(file), "--root", str(root)]) == 0

    def test_comments_of_the_file_stay(self, file: Path, root: Path) -> None:
        first = root / "positions" / "lujia" / "qifa-guangchang.yml"
        first.write_text(first.read_text("utf-8").replace("address:", "# 问过居委会\naddress:"), "utf-8")
        self.change(file, 电话3="0512-57621056")
        assert main(["excel", "import", str(file), "--root", str(root)]) == 0
        assert "# 问过居委会\naddress: 陆家镇启发广场 2 号\n" in first.read_text("utf-8")

    @pytest.mark.parametrize(
        "arguments", [["export"], ["import"], ["export", "a.csv"], ["export", "a.xlsx", "b.xlsx"], ["burn"]]
    )
    def test_wrong_command_lines(self, arguments: list[str], root: Path) -> None:
        assert main(["excel", *arguments, "--root", str(root)]) == 2

    def test_a_town_that_is_not_there(self, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["excel", "export", str(tmp_path / "x.xlsx"), "--town", "月亮镇", "--root", str(root)]) == 2
        assert "陆家镇" in capsys.readouterr().err
        assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.live
@pytest.mark.parametrize("written", ["玉山镇（昆山高新区）", "玉山镇", "昆山高新区", "yushan"])
def test_a_town_of_two_names_is_known_by_each(written: str) -> None:
    settings = settings_of(PROJECT)
    assert names_of(settings, [])["town"].id_of(written) == "yushan"


def test_what_somebody_saves_meanwhile_is_not_lost(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An import looks at everything for seconds; whatever was saved in these is told, and nothing is written."""
    sheet, page = tmp_path / "台账.csv", root / "positions" / "lujia" / "lujia-zhen.yml"
    sheet.write_text("编号,地址\nlujia-zhen,新的路 1 号\nqifa-guangchang,新的路 2 号\n", "utf-8")
    before = tree(root)

    def save() -> None:
        page.write_text(page.read_text("utf-8") + "# 我刚写的\n", "utf-8")

    drafts = list(import_files(root, [sheet], TODAY).drafts)
    save()
    with pytest.raises(EditedMeanwhile, match="lujia-zhen"):
        write(root, drafts)
    assert tree(root) == {**before, "positions/lujia/lujia-zhen.yml": page.read_bytes()}
    with CLOCKWORK.during([(str(page), 3, save)]) as left:
        code = main(["excel", "import", str(sheet), "--root", str(root)])
    assert (code, left) == (1, [])
    assert "请再导入一次" in capsys.readouterr().err
    assert main(["excel", "import", str(sheet), "--root", str(root)]) == 0
    assert "# 我刚写的\n# 我刚写的\n" in page.read_text("utf-8")
    assert "新的路 1 号" in page.read_text("utf-8")
