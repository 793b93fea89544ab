"""What commands print, write into sheets and say in reviews, of a directory whose every text is a stranger's."""

import io
import json
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from haitang.cli import main
from haitang.editors.excel.export import export
from haitang.editors.excel.import_ import import_files
from haitang.editors.issues.reply import inert
from haitang.editors.scaffold import settings_of
from haitang.model.issue_questions import form
from haitang.model.messages import words
from tests.conftest import BASE, Shared
from tests.data.history_world import git
from tests.editors.test_review import OURS, tokens
from tests.hostile.strings import all_strings, visible
from tests.hostile.terminal import COMMAND, DRIVING, driving, ran
from tests.hostile.world import TODAY, Deck, begin

FEW = 6
RISKY = tuple("=+-@＝＋－＠\t\r")


@pytest.fixture(scope="module")
def deck() -> Deck:
    return Deck(visible())


@pytest.fixture
def root(deck: Deck, tmp_path: Path) -> Path:
    """A sound directory that says hostile things, in git."""
    root = begin(tmp_path / "data", deck).root
    git(root, "2026-01-01", "init", "-q", "-b", "main")
    git(root, "2026-01-01", "add", "-A")
    git(root, "2026-01-01", "commit", "-qm", "x")
    return root


def lying(count: int) -> Sequence[str]:
    """Names that a file may have."""
    return [text for text in all_strings() if "/" not in text and "\0" not in text and text not in (".", "..")][:count]


def spoil(root: Path, names: Sequence[str]) -> None:
    """Files and folders of these names wherever there are any, and texts in them that no check takes."""
    for at, name in enumerate(names):
        folder = root / ("positions/town1", "brands", "photos", "routes", "concepts", "positions", "map", ".")[at % 8]
        try:
            (folder / f"{name}{('.yml', '.yml', '.png', '.yml', '.yml', '', '.geojson', '')[at % 8]}").write_bytes(
                f"id: x\nname: {name}\n{name}: x\n".encode("utf-8", "replace")
            )
        except (OSError, UnicodeError):
            continue  # this system's files cannot be called so


def commands(root: Path, out: Path) -> Iterator[list[str]]:
    at = ["--root", str(root)]
    for form_ in ("plain", "github", "gitlab", "json"):
        yield ["check", *at, "--format", form_]
    for form_ in ("markdown", "github", "gitlab", "json"):
        yield ["review", "HEAD", *at, "--format", form_]
    yield ["check", *at, "--lang", "en"]
    yield ["format", "--check", *at]
    yield ["reminders", *at, "--out", str(out), "--today", "2028-01-01"]
    yield ["excel", "export", str(out / "a.xlsx"), *at]
    yield ["excel", "import", str(out / "a.xlsx"), "--dry-run", *at]
    yield ["setup-forge", "github", *at]
    yield ["format", *at]
    yield ["check", "--fix", *at]


def test_no_command_is_driven_by_texts_or_names_of_files(root: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for spoilt in (False, True):
        if spoilt:
            spoil(root, lying(64))
        for argv in commands(root, tmp_path / "out"):
            assert [*driving(argv)] == [], argv


def asked(text: str, root: Path, out: Path) -> Iterator[list[str]]:
    """Command lines in which somebody else's text stands."""
    at = ["--root", str(root)]
    yield ["explain", "hours", f"周一 {text}"]
    for form_ in ("json", "osm", "schema-org"):
        yield ["explain", "hours", "--format", form_, f"每天 09:00-17:00 {text}", f"x{text}"]
    yield ["explain", "when", f"x{text}"]
    yield ["explain", "code", f"x{text}"]
    yield ["check", *at, f"x/{text}"]
    yield ["check", f"--{text}"]
    yield ["new", "position", "--name", f"x{text}", "--town", f"x{text}", *at]
    yield ["excel", "import", str(out / f"x{text}.xlsx"), *at]
    yield ["kiosk", "install", str(out / f"{text}.zip"), str(out / "hall")]
    yield ["review", f"x{text}", *at]


def answered(text: str) -> str:
    """An issue form in which every answer is the text."""
    questions = form("new", settings_of(BASE)).questions
    return "".join(f"### {question.label}\n\n{'陆家镇' if question.id == 'town' else text}\n\n" for question in questions)


def wrong(texts: Sequence[str], out: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    chinese = words("zh-CN")
    root, comment = Path(shutil.copytree(BASE, out / "root")), out / "comment.md"
    monkeypatch.setenv("HAITANG_ISSUE_COMMENT", str(comment))
    for text in texts:
        if "\0" in text:
            continue
        for argv in asked(text, root, out):
            yield from (f"{argv}: {each}" for each in driving(argv))
        (out / "body.md").write_bytes(answered(text).encode("utf-8", "surrogatepass"))
        yield from driving(["issue", str(out / "body.md"), "--root", str(root)])
        said = comment.read_text("utf-8") if comment.exists() else ""
        if DRIVING.search(said) or COMMAND.search(said) or {token.type for token in tokens(said)} - OURS - {"hardbreak"}:
            yield f"a comment says {said!a}"
        if set(inert(text, chinese)) & set("@#<>[]`*|$&!~\n\x1b"):
            yield f"not inert: {text!a}"


def test_no_command_is_driven_by_what_it_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [*wrong(all_strings()[:FEW], tmp_path, monkeypatch)] == []


@pytest.mark.long
def test_no_command_is_driven_by_any_string(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [*wrong(all_strings(), tmp_path, monkeypatch)][:20] == []


def test_a_review_of_strangers_texts_is_only_text(deck: Deck, root: Path, tmp_path: Path) -> None:
    """One directory of hostile texts becomes another."""
    git(root, "2026-01-01", "mv", "positions/town1/p2.yml", "positions/town1/old2.yml")
    other = begin(tmp_path / "other", deck).root
    for path in other.rglob("*.yml"):
        (root / path.relative_to(other)).write_bytes(path.read_bytes())
    (root / "positions/town1/old2.yml").unlink()
    _, said, _ = ran(["review", "HEAD", "--root", str(root), "--map", str(tmp_path / "map.svg")])
    assert {token.type for token in tokens(said)} <= OURS and len(said) > 5_000
    assert not DRIVING.search(said) and not COMMAND.search(said)
    for form_ in ("gitlab", "json"):
        json.loads(ran(["review", "HEAD", "--root", str(root), "--format", form_])[1])


def test_no_cell_is_a_formula_and_all_texts_come_back(root: Path, tmp_path: Path) -> None:
    content = export(root)[0]
    (tmp_path / "a.xlsx").write_bytes(content)
    assert import_files(root, [tmp_path / "a.xlsx"], TODAY).changes == ()
    assert main.main(["reminders", "--root", str(root), "--out", str(tmp_path), "--today", "2028-01-01"]) == 0
    sheets = [tmp_path / "a.xlsx", *tmp_path.rglob("reminders/**/*.xlsx")]
    assert len(sheets) > 1
    for sheet in sheets:
        assert_no_formula(sheet.read_bytes())


def assert_no_formula(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"} and {cell.number_format for cell in cells} == {"@"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(RISKY))
    with zipfile.ZipFile(io.BytesIO(content)) as parcel:
        assert not [name for name in parcel.namelist() if b"<f>" in parcel.read(name) or b"<f " in parcel.read(name)]
        assert not [name for name in parcel.namelist() if "external" in name.lower() or name.endswith(".bin")]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_strangers_sheet_is_told_or_read_and_marks_hold_no_formula(ending: str, tmp_path: Path, shared: Shared) -> None:
    head = ["名称", "区镇", "地址", "电话", "开放时间", "服务", "来源"]
    texts = [text for text in all_strings() if "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)]
    rows = [[texts[at * 7 % len(texts) + more] for more in range(len(head))] for at in range(24)]
    file = tmp_path / f"台账.{ending}"
    if ending == "csv":
        file.write_text(
            "\n".join(",".join('"' + text.replace('"', '""') + '"' for text in row) for row in [head, *rows]), "utf-8"
        )
    else:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in [head, *rows]:
            sheet.append([openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", text) for text in row])
        for row_ in sheet.iter_rows():
            for cell in row_:
                cell.data_type = "s"
        sheet.title = "##'=1+1"
        book.save(file)
    assert [*driving(["excel", "import", str(file), "--root", str(BASE)])] == []
    for made in tmp_path.glob("*.问题.xlsx"):
        with zipfile.ZipFile(made) as parcel:
            assert not [name for name in parcel.namelist() if b"<f>" in parcel.read(name)]
