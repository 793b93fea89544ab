"""Everything the founding document names is on the site, and marked where the document does not say more.

One row a thing: a page and the words that must stand on it. Rows of UNKNOWN must also stand beside 待核实.
"""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tests.worlds import PROJECT, publish, tree

pytestmark = pytest.mark.live

# Row → page → text, in the order of the document's own checklist.
KNOWN = {
    # positions
    "P1": ("positions/qifa-guangchang", "邹家角社区启发广场党群服务点"),
    "P1 town": ("positions/qifa-guangchang", "陆家镇"),
    "P2": ("positions/lujia-zhen", "陆家镇党群服务中心"),
    "P2 first": ("positions/lujia-zhen", "在昆山最早启动"),
    "P3": ("positions/jiaofa-jituan", "昆山交发集团党群服务中心"),
    "P3 opened": ("positions/jiaofa-jituan", "已经揭牌"),
    "P4": ("positions/fushikang", "富士康集团党群服务站"),
    "P4 brand": ("positions/fushikang", "“红富士”创乐园"),
    "P5": ("positions/shibei-cun", "市北村党群服务站"),
    "P6": ("positions/zhengwuban", "政务办党群服务点"),
    "P7": ("positions/haitang-zhuti-gongyuan", "海棠花红主题公园"),
    "P8": ("positions/chuangyuan-jituan", "创元集团党群服务中心"),
    "P8 elsewhere": ("positions/chuangyuan-jituan", "不在昆山"),
    "P community": ("positions/qifa-guangchang", "邹家角社区"),
    # brands
    "B1": ("about/tiers", "“海棠花红”是苏州全市用的名称"),
    "B2": ("brands/hongfushi", "“红富士”创乐园"),
    "B3": ("about/methods", "红色驿站"),
    "B3 magnet": ("about/methods", "磁石"),
    "B4": ("about/methods", "市委基层党建的“书记项目”"),
    "B5": ("brands/keshihua", "可视化党建"),
    # numbers
    "N1": ("about/tiers", "中心 4 家"),
    "N2": ("about/tiers", "站 158 家"),
    "N3": ("about/tiers", "点 48 个"),
    "N1–3 beside ours": ("progress", "昆山市公布过 中心 4 家 站 158 家 点 48 个"),
    "N1–3 whose": ("progress", "2018 年的数字，来源：苏州日报"),
    "N4": ("about/tiers", "中心、站、点三级"),
    "N5": ("about/methods", "陆家镇从 2017 年起，在商业开发小区和动迁小区试着建党群服务点"),
    "N6": ("about/methods", "2018 年，三级体系列为重点改革任务之一"),
    "N7": ("progress", "年底前，升级后的党群服务中心建成投用"),
    "N8": ("progress", "年底前，党群服务站和党群服务点建成一半以上"),
    "N9": ("progress", "中心、站、点三级体系全面覆盖"),
    "N10": ("about/layout", "七大空间"),
    "N11": ("about/layout", "七大平台"),
    "N12": ("about/methods", "三年提升工程"),
    "N12 figure of speech": ("about/methods", "四梁八柱"),
    "N13": ("about/methods", "三重角色"),
    "N14": ("positions/chuangyuan-jituan", "320 平方米"),
    "N15": ("positions/chuangyuan-jituan", "2,531"),
    "N16": ("positions/chuangyuan-jituan", "15,000"),
    "N17": ("positions/chuangyuan-jituan", "7 月 1 日揭牌"),
    "N18": ("about/exhibition", "2019 年书记项目"),
    "N18 formula": ("about/exhibition", "1+1>2"),
    # siting, keyword and functions of the three tiers
    "L1 siting": ("tiers/centre", "各区镇、城市管理办事处"),
    "L1 keyword": ("tiers/centre", "政治引领"),
    "L1 functions": ("about/tiers", "政治教育、宣传展示、交流互动、综合服务"),
    "L2 siting": ("tiers/station", "村（社区）、区域性党建工作站、规模型商务楼宇"),
    "L2 keyword": ("tiers/station", "统筹协调"),
    "L2 functions": ("about/tiers", "推动组织共建、资源共享，把组织的优势和活力变成服务的优势和创新的活力"),
    "L3 siting": ("tiers/point", "需求集中的小区和自然村，或者工业区、商业区"),
    "L1 source": ("tiers/centre", "昆山“海棠花红”先锋阵地群三级党群服务体系报道 苏州日报"),
    "L2 source": ("tiers/station", "昆山“海棠花红”先锋阵地群三级党群服务体系报道 苏州日报"),
    "L3 source": ("tiers/point", "昆山“海棠花红”先锋阵地群三级党群服务体系报道 苏州日报"),
    "L3 keyword": ("tiers/point", "快速响应"),
    "L3 functions": ("about/tiers", "政治教育、党员管理、志愿服务、解决问题"),
    "L3 bridge": ("about/tiers", "解难事、办实事、做好事，是党组织和群众之间的“连心桥”"),
    # systems
    "S1": ("about/tiers", "集群的效应"),
    "S2": ("about/tiers", "三级党群服务体系"),
    "S3": ("about/chains", "组织链"),
    "S4": ("about/chains", "服务链"),
    "S5": ("about/chains", "示范链"),
    "S6": ("about/methods", "切口小、实战性、闭环化、重创新"),
    "S7": ("positions/lujia-zhen", "七大空间"),
    "S8": ("positions/lujia-zhen", "七大平台"),
    "S9 party": ("about/services", "党建工作指导服务"),
    "S9 everyday": ("about/services", "综合性便民服务"),
    "S9 groups": ("about/services", "群团和社会组织专业服务"),
    "S9 departments": ("about/services", "各职能部门定向服务"),
    "S10": ("about/services", "行政组织、群团组织、社会组织连到一起，用系统化的思维做成开放融合的系统集成"),
    "S11": ("about/chains", "政治引领、方向引领、服务引领"),
    "S12": ("about/layout", "政治功能和标识符号"),
    "S13": ("about/layout", "展示服务模块"),
    "S14": ("about/services", "体验式服务和互动式服务"),
    "S15": ("about/community", "有正气、接地气、聚人气"),
    "S16": ("about/tiers", "规范化建设的部署，从原来的“党员服务中心”升级而来"),
    "S17": ("about/pledges", "组织建强堡垒，党员争做标杆"),
    "S18": ("about/community", "社区网格化治理"),
    "S19": ("about/tiers", "“党建+”“党建带”“党建融”"),
    "S19 tiers": ("about/tiers", "教育、管理、服务党员的三级阵地"),
    "S20": ("progress", "定过的目标"),
    "S21": ("about/chains", "政治领导力、思想引领力、群众组织力、社会号召力"),
    "S22": ("about/exhibition", "看得见、摸得着、考核得了"),
    "S22 goals": ("about/exhibition", "党建目标可视化"),
    "S22 people": ("about/exhibition", "党员形象可视化"),
    "S22 actions": ("about/exhibition", "支部行动可视化"),
    "S22 results": ("about/exhibition", "党建成果可视化"),
    # activities and spaces
    "A1": ("positions/qifa-guangchang", "邻里百家宴"),
    "A2": ("positions/qifa-guangchang", "老人生日会"),
    "A3": ("positions/qifa-guangchang", "信息员上门解困"),
    "A4": ("about/pledges", "先锋示范岗"),
    "A5": ("about/pledges", "亮身份，践承诺"),
    "A6": ("about/community", "报道讲邹家角社区时，提到居民“自治”"),
    "A7 history": ("about/exhibition", "发展历程"),
    "A7 work": ("about/exhibition", "党工团特色工作"),
    "A7 economy": ("about/exhibition", "经济发展成果"),
    "A7 people": ("about/exhibition", "先锋人物"),
    "A7 media": ("about/exhibition", "图文和多媒体"),
    "A8": ("positions/chuangyuan-jituan", "党群接待室"),
    "A9": ("positions/chuangyuan-jituan", "党员活动室"),
    "A10": ("about/exhibition", "实境课堂"),
}
# What the document mentions without saying more: the anchor of the idea on its page, and what is said to be missing.
UNKNOWN = {
    "three roles": ("about/methods", "sanchong-juese", "三重角色是哪三重"),
    "seven spaces": ("about/layout", "qida-kongjian", "七个空间各叫什么"),
    "seven platforms": ("about/layout", "qida-pingtai", "七个平台各叫什么"),
    "three years": ("about/methods", "sannian-gongcheng", "三年是哪三年"),
    "signs": ("about/layout", "biaoshi", "标识的颜色和样子没有查到"),
    "standard": ("about/tiers", "guifanhua", "规范原文、面积要求和标牌样式"),
    "interactive services": ("about/services", "tiyanshi", "具体有哪些体验和互动项目"),
    "posts and pledges": ("about/pledges", "xianfeng-shifangang", "设了哪些岗、承诺了什么"),
    "grid": ("about/community", "wanggehua", "网格怎么划分"),
    "feast": ("about/community", "baijiayan", "在哪里办、哪一天办"),
    "birthdays": ("about/community", "shengrihui", "在哪里办、哪一天办"),
    "self-government": ("about/community", "jumin-zizhi", "怎么“自治”"),
    "the document": ("about/tiers", "sanji-wenjian", "文件的全名和全文"),
    "year of 创元": ("about/exhibition", "shijing-ketang", "是哪一年揭牌的"),
}
POSITIONS = (
    "qifa-guangchang lujia-zhen jiaofa-jituan fushikang shibei-cun zhengwuban haitang-zhuti-gongyuan chuangyuan-jituan"
).split()
# Spellings of the copy that must not have come along.
GARBLED = (
    "标志党群 中心心 中惢心 服務 鄒家角 垺务 笁作 咑造 争莋 嘚 囮 攢 动遷 體现 區分 統筹 展礻 黨建 先鋒 書记 課堂 發挥".split()
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The HTML of every page of the real directory, by its path."""
    out = tmp_path_factory.mktemp("real")
    publish(PROJECT, out, today=date.today())
    pages = tree((out / "site").resolve())
    return {path: content.decode() for path, content in pages.items() if path.endswith(".html")}


def body(html: str) -> str:
    """What a visitor reads on a page, without header and footer, one blank between words."""
    main = html[html.index('<main id="main"') : html.index("<footer")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|li|h\d|span|dt|dd|div)>", " ", main)))).strip()


@pytest.mark.parametrize("row", KNOWN)
def test_it_is_on_the_site(site: dict[str, str], row: str) -> None:
    page, text = KNOWN[row]
    assert text in body(site[f"{page}.html"])


@pytest.mark.parametrize("row", UNKNOWN)
def test_what_the_document_leaves_open_is_said_to_be_open(site: dict[str, str], row: str) -> None:
    page, anchor, text = UNKNOWN[row]
    html = site[f"{page}.html"]
    section = html[html.index(f'id="{anchor}"') :]
    told = section[: section.index("</section>")]
    assert "待核实" in told
    assert text in told


@pytest.mark.parametrize("position", POSITIONS)
def test_no_address_hour_or_phone_was_made_up(site: dict[str, str], position: str) -> None:
    told = body(site[f"positions/{position}.html"])
    assert "待核实" in told
    assert 'href="tel:' not in site[f"positions/{position}.html"].split("<footer")[0]


# Words that say more than the document, each of which stood on a page once: the document names no place for what 邹家角 does,
# adds nothing up, and calls three tiers Kunshan's and nobody else's.
TAKEN_BACK = {
    "positions/qifa-guangchang": ("社区在这里办", "给老人过生日"),
    "about/community": ("在启发广场推出", "共青村", "居民一起商量"),
    "progress": ("210 处",),
    "about": ("210 处",),
    "index": ("210 处", "哪一级都能进门"),
    "tiers/centre": ("总阵地",),
    "tiers/point": ("离家、离岗位最近",),
}


@pytest.mark.parametrize("page", TAKEN_BACK)
def test_no_page_says_more_than_the_document(site: dict[str, str], page: str) -> None:
    told = body(site[f"{page}.html"])
    assert not [words for words in TAKEN_BACK[page] if words in told]


def test_what_no_place_was_named_for_is_told_of_the_community(site: dict[str, str]) -> None:
    told = body(site["positions/qifa-guangchang.html"])
    assert "邹家角社区的党建推出了邻里百家宴、老人生日会、信息员上门解困" in told
    assert "这些在哪里办、哪一天办，报道没有写" in told


def test_three_tiers_are_called_kunshans(site: dict[str, str]) -> None:
    assert "中心、站、点三级是昆山的分法" in body(site["tiers/centre.html"])
    told = body(site["about/tiers.html"])
    assert "张家港分市、镇、区域、村（社区）、网格五级" in told
    assert "常熟也分五级" in told


@pytest.mark.parametrize("page", ["about/exhibition", "about/methods", "about/tiers", "about/layout", "brands/keshihua"])
def test_what_is_said_of_chuangyuan_cites_its_own_report(site: dict[str, str], page: str) -> None:
    """It stands in the second half of the copied text, which is no report of 苏州日报 on Kunshan."""
    told = body(site[f"{page}.html"])
    assert "创元" in told
    assert "创元集团党群服务中心揭牌启用报道" in told


def test_every_row_of_the_checklist_is_here() -> None:
    wanted = [("P", 8), ("B", 5), ("N", 18), ("L", 3), ("S", 22), ("A", 10)]
    rows = {re.split(r"[ –]", name)[0] for name in KNOWN}
    assert {f"{letter}{number}" for letter, count in wanted for number in range(1, count + 1)} <= rows


def test_garbled_spellings_did_not_come_along(site: dict[str, str]) -> None:
    for path, html in site.items():
        if not path.startswith("editors/"):  # there they are shown as what is wrong
            assert not [word for word in GARBLED if word in html], path


def test_ideas_and_positions_link_to_each_other(site: dict[str, str]) -> None:
    chapters = {path: html for path, html in site.items() if re.fullmatch(r"about/(?!index)[^/]+\.html", path)}
    assert len(chapters) == len(list(Path(PROJECT, "concepts").glob("*.yml")))
    links = 0
    for path, html in chapters.items():
        for anchor, section in re.findall(r'<section id="([^"]+)" class="concept">(.*?)</section>', html, re.DOTALL):
            for position in set(re.findall(r'href="\.\./positions/([^"]+)"', section)):
                links += 1
                assert f'href="../{path}#{anchor}"' in site[f"positions/{position}"], (path, anchor, position)
    assert links > 60
