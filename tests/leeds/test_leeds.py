"""A made-up network of libraries in Leeds: its entries are taken as people there write them, and their mistakes are told."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from haitang.checks.load import load
from haitang.cli.main import main
from haitang.core.problems import InvalidDirectory, Problem
from haitang.data.directory import Directory
from haitang.editors.new_ids import new_id
from haitang.model.abroad.phones import tel
from haitang.model.abroad.region import settle
from haitang.model.cures.meanings import meant
from haitang.model.formatter import formatted
from haitang.model.messages import words
from haitang.model.written.phones import spelled_phone
from haitang.schedule.holidays import ANNOUNCED, calendar_of
from tests.conftest import problems_of
from tests.worlds import publish

WORLD = Path(__file__).with_name("world")
HUB = "positions/city/aire-street-hub.yml"
TODAY = date(2026, 11, 30)
LANGUAGES = ("zh-CN", "en")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WORLD, tmp_path / "root"))


@pytest.fixture
def leeds() -> Directory:
    return load(WORLD, today=TODAY, advised=True)


def test_nothing_is_to_be_said_of_it() -> None:
    assert problems_of(WORLD) == ()


def test_hours_and_numbers_are_read(leeds: Directory) -> None:
    hub, night = leeds.position["aire-street-hub"], leeds.position["night-room"]
    assert hub.hours and hub.hours.week[0] == ((540, 1050),) and hub.hours.week[5] == ((600, 840),)
    assert hub.hours.holidays == "closed"
    assert leeds.position["headingley-branch"].hours.text.startswith("Monday 9am-5pm; Tuesday")  # type: ignore[union-attr]
    assert night.hours and night.hours.always
    phones = [leeds.position[name].phone for name in ("st-bart-s-lane", "canal-wharf", "night-room", "otley-branch")]
    assert phones == ["0113 496 0103", "0113 496 0104", "0113 496 0105 x12", "01943 465000"]
    assert [tel(phone or "") for phone in phones] == [
        "+441134960103", "+441134960104", "+441134960105;ext=12", "+441943465000",
    ]  # fmt: skip
    assert [event.when is not None for event in hub.activities] == [True, True]


def test_holidays_are_those_of_england(leeds: Directory) -> None:
    calendar = leeds.settings.calendar
    for day in (date(2026, 12, 25), date(2026, 12, 28), date(2026, 4, 3), date(2026, 8, 31), date(2028, 1, 3)):
        assert day in calendar.off, day
    assert not calendar.worked and date(2026, 10, 1) not in calendar.off
    assert date(2026, 8, 31) not in calendar_of("GB", "SCT").off


def test_holidays_that_the_directory_states_win(leeds: Directory) -> None:
    calendar = leeds.settings.calendar
    assert date(2027, 6, 7) in calendar.off and date(2027, 6, 7) not in calendar_of("GB", "ENG").off


def test_nobody_knows_holidays_everywhere() -> None:
    calendar = calendar_of("IO")
    assert not calendar.off
    assert calendar.last_year < ANNOUNCED.last_year


# The line that goes, the line that comes, the code, what is told in Chinese and in English, and what to write instead.
MISTAKES = {
    "a digit too few": ("phone: 0113 496 0101", "phone: 0113 496 010", "bad-phone-abroad", "0121 234 5678", "0121 234", ""),
    "a digit too many": ("phone: 0113 496 0101", "phone: 0113 496 01011", "bad-phone-abroad", "GB", "GB", ""),
    "no area code": ("phone: 0113 496 0101", "phone: 496 0101", "bad-phone-abroad", "", "", "0113 496 0101"),
    "half a number": ("phone: 0113 496 0101", "phone: 0113 496", "bad-phone-abroad", "", "", ""),
    "a label": ("phone: 0113 496 0101", "phone: 'Tel: 0113 496 0101'", "bad-phone-abroad", "", "", "0113 496 0101"),
    "a remark": ("phone: 0113 496 0101", "phone: 0113 496 0101 (Mondays)", "bad-phone-abroad", "", "", "0113 496 0101"),
    "two numbers": ("phone: 0113 496 0101", "phone: 0113 496 0101 / 0113 496 0102", "phone-several", "2", "2", ""),
    "a mobile": ("phone: 0113 496 0101", "phone: 07400 123456", "mobile-number", "", "", ""),
    "a number of China": ("phone: 0113 496 0101", "phone: 0512-57621055", "bad-phone-abroad", "GB", "GB", ""),
    "ten to two": (
        "hours: Mon-Fri 9am-5.30pm; Sat 10am-2pm; closed bank holidays", "hours: Mon-Fri 9am-5.30pm, Sat 10-2",
        "hours-hour-unclear", "10-2", "10-2", "",
    ),
    "nine to five": (
        "hours: Mon-Fri 9am-5.30pm; Sat 10am-2pm; closed bank holidays", "hours: Mon-Fri 9-5",
        "hours-hour-unclear", "9-5", "9-5", "",
    ),
    "no days": (
        "hours: Mon-Fri 9am-5.30pm; Sat 10am-2pm; closed bank holidays", "hours: 9am-5.30pm", "hours-no-days",
        "9am-5.30pm", "9am-5.30pm", "",
    ),
    "term time": (
        "hours: Mon-Fri 9am-5.30pm; Sat 10am-2pm; closed bank holidays", "hours: Mon-Fri 9am-5.30pm in term time",
        "season-without-dates", "term time", "term time", "",
    ),
    "Easter": (
        "hours: Mon-Fri 9am-5.30pm; Sat 10am-2pm; closed bank holidays", "hours: Mon-Fri 9am-5pm, closed Easter Monday",
        "hours-lunar", "Easter", "Easter", "",
    ),
    "a map of China": ("  crs: wgs84", "  crs: gcj02", "crs-abroad", "GB", "GB", ""),
    "north and west": ("  lon: -1.5491\n  lat: 53.7951", "  lon: 53.7951\n  lat: -1.5491", "outside-swapped", "", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_told(name: str, root: Path) -> None:
    old, new, code, chinese, english, guess = MISTAKES[name]
    text = (root / HUB).read_text("utf-8")
    assert old in text
    (root / HUB).write_text(text.replace(old, new), "utf-8")
    (told,) = [problem for problem in problems_of(root) if problem.level == "error"]
    assert (told.code, told.values.get("guess", "")) == (code, guess)
    assert told.place.file == HUB
    for language, said in zip(LANGUAGES, (chinese, english), strict=True):
        sentence = words(language).problem(told)
        assert said in sentence and "{" not in sentence, sentence


@pytest.mark.parametrize(
    ("region", "sound"),
    [("GB", True), ("gb-eng", True), ("FR", True), ("AQ", False), ("UK", False), ("GB-XX", False), ("E", False)],
)
def test_regions(region: str, sound: bool, root: Path) -> None:
    text = (root / "directory.yml").read_text("utf-8")
    (root / "directory.yml").write_text(text.replace("region: GB-ENG", f"region: {region}"), "utf-8")
    codes = {problem.code for problem in problems_of(root) if problem.place.file == "directory.yml"}
    assert ("bad-region" in codes) is not sound


@pytest.mark.parametrize(
    ("country", "written", "spelled"),
    [
        ("GB", "+44 (0)113 496 0101", "0113 496 0101"),
        ("GB", "01134960101", "0113 496 0101"),
        ("GB", "0113-496-0101", "0113 496 0101"),
        ("GB", "1134960101", "0113 496 0101"),
        ("GB", "+353 1 677 7900", "+353 1 677 7900"),
        ("GB", "111", "111"),
        ("GB", "not a number", "not a number"),
        ("US", "212.555.0123", "(212) 555-0123"),
        ("FR", "0033144771234", "01 44 77 12 34"),
        ("DE", "030/123456", "030 123456"),
        ("JP", "03-3581-2331", "03-3581-2331"),
        ("CN", "0512 57621055", "0512-57621055"),
    ],
)
def test_numbers_are_spelled_as_in_their_country(country: str, written: str, spelled: str) -> None:
    settle(country)
    assert spelled_phone(written) == spelled
    assert spelled_phone(spelled) == spelled


@pytest.mark.parametrize("text", ["496 0101", "Tel. 0113 496 0101", "reception: 0113 496 0101", "+441134960101"])
def test_what_a_number_means_is_found(text: str) -> None:
    settle("GB")
    assert meant(text, "phone", "phone", "0113") == "0113 496 0101"


def test_a_format_keeps_english_as_it_is() -> None:
    load(WORLD, today=TODAY)
    for file in sorted(WORLD.glob("positions/*/*.yml")):
        text = file.read_text("utf-8")
        made = formatted(text, "position")
        if "hours:\n" not in text and file.stem not in ("st-bart-s-lane", "canal-wharf", "night-room", "otley-branch"):
            assert not file.stem.startswith(("chevin", "wharfe")) or "01943 46500" in made
        assert "；" not in made and "，" not in made, made


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("Château d'Œx", "chateau-d-oex"),
        ("Łódź", "lodz"),
        ("Ελλάδα", "ellada"),
        ("Библиотека имени Пушкина", "biblioteka-imeni-pushkina"),
        ("Zürich – Oerlikon", "zurich-oerlikon"),
        ("St. Bart's Hub & Library", "st-barts-hub-library"),
        ("Đà Nẵng", "da-nang"),
        ("Straße 5", "strasse-5"),
        ("The Reginald Centre (Chapeltown)", "the-reginald-centre-chapeltown"),
        ("한국도서관", "hangugdoseogwan"),
        ("启发广场党群服务点", "qifa-guangchang"),
        ("启发广场 Café", "qifa-guangchang-cafe"),
        ("🌳", "position"),
    ],
)
def test_ids_of_names_in_any_script(name: str, entry_id: str) -> None:
    assert new_id("position", name, ()) == entry_id


def told(root: Path) -> tuple[Problem, ...]:
    try:
        return load(root, today=TODAY, advised=True).remarks
    except InvalidDirectory as invalid:
        return invalid.problems


def test_another_country_reads_numbers_anew(root: Path) -> None:
    """Whatever was noted of them."""
    assert told(root) == ()
    text = (root / "directory.yml").read_text("utf-8")
    (root / "directory.yml").write_text(text.replace("region: GB-ENG", "region: US"), "utf-8")
    assert {problem.code for problem in told(root)} >= {"bad-phone-abroad"}


ROWS = (
    ("Name", "Town", "Address", "Opening hours", "Phone", "Services", "Source"),
    (
        "Château d'Œx House",
        "City centre",
        "2 The Headrow",
        "Mo-Fr 09:00-17:30; PH off",
        "0113 496 0121",
        "Book loans",
        "A list",
    ),
    ("Kirkstall Library", "Headingley", "11 Abbey Walk", "Mon-Fri 9am-5pm\nSat 10am-1pm", 1134960120, "Book loans", "A list"),
    ("Market Kiosk", "City centre", "3 Kirkgate", "Sat 10am-2pm", "496 0122", "Book loans, Reading group", "A list"),
)


def test_their_own_list_is_imported(root: Path, tmp_path: Path) -> None:
    book = Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(tmp_path / "list.xlsx")
    assert main(["excel", "import", str(tmp_path / "list.xlsx"), "--root", str(root)]) == 0
    chateau, kirkstall, kiosk = (
        (root / "positions" / file).read_text("utf-8")
        for file in ("city/chateau-d-oex-house.yml", "headingley/kirkstall-library.yml", "city/market-kiosk.yml")
    )
    assert "hours: Mo-Fr 09:00-17:30; PH off\n" in chateau
    assert "hours: Mon-Fri 9am-5pm; Sat 10am-1pm\n" in kirkstall and "phone: 0113 496 0120\n" in kirkstall
    assert "phone: 0113 496 0122\n" in kiosk
    assert not [problem for problem in problems_of(root) if problem.level == "error"]


def test_a_new_place_is_begun(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--name", "Łódź House Reading Room", "--town", "city", "--hours", "Mon-Fri 9am-5pm", "--phone", "(0113) 4960130"]
    assert main(["new", "position", *said, "--tier", "room", "--source", "A list", "--root", str(root)]) == 0
    text = (root / "positions/city/lodz-house-reading-room.yml").read_text("utf-8")
    assert "hours: Mon-Fri 9am-5pm\n" in text and "phone: 0113 496 0130\n" in text
    capsys.readouterr()
    assert main(["new", "position", *said[:-1], "0113 496", "--source", "A list", "--root", str(root), "--lang", "en"]) != 0
    assert "0121 234 5678" in "".join(capsys.readouterr())


@pytest.mark.long
def test_its_site_dials_from_anywhere(tmp_path: Path) -> None:
    publish(WORLD, tmp_path, today=TODAY)
    page = (tmp_path / "site" / "positions" / "night-room.html").read_text("utf-8")
    assert 'href="tel:+441134960105;ext=12"' in page
    assert '.dial={"code":"44","trunk":"0"}' in (tmp_path / "site" / "assets" / "words.js").read_text("utf-8")
