"""Lines are taken out with what hung on them alone, and a change is told where its line now stands."""

import re
from pathlib import Path
from random import Random

import pytest

from haitang.cli.cure_lines import told
from haitang.core.disk.together import together
from haitang.editors.line_edits import changes, edited, joined, numbered
from haitang.editors.mended_file import Cure, MendedFile
from haitang.model.messages import words


@pytest.mark.parametrize(
    ("text", "right", "new"),
    [
        ("id: a\naddress: 待核实\nname: 甲\n", {2: ""}, "id: a\nname: 甲\n"),
        ("id: a\naddress: 待核实 # 问过\nname: 甲\n", {2: ""}, "id: a\n# 问过\nname: 甲\n"),
        ("aliases:\n  - 无\nid: a\n", {2: ""}, "id: a\n"),
        ("aliases:\n- 无\nid: a\n", {2: ""}, "id: a\n"),
        ("aliases: # 别名\n  # 上\n  - 无\nid: a\n", {3: ""}, "# 别名\n  # 上\nid: a\n"),
        ("aliases:\n  - 无\n  - 甲\nid: a\n", {2: ""}, "aliases:\n  - 甲\nid: a\n"),
        ("aliases:\n  - 无\n  - /\n\nid: a\n", {2: "", 3: ""}, "\nid: a\n"),
        ("verified:\n  on: 待定\n  by: 甲\n", {2: ""}, "verified:\n  by: 甲\n"),
        ("verified:\n  on: 待定\nid: a\n", {2: ""}, "id: a\n"),
        ("sources:\n  - title: 甲\n    date: 不详\n", {3: ""}, "sources:\n  - title: 甲\n"),
        ("sources:\n  - title: 无\n    date: 2018\n", {2: ""}, "sources:\n  - date: 2018\n"),
        ("sources:\n  - title: 无\n  - title: 乙\n", {2: ""}, "sources:\n  - title: 乙\n"),
        ("sources:\n  - title: 无\n    date: /\n  - title: 乙\n", {2: "", 3: ""}, "sources:\n  - title: 乙\n"),
        ("sources:\n  - title: 无\n    date: /\nid: a\n", {2: "", 3: ""}, "id: a\n"),
        ("spaces:\n  - name: 甲\n    photos:\n      - 无\nid: a\n", {4: ""}, "spaces:\n  - name: 甲\nid: a\n"),
        ("story: |\n  待核实\n\n  待定\nid: a\n", {1: ""}, "id: a\n"),
        ("story: |\n  待核实\nid: a\n", {2: ""}, "id: a\n"),
        ("address: 待核实\n  待定\nid: a\n", {1: ""}, "id: a\n"),
        ("services: 甲、乙\nid: a\n", {1: "services:\n  - 甲\n  - 乙"}, "services:\n  - 甲\n  - 乙\nid: a\n"),
        ("id: a\nphone: /", {2: ""}, "id: a"),
    ],
)  # fmt: skip
def test_lines_go_and_become_several(text: str, right: dict[int, str], new: str) -> None:
    assert joined(edited(numbered(text), right)) == new


def test_what_became_of_lines() -> None:
    text = "id: a\naliases:\n  - 无\nservices: 甲、乙\nphone: 110\n"
    once = edited(numbered(text), {3: "", 4: "services:\n  - 甲\n  - 乙"})
    twice = edited(once, {5: "phone: 119", 2: "services: # 两项"})
    assert list(changes(text, twice, [2, 3, 4, 5])) == [
        (2, "aliases:\n  - 无", ""),
        (2, "services: 甲、乙", "services: # 两项\n  - 甲\n  - 乙"),
        (5, "phone: 110", "phone: 119"),
    ]


SIGNS = "（· 是空格，□ 是全角空格，⇥ 是制表符，␣ 是别的空白）"
SPOILT = """\
id: a
hours: 周一至周五 9:00-17:00
phone: （0512） 57621055
name: 甲
town: lujia
aliases:
  - 无
services: 甲、乙
story: |
  一

  二 二
sources:
  - title: 报道
    date: 2018/1/3
"""


def test_lines_are_those_of_the_file_as_it_now_is(tmp_path: Path) -> None:
    file = "positions/lujia/a.yml"
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(SPOILT, "utf-8")
    with together(tmp_path) as data:
        mended = MendedFile.at(data, file)
        assert mended is not None
        assert mended.cure(data, {7: "", 8: "services:\n  - 甲\n  - 乙", 12: "  二、二"})
        assert mended.tidy(data) and not mended.tidy(data)
    lines = path.read_text("utf-8").split("\n")
    cures = list(mended.cures())
    assert [(one.how, one.wrong, one.right) for one in cures] == [
        ("cured", "hours: 周一至周五 9:00-17:00", "hours: 周一至周五 09:00-17:00"),
        ("cured", "phone: （0512） 57621055", "phone: 0512-57621055"),
        ("removed", "aliases:\n  - 无", ""),
        ("cured", "services: 甲、乙", "services:\n  - 甲\n  - 乙"),
        ("cured", "  二 二", "  二、二"),
        ("cured", "    date: 2018/1/3", "    date: 2018-01-03"),
    ]
    for one in cures:
        right = one.right.split("\n") if one.right else []
        assert lines[one.line - 1 : one.line - 1 + len(right)] == right


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("\u3000- 开水", "  - 开水", "f:3: 已改好空格：「□-·开水」改成了「··-·开水」" + SIGNS),
        ("\tname: 甲", "  name: 甲", "f:3: 已改好空格：「⇥name:·甲」改成了「··name:·甲」" + SIGNS),
        ("name:甲", "name: 甲", "f:3: 已改好空格：「name:甲」改成了「name:·甲」" + SIGNS),
        ("name：甲", "name: 甲", "f:3: 已改好：「name：甲」改成了「name: 甲」"),
        ("a: 甲\u200b", "a: 甲", "f:3: 已改好：「a: 甲�」改成了「a: 甲」"),
        ("a: b，c", "a:\n  - b\n  - c", "f:3: 已改好：「a: b，c」改成了「a:⏎  - b⏎  - c」"),
        ("a: " + "长" * 70 + "甲", "a: " + "长" * 70 + "乙",
         "f:3: 已改好：「…" + "长" * 12 + "甲」改成了「…" + "长" * 12 + "乙」"),
    ],
)  # fmt: skip
def test_before_and_after_never_look_the_same(wrong: str, right: str, said: str) -> None:
    assert told(Cure("f", 3, wrong, right), words("zh-CN")) == said


def test_no_two_texts_look_the_same() -> None:
    dice = Random(9)
    pieces = ["甲", "- ", " ", "\u3000", "\t", "\u200b", "\u2060", "\x0b", "\n", "⏎", "：", ":", "長" * 30, "�", "…", "\xa0"]
    for _ in range(5_000):
        wrong, right = ("".join(dice.choices(pieces, k=dice.randrange(1, 7))) for _ in range(2))
        if wrong.split("\n") != right.split("\n") and right.strip():
            said = re.fullmatch(
                r"f:3: .+?：「(.*)」改成了「(.*?)」(?:（· .+)?", told(Cure("f", 3, wrong, right), words("zh-CN"))
            )
            assert said, (wrong, right)
            assert said[1] != said[2], (wrong, right)


def test_what_went_is_told() -> None:
    assert told(Cure("f", 3, "aliases:\n  - 无", how="removed"), words("zh-CN")) == "f:3: 已去掉「aliases:⏎  - 无」"
