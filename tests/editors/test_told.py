"""The text that pages offer, as it comes back: however it was filled in, forwarded and broken, the same is read from it; what
has two readings is left to a person, and what must not be read is refused with a reason."""

import re
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.editors.entry_files import StoredEntry
from haitang.editors.issues.parser import MAX_BYTES, Complaint, Filled
from haitang.editors.issues.proposal import Proposal, find_entry
from haitang.editors.issues.reply import complaints_text, made
from haitang.editors.issues.told import read_issue, settled
from haitang.editors.scaffold import settings_of
from haitang.model.issue_questions import subject, told_text
from haitang.model.messages import words
from tests.conftest import TODAY
from tests.editors.test_issue_parser import NEW, body
from tests.worlds import tree

WORDS = words("zh-CN")
HEAD = "【帮我们补一条】陆家镇党群服务中心（positions/lujia-zhen）"
PAGE = "网页：https://example.org/a/positions/lujia-zhen.html"
FILE = "positions/lujia/lujia-zhen.yml"
TEXT = f"""{HEAD}
地址：
位置：
开放时间：
哪里不对：
怎么知道的：
{PAGE}"""


def told(root: Path, text: str) -> Proposal | list[Complaint]:
    """What is proposed and written; else the complaints."""
    filled = read_issue(text, settings_of(root))
    if isinstance(filled, list):
        return filled
    made_of, complaints = settled(root, filled, TODAY)
    return made_of or complaints


def codes(found: Proposal | list[Complaint]) -> list[tuple[str, str]]:
    assert isinstance(found, list), found
    assert complaints_text(found, WORDS)
    return [(one.label, one.problem.code) for one in found]


def filled_in(**answers: str) -> str:
    """The page's text with these written behind its labels."""
    labels = {"address": "地址", "hours": "开放时间", "other": "哪里不对", "source": "怎么知道的"}
    text = TEXT
    for name, answer in answers.items():
        text = text.replace(f"{labels[name]}：\n", f"{labels[name]}：{answer}\n")
    return text


def test_a_page_offers_what_is_read_here() -> None:
    about = subject("position", "lujia-zhen", "陆家镇党群服务中心")
    assert told_text(about, ["地址", "位置", "开放时间"], PAGE.removeprefix("网页：")) == TEXT


# One and the same answers in the ways people send them.
ADDRESS, HOURS, SOURCE = "示例路 1 号", "周一至周五 08:30-17:00；周六 09:00-12:00", "11月20日打过电话"
PLAIN = filled_in(address=ADDRESS, hours=HOURS, source=SOURCE)
WAYS = {
    "照着填": PLAIN,
    "半角冒号": PLAIN.replace("：", ":"),
    "冒号前后有空格": PLAIN.replace("：", " ： "),
    "行间空行": PLAIN.replace("\n", "\n\n"),
    "Windows 的换行": PLAIN.replace("\n", "\r\n"),
    "答案另起一行": re.sub(r"^(地址|开放时间|怎么知道的)：", r"\1：\n", PLAIN, flags=re.M),
    "开放时间分两行": PLAIN.replace("；", "\n"),
    "换了先后": f"{HEAD}\n怎么知道的：{SOURCE}\n开放时间：{HOURS}\n地址：{ADDRESS}",
    "没填的行删掉": f"{HEAD}\n地址：{ADDRESS}\n开放时间：{HOURS}\n怎么知道的：{SOURCE}",
    "没填的写不知道": PLAIN.replace("位置：", "位置：不知道").replace("哪里不对：", "哪里不对：____"),
    "前后客气话": f"您好！\n{PLAIN}\n谢谢，辛苦了！",
    "答案后面道谢": PLAIN.replace(SOURCE, f"{SOURCE}，谢谢您！"),
    "微信转发，名字和时间": f"[张三] 10:32\n{PLAIN}\n[李四] 10:33\n收到",
    "电脑微信复制": f"张三 2026/11/30 10:32:05\n{PLAIN}\n\n李四 昨天 21:05\n好的，谢谢",
    "微信每行带名字": "\n".join(f"张三：{line}" for line in PLAIN.splitlines()),
    "微信引用": f"「张三：{PLAIN}」\n- - - - - - - - - - - - - - -\n收到",
    "邮件引用": "\n".join(f"> {line}" for line in PLAIN.splitlines()),
    "带项目符号": PLAIN.replace("\n", "\n· "),
    "带编号": f"{HEAD}\n1. 地址：{ADDRESS}\n2、开放时间：{HOURS}\n3) 怎么知道的：{SOURCE}",
    "标题断成两行": PLAIN.replace("服务中心（", "服务\n中心（"),
    "换行都丢了": PLAIN.replace("\n", " "),
    "几项写在一行": f"{HEAD}\n地址：{ADDRESS} 开放时间：{HOURS}\n怎么知道的：{SOURCE}",
    "没有编号，只有名称": PLAIN.replace("（positions/lujia-zhen）", "").replace(PAGE, ""),
    "只剩网页地址": PLAIN.replace(HEAD, "【帮我们补一条】"),
    "括号是半角": PLAIN.replace("（", "(").replace("）", ")"),
    "同一项写了两遍": f"{PLAIN}\n地址：{ADDRESS}",
    "别的叫法": PLAIN.replace("开放时间", "营业时间").replace("地址：", "详细地址："),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_however_it_is_filled_in_the_same_is_read(way: str, root: Path) -> None:
    filled = read_issue(WAYS[way], settings_of(root))
    assert isinstance(filled, Filled), complaints_text(filled, WORDS)
    answers = dict(filled.answers)
    found = find_entry(root, str(answers.pop("subject")))
    assert isinstance(found, StoredEntry)
    assert found.file == FILE
    assert answers == {"address": ADDRESS, "hours": HOURS, "source_title": SOURCE}


@pytest.mark.parametrize("way", ["照着填", "微信转发，名字和时间", "换行都丢了"])
def test_what_is_read_becomes_a_proposal(way: str, root: Path) -> None:
    found = told(root, WAYS[way])
    assert isinstance(found, Proposal), complaints_text(found, WORDS)
    assert {change.label for change in found.changes} == {"地址", "开放时间", "来源"}
    text = (root / FILE).read_text("utf-8")
    for line in (f"address: {ADDRESS}\n", f"hours: {HOURS}\n", f"  - title: {SOURCE}\n", "phone: 0512-57670000\n"):
        assert line in text
    assert found.asides == ()


# What stands there → the lines that a person is shown, and the fields that are written all the same.
LEFT = {
    "时间有两种意思": (
        filled_in(hours="8:30-17:00", address=ADDRESS, source=SOURCE),
        ["开放时间：8:30-17:00"],
        ["地址", "来源"],
    ),
    "时间说不准": (filled_in(hours="一般白天都开", source=SOURCE), ["开放时间：一般白天都开"], []),
    "好像是": (filled_in(address="好像在示例路上", source=SOURCE), ["地址：好像在示例路上"], []),
    "地址说的是网页": (filled_in(address="网页上写的是旧的", source=SOURCE), ["地址：网页上写的是旧的"], []),
    "地址写了两行": (filled_in(address=f"{ADDRESS}\n门口有树", source=SOURCE), [f"地址：{ADDRESS}；门口有树"], []),
    "没有座机": (f"{HEAD}\n电话：没有\n怎么知道的：问过", ["电话：没有"], []),
    "电话少几位": (f"{HEAD}\n电话：0512-5767\n怎么知道的：问过", ["电话：0512-5767"], []),
    "服务不在词表": (f"{HEAD}\n服务：理发\n怎么知道的：问过", ["服务：理发"], []),
    "位置只能人来定": (f"{HEAD}\n位置：超市对面", ["位置：超市对面"], []),
    "只说哪里不对": (filled_in(other="招牌换了\n门也换了"), ["招牌换了", "门也换了"], []),
    "哪里不对里像项目的话": (filled_in(other="写错了，地址：这一项是老的"), ["写错了，地址：这一项是老的"], []),
    "哪里不对打头就是项目": (filled_in(other="地址：写的是老的"), ["地址：写的是老的"], []),
    "没有标签的话": (
        f"我是隔壁的\n{filled_in(address=ADDRESS, source=SOURCE)}\n\n周日人多",
        ["我是隔壁的", "周日人多"],
        ["地址", "来源"],
    ),
    "没见过的项目": (f"{HEAD}\n电话：0512-57670001\n\n联系人：值班室\n怎么知道的：问过", ["联系人：值班室"], ["电话", "来源"]),
    "品牌没有电话": (
        "【帮我们补一条】红富士（brands/hongfushi）\n电话：0512-57670001\n怎么知道的：问过",
        ["电话：0512-57670001"],
        [],
    ),
    "合并了": (f"{HEAD}\n状态：已合并\n怎么知道的：问过", ["状态：已合并"], []),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT)
def test_what_has_two_readings_is_left_to_a_person(case: str, root: Path) -> None:
    text, left, changed = LEFT[case]
    before = tree(root)
    found = told(root, text)
    assert isinstance(found, Proposal), complaints_text(found, WORDS)
    assert [change.label for change in found.changes] == changed
    assert [(label, said.split("\n")) for label, said in found.asides] == [("哪里不对", left)]
    assert (tree(root) == before) == (not changed)
    assert "下面的话要管理员来看" in made(found, [], WORDS)


HOSTILE = {
    "个人手机": (filled_in(address=ADDRESS, source="找王师傅 13800138000"), [("", "mobile-number")]),
    "手机号分开写": (filled_in(other="打 138 0013 8000"), [("", "mobile-number")]),
    "全角的手机号": (f"{HEAD}\n电话：１３８００１３８０００\n怎么知道的：问过", [("", "mobile-number")]),
    "身份证号": (filled_in(other="320583199001011234"), [("", "identity-number")]),
    "网页是另一处": (PLAIN.replace("positions/lujia-zhen.html", "positions/qifa-guangchang.html"), [("", "issue-two-places")]),
    "编号是另一处": (PLAIN.replace("/lujia-zhen）", "/qifa-guangchang）"), [("", "issue-two-places")]),
    "名称是另一处": (
        PLAIN.replace("陆家镇党群服务中心", "启发广场党群服务点"),
        [("", "issue-two-places")],
    ),
    "又写了哪一处": (f"{PLAIN}\n哪一处：启发广场党群服务点（positions/qifa-guangchang）", [("", "issue-two-places")]),
    "两段粘在一起": (f"{PLAIN}\n\n{filled_in(address='别处', source=SOURCE)}", [("", "issue-twice")]),
    "藏着第二段": (filled_in(other="【帮我们补一条】启发广场党群服务点（positions/qifa-guangchang）"), [("", "issue-twice")]),
    "同一项两种说法": (f"{PLAIN}\n地址：示例路 2 号", [("地址", "issue-twice")]),
    "太长": (PLAIN + "好" * MAX_BYTES, [("", "issue-too-long")]),
    "看不见的字符": (filled_in(address="示例路\u200b 1 号", source=SOURCE), [("", "hidden-character")]),
    "左右颠倒的字符": (filled_in(address="示例路\u202e1 号", source=SOURCE), [("", "hidden-character")]),
    "终端控制": (filled_in(address="示例路\x1b[31m1 号", source=SOURCE), [("", "hidden-character")]),
    "半个字符": (filled_in(address="示例路\ud800 1 号", source=SOURCE), [("", "hidden-character")]),
    "没写怎么知道的": (filled_in(address=ADDRESS), [("怎么知道的", "issue-wanted")]),
    "什么也没填": (TEXT, [("", "issue-nothing")]),
    "没有哪一处": (f"【帮我们补一条】\n地址：{ADDRESS}\n怎么知道的：问过", [("哪一处", "issue-wanted")]),
    "没有这一处": (PLAIN.replace("lujia-zhen", "no-such-place"), [("哪一处", "issue-unknown-entry")]),
    "想逃出文件夹": (PLAIN.replace("positions/lujia-zhen", "positions/../../etc/passwd"), [("哪一处", "issue-unknown-entry")]),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_must_not_be_read_is_refused_with_a_reason(case: str, root: Path) -> None:
    text, expected = HOSTILE[case]
    before = tree(root)
    assert codes(told(root, text)) == expected
    assert tree(root) == before


@pytest.mark.parametrize(
    "text", ["【帮我们补一条】", "【帮我们补一条】" + "：" * 3000, HEAD + "\n" + "地址：\n" * 2000, HEAD + "（" * 9000]
)
def test_nothing_that_is_no_answer_is_taken_for_one(text: str, root: Path) -> None:
    assert codes(told(root, text))


def test_a_form_stays_a_form(root: Path) -> None:
    """Whatever its answers hold."""
    filled = read_issue(body(root, "new", NEW | {"story": f"抄来的：{PLAIN}"}), settings_of(root))
    assert isinstance(filled, Filled)
    assert filled.form.name == "new"


def test_the_command_takes_the_text_from_a_file(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "微信.txt").write_text(WAYS["微信转发，名字和时间"], "utf-8")
    assert main.main(["issue", str(tmp_path / "微信.txt"), "--root", str(root)]) == 0
    assert "lujia-zhen.yml" in capsys.readouterr().out
    assert f"address: {ADDRESS}\n" in (root / FILE).read_text("utf-8")
