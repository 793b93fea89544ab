"""The rules that the form brings along: whatever `check` refuses in a single field, the form refuses before it is saved; and
what it takes of times where no server reads them, the reader takes too."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from haitang.checks.load import load
from haitang.core.problem_codes import CODES
from haitang.editors.dry_run import Places
from haitang.editors.entry_files import plain
from haitang.model.field_specs import MODELS, entry_spec
from haitang.model.paths import kind_of
from haitang.model.validation import read
from haitang.model.written.personal import personal_number
from haitang.model.written.unknown import is_unknown
from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.opening_hours_reader import read_hours
from haitang.schedule.recurrence_parser import read_when
from haitang.site.form_editor.rules import script
from haitang.source.parser import Fields, parse
from tests.conftest import BASE, TODAY
from tests.editors.form_judge import FormJudge
from tests.editors.test_form_server import RIGHT, wrong_values
from tests.model.test_unknown import KNOWN, UNKNOWN
from tests.test_mistakes import MISTAKES
from tests.worlds import PROJECT

# What is wrong with more than one field, with another entry, a picture or a file; the names of fields, which the form writes.
NOT_OF_ONE_VALUE = frozenset(
    """id-not-file id-taken id-collides town-not-folder unknown-brand unknown-position activity-repeated own-parent cycle
    parent-not-higher same-name missing-successor successor-of-open concept-repeated closed-stop metres-before-first
    stop-repeated shorter-than-straight swapped off-earth outside-town outside-crs outside-swapped photo-missing photo-too-large
    photo-too-many-pixels photo-broken photo-no-picture photo-no-credit photo-tells-place photo-tells-serial photo-tells-person
    photo-heic-renamed no-sources reading-misfit hours-holidays-differ notice-reversed notice-long mark-no-source
    unknown-field settings-field misplaced-field garbled hidden-character""".split()
)

NOT_WRITTEN = ("names: 列表里有空项",)  # an empty box is no answer


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> FormJudge:
    return FormJudge(load(BASE, today=TODAY), tmp_path_factory.mktemp("form"))


def values_refused() -> Iterator[tuple[str, str, Any, str, tuple[str | int, ...], str]]:
    """Title, kind, entry, file, place and code of each mistake of the tables that is one of a single value."""
    for mistake in MISTAKES:
        for file, line, code in mistake.expected():
            kind = kind_of(file)
            if (
                mistake.title in NOT_WRITTEN
                or kind is None
                or file not in mistake.files
                or "directory.yml" in mistake.files
                or CODES[code].level != "error"
                or code in NOT_OF_ONE_VALUE
            ):
                continue
            text = "".join(f"{line}\n" for line in mistake.files[file])
            tree = parse(text, file)
            if isinstance(tree, Fields):  # else it is no value, and the form writes none such
                # What is missing has no line of its own.
                path = () if code in ("missing-field", "empty-field") else Places(text).at_line(line)
                yield mistake.title, kind, plain(tree), file, path, code


def test_what_check_refuses_the_form_refuses(judge: FormJudge) -> None:
    cases = list(values_refused())
    assert len(cases) > 150
    told = judge.answers([("entry", kind, entry, file, False) for _, kind, entry, file, _, _ in cases])
    missed = [
        (title, code, path)
        for (title, _, _, _, path, code), faults in zip(cases, told, strict=True)
        if not any(tuple(fault["path"][: len(path)]) == path[: len(fault["path"])] for fault in faults)
    ]
    assert missed == []


def test_words_for_unknown_are_the_same_ones(judge: FormJudge) -> None:
    texts = [*UNKNOWN, *KNOWN, "👍", "（）", "x", "xX", "×××", "待\u3000定", "_1_", "无。", "“待定”。"]
    told = judge.answers([("unknown", text) for text in texts])
    assert [text for text, is_one in zip(texts, told, strict=True) if is_one != is_unknown(text)] == []


def is_read(kind: str, text: str) -> bool:
    try:
        (read_hours if kind == "hours" else read_when)(text)
    except UnreadableTime:
        return False
    return True


def own_hours() -> list[str]:
    """Written by chance out of what the form knows, and next to it."""
    chance = random.Random(18)
    days = [
        "每天",
        "周一",
        "周一至周五",
        "周六、周日",
        "周六到周日",
        "周一-周四",
        "周三、周五",
        "周日",
        "周五至周一",
        "周天",
        "周一、周一",
    ]
    clocks = [
        "8:30",
        "08:30",
        "9：00",
        "11:30",
        "12:00",
        "13:30",
        "17:00",
        "20:30",
        "0:00",
        "24:00",
        "5:59",
        "06:00",
        "7:15",
        "23:59",
    ]
    ends = ["", "", "；节假日休息", "；节假日照常开放", "；法定节假日闭馆", "；节假日"]

    def clause() -> str:
        spans = [chance.choice("-至到—~").join(chance.choices(clocks, k=2)) for _ in range(chance.choice([1, 1, 2, 2, 3]))]
        said = chance.choice([", ", "，", "、", ","]).join(spans)
        return chance.choice(days) + chance.choice(["", " ", "：", "  "]) + chance.choice([said, said, said, "休息", "闭馆"])

    made = [chance.choice(["；", "; ", ";"]).join(clause() for _ in range(chance.choice([1, 1, 2, 3]))) for _ in range(6000)]
    return [text + chance.choice(ends) for text in made]


def own_when() -> list[str]:
    chance = random.Random(19)
    days = [
        "每天",
        "周三",
        "每周三",
        "每周一、周三",
        "周六、周六",
        "每月第一个周六",
        "每月第五个周日",
        "2026-03-08",
        "2026-02-30",
        "每周天",
    ]
    clocks = ["9:00", "14:00", "16:30", "09:00", "24:00", "5:00", "12:00", "8：30"]
    times = ["{}", "{}-{}", "{}至{}", "{}—{}", ""]
    return [
        chance.choice(days) + chance.choice(["", " "]) + chance.choice(times).format(*chance.choices(clocks, k=2))
        for _ in range(2000)
    ]


def own_english() -> list[str]:
    chance = random.Random(20)
    days = [
        "Mon-Fri",
        "Mo-Fr",
        "Monday to Friday",
        "Sat",
        "Sa,Su",
        "Sat and Sun",
        "Mondays",
        "Daily",
        "Weekdays",
        "Wed & Fri",
        "M-F",
    ]
    clocks = ["9am", "9.30am", "12pm", "5pm", "5.30pm", "12am", "09:00", "17:30", "9", "2", "10:00 pm", "noon", "0:30am"]
    ends = [
        "",
        "",
        "; closed bank holidays",
        ", closed bank holidays",
        "; PH off",
        ". Bank holidays closed",
        "; closed Sundays",
        " closed",
    ]

    def clause() -> str:
        spans = [
            chance.choice(["-", " - ", "–", " to "]).join(chance.choices(clocks, k=2)) for _ in range(chance.choice([1, 1, 2]))
        ]
        said = chance.choice([", ", ",", " and "]).join(spans)
        return chance.choice(days) + chance.choice([" ", ": ", ", "]) + chance.choice([said, said, said, "closed", "off"])

    made = [
        chance.choice(["; ", ", ", "\n", ". "]).join(clause() for _ in range(chance.choice([1, 1, 2, 3]))) for _ in range(4000)
    ]
    return [text + chance.choice(ends) for text in made]


def table(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line.partition("\t")[0].replace("\\n", "\n") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("kind", "least"), [("hours", 150), ("when", 200)])
def test_times_that_the_form_takes_are_read(kind: str, least: int, judge: FormJudge) -> None:
    texts = [*own_hours(), *own_english()] if kind == "hours" else own_when()
    texts += table(PROJECT / "tests/schedule/english_hours.tsv")
    texts += table(PROJECT / "tests/schedule/opening_hours.tsv") + FROM_PEOPLE
    told = judge.answers([(kind, text) for text in texts])
    taken = {text for text, is_taken in zip(texts, told, strict=True) if is_taken}
    assert len(taken) >= least
    assert [text for text in sorted(taken) if not is_read(kind, text)] == []


# Two readings, or none.
FROM_PEOPLE = [
    "周一至周五 9:00-12:00；周三 14:00-16:00", "8:30-17:00", "周一至周五 8:30-17:30；节假日除外 9:00-16:00", "每天 9:00-3:00",
    "每天 12:00-2:00", "每天 上午10:00-3:00", "周一至周五 1:30-5:00", "周六 9:00-12:00；每天 8:30-17:00", "随时", "白天",
    "上班时间", "Mon-Fri 9-5", "Mon-Fri 9am-5pm, Sat 10-2", "9am-5pm", "Mon-Fri 9am-12am",
]  # fmt: skip
USUAL = (
    "周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00", "周一至周五 8:30-11:30，13:30-17:00", "每天 9：00-17：00",
    "Mon-Fri 9am-5.30pm; Sat 10am-2pm; closed bank holidays", "Mo-Fr 09:00-17:30; Sa 10:00-14:00; PH off",
    "Monday to Friday: 9am - 5pm, Sat and Sun closed", "Daily 9am-12pm, 1pm-5pm",
    "周二至周日 9:00-17:00；周一休息", "24小时", "周一到周五8:30—17:00；节假日休息", "周六、周日 09:00-16:00",
)  # fmt: skip


def test_usual_hours_are_taken_without_a_server(judge: FormJudge) -> None:
    told = judge.answers([("hours", text) for text in (*USUAL, *FROM_PEOPLE)])
    assert told == [True] * len(USUAL) + [False] * len(FROM_PEOPLE)


def test_what_stands_in_the_data_is_taken_as_it_is(judge: FormJudge) -> None:
    """Whoever mends a telephone number is not asked about hours that were read long ago."""
    files = sorted(path for folder in ("positions/*", "brands", "routes", "concepts") for path in BASE.glob(f"{folder}/*.yml"))
    names = [path.relative_to(BASE).as_posix() for path in files]
    trees = [parse(path.read_text("utf-8"), name) for path, name in zip(files, names, strict=True)]
    asked = [("entry", kind_of(name), plain(tree), name, False) for name, tree in zip(names, trees, strict=True)]
    assert len(asked) > 3
    assert [(name, faults) for name, faults in zip(names, judge.answers(asked), strict=True) if faults] == []


@pytest.mark.parametrize("served", [False, True])
def test_an_entry_is_not_moved_by_what_it_says(served: bool, judge: FormJudge) -> None:
    """Its file would stay where it is: `check` would refuse it, and the whole site would stand still."""
    entry = {"id": "guangxia", "name": "光夏花园", "town": "huaqiao", "sources": [{"title": "报道"}]}
    told = judge.answers([("entry", "position", entry, "positions/lujia/guangxia-huayuan.yml", served)])[0]
    assert [fault["path"] for fault in told] == [["id"], ["town"]]
    assert all("管理员" in fault["says"] for fault in told)
    new = judge.answers([("entry", "position", {**entry, "town": "lujia"}, None, served)])[0]
    assert new == []


def test_the_rules_are_small() -> None:
    """Also of a directory with thousands of ids; our own words and towns are about three kilobytes more."""
    directory = load(BASE, today=TODAY)
    assert len(script(directory)) < 30_000
    positions = tuple(directory.positions[0].model_copy(update={"id": f"di-{number}"}) for number in range(4000))
    assert len(script(replace(directory, positions=positions))) < 55_000


WRONG_AND_RIGHT = (
    "0512-57621055（张主任）", "0512-57621055转801", "0512-57621055-801", "13862612345", "138 6261 2345", "+86 138-6261-2345",
    "１３８６２６１２３４５", "0512-57300000、0512-57300001", "12345", "400-800-1234", "3亩", "3 亩", "320㎡", "1.5 万平方米",
    "320", "2019.7", "2019-07", "2019-13", "2019-02-29", "2024-02-29", "20240308", "二〇二四年三月", "2999", "https：//a.cn",
    "www.a.cn", "https://a.cn/x", "http://localhost/", "a、b，c", "待核实", "不详", "/", "？", "门厅\t东", "一\n二", "字" * 61,
    "字" * 201,
    "字" * 4001, "32058319900101123X", "有一处[^1]。", "有一处。[^1]", "有一处。[1]", "lai.jpg", "来.jpg", "x.heic",
    "con", "Index", "a--b",
)  # fmt: skip
# Every one of these in every one of those fields: what the model or the rule about persons refuses there, the form refuses.
POOL = (
    *WRONG_AND_RIGHT,
    *(value for _, _, value in wrong_values()),
    *(value for values in RIGHT.values() for value in values),
    *USUAL,
    *FROM_PEOPLE,
)
FIELDS = (
    "id name short_name pinyin address host story phone area_m2 opened hours sources.title sources.url sources.date "
    "photos.file photos.alt figures.value activities.when verified.on aliases former_ids"
).split()


def with_value(path: str, value: str) -> dict[str, Any]:
    """An entry that has just what it must have, and a value."""
    first, _, second = path.partition(".")
    entry: dict[str, Any] = {"id": "x", "name": "新点", "town": "lujia", "sources": [{"title": "报道"}]}
    whole = {"sources": {"title": "报道"}, "activities": {"name": "读书"}, "figures": {"label": "人数", "as_of": "2019"}}
    listed = entry_spec("position").field(first).kind == "list"
    held = {**whole.get(first, {}), second: value} if second else value
    return {**entry, first: [held] if listed else held}


def test_every_value_in_every_field_is_refused_where_the_model_refuses_it(judge: FormJudge) -> None:
    cases = [(path, value) for path in FIELDS for value in dict.fromkeys(POOL) if value.strip()]
    told = judge.answers([("entry", "position", with_value(path, value), None, False) for path, value in cases])
    looser, taken = [], 0
    for (path, value), faults in zip(cases, told, strict=True):
        shown = {".".join(step for step in fault["path"] if isinstance(step, str)) for fault in faults}
        tree = parse(json.dumps(with_value(path, value), ensure_ascii=False), "x.yml")
        if not isinstance(tree, Fields):
            continue
        found = read(MODELS["position"], tree, "x.yml")
        wrong = {".".join(str(step) for step in where if isinstance(step, str)) for where in places(tree, found)}
        is_personal = not path.endswith("url") and personal_number(value) is not None
        if path not in shown and (path in wrong or is_personal):
            looser.append((path, value))
        taken += path not in shown
    assert looser == []
    assert taken > 300  # it is no judge that refuses everything


def places(tree: Fields, found: object) -> Iterator[tuple[str | int, ...]]:
    if isinstance(found, list):
        spots = Places(json.dumps(plain(tree), ensure_ascii=False))
        yield from (spots.path(problem) for problem in found)
