"""Garbled text: what is found, what it is read as, and everything that must stay as it is."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import opencc
import pytest

from haitang.checks.lint.garbled import readings
from haitang.checks.lint.garbled.edits import Slip, corrected, followed
from haitang.checks.lint.garbled.repeats import everyday
from haitang.checks.lint.garbled.variants import PLAIN, lookalikes
from haitang.checks.load import load
from haitang.core.problem_codes import CODES

PROJECT = Path(__file__).resolve().parents[2]
# How the founding document is spoilt, and what it says.
DOCUMENT = """
标志党群服务中心心 党群服务中心
标志党群服务中心 党群服务中心
党群服务中心心 党群服务中心
党群服务中心惢 党群服务中心
党群服务中惢心 党群服务中心
标志党群服务中惢心 党群服务中心
党群垺务中心 党群服务中心
党群服务點 党群服务点
鄒家角 邹家角
邹家角 邹家角
蘇报通讯员 苏报通讯员
笁作 工作
咑造 打造
争莋 争做
党员争莋标杆 党员争做标杆
嘚 的
强囮 强化
人头攢动 人头攒动
动遷小区 动迁小区
體现 体现
區分 区分
統筹 统筹
展礻服务模块 展示服务模块
黨建 党建
先鋒 先锋
書记 书记
課堂 课堂
視化 视化
發挥 发挥
原創 原创
体驗 体验
"""
OTHERS = """
服務中心 服务中心
乾淨整潔 干净整洁
顯著成績 显著成绩
皇后大道後面 皇后大道后面
歡迎光臨 欢迎光临
図書館 图书馆
位於陆家镇 位于陆家镇
公礻栏 公示栏
仃车场 停车场
歺厅 餐厅
鸡旦 鸡蛋
党群服服务中心 党群服务中心
党群服务务中心 党群服务中心
党党群服务中心 党群服务中心
党群服务站站 党群服务站
党群服务中心心是新家 党群服务中心是新家
全市标志党群服务中心心建成 全市党群服务中心建成
党群服务中心心、站、点 党群服务中心、站、点
标识牌党群服务站 党群服务站
⼯作⽇ 工作日
⻓江路 长江路
⾞站 车站
更\uf9e1 更李
ＡＥＤ AED
１２３号楼 123号楼
Аpple Apple
党&amp;群 党&群
党&#20826; 党党
&#x515A;建 党建
&amp;#20826;建 党建
%E5%85%9A%E5%BB%BA 党建
%B5%B3%BD%A8 党建
\\u515a\\u5efa 党建
%u515A建 党建
来了。。走了 来了。走了
好，，坏 好，坏
好，。 好。
等一等。。。 等一等……
党\u3000群\u3000服\u3000务 党群服务
黨&#24314; 党建
烫烫烫烫 …
锟斤拷锟斤拷 …
上门\ufffd\ufffd …
"""
# Words, names and ways of writing that only look like mistakes.
SILENT = """
星星点灯 家家户户 心心相印 妈妈 人人参与 天天向上 点点滴滴 爱心妈妈 爷爷奶奶 娃娃 谢谢 试试看 看看书 办办事 说说心里话
红红火火 方方面面 党群服务中心心理咨询室 服务站站长 社区区域党建 党员员额 陆家镇镇区 巴城镇镇、村两级 张浦镇镇里
锦溪镇镇上 全党党员 人民群众众志成城 服务务求实效 城市管理办事处处于中心 组织部部将 服务站站在群众一边 工作作为
党群服务中心心的港湾 中心心为民 党群群策群力 工作作风 打造造福工程 体验验收 展示示范 群众众筹 居民民生 企业业主 广场场地
驿站站点 先锋锋芒 服务点点亮 中心心愿 党委委员 居委会会议 村委会会员 信息员员工 活动室室内 园区区域 开发区区内 小区区长
街道道路 会议室室外 党支部部署 中心心连心 找茬 莱菔 嘚瑟 囡囡 囮子 礻字旁 彳亍 乾隆年间 乾坤 著名 显著 慰藉 宫商角徵羽
瞭望 皇后 太后 里程 公里 干部 余杭 松江 后面 云南 丰收 万象 宜兴氿里 西氿 甪直 浒墅关 盛泽 木渎 阳澄湖 淀山湖 周市 蓬朗
正仪 石牌 兵希 菉溪 菉葭 娄江 吴淞江 亭林 柏庐 震川 千灯 锦溪 邹家角 夏驾河 泗桥 珠泾 傀儡湖 邨 昇 淼 喆 堃 璟 祎 玥 犇
翀 镕 釐 於潜 苧溪 甦 赵孟頫 陆扞 祕 统一标志，党群服务中心 标志性建筑 标志着党群服务中心建成 党群服务中心标志 形象标识
昆山市××××路 ××路××号 “海棠花红”先锋阵地 50%以上 100%满意 25㎡ 320m² 1+1>2 R&D中心 AT&T Wi-Fi 36°C
2018—2019 ①②③ C++ 咨询……欢迎 你好！！ 真的？！ https://example.org/%E5%85%9A%E5%BB%BA α测试 μm β版 Café Über
résumé Москва 北京·上海 （试运行） ———— ······ 烫烫 三屯 C:\\党建
"""
PHRASES = ("春 夏 秋 冬", "仁 义 礼 智 信", "张 三", "陆家镇启发广场 2 号", "创文化 创效益 创业绩", "A B C", "红 黄 蓝")
CHINESE = ("党群服务", "海棠花红", "先锋阵地", "组织生活", "便民服务", "昆山市陆家镇", "志愿者活动站", "议事协商")


def rows(table: str) -> list[tuple[str, str]]:
    """Two words a line; `\\u` escapes stand for characters that could not be seen here, two backslashes for one."""
    lines = (line.encode("raw_unicode_escape").decode("raw_unicode_escape") for line in table.split("\n") if line)
    return [(pair[0].replace("\\\\", "\\"), pair[1]) for line in lines if (pair := line.split(" "))]


def read(text: str) -> str:
    return corrected(text, readings(text))


@pytest.mark.parametrize(("wrong", "right"), [*rows(DOCUMENT), *rows(OTHERS)])
def test_reading(wrong: str, right: str) -> None:
    assert read(wrong) in (right, f"上门{right}")


def test_the_document_as_one_text() -> None:
    """What is read does not depend on what stands before and after, as long as that is no word with it."""
    table = rows(DOCUMENT)
    assert read("，".join(wrong for wrong, _ in table)) == "，".join(right for _, right in table)
    assert read("\n".join(wrong for wrong, _ in table)) == "\n".join(right for _, right in table)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("宣传栏党群服务中心心理咨询室", "党群服务中心心理咨询室"),
        ("宣传栏党群服务中心心愿墙", "党群服务中心心愿墙"),
        ("宣传栏党群服务中心心", "党群服务中心"),
        ("宣传栏党群服务站站长", "党群服务站站长"),
    ],
)
def test_the_end_of_a_term_is_doubled_only_where_it_begins_no_word(written: str, right: str) -> None:
    assert read(f"来{written}") == f"来{right}"


def test_encodings_are_undone_four_times_and_no_more() -> None:
    """Each time doubles the text: whoever looks further looks at length for what nobody has written."""
    text = "社区服务"
    for _ in range(4):
        text = text.encode("utf-8").decode("latin-1")
        assert read(text) == "社区服务"
    assert not list(readings(text.encode("utf-8").decode("latin-1")))


@pytest.mark.parametrize("text", CHINESE)
def test_encodings_are_undone(text: str) -> None:
    utf8, gbk = text.encode("utf-8"), text.encode("gbk")
    assert read(utf8.decode("gb18030")) == text
    assert read(utf8.decode("latin-1")) == text
    assert read(gbk.decode("latin-1")) == text
    assert read(utf8.decode("latin-1").encode("utf-8").decode("latin-1")) == text
    windows = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in utf8)
    assert read(f"地址：{windows}（昆山）") == f"地址：{text}（昆山）"
    assert [slip.code for slip in readings(utf8.decode("gb18030"))] == ["garbled-encoding"]


def test_a_lost_end_is_told_and_not_cured() -> None:
    (slip,) = readings("党群服务站".encode()[:-1].decode("gbk") + "?")
    assert (slip.code, slip.right) == ("garbled-half", "党群服务…")
    assert CODES[slip.code].fix == "-"


@pytest.mark.parametrize("text", [*SILENT.split(), *PHRASES])
def test_what_is_right_stays(text: str) -> None:
    assert readings(text.replace("\\\\", "\\")) == ()


def test_there_are_enough_words_that_stay() -> None:
    assert len(SILENT.split()) > 150


def test_every_simplified_character_stays() -> None:
    ours = {word for word in lookalikes()[0] if len(word) == 1}
    assert [one for one in PLAIN if one not in ours and readings(one)] == []
    assert ours & set(PLAIN) == {"礻", "後"}  # in GB 2312, and yet no character of its own


def test_every_traditional_character_of_big5_is_read() -> None:
    """Whatever is only traditional and common (the first level of Big5) has a simplified reading."""
    cells = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    common = "".join(bytes((row, cell)).decode("big5", "ignore") for row in range(0xA4, 0xC7) for cell in cells)
    convert = opencc.OpenCC("t2s").convert
    wanted = [one for one in common if one not in PLAIN and convert(one) in PLAIN and one not in "於釐扞脩祕陞苧蒐昇氾谿"]
    assert len(wanted) > 1_500
    assert [one for one in wanted if not readings(one)] == []


@pytest.mark.live
def test_no_remark_on_the_real_directory() -> None:
    told = load(PROJECT, today=date.today(), advised=True).remarks
    assert [problem for problem in told if problem.code.startswith("garbled")] == []


def test_lookalikes_are_read_as_plain_characters() -> None:
    meant, home, _ = lookalikes()
    for wrong, right in meant.items():
        assert set(right) <= set(PLAIN), wrong
        assert read(right) == right
        assert read(wrong) == right
    for word in home:
        assert read(word) == word


def test_own_terms_are_sound() -> None:
    assert [word for word in everyday().words if readings(word)] == []


PIECES = [wrong for wrong, _ in rows(DOCUMENT + OTHERS)]
GLUE = ["", "", "，", " ", "\n", "的", "昆山", "心", "A", "（", "。"]


@pytest.mark.parametrize("seed", range(40))
def test_corrected_text_has_no_more_readings(seed: int) -> None:
    dice = Random(seed)
    for _ in range(25):
        text = "".join(dice.choice(PIECES) + dice.choice(GLUE) for _ in range(dice.randrange(1, 7)))
        slips = readings(text)
        assert [slip for slip in slips if text[slip.start : slip.end] != slip.wrong or "\n" in slip.wrong] == []
        assert all(before.end <= after.start for before, after in pairwise(slips)), text
        assert {CODES[slip.code].level for slip in slips} <= {"warning"}
        once = corrected(text, slips)
        assert readings(once) == (), (text, once)


@pytest.mark.parametrize("seed", range(20))
def test_two_rounds_as_one(seed: int) -> None:
    """Whatever two rounds of corrections do, told as one they do the same."""
    dice = Random(seed)
    for _ in range(50):
        text = "".join(dice.choice("abc") for _ in range(dice.randrange(1, 12)))
        first = some_slips(dice, text)
        between = corrected(text, first)
        then = some_slips(dice, between)
        assert corrected(text, followed(text, first, then)) == corrected(between, then), (text, first, then)


def some_slips(dice: Random, text: str) -> tuple[Slip, ...]:
    marks = sorted(dice.sample(range(len(text) + 1), min(len(text) + 1, 2 * dice.randrange(3))))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(Slip(start, end, text[start:end], "XY"[: dice.randrange(3)], "garbled-variant") for start, end in pairs)


def test_codes_are_told_at_their_level() -> None:
    assert {CODES[code].level for code in CODES if code.startswith("garbled-")} == {"warning"}
    for code in ("garbled-half", "garbled-inserted", "garbled-lost", "garbled-bracket"):
        assert CODES[code].fix == "-"


def test_ends_soon_on_anything() -> None:
    """Long hostile texts are read in linear time: these would take minutes otherwise."""
    for piece in (
        "體",
        "體的",
        "鍏氱兢鏈嶅姟",
        "å…šç¾¤",
        "µ³Èº·þÎñ",
        "中心心、",
        "心",
        "党 ",
        "&amp;",
        "%E5",
        "。",
        "\\u515a",
        "囖囮",
        "а",
        "Aа",
    ):
        text = piece * (20_000 // len(piece))
        assert readings(corrected(text, readings(text))) == (), piece


def test_a_remark_has_what_a_cure_needs(root: Path) -> None:
    path = root / "positions/lujia/qifa-guangchang.yml"
    spoilt = (
        path.read_text("utf-8")
        .replace("这里有：议事长廊、阅览角。[^1]", "這里有：議事長廊、阅览角。[^1]")
        .replace("居民常来", "居民嘚常来")
    )
    path.write_text(spoilt, "utf-8")
    remarks = load(root, today=date(2026, 11, 23), advised=True).remarks
    assert [problem.code for problem in remarks] == ["garbled-variant", "garbled-traditional"]
    lines = spoilt.split("\n")
    for problem in remarks:
        wrong, guess = str(problem.values["wrong"]), str(problem.values["guess"])
        assert wrong in lines[problem.place.line - 1]
        assert problem.level == "warning"
        lines[problem.place.line - 1] = lines[problem.place.line - 1].replace(wrong, guess)
    path.write_text("\n".join(lines), "utf-8")
    assert load(root, today=date(2026, 11, 23), advised=True).remarks == ()
    assert re.search("這|議|嘚", "\n".join(lines)) is None


def test_a_spoilt_word_of_the_settings_is_no_term(root: Path) -> None:
    path = root / "directory.yml"
    path.write_text(path.read_text("utf-8").replace("- name: 充电", "- name: 便民服务务"), "utf-8")
    (problem,) = load(root, today=date(2026, 11, 23), advised=True).remarks
    assert (problem.code, problem.values["guess"]) == ("garbled-doubled", "便民服务")
