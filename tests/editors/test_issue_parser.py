"""Bodies of issues become files through the same model as all others; what is mistaken is told by the form's question, and
what is hostile does nothing."""

import subprocess
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.editors.issues.parser import MAX_BYTES, Complaint, read_body
from haitang.editors.issues.proposal import Proposal, proposal, settle
from haitang.editors.issues.reply import complaints_text, inert, made, refused
from haitang.editors.scaffold import settings_of
from haitang.model.issue_questions import FormName, form, subject
from haitang.model.messages import words
from tests.conftest import CHINESE, HIDDEN, TODAY, problems_of
from tests.worlds import tree

WORDS = words("zh-CN")
LUJIA = "陆家镇党群服务中心（positions/lujia-zhen）"
NEW = {"name": "示例家园党群服务点", "town": "陆家镇", "source_title": "现场查看"}
CORRECT = {"subject": LUJIA, "phone": "0512-57620001", "source_title": "现场查看"}
VERIFY = {"subject": LUJIA, "result": "都没变", "on": "2026-11-20", "by": "示例社区居委会"}
SOUND: dict[FormName, dict[str, str]] = {"new": NEW, "correct": CORRECT, "verify": VERIFY}


def body(root: Path, name: FormName, answers: dict[str, str]) -> str:
    """As a forge writes it: every question with its heading."""
    asked = form(name, settings_of(root)).questions
    return "".join(f"### {question.label}\n\n{answers.get(question.id, '_No response_')}\n\n" for question in asked)


def outcome(root: Path, text: str, title: str = "") -> Proposal | list[Complaint]:
    filled = read_body(text, settings_of(root), title)
    if isinstance(filled, list):
        return filled
    proposed = proposal(root, filled)
    if isinstance(proposed, list):
        return [*filled.complaints, *proposed]
    told = [*filled.complaints, *(settle(root, proposed, TODAY, keeping=not filled.complaints) if proposed.text else ())]
    return [one for one in told if one.problem.level == "error"] or proposed


# form, answers beside the sound ones, what is told: question and code.
MISTAKES: dict[str, tuple[FormName, dict[str, str], list[tuple[str, str]]]] = {
    "没写名称": ("new", {"name": "_No response_"}, [("名称", "issue-wanted")]),
    "没选区镇": ("new", {"town": ""}, [("区镇", "issue-wanted")]),
    "区镇是别处的": ("new", {"town": "浦东新区"}, [("区镇", "bad-choice")]),
    "区镇想逃出文件夹": ("new", {"town": "../../etc"}, [("区镇", "bad-choice")]),
    "没写来源": ("new", {"source_title": "_No response_"}, [("资料标题", "issue-wanted")]),
    "名称太长": ("new", {"name": "长" * 61}, [("名称", "too-long")]),
    "名称写成两行": ("new", {"name": "甲\n乙"}, [("名称", "one-line")]),
    "名称里有 Tab": ("new", {"name": "甲\t乙党群服务点"}, [("名称", "tab-in-text")]),
    "名称已经有了": ("new", {"name": "启发广场党群服务点"}, [("名称", "same-name")]),
    "电话少几位": ("new", {"phone": "0512-5762"}, [("电话", "bad-phone")]),
    "电话没有区号": ("new", {"phone": "57621055"}, [("电话", "bad-phone")]),
    "电话写成中文": ("new", {"phone": "零五一二五七六二一零五五"}, [("电话", "bad-phone")]),
    "电话是手机": ("new", {"phone": "13800138000"}, [("电话", "mobile-number")]),
    "电话写在代码框里": ("new", {"phone": "```\n0512-57621055\n```"}, [("电话", "one-line")]),
    "电话写了两个": ("new", {"phone": "0512-57621055 0512-57621056"}, [("电话", "phone-several")]),
    "时间读不懂": ("new", {"hours": "看情况"}, [("开放时间", "hours-irregular")]),
    "时间写成两行": ("new", {"hours": "每天 9:00-17:00\n周六休息"}, [("开放时间", "one-line")]),
    "节假日写了别的": ("new", {"closed_on_holidays": "看通知"}, [("节假日休息", "bad-choice")]),
    "层级是编的": ("new", {"tier": "总站"}, [("层级", "bad-choice")]),
    "服务不在词表": ("new", {"services": "便民服务, 理发"}, [("服务", "bad-choice")]),
    "日期不存在": ("new", {"source_date": "2025-02-30"}, [("资料日期", "bad-date")]),
    "日期还没到": ("new", {"source_date": "2027-01-01"}, [("资料日期", "future-date")]),
    "网址不全": ("new", {"source_url": "example"}, [("资料网址", "bad-url")]),
    "网址是脚本": ("new", {"source_url": "javascript:alert(1)"}, [("资料网址", "bad-url")]),
    "网址带密码": ("new", {"source_url": "https://a:b@example.org/"}, [("资料网址", "bad-url")]),
    "看不见的字符": ("new", {"address": "前进路\u200b1号"}, [("地址", "hidden-character")]),
    "左右颠倒的字符": ("new", {"address": "前进路\u202e1号"}, [("地址", "hidden-character")]),
    "终端控制": ("new", {"address": "前进路\x1b[31m1号"}, [("地址", "hidden-character")]),
    "半个字符": ("new", {"address": "前进路\ud8001号"}, [("地址", "hidden-character")]),
    "乱码": ("new", {"address": "前进路锟斤拷1号"}, [("地址", "garbled")]),
    "身份证号": ("new", {"story": "找 320583199001011234 就行。"}, [("介绍", "identity-number")]),
    "介绍里有手机": ("new", {"story": "打 13800138000。"}, [("介绍", "mobile-number")]),
    "介绍里藏了小标题": ("new", {"story": "好。\n\n### 电话\n\n110"}, [("电话", "issue-twice")]),
    "小标题藏在代码框里": ("new", {"story": "```\n### 地址\n\n别处\n```"}, [("地址", "issue-twice")]),
    "两处都错": ("new", {"phone": "1", "hours": "随时"}, [("开放时间", "hours-irregular"), ("电话", "bad-phone")]),
    "选错又写错": ("new", {"tier": "大", "phone": "1"}, [("层级", "bad-choice"), ("电话", "bad-phone")]),
    "更正没写哪一处": ("correct", {"subject": ""}, [("哪一处", "issue-wanted")]),
    "更正的找不到": ("correct", {"subject": "没有这一处"}, [("哪一处", "issue-unknown-entry")]),
    "更正想逃出文件夹": ("correct", {"subject": "positions/../../etc/passwd"}, [("哪一处", "issue-unknown-entry")]),
    "更正的编号不存在": ("correct", {"subject": "甲（positions/no-such-place）"}, [("哪一处", "issue-unknown-entry")]),
    "更正什么都没写": ("correct", {"phone": ""}, [("", "issue-nothing")]),
    "更正的电话不对": ("correct", {"phone": "十二"}, [("电话", "bad-phone")]),
    "更正成已经合并却没写去哪，路线还经过": (
        "correct",
        {"status": "已合并"},
        [("状态", "missing-successor"), ("", "closed-stop")],
    ),
    "更正品牌的电话": ("correct", {"subject": "红富士（brands/hongfushi）"}, [("电话", "issue-not-here")]),
    "还有哪里不对里有手机": ("correct", {"other": "老王 138 0013 8000 知道"}, [("还有哪里不对", "mobile-number")]),
    "核实没写结果": ("verify", {"result": "_No response_"}, [("核实结果", "issue-wanted")]),
    "核实结果是编的": ("verify", {"result": "差不多"}, [("核实结果", "bad-choice")]),
    "核实日期不到日": ("verify", {"on": "2026-11"}, [("核实日期", "bad-day")]),
    "核实日期还没到": ("verify", {"on": "2027-11-01"}, [("核实日期", "future-date")]),
    "核实人写了手机": ("verify", {"by": "王某 13800138000"}, [("核实单位", "mobile-number")]),
    "有变化却没说": ("verify", {"result": "有变化"}, [("变了什么", "issue-wanted")]),
}


@pytest.mark.parametrize("title", MISTAKES)
def test_mistake_is_told_by_its_question_and_changes_nothing(title: str, root: Path) -> None:
    name, answers, expected = MISTAKES[title]
    before = tree(root)
    told = outcome(root, body(root, name, SOUND[name] | answers))
    assert isinstance(told, list), told
    assert [(one.label, one.problem.code) for one in told] == expected
    assert tree(root) == before
    for line in [*complaints_text(told, WORDS), refused(told, WORDS)]:
        assert CHINESE.search(line)
        assert not HIDDEN.search(line.replace("\n", ""))


WHOLE = {
    "空的": "",
    "随便一句话": "电话换了",
    "没有小标题": "名称：甲\n区镇：陆家镇",
    "小标题改过": "### 阵地名称\n\n甲\n\n### 区镇\n\n陆家镇",
    "两张表单粘在一起": "### 名称\n\n甲\n\n### 区镇\n\n陆家镇\n\n### 资料标题\n\n乙\n\n### 哪一处\n\n丙",
    "只有注释": "<!-- ### 名称\n\n甲\n -->" * 100,
    "没有结束的注释": "<!--" * 8000,
    "全是小标题": "### \n" * 5000,
}


@pytest.mark.parametrize("title", WHOLE)
def test_what_is_no_form_is_refused(title: str, root: Path) -> None:
    told = outcome(root, WHOLE[title])
    assert isinstance(told, list)
    assert [one.problem.code for one in told] == ["issue-no-form"]


def test_a_body_without_end_is_refused(root: Path) -> None:
    told = outcome(root, body(root, "new", NEW) + "好" * MAX_BYTES)
    assert isinstance(told, list)
    assert [one.problem.code for one in told] == ["issue-too-long"]


def test_a_new_position_holds_what_was_answered_and_nothing_else(root: Path) -> None:
    more = {"phone": "0512-57620001", "services": "便民服务, 党员学习", "hours": "每天 9:00-17:00", "tier": "党群服务点"}
    proposed = outcome(root, body(root, "new", NEW | more | {"story": "第一段。[^1]\n\n第二段。[^1]"}).replace("\n", "\r\n"))
    assert isinstance(proposed, Proposal)
    assert proposed.file == "positions/lujia/shili-jiayuan.yml"
    assert problems_of(root) == ()
    text = (root / proposed.file).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schemas/position.json\n")
    assert "tier: point\n" in text
    assert "- 便民服务\n" in text
    assert "story: |\n  第一段。[^1]\n\n  第二段。[^1]\n" in text
    assert "status" not in text


def test_what_has_one_meaning_is_written_as_the_house_writes_it(root: Path) -> None:
    proposed = outcome(root, body(root, "correct", CORRECT | {"phone": "０５１２－57621055"}))
    assert isinstance(proposed, Proposal)
    assert "phone: 0512-57621055\n" in (root / proposed.file).read_text("utf-8")


def test_strangers_need_not_say_on_which_source_a_sentence_rests(root: Path) -> None:
    told = outcome(root, body(root, "new", NEW | {"story": "第一段。\n\n第二段。"}))
    assert isinstance(told, Proposal)
    assert [problem.code for problem in problems_of(root)] == ["marks-missing"]


def test_a_correction_keeps_the_rest_of_the_file(root: Path) -> None:
    path = root / "positions/lujia/lujia-zhen.yml"
    before = path.read_text("utf-8")
    path.write_text(f"# 一句话\n{before}", "utf-8")
    proposed = outcome(root, body(root, "correct", CORRECT | {"other": "门口的牌子换了 @all"}))
    assert isinstance(proposed, Proposal)
    after = path.read_text("utf-8")
    assert after.startswith("# 一句话\n")
    assert "phone: 0512-57620001\n" in after
    assert all(line in after for line in before.splitlines() if not line.startswith("phone:"))
    assert proposed.asides == (("还有哪里不对", "门口的牌子换了 @all"),)


@pytest.mark.parametrize(
    "written",
    ["陆家镇党群服务中心", "lujia-zhen", "https://example.org/x/positions/lujia-zhen.html", "positions/lujia/lujia-zhen.yml"],
)
def test_an_entry_is_found_as_people_name_it(written: str, root: Path) -> None:
    written = written.replace("陆家镇党群服务中心", _name(root))
    proposed = outcome(root, body(root, "verify", VERIFY | {"subject": written}))
    assert isinstance(proposed, Proposal)
    assert proposed.file == "positions/lujia/lujia-zhen.yml"
    assert "on: 2026-11-20\n" in (root / proposed.file).read_text("utf-8")


def _name(root: Path) -> str:
    text = (root / "positions/lujia/lujia-zhen.yml").read_text("utf-8")
    return next(line.removeprefix("name: ") for line in text.splitlines() if line.startswith("name: "))


def test_what_changed_is_left_to_a_person(root: Path) -> None:
    before = tree(root)
    proposed = outcome(root, body(root, "verify", VERIFY | {"result": "有变化", "changed": "搬到对面了"}))
    assert isinstance(proposed, Proposal)
    assert proposed.text == ""
    assert tree(root) == before
    assert "搬到对面了" in made(proposed, [], WORDS)


def test_a_link_is_read_back(root: Path) -> None:
    about = subject("position", "lujia-zhen", "甲（乙）")
    assert isinstance(outcome(root, body(root, "verify", VERIFY | {"subject": about})), Proposal)


def test_a_free_text_of_gitlab_needs_only_the_headings_it_fills(root: Path) -> None:
    text = f"<!-- 说明 -->\n\n### 哪一处\n\n<!-- 必填 -->\n{LUJIA}\n\n### 电话\n0512-57620001\n### 资料标题\n现场查看\n"
    proposed = outcome(root, text)
    assert isinstance(proposed, Proposal)
    assert [change.label for change in proposed.changes] == ["电话", "来源"]


def test_the_title_names_the_entry_only_where_the_form_does_not(root: Path) -> None:
    empty = body(root, "verify", VERIFY | {"subject": ""})
    assert isinstance(outcome(root, empty, f"核实信息：{LUJIA}"), Proposal)
    for title in ("核实信息", f"核实\u202e{LUJIA}", "positions/no-such-place"):
        assert isinstance(outcome(root, empty, title), list)
    told = outcome(root, body(root, "verify", VERIFY | {"subject": "别处"}), f"核实信息：{LUJIA}")
    assert isinstance(told, list)


HOSTILE = ["@everyone", "#12", "owner/repo#3", "GH-4", "https://example.org", "<script>", "[a](b)", "![x](y)", "`x`", "**x**",
           "| a |", "::error::x", "$(id)", "&lt;", "www.example.org", "!12", "~label", "a\n## b"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_comment_means_anything_to_a_machine(text: str, root: Path) -> None:
    shown = inert(text, WORDS)
    assert not set(shown) & set("@#<>[]`*|$&!~\n")
    assert not any(sign in shown for sign in ("://", "::", "www.", "GH-"))
    proposed = outcome(root, body(root, "correct", CORRECT | {"host": text.replace("\n", " "), "other": text}))
    assert isinstance(proposed, Proposal)
    comment = made(proposed, [], WORDS)
    assert text not in comment
    assert shown in comment


@pytest.fixture
def repository(root: Path) -> Path:
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(root), *command], check=True, stdout=subprocess.DEVNULL)
    return root


def git(root: Path, *command: str) -> str:
    return subprocess.run(["git", "-C", str(root), *command], check=True, capture_output=True, text=True).stdout


def test_the_command_puts_a_change_on_a_branch(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "stray.txt").write_text("not ours\n", "utf-8")
    monkeypatch.setenv("HAITANG_ISSUE_BODY", body(repository, "new", NEW))
    monkeypatch.setenv("HAITANG_ISSUE_NUMBER", "12")
    monkeypatch.setenv("HAITANG_ISSUE_COMMENT", str(tmp_path / "comment.md"))
    for _ in range(2):  # the second time the branch is there already
        assert main.main(["issue", "--branch", "--root", str(repository)]) == 0
        assert git(repository, "branch", "--show-current").strip() == "issue-12"
        assert git(repository, "show", "--name-only", "--format=%an").split() == [
            "haitang",
            "positions/lujia/shili-jiayuan.yml",
        ]
        git(repository, "switch", "-q", "main")
    assert "shili-jiayuan" in (tmp_path / "comment.md").read_text("utf-8")
    assert not any(line.lstrip().startswith("::") for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("number", ["", "0", "1;id", "../1", "１２", "1" * 12, "-1"])
def test_a_number_is_digits(number: str, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAITANG_ISSUE_BODY", body(repository, "new", NEW))
    monkeypatch.setenv("HAITANG_ISSUE_NUMBER", number)
    assert main.main(["issue", "--branch", "--root", str(repository)]) == 2
    assert git(repository, "branch", "--format=%(refname:short)").split() == ["main"]


def test_the_command_reads_a_file_and_tells_what_is_wrong(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HAITANG_ISSUE_BODY", raising=False)
    (tmp_path / "body.md").write_text(body(root, "new", NEW | {"phone": "::error::1"}), "utf-8")
    assert main.main(["issue", str(tmp_path / "body.md"), "--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("- 「电话」的号码「：:error：：1」不对。")
    (tmp_path / "body.md").write_bytes("### 名称\n".encode("gb18030"))
    assert main.main(["issue", str(tmp_path / "body.md"), "--root", str(root)]) == 1
    assert main.main(["issue", "--root", str(root)]) == 2


@pytest.mark.parametrize("word", ["不详", "无", "/", "待核实", "？", "暂无", "N/A"])
def test_what_is_not_known_is_left_out_and_said(word: str, root: Path) -> None:
    answers = {**NEW, "address": word, "phone": word, "community": word, "hours": word, "services": word}
    filled = read_body(body(root, "new", answers), settings_of(root))
    assert not isinstance(filled, list)
    proposed = proposal(root, filled)
    assert isinstance(proposed, Proposal)
    assert f": {word}" not in proposed.text
    assert settle(root, proposed, TODAY) == []
    comment = made(proposed, filled.complaints, WORDS)
    assert f"- 「地址」写的「{inert(word, WORDS)}」是还不知道的意思，就当没有填" in comment
    assert comment.count("就当没有填") == 5


def test_what_must_be_known_is_asked_for(root: Path) -> None:
    told = read_body(body(root, "new", {**NEW, "name": "待定", "source_title": "无"}), settings_of(root))
    assert isinstance(told, list)
    assert [(one.label, one.problem.code) for one in told] == [("名称", "unknown-value"), ("资料标题", "unknown-value")]


@pytest.mark.parametrize(
    "name",
    [
        "新家园党群服务站🌸",
        "🌸新家园党群服务站",
        "新家园❤️党群服务站",
        "**新家园**党群服务站",
        "[新家园党群服务站](http://x.cn)",
        "新家园党群服务站[玫瑰]",
        "### 新家园党群服务站",
        "新家园党群服务站 https://x.cn/1",
        "`新家园`党群服务站👨‍👩‍👧",
    ],
)
def test_a_proposed_id_is_that_of_the_bare_name(name: str, root: Path) -> None:
    proposed = outcome(root, body(root, "new", {**NEW, "name": name}))
    assert isinstance(proposed, Proposal)
    assert proposed.id == "xinjia-yuan"


EDITED = [
    "### 地址：",
    "### 地址\xa0",
    "### 地址:",
    "## 地址",
    "####地址",
    "###地址",
    "### 【地址】",
    "### 地 址",
    "**地址**",
    "### 地址（选填）",
    "＃＃＃ 地址",
]


@pytest.mark.parametrize("heading", EDITED)
def test_an_edited_heading_is_blamed_and_not_the_answer_above_it(heading: str, root: Path) -> None:
    text = body(root, "new", {**NEW, "host": "示例社区", "address": "前进路1号"})
    told = outcome(root, text.replace("### 地址", heading))
    assert isinstance(told, list)
    assert [(one.label, one.problem.code) for one in told] == [("", "issue-heading")]
    (line,) = complaints_text(told, WORDS)
    assert line.startswith(f"「{inert(heading.strip(), WORDS)}」不是表单的小标题")
    assert "`### 地址`" in line


@pytest.mark.parametrize("heading", ["### 名称：", "### 资料标题 ：", "## 区镇"])
def test_an_edited_heading_that_must_be_there(heading: str, root: Path) -> None:
    label = heading.strip("# ：")
    told = outcome(root, body(root, "new", NEW).replace(f"### {label}", heading))
    assert isinstance(told, list)
    assert [one.problem.code for one in told] == ["issue-heading"]


def test_our_own_words_stay_as_they_are(root: Path) -> None:
    """What is to be typed is typed as it is told; only what strangers wrote is made harmless."""
    told = read_body(body(root, "new", {**NEW, "source_url": "ftp://js.com/1", "phone": "13900000001"}), settings_of(root))
    assert not isinstance(told, list)
    complaints = outcome(root, body(root, "new", {**NEW, "source_url": "ftp://js.com/1", "phone": "13900000001"}))
    assert isinstance(complaints, list)
    text = refused(complaints, WORDS)
    assert "ftp：//js.com/1" in text
    assert "要以 https:// 或 http:// 开头" in text
    assert "「电话」里有手机号「13900000001」" in text  # in the same round


CLEAR: dict[str, list[tuple[str, str | None]]] = {
    "phone": [
        ("57621055转801", "0512-57621055-801"),
        ("（0512）57621055", "0512-57621055"),
        ("0512-57621055（张主任）", "0512-57621055"),
    ],
    "source_url": [("www.js.com/1", "https://www.js.com/1"), ("https：//js.com/1", "https://js.com/1")],
    "source_date": [
        ("20240308", "2024-03-08"),
        ("二〇二四年三月", "2024-03"),
        ("2024.3", "2024-03"),
        ("2024/3/8", "2024-03-08"),
    ],
    "town": [("陆家", "lujia"), ("lujia", "lujia")],
    "tier": [("站", "station"), ("党群服务点", "point")],
    "address": [("前进路\x0b1号", None)],
}


@pytest.mark.parametrize(("question", "written", "right"), [(key, *pair) for key, pairs in CLEAR.items() for pair in pairs])
def test_a_clear_meaning_is_taken_at_once_and_shown(question: str, written: str, right: str | None, root: Path) -> None:
    settings = root / "directory.yml"
    settings.write_text(settings.read_text("utf-8").replace("production: 否", 'production: 否\narea_code: "0512"'), "utf-8")
    proposed = outcome(root, body(root, "new", {**NEW, question: written}))
    if right is None:
        assert isinstance(proposed, list)
        assert [one.problem.code for one in proposed] == ["one-line"]
        return
    assert isinstance(proposed, Proposal), proposed
    assert right in proposed.text
    assert any(right in change.after for change in proposed.changes)


@pytest.mark.parametrize("written", ["启发广场", "邹家角启发广场", " 启发广场 ", "启发广场党群服务点", "qifa-guangchang"])
def test_a_place_is_found_by_all_its_names(written: str, root: Path) -> None:
    proposed = outcome(root, body(root, "correct", {**CORRECT, "subject": written}))
    assert isinstance(proposed, Proposal)
    assert proposed.id == "qifa-guangchang"


@pytest.mark.parametrize("town", ["Lujia", "昆山市陆家镇", "江苏省昆山市陆家镇", "陆家 镇"])
@pytest.mark.parametrize(
    "services", ["1. 便民服务\n2. 党员学习", "便民服务和党员学习", "便民服务 党员学习", "①便民服务②党员学习"]
)
def test_what_check_would_cure_is_taken(root: Path, town: str, services: str) -> None:
    proposed = outcome(root, body(root, "new", NEW | {"town": town, "services": services}))
    assert isinstance(proposed, Proposal)
    text = (root / proposed.file).read_text("utf-8")
    assert "town: lujia\n" in text
    assert "services:\n  - 便民服务\n  - 党员学习\n" in text


@pytest.mark.parametrize("services", ["√ 便民服务\n× 党员学习", "便民服务？", "便民服务、养鱼"])
def test_what_is_not_certain_is_not_taken(root: Path, services: str) -> None:
    assert not isinstance(outcome(root, body(root, "new", NEW | {"services": services})), Proposal)
