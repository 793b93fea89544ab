"""The canonical text of files: comments stay where they belong, values read the same, a canonical text stays as it is."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pydantic import BaseModel

from haitang.model.field_specs import MODELS, Kind
from haitang.model.formatter import NotCanonical, formatted, updated
from haitang.model.normalize import scalar, spelled
from haitang.model.paths import EntryKind, kind_of
from haitang.model.validation import read
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.recurrence import When
from haitang.source.parser import Fields, parse
from haitang.source.syntax_hints import indent
from tests.source.test_fast_parser import damaged

PROJECT = Path(__file__).resolve().parents[2]
WORLDS = {"real": PROJECT, "golden": PROJECT / "tests/golden/world", "base": PROJECT / "tests/mistakes/base"}
FILES = [
    (world, path.relative_to(root).as_posix())
    for world, root in WORLDS.items()
    for folder in ("positions", "brands", "concepts", "routes")
    for path in sorted((root / folder).rglob("*.yml"))
]


def told(value: Any) -> Any:
    """A value without the editor's own spelling of hours."""
    if isinstance(value, OpeningHours):
        return value.seasons, value.closed_on_holidays
    if isinstance(value, When):
        return value.rules, value.skipped, value.cancelled
    if isinstance(value, BaseModel):
        return {name: told(item) for name, item in value.__dict__.items()}
    return tuple(told(item) for item in value) if isinstance(value, tuple) else value


def meaning(text: str, kind: EntryKind) -> Any:
    tree = parse(text, "f")
    assert isinstance(tree, Fields), tree
    value = read(MODELS[kind], tree, "f")
    return told(value) if not isinstance(value, list) else [(problem.code, dict(problem.values)) for problem in value]


def noisy(text: str, kind: EntryKind) -> Iterator[str]:
    """The same file as other hands and programs write it."""
    is_place, is_brand = kind in ("position", "route"), kind == "brand"
    yield text.replace("\n", "\r\n")
    yield "\ufeff" + text
    yield text.replace("08:30-11:30", "8:30–11:30").replace("09:00", "9:00")
    yield (
        text.replace("closed_on_holidays: 是", "closed_on_holidays: on") + "brands: []\n" * ("\nbrands" not in text) * is_place
    )
    yield text + 'town: ""\n' * ("\ntown" not in text) * is_place + "slogan:\n" * ("\nslogan" not in text) * is_brand
    yield "".join(f"{line}\n" for line in reversed_fields(text))
    yield text.replace("\n  ", "\n    ")
    yield text.replace(": |\n", ": |  # 一段话\n").replace("\nsources:", "\n# 出处\nsources: # 都写")


def reversed_fields(text: str) -> list[str]:
    blocks: list[list[str]] = []
    for line in text.splitlines():
        if line[:1] not in (" ", "") or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return [line for block in reversed(blocks) for line in block]


@pytest.mark.parametrize(("world", "file"), FILES, ids=[f"{world}-{file}" for world, file in FILES])
def test_what_is_read_stays_the_same(world: str, file: str) -> None:
    text = (WORLDS[world] / file).read_text(encoding="utf-8")
    kind = kind_of(file)
    assert kind is not None
    right = formatted(text, kind)
    assert formatted(right, kind) == right
    assert meaning(right, kind) == meaning(text, kind)
    if world != "golden":
        assert right == text, "what is in the repository is canonical"
    for other in noisy(text, kind) if world != "real" else ():
        again = formatted(other, kind)
        assert formatted(again, kind) == again
        assert meaning(again, kind) == meaning(text, kind), other
        assert [line.partition(" # ")[0] for line in again.splitlines() if line != "# 出处"] == [
            line.partition(" # ")[0] for line in right.splitlines()
        ]


def test_damaged_files() -> None:
    """Whatever can be read has one canonical text, which says the same; no comment is lost."""
    dice = Random(4)
    texts = [path.read_text("utf-8") for path in sorted((WORLDS["base"] / "positions").rglob("*.yml"))]
    answered = 0
    for _ in range(1_500):
        text = damaged(dice, dice.choice(texts))
        tree = parse(text.replace("\r\n", "\n"), "f")
        if not isinstance(tree, Fields) or not any(tree.values()):
            continue
        right = formatted(text, "position")
        assert formatted(right, "position") == right, text
        assert updated(text, "position", {}) == right
        assert right.count("# 注") == text.count("# 注"), text
        before, after = (meaning(each.replace("\r\n", "\n"), "position") for each in (text, right))
        if isinstance(before, dict) and before.get("story") == after["story"]:
            assert after == before, text
        answered += 1
    assert answered > 300


HEAD = "id: a\nname: 甲\ntown: lujia\n"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        # order, also inside lists
        ("town: lujia\nname: 甲\nid: a\n", HEAD),
        (HEAD + "sources:\n- date: 2018/1/3\n  title: 报道\n", HEAD + "sources:\n  - title: 报道\n    date: 2018-01-03\n"),
        (HEAD + "wish: 1\nhost: 乙\n", HEAD + 'host: 乙\nwish: "1"\n'),
        # what flows becomes a list
        (HEAD + "services: [党员学习, '便民服务']\n", HEAD + "services:\n  - 党员学习\n  - 便民服务\n"),
        (
            HEAD + "location: {lat: '31.3', lon: 121.0, crs: wgs84, precision: exact}\n",
            HEAD + "location:\n  lon: 121.0\n  lat: 31.3\n  crs: wgs84\n  precision: exact\n",
        ),
        # quotes
        (HEAD + "host: 'on'\n", HEAD + 'host: "on"\n'),
        (HEAD + 'host: "甲"\n', HEAD + "host: 甲\n"),
        (HEAD + "host: 9:30\n", HEAD + 'host: "9:30"\n'),
        (HEAD + "host: 2018-01-01\n", HEAD + 'host: "2018-01-01"\n'),
        (HEAD + "host: '“甲”'\n", HEAD + 'host: "“甲”"\n'),
        (HEAD + "host: 'a: b'\n", HEAD + 'host: "a: b"\n'),
        (HEAD + "area_m2: ' 320 '\n", HEAD + "area_m2: 320\n"),
        # nothing
        (HEAD + "host: ''\nservices: []\naliases:\n  - ''\nlocation: {}\nphone: ~\n", HEAD),
        (HEAD + "verified: {on: '', by: ''}\n", HEAD),
        (HEAD + "verified: {on: '', by: 乙}\n", HEAD + "verified:\n  on:\n  by: 乙\n"),
        (HEAD + "sources:\n  - title: # 请写\n", HEAD + "sources:\n  - title: # 请写\n"),
        # spellings
        (HEAD + "hours: 周一至周五 9:00—11:30，13：30-17:00;周六 9:00-12:00\n",
         HEAD + "hours: 周一至周五 09:00-11:30, 13:30-17:00；周六 09:00-12:00\n"),
        (HEAD + "hours:\n  - 周一至周五 9:00-17:00\n  - 周六 9:00-12:00\n",
         HEAD + "hours: 周一至周五 09:00-17:00；周六 09:00-12:00\n"),
        (HEAD + "closed_on_holidays: yes\n", HEAD + "closed_on_holidays: 是\n"),
        (HEAD + "phone: （0512） 57621055\n", HEAD + "phone: 0512-57621055\n"),
        (HEAD + "phone: 12345\n", HEAD + 'phone: "12345"\n'),
        (HEAD + "host: 甲   \n\n\n", HEAD + "host: 甲\n"),
        # prose
        (HEAD + 'story: "一\\n\\n二"\n', HEAD + "story: |\n  一\n\n  二\n"),
        (HEAD + "story: |\n  一  \n  二 \n", HEAD + "story: |\n  一  \n  二\n"),
    ],
)  # fmt: skip
def test_one_text_for_what_may_be_written_in_many_ways(text: str, right: str) -> None:
    assert formatted(text, "position") == right
    assert formatted(right, "position") == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("# 头\n\nname: 甲\nid: a # 编号\n", "# 头\nid: a # 编号\nname: 甲\n"),
        ("# 名\n# 待改\nname: 甲\nid: a\n", "id: a\n# 名\n# 待改\nname: 甲\n"),
        ("# 头\n# 又\n\n# 名\nname: 甲\nid: a\n", "# 头\n# 又\nid: a\n# 名\nname: 甲\n"),
        ("# yaml-language-server: x\n# 名\nname: 甲\nid: a\n", "# yaml-language-server: x\nid: a\n# 名\nname: 甲\n"),
        ("# 头\nid: a\nname: 甲\n", "# 头\nid: a\nname: 甲\n"),
        ("# 头\n---\n# 名\nname: 甲\nid: a\n", "# 头\nid: a\n# 名\nname: 甲\n"),
        ("# 旧的\nphone: ''\nid: a\n", "# 旧的\nid: a\n"),
        ("id: a\nservices:\n  # 常办\n- 甲\n  # 也在\n- 乙\n", "id: a\nservices:\n  # 常办\n  - 甲\n  # 也在\n  - 乙\n"),
        ("id: a\nservices:\n      # 常办\n  - 甲\n", "id: a\nservices:\n  # 常办\n  - 甲\n"),
        (
            "id: a\nsources:\n  # 一\n- title: 甲\n  # 二\n- title: 乙\n",
            "id: a\nsources:\n  # 一\n  - title: 甲\n    # 二\n  - title: 乙\n",
        ),
        (
            "id: a\nsources:\n  - date: 2018\n    title: 甲\n    # url: 无\n  - title: 乙\n",
            "id: a\nsources:\n  - title: 甲\n    date: 2018\n    # url: 无\n  - title: 乙\n",
        ),
        ("id: a\nhours:\n  - 周一 09:00-17:00\n  # 周末不知道\n", "id: a\nhours:\n  - 周一 09:00-17:00\n  # 周末不知道\n"),
        ("id: a\nphone: '110'\n    # 名\nname: 甲\n", 'id: a\n# 名\nname: 甲\nphone: "110"\n'),
        ("id: a\nphone: '110' # 旧\n             # 的\nname: 甲\n", 'id: a\nname: 甲\nphone: "110" # 旧\n# 的\n'),
        ("id: a\nstory: |\n    一\n  # 名\nname: 甲\n", "id: a\n# 名\nname: 甲\nstory: |\n  一\n"),
        ("id: a\nstory: |2\n    一\n  # 正文\n # 尾\n", "id: a\nstory: |\n  一\n  # 正文\n# 尾\n"),
        ("id: a\n# 电话待核\nphone: '110'\n# 名\nname: 甲\n", 'id: a\n# 名\nname: 甲\n# 电话待核\nphone: "110"\n'),
        ("id: a\nhost: '' # 不知道\nname: 甲\n", "id: a\n# 不知道\nname: 甲\n"),
        ("id: a\nname: 甲\nhost: '' # 不知道\n", "id: a\nname: 甲\n# 不知道\n"),
        ("id: a\nservices:\n  - 甲\n  # - 乙\nname: 甲\n", "id: a\nname: 甲\nservices:\n  - 甲\n  # - 乙\n"),
        ("id: a\nservices: [甲, 乙] # 两项\n", "id: a\nservices: # 两项\n  - 甲\n  - 乙\n"),
        ("id: a\nservices: # 两项\n  - 甲 # 一\n  # 上\n  - 乙\n", "id: a\nservices: # 两项\n  - 甲 # 一\n  # 上\n  - 乙\n"),
        (
            "id: a\nstory: | # 话\n  # 不是注释\n  a # 也不是\n# 尾\n",
            "id: a\nstory: | # 话\n  # 不是注释\n  a # 也不是\n# 尾\n",
        ),
        ("id: \"a # b\"\nname: '# x' # y\n", 'id: "a # b"\nname: "# x" # y\n'),
        (
            "id: a\nsources:\n  -\n    # 注\n    date: 2018\n    title: 甲\n",
            "id: a\nsources:\n  # 注\n  - title: 甲\n    date: 2018\n",
        ),
        ("id: a\nverified: {on: 2018-01-01, by: 甲} # 核\n", "id: a\nverified: # 核\n  on: 2018-01-01\n  by: 甲\n"),
        ("id: a\nsources:\n  - {title: 甲} # 核\n", "id: a\nsources:\n  - title: 甲 # 核\n"),
    ],
)
def test_comments_stay_with_what_they_speak_of(text: str, right: str) -> None:
    assert formatted(text, "position") == right
    assert formatted(right, "position") == right


VARIED = """\
sources:
- title: 报道
  date: 2018
- date: 2019
  note: 据转载
  title: 二报
services: [甲项, 乙项]
phone: "0512-57621055"
hours:
  - 周一至周五 09:00-17:00
  - 周六 09:00-12:00
location: {lat: 31.3, lon: 121.0, crs: wgs84}
verified:
    by: 某人
    on: 2018-01-01
aliases:
- 别一
- 别二
story: |
    一段

    二段
spaces:
  - name: 室一
    text: 说一
    photos:
    - a.png
    - b.png
  -
    name: 室二
town: lujia
name: 名
id: bian-hao
"""


CANONICAL = formatted(VARIED, "position")
LOOSE = VARIED.replace("\n", "\n\n").rstrip("\n") + "\n"
# What the first line of an item, of a list of rules, of what flows looks like when it is in order.
REWRITTEN = {"date: 2019": "title: 二报", "": "name: 室二", "hours:": "hours: 周一至周五 09:00-17:00；周六 09:00-12:00"}
REWRITTEN |= {"services: [甲项, 乙项]": "services:", "location: {lat: 31.3, lon: 121.0, crs: wgs84}": "location:"}


def said_on(line: str) -> str:
    """What a line says, however it is written."""
    return line.strip().removeprefix("-").partition(" # ")[0].replace('"', "").strip()


def noted_at_every_depth(text: str) -> Iterator[tuple[str, int, str]]:
    """The text with a comment put in, how deep that is, and the line it stands above."""
    lines = text.split("\n")[:-1]
    right = parse(text, "f")
    for at in range(len(lines)):
        following = next(line for line in lines[at:] if line.strip())
        for depth in range(9):
            noted = "\n".join([*lines[:at], " " * depth + "# 注", *lines[at:]]) + "\n"
            if parse(noted, "f") == right:
                yield noted, depth, following


@pytest.mark.parametrize("text", [VARIED, CANONICAL, LOOSE], ids=["any", "canonical", "loose"])
def test_a_comment_anywhere_stays_with_what_it_stands_above(text: str) -> None:
    """At every place, at every depth; but what stands as deep as what ends may stay at its end."""
    tried = 0
    for noted, depth, following in noted_at_every_depth(text):
        tried += 1
        new = formatted(noted, "position")
        assert formatted(new, "position") == new, noted
        told = new.split("\n")
        (place,) = [number for number, line in enumerate(told) if "# 注" in line]
        if not told[place + 1].startswith(" " * indent(told[place])):
            assert depth > indent(following), noted  # it is at the end of something
            assert text is not CANONICAL or said_on(told[place + 1]) == said_on(following), noted
        else:
            said = said_on(following)
            assert said_on(told[place + 1]) in (said, REWRITTEN.get(said)), (noted, new)
        if "09:00-17:00\n" not in new:
            assert "".join(told[:place] + told[place + 1 :]) == CANONICAL.replace("\n", ""), noted
    assert tried > 250


@pytest.mark.parametrize("text", [VARIED, CANONICAL], ids=["any", "canonical"])
def test_a_comment_at_the_end_of_a_line_stays_there(text: str) -> None:
    lines = text.split("\n")[:-1]
    tried = 0
    for at, line in enumerate(lines):
        noted = "\n".join([*lines[:at], line + " # 注", *lines[at + 1 :]]) + "\n"
        if said_on(line) and parse(noted, "f") == parse(text, "f"):
            tried += 1
            (told,) = [each for each in formatted(noted, "position").split("\n") if "# 注" in each]
            assert said_on(told) in (said_on(line), REWRITTEN.get(said_on(line))), noted
    assert tried > 25


def test_what_cannot_be_read_is_left_alone() -> None:
    for text in (
        "id：a\n",
        "id: a\nid: b\n",
        "",
        "- a\n",
        "id: &x a\n",
        "id: a\x00\n",
        "id: '\n",
        "id: \ud800\n",
        "host:\naliases: []\n",
    ):
        with pytest.raises(NotCanonical) as refused:
            formatted(text, "position", "positions/a/a.yml")
        assert refused.value.problems
        assert refused.value.problems[0].place.file == "positions/a/a.yml"


def test_an_update_touches_nothing_else() -> None:
    text = (WORLDS["base"] / "positions/lujia/qifa-guangchang.yml").read_text(encoding="utf-8")
    noted = text.replace("  - 便民服务", "  # 每周三\n  - 便民服务 # 核对过").replace("host:", "# 谁管\nhost:")
    assert updated(noted, "position", {}) == noted
    changed = updated(noted, "position", {"phone": "0512 57620000", "services": ["便民服务", "志愿服务"], "host": None})
    assert changed == noted.replace("# 谁管\nhost: 邹家角社区党委\n", "").replace("57621055", "57620000").replace(
        "  - 党员学习\n  # 每周三\n  - 便民服务 # 核对过\n", "  # 每周三\n  - 便民服务 # 核对过\n  - 志愿服务\n"
    )
    assert (
        updated(changed, "position", {"host": "邹家角社区党委", "chains": [], "pinyin": ""}).count("\n") == text.count("\n") + 1
    )


def test_an_update_keeps_comments_inside() -> None:
    text = HEAD + "sources:\n  - title: 甲 # 一\n    date: 2018 # 二\n  - title: 乙 # 三\n"
    new = updated(text, "position", {"sources": [{"title": "甲", "date": "2019"}, {"title": "乙"}], "closed_on_holidays": True})
    assert new == HEAD + "closed_on_holidays: 是\n" + text.removeprefix(HEAD).replace("2018", "2019")


def test_a_new_file() -> None:
    values = {
        "town": "lujia",
        "name": "甲",
        "id": "a",
        "story": "一\n二",
        "location": {"lat": "31.3", "lon": "121"},
        "host": None,
    }
    assert updated(None, "position", values) == HEAD + "location:\n  lon: 121\n  lat: 31.3\nstory: |\n  一\n  二\n"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("(0512) 57621055", "0512-57621055"),
        ("0512 57621055", "0512-57621055"),
        ("０５１２－５７６２１０５５", "0512-57621055"),
        ("051257621055", "0512-57621055"),
        ("0512—5762 1055转802", "0512-57621055-802"),
        ("+86 0512-57621055", "0512-57621055"),
        ("02152341234", "021-52341234"),
        ("400 820 8820", "400-820-8820"),
        ("4008208820", "4008208820"),
        ("57621055", "57621055"),
        ("0512-57621055、57621056", "0512-57621055、57621056"),
        ("13812345678", "13812345678"),
    ],
)
def test_telephones(written: str, right: str) -> None:
    assert spelled(written, "phone") == right


@pytest.mark.parametrize("text", ["周一~周五0：9:00~12:00", "周一至周五1：9：00", "周六9:00:30-12:00", "周日0：0：9:00"])
def test_what_is_no_time_is_made_none(text: str) -> None:
    """The fuzz found that `0：9:00` became ten past midnight when it was spelled twice."""
    assert spelled(text, "hours") == text
    assert spelled(spelled(f"{text}；周日 9：00-10：00", "hours"), "hours") == spelled(f"{text}；周日 9：00-10：00", "hours")


@pytest.mark.parametrize(
    "text", ["周一至周五 上午9:00-11:30", "9点-17点", "看心情 9:30", "24小时", "周六、周日 9:30-17:00，节假日休息"]
)
def test_hours_that_may_not_be_touched_read_the_same(text: str) -> None:
    new = spelled(text, "hours")
    assert meaning(f"{HEAD}hours: {scalar(new)}\n", "position") in (
        meaning(f"{HEAD}hours: {scalar(text)}\n", "position"),
        [("bad-hours", {"field": "hours", "value": new, "part": "看心情 09:30"})],
    )


@pytest.mark.parametrize(
    "text", "on No ~ null 1 012 0x1f 1_000 1,000 1e3 .5 9:30 1:20:30 2018-1-1 2018-01-01 -a ?b :c @d = << .inf".split()
)
def test_what_other_readers_take_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text) == f'"{text}"'


@pytest.mark.parametrize(
    "text", ["0512-57621055", "2018-11", "24小时", "a:b", "a#b", "周一 09:00-12:00", "红富士”甲", "https://a.cn/?b=1#c"]
)
def test_what_is_safe_stands_bare(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize("kind", ["hours", "when"])
def test_what_is_far_too_long_is_left_as_it_is(kind: Kind) -> None:
    for marks, is_left in ((100, False), (4_000, True)):
        text = f"周一 9：00-17：00{'；' * marks}"
        assert (spelled(text, kind) == text) is is_left
