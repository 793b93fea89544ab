"""Answers of forms with what chats, pages and forges put into them."""

from pathlib import Path

import pytest

from haitang.editors.issues.parser import read_body
from haitang.editors.issues.proposal import Proposal
from haitang.editors.issues.reply import refused
from haitang.editors.issues.told import settled
from haitang.editors.new_ids import proposed_id
from haitang.editors.scaffold import settings_of
from haitang.model.messages import words
from tests.conftest import TODAY, problems_of
from tests.editors.test_issue_parser import NEW, body

PICTURES = (
    "![IMG_1](https://github.com/user-attachments/assets/1234-abcd)\n"
    '<img width="400" src="https://github.com/user-attachments/assets/1">'
)


def told(root: Path, answers: dict[str, str]) -> tuple[Proposal | None, list[tuple[str, str]]]:
    filled = read_body(body(root, "new", {**NEW, **answers}), settings_of(root))
    assert not isinstance(filled, list)
    made, complaints = settled(root, filled, TODAY)
    return made, [(one.label, one.problem.code) for one in complaints]


@pytest.mark.parametrize(
    "name",
    [
        "新家园党群服务站🌸",
        "🚩 新家园党群服务站",
        "**新家园**党群服务站",
        "[新家园党群服务站](http://x.cn)",
        "`新家园党群服务站`",
        "新家园党群服务站[玫瑰]",
    ],
)
def test_a_name_is_bared_and_its_id_with_it(name: str, root: Path) -> None:
    right = "新家园党群服务站"
    made, said = told(root, {"name": name})
    assert made
    assert (made.name, made.id) == (right, proposed_id(right))
    assert said == [("名称", "pasted-marks")]


def test_all_there_is_to_tell_is_told_in_the_first_round(root: Path) -> None:
    faulty = {"hours": "8:30-17:00", "phone": "0512-57621055、0512-57621056"}
    made, said = told(
        root, {**faulty, "host": "新家园党委（联系人：王建国）", "source_url": "https://mp.weixin.qq.com/s?src=11&timestamp=1"}
    )
    assert made is None
    later = [("主办单位", "person-named"), ("资料网址", "link-personal")]
    assert said == [("开放时间", "hours-no-days"), ("电话", "phone-several"), *later]
    assert (
        told(root, {"host": "新家园党委（联系人：王建国）", "source_url": "https://mp.weixin.qq.com/s?src=11&timestamp=1"})[1]
        == later
    )


def test_what_must_be_mended_is_told_apart_from_what_need_not(root: Path) -> None:
    filled = read_body(body(root, "new", {**NEW, "address": "待核实", "hours": "8:30-17:00"}), settings_of(root))
    assert not isinstance(filled, list)
    said = refused(settled(root, filled, TODAY)[1], words("zh-CN"))
    assert said.startswith("谢谢您。有 1 处要改一改，才能放进名录：\n\n- 「开放时间」")
    assert "\n\n请再看一眼：\n\n- 「地址」写的「待核实」" in said


def test_pictures_leave_a_story(root: Path) -> None:
    made, said = told(root, {"story": f"每天都有人来。\n\n{PICTURES}\n\n大家都说好。"})
    assert made
    assert "每天都有人来。\n\n  大家都说好。\n" in made.text
    assert said == [("介绍", "pasted-marks")] * 2
    assert [problem.code for problem in problems_of(root, advised=True) if problem.code != "marks-missing"] == []


def test_a_sound_story_stays(root: Path) -> None:
    made, said = told(root, {"story": "**每天**都有人来（转角处）。\n\n- 阅览 9:00\n- 休息"})
    assert made
    assert "**每天**都有人来（转角处）。" in made.text
    assert said == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("121.0435, 31.3159", "point-unsplit"),
        ("https://uri.amap.com/marker?position=121.0435,31.3159", "point-unsplit"),
        ("https://surl.amap.com/2kTeSt", "point-unread"),
    ],
)
def test_an_address_is_no_point(address: str, code: str, root: Path) -> None:
    assert told(root, {"address": address}) == (None, [("地址", code)])
