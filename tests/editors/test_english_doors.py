"""A directory in English from its list to its reminders: whatever a door says or writes is English, and in its own region."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from haitang.cli.main import main
from haitang.editors.entry_files import stored_entries
from haitang.editors.excel.layout import phrases

FOREIGN = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
HEADS = ("Name", "Area", "Address", "Postcode", "Opening hours", "Phone")
ROWS = (
    ("Armley Library", "Armley", "2 Stocks Hill", "LS12 1UQ", "Mon-Fri 9am-5pm, Sat 10am-2pm", "0113 378 5000"),
    ("Headingley Library", "Headingley", "3 North Lane", "LS6 3HG", "Mo-Fr 09:00-17:30; PH off", "0113 378 5001"),
    ("Seacroft Mobile Stop", "Armley", "The Green", "LS14 6JL", "Wed 2pm-4pm", "0113 378 5002"),
)


def saved(path: Path, *rows: tuple[str | float, ...]) -> str:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return str(path)


def words_of(workbook: bytes) -> Iterator[str]:
    """Every text of a workbook: titles, cells, comments, and what may be picked."""
    for sheet in load_workbook(BytesIO(workbook)):
        yield sheet.title
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            yield str(cell.value or "")
            if cell.comment is not None:
                yield from (cell.comment.text, cell.comment.author or "")
        yield from (str(rule.formula1) for rule in sheet.data_validations.dataValidation)


class Doors:
    """A directory and what its commands said; nothing of it may be in another script."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.root, self._capsys = folder, folder / "libraries", capsys

    def __call__(self, *argv: str, expected: int = 0) -> str:
        code = main([*argv, "--lang", "en", *(() if argv[0] == "init" else ("--root", str(self.root)))])
        said = "".join(self._capsys.readouterr())
        assert code == expected, said
        assert FOREIGN.search(said) is None, said
        return said

    def values(self) -> dict[str, dict[str, Any]]:
        return {entry.file: dict(entry.values) for entry in stored_entries(self.root)}


@pytest.fixture
def doors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Doors:
    door = Doors(tmp_path, capsys)
    table = saved(tmp_path / "list.xlsx", HEADS, *ROWS)
    tiers = "Central library, Community library, Mobile stop"
    said = door(
        "init", str(door.root), "--language", "en", "--title", "Leeds", "--area", "Leeds", "--from", table, "--tiers", tiers
    )
    assert "3 new in Places" in said and "Mobile stop 1, 2 without one" in said and '--tier "Mobile stop"' in said
    return door


def test_every_door_is_in_english(doors: Doors) -> None:
    assert "source" not in doors("check")
    before = doors.values()
    everything = str(doors.folder / "all.xlsx")
    assert "3 positions" in doors("excel", "export", everything)
    texts = list(words_of(Path(everything).read_bytes()))
    assert [text for text in texts if FOREIGN.search(text) or "121.04" in text or "010-" in text] == []
    assert "nothing to change" in doors("excel", "import", everything) and doors.values() == before
    assert "Armley" in doors("reminders", "--out", str(doors.folder / "out"))
    for sheet in (doors.folder / "out/reminders").rglob("*.xlsx"):
        assert [text for text in words_of(sheet.read_bytes()) if FOREIGN.search(text)] == []
        doors("excel", "import", str(sheet))
    assert doors.values() == before
    place = ("--name", "Beeston Library", "--town", "Armley", "--hours", "Mon-Fri 9am-5pm", "--source", "visit")
    doors("new", "position", *place, "--date", "30 Nov 2020")
    assert "2020-11-30" in (doors.root / "positions/armley/beeston-library.yml").read_text("utf-8")
    doors("check")
    assert "mobile" in doors("explain", "code", "mobile-number", "bad-hours", "excel-renamed")


def test_a_workbook_is_read_in_either_language(doors: Doors, capsys: pytest.CaptureFixture[str]) -> None:
    before, root = doors.values(), str(doors.root)
    english, chinese = (str(doors.folder / name) for name in ("en.xlsx", "zh.xlsx"))
    assert main(["excel", "export", english, "--root", root]) == 0  # of a directory in English
    assert main(["excel", "export", chinese, "--root", root, "--lang", "zh-CN"]) == 0
    assert "Places" in load_workbook(english).sheetnames and "Places" not in load_workbook(chinese).sheetnames
    for table in (english, chinese):
        for language in ("en", "zh-CN"):
            assert main(["excel", "import", table, "--root", root, "--lang", language]) == 0
    assert doors.values() == before


def test_what_is_wrong_is_told_in_english(doors: Doors) -> None:
    heads = ("Name", "Area", "Address", "Telephone No.", "Opening hours", "Type", "Latitude", "Longitude")
    rows = (
        ("Armley Library", "Armley", "2 Stocks Hill", "07700 900123", "9-5", "Mobile stop", 53.79, -1.58),
        ("Harehills Library", "Harehills", "1 Compton Road", "ring Sheila", "when we like", "Community library", 53.81, -1.52),
    )
    table = saved(doors.folder / "bad.xlsx", heads, *rows)
    said = doors("excel", "import", table, expected=1)
    for part in (
        "mobile",
        "Type=Tier",
        "Harehills",
        "- id: harehills",
        "--precision",
        "exact (at the door)",
        "headings that are known",
        "Telephone No. (Phone)",
    ):
        assert part in said, part
    assert "--crs" not in said.partition("note:")[0] and "phone or web map" in said
    marked = (doors.folder / f"bad{next(each for each in phrases('marks_ending') if each.isascii())}").read_bytes()
    assert [text for text in words_of(marked) if FOREIGN.search(text)] == []


def test_points_and_tiers_of_places_that_are_there_are_taken(doors: Doors) -> None:
    """Whatever was said for all rows counts for those that bring a point, or have no tier."""
    points = [(*row, 53.794161, -1.580112) for row in ROWS[:2]]
    table = saved(doors.folder / "points.xlsx", (*HEADS, "Latitude", "Longitude"), *points)
    assert '"How exact" is missing' in doors("excel", "import", table, expected=1)
    assert "knows no" in doors("excel", "import", table, "--precision", "about", expected=2)
    doors("excel", "import", table, "--precision", "door", "--tier", "Community library")
    found = {values["name"]: values for values in doors.values().values()}
    exact = {"lon": "-1.580112", "lat": "53.794161", "crs": "wgs84", "precision": "exact"}
    assert found["Armley Library"]["location"] == found["Headingley Library"]["location"] == exact
    assert found["Armley Library"]["tier"] != found["Seacroft Mobile Stop"]["tier"]
    assert "nothing to change" in doors("excel", "import", table, "--precision", "door", "--tier", "Mobile stop")
    moved = saved(doors.folder / "named.xlsx", ("Name", "Area", "Latitude", "Longitude", "Coordinate system", "How exact"),
                  ("Armley Library", "Armley", 53.8, -1.6, "GPS", "in the street"))  # fmt: skip
    doors("excel", "import", moved)
    assert (
        next(each for each in doors.values().values() if each["name"] == "Armley Library")["location"]["precision"] == "street"
    )


def test_a_place_under_another_name_is_asked_about(doors: Doors) -> None:
    before = doors.values()
    renamed = ("Armley Community Hub", *ROWS[0][1:])
    table = saved(doors.folder / "renamed.xlsx", HEADS, renamed, *ROWS[1:])
    said = doors("excel", "import", table, expected=1)
    assert '"Armley Community Hub" is at the address of "Armley Library"' in said and "--renamed" in said
    assert doors.values() == before
    said = doors("excel", "import", table, "--renamed", "yes")
    assert "2 unchanged" in said and len(doors.values()) == 3
    assert doors.values()["positions/armley/armley-library.yml"]["name"] == "Armley Community Hub"


def test_rows_that_are_gone_are_counted_and_values_that_go_are_named(doors: Doors) -> None:
    table = saved(doors.folder / "less.xlsx", HEADS, (*ROWS[0][:5], "0113 378 5009"), ROWS[1])
    assert "1 of Places are not in the table (Seacroft Mobile Stop)" in doors("excel", "import", table)
    everything = doors.folder / "all.xlsx"
    doors("excel", "export", str(everything))
    book = load_workbook(everything)
    sheet = book["Places"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Phone")
    sheet.cell(2, column).value = None
    book.save(everything)
    assert "deleted: Phone" in doors("excel", "import", str(everything))


def test_a_terminal_asks_again_and_offers_what_there_is(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answers = iter(("Beeston Library", "Leds", "Armley", "", "", "", "", "", "Visited", "", "5/11/2020", "30/11/2020", ""))

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("builtins.input", answer)
    doors("new", "position")
    assert not [question for question in asked if FOREIGN.search(question)]
    assert "Armley" in asked[1] and "0121" in " ".join(asked) and sum("facts come from" in each for each in asked) == 2
