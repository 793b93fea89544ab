"""The kinds of input, each with what may come of it: an answer, soon; never an exception that no caller expects.

A kind takes a seed and gives what is wrong, nothing when all is well. The same seed gives the same input, so a failure is told
by its kind and seed: `python -m tests.fuzz --only hours:1234`.
"""

import atexit
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, get_args

from haitang.core.sanitize import plain, twins
from haitang.editors.excel.cells import NotUnderstood, taken, text_of
from haitang.editors.excel.export import export
from haitang.editors.excel.headers import header_problems, match_table
from haitang.editors.excel.layout import sheets
from haitang.editors.excel.names import Book, names_of
from haitang.editors.excel.tables import Grid, NotTaken, read_csv
from haitang.editors.excel.workbook_reader import read_workbook
from haitang.editors.issues.parser import Filled, read_body
from haitang.editors.issues.pasted import without_marks
from haitang.editors.issues.reply import complaints_text
from haitang.editors.readings import FIELDS
from haitang.editors.readings import read as read_times
from haitang.editors.scaffold import settings_of
from haitang.geo.boundary import read_boundary
from haitang.kiosk.release.archive import opened
from haitang.kiosk.release.install import acceptance, lay_out, pack, sign
from haitang.kiosk.release.manifest import MANIFEST, POINTER, Refused, read_manifest, read_pointer
from haitang.model.cures.meanings import meant
from haitang.model.field_specs import FieldSpec, Kind
from haitang.model.issue_questions import FORM_NAMES, form
from haitang.model.messages import words
from haitang.model.normalize import scalar, spelled
from haitang.model.settings import Settings
from haitang.model.written.pasted_points import of_address, of_location, of_part
from haitang.model.written.personal import personal_number
from haitang.model.written.persons import person_alone, persons
from haitang.model.written.phones import numbers
from haitang.model.written.points import read_angle, read_datum
from haitang.source.parser import Fields, parse
from tests.conftest import BASE, HIDDEN, TODAY
from tests.editors.open_document import ods
from tests.kiosk.broken_zips import SECRET, entries, release
from tests.schedule.opening_hours_sentences import Composed
from tests.schedule.test_opening_hours_fuzz import tallied
from tests.test_fuzz import (
    TOKENS,
    blow_up,
    complaint,
    insert_token,
    remove_part,
    replace_sign,
    swap_letters,
)

SMALL = (insert_token, insert_token, remove_part, replace_sign, swap_letters)
LONGEST_VALUE = 2_000  # characters of a value that somebody pasted
ZH = words("zh-CN")


def slipped(text: str, random: Random, most: int = 3) -> str:
    """A text with a few slips; seldom with something very long in it."""
    for _ in range(random.randint(0, most)):
        text = random.choice(SMALL)(text, random)
    return blow_up(text, random) if random.random() < 0.01 else text


def damaged(content: bytes, random: Random) -> bytes:
    """Bytes torn, changed, doubled: as a stick or a line would."""
    data = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at = random.randrange(len(data) or 1)
        match random.randrange(6):
            case 0:
                del data[at:]
            case 1:
                data[at : at + 1] = random.randbytes(random.choice((1, 2, 4, 8)))
            case 2:
                del data[at : at + random.choice((1, 4, 46, 500))]
            case 3:
                data[at:at] = data[at : at + random.choice((1, 30, 300))]
            case 4:
                data[at : at + 4] = random.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\1\0\0\0"))
            case _ if data:
                data[at % len(data)] ^= 1 << random.randrange(8)
    return bytes(data)


def hours(seed: int) -> str:
    """Sentences about opening hours and events, sound and slipped; sound ones are read by the second reader too."""
    random = Random(seed)
    if random.random() < 0.2:
        return "; ".join(tallied(range(seed, seed + 1)).differences)
    text = slipped(Composed(seed).text, random)
    if random.random() < 0.3:
        text = f"{random.choice(WHENS)}{random.choice(('；', ' ', ''))}{text}"
    for field in FIELDS:
        reading = read_times(field, text, TODAY, ZH)
        if not reading.lines or any(HIDDEN.search(line) for line in reading.lines):
            return f"{field} not one clean line: {reading.lines!a}"
        json.dumps(reading.data, allow_nan=False).encode()
        again = spelled(once := spelled(text, field), field)
        if once != again:
            return f"{field} spelled anew each time: {text!a}: {once!a}, {again!a}"
    return ""


WHENS = (
    "每月第二个周六 14:00-16:00", "2026-12-05 9:30", "每周三晚上7点", "3月至5月 周末", "12月24日至26日", "每月最后一天",
    "隔周周五 9:00",
    "2026年12月1日-2027年1月15日 每天 10:00-11:30", "农历正月十五", "周一至周五，节假日除外", "除周三", "每年3月5日",
)  # fmt: skip
VALUES = (
    "0512-57621055", "（0512）5762 1055转8001", "400-820-8820", "138 0013 8000", "2024年3月8日", "2024-03", "三月八日",
    "1,200平方米",
    "1.2万", "三百二十", "约3亩", "50-60人", "https://www.ks.gov.cn/ksdj/a.html?x=1", "www.ks.gov.cn", "ks.gov.cn/路径",
    "121.043,31.312", "东经121°2′36″，北纬31°18′43″", "31.312N 121.043E", "https://uri.amap.com/marker?position=121.04,31.31",
    "https://map.baidu.com/@13474000,3640000,19z", "geo:31.3,121.0", "WGS-84", "高德地图", "暂无", "不详",
    "党建、志愿服务；读书会",
    "1. 甲 2. 乙", "联系人：王主任 57621055", "江苏省昆山市玉山镇示例路 1 号",
    "是", "否", "开放", "#c62828", "80%", "320583199001011234",
)  # fmt: skip
KINDS_OF_VALUES: tuple[Kind, ...] = get_args(Kind)


def value(seed: int) -> str:
    """A value of one field, as somebody writes or pastes it, through all that is asked of such texts."""
    random = Random(seed)
    text = slipped(random.choice((*VALUES, *TOKENS)), random)[:LONGEST_VALUE]
    if random.random() < 0.2:
        text += random.choice((" ", "、", "\n", "（", "/")) + slipped(random.choice(VALUES), random)[:LONGEST_VALUE]
    kind = random.choice(KINDS_OF_VALUES)
    once = spelled(text, kind)
    if kind not in ("hours", "when") and spelled(once, kind) != once:
        return f"{kind} spelled anew each time: {text!a}"
    if "\n" not in text and not HIDDEN.search(text):
        tree = parse(f"x: {scalar(text.strip(), kind)}\n", "x.yml")
        if text.strip() and isinstance(tree, Fields) and tree["x"] != text.strip():
            return f"written as another text: {text!a} as {tree['x']!a}"
    name = random.choice(("area_m2", "lon", "seats", "opened"))
    written = meant(text, kind, name, "0512")
    if kind in ("number", "phone", "date", "day", "url") and meant(written, kind, name, "0512") != written:
        return f"{kind} means something else each time: {text!a}: {written!a}"
    of_location(text), of_address(text), read_datum(text), numbers(text), person_alone(text), personal_number(text)
    of_part("lon", text, {}), read_angle(text, "lat"), [*persons(text)]
    for safe in (plain(text), twins(plain(text))):
        if HIDDEN.search(safe) or "\n" in safe:
            return f"not made harmless: {text!a}"
    return ""


@cache
def settings() -> Settings:
    return settings_of(BASE)


def issue(seed: int) -> str:
    """The body of an issue, as a form fills it and as strangers spoil it."""
    random = Random(seed)
    asked = form(random.choice(FORM_NAMES), settings()).questions
    parts = []
    for question in asked:
        answer = random.choice((*VALUES, "_No response_", "", *(shown for _, shown in question.options[:6])))
        parts.append(f"### {question.label}\n\n{slipped(answer, random, 1)}\n\n")
    if random.random() < 0.2:
        parts.insert(random.randrange(len(parts)), random.choice(parts))
    body = slipped("".join(parts), random, 2)
    filled = read_body(body, settings(), slipped("[订正] 陆家镇党群服务中心（positions/lujia-zhen）", random, 1))
    told = filled if isinstance(filled, list) else list(filled.complaints)
    if isinstance(filled, Filled):
        told += without_marks(filled)[1]
    return next((f"not one clean line: {line!a}" for line in complaints_text(told, ZH) if HIDDEN.search(line)), "")


@cache
def _names() -> Mapping[Any, Book]:
    return names_of(settings(), [])


@cache
def _specs() -> tuple[FieldSpec, ...]:
    return tuple(column.spec for each in sheets() for column in each.columns)


SHEETS = (
    "编号,名称,区镇,地址,电话,开放时间\nqifa,启发广场党群服务点,陆家镇,示例路 1 号,0512-57621055,周一至周五 9:00-17:00\n",
    "序号\t单位名称\t所属乡镇\t联系电话\t面积（平方米）\n1\t甲站\t花桥\t57621055\t1,200\n2\t乙站\t〃\t—\t约300\n",
    '名称;经度;纬度;坐标系\n"甲;站";121.043;31.312;高德\n',
    "2026年昆山市阵地一览表\n名称,年份：人次\n甲站,2018：805；2019：1200\n合计,1\n",
)


def sheet(seed: int) -> str:
    """A table as text, in any encoding, and each cell as what its column wants."""
    random = Random(seed)
    text = slipped(random.choice(SHEETS), random, 6)
    content = text.encode(random.choice(("utf-8-sig", "utf-8", "gb18030", "utf-16", "big5")), "replace")
    content = damaged(content, random) if random.random() < 0.2 else content
    try:
        return _read_grids([read_csv(content, "表.csv")], random)
    except NotTaken as refused:
        return "" if ZH.explanation(refused.code, refused.values) else "no words"


def _read_grids(grids: list[Grid], random: Random) -> str:
    for grid in grids[:3]:
        table = match_table(grid)
        for _ in header_problems(table) if table else ():
            pass
        for cell in [cell for cells in [*grid.rows.values()][:6] for cell in cells.values()][:20]:
            spec = random.choice(_specs())
            with suppress(NotUnderstood):
                taken(spec, text_of(cell, spec, since_1904=grid.since_1904), _names())
    return ""


@cache
def _books() -> tuple[bytes, ...]:
    """Workbooks of several programs."""
    folder = Path(__file__).resolve().parents[1] / "editors" / "sheets"
    row = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("名称", "区镇", "电话"))
    return (
        export(BASE)[0],
        ods(f"<table:table-row>{row}</table:table-row>" * 3),
        *((folder / name).read_bytes() for name in ("own-good.xlsx", "own.xls", "w3.xlsx")),
    )


def book(seed: int) -> str:
    """A damaged workbook."""
    random = Random(seed)
    try:
        return _read_grids(read_workbook(damaged(random.choice(_books()), random), "表.xlsx"), random)
    except NotTaken as refused:
        return "" if ZH.explanation(refused.code, refused.values) else "no words"


@cache
def _parcel() -> tuple[bytes, dict[str, bytes]]:
    """A sound signed zip, and its files."""
    with tempfile.TemporaryDirectory() as folder:
        lay_out(release(), Path(folder) / "hall")
        pack(Path(folder) / "hall", path := Path(folder) / "a.zip")
        sign(path, SECRET)
        return path.read_bytes(), entries(path.read_bytes())


@cache
def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="haitang-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def parcel(seed: int) -> str:
    """A damaged zip of a kiosk's release: refused, or all that comes out of it is what was signed."""
    random = Random(seed)
    sound, files = _parcel()
    path = _scratch() / "a.zip"
    path.write_bytes(damaged(sound, random))
    try:
        with opened(path, acceptance(SECRET.public)) as found:
            return "" if found.files() == files else "accepted, and not what was signed"
    except Refused as refused:
        return "" if refused.code else "no words"


def told(seed: int) -> str:
    """Damaged manifests and pointers, and GeoJSON."""
    random = Random(seed)
    files = _parcel()[1]
    reading = random.choice((0, 1, 2))
    try:
        if reading == 0:
            read_manifest(damaged(next(content for name, content in files.items() if name.endswith(MANIFEST)), random))
        elif reading == 1:
            read_pointer(damaged(files[POINTER], random))
        else:
            text = slipped(GEOJSON.decode(), random).encode("utf-8", "replace")
            (_scratch() / "a.geojson").write_bytes(random.choice((text, damaged(GEOJSON, random))))
            read_boundary(_scratch(), "a.geojson", "wgs84", ())
    except Refused as refused:
        return "" if refused.code else "no words"
    return ""


GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "陆家镇"},
                "geometry": {"type": "Polygon", "coordinates": [[[121.0, 31.3], [121.1, 31.3], [121.1, 31.4], [121.0, 31.3]]]},
            }
        ],
    },
    ensure_ascii=False,
).encode()

# Of a hundred inputs so many are of a kind: those that cost more are fewer.
SHARES: Mapping[str, int] = {
    "entries": 12, "hours": 9, "values": 58, "issues": 2, "sheets": 1, "books": 1, "parcels": 8, "told": 9,
}  # fmt: skip
KINDS: Mapping[str, Callable[[int], str]] = {
    "entries": complaint, "hours": hours, "values": value, "issues": issue, "sheets": sheet, "books": book, "parcels": parcel,
    "told": told,
}  # fmt: skip
