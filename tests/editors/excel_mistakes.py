"""What editors, and the programs they type in, do to a workbook: what is done to cells, and what must be told at which cell.

The workbook is that of tests/mistakes/base. A change is cells with what is put into them (a pair is a value and its number
format, None clears), a function of the workbook, or several of these. `test_excel.py` does each and reads it again.

A cell is named by the header of its column in that workbook, so that a new field moves none: `阵地!电话3`. `+` stands for the
first column behind the last.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Step: TypeAlias = Mapping[str, Any] | Callable[[Workbook], object]
Change: TypeAlias = Step | Sequence[Step]
Columns: TypeAlias = Mapping[str, Mapping[str, str]]  # sheet → header → the letters of its column


def columns_of(book: Workbook) -> Columns:
    """Where each header of a workbook stands."""
    found = {
        sheet.title: {str(cell.value): get_column_letter(at) for at, cell in enumerate(sheet[1], 1)}
        for sheet in book.worksheets
    }
    return {title: {**heads, "+": get_column_letter(len(heads) + 1)} for title, heads in found.items()}


def lettered(place: str, columns: Columns) -> str:
    """`阵地!电话3`, whatever follows it, with the letters of the column: `阵地!X3`."""
    return re.sub(r"^(\w+)!(\D+)(?=\d)", lambda found: f"{found[1]}!{columns[found[1]][found[2]]}", place)


def letters(sheet: Worksheet, header: str) -> str:
    """The column of a header that stands in the first row."""
    return next(cell.column_letter for cell in sheet[1] if cell.value == header)


def delete_column(sheet: Worksheet, header: str) -> None:
    sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == header))


def merge(sheet: Worksheet, first: str, last: str) -> None:
    """In the third row, from one header's column to another's."""
    sheet.merge_cells(f"{letters(sheet, first)}3:{letters(sheet, last)}3")


def move_phones(book: Workbook) -> None:
    """The column of telephones goes far behind the others, and the third row gets another number there."""
    sheet, column = book["阵地"], letters(book["阵地"], "电话")
    sheet.move_range(f"{column}1:{column}4", cols=sheet.max_column)
    sheet.cell(3, sheet.max_column).value = "0512-57621056"


def added(own_id: str | None, name: str) -> dict[str, Any]:
    """A new position in 陆家镇 with a source."""
    key = {"来源!阵地编号5": own_id} if own_id else {"来源!阵地名称5": name}
    return {"阵地!编号5": own_id, "阵地!名称5": name, "阵地!区镇5": "陆家镇", **key, "来源!标题5": "报道"}


# title → (the change, what is told: `sheet!cell code`, with ` 「…」` behind it where something is proposed)
MISTAKES: dict[str, tuple[Change, list[str]]] = {
    # what the program made of the typing
    "外地电话被当成了数": ({"阵地!电话3": 2087654321}, ["阵地!电话3 excel-phone-eaten"]),
    "电话变成了科学计数": ({"阵地!电话3": "5.1258E+10"}, ["阵地!电话3 excel-scientific"]),
    "电话没写区号": ({"阵地!电话3": 57621055}, ["阵地!电话3 bad-phone"]),
    "电话写了手机": ({"阵地!电话3": 13800138000}, ["阵地!电话3 mobile-number"]),
    "编号太长变成科学计数": ({"阵地!名称3": "1.2E+17"}, ["阵地!名称3 excel-scientific"]),
    "长号码丢了后几位": ({"阵地!村（社区）3": 320583199001011234}, ["阵地!村（社区）3 excel-long-number"]),
    "日期变成了数": ({"阵地!启用时间3": 43647}, ["阵地!启用时间3 excel-date-eaten 「2019-07-01」"]),
    "日期变成了数，在另一张表": ({"来源!日期3": 43434}, ["来源!日期3 excel-date-eaten 「2018-11-30」"]),
    "年月打成了小数": ({"阵地!启用时间3": 2019.1}, ["阵地!启用时间3 excel-date-decimal"]),
    "只写了月日，软件添了年": ({"阵地!启用时间3": (date(2026, 7, 1), 'm"月"d"日"')}, ["阵地!启用时间3 excel-date-no-year"]),
    "门牌变成了日期": ({"阵地!地址3": (date(2026, 3, 4), "yyyy-mm-dd")}, ["阵地!地址3 excel-became-date"]),
    "开放时间变成了钟点": ({"阵地!开放时间3": (time(9, 30), "hh:mm")}, ["阵地!开放时间3 excel-became-date"]),
    "面积变成了日期": ({"阵地!面积3": (date(2026, 3, 20), "yyyy-mm-dd")}, ["阵地!面积3 excel-became-date"]),
    "活动时间变成了日期": ({"活动!时间2": (datetime(2026, 12, 5, 14), "yyyy-mm-dd hh:mm")}, ["活动!时间2 excel-became-date"]),
    "日期列里只有钟点": ({"阵地!启用时间3": (time(9, 30), "hh:mm")}, ["阵地!启用时间3 excel-became-date"]),
    "面积写成百分数": ({"阵地!面积3": (3.2, "0%")}, ["阵地!面积3 excel-percent"]),
    "勾选框当成了面积": ({"阵地!面积3": True}, ["阵地!面积3 bad-number"]),
    "拼接名称的公式": ({"阵地!名称3": '=A3&"站"'}, ["阵地!名称3 excel-formula"]),
    "编号是公式": ({"阵地!编号3": "=A2"}, ["阵地!编号3 excel-formula"]),
    "列表里的编号是公式": ({"活动!阵地编号2": "=A1"}, ["活动!阵地编号2 excel-formula"]),
    "出错的公式": ({"阵地!面积3": "#N/A"}, ["阵地!面积3 excel-error-cell"]),
    "找不到的引用": ({"活动!地点2": "#REF!"}, ["活动!地点2 excel-error-cell"]),
    # 键盘和习惯
    "面积的单位看不懂": ({"阵地!面积3": "12间"}, ["阵地!面积3 number-with-unit"]),
    "面积写约数": ({"阵地!面积3": "约320平方米"}, ["阵地!面积3 number-with-unit 「320」"]),
    "面积写多": ({"阵地!面积3": "三百多"}, ["阵地!面积3 bad-number 「300」"]),
    "电话后面有人名和传真": ({"阵地!电话3": "0512-57621055（传真）"}, ["阵地!电话3 bad-phone"]),
    "两个电话写在一格": ({"阵地!电话3": "0512-57621055/57621056"}, ["阵地!电话3 phone-several"]),
    "座机和手机写在一格": ({"阵地!电话3": "0512-57621055、13900000001"}, ["阵地!电话3 phone-several"]),
    "面积是零": ({"阵地!面积3": 0}, ["阵地!面积3 number-too-small"]),
    "面积太大": ({"阵地!面积3": 32000000}, ["阵地!面积3 number-too-large"]),
    "数字带单位": ({"数字!数值2": "26名"}, ["数字!数值2 number-with-unit 「26」"]),
    "数字没写": ({"数字!数值2": None}, ["数字!数值2 excel-missing-field"]),
    "数字的项目没写": ({"数字!项目2": None}, ["数字!项目2 excel-missing-field"]),
    "日期不存在": ({"来源!日期3": "2018-02-30"}, ["来源!日期3 bad-date"]),
    "日期只有六位，有两种读法": ({"来源!日期3": 201112}, ["来源!日期3 bad-date"]),
    "日期写成一句话": ({"阵地!启用时间3": "前年夏天"}, ["阵地!启用时间3 bad-date"]),
    "核实日期不到日": ({"阵地!核实·日期3": "2026-11"}, ["阵地!核实·日期3 bad-day"]),
    "核实日期还没到": ({"阵地!核实·日期3": "2036-11-20"}, ["阵地!核实·日期3 future-date"]),
    "核实只写了日期": ({"阵地!核实·核实人（单位）3": None}, ["阵地!核实·核实人（单位）3 excel-missing-field"]),
    "开放时间看不懂": ({"阵地!开放时间3": "上班时间都开"}, ["阵地!开放时间3 bad-hours"]),
    "开放时间和休息说法相反": ({"阵地!开放时间3": "每天 09:00-17:00，节假日照常"}, ["阵地!节假日休息3 hours-holidays-differ"]),
    "是否写成别的": ({"阵地!节假日休息3": "看情况"}, ["阵地!节假日休息3 bad-yes-no"]),
    "层级写错": ({"阵地!层级3": "服务占"}, ["阵地!层级3 bad-choice"]),
    "状态写成别的": ({"阵地!状态3": "关门了"}, ["阵地!状态3 bad-choice"]),
    "坐标系写成别的": ({"阵地!位置·坐标系3": "奥维"}, ["阵地!位置·坐标系3 bad-choice"]),
    "经纬度写反": ({"阵地!位置·经度3": 31.3159, "阵地!位置·纬度3": 121.0435}, ["阵地!位置·经度3 swapped"]),
    "经度写成时分": ({"阵地!位置·经度3": "121:02:36"}, ["阵地!位置·经度3 bad-number"]),
    "只填了经度": ({"阵地!位置·经度2": "121.04"},
        [f"阵地!位置·{part}2 excel-missing-field" for part in ("纬度", "坐标系", "精度")]),
    "位置在别的市": ({"阵地!位置·经度3": "120.60", "阵地!位置·纬度3": "31.30"}, ["阵地!位置·经度3 outside-town"]),
    "名称清空了": ({"阵地!名称3": None}, ["阵地!名称3 excel-missing-field"]),
    "名称太长": ({"阵地!名称3": "长" * 61}, ["阵地!名称3 too-long"]),
    "名称里换行": ({"阵地!名称3": "启发广场\n党群服务点"}, ["阵地!名称3 one-line"]),
    "名称里有看不见的字符": ({"阵地!名称3": "启发\u200b广场"}, ["阵地!名称3 hidden-character"]),
    "内容里有乱码": ({"阵地!地址3": "锟斤拷路 2 号"}, ["阵地!地址3 garbled"]),
    "区镇清空了": ({"阵地!区镇3": None}, ["阵地!区镇3 excel-missing-field"]),
    "区镇写错字": ({"阵地!区镇3": "陆稼镇"}, ["阵地!区镇3 excel-unknown-name 「陆家镇」"]),
    "区镇没有": ({"阵地!区镇3": "月亮镇"}, ["阵地!区镇3 excel-unknown-name"]),
    "品牌没有": ({"阵地!品牌3": "红富士、绿富士"}, ["阵地!品牌3 excel-unknown-name"]),
    "品牌的编号没有": ({"阵地!品牌3": "lvfushi"}, ["阵地!品牌3 unknown-brand 「红富士（hongfushi）」"]),
    "上级没有": ({"阵地!上级阵地3": "陆家服务总站"}, ["阵地!上级阵地3 excel-unknown-name"]),
    "上级是自己": ({"阵地!上级阵地3": "qifa-guangchang"}, ["阵地!上级阵地3 own-parent"]),
    "上级比自己低": ({"阵地!上级阵地2": "启发广场"}, ["阵地!上级阵地2 parent-not-higher", "阵地!上级阵地2 cycle"]),
    "服务不在词表里": ({"阵地!服务3": "便民服务、理发"}, ["阵地!服务3 unknown-term"]),
    "场所类型不在词表里": ({"阵地!场所类型3": "大厦"}, ["阵地!场所类型3 unknown-term"]),
    "合并了没写接替": ({"阵地!接替阵地4": None}, ["阵地!状态4 missing-successor"]),
    "开放的写了接替": ({"阵地!接替阵地3": "陆家镇党群服务中心"}, ["阵地!接替阵地3 successor-of-open"]),
    "身份证号": ({"阵地!主办单位3": "联系人 32058319900101123X"}, ["阵地!主办单位3 identity-number"]),
    "曾用编号写成中文": ({"阵地!曾用编号3": "启发"}, ["阵地!曾用编号3 bad-id"]),
    # 列表
    "活动没写名称": ({"活动!名称2": None}, ["活动!名称2 excel-missing-field"]),
    "活动时间说不准": ({"活动!时间2": "不定期"}, ["活动!时间2 when-irregular"]),
    "活动时间星期不对": ({"活动!时间2": "2026-12-05（周三）14:00"}, ["活动!时间2 when-wrong-weekday"]),
    "活动类型没有": ({"活动!类型2": "读书"}, ["活动!类型2 excel-unknown-name"]),
    "活动写了两遍": ({"活动!阵地编号3": "qifa-guangchang", "活动!名称3": "邻里百家宴"}, ["活动!名称3 activity-repeated"]),
    "照片没有放": ({"照片!文件2": "qifa-09.png"}, ["照片!文件2 photo-missing"]),
    "照片是中文名": ({"照片!文件2": "启发.png"}, ["照片!文件2 bad-photo-name"]),
    "照片没写许可": ({"照片!许可2": None}, ["照片!许可2 excel-missing-field"]),
    "空间的照片没列": ({"空间!照片2": "hongfushi.png"}, ["空间!照片2 excel-photo-no-credit"]),
    "来源没写标题": ({"来源!标题3": None}, ["来源!标题3 excel-missing-field"]),
    "网址不全": ({"来源!网址3": "example"}, ["来源!网址3 bad-url"]),
    "网址带密码": ({"来源!网址3": "https://a:b@example.org/"}, ["来源!网址3 bad-url"]),
    "网址是脚本": ({"来源!网址3": "javascript:alert(1)"}, ["来源!网址3 bad-url"]),
    "列表的编号没有": ({"活动!阵地编号2": "qifa-gc", "活动!阵地名称2": None}, ["活动!阵地编号2 excel-unknown-entry"]),
    "列表的行没写是谁的": ({"活动!阵地编号3": None, "活动!名称3": "舞会"}, ["活动!阵地编号3 excel-whose-row"]),
    "站点没有": ({"路线各站!阵地2": "月亮站"}, ["路线各站!阵地2 excel-unknown-name"]),
    "第一站写了距离": ({"路线各站!距离（米）2": 100}, ["路线各站!距离（米）2 metres-before-first"]),
    "路线过了并掉的阵地": ({"路线各站!阵地2": "花桥党群服务站"},
        ["路线各站!阵地2 closed-stop 「陆家镇党群服务中心（lujia-zhen）」"]),
    "进度超过一百": ({"品牌目标!进度2": 160, "品牌目标!截至时间2": "2025"}, ["品牌目标!进度2 number-too-large"]),
    "数列看不懂": ({"品牌成果!数列2": "八百多"}, ["品牌成果!数列2 excel-pair"]),
    "数列的数不是数": ({"品牌成果!数列2": "2018：八百"}, ["品牌成果!数列2 bad-number 「800」"]),
    "数列清空": ({"品牌成果!数列2": None}, ["品牌成果!数列2 excel-missing-field"]),
    "颜色写成中文": ({"品牌!颜色2": "红色"}, ["品牌!颜色2 bad-colour"]),
    "封面少了许可": ({"品牌!封面·许可2": None}, ["品牌!封面·许可2 excel-missing-field"]),
    # 行
    "编号改了": ({"阵地!编号3": "qifa"}, ["阵地!编号3 excel-id-changed 「qifa-guangchang」"]),
    "改名的像是新的": ({"阵地!编号3": None, "阵地!名称3": "启发家园党群服务点"}, ["阵地!名称3 excel-renamed"]),
    "编号用了两次": ({"阵地!编号5": "qifa-guangchang", "阵地!名称5": "别处"}, ["阵地!编号5 excel-row-twice"]),
    "同一行抄了两遍": ({"阵地!名称5": "启发广场党群服务点", "阵地!区镇5": "陆家镇"}, ["阵地!编号5 excel-row-twice"]),
    "新的一行没有名称": ({"阵地!区镇5": "陆家镇", "阵地!地址5": "某路 1 号"}, ["阵地!名称5 excel-no-name"]),
    "新的一行没有来源": ({"阵地!名称5": "新的站", "阵地!区镇5": "陆家镇"}, ["阵地!编号5 excel-no-sources"]),
    "新的一行没有区镇": (added("x-zhan", "新站") | {"阵地!区镇5": None}, ["阵地!区镇5 excel-missing-field"]),
    "新的编号写成中文": (added("新站", "新站"), ["阵地!编号5 bad-id"]),
    "新编号是留用的": (added("index", "新站"), ["阵地!编号5 reserved-id"]),
    "同镇同名": (added("x-zhan", "启发广场党群服务点"), ["阵地!名称5 same-name"]),
    # 列和表
    "自己加了一列": ({"阵地!+1": "联系人", "阵地!+3": "老王"}, ["阵地!+1 excel-unknown-column"]),
    "表头打错": ({"阵地!地址1": "地扯"}, ["阵地!地址1 excel-unknown-column"]),
    "两列同名": ({"阵地!+1": "电话", "阵地!+3": "0512-57621056"}, ["阵地!+1 excel-column-twice"]),
    "没有表头的一列": ({"阵地!+3": "备注一下"}, ["阵地!+3 excel-no-header"]),
    "表头没有了": (lambda book: book["阵地"].delete_rows(1), ["阵地!编号1 excel-no-headers"]),
    "列表少了一列": (
        [lambda book: delete_column(book["空间"], "照片"), {"空间!名称2": "会议室"}], ["空间!阵地编号1 excel-column-missing"]),
    "合并单元格": (lambda book: book["来源"].merge_cells("A2:A3"), ["来源!阵地编号2 excel-merged"]),
    "横着合并": (lambda book: merge(book["阵地"], "村（社区）", "主办单位"), ["阵地!村（社区）3 excel-merged"]),
    "富文本里也有错": ({"阵地!电话3": CellRichText("电话", TextBlock(InlineFont(b=True), "1"))}, ["阵地!电话3 bad-phone"]),
}  # fmt: skip

FIRST, ZHEN = "positions/lujia/qifa-guangchang.yml", "positions/lujia/lujia-zhen.yml"
ZHAN, BRAND, ROUTE = "positions/huaqiao/huaqiao-zhan.yml", "brands/hongfushi.yml", "routes/lujia-xian.yml"
# title → (the change, what the files then say: file, field, value; None where the field has gone). Other fields and files stay.
TAKEN: dict[str, tuple[Change, list[tuple[str, str, Any]]]] = {
    "改电话": ({"阵地!电话3": "0512-57621056"}, [(FIRST, "phone", "0512-57621056")]),
    "电话用了全角": ({"阵地!电话3": "０５１２－５７６２１０５６"}, [(FIRST, "phone", "0512-57621056")]),
    "电话被当成了数，丢了 0": ({"阵地!电话3": 51257621056}, [(FIRST, "phone", "0512-57621056")]),
    "电话变成了小数": ({"阵地!电话3": (51257621056.0, "0.00")}, [(FIRST, "phone", "0512-57621056")]),
    "没有算出来的公式": ({"阵地!面积3": "=SUM(1,2)", "阵地!电话3": "0512-57621056"}, [(FIRST, "phone", "0512-57621056")]),
    "不知道的不改": ({"阵地!面积3": "待核实", "阵地!电话3": "/", "阵地!地址3": "不详"}, []),
    "区镇少一个字": ({"阵地!区镇3": "陆家"}, []),
    "短号码成了数": ({"阵地!电话2": 12345}, [(ZHEN, "phone", "12345")]),
    "清空": ({"阵地!电话3": None}, [(FIRST, "phone", None)]),
    "只剩空格": ({"阵地!电话3": "  \u3000"}, [(FIRST, "phone", None)]),
    "真的日期": ({"来源!日期3": (date(2019, 7, 1), "yyyy-mm-dd")}, [(FIRST, "sources.0.date", "2019-07-01")]),
    "中文格式的日期": ({"来源!日期3": (date(2019, 7, 1), 'yyyy"年"m"月"d"日"')}, [(FIRST, "sources.0.date", "2019-07-01")]),
    "年月成了日期": ({"阵地!启用时间3": (date(2019, 7, 1), 'yyyy"年"m"月"')}, [(FIRST, "opened", "2019-07")]),
    "英文的年月": ({"阵地!启用时间3": (date(2019, 7, 1), "mmm-yy")}, [(FIRST, "opened", "2019-07")]),
    "只要年份的日期": ({"阵地!启用时间3": (date(2019, 7, 1), "yyyy")}, [(FIRST, "opened", "2019")]),
    "年月打成了小数，说得清": ({"阵地!启用时间3": 2019.7, "来源!日期3": 2018.11}, [
        (FIRST, "opened", "2019-07"), (FIRST, "sources.0.date", "2018-11")]),
    "年份是数": ({"阵地!启用时间3": 2019}, [(FIRST, "opened", "2019")]),
    "带钟点的日期": ({"来源!日期3": (datetime(2019, 7, 1, 9), "yyyy-mm-dd hh:mm")}, [(FIRST, "sources.0.date", "2019-07-01")]),
    "日期用了全角": ({"阵地!启用时间3": "２０１９－０７"}, [(FIRST, "opened", "2019-07")]),
    "面积是数": ({"阵地!面积3": 321.0}, [(FIRST, "area_m2", "321")]),
    "面积算出的小数": ({"阵地!面积3": 0.1 + 0.2}, [(FIRST, "area_m2", "0.3")]),
    "面积带单位": ({"阵地!面积3": "321平方米"}, [(FIRST, "area_m2", "321")]),
    "面积是亩": ({"阵地!面积3": "3亩"}, [(FIRST, "area_m2", "2000")]),
    "面积是万平方米": ({"阵地!面积3": "1.2万平方米"}, [(FIRST, "area_m2", "12000")]),
    "面积带千分号": ({"阵地!面积3": "1,320"}, [(FIRST, "area_m2", "1320")]),
    "年月打成了小数，只有一种读法": ({"阵地!启用时间3": 2019.7}, [(FIRST, "opened", "2019-07")]),
    "年月打成了小数，十一月": ({"阵地!启用时间3": 2019.11}, [(FIRST, "opened", "2019-11")]),
    "日期写成八位": ({"阵地!启用时间3": 20191130}, [(FIRST, "opened", "2019-11-30")]),
    "日期写成汉字": ({"阵地!启用时间3": "二〇一九年三月"}, [(FIRST, "opened", "2019-03")]),
    "分机写转": ({"阵地!电话3": "0512-57621055转801"}, [(FIRST, "phone", "0512-57621055-801")]),
    "电话后面有人名": ({"阵地!电话3": "0512-57621056（张主任）"}, [(FIRST, "phone", "0512-57621056")]),
    "坐标系写手机定位": ({"阵地!位置·坐标系3": "手机定位"}, []),
    "区镇用简称": ({"阵地!区镇3": "陆家"}, []),
    "面积用了全角": ({"阵地!面积3": "３２１"}, [(FIRST, "area_m2", "321")]),
    "经度写成度分秒": ({"阵地!位置·经度3": "121°2'36\""}, [(FIRST, "location.lon", "121.043333")]),
    "经度和纬度在一格": ({"阵地!位置·经度3": "31.3160，121.0436", "阵地!位置·纬度3": None}, [
        (FIRST, "location.lon", "121.0436"), (FIRST, "location.lat", "31.3160")]),
    "数没有变": ({"阵地!面积3": 320.0, "阵地!位置·经度3": 121.0435, "数字!数值2": 26}, []),
    "百分数的进度": ({"品牌目标!进度2": (0.6, "0%"), "品牌目标!截至时间2": 2025}, [
        (BRAND, "goals.0.progress", "60"), (BRAND, "goals.0.as_of", "2025")]),
    "是否成了勾选": ({"阵地!节假日休息3": False}, [(FIRST, "closed_on_holidays", "否")]),
    "是否没有变": ({"阵地!节假日休息3": True}, []),
    "层级写全称": ({"阵地!层级3": "党群服务站"}, [(FIRST, "tier", "station")]),
    "层级写英文": ({"阵地!层级3": "Station"}, [(FIRST, "tier", "station")]),
    "层级换个说法，没有变": ({"阵地!层级3": "服务点"}, []),
    "区镇写编号，没有变": ({"阵地!区镇3": "lujia"}, []),
    "上级只写名称，没有变": ({"阵地!上级阵地3": "陆家镇党群服务中心"}, []),
    "品牌写名称": ({"阵地!品牌2": "红富士"}, [(ZHEN, "brands", ["hongfushi"])]),
    "活动类型写名称": ({"活动!类型2": "邻里家宴"}, [(FIRST, "activities.0.kind", "yanhui")]),
    "服务用逗号分开": ({"阵地!服务3": "便民服务，党员学习,组织关系咨询"}, [
        (FIRST, "services", ["便民服务", "党员学习", "组织关系咨询"])]),
    "服务一行一个": ({"阵地!服务3": "便民服务\r\n党员学习\n"}, [(FIRST, "services", ["便民服务", "党员学习"])]),
    "别名里有顿号": ({"阵地!别名3": "红\\、绿之家、小广场"}, [(FIRST, "aliases", ["红、绿之家", "小广场"])]),
    "开放时间换行": ({"阵地!开放时间3": "周一至周五 08:30-17:00\n周六 09:00-12:00"}, [
        (FIRST, "hours", "周一至周五 08:30-17:00；周六 09:00-12:00")]),
    "行尾多了空白": ({"阵地!地址3": " 陆家镇启发广场 2 号\n", "阵地!主办单位3": "邹家角社区党委\u3000"}, []),
    "介绍末尾多了空行": (
        {"阵地!介绍3": "启发广场是邹家角社区居民常来的地方。[^1]  \n\n这里有：议事长廊、阅览角。[^1]\n\n"}, []),
    "等号开头的文字": ({"阵地!简称3": ("=启发", "@")}, [(FIRST, "short_name", "=启发")]),
    "加号和井号": ({"阵地!地址3": "+1 号楼 #3"}, [(FIRST, "address", "+1 号楼 #3")]),
    "富文本": ({"阵地!地址3": CellRichText("启发路 ", TextBlock(InlineFont(b=True), "2 号"))},
        [(FIRST, "address", "启发路 2 号")]),
    "数列": ({"品牌成果!数列2": "2018-12：805\n2019 = 810；2020 815"}, [(BRAND, "results.0.series", [
        {"at": "2018-12", "value": "805"}, {"at": "2019", "value": "810"}, {"at": "2020", "value": "815"}])]),
    "活动加一项": ({"活动!阵地编号3": "qifa-guangchang", "活动!名称3": "舞会"}, [(FIRST, "activities", [
        {"name": "邻里百家宴", "when": "每月第一个周六 09:00"}, {"name": "舞会"}])]),
    "活动按名称找人": ({"活动!阵地名称3": "陆家镇党群服务中心", "活动!名称3": "舞会"},
        [(ZHEN, "activities", [{"name": "舞会"}])]),
    "活动全去掉": (
        {f"活动!{header}2": None for header in ("类型", "时间", "地点", "说明")} | {"活动!名称2": "删除"},
        [(FIRST, "activities", None)]),
    "各站换了先后": ({"路线各站!阵地2": "qifa-guangchang", "路线各站!阵地3": "lujia-zhen"}, [
        (ROUTE, "stops.0.position", "qifa-guangchang"), (ROUTE, "stops.1.position", "lujia-zhen")]),
    "新的一处": (added("xin-zhan", "新的站"), [("positions/lujia/xin-zhan.yml", "name", "新的站")]),
    "编号用了全角和大写": ({"阵地!编号3": "Ｑifa－guangchang", "阵地!电话3": None}, [(FIRST, "phone", None)]),
    "新的一处没有编号": (added(None, "新的站"), [("positions/lujia/xinde.yml", "id", "xinde")]),
    "新的一处当上级": (added(None, "新的总站") | {"阵地!层级5": "中心", "阵地!上级阵地3": "新的总站"}, [
        (FIRST, "parent", "xindezong"), ("positions/lujia/xindezong.yml", "tier", "centre")]),
    "没写编号的老阵地": ({"阵地!编号3": None, "阵地!电话3": "0512-57621056"}, [(FIRST, "phone", "0512-57621056")]),
    "换了区镇": ({"阵地!区镇4": "陆家镇"}, [("positions/lujia/huaqiao-zhan.yml", "town", "lujia"), (ZHAN, "", None)]),
    "列换了位置": (move_phones, [(FIRST, "phone", "0512-57621056")]),
    "少了一列不等于清空": (lambda book: delete_column(book["阵地"], "电话"), []),
    "少了一行不等于删除": (lambda book: book["阵地"].delete_rows(3), []),
    "少了一张表": (lambda book: book.remove(book["来源"]), []),
    "表头用别的叫法": ({"阵地!电话1": "联系电话", "阵地!编号1": "ID", "阵地!名称1": "名称*", "阵地!位置·经度1": "经度",
        "阵地!层级1": "tier（必填）"}, []),
    "表头上面加了标题": ([lambda book: book["阵地"].insert_rows(1, 2), lambda book: book["阵地"].merge_cells("A1:H1"),
        {"阵地!编号1": "陆家镇阵地登记表", "阵地!电话5": "0512-57621056"}],
        [(FIRST, "phone", "0512-57621056")]),
    "中间空了几行": ([lambda book: book["阵地"].insert_rows(3, 4), {"阵地!电话7": "0512-57621056"}],
        [(FIRST, "phone", "0512-57621056")]),
    "表头又抄了一遍": (lambda book: book["阵地"].append([cell.value for cell in book["阵地"][1]]), []),
    "隐藏的行和列也算": ([lambda book: setattr(book["阵地"].row_dimensions[3], "hidden", True), {"阵地!电话3": "0512-57621056"},
        lambda book: setattr(book["阵地"].column_dimensions[letters(book["阵地"], "电话")], "hidden", True)],
        [(FIRST, "phone", "0512-57621056")]),
    "隐藏的表不算": ([{"阵地!电话3": "不知道"}, lambda book: setattr(book["阵地"], "sheet_state", "hidden")], []),
    "别的表不算": (lambda book: book.create_sheet("通讯录").append(["姓名", "手机"]), []),
    "没有内容的一列不算": ({"阵地!+1": "备用"}, []),
    "筛选和列宽不算": (lambda book: setattr(book["阵地"].auto_filter, "ref", "A1:X4"), []),
}  # fmt: skip
