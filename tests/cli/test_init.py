"""A directory of one's own: begun by one command, sound and built as it stands, with nothing of anybody else in it."""

import re
import shutil
import sys
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from openpyxl import Workbook

from haitang.checks.load import load
from haitang.cli.main import main
from haitang.data.directory import Directory
from haitang.editors.new_directory import LANGUAGES, WORKFLOWS, towns_among, usual
from tests.site.test_another_city import OURS, leaks

TODAY = date(2999, 1, 1)  # after whatever day the machine says it is


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))


def init(folder: Path, *more: str) -> int:
    return main(["init", str(folder), *more])


def listed(path: Path, rows: list[list[str]]) -> Path:
    return saved(path, [["序号", "服务点名称", "所属街道", "详细地址", "开放时间"], *rows])


def saved(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_each_language_begins_a_directory_of_its_own(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "d"
    assert init(folder, "--language", language) == 0
    capsys.readouterr()
    assert main(["check", "--root", str(folder)]) == 0
    said = capsys.readouterr().out
    assert not [line for line in said.splitlines() if re.search(r":\d+:\d+: ", line) and "region-part" not in line], said
    directory = load(folder, today=TODAY)
    assert len(directory.positions) == 1
    assert directory.settings.timezone == usual(language)["timezone"]
    assert directory.settings.languages == (language,)
    assert directory.settings.region == usual(language)["region"]
    for path in filter(Path.is_file, folder.rglob("*")):
        text = path.read_text("utf-8")
        assert not OURS.search(re.sub("HAITANG_[A-Z]+", "", text)), path
        if language == "en" and path.suffix != ".yml":
            assert not re.search("[\u4e00-\u9fff]", text), path
        assert language != "zh-TW" or ".g" in str(path) or not SIMPLIFIED.search(text), path
    settings = (folder / "directory.yml").read_text("utf-8")
    assert language != "en" or not re.search("[\u4e00-\u9fff]", settings)


SIMPLIFIED = re.compile("[这资网页关于录区镇级设单务业发动单开时个处写错删见张给们对来么东图]".replace("于", ""))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_each_language_is_built(language: str, tmp_path: Path) -> None:
    assert init(tmp_path / "d", "--language", language) == 0
    assert main(["site", "--root", str(tmp_path / "d"), "--out", str(tmp_path / "out")]) == 0
    assert leaks(tmp_path / "out" / "site") == {}
    page = next((tmp_path / "out" / "site" / "positions").glob("*.html")).read_text("utf-8")
    assert {"en": "An example, delete it", "zh-TW": "這是例子，請刪掉"}[language] in page
    about = (tmp_path / "out" / "site" / "about.html").read_text("utf-8")
    assert f"<title>{ {'en': 'About this site', 'zh-TW': '關於本站'}[language] } · " in about and "跳转" not in about


def test_the_area_code_is_that_of_the_list(tmp_path: Path) -> None:
    rows = [["名称", "区镇", "电话"], ["东园站", "东镇", "0510-81000001"], ["西园站", "西镇", "0510-81000002"]]
    assert init(tmp_path / "d", "--area", "某市", "--from", str(saved(tmp_path / "表.xlsx", rows))) == 0
    assert load(tmp_path / "d", today=TODAY).settings.area_code == "0510"


def test_a_list_without_a_source_is_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["Name", "Area"], ["Armley Library", "Armley"], ["Beeston Mobile Stop", "Beeston"]]
    table = str(saved(tmp_path / "branches 2026.xlsx", rows))
    given = ("--language", "en", "--lang", "en", "--from", table, "--tiers", "Library,Mobile stop", "--tier", "Library")
    assert init(tmp_path / "d", *given) == 0
    assert "tiers: Library 1, Mobile stop 1." in capsys.readouterr().out
    assert init(tmp_path / "e", *given[:-1], "Palace") == 1
    told = capsys.readouterr()
    assert "Palace" in told.err and f'excel import "{table}"' in told.out
    found = load(tmp_path / "d", today=TODAY).positions
    assert {(each.sources[0].title, each.tier) for each in found} == {
        ("branches 2026", "library"),
        ("branches 2026", "mobilestop"),
    }


def test_with_nothing_said_it_is_sound_and_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "我的 名录"
    assert init(folder) == 0
    assert main(["check", "--root", str(folder)]) == 0
    assert main(["site", "--root", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert leaks(tmp_path / "out" / "site") == {}
    assert not [
        path for path in folder.rglob("*") if path.is_file() and OURS.search(path.read_text("utf-8")) and path.suffix != ".md"
    ]
    page = next((tmp_path / "out" / "site" / "positions").glob("*.html")).read_text("utf-8")
    assert "这是例子，请删掉" in page
    capsys.readouterr()


def test_every_choice_that_is_explained_may_be_taken(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands behind `#` in directory.yml and in the example, with the `#` taken away."""
    assert init(tmp_path / "d", "--language", language) == 0
    (example,) = (tmp_path / "d" / "positions").rglob("*.yml")
    for file, least in ((tmp_path / "d" / "directory.yml", 14), (example, 5)):
        lines = file.read_text("utf-8").splitlines()
        assert sum(is_choice(line) for line in lines) >= least
        lines = [line.replace("# ", "", 1) if is_choice(line) else line for line in lines]
        file.write_text("\n".join(lines), "utf-8")
    assert main(["check", "--root", str(tmp_path / "d")]) == 0, capsys.readouterr().out


def is_choice(line: str) -> bool:
    """`# field: …`, or an item of a list."""
    return bool(re.match(r"\s*# +(?:- )?(?:[a-z0-9_]+:(?: |$)|(?<=- )\S)", line))


@pytest.mark.parametrize(
    ("title", "area", "towns"),
    [
        ("城东社区服务点", "城东区", "东镇、西镇"),
        ("甲: 乙 # 丙", "- 区", "a,b"),
        ("'引号' \"双\"", "[区]", "{镇}、*镇、&镇"),
        ("是", "yes", "1、2"),
        ("$title ${x} %s {0}", "区", "镇"),
        ("  空  格  ", "区", "新镇；老镇;东镇,西镇"),
        ("Leeds Libraries", "Leeds", "Armley,Headingley"),
    ],
)
def test_names_are_taken_as_they_are(tmp_path: Path, title: str, area: str, towns: str) -> None:
    assert init(tmp_path / "d", "--title", title, "--area", area, "--towns", towns) == 0
    settings = load(tmp_path / "d", today=TODAY).settings
    assert (settings.title, settings.areas[0].name) == (" ".join(title.split()), area)
    assert {town.name for town in settings.areas[0].towns} == set(re.split("[、；;,]", towns))


@pytest.mark.parametrize("wrong", ["", "   ", "、", "x" * 61, "a\x1b[31m", "\u202e甲"])
def test_names_that_cannot_be_shown_are_refused(tmp_path: Path, wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "d", "--title", wrong) == 2
    assert not (tmp_path / "d").exists()
    assert "\x1b" not in capsys.readouterr().err


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")
    assert init(tmp_path) == init(tmp_path / "x") == 2
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert str(tmp_path) in capsys.readouterr().err


def test_a_list_becomes_a_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1,500 places in nine towns, none of which was written anywhere."""
    towns = [f"{name}街道" for name in "江海 通江 北大街 惠山 黄巷 山北 崇安寺 上马墩 广瑞路".split()]
    rows = [
        [
            str(at),
            f"{'东西南北中'[at % 5]}{'春夏秋冬和平安康乐'[at // 5 % 9]}{'园河桥里湾坊塘'[at // 45 % 7]}{at // 315}社区服务站",
            towns[at % 9],
            f"人民路 {at + 1} 号",
            "周一至周五 9:00-17:00" if at % 3 else "",
        ]
        for at in range(1500)
    ]
    assert (
        init(
            tmp_path / "d",
            "--title",
            "社区服务点",
            "--area",
            "梁溪区",
            "--from",
            str(listed(tmp_path / "台账.xlsx", rows)),
            "--source",
            "2026年台账",
        )
        == 0
    )
    said = capsys.readouterr().out
    assert said.count("\n") < 20 and "1495" in said
    directory = load(tmp_path / "d", today=TODAY)
    assert len(directory.positions) == 1500
    assert {town.name for town in directory.settings.areas[0].towns} == set(towns)
    assert sum(position.hours is not None for position in directory.positions) == 1000


def test_a_list_that_is_wrong_leaves_a_directory_to_put_it_into(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = listed(tmp_path / "台账.xlsx", [["1", "甲社区服务站", "江海街道", "人民路 1 号", "随便什么时候"]])
    assert init(tmp_path / "d", "--from", str(sheet), "--source", "台账") == 1
    said = capsys.readouterr().out
    assert "E2" in said and "excel import" in said
    sheet = listed(sheet, [["1", "甲社区服务站", "江海街道", "人民路 1 号", "每天 9:00-17:00"]])
    assert main(["excel", "import", str(sheet), "--root", str(tmp_path / "d"), "--source", "台账"]) == 0
    assert main(["check", "--root", str(tmp_path / "d")]) == 0


def test_a_list_without_towns_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved(tmp_path / "x.xlsx", [["名称", "地址"], ["甲站", "人民路 1 号"]])
    assert init(tmp_path / "d", "--from", str(tmp_path / "x.xlsx")) == 2
    assert "--towns" in capsys.readouterr().err and not (tmp_path / "d").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff" * 100])
def test_a_list_that_cannot_be_read_says_so(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    assert init(tmp_path / "d", "--from", str(tmp_path / "x.xlsx")) in (1, 2)
    assert "x.xlsx" in "".join(capsys.readouterr()) and not (tmp_path / "d").exists()


def test_on_a_terminal_what_is_not_given_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(
        monkeypatch, {"语言": "", "名录叫什么": "我的名录", "哪个市": "", "区镇": "东镇、西镇", "分几级": "", "托管": "gitlab"}
    )
    assert init(tmp_path / "d") == 0
    settings = load(tmp_path / "d", today=TODAY).settings
    assert (settings.title, settings.areas[0].name) == ("我的名录", usual("zh-CN")["area"])
    assert [town.name for town in settings.areas[0].towns] == ["东镇", "西镇"]
    assert [file for file in WORKFLOWS.values() if (tmp_path / "d" / file).exists()] == [".gitlab-ci.yml"]


def test_abroad_the_clock_is_asked_for_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {
        "语言": "en",
        "名录叫什么": "",
        "哪个市": "Cork",
        "区镇": "Cobh, Bandon",
        "分几级": "Library, Branch, Van",
        "时区": "Europe/Dublin",
        "国家": "ie",
        "托管": "",
    }
    answer(monkeypatch, answers)
    assert init(tmp_path / "d") == 0
    settings = load(tmp_path / "d", today=TODAY).settings
    assert (settings.title, settings.areas[0].name, settings.timezone) == (usual("en")["title"], "Cork", "Europe/Dublin")
    assert settings.region == "IE"
    assert [(tier.id, tier.name) for tier in settings.tiers] == [("library", "Library"), ("branch", "Branch"), ("van", "Van")]


@pytest.mark.parametrize(
    "tiers", ["总馆", "总馆、分馆", "一、二、三、四、五、六", "a,b,c,d,e,f,g,h,i,j,k,l", "馆、馆", "other、centre"]
)
def test_tiers_are_its_own(tiers: str, tmp_path: Path) -> None:
    assert init(tmp_path / "d", "--tiers", tiers) == 0
    assert main(["check", "--root", str(tmp_path / "d")]) == 0
    directory = load(tmp_path / "d", today=TODAY)
    assert [tier.name for tier in directory.settings.tiers] == list(dict.fromkeys(re.split("[、,]", tiers)))


@pytest.mark.parametrize("tiers", ["", "、", ",".join("abcdefghijklm"), "x" * 61, "\x1b"])
def test_tiers_that_cannot_be_are_refused(tiers: str, tmp_path: Path) -> None:
    assert init(tmp_path / "d", "--tiers", tiers) == 2
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize("timezone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # never the same day
def test_the_day_is_that_of_its_clock(timezone: str, tmp_path: Path) -> None:
    assert init(tmp_path / "d", "--language", "en", "--timezone", timezone) == 0
    assert main(["check", "--root", str(tmp_path / "d")]) == 0


def answer(monkeypatch: pytest.MonkeyPatch, answers: dict[str, str]) -> None:
    """A terminal where each question is answered by a word in it."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: next(answers[word] for word in answers if word in question))


@pytest.mark.parametrize(
    "wrong",
    [
        ("--timezone", "Leeds"),
        ("--timezone", "../etc/passwd"),
        ("--timezone", ""),
        ("--region", "Britain"),
        ("--region", "QX"),
        ("--region", "GB-XYZ"),
        ("--region", "G1"),
        ("--region", "英国"),
        ("--language", "fr"),
        ("--forge", "sourceforge"),
    ],
)
def test_what_cannot_be_is_refused(wrong: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "d", "--language", "en", *wrong) == 2
    assert {wrong[0], wrong[1]} & set(re.findall(r"--[a-z]+|[\w]+", capsys.readouterr().err))
    assert not (tmp_path / "d").exists()


def test_a_list_of_libraries_with_english_headings(tmp_path: Path) -> None:
    sheet = [
        ["Leeds Libraries"],
        ["No.", "Name", "Address", "Postcode", "Opening hours", "Area", "Facilities"],
        [
            "1",
            "Armley Library",
            "2 Stocks Hill, Leeds",
            "LS12 1UQ",
            "Mon-Fri 09:00-17:00; Sat 10:00-13:00",
            "Armley",
            "Wi-Fi, Toilet",
        ],
        ["2", "Chapel Allerton Community Hub and Library", "106 Harrogate Road, LS7 4LZ", "LS7 4LZ", "", "Chapel Allerton", ""],
        ["3", "The Reading Room", "1 High Street", "", "Mo-Fr 10:00-19:00", "chapel  allerton", "Seats"],
        ["Total", "3"],
    ]
    given = ("--area", "Leeds", "--from", str(saved(tmp_path / "list.xlsx", sheet)), "--source", "List of 2026")
    assert init(tmp_path / "d", "--language", "en", *given) == 0
    directory = load(tmp_path / "d", today=TODAY)
    assert [town.name for town in directory.settings.areas[0].towns] == ["Armley", "Chapel Allerton"]
    found = {each.name: each for each in directory.positions}
    assert [each.address for _, each in sorted(found.items())] == [
        "2 Stocks Hill, Leeds, LS12 1UQ", "106 Harrogate Road, LS7 4LZ", "1 High Street"
    ]  # fmt: skip
    assert found["Armley Library"].facilities == ("Wi-Fi", "Toilet")
    assert found["The Reading Room"].town == found["Chapel Allerton Community Hub and Library"].town
    assert [each.hours is not None for _, each in sorted(found.items())] == [True, False, True]


def test_what_is_wrong_with_it_is_told_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["Library", "Area", "Phone", "Opening hours"], ["Armley Library", "Armley", "none of yours", "when we like"]]
    given = ("--language", "en", "--lang", "en", "--from", str(saved(tmp_path / "l.xlsx", rows)), "--source", "x")
    assert init(tmp_path / "d", *given) == 1
    said = capsys.readouterr().out
    saved(tmp_path / "l.xlsx", [rows[0][:2], rows[1][:2]])
    assert (
        main(["excel", "import", str(tmp_path / "l.xlsx"), "--root", str(tmp_path / "d"), "--source", "x", "--lang", "en"]) == 0
    )
    assert "Name: Armley Library" in capsys.readouterr().out
    assert '"Phone"' in said and '"Opening hours"' in said and not re.search("电话|开放时间", said)


def test_words_that_a_list_often_has_are_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands once may be a slip; what is known, no word, or not known is not added."""
    services = [
        "便民服务、就业服务",
        "便民服务，茶艺",
        "量血压；暂无",
        "量血压、拨打12345咨询",
        "拨打12345咨询",
        "暂无",
        "为老人送餐。",
        "",
    ]
    rows = [
        ["名称", "区镇", "服务", "设施"],
        *([f"{at}号社区站", "东镇", each, "厕所、血压计"] for at, each in enumerate(services, 1)),
    ]
    init(tmp_path / "d", "--from", str(saved(tmp_path / "l.xlsx", rows)), "--source", "台账")
    vocabularies = load(tmp_path / "d", today=TODAY).settings.vocabularies
    known = {term.name for term in load_fresh(tmp_path / "fresh").settings.vocabularies.services}
    assert {term.name for term in vocabularies.services} - known == {"便民服务", "量血压"}
    assert [term.name for term in vocabularies.facilities][-1] == "血压计"
    assert len({term.slug for term in (*vocabularies.services, *vocabularies.facilities)}) == len(
        (*vocabularies.services, *vocabularies.facilities)
    )
    assert "便民服务、量血压、血压计" in capsys.readouterr().out


def load_fresh(folder: Path) -> Directory:
    assert init(folder) == 0
    return load(folder, today=TODAY)


def test_a_postcode_without_an_address_is_not_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["Library", "Address", "Postcode", "Town"],
        ["Armley Library", "", "LS12 1UQ", "Armley"],
        ["B", "1 High St", "", "Armley"],
    ]
    assert init(tmp_path / "d", "--language", "en", "--from", str(saved(tmp_path / "l.xlsx", rows)), "--source", "x") == 1
    assert "Postcode" in capsys.readouterr().out


def test_towns_of_a_list_are_each_one() -> None:
    assert towns_among(["Chapel  Allerton", "CHAPEL ALLERTON", "Armley "]) == ("Armley", "Chapel Allerton")
    assert towns_among(["陆家镇", "陆家", " 花桥 镇", "花桥镇", "", "x", "长" * 50]) == ("花桥镇", "陆家镇")


def test_its_own_words_are_its_own(tmp_path: Path) -> None:
    assert init(tmp_path / "d", "--title", "读书点") == 0
    words = tmp_path / "d" / "words" / "site.zh-CN.yml"
    words.write_text(words.read_text("utf-8").replace("brands_title: 品牌", "brands_title: 读书会"), "utf-8")
    shutil.copytree(
        Path("tests/golden/world/brands").resolve(), tmp_path / "d" / "brands", ignore=shutil.ignore_patterns("he-hua*")
    )
    assert main(["site", "--root", str(tmp_path / "d"), "--out", str(tmp_path / "out")]) == 0
    assert "<title>读书会" in (tmp_path / "out/site/brands/index.html").read_text("utf-8")
