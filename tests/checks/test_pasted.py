"""What came along with pasted texts, and persons' names: what is told, with its cure, and what must stay as it is."""

from pathlib import Path

import pytest

from haitang.checks.lint.garbled import readings
from haitang.checks.lint.garbled.edits import corrected
from haitang.checks.lint.pasted import bare_name, marks
from haitang.model.written.persons import person_alone, persons
from tests.cli.test_check import QIFA, check
from tests.conftest import problems_of

NAMES = [
    ("示例家园党群服务站🌸", "示例家园党群服务站"),
    ("🚩示例家园党群服务站", "示例家园党群服务站"),
    ("示例❤️家园党群服务站", "示例家园党群服务站"),
    ("示例家园👨‍👩‍👧党群服务站☀️", "示例家园党群服务站"),
    ("1️⃣示例家园党群服务站", "示例家园党群服务站"),
    ("🇨🇳 示例家园党群服务站", "示例家园党群服务站"),
    ("**测试社区**党群服务中心", "测试社区党群服务中心"),
    ("[测试社区党群服务中心](http://x.cn)", "测试社区党群服务中心"),
    ("**[测试社区党群服务中心](https://x.cn/a?b=1)**", "测试社区党群服务中心"),
    ("## 测试社区党群服务中心", "测试社区党群服务中心"),
    ("`测试社区党群服务中心`", "测试社区党群服务中心"),
    ("__测试社区__党群服务中心", "__测试社区__党群服务中心"),
    ("*测试社区党群服务中心*", "测试社区党群服务中心"),
    ("> 测试社区党群服务中心", "测试社区党群服务中心"),
    ("~~旧~~测试社区党群服务中心", "旧测试社区党群服务中心"),
    ("测试社区党群服务中心[玫瑰][玫瑰]", "测试社区党群服务中心"),
    ("【转】测试社区党群服务中心", "测试社区党群服务中心"),
    ("<b>测试社区</b>党群服务中心<br>", "测试社区党群服务中心"),
    ("<P style='x'>测试社区党群服务中心</P>", "测试社区党群服务中心"),
    ("测试社区![图](https://x.cn/a.png)党群服务中心", "测试社区党群服务中心"),
]
SOUND_NAMES = [
    "示例家园（东区）党群服务站", "“海棠花红”先锋阵地", "1+1>2 示例驿站", "示例·家园党群服务点", "5G 示例园党群服务站",
    "★示例星级驿站",
    "#1 号楼党群服务点", "C# 园区党群服务站", "3*4 示例点", "示例_家园", "【示例】党群服务点", "示例家园☎服务点",
    "示例①号点", "A*STAR 示例点",
    "示例[东区]党群服务点", "示例™园区党群服务站", "示例℃驿站", "示例→家园", "一〇三广场党群服务点", "示例—家园",
    "示例家园♀之家",
]  # fmt: skip


@pytest.mark.parametrize(("name", "right"), NAMES)
def test_names_are_bared(name: str, right: str) -> None:
    assert bare_name(name) == right


@pytest.mark.parametrize("name", SOUND_NAMES)
def test_sound_names_stay(name: str) -> None:
    assert bare_name(name) == name


TEXTS = [
    ("张三 10:32\n今天开门。", "\n今天开门。"),
    ("张三 2024-03-08 10:32\n今天开门。", "\n今天开门。"),
    ("示例社区小李 2024年3月8日 上午10:32\n今天开门。", "\n今天开门。"),
    ("示例社区(123456789) 10:32:15\n今天开门。", "\n今天开门。"),
    ("王书记 昨天 10:32\n今天开门。", "\n今天开门。"),
    ("昨天 10:32\n今天开门。", "\n今天开门。"),
    ("------ 转发的消息 ------\n今天开门。", "\n今天开门。"),
    ("———转发消息———\n今天开门。", "\n今天开门。"),
    ("以下为转发内容：\n今天开门。", "\n今天开门。"),
    ("群聊的聊天记录\n今天开门。", "\n今天开门。"),
    ("【转】今天开门。", "今天开门。"),
    ("【转发】今天开门。", "今天开门。"),
    ("［转］今天开门。", "今天开门。"),
    ("转发：今天开门。", "今天开门。"),
    ("转发的消息\n\n今天开门。", "\n\n今天开门。"),
    ("今天开门。\n示例社区\n2024-03-08 10:32:15", "今天开门。\n示例社区\n2024-03-08 10:32:15"),
    ("今天开门。[图片]", "今天开门。"),
    ("[图片]\n[视频]\n今天开门。", "\n\n今天开门。"),
    ("今天开门[微笑][强]。", "今天开门。"),
    ("辛苦了[玫瑰]", "辛苦了"),
    ("今天开门［鼓掌］。", "今天开门。"),
    ("今天开门[加油][太阳]！", "今天开门！"),
    ("今天开门。\n![IMG_1](https://github.com/user-attachments/assets/1234-abcd)", "今天开门。\n"),
    ('<img width="400" src="https://github.com/user-attachments/assets/1">\n今天开门。', "\n今天开门。"),
    ("今天开门。\nhttps://github.com/user-attachments/assets/1234-abcd", "今天开门。\n"),
    ("![](/uploads/1/a.png)今天开门。", "今天开门。"),
    ("今天开门。<img src='a.png'/>", "今天开门。"),
    ("## 简介\n今天开门。", "简介\n今天开门。"),
    ("看[报道](https://www.example.org/a)。", "看报道（https://www.example.org/a）。"),
    ("叫`示例`。", "叫示例。"),
]
SOUND_TEXTS = [
    "**健康义诊**每周一次。", "晨练 06:30\n早餐会 08:30", "开放时间 9:00", "周六 9:00", "报名截止 10:30", "高峰 08:30",
    "亲子阅读 14:00",
    "活动转发到朋友圈。", "消息由社区转发。", "评为[2019]年度先进。", "这里有：议事长廊、阅览角。[^1]",
    "温度 <5℃ 时关闭。", "第 1 组 10:32 到达。",
    "大家微笑服务，握手言和。", "[注]每天开门。", "“图片展”每月一次。", "见 https://github.com/example/repo 。",
    "- 阅览\n- 休息", "得分 3:2:1 分配",
    "今天 10:32 启用。", "以下为服务内容：", "以下内容由社区提供", "聊天室在二楼。", "C# 课程", "面积 3*4*5 米",
    "【昆山发布】今天开门。", "1. 阅览",
    "启用仪式 2024-03-08 09:30", "活动时间 2024年3月8日 上午9:30", "张浦 10:32 路", "2024-03-08 10:32",
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), TEXTS)
def test_texts_are_told_with_what_is_left(text: str, right: str) -> None:
    assert corrected(text, marks(text, ("story",))) == right
    assert list(marks(right, ("story",))) == []


@pytest.mark.parametrize("text", SOUND_TEXTS)
def test_sound_texts_stay(text: str) -> None:
    assert list(marks(text, ("story",))) == []


def test_a_papers_own_heading_stays() -> None:
    assert list(marks("[视频]昆山：海棠花红", ("sources", 0, "title"))) == []
    assert list(marks("**昆山**：海棠花红", ("sources", 0, "title"))) != []


PERSONS = [
    "联系人：张三", "负责人:王建国", "联系人张三", "书记王建国说", "主任：李明", "社区书记王建国介绍", "张主任",
    "找张主任", "王建国书记", "书记张三。",
    "联系人 李小红", "负责人（王建国）", "经办人：周某", "由陆书记牵头", "请李明主任", "（陆站长）", "联系人：欧阳明",
]  # fmt: skip
NOBODY = [
    "主任办公室", "书记工作室", "王建国书记工作室", "党支部书记岗", "书记项目", "书记任组长", "主任高兴地说",
    "负责人：周市镇", "联系人：党建办",
    "负责人：社区主任", "副主任", "第一书记", "任书记期间", "时任书记", "联系人电话", "责任人制度", "书记带头",
    "主任安排工作", "向书记反映", "书记和主任",
    "网格员方便", "社工站", "馆长接待日", "高主任办公室", "书记说事", "信息员上门", "于主任办公室反映", "书记金点子",
    "镇长热线", "组长轮值",
    "联系人：高新区", "张浦镇主任", "李明主任工作室", "书记、主任", "负责人：见公示栏", "书记林长制",
]  # fmt: skip


@pytest.mark.parametrize("text", PERSONS)
def test_persons_are_seen(text: str) -> None:
    assert list(persons(text))


@pytest.mark.parametrize("text", NOBODY)
def test_posts_are_nobody(text: str) -> None:
    assert list(persons(text)) == []


def test_an_office_that_is_a_person() -> None:
    for text in ("王建国", "陆家镇党建办 王建国", "张三", "邹家角社区（王建国）", "党建办：李小红"):
        assert person_alone(text), text
    for text in (
        "陆家镇党建办",
        "高新区",
        "苏宁",
        "陆家",
        "周市镇",
        "华为",
        "金海岸",
        "周庄",
        "邹家角社区",
        "示例（集团）",
        "张浦",
    ):
        assert person_alone(text) is None, text


CUT = [
    "党　群服务站",
    "陆家镇党 群服务站",
    "党群服　务站",
    "党群服务 站",
    "党\u00a0群服务中心",
    "社 区居委会",
    "志愿服\u2003务",
    "居\u2009委会",
]
NOT_CUT = [
    "昆山市 启发广场“海棠花红”先锋阵地", "党群 服务站", "便民 服务中心", "服务 点位", "组织党员 学习参观", "开会 议事厅",
    "建党 群众", "入党 员工",
    "阅览 休息 饮水", "陆家镇 党委", "示例路 1 号", "第 1 党支部", "共 38 个 阵地",
]  # fmt: skip


@pytest.mark.parametrize("text", CUT)
def test_a_blank_in_a_word_is_told(text: str) -> None:
    assert {slip.code for slip in readings(text)} == {"garbled-spaced"}
    assert corrected(text, readings(text)) == "".join(text.split())


@pytest.mark.parametrize("text", NOT_CUT)
def test_a_blank_between_words_is_not(text: str) -> None:
    assert readings(text) == ()


STORY = "启发广场是邹家角社区居民常来的地方。[^1]\n"


def test_what_came_along_is_taken_out(root: Path) -> None:
    right = (root / QIFA).read_text("utf-8")
    spoilt = right.replace("name: 启发广场党群服务点", 'name: "**启发广场**党群服务点🌸"').replace(
        f"  {STORY}", f"  张三 10:32\n  {STORY}  ![IMG](https://github.com/user-attachments/assets/1)\n"
    )
    (root / QIFA).write_text(spoilt.replace("short_name: 启发广场", 'short_name: "[启发广场](http://x.cn)"'), "utf-8")
    told = [problem.code for problem in problems_of(root, advised=True)]
    assert told == ["pasted-marks"] * 4
    assert check(root, QIFA, "--fix") == 0
    assert (root / QIFA).read_text("utf-8") == right


def test_a_line_that_only_looks_empty_still_parts_paragraphs(root: Path) -> None:
    right = (root / QIFA).read_text("utf-8")
    spoilt = right.replace(f"  {STORY}\n", f"  {STORY}  \u200b\n")
    assert spoilt != right
    (root / QIFA).write_text(spoilt, "utf-8")
    assert check(root, QIFA, "--fix") == 0
    assert (root / QIFA).read_text("utf-8") == right


def test_private_mail_is_remarked_wherever_it_stands(root: Path) -> None:
    right = (root / QIFA).read_text("utf-8")
    for mail, code in (
        ("12345678@qq.com", "contact-in-text"), ("dangqun_1@163.com", "contact-in-text"),
        ("a.b@126.com", "contact-in-text"),
        ("abc＠gmail.com", "contact-in-text"), ("x@foxmail.com", "contact-in-text"), ("dj@vip.qq.com", "contact-in-text"),
        ("dangqun@ks.gov.cn", None), ("djb@lujia.gov.cn", None), ("a@example.org", None), ("info@myqq.com", None),
        ("a@163.com.example.org", None),
    ):  # fmt: skip
        (root / QIFA).write_text(right.replace("host: 邹家角社区党委", f"host: 邹家角社区党委 {mail}"), "utf-8")
        assert [problem.code for problem in problems_of(root, advised=True)] == ([code] if code else []), mail


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("请打一三八一二三四五六七八。", True), ("请打幺三八幺二三四五六七八。", True),
        ("请打 一三八 〇〇〇〇 一二三四。", True),
        ("请打138零零零零1234。", True), ("请打一五九-一二三四-五六七八。", True),
        ("一九七八-二〇二四年。", False), ("二〇二四年三月八日。", False), ("一二三四五六七八九。", False),
        ("一三五组和二四六组。", False),
        ("十三八一二三四五六七。", False), ("一二三四五，上山打老虎。", False),
    ],
)  # fmt: skip
def test_numbers_in_spoken_digits(text: str, is_told: bool, root: Path) -> None:
    file = root / QIFA
    file.write_text(file.read_text("utf-8").replace("启发广场是邹家角社区居民常来的地方。", text), "utf-8")
    assert [problem.code for problem in problems_of(root)] == (["mobile-number"] if is_told else [])


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://mp.weixin.qq.com/s?src=11&timestamp=1700000000&ver=1&signature=abc*def&new=1", "link-personal"),
        ("https://mp.weixin.qq.com/s?timestamp=1700000000&src=3&ver=1&signature=abc", "link-personal"),
        ("https://weixin.sogou.com/link?url=dn9a_-gY295K0Rci&type=2", "link-personal"),
        ("https://mp.weixin.qq.com/s?__biz=MzA&mid=26&idx=1&sn=9f", None),
        ("https://mp.weixin.qq.com/s/AbCdEf123", None),
        ("https://mp.weixin.qq.com/s?__biz=MzA&mid=26&idx=1&sn=9f&chksm=1#rd", None),
        ("https://www.example.org/s?signature=1&timestamp=2", None),
        ("https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA&action=getalbum&album_id=1", None),
    ],
)
def test_links_that_die_in_hours(url: str, code: str | None, root: Path) -> None:
    file = root / QIFA
    file.write_text(file.read_text("utf-8").replace("https://www.example.org/qifa", url), "utf-8")
    assert [problem.code for problem in problems_of(root, advised=True)] == ([code] if code else [])


def test_a_former_id_is_not_the_present_one(root: Path) -> None:
    file = root / QIFA
    text = file.read_text("utf-8")
    file.write_text(text.replace("tier: point", "former_ids: [qifa-guangchang, qifa]\ntier: point"), "utf-8")
    assert [problem.code for problem in problems_of(root)] == ["id-taken"]
    file.write_text(text.replace("tier: point", "former_ids: [qifa]\ntier: point"), "utf-8")
    assert problems_of(root) == ()
