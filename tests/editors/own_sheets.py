"""Sheets as clerks have them, invented: each with the entries that it holds, and what is answered where one is open.

A place is told by five facts; what a sheet makes of them differs: titles, merged cells, footers, names of columns, formats.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook

from tests.editors.open_document import ods

Row = Sequence[Any]


@dataclass(frozen=True)
class Own:
    """`rows` of the only sheet, `merged` as Excel writes it; `holds` are names of entries with some of their fields."""

    rows: Sequence[Row]
    holds: Mapping[str, Mapping[str, Any]]
    merged: tuple[str, ...] = ()
    title: str = "Sheet1"
    file: str = "台账.xlsx"
    answers: Mapping[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        path = folder / self.file
        path.write_bytes({"csv": _csv, "xls": _xls, "et": _xls, "ods": _ods}.get(path.suffix[1:], _xlsx)(self))
        return path


A = ("朝晖社区党群服务站", "朝晖路8号", "0512-57671234", "周一至周五 8:30-17:00")
B = ("石桥村党群服务中心", "石桥村12组", "0512-57675678", "每天 9:00-16:30")
C = ("梧桐花园党群服务点", "梧桐路3号", "0512-57670001", "周一至周日 8:00-20:00")
SOURCE = "某镇党群阵地台账"
HOURS = {A: "周一至周五 08:30-17:00", B: "每天 09:00-16:30", C: "周一至周日 08:00-20:00"}
TIERS = {A: "station", B: "station", C: "point"}


def told(*places: tuple[str, str, str, str], town: str = "lujia", **more: Any) -> dict[str, dict[str, Any]]:
    """What is stored of places."""
    return {
        each[0]: {"town": town, "address": each[1], "phone": each[2], "hours": HOURS[each], "tier": TIERS[each], **more}
        for each in places
    }


HEAD = ("序号", "名称", "地址", "电话", "开放时间")
TOWN = {"town": "陆家镇", "source": SOURCE}
ALL = told(A, B, C)
NUMBERED = [(1, *A), (2, *B), (3, *C)]
WITH_TOWN = [(*A, "陆家镇", SOURCE), (*B, "陆家", SOURCE), (*C, "陆家镇", SOURCE)]


def headed(*heads: str, **more: Any) -> Own:
    """The three places below other names of columns."""
    return Own([heads, *WITH_TOWN], ALL, **more)


SHEETS: dict[str, Own] = {
    "标题行写着区镇": Own([("陆家镇党群阵地一览表",), HEAD, *NUMBERED], ALL, ("A1:E1",), answers=TOWN),
    "标题行、填报单位": Own(
        [("党群阵地一览表",), ("填报单位：陆家镇组织办  填报日期：2024年3月8日",), HEAD, *NUMBERED],
        ALL, ("A1:E1", "A2:E2"), answers=TOWN,
    ),
    "没有标题，要问区镇": Own([HEAD, *NUMBERED], ALL, answers=TOWN),
    "工作表叫区镇": Own([HEAD, *NUMBERED], ALL, title="陆家镇", answers=TOWN),
    "文件叫区镇": Own([HEAD, *NUMBERED], ALL, file="陆家镇阵地.xlsx", answers=TOWN),
    "负责人和备注不收": Own(
        [(*HEAD, "负责人", "备注"), *((*row, "王主任", "新装修") for row in NUMBERED)], ALL, answers=TOWN
    ),
    "负责人带手机": Own(
        [(*HEAD, "联系人及手机"), *((*row, "李梅 13900000001") for row in NUMBERED)], ALL, answers=TOWN
    ),
    "别的列名一": headed("单位名称", "办公地点", "联系方式", "服务时间", "所属区镇", "资料来源"),
    "别的列名二": headed("阵地名称", "详细地址", "联系电话", "对外开放时间", "所在乡镇", "信息来源"),
    "别的列名三": headed("站点名称", "具体位置", "服务电话", "办公时间", "镇（街道）", "数据来源"),
    "别的列名四": headed("点位名称", "场所地址", "座机", "开放时段", "所属板块", "出处"),
    "列名带括号和星号": headed("*名称（全称）", "地址（门牌）", "电话（座机）", "开放时间\n（含假日）", "区 镇", "来源："),
    "像而不同的列名": headed("各村阵地全称", "活动场所地址", "值守联系电话", "每日开放时间", "所属地乡镇", "主要资料来源"),
    "合并的区镇": Own(
        [("区镇", *HEAD[1:], "来源"), ("陆家镇", *A, SOURCE), (None, *B, None), (None, *C, None)], ALL, ("A2:A4", "F2:F4")
    ),
    "合并的区镇，两个镇": Own(
        [("区镇", *HEAD[1:]), ("陆家镇", *A), (None, *B), ("花桥镇", *C)],
        {**told(A, B), **told(C, town="huaqiao")}, ("A2:A3",), answers=TOWN,
    ),
    "小标题是区镇": Own(
        [HEAD, ("一、陆家镇（2处）",), *NUMBERED[:2], ("二、花桥镇",), (1, *C)],
        {**told(A, B), **told(C, town="huaqiao")}, ("A2:E2", "A5:E5"), answers=TOWN,
    ),
    "表尾合计和填表人": Own(
        [HEAD, *NUMBERED, ("合计", "3处"), ("填表人：陈丽", None, "审核人：张强"), ("日期：2024.3.8",)], ALL, answers=TOWN
    ),
    "表尾一句话": Own([HEAD, *NUMBERED, (), ("备注：以上信息由各社区提供。",), ("注：1.电话为座机",)], ALL, answers=TOWN),
    "表尾联系电话": Own([HEAD, *NUMBERED, ("总计：3",), ("联系电话：0512-57670000",), ("填报单位：",)], ALL, answers=TOWN),
    "两行表头": Own(
        [("序号", "名称", "基本情况", None, "服务", None), (None, None, "地址", "区镇", "电话", "开放时间"),
         *((at, each[0], each[1], "陆家镇", *each[2:]) for at, each in enumerate((A, B, C), 1))],
        ALL, ("A1:A2", "B1:B2", "C1:D1", "E1:F1"), answers=TOWN,
    ),
    "标题加两行表头": Own(
        [("陆家镇阵地表",), ("名称", "地址", "联系方式", None, "开放时间"), (None, None, "电话", "负责人", None),
         *((each[0], each[1], each[2], "张书记", each[3]) for each in (A, B, C))],
        ALL, ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"), answers=TOWN,
    ),
    "一列一处": Own(
        [("名称", A[0], B[0], C[0]), ("地址", A[1], B[1], C[1]), ("电话", A[2], B[2], C[2]), ("开放时间", A[3], B[3], C[3]),
         ("区镇", *("陆家镇",) * 3)],
        ALL, answers=TOWN,
    ),
    "一张登记表": Own(
        [("项目", "内容"), ("单位名称", A[0]), ("办公地址", A[1]), ("联系电话", A[2]), ("服务时间", A[3]), ("镇", "陆家镇")],
        told(A), answers=TOWN,
    ),
    "编号列是流水号": Own([("编号", *HEAD[1:]), *NUMBERED], ALL, answers=TOWN),
    "CSV": Own([HEAD, *NUMBERED], ALL, file="台账.csv", answers=TOWN),
    "GBK 的 CSV": Own([("陆家镇台账",), HEAD, *NUMBERED], ALL, file="gbk.csv", answers=TOWN),
    "Excel 97": Own([("陆家镇党群阵地一览表",), HEAD, *NUMBERED], ALL, ("A1:E1",), file="老表.xls", answers=TOWN),
    "Excel 97 里合并的区镇": Own(
        [("区镇", *HEAD[1:]), ("陆家镇", *A), (None, *B), (None, *C)], ALL, ("A2:A4",), file="老表.xls", answers=TOWN
    ),
    "WPS": Own([HEAD, *NUMBERED, ("合计", 3)], ALL, file="老表.et", answers=TOWN),
    "LibreOffice": Own([("陆家镇台账",), HEAD, *NUMBERED], ALL, ("A1:E1",), file="表.ods", answers=TOWN),
    "LibreOffice 里合并的区镇": Own(
        [("区镇", *HEAD[1:]), ("陆家镇", *A), (None, *B), (None, *C)], ALL, ("A2:A4",), file="表.ods", answers=TOWN
    ),
    "启用日期是真的日期": Own(
        [(*HEAD, "启用时间", "面积（㎡）"), (1, *A, date(2019, 7, 1), 320), (2, *B, date(2020, 1, 15), 88.5)],
        {A[0]: {**told(A)[A[0]], "opened": "2019-07-01", "area_m2": "320"}, B[0]: {**told(B)[B[0]], "area_m2": "88.5"}},
        answers=TOWN,
    ),
    "电话丢了零": Own([HEAD, (1, A[0], A[1], 51257671234, A[3])], told(A), answers=TOWN),
    "不知道的写待核实": Own(
        [HEAD, (1, A[0], "待核实", "/", A[3])],
        {A[0]: {"address": None, "phone": None, "hours": HOURS[A]}}, answers=TOWN,
    ),
    "没写哪几天": Own(
        [HEAD, (1, *A[:3], "8:30-17:00"), (2, *B)],
        {A[0]: {**told(A)[A[0]], "hours": "每天 08:30-17:00"}, **told(B)}, answers={**TOWN, "days": "每天"},
    ),
    "看不懂的格子": Own(
        [HEAD, (1, *A[:2], "老张的手机", A[3]), (2, *B[:3], "看情况")],
        {A[0]: {**told(A)[A[0]], "phone": None}, B[0]: {**told(B)[B[0]], "hours": None}}, answers=TOWN,
    ),
    "有坐标没写坐标系": Own(
        [(*HEAD, "经度", "纬度"), (1, *A, 121.0587, 31.3288), (2, *B, "121.0512", "31.3217")],
        {A[0]: {**told(A)[A[0]], "location": {"lon": "121.0587", "lat": "31.3288", "crs": "gcj02", "precision": "exact"}},
         B[0]: {**told(B)[B[0]], "location": {"lon": "121.0512", "lat": "31.3217", "crs": "gcj02", "precision": "exact"}}},
        answers={**TOWN, "crs": "高德", "precision": "到门口"},
    ),
    "社区和阵地都有名称": Own(
        [("社区名称", "党群服务中心名称", *HEAD[2:], "是否有无障碍设施", "资金来源", "监督电话"),
         ("朝晖社区", *A, "有", "镇里", "12345")],
        {A[0]: {**told(A)[A[0]], "community": "朝晖社区"}}, answers=TOWN,
    ),
    "状态写正常开放": Own(
        [(*HEAD, "运营状态", "建成年份"), (1, *A, "正常开放", 2019)],
        {A[0]: {**told(A)[A[0]]}}, answers=TOWN,
    ),
    "写着层级": Own(
        [(*HEAD, "级别"), (1, *A, "站"), (2, *B, "服务中心"), (3, *C, "服务点")],
        {**told(A, C)} | {B[0]: {**told(B)[B[0]], "tier": "centre"}}, answers=TOWN,
    ),
    "筹建中的": Own(
        [HEAD, (1, A[0] + "（筹）", *A[1:])], {A[0] + "（筹）": {"id": "zhaohui-shequ", "address": A[1]}}, answers=TOWN
    ),
}  # fmt: skip


def _xlsx(own: Own) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = own.title
    for row in own.rows:
        sheet.append(list(row))
    for area in own.merged:
        sheet.merge_cells(area)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _xls(own: Own) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet(own.title)
    areas = {(top, left): (top, bottom, left, right) for left, top, right, bottom in map(_area, own.merged)}
    for at, row in enumerate(own.rows):
        for column, value in enumerate(row):
            if (at, column) in areas:
                sheet.write_merge(*areas[at, column], value)
            elif value is not None:
                sheet.write(at, column, value)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _ods(own: Own) -> bytes:
    areas = {(top, left): (bottom - top + 1, right - left + 1) for left, top, right, bottom in map(_area, own.merged)}
    rows = []
    for at, row in enumerate(own.rows):
        cells = []
        for column, value in enumerate(row):
            down, across = areas.get((at, column), (1, 1))
            span = f" table:number-rows-spanned='{down}' table:number-columns-spanned='{across}'"
            kind = f" office:value-type='float' office:value='{value}'" if isinstance(value, int) else ""
            text = "" if value is None else f"<text:p>{value}</text:p>"
            cells.append(f"<table:table-cell{span}{kind}>{text}</table:table-cell>")
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return ods("".join(rows))


def _csv(own: Own) -> bytes:
    into = io.StringIO()
    csv.writer(into).writerows([["" if value is None else value for value in row] for row in own.rows])
    return into.getvalue().encode("gb18030" if own.file == "gbk.csv" else "utf-8")


def _area(written: str) -> tuple[int, int, int, int]:
    """A2:B4 → first column and row, last column and row, from 0."""
    first, last = ((ord(each[0]) - ord("A"), int(each[1:]) - 1) for each in written.split(":"))
    return *first, *last
